"""The hand-made plan passes; corrupted, it does not, and the rule that is broken says so."""

from __future__ import annotations

import pytest

from router.audit.audit import audit

from . import hand_made
from .corrupting import Corruption
from .corruptions import CORRUPTIONS

SCENARIO = hand_made.scenario()
PLAN = hand_made.plan()


def test_the_hand_made_plan_passes() -> None:
    report = audit(SCENARIO, PLAN)
    assert [str(finding) for finding in report.findings] == []
    assert report.passed
    assert report.checks > 1000
    assert (report.unserved, report.breaches) == (3, 3)


def test_it_passes_as_read_back_from_json() -> None:
    assert audit(SCENARIO, type(PLAN).model_validate_json(PLAN.model_dump_json())).passed


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: str(corruption.name))
def test_a_corruption_is_caught_by_its_rule(corruption: Corruption) -> None:
    corrupted = corruption.change(SCENARIO, PLAN)
    assert corrupted is not None, "the hand-made plan has every record"
    report = audit(SCENARIO, corrupted)
    assert not report.passed
    assert corruption.rule in {finding.rule for finding in report.findings}
    assert all("\n" not in str(finding) for finding in report.findings)


def test_corruptions_do_not_touch_the_plan_given() -> None:
    before = PLAN.model_dump_json()
    for corruption in CORRUPTIONS:
        corruption.change(SCENARIO, PLAN)
    assert PLAN.model_dump_json() == before
    assert len({corruption.name for corruption in CORRUPTIONS}) == len(CORRUPTIONS) > 25
