"""`delay`: deliveries that come later than planned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.change import Change, Operation
from router.whatif.words.steps import dated, level, with_rises_moved
from tests.whatif.asking import after, changes_of, refused, tiny, world
from tests.whatif.stepped import with_steps
from tests.whatif.test_outage import one_pool

START = date(2026, 7, 1)


def test_rises_come_later_and_falls_stay() -> None:
    scenario = after("- delay: GB300\n  by: 2 quarters")
    assert scenario.pools["azure-us-gb300"].capacity == {
        date(2026, 7, 1): 10,
        date(2027, 7, 1): 30,
        date(2028, 1, 1): 20,
    }
    assert scenario.pools["aws-eu-gb300"].capacity == {date(2027, 10, 1): 16}
    assert scenario.pools["azure-us-h100"] is world().pools["azure-us-h100"]


def test_a_fall_of_what_has_not_come_takes_it_away_when_it_comes() -> None:
    capacity = after("- delay: azure-us-gb300\n  by: 2 years").pools["azure-us-gb300"].capacity
    assert capacity == {date(2026, 7, 1): 10, date(2028, 1, 1): 0, date(2029, 1, 1): 20}


def test_only_rises_from_a_date_on() -> None:
    scenario = after("- delay: GB300\n  by: 1 month\n  from: 2027-Q2")
    assert scenario.pools["aws-eu-gb300"].capacity == {date(2027, 5, 1): 16}
    assert scenario.pools["azure-us-gb300"] is world().pools["azure-us-gb300"]


def test_what_the_horizon_starts_with_stays_unless_it_is_asked_for() -> None:
    path = ("pools", "oracle-h100", "capacity")
    assert changes_of("- delay: oracle\n  by: 2 weeks", tiny()) == (
        Change(path, Operation.SET, {date(2026, 1, 1): 4, date(2026, 3, 15): 8}),
    )
    assert changes_of("- delay: oracle\n  by: 2 weeks\n  from: 2026", tiny()) == (
        Change(path, Operation.SET, {date(2026, 1, 15): 4, date(2026, 3, 15): 8}),
    )


def test_a_negative_delay_brings_forward() -> None:
    capacity = after("- delay: aws-eu-gb300\n  by: -1 quarter").pools["aws-eu-gb300"].capacity
    assert capacity == {date(2027, 1, 1): 16}


def test_a_part_of_a_month() -> None:
    capacity = after("- delay: aws-eu-gb300\n  by: 1.5 months").pools["aws-eu-gb300"].capacity
    assert capacity == {date(2027, 5, 16): 16}


def test_spot_capacity_comes_with_its_machines() -> None:
    scenario = after("- set: pools.aws-eu-gb300.spot_capacity\n  to: {2027-04-01: 4}\n- delay: aws\n  by: 1 year")
    assert scenario.pools["aws-eu-gb300"].spot_capacity == {date(2028, 4, 1): 4}


def test_spot_capacity_is_never_more_than_a_delay_leaves() -> None:
    text = (
        "- set: pools.azure-us-gb300\n"
        "  to: {provider: azure, region: eastus, instance_type: az-gb300, spot_capacity: 25,\n"
        "       capacity: {2026-07-01: 20, 2027-01-01: 30, 2027-06-01: 10}}\n"
        "- delay: azure-us-gb300\n"
        "  by: 1 year\n"
    )
    pool = after(text).pools["azure-us-gb300"]
    assert pool.capacity == {date(2026, 7, 1): 20, date(2027, 6, 1): 0, date(2028, 1, 1): 10}
    assert pool.spot_capacity == {
        date(1970, 1, 1): 0,
        date(2026, 7, 1): 20,
        date(2027, 6, 1): 0,
        date(2028, 1, 1): 10,
    }


def test_an_outage_before_a_delay_ends_later() -> None:
    outage, delay = "- outage: azure-us-h100\n  during: 2027-01\n", "- delay: azure\n  by: 1 month\n"
    start, out = date(1970, 1, 1), date(2027, 1, 1)
    assert after(outage + delay).pools["azure-us-h100"].capacity == {start: 40, out: 0, date(2027, 3, 1): 40}
    assert after(delay + outage).pools["azure-us-h100"].capacity == {start: 40, out: 0, date(2027, 2, 1): 40}


def test_no_delay_is_no_change() -> None:
    assert changes_of("- delay: GB300\n  by: 0 days\n- scale: pools.aws-us-cpu.capacity\n  by: 1") == changes_of(
        "- scale: pools.aws-us-cpu.capacity\n  by: 1"
    )


@settings(max_examples=60)
@given(steps=with_steps(), months=st.integers(-6, 30))
def test_capacity_is_never_negative_and_in_the_end_what_it_was(steps: dict[date, float], months: int) -> None:
    if not any(day > START and value > level(steps, day - timedelta(days=1)) for day, value in steps.items()):
        return
    new = dated(after(f"- delay: p\n  by: {months} months", one_pool(steps)).pools["p"].capacity)
    assert min(new.values()) >= 0
    assert level(new, date(2150, 1, 1)) == level(steps, date(2150, 1, 1))
    if months >= 0:
        # What comes later is never there before: capacity is nowhere above what it was.
        assert all(level(new, day) <= level(steps, day) for day in {*new, *steps})
    if months == 0:
        assert new == steps


@given(steps=with_steps(), later=st.integers(0, 2000))
def test_falls_stay_where_they_are(steps: dict[date, float], later: int) -> None:
    moved = with_rises_moved(steps, lambda day: day > START, lambda day: day + timedelta(days=later))
    rises = {day + timedelta(days=later) for day in steps if day > START}
    for before, day in zip((None, *moved), moved, strict=False):
        if day not in steps and before is not None:
            # No new day on which capacity falls.
            assert day in rises
            assert moved[day] >= moved[before]


@given(steps=with_steps())
def test_rises_moved_by_nothing_are_the_same_steps(steps: dict[date, float]) -> None:
    assert with_rises_moved(steps, lambda _: True, lambda day: day) == steps


@given(steps=with_steps(), one=st.integers(0, 400), other=st.integers(0, 400))
def test_the_later_the_less(steps: dict[date, float], one: int, other: int) -> None:
    sooner, later = (
        with_rises_moved(steps, lambda day: day > START, lambda day, by=by: day + timedelta(days=by))  # type: ignore[misc]
        for by in sorted((one, other))
    )
    assert all(level(later, day) <= level(sooner, day) + 1e-6 for day in {*sooner, *later})


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "- delay: GB300\n  by: 2 fortnights",
            "7:11: whatifs.x.changes[0].by: found text '2 fortnights', expected a span of time such as 2 quarters, "
            "-10 days or 1 year",
        ),
        (
            "- delay: GB300\n  by: 2",
            "7:11: whatifs.x.changes[0].by: found 2, expected a span of time such as 2 quarters, -10 days or 1 year",
        ),
        (
            "- delay: GB300",
            "6:7: whatifs.x.changes[0].by: found nothing, expected a span of time such as 2 quarters, -10 days or 1 "
            "year",
        ),
        (
            "- delay: H100\n  by: 1 month",
            "6:14: whatifs.x.changes[0].delay: found no rise of capacity of azure-us-h100, azure-eu-h100 from "
            "2026-07-02 on, expected pools that grow then",
        ),
        (
            "- delay: GB300\n  by: 200 years",
            "7:11: whatifs.x.changes[0].by: found text '200 years', expected a span that keeps 2027-01-01 within "
            "1970-01-01 to 2200-12-31",
        ),
        (
            "- delay: GB300\n  by: 1 year\n  from: 2027..2028",
            "8:13: whatifs.x.changes[0].from: found text '2027..2028', expected a day, month, quarter or year such as "
            "2026-03-15, 2026-03, 2026-Q3 or 2026",
        ),
        (
            "- delay: GB30\n  by: 1 year",
            "6:14: whatifs.x.changes[0].delay: found unknown name 'GB30', expected the name of a provider, region, "
            "pool or accelerator, or a mapping such as {providers: [oracle]}; did you mean 'GB300'?",
        ),
    ],
)
def test_delays_that_are_refused(entry: str, message: str) -> None:
    assert refused(entry) == [message]
