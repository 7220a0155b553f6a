"""Headers for tests of stores."""

from __future__ import annotations

from dataclasses import replace

from router.sweep.answered import Answered
from router.sweep.header import ResultsHeader
from router.whatif.case import Case
from tests.sweep.cheap import cases, number_of, outcome_at

HEADER = ResultsHeader("a" * 64, "0.1.0", 0.0, 1e-3, "2026-11-24T12:00:00+00:00", "What if?")

OTHERS = {
    "another question": replace(HEADER, question_sha256="b" * 64),
    "router 0.1.0, this is 0.2.0": replace(HEADER, router_version="0.2.0"),
    "searched for 0 s each, now 10 s are asked for": replace(HEADER, search_seconds=10.0),
    "with sweeps searched for 0 s a case, now 5 s are asked for": replace(HEADER, group_search_seconds=5.0),
    "to a gap of 0.001, now 0.01 is asked for": replace(HEADER, gap=1e-2),
}
"""What is said of HEADER's results when these are asked for."""

LATER = replace(HEADER, created="2026-12-01T00:00:00+00:00")


def by_name(count: int) -> dict[str, Case]:
    return {case.name: case for case in cases(count)}


def answers(count: int) -> list[Answered]:
    """Every third without a plan."""
    made = []
    for case in cases(count):
        number = number_of(case)
        if number % 3 == 0:
            made.append(Answered(case.name, None, f"no plan: nothing fits “{number}”"))
        else:
            made.append(Answered(case.name, outcome_at(number / 7, threads=number % 2 + 1)))
    return made
