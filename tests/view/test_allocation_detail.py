"""What stands behind a cell of the allocations."""

from __future__ import annotations

import numpy as np
import pytest

from router.difference.charges import charges_of
from router.difference.uses import uses_of
from router.plan.document import BillCategory, RentalRecord
from router.report.table import Table
from router.view.allocation_detail import detail
from router.view.allocations import allocations
from router.view.pivot import LEFT_OUT, Pivot, Place
from router.view.rented_words import rented_words
from tests.report.sample_plans import small_plan, small_scenario
from tests.view.test_allocations import row, small, solved


def cost_of(table: Table) -> float:
    """The cost of what is served."""
    return sum(float(str(each.cells[-1])) for each in table.rows if each.role == "plain")


def test_lines_of_a_cell_slice_by_slice() -> None:
    found = small()
    table = detail(found, row(found, ("chat",), ("aws-h100",)), 0)
    assert table.title == "chat > aws-h100, 2027-01"
    hours = small_plan().periods[0].hours
    # 7.5 instances on average are billed; chat has 6.25 of the 14.25 - the run pays for its 1056 hours.
    held = 6.25 * hours + 8 * hours
    paid = 7.5 * hours * 55.04
    peak, base = (paid * part / held for part in (10 * 0.25 * hours, 5 * 0.75 * hours))
    assert [each.cells[:6] for each in table.rows] == [
        ("chat/us", "aws-h100", "peak", "800 k tokens/s", 10.0, "firm"),
        ("chat/us", "aws-h100", "base", "400 k tokens/s", 5.0, "firm"),
        ("all", None, None, None, None, None),
    ]
    costs = [each.cells[-1] for each in table.rows]
    assert costs == pytest.approx([peak, base, peak + base], rel=1e-6)


def test_a_run_is_one_line_in_all_slices() -> None:
    found = small()
    (line,) = detail(found, row(found, ("evaluate",)), 2).rows
    assert line.cells[:6] == ("evaluate", "oracle-h100", "all", "4 instances", 4.0, "spot")


def test_what_is_left_out_says_why_and_what_it_is_worth() -> None:
    found = small()
    table = detail(found, row(found, ("chat",), LEFT_OUT), 1)
    assert [each.role for each in table.rows] == ["alert", "alert"]
    assert table.rows[0].cells == (
        "chat/eu",
        "unserved",
        "peak",
        "20 k tokens/s",
        None,
        None,
        "capacity of oracle-h100 is used up",
        4_100.0,
    )
    (job,) = detail(found, row(found, ("distil",)), 1).rows
    assert job.cells[3] == "whole job"
    assert "gang of 512" in str(job.cells[6])
    assert any(each.role == "alert" for each in detail(found, row(found, ("chat",)), 1).rows)


def test_nothing_in_a_cell_says_so() -> None:
    found = small()
    table = detail(found, row(found, ("fine-tune",)), 3)
    assert not table.rows
    assert table.when_empty
    assert not table.footnotes


def test_outside_the_map_is_refused() -> None:
    found = small()
    for at, period in ((len(found.rows), 0), (-1, 0), (0, 4), (0, -1)):
        with pytest.raises(IndexError, match=f"found row {at} and period {period}"):
            detail(found, at, period)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("pivot", [Pivot(), Pivot(Place.PROVIDER, places_first=True)], ids=lambda each: each.words)
def test_costs_of_all_cells_of_a_period_are_what_pools_in_use_cost(seed: int, pivot: Pivot) -> None:
    plan, scenario = solved(seed)
    found = allocations(plan, scenario, pivot)
    uses = uses_of(plan)
    shared = charges_of(plan, uses).usd_of_uses.sum(axis=0)
    paid = np.zeros(len(plan.periods))
    for line in plan.bill:
        if line.category in (BillCategory.USAGE, BillCategory.RESERVATION):
            paid[line.period] += line.amount_usd
    for period in range(len(plan.periods)):
        groups = [at for at, each in enumerate(found.rows) if each.depth == 0]
        total = sum(cost_of(detail(found, at, period)) for at in groups)
        assert total == pytest.approx(shared[period], rel=1e-6, abs=1e-3)
        assert total <= paid[period] + 0.01


def test_what_a_pool_rents_is_told_by_option_and_contract() -> None:
    def rental(
        slice_name: str, instances: float, option: str = "contract", contract: str | None = "oracle-ucm"
    ) -> RentalRecord:
        return RentalRecord.model_validate(
            {
                "pool": "oracle-h100",
                "purchase_option": option,
                "contract": contract,
                "period": 1,
                "slice": slice_name,
                "instances": instances,
            }
        )

    rentals = [
        rental("peak", 8),
        rental("base", 4),
        rental("peak", 3, "spot", None),
        rental("base", 2, "on_demand", None),
    ]
    plan = small_plan().model_copy(update={"rentals": rentals})
    assert (
        rented_words(plan, "oracle-h100", False, 1, "peak")
        == "contract (oracle-ucm) 8, reserved 12 months (oracle-ucm) 2"
    )
    assert rented_words(plan, "oracle-h100", True, 1, "peak") == "spot 3"
    average = rented_words(plan, "oracle-h100", False, 1)
    assert average == "contract (oracle-ucm) 5, on demand 1.5, reserved 12 months (oracle-ucm) 2"
    assert rented_words(plan, "aws-h100", False, 1, "peak") == ""
    table = detail(allocations(plan, small_scenario()), 0, 1)
    assert "contract (oracle-ucm) 8" in str([each.cells[6] for each in table.rows])
