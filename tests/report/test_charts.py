"""The data of charts, and how they are drawn in letters."""

from __future__ import annotations

from datetime import date

import pytest

from router.plan.document import BillCategory, BillLine, RunRecord
from router.report.charts import BurnDownPoint, BurnDownWindow, burn_downs, cost_over_time, utilisation
from router.report.letters import letters_for
from router.report.terminal_charts import burn_down_charts, cost_chart, heat_map

from .sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

LETTERS = letters_for("utf-8")


def test_cost_over_time_is_the_cash() -> None:
    plan = small_plan()
    cost = cost_over_time(plan, small_scenario())
    assert cost.providers == ("aws", "oracle", "no provider")
    assert sum(map(sum, cost.usd)) == pytest.approx(plan.totals.cash_usd)
    assert cost.boundaries == tuple(date(2027, month, 1) for month in range(1, 6))
    assert cost.usd_per_month[0][1] == pytest.approx(cost.usd[0][1] / (28 / (365.25 / 12)))


def test_months_and_quarters_stand_side_by_side() -> None:
    cost = cost_over_time(frontier_plan(), frontier_scenario())
    # What is paid grows slowly: a quarter's bar is not three times as high as the month's before it.
    month, quarter = (sum(rates[period] for rates in cost.usd_per_month) for period in (23, 24))
    assert quarter == pytest.approx(month, rel=0.1)


def test_burn_down_starts_at_what_is_left_and_ends_at_the_shortfall() -> None:
    (burn_down,) = burn_downs(small_plan(), small_scenario())
    (window,) = burn_down.windows
    assert (burn_down.contract, burn_down.commitment) == ("oracle-ucm", "year")
    assert window.points[0].day == date(2027, 1, 1)
    assert window.points[0].remaining_usd == pytest.approx(2_498_630.14 - 1_450_000)
    assert window.points[-1].day == date(2027, 5, 1)
    assert window.points[-1].remaining_usd == pytest.approx(window.shortfall_usd, abs=0.01)
    assert window.prorated
    spent = 4 * 744 * 60.0 + 2 * 744 * 48.0
    assert window.points[0].remaining_usd - window.points[1].remaining_usd == pytest.approx(spent)


def test_burn_down_counts_a_period_by_its_share_of_the_window() -> None:
    """Two windows that meet in the middle of a period share its spend by days."""
    plan, scenario = small_plan(), small_scenario()
    window = plan.windows[0]
    first = window.model_copy(update={"end": date(2027, 2, 15), "counted_to": date(2027, 2, 15)})
    second = window.model_copy(
        update={
            "start": date(2027, 2, 15),
            "end": date(2027, 5, 1),
            "counted_from": date(2027, 2, 15),
            "spent_to_date_usd": 0.0,
        }
    )
    (burn_down,) = burn_downs(plan.model_copy(update={"windows": [second, first]}), scenario)
    assert [part.points[0].day for part in burn_down.windows] == [date(2027, 1, 1), date(2027, 2, 15)]
    february = (4 * 60.0 + 2 * 48.0) * 28 * 24
    points = burn_down.windows[1].points
    assert points[0].remaining_usd - points[1].remaining_usd == pytest.approx(february * 14 / 28)


def test_remaining_at_lies_on_straight_lines() -> None:
    window = BurnDownWindow(
        promise_usd=100.0,
        shortfall_usd=0.0,
        met_on=None,
        prorated=False,
        points=(BurnDownPoint(date(2027, 1, 1), 100.0), BurnDownPoint(date(2027, 1, 11), 50.0)),
    )
    assert window.remaining_at(date(2027, 1, 1)) == 100.0
    assert window.remaining_at(date(2027, 1, 5)) == pytest.approx(80.0)
    assert window.remaining_at(date(2027, 1, 12)) is None
    assert window.remaining_at(date(2026, 12, 31)) is None


def test_utilisation_is_of_the_busiest_slice_and_runs_hold_to_the_end() -> None:
    held = utilisation(small_plan(), small_scenario())
    at = held.pools.index("aws-h100")
    # 10 instances of chat at peak and the 8 of the run, which ends in the second period and holds all of it.
    assert held.held[at][:2] == (18.0, 19.0)
    assert held.capacity[at] == (20.0, 20.0, 40.0, 40.0)
    assert held.share[at][0] == pytest.approx(0.9)


