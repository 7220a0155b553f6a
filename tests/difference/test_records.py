"""Runs, contracts, reservations, unserved demand and limits that differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from router.difference.difference import difference
from router.difference.document import ChangeKind
from router.plan.document import BillCategory, BreachRecord, ReservationRecord, TierRecord, UnservedRecord

from .making import line, plan, run, window


def reservation(instances: float, **more: Any) -> ReservationRecord:
    """A year in azure-us."""
    values: dict[str, Any] = {
        "pool": "azure-us",
        "term_months": 12,
        "contract": None,
        "first_period": 0,
        "start": date(2026, 1, 1),
        "end": date(2027, 1, 1),
    }
    return ReservationRecord(instances=instances, **(values | more))


def unserved(quantity: float, period: int = 0, because: str = "capacity", stream: str | None = "us") -> UnservedRecord:
    """Demand left out, worth 2 USD a unit-hour; a job is worth 500."""
    hours = 24.0 * (31, 28, 31)[period]
    return UnservedRecord(
        workload="chat",
        stream=stream,
        period=period,
        slice="all" if stream else None,
        quantity=quantity,
        demand=100.0,
        value_usd=2 * quantity * hours if stream else 500.0,
        because=because,
    )


def test_runs_that_come_go_move_and_change() -> None:
    before = plan(runs=[run("goes"), run("stays"), run("moves"), run("slips"), run("grows")])
    slips = run("slips", start=date(2026, 1, 6), end=date(2026, 1, 15))
    grows = run("grows", accelerators=64, instances=8, hours=120.0, end=date(2026, 1, 5))
    after = plan(runs=[run("stays"), run("moves", "oracle-us"), slips, grows, run("comes")])
    found = {change.workload: change for change in difference(before, after).runs}
    assert {name: change.kind for name, change in found.items()} == {
        "goes": ChangeKind.WENT,
        "comes": ChangeKind.CAME,
        "moves": ChangeKind.MOVED,
        "slips": ChangeKind.CHANGED,
        "grows": ChangeKind.CHANGED,
    }
    assert found["moves"].fields == ["pool"]
    assert found["slips"].fields == ["start", "end"]
    assert found["grows"].fields == ["end", "accelerators", "instances", "hours"]
    assert (found["goes"].usd_before, found["goes"].usd_after) == (9600.0, 0.0)


def test_a_run_is_the_same_in_other_periods() -> None:
    boundaries = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    later = plan(runs=[run(first_period=1, last_period=1)], boundaries=boundaries)
    assert not difference(plan(runs=[run()]), later).runs


def test_run_hours_within_noise() -> None:
    assert not difference(plan(runs=[run()]), plan(runs=[run(hours=240.0 + 1e-6)])).runs
    assert difference(plan(runs=[run()]), plan(runs=[run(hours=240.1)])).runs[0].fields == ["hours"]


def test_windows_that_come_go_and_change() -> None:
    before = plan(windows=[window(), window(start=date(2027, 1, 1)), window("aws")])
    short = window(drawdown_usd=400.0, shortfall_usd=600.0, shortfall_paid_usd=300.0, met_on=None)
    after = plan(windows=[short, window(start=date(2027, 1, 1), settled_in_period=2), window("oracle")])
    found = difference(before, after).windows
    assert [(change.contract, str(change.kind)) for change in found] == [
        ("azure", "changed"),
        ("aws", "went"),
        ("oracle", "came"),
    ]
    (changed,) = [change for change in found if change.kind == ChangeKind.CHANGED]
    assert changed.fields == ["drawdown", "shortfall", "shortfall paid"]
    assert (changed.drawdown_change_usd, changed.shortfall_change_usd, changed.paid_change_usd) == (-600, 600, 300)


def test_the_largest_shortfall_is_first() -> None:
    windows = [window(name) for name in ("a", "b", "c")]
    paid = {"a": 5.0, "b": 50.0, "c": 0.5}
    short = [
        each.model_copy(update={"shortfall_usd": paid[each.contract], "shortfall_paid_usd": paid[each.contract]})
        for each in windows
    ]
    found = difference(plan(windows=windows), plan(windows=short)).windows
    assert [change.contract for change in found] == ["b", "a", "c"]


def test_windows_whose_dates_shift_are_matched_by_overlap() -> None:
    before = plan(windows=[window(start=date(year, 1, 1)) for year in (2026, 2027, 2028)])
    after = plan(windows=[window(start=date(year, 4, 1)) for year in (2026, 2027)])
    found = difference(before, after).windows
    pairs = {
        (change.before.start if change.before else None, change.after.start if change.after else None)
        for change in found
    }
    assert pairs == {
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2027, 1, 1), date(2027, 4, 1)),
        (date(2028, 1, 1), None),
    }
    assert {change.kind for change in found} == {"changed", "went"}
    apart = difference(before, plan(windows=[window(start=date(2031, 1, 1))])).windows
    assert sorted(change.kind for change in apart) == ["came", "went", "went", "went"]


@pytest.mark.parametrize(("usd", "count"), [(0.005, 0), (5.0, 1)])
def test_rounding_of_windows_is_no_change(usd: float, count: int) -> None:
    after = plan(windows=[window(drawdown_usd=1000.0 + usd)])
    assert len(difference(plan(windows=[window()]), after).windows) == count


def test_tiers() -> None:
    tier = TierRecord(
        contract="oracle",
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
        spend_usd=10.0,
        level=-1,
        credit_usd=0.0,
        settled_in_period=2,
    )
    reached = tier.model_copy(update={"spend_usd": 90.0, "level": 0, "credit_usd": 9.0})
    (change,) = difference(plan(tiers=[tier]), plan(tiers=[reached])).tiers
    assert change.fields == ["spend", "level", "credit"]
    assert change.credit_change_usd == 9.0
    assert difference(plan(tiers=[tier]), plan()).tiers[0].kind == ChangeKind.WENT


def test_reservations_bought_more_less_and_not_at_all() -> None:
    bill = [
        line(
            BillCategory.RESERVATION, "azure-us", 4000.0, quantity=1000.0, provider="azure", purchase_option="reserved"
        )
    ]
    before = plan(reservations=[reservation(2.0), reservation(3.0, term_months=36)], lines=bill)
    after = plan(reservations=[reservation(1.5), reservation(0.5), reservation(3.0, contract="azure")], lines=bill)
    found = {(change.term_months, change.contract): change for change in difference(before, after).reservations}
    assert {key: change.kind for key, change in found.items()} == {(36, None): "went", (12, "azure"): "came"}
    assert found[36, None].usd_before == 3 * 24 * 90 * 4.0
    more = difference(before, plan(reservations=[reservation(5.0)], lines=bill)).reservations
    assert {(change.term_months, change.kind) for change in more} == {(12, "grew"), (36, "went")}


def test_unserved_that_comes_goes_grows_and_changes() -> None:
    def kind(before: list[UnservedRecord], after: list[UnservedRecord]) -> list[str]:
        return [str(change.kind) for change in difference(plan(unserved=before), plan(unserved=after)).unserved]

    assert kind([], [unserved(1)]) == ["came"]
    assert kind([unserved(1)], []) == ["went"]
    assert kind([unserved(1)], [unserved(2)]) == ["grew"]
    assert kind([unserved(1), unserved(1, 1)], [unserved(1)]) == ["shrank"]
    assert kind([unserved(1, 0)], [unserved(1, 2)]) == ["changed"]
    assert kind([unserved(1)], [unserved(1 + 1e-9)]) == []
    assert kind([unserved(1, stream=None)], []) == ["went"]
    dearer = unserved(1).model_copy(update={"value_usd": 9999.0})
    assert kind([unserved(1)], [dearer]) == ["changed"]


def test_unserved_in_figures() -> None:
    before = plan(unserved=[unserved(1, 0), unserved(1, 1, "cash")])
    after = plan(unserved=[unserved(1, 0), unserved(5, 1, "cash")])
    (change,) = difference(before, after).unserved
    assert (change.start, change.end) == (date(2026, 2, 1), date(2026, 3, 1))
    assert change.quantity_hours_after - change.quantity_hours_before == pytest.approx(4 * 24 * 28)
    assert change.value_usd_after - change.value_usd_before == pytest.approx(8 * 24 * 28)
    assert (change.because_before, change.because_after) == ("capacity", "cash")


def test_breaches_by_limit() -> None:
    def breach(amount: float, period: int = 0) -> BreachRecord:
        return BreachRecord(
            limit="limits.cash[0]", period=period, slice=None, amount=amount, words=f"{amount} USD above"
        )

    broken = plan(breaches=[breach(5), breach(7, 1)], lines=[line(BillCategory.BREACH, "limits.cash[0]", 120.0)])
    (came,) = difference(plan(), broken).breaches
    assert (came.kind, came.penalty_usd_after, came.largest_after, came.words_after) == (
        "came",
        120.0,
        7.0,
        "7 USD above",
    )
    worse = plan(breaches=[breach(9)], lines=[line(BillCategory.BREACH, "limits.cash[0]", 90.0)])
    assert difference(broken, worse).breaches[0].kind == ChangeKind.GREW
    assert difference(worse, plan()).breaches[0].kind == ChangeKind.WENT
    assert not difference(broken, broken).breaches
