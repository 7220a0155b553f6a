"""How the plan shown differs from the one before and from the saved one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from router.difference.digest import digest
from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.workspace.comparer import Comparer
from router.workspace.shown import Shown, after_change, after_event, opened
from tests.scenarios import scenario, service
from tests.solving import answer
from tests.workspace.test_shown import found

SMALL, LARGE = scenario(), scenario(workloads={"chat": service(16)})


@pytest.fixture(scope="module")
def plans() -> dict[int, Plan]:
    """Plans of both."""
    return {8: answer(SMALL).plan, 16: answer(LARGE).plan}


def edited(before: Plan, after: Plan, to: Scenario = LARGE) -> Shown:
    """An edit and its plan."""
    shown = after_change(opened(SMALL, before, 1.0), to, 1, 2.0, is_saved=False)
    return after_event(shown, found(1, after, to), 3.0)


def test_to_the_plan_before_and_to_the_saved_one(plans: dict[int, Plan]) -> None:
    differences = Comparer().compare(edited(plans[8], plans[16]))
    assert differences is not None
    assert differences.plan is plans[16]
    for told in (differences.to_before, differences.to_saved):
        assert told is not None
        grown = told.cost.total.after_usd - told.cost.total.before_usd
        assert grown == pytest.approx(plans[16].totals.cost_usd - plans[8].totals.cost_usd)


def test_nothing_to_compare_with(plans: dict[int, Plan]) -> None:
    assert Comparer().compare(opened(SMALL, None, 1.0)) is None
    alone = Comparer().compare(opened(SMALL, plans[8], 1.0))
    assert alone is not None
    assert alone.to_before is None
    assert alone.to_saved is None


def test_plans_that_cannot_be_compared(plans: dict[int, Plan]) -> None:
    longer = scenario(horizon={"start": "2030-01-01", "periods": [{"every": "year", "count": 1}]})
    other = Comparer().compare(edited(plans[8], plans[8].model_copy(update={"periods": ()}), longer))
    assert other is not None


def test_each_plan_is_read_once_and_only_the_last_few_are_kept(
    plans: dict[int, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Plan] = []

    def counted(plan: Plan) -> object:
        read.append(plan)
        return digest(plan)

    monkeypatch.setattr("router.workspace.comparer.digest", counted)
    comparer = Comparer()
    shown = edited(plans[8], plans[16])
    for _ in range(3):
        comparer.compare(shown)
    assert len(read) == 2
    for number in range(10):
        comparer.compare(replace(shown, plan=plans[16].model_copy(update={"notes": (f"{number}",)})))
    assert len(comparer._digests) <= 4
