"""`price`: prices that are other than the scenario has them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.change import Change, Dates, Operation
from router.change.range_text import OPEN_END
from router.problem.calendar import build_calendar
from router.problem.values import average
from router.whatif.words.steps import dated, level
from tests.whatif.asking import after, changes_of, refused, world


def offers_of(changes: str) -> list[int]:
    """Indices of the offers that changes are about."""
    return [int(str(change.path[1])) for change in changes_of(changes)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("azure", [0, 1, 2, 3]),
        ("azure/on_demand", [0, 2]),
        ("GB300", [2, 3, 4]),
        ("azure/GB300/reserved", [3]),
        ("12-months", [3]),
        ("'*/none'", [5]),
        ("az*/*h100/*", [0, 1]),
        ("{providers: [aws]}", [4, 5]),
        ("{purchase_options: [spot, reserved]}", [1, 3]),
        ("{accelerators: [H100], purchase_options: [on_demand]}", [0]),
        ("{regions: [any]}", [0, 2, 3]),
        ("{regions: [eastus, sweden], accelerators: [H100]}", [0, 1]),
        ("{geographies: [us], accelerators: [GB300]}", [2, 3]),
        ("{pools: [azure-us-gb300]}", [2, 3]),
        ("{providers: [azure], exclude: {purchase_options: [on_demand]}}", [1, 3]),
    ],
)
def test_which_offers(choice: str, expected: list[int]) -> None:
    assert offers_of(f"- price: {choice}\n  by: 2") == expected


def test_by_a_factor() -> None:
    path = ("offers", 1, "usd_per_hour")
    assert changes_of("- price: spot\n  by: 120 %") == (Change(path, Operation.SCALE, 1.2),)
    dates = Dates(date(2027, 1, 1), date(2028, 1, 1))
    assert changes_of("- price: spot\n  by: 2\n  during: 2027") == (Change(path, Operation.SCALE, 2, dates),)
    dates = Dates(date(2027, 4, 1), OPEN_END)
    assert changes_of("- price: spot\n  by: 2\n  from: 2027-Q2") == (Change(path, Operation.SCALE, 2, dates),)


def test_a_price_that_begins_after_the_dates_stays_as_it_is() -> None:
    assert offers_of("- price: GB300\n  by: 2\n  during: 2026-Q4") == [2, 3]


def test_an_index_changes_prices_at_each_new_year() -> None:
    scenario = after("- price: GB300/on_demand\n  per_year: -50 %")
    assert scenario.offers[2].usd_per_hour == {
        date(2026, 7, 1): 80,
        date(2027, 1, 1): 40,
        date(2027, 7, 1): 30,
        date(2028, 1, 1): 15,
    }
    # It begins in 2027, at the index of that year.
    assert scenario.offers[4].usd_per_hour == {date(2027, 4, 1): 35, date(2028, 1, 1): 17.5}


def test_an_index_ends_with_its_dates_and_what_is_reached_stays() -> None:
    changes = "- price: spot\n  per_year: 10 %\n  during: 2027"
    assert after(changes).offers[1].usd_per_hour == {date(1970, 1, 1): 20, date(2028, 1, 1): 22}
    changes = "- price: spot\n  per_year: 10 %\n  from: 2020"
    assert after(changes).offers[1].usd_per_hour == {
        date(1970, 1, 1): 20,
        date(2027, 1, 1): 22,
        date(2028, 1, 1): 24.2,
    }


def test_an_index_of_nothing_is_no_change() -> None:
    assert changes_of("- price: spot\n  per_year: 0 %\n- price: spot\n  by: 1") == changes_of("- price: spot\n  by: 1")


@settings(max_examples=50)
@given(by=st.floats(0, 100), month=st.integers(1, 12), length=st.integers(0, 11))
def test_prices_return_after_the_dates(by: float, month: int, length: int) -> None:
    first, last = f"2027-{month:02}", f"2027-{min(12, month + length):02}"
    new = dated(after(f"- price: GB300/on_demand\n  by: {by!r}\n  during: {first}..{last}").offers[2].usd_per_hour)
    old = dated(world().offers[2].usd_per_hour)
    for year_month in range(2026 * 12 + 6, 2029 * 12):
        day = date(year_month // 12, year_month % 12 + 1, 1)
        factor = by if first <= day.isoformat()[:7] <= last else 1
        assert level(new, day) == pytest.approx(level(old, day) * factor)


@settings(max_examples=30)
@given(rate=st.floats(-0.9, 2), other=st.floats(-0.9, 2))
def test_two_indices_are_one_after_the_other(rate: float, other: float) -> None:
    calendar = build_calendar(world().horizon)
    both = after(f"- price: azure\n  per_year: {rate!r}\n- price: azure\n  per_year: {other!r}")
    one = after(f"- price: azure\n  per_year: {(1 + rate) * (1 + other) - 1!r}")
    for offer, expected in zip(both.offers, one.offers, strict=True):
        assert average(offer.usd_per_hour, calendar) == pytest.approx(average(expected.usd_per_hour, calendar))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "- price: spot\n  by: 2\n  per_year: 3 %",
            "8:7: whatifs.x.changes[0].per_year: found both `by` and `per_year`, expected one of them",
        ),
        (
            "- price: spot",
            "6:7: whatifs.x.changes[0]: found neither, expected by: a factor such as 1.2 or 120 %, or per_year: a rate "
            "such as 15 %",
        ),
        (
            "- price: azur/spot\n  by: 2",
            "6:14: whatifs.x.changes[0].price: found no offer that 'azur/spot' names, expected parts of an offer's "
            "name such as oracle/on_demand or aws/H100/spot, or a mapping such as {providers: [oracle]}; "
            "did you mean 'azure/spot'?",
        ),
        (
            "- price: {regions: [eastus]}\n  by: 2",
            "6:14: whatifs.x.changes[0].price: found eastus without sweden, which has the same offer "
            "azure/any/az-h100/on_demand, expected all that have this price, or an offer for each region in the "
            "scenario",
        ),
        (
            "- price: {pools: [azure-us-h100], purchase_options: [on_demand]}\n  by: 2",
            "6:14: whatifs.x.changes[0].price: found azure-us-h100 without azure-eu-h100, which has the same offer "
            "azure/any/az-h100/on_demand, expected all that have this price, or an offer for each region in the "
            "scenario",
        ),
        (
            "- price: {purchase_options: [on_deman]}\n  by: 2",
            "6:34: whatifs.x.changes[0].price.purchase_options[0]: found 'on_deman', expected one of on_demand, spot, "
            "reserved, contract; did you mean 'on_demand'?",
        ),
        (
            "- price: {regions: [eastsu]}\n  by: 2",
            "6:25: whatifs.x.changes[0].price.regions[0]: found unknown region 'eastsu', expected one of eastus, "
            "sweden, virginia, frankfurt; did you mean 'eastus'?",
        ),
        (
            "- price: {providers: [aws], purchase_options: [spot]}\n  by: 2",
            "6:14: whatifs.x.changes[0].price: found no offer that all of it matches, expected a selection with at "
            "least one offer",
        ),
        (
            "- price: aws/GB300\n  by: 2\n  during: 2026-Q4",
            "6:14: whatifs.x.changes[0].price: found no price that begins before 2027-01-01, expected prices that "
            "hold on some of the dates",
        ),
        (
            "- price: azure\n  per_year: 5 %\n  during: 2026-10..2026-11",
            "7:17: whatifs.x.changes[0].per_year: found no new year at which prices change, expected dates, and a "
            "horizon, with a 1 January after their start",
        ),
        (
            "- price: azure\n  by: -2",
            "7:11: whatifs.x.changes[0].by: found -2, expected a number of at least 0 and at most 1000000",
        ),
        (
            "- price: azure\n  by: 2\n  during: 2026\n  from: 2027",
            "9:7: whatifs.x.changes[0].from: found both `during` and `from`, expected one of them",
        ),
        (
            "- price: azure\n  by: 2\n  from: 2030",
            "8:13: whatifs.x.changes[0].from: found 2030, expected dates within the horizon, 2026-07-01 to 2028-12-31",
        ),
    ],
)
def test_prices_that_are_refused(entry: str, message: str) -> None:
    assert refused(entry) == [message]