def test_utilisation_without_capacity_is_none() -> None:
    held = utilisation(frontier_plan(), frontier_scenario(), most_groups=44)
    at = held.pools.index("aws-east-gb300")
    assert held.share[at][0] is None
    assert held.share[at][2] is not None
    joined = utilisation(frontier_plan(), frontier_scenario(), most_groups=8)
    assert len(joined.groups) == 8


def test_a_run_in_a_pool_that_the_scenario_lacks_is_left_out() -> None:
    run = RunRecord(
        workload="x",
        pool="elsewhere",
        spot=False,
        accelerators=8,
        instances=1,
        first_period=0,
        last_period=0,
        start=date(2027, 1, 1),
        end=date(2027, 1, 2),
        hours=24.0,
    )
    plan = small_plan().model_copy(update={"runs": [run]})
    assert utilisation(plan, small_scenario()).held[0][0] == 10.0


def test_stack_is_drawn_to_scale() -> None:
    lines = [line.plain for line in cost_chart(cost_over_time(small_plan(), small_scenario()), 80, LETTERS)]
    assert lines[0] == "██ aws   ▒▒ oracle   ░░ no provider"
    bars = lines[1:13]
    assert all(len(line) == 80 for line in bars)
    assert bars[0].startswith("  $900 k │")
    first = [line[10] for line in reversed(bars)]
    # January: 365 k of aws and 248 k of oracle a month, of 900 k in 12 letters.
    assert "".join(first).strip() == "█████▒▒▒"


def test_credits_above_costs_are_told() -> None:
    credit = BillLine(
        period=0,
        category=BillCategory.TIER_CREDIT,
        provider="oracle",
        item="oracle-ucm",
        quantity=1.0,
        unit="USD",
        usd_per_unit=-9e6,
        amount_usd=-9e6,
    )
    plan = small_plan().model_copy(update={"bill": [*small_plan().bill, credit]})
    lines = cost_chart(cost_over_time(plan, small_scenario()), 80, LETTERS)
    assert lines[-1].plain == "A provider's credits above its costs are not drawn."
    only = small_plan().model_copy(update={"bill": [credit]})
    assert "Credits" in cost_chart(cost_over_time(only, small_scenario()), 80, LETTERS)[0].plain


def test_burn_down_falls_from_left_to_right() -> None:
    lines = [line.plain for line in burn_down_charts(burn_downs(small_plan(), small_scenario()), 80, LETTERS)]
    assert lines[0] == "oracle-ucm/year: SHORT by $83.6 k"
    heights = [
        sum(" ▁▂▃▄▅▆▇█".index(line[column] if column < len(line) else " ") for line in lines[1:6])
        for column in range(10, 80)
    ]
    assert heights[0] >= 39
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] > 0
    assert burn_down_charts((), 80, LETTERS) == []


def test_burn_down_of_a_window_without_a_promise() -> None:
    window = small_plan().windows[0].model_copy(update={"promise_usd": 0.0, "shortfall_usd": 0.0})
    plan = small_plan().model_copy(update={"windows": [window]})
    lines = [line.plain for line in burn_down_charts(burn_downs(plan, small_scenario()), 80, LETTERS)]
    assert lines[1] == "Nothing is left to spend at any time."


def test_heat_map_says_percent_and_missing_capacity() -> None:
    lines = [line.plain for line in heat_map(utilisation(small_plan(), small_scenario()), 80, LETTERS)]
    assert lines[2].split() == ["aws-h100", "90█", "95█", "30▒", "32▒"]
    lines = [line.plain for line in heat_map(utilisation(frontier_plan(), frontier_scenario(), 8), 80, LETTERS)]
    row = next(line for line in lines if line.startswith("aws-east-gb300"))
    assert row.split()[1] == "·"
    assert all(len(line) <= 80 for line in lines)


def test_an_empty_plan_has_empty_charts() -> None:
    assert cost_over_time(empty_plan(), small_scenario()).providers == ()
    assert burn_downs(empty_plan(), small_scenario()) == ()
    assert utilisation(empty_plan(), small_scenario()).share == ((0.0,), (0.0,), (0.0,))
