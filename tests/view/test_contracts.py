"""What is left of promises over time, and the facts of windows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.plan.document import Plan
from router.report.letters import letters_for
from router.report.terminal import table_lines
from router.scenario.scenario import Scenario
from router.view.contracts import CommitmentCurve, commitment_curves, window_facts
from router.view.decimal_years import day_at, decimal_years
from router.view.tier_levels import tier_windows
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario
from tests.scenarios import contract, horizon, scenario, service
from tests.solving import answer


def facts(curve: CommitmentCurve, at: int) -> dict[str, str]:
    """The facts of a window by what they are."""
    return {str(row.cells[0]): str(row.cells[1]) for row in window_facts(curve, at).rows}


def solved(**commitment: object) -> tuple[Plan, Scenario]:
    """Two months of 8 units, 2 nodes at 10 USD: 14,880 USD in January, 13,440 in February; promised by the month."""
    windows = [
        {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 10_000},
        {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 20_000},
    ]
    given = scenario(
        horizon=horizon("month", 2),
        workloads={"chat": service(8)},
        contracts={"deal": contract(commitments={"spend": {"windows": windows, **commitment}})},
    )
    return answer(given).plan, given


@pytest.mark.parametrize(("plan", "of"), [(small_plan(), small_scenario()), (frontier_plan(), frontier_scenario())])
def test_curves_begin_and_end_as_the_windows_say(plan: Plan, of: Scenario) -> None:
    curves = commitment_curves(plan, of)
    assert sum(len(curve.windows) for curve in curves) == len(plan.windows)
    for curve in curves:
        for window in curve.windows:
            record = window.record
            left = record.promise_usd - record.carried_in_usd
            assert window.remaining_usd[0] == pytest.approx(left - record.spent_to_date_usd)
            assert window.remaining_usd[-1] == pytest.approx(left - record.drawdown_usd)
            assert window.days[-1] == record.counted_to.toordinal()
            assert (np.diff(window.days) > 0).all()
            assert window.even_pace_usd[-1] == 0
            assert window.even_pace_usd[0] == max(0.0, window.remaining_usd[0])
            slope = np.diff(window.even_pace_usd) / np.diff(window.days)
            assert slope == pytest.approx(slope[0])


def test_one_line_for_all_windows_with_pauses_between() -> None:
    curve = commitment_curves(frontier_plan(), frontier_scenario())[0]
    pauses = np.isnan(curve.years)
    assert pauses.sum() == len(curve.windows) - 1
    assert (np.isnan(curve.remaining_usd) == pauses).all()
    assert (np.isnan(curve.even_pace_usd) == pauses).all()
    assert len(curve.boundary_years) == len(curve.windows) + 1
    missed = [window for window in curve.windows if window.shortfall_usd > 0]
    assert missed
    assert list(curve.shortfalls_usd) == [window.record.shortfall_usd for window in missed]
    assert list(curve.shortfall_years) == [window.years[-1] for window in missed]


def test_spend_that_is_carried_shows_at_both_ends() -> None:
    curve = commitment_curves(*solved(carry_forward=True))[0]
    assert [window.record.carried_out_usd for window in curve.windows] == pytest.approx([4_880, 0])
    first, second = facts(curve, 0), facts(curve, 1)
    assert first["Carried out"] == "$4.88 k to the next window"
    assert first["Verdict"].startswith("met on 2026-01-")
    assert "Carried in" not in first
    assert second["Carried in"] == "$4.88 k from the window before"
    assert second["Of promise"] == "92 %"
    assert second["Verdict"] == "SHORT by $1.68 k"
    assert second["Promise"] == "$20.0 k"
    assert curve.windows[1].remaining_usd == pytest.approx([15_120, 1_680])
    assert curve.shortfalls_usd == pytest.approx([1_680])
    assert curve.windows[1].met_year is None
    assert window_facts(curve, 1).rows[-1].role == "alert"
    with pytest.raises(IndexError):
        window_facts(curve, 2)


def test_a_window_is_found_by_its_day() -> None:
    curve = commitment_curves(*solved())[0]
    assert [curve.window_on(date(2026, *day)) for day in ((1, 1), (1, 31), (2, 1), (2, 28), (12, 1))] == [0, 0, 1, 1, 1]
    assert curve.window_on(date(2020, 1, 1)) == 0


def test_being_behind_the_even_pace_is_told() -> None:
    plan, of = solved()
    late = [
        line.model_copy(update={"amount_usd": 0.0 if line.period == 0 else 28_320.0})
        for line in plan.bill
        if line.category == "usage"
    ]
    whole = plan.windows[0].model_copy(
        update={"end": date(2026, 3, 1), "counted_to": date(2026, 3, 1), "drawdown_usd": 28_320.0}
    )
    changed = plan.model_copy(update={"bill": late, "windows": [whole]})
    (curve,) = commitment_curves(changed, of)
    assert curve.windows[0].most_behind_usd == pytest.approx(10_000 * 31 / 59)
    assert facts(curve, 0)["Pace"] == "at most $5.25 k behind an even pace"


def test_prorated_promise_spent_to_date_and_tiers() -> None:
    (curve,) = commitment_curves(small_plan(), small_scenario())
    told = facts(curve, 0)
    assert told["Promise"] == "$2.50 M: 304 of 365 days of $3.00 M"
    assert told["Spent before the plan"] == "$1.45 M"
    assert told["Drawdown"] == "$2.42 M by the window's end"
    share = 120 / 365
    missing = 9e6 * share - 965_068.5
    assert told["Tiers, 2026-07-01 to 2027-06-30"] == (
        f"level 1 of 2 (7.2 % from ${800 * share:.0f} k), ${missing / 1e6:.2f} M to the next, credit $12.0 k"
    )
    for width in (30, 80):
        assert all(
            len(line.plain) <= width for line in table_lines(window_facts(curve, 0), width, letters_for("utf-8"))
        )


def test_tiers_below_the_first_level_above_the_last_and_of_no_known_contract() -> None:
    plan, record = small_plan(), small_plan().tiers[0]

    def words(**changes: object) -> str:
        changed = plan.model_copy(update={"tiers": [record.model_copy(update=changes)]})
        return tier_windows(changed, small_scenario())[0].words

    assert words(level=-1, spend_usd=0.0, credit_usd=0.0) == "below the first level, $263 k to the next, credit $0"
    assert words(level=1, spend_usd=1e7) == "level 2 of 2 (10 % from $2.96 M), credit $12.0 k"
    assert words(contract="gone") == "level 1, credit $12.0 k"


def test_a_plan_without_commitments() -> None:
    assert commitment_curves(empty_plan(), small_scenario()) == ()


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_decimal_years_go_both_ways(day: date) -> None:
    (year,) = decimal_years([day])
    assert day_at(float(year)) == day
    assert int(year) == day.year


def test_decimal_years_rise_with_the_days() -> None:
    years = decimal_years(
        [date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29), date(2028, 12, 31), date(2029, 1, 1)]
    )
    assert all(before < after for before, after in pairwise(years))
    assert years[1] == 2028.0
