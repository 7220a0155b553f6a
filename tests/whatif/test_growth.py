"""`growth`: demand that is other than the scenario has it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.change import Change, Dates, Operation
from router.change.range_text import OPEN_END
from router.problem.calendar import build_calendar
from router.problem.values import series
from router.scenario.scenario import Scenario
from router.scenario.workload import Serving
from tests.whatif.asking import after, changes_of, refused, world

CALENDAR = build_calendar(world().horizon)


def streams_of(changes: str) -> list[str]:
    """Streams that changes are about, as workload/stream."""
    return [f"{change.path[1]}/{change.path[3]}" for change in changes_of(changes)]


def demand(scenario: Scenario, workload: str, stream: str) -> np.ndarray:
    """Demand of a stream in each period."""
    serving = scenario.workloads[workload]
    assert isinstance(serving, Serving)
    return series(serving.streams[stream].demand, CALENDAR)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("agents", ["fleet/all"]),
        ("inference", ["chat/us", "chat/eu", "search/eu"]),
        ("chat", ["chat/us", "chat/eu"]),
        ("chat/eu", ["chat/eu"]),
        ("'*/eu'", ["chat/eu", "search/eu"]),
        ("'*'", ["chat/us", "chat/eu", "search/eu", "fleet/all"]),
        ("{geographies: [eu]}", ["chat/eu", "search/eu"]),
        ("{kinds: [inference, agents], geographies: [us]}", ["chat/us", "fleet/all"]),
        ("{workloads: [chat, s*], streams: [eu]}", ["chat/eu", "search/eu"]),
    ],
)
def test_which_streams(choice: str, expected: list[str]) -> None:
    assert streams_of(f"- growth: {choice}\n  by: 2") == expected


def test_by_a_factor() -> None:
    path = ("workloads", "fleet", "streams", "all", "demand")
    assert changes_of("- growth: agents\n  by: 3") == (Change(path, Operation.SCALE, 3),)
    dates = Dates(date(2027, 1, 1), OPEN_END)
    assert changes_of("- growth: agents\n  by: 300 %\n  from: 2027") == (Change(path, Operation.SCALE, 3, dates),)


def test_growth_per_year_is_on_top_of_what_is_there() -> None:
    scenario = after("- growth: chat\n  per_year: 30 %")
    # Growth on growth: as if the file had both rates in one.
    both = after("- set: workloads.chat.streams.eu.demand\n  to: {start: 100, growth_per_year: 95 %}")
    assert demand(scenario, "chat", "eu") == pytest.approx(demand(both, "chat", "eu"))
    years = ((CALENDAR.first_day + CALENDAR.last_day) / 2 - CALENDAR.first_day[0]) / 365.25
    assert demand(scenario, "chat", "us") == pytest.approx(400 * 1.3**years)
    assert scenario.workloads["search"] is world().workloads["search"]


def test_growth_begins_and_ends_and_what_has_grown_stays() -> None:
    grown = demand(after("- growth: agents\n  per_year: 100 %\n  during: 2027"), "fleet", "all")
    starts = list(CALENDAR.starts)
    first, after_it = starts.index(date(2027, 1, 1)), starts.index(date(2028, 1, 1))
    assert grown[:first].tolist() == [50.0] * first
    assert np.all(np.diff(grown[first - 1 : after_it]) > 0)
    assert grown[after_it:] == pytest.approx(50 * 2 ** (365 / 365.25))


def test_growth_from_before_the_horizon_begins_with_it() -> None:
    early = demand(after("- growth: agents\n  per_year: 10 %\n  from: 2020"), "fleet", "all")
    assert early == pytest.approx(demand(after("- growth: agents\n  per_year: 10 %"), "fleet", "all"))


@given(by=st.floats(0, 1000))
def test_a_factor_multiplies_every_period(by: float) -> None:
    scenario = after(f"- growth: inference\n  by: {by!r}")
    for workload, stream in (("chat", "us"), ("chat", "eu"), ("search", "eu")):
        assert demand(scenario, workload, stream) == pytest.approx(by * demand(world(), workload, stream))


@settings(max_examples=30)
@given(rate=st.floats(-0.9, 5), other=st.floats(-0.9, 5))
def test_growth_after_growth_multiplies(rate: float, other: float) -> None:
    both = after(f"- growth: inference\n  per_year: {rate!r}\n- growth: inference\n  per_year: {other!r}")
    one = after(f"- growth: inference\n  per_year: {(1 + rate) * (1 + other) - 1!r}")
    for workload, stream in (("chat", "us"), ("search", "eu")):
        assert demand(both, workload, stream) == pytest.approx(demand(one, workload, stream))


@given(stream=st.sampled_from([("chat", "us"), ("chat", "eu"), ("search", "eu"), ("fleet", "all")]))
def test_no_growth_leaves_every_number(stream: tuple[str, str]) -> None:
    assert demand(after("- growth: '*'\n  per_year: 0"), *stream).tolist() == demand(world(), *stream).tolist()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "- growth: pretrain\n  by: 2",
            "6:15: whatifs.x.changes[0].growth: found 'pretrain', which is training and has no demand over time, "
            "expected a workload, workload/stream, one of the kinds inference and agents, or a mapping such as "
            "{geographies: [eu]}; for more training, scale its work: {scale: workloads.NAME.work, by: 2}",
        ),
        (
            "- growth: agent\n  by: 2",
            "6:15: whatifs.x.changes[0].growth: found unknown name 'agent', expected a workload, workload/stream, one "
            "of the kinds inference and agents, or a mapping such as {geographies: [eu]}; did you mean 'agents'?",
        ),
        (
            "- growth: {kinds: [training]}\n  by: 2",
            "6:24: whatifs.x.changes[0].growth.kinds[0]: found 'training', expected one of inference, agents",
        ),
        (
            "- growth: {workloads: [chatt]}\n  by: 2",
            "6:28: whatifs.x.changes[0].growth.workloads[0]: found unknown name 'chatt', expected one of chat, search, "
            "fleet; did you mean 'chat'?",
        ),
        (
            "- growth: {geographies: [us], streams: [eu]}\n  by: 2",
            "6:15: whatifs.x.changes[0].growth: found no stream that all of it matches, expected a selection with at "
            "least one stream",
        ),
        (
            "- growth: chat\n  by: 2\n  during: 2026-08",
            "8:15: whatifs.x.changes[0].during: found dates from 2026-08-01 to 2026-09-01, within which no period "
            "starts, expected dates that hold the start of a period, such as 2026-07-01",
        ),
        (
            "- growth: chat\n  per_year: -100 %",
            "7:17: whatifs.x.changes[0].per_year: found text '-100 %', expected a number above -1 and at most 100 and "
            "at least -0.99",
        ),
        (
            "- growth: [chat]\n  by: 2",
            "6:15: whatifs.x.changes[0].growth: found a list of 1 entry, expected a workload, workload/stream, one of "
            "the kinds inference and agents, or a mapping such as {geographies: [eu]}",
        ),
    ],
)
def test_growth_that_is_refused(entry: str, message: str) -> None:
    assert refused(entry) == [message]


def test_a_list_of_the_wrong_length_is_told() -> None:
    lines = refused("- set: workloads.chat.streams.us.demand\n  to: {values: [1, 2]}\n- growth: chat\n  per_year: 10 %")
    assert lines[0] == (
        "8:15: whatifs.x.changes[1].growth: found demand of chat/us with 2 values, expected 10, one for each period"
    )
