"""`outage`: capacity that is lost for some time and comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.change import Change, Dates, Operation
from router.scenario.scenario import Scenario
from router.whatif.words.steps import dated, level
from tests.whatif.asking import after, changes_of, refused, tiny, world
from tests.whatif.stepped import days, with_steps

MONTHS = [f"{year}-{month:02}" for year in (2026, 2027, 2028) for month in range(1, 13)][6:]


def pools_of(changes: str) -> list[str]:
    """Names of the pools that changes are about, each once."""
    return list(dict.fromkeys(str(change.path[1]) for change in changes_of(changes)))


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("azure", ["azure-us-h100", "azure-eu-h100", "azure-us-gb300"]),
        ("eastus", ["azure-us-h100", "azure-us-gb300"]),
        ("aws-us-cpu", ["aws-us-cpu"]),
        ("GB300", ["azure-us-gb300", "aws-eu-gb300"]),
        ("none", ["aws-us-cpu"]),
        ("a*-us-*", ["azure-us-h100", "azure-us-gb300", "aws-us-cpu"]),
        ("{geographies: [eu]}", ["azure-eu-h100", "aws-eu-gb300"]),
        ("{providers: [azure], exclude: {accelerators: [GB300]}}", ["azure-us-h100", "azure-eu-h100"]),
        ("{instance_types: [aws-cpu], pools: [aws-us-cpu]}", ["aws-us-cpu"]),
    ],
)
def test_which_pools(choice: str, expected: list[str]) -> None:
    assert pools_of(f"- outage: {choice}\n  during: 2027-Q2") == expected


def test_capacity_and_spot_capacity_go_and_come_back() -> None:
    pool = after("- outage: azure-us-h100\n  during: 2027-01-15..2027-02").pools["azure-us-h100"]
    start, out, back = date(1970, 1, 1), date(2027, 1, 15), date(2027, 3, 1)
    assert pool.capacity == {start: 40, out: 0, back: 40}
    assert pool.spot_capacity == {start: 8, out: 0, back: 8}


def test_what_arrives_during_an_outage_is_there_after_it() -> None:
    pool = after("- outage: azure-us-gb300\n  during: 2026-12..2027-01\n  to: 50 %").pools["azure-us-gb300"]
    assert pool.capacity == {
        date(2026, 7, 1): 10,
        date(2026, 12, 1): 5,
        date(2027, 1, 1): 15,
        date(2027, 2, 1): 30,
        date(2028, 1, 1): 20,
    }


def test_it_is_a_change_of_the_capacity_of_each_pool() -> None:
    dates = Dates(date(2026, 2, 1), date(2026, 3, 1))
    assert changes_of("- outage: H100\n  during: 2026-02\n  to: 0.25", tiny()) == (
        Change(("pools", "aws-h100", "capacity"), Operation.SCALE, 0.25, dates),
        Change(("pools", "oracle-h100", "capacity"), Operation.SCALE, 0.25, dates),
    )


def test_a_pool_that_opens_after_the_outage_stays_as_it_is() -> None:
    scenario = after("- outage: GB300\n  during: 2026-Q4")
    assert scenario.pools["aws-eu-gb300"] is world().pools["aws-eu-gb300"]
    assert scenario.pools["azure-us-gb300"] != world().pools["azure-us-gb300"]


@settings(max_examples=40)
@given(
    steps=with_steps(), first=st.sampled_from(MONTHS), months=st.integers(1, 5), left=st.sampled_from([0, 0.2, 0.5, 1])
)
def test_levels_return_after_every_outage(steps: dict[date, float], first: str, months: int, left: float) -> None:
    scenario = one_pool(steps)
    last = MONTHS[min(MONTHS.index(first) + months, len(MONTHS) - 1)]
    begin = date.fromisoformat(f"{first}-01")
    if not any(value > 0 and day < date.fromisoformat(f"{last}-01") for day, value in steps.items()):
        return
    new = dated(after(f"- outage: p\n  during: {first}..{last}\n  to: {left}", scenario).pools["p"].capacity)
    after_last = max(day for day in days(first, last)) + timedelta(days=1)
    for day in (*days("2026-07", "2028-12"), date(2100, 1, 1)):
        expected = level(steps, day) * (left if begin <= day < after_last else 1)
        assert level(new, day) == pytest.approx(expected)


def one_pool(steps: dict[date, float]) -> Scenario:
    """The world with a pool `p` of which the capacity has these steps."""
    text = ", ".join(f"{day}: {value}" for day, value in steps.items())
    return after(
        "- add: pools.p\n  value: {provider: azure, region: eastus, instance_type: az-h100, capacity: {" + text + "}}"
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "- outage: azur\n  during: 2027",
            "6:15: whatifs.x.changes[0].outage: found unknown name 'azur', expected the name of a provider, region, "
            "pool or accelerator, or a mapping such as {providers: [oracle]}; did you mean 'azure'?",
        ),
        (
            "- outage: {providers: [azur]}\n  during: 2027",
            "6:28: whatifs.x.changes[0].outage.providers[0]: found unknown provider 'azur', expected one of azure, "
            "aws; did you mean 'azure'?",
        ),
        (
            "- outage: {provider: [azure]}\n  during: 2027",
            "6:16: whatifs.x.changes[0].outage.provider: found the unknown key 'provider', expected one of providers, "
            "regions, geographies, accelerators, instance_types, pools, purchase_options, exclude; "
            "did you mean 'providers'?",
        ),
        (
            "- outage: {pools: [aws-us-cpu], purchase_options: [spot]}\n  during: 2027",
            "6:37: whatifs.x.changes[0].outage.purchase_options: found purchase_options, expected no purchase options: "
            "what a pool has, it has for all of them",
        ),
        (
            "- outage: {geographies: [us], pools: [azure-eu-h100]}\n  during: 2027",
            "6:15: whatifs.x.changes[0].outage: found no pool that all of it matches, expected a selection with at "
            "least one pool",
        ),
        (
            "- outage: {}\n  during: 2027",
            "6:15: whatifs.x.changes[0].outage: found an empty mapping, expected the name of a provider, region, pool "
            "or accelerator, or a mapping such as {providers: [oracle]}",
        ),
        (
            "- outage: azure\n  during: 2027-Q5",
            "7:15: whatifs.x.changes[0].during: found text '2027-Q5', expected dates such as 2026-03, 2026-Q3, 2026, "
            "2026-03..2026-06 or 2026-03-15..",
        ),
        (
            "- outage: azure\n  during: 2031",
            "7:15: whatifs.x.changes[0].during: found 2031, expected dates within the horizon, 2026-07-01 to "
            "2028-12-31",
        ),
        (
            "- outage: azure",
            "6:7: whatifs.x.changes[0].during: found nothing, expected dates such as 2026-03, 2026-Q3, 2026, "
            "2026-03..2026-06 or 2026-03-15..",
        ),
        (
            "- outage: azure\n  durring: 2027",
            "7:7: whatifs.x.changes[0].durring: found the unknown key 'durring', expected one of outage, during, to; "
            "did you mean 'during'?",
        ),
        (
            "- outage: azure\n  during: 2027\n  to: 20",
            "8:11: whatifs.x.changes[0].to: found 20, expected a share of at most 1; did you mean '20 %'?",
        ),
        (
            "- outage: aws-eu-gb300\n  during: 2026-Q4",
            "6:15: whatifs.x.changes[0].outage: found no capacity to lose in aws-eu-gb300 up to 2026-12-31, expected "
            "pools that have some by then",
        ),
    ],
)
def test_outages_that_are_refused(entry: str, message: str) -> None:
    assert refused(entry) == [message]


def test_a_name_of_two_kinds_must_mean_the_same() -> None:
    scenario = after(
        "- add: pools.aws\n  value: {provider: azure, region: eastus, instance_type: az-h100, capacity: 1}"
    )
    assert refused("- outage: aws\n  during: 2027", scenario) == [
        "6:15: whatifs.x.changes[0].outage: found 'aws', a provider and a pool, expected a mapping that says which, "
        "such as {providers: [aws]}"
    ]
    assert len(changes_of("- outage: {pools: [aws]}\n  during: 2027", scenario)) == 1
