"""Cells that moved from one plan to the next."""

from __future__ import annotations

import numpy as np
import pytest

from router.plan.document import Plan
from router.view.allocation_changes import changed
from router.view.allocations import Allocations, allocations
from router.view.pivot import Pivot, Place
from tests.report.sample_plans import small_plan, small_scenario


def shown(plan: Plan, pivot: Pivot | None = None) -> Allocations:
    """A plan's allocations."""
    return allocations(plan, small_scenario(), pivot or Pivot())


def with_serving(place: int, **update: object) -> Plan:
    """The small plan with one serving record changed."""
    records = list(small_plan().serving)
    records[place] = records[place].model_copy(update=update)
    return small_plan().model_copy(update={"serving": records})


def moved(after: Allocations, before: Allocations) -> set[tuple[str, str]]:
    """Labels and columns of the cells that moved."""
    cells = np.argwhere(changed(before, after)).tolist()
    return {(" > ".join("/".join(part) for part in after.rows[r].key), after.columns[c]) for r, c in cells}


def test_the_same_plan_has_no_changes() -> None:
    assert not changed(shown(small_plan()), shown(small_plan())).any()


def test_a_change_shows_in_its_row_and_in_its_group() -> None:
    plan = with_serving(0, quantity=small_plan().serving[0].quantity + 1.0)
    assert moved(shown(plan), shown(small_plan())) == {("chat > aws-h100", "2027-01"), ("chat", "2027-01")}


def test_rounding_is_no_change() -> None:
    plan = with_serving(0, quantity=small_plan().serving[0].quantity * (1 + 1e-9))
    assert not changed(shown(small_plan()), shown(plan)).any()


def test_rounding_is_no_change_where_units_differ() -> None:
    pivot = Pivot(places_first=True)
    plan = with_serving(0, quantity=small_plan().serving[0].quantity * (1 + 1e-9))
    assert not changed(shown(small_plan(), pivot), shown(plan, pivot)).any()


def test_noise_in_a_small_row_of_a_large_group_is_no_change() -> None:
    record = small_plan().serving[0].model_copy(update={"pool": "aws-cpu", "quantity": 1e-7, "instances": 1e-9})
    plan = small_plan().model_copy(update={"serving": [*small_plan().serving, record]})
    assert not changed(shown(small_plan()), shown(plan)).any()


def test_a_row_that_was_not_there_differs_where_it_has_something() -> None:
    plan = with_serving(0, pool="oracle-h100")
    cells = moved(shown(with_serving(0, pool="aws-cpu")), shown(plan))
    assert ("chat > aws-cpu", "2027-01") in cells
    assert ("chat > oracle-h100", "2027-01") in cells
    assert ("chat > aws-cpu", "2027-02") not in cells
    # The workload as a whole is served as before.
    assert ("chat", "2027-01") not in cells


def test_from_firm_to_spot_is_a_change() -> None:
    assert ("chat > aws-h100", "2027-01") in moved(shown(with_serving(0, spot=True)), shown(small_plan()))


def test_less_left_out_is_a_change() -> None:
    plan = small_plan().model_copy(update={"unserved": []})
    assert moved(shown(small_plan()), shown(plan)) == {
        ("chat > ", "2027-02"),
        ("chat > ", "2027-03"),
        ("distil > ", "2027-02"),
    }


def test_periods_that_were_not_there_have_not_moved() -> None:
    first = small_plan().periods[0]
    periods = [first.model_copy(update={"start": first.start.replace(day=2)}), *small_plan().periods[1:]]
    plan = small_plan().model_copy(update={"periods": periods})
    assert not changed(shown(plan), shown(small_plan())).any()


def test_other_pivots_are_refused() -> None:
    before = shown(small_plan(), Pivot(Place.REGION))
    with pytest.raises(ValueError, match="found 'workload > region' before, expected 'workload > pool'"):
        changed(before, shown(small_plan()))
