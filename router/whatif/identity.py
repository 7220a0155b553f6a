"""What decides all that a question asks, as one hash: equal where the same cases of the same scenario are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from router.plan.reference import scenario_reference
from router.scenario.scenario import Scenario
from router.whatif.case import Case
from router.whatif.question import BreakEven


def question_sha256(scenario: Scenario, cases: Iterable[Case], break_evens: Iterable[BreakEven]) -> str:
    """SHA-256 in hexadecimal of the base scenario, of all cases with their names, factors and changes in order, and of
    what is to be solved for. Titles, comments and the layout of the file do not count."""
    digest = hashlib.sha256(scenario_reference(scenario).sha256.encode())
    for case in cases:
        digest.update(_case_text(case).encode("utf-8", "surrogatepass"))
    for each in break_evens:
        ends = "\n".join(_case_text(each.case_at(end)) for end in (each.low, each.high))
        asked = (each.name, each.factor, each.first, each.second, each.low, each.high, each.within, each.is_date)
        digest.update(f"\n{asked!r}\n{ends}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _case_text(case: Case) -> str:
    changes = "\n".join(
        f"{change.path!r} {change.operation} {change.value!r} {change.dates!r} {change.before!r}"
        for change in case.changes
    )
    return f"\n\n{case.name!r} {case.group!r} {case.factors!r}\n{changes}"
