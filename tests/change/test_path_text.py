"""Paths, dates and spans as text, both ways."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.change.change import Dates, Operation, Span
from router.change.error import ChangeError
from router.change.path_syntax import plain_path, plain_text
from router.change.path_text import Target, read_target, target_text
from router.change.range_text import OPEN_END, dates_text, read_dates
from router.change.span_text import looks_like_span, read_span, span_text
from router.change.tree import value_at
from router.reading.key_path import path_text
from router.reading.position import Position
from router.reading.problems import Mistake
from router.scenario.base import FIRST_DAY, LAST_DAY, Part
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario

CONFIGS = Path(__file__).parents[2] / "configs"
TINY = load_scenario(CONFIGS / "tiny.yaml")
SHIPPED = [load_scenario(CONFIGS / f"{name}.yaml") for name in ("tiny", "frontier-lab", "scale-up")]
AT = Position("here", 0, 0)
DEMAND = ("workloads", "chat", "streams", "us", "demand")
CAPACITY = ("pools", "oracle-h100", "capacity")

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: not (len(text) == 10 and text[:4].isdigit())
)
days = st.dates(FIRST_DAY, LAST_DAY)
steps = names | st.integers(0, 10**9 - 1) | days


def read(text: str, scenario: Scenario = TINY, operation: Operation = Operation.SET) -> Target:
    return read_target(text, scenario, AT, operation)


def refused(text: str, scenario: Scenario = TINY, operation: Operation = Operation.SET) -> str:
    with pytest.raises(ChangeError) as caught:
        read(text, scenario, operation)
    assert len(caught.value.problems) == 1
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith("here: ")
    return line.removeprefix("here: ")


@given(st.lists(steps, min_size=1, max_size=6).map(tuple))
def test_the_parser_is_the_inverse_of_path_text(path: tuple[str | int | date, ...]) -> None:
    assert plain_path(path_text(path)) == path
    assert plain_text(path) == path_text(path)


def test_a_long_key_is_written_in_full() -> None:
    path = ("pools", "x" * 120, "capacity")
    assert plain_path(plain_text(path)) == path


@given(st.text(max_size=60))
def test_any_text_is_a_path_or_one_line_about_it(text: str) -> None:
    lines = 0
    try:
        read(text)
    except ChangeError as error:
        lines = len(str(error).splitlines())
    assert lines <= 1


@given(st.text("ab.[]'\"\\ 0-2", max_size=30))
def test_texts_of_the_grammars_own_letters_are_read_or_refused(text: str) -> None:
    try:
        path = plain_path(text)
    except Mistake:
        return
    assert plain_path(plain_text(path)) == path


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.name)
def test_every_path_of_a_scenario_is_read_back(scenario: Scenario) -> None:
    paths = list(_paths(scenario, ()))
    assert len(paths) > 200
    for path in paths:
        for known in (None, scenario):
            assert read(target_text(Target(path), known), scenario) == Target(path)


def _paths(value: object, path: tuple[str | int | date, ...]) -> list[tuple[str | int | date, ...]]:
    found = [path] if path else []
    if isinstance(value, Part):
        for name in type(value).model_fields:
            found += _paths(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            found += _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value[:3]):
            found += _paths(item, (*path, index))
    return found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-03..2026-06", date(2026, 3, 1), date(2026, 7, 1)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 10, 1)),
        ("2026-q4..2027", date(2026, 10, 1), date(2028, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2028-02-29", date(2028, 2, 29), date(2028, 3, 1)),
        ("2026-03-15..", date(2026, 3, 15), OPEN_END),
        ("..2026-02", date(2026, 1, 1), date(2026, 3, 1)),
        ("2026-03 .. 2026-03-04", date(2026, 3, 1), date(2026, 3, 5)),
    ],
)
def test_dates_behind_a_path(text: str, start: date, end: date) -> None:
    assert read(f"{'.'.join(DEMAND)}[{text}]") == Target(DEMAND, Dates(start, end))
    assert read(f"{'.'.join(CAPACITY)}[ {text} ]") == Target(CAPACITY, Dates(start, end))


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-02-30",
        "2026-Q5",
        "2026-03..2026-02",
        "..",
        "2026-3",
        "1969",
        "2201",
        "2026..x",
        "2026-00",
        "2026-01-00",
        "..1969",
    ],
)
def test_dates_that_are_none(text: str) -> None:
    line = refused(f"{'.'.join(DEMAND)}[{text}]")
    assert line.startswith(f"{'.'.join(DEMAND)}: found [{text}], expected ")


@given(days, st.integers(1, 2000))
def test_dates_are_read_back(start: date, length: int) -> None:
    dates = Dates(start, min(start + timedelta(days=length), OPEN_END))
    assert read_dates(dates_text(dates), date(2026, 1, 1)) == dates


@given(st.integers(1970, 2197), st.integers(1, 12), st.integers(1, 30))
def test_whole_months_are_read_back(year: int, month: int, count: int) -> None:
    last = year * 12 + month - 1 + count
    dates = Dates(date(year, month, 1), date(last // 12, last % 12 + 1, 1))
    text = dates_text(dates)
    assert read_dates(text, date(2026, 1, 1)) == dates
    assert len(text) <= len("2026-03..2026-06")


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (Dates(date(2026, 1, 1), date(2027, 1, 1)), "2026"),
        (Dates(date(2026, 4, 1), date(2026, 7, 1)), "2026-Q2"),
        (Dates(date(2026, 1, 1), OPEN_END), "2026-01.."),
        (Dates(date(2026, 3, 1), OPEN_END), "2026-03.."),
        (Dates(date(2026, 3, 1), date(2026, 3, 15)), "2026-03-01..2026-03-14"),
    ],
)
def test_dates_in_the_largest_units_that_fit(dates: Dates, text: str) -> None:
    assert dates_text(dates) == text


def test_dates_without_an_end_have_no_text() -> None:
    for start, end in ((date(2026, 2, 1), date(2026, 1, 1)), (date.min, date(2026, 1, 1)), (FIRST_DAY, date.max)):
        with pytest.raises(ValueError, match="no dates"):
            dates_text(Dates(start, end))


def test_numbers_are_indices_of_lists_and_years_of_values_over_time() -> None:
    assert read("offers[1].usd_per_hour").path == ("offers", 1, "usd_per_hour")
    assert "index 2026" in refused("offers[2026].usd_per_hour")
    assert read("offers[1].usd_per_hour[2026]").dates == Dates(date(2026, 1, 1), date(2027, 1, 1))
    assert read(".".join(DEMAND) + ".values[2]") == Target((*DEMAND, "values", 2))


def test_a_day_behind_a_dot_is_the_date_of_a_step() -> None:
    assert read("pools.oracle-h100.capacity.2026-03-01") == Target((*CAPACITY, date(2026, 3, 1)))
    assert read("pools.oracle-h100.capacity['2026-03-01']") == Target((*CAPACITY, date(2026, 3, 1)))
    new = read("pools.oracle-h100.capacity.2026-04-01", operation=Operation.ADD)
    assert new == Target((*CAPACITY, date(2026, 4, 1)))
    assert read("pools.aws-h100.spot_capacity.2026-04-01").path == (
        "pools",
        "aws-h100",
        "spot_capacity",
        date(2026, 4, 1),
    )


def test_odd_keys_need_quotes_only_where_they_are_ambiguous() -> None:
    path = ("instance_types", "p5.48xlarge", "vcpu")
    for text in ("['p5.48xlarge']", '["p5.48xlarge"]', "[p5.48xlarge]", ".p5.48xlarge"):
        assert read(f"instance_types{text}.vcpu").path == path
    assert "did you mean 'p5.48xlarge'" in refused("instance_types['p5.48xlarg'].vcpu")


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("aws/us-east-1/p5.48xlarge/on_demand", 0),
        ("oracle/any/BM.GPU.H100.8/on_demand", 1),
        ("oracle", 1),
        ("aws/on_demand", 0),
        ("p5.48xlarge", 0),
    ],
)
def test_offers_by_what_they_are(name: str, index: int) -> None:
    assert read(f"offers[{name}].usd_per_hour").path == ("offers", index, "usd_per_hour")


def test_offers_that_are_not_one() -> None:
    both = refused("offers[on_demand].usd_per_hour")
    assert "2 match: aws/us-east-1/p5.48xlarge/on_demand, oracle/any/BM.GPU.H100.8/on_demand" in both
    none = refused("offers[aws/us-east-1/p5.48xlarg/on_demand].usd_per_hour")
    assert none.endswith("did you mean 'aws/us-east-1/p5.48xlarge/on_demand'?")
    assert "did you mean 'aws/us-east-1" in refused("offers[asw/us-east-1].usd_per_hour")
    assert "found index 7, expected an index from 0 to 1" in refused("offers[7].usd_per_hour")


def test_reservations_differ_by_their_term() -> None:
    lab = SHIPPED[1]
    start = "offers[azure/eastus2/Standard_ND96isr_H200_v5/reserved"
    line = refused(f"{start}].usd_per_hour", lab)
    assert "2 match" in line
    assert "/reserved/12-months" in line
    path = read(f"{start}/36-months].usd_per_hour", lab).path
    assert value_at(lab, (*path[:2], "term_months"), AT) == 36


def test_offers_of_the_same_name_are_written_by_index() -> None:
    twice = TINY.model_copy(update={"offers": [*TINY.offers, TINY.offers[0]]})
    assert target_text(Target(("offers", 0)), twice) == "offers[0]"
    assert target_text(Target(("offers", 1)), twice) == "offers[oracle/any/BM.GPU.H100.8/on_demand]"
    assert "tell them by index: 0, 2" in refused("offers[aws/us-east-1/p5.48xlarge/on_demand]", twice)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "found no path, expected a path such as "),
        ("   ", "found no path"),
        (
            "workloads.chta",
            "workloads.chta: found the unknown key 'chta', expected one of chat, fine-tune; did you mean 'chat'?",
        ),
        ("workload.chat", "did you mean 'workloads'?"),
        ("chat.streams", "did you mean 'workloads.chat'?"),
        ("workloads.chat.streams.us.demnd", "did you mean 'demand'?"),
        ("workloads..chat", "found '.chat' where a key should stand"),
        ("workloads.", "found '.' at the end"),
        (".workloads", "where a key should stand"),
        ("workloads[", "found '['"),
        ("workloads[]", "found '[]'"),
        ("workloads]", "found ']'"),
        ("workloads['chat", "between '[' and ']'"),
        ("workloads['chat']x", "expected '.' or '[' after ']'"),
        ("name.first", "name: found text 'tiny', expected something that holds the key 'first'"),
        ("workloads.chat[0]", "workloads.chat.0: found the unknown key '0'"),
        ("offers.first", "offers.first: found the key 'first', expected an index from 0 to 1"),
        ("offers[99999999999]", "found the unknown offer '99999999999'"),
        ("offers[-1]", "found index -1"),
        ("pools.\u202eevil", "\\u202e"),
        ("x" * 100_000, "found a path of 100000 characters"),
        ("[" * 3000, "found '[[["),
    ],
)
def test_paths_that_lead_nowhere(text: str, told: str) -> None:
    line = refused(text)
    assert told in line
    assert len(line) < 500


def test_what_is_added_is_new() -> None:
    assert read("workloads.new", operation=Operation.ADD).path == ("workloads", "new")
    assert read("offers[end]", operation=Operation.ADD).path == ("offers", 2)
    left_out = ("contracts", "oracle-ucm", "eligible", "regions")
    assert read(f"{'.'.join(left_out)}[end]", operation=Operation.ADD).path == (*left_out, 0)
    assert read("offers[2]", operation=Operation.ADD).path == ("offers", 2)
    assert "index 3" in refused("offers[3]", operation=Operation.ADD)
    assert "unknown key" in refused("workloads.new.streams", operation=Operation.ADD)
    assert "unknown key" in refused("workloads.new")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2 quarters", Span(6, 0)),
        ("-10 days", Span(0, -10)),
        ("1 year", Span(12, 0)),
        ("1year", Span(12, 0)),
        (" +3 Weeks ", Span(0, 21)),
        ("-1 year 2 months", Span(-14, 0)),
        ("1 month, -3 days", Span(1, -3)),
        ("1.5 years", Span(18, 0)),
        ("-1.5 months", Span(-1, -15)),
        ("2.3718e-05 quarters", Span(0, 0)),
    ],
)
def test_spans(text: str, span: Span) -> None:
    assert read_span(text) == span
    assert looks_like_span(text)


@given(st.integers(-3000, 3000), st.integers(-9999, 9999))
def test_spans_are_read_back(months: int, days_: int) -> None:
    assert read_span(span_text(Span(months, days_))) == Span(months, days_)


@pytest.mark.parametrize(
    "text", ["", "2", "quarters", "2 fortnights", "1,5 years", "1. years", "2 quarters x", "9" * 90 + " days", "- 3"]
)
def test_spans_that_are_none(text: str) -> None:
    with pytest.raises(Mistake, match="a span of time such as"):
        read_span(text)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(), "0 days"),
        (Span(6), "2 quarters"),
        (Span(-12), "-1 year"),
        (Span(-1, 3), "-1 month +3 days"),
        (Span(5, 1), "5 months 1 day"),
    ],
)
def test_the_text_of_a_span(span: Span, text: str) -> None:
    assert span_text(span) == text
