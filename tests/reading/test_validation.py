"""Pydantic's errors in a user's words, at their place in the file."""

from __future__ import annotations

import datetime
import enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity
from router.reading.validation import problem_at, problems_from
from router.reading.yaml_reader import read_yaml_text

Amount = Annotated[float, BeforeValidator(parse_quantity), Field(gt=0)]


class Colour(enum.Enum):
    red = "red"
    green = "green"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Training(Strict):
    kind: Literal["training"]
    gang_size: Annotated[int, Field(ge=1, le=100_000)]


class Serving(Strict):
    kind: Literal["inference", "agents"]
    rate: Amount


class Series(Strict):
    points: dict[datetime.date, Amount]


class Term(Strict):
    start: datetime.date
    end: datetime.date

    @model_validator(mode="after")
    def in_order(self) -> Term:
        if self.end <= self.start:
            raise Mistake(f"a date after the start, {self.start}", path=("end",), note="terms run forward")
        return self


class Window(Strict):
    hours: int

    @model_validator(mode="after")
    def whole_days(self) -> Window:
        if self.hours % 24:
            raise ValueError("a window is whole days")
        return self


class Model(Strict):
    workloads: list[Annotated[Training | Serving, Field(discriminator="kind")]] = []
    optional_workload: Annotated[Training | Serving, Field(discriminator="kind")] | None = None
    series: Series | None = None
    colour: Colour = Colour.red
    demand: Amount | dict[datetime.date, Amount] | Series = 1.0
    level: float | Literal["automatic"] | None = None
    start: datetime.date | None = None
    named: dict[str, Series] = {}
    share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0
    large: Annotated[float, Field(ge=0, le=1e18)] = 0
    count: int = 0
    format: Literal[1] = 1
    name: Annotated[str, Field(min_length=1, max_length=9)] = "x"
    text: Annotated[str, Field(min_length=2)] = "ab"
    entries: Annotated[list[int], Field(min_length=1)] = [1]
    term: Term | None = None
    window: Window | list[Window] | None = None
    flag: bool = False
    in_: str = Field(default="", alias="in")
    pair: tuple[int, Colour] | None = None


def lines_of(text: str) -> list[str]:
    document = read_yaml_text(text, "f.yaml")
    with pytest.raises(ValidationError) as caught:
        Model.model_validate(document.data)
    lines = [str(problem) for problem in problems_from(caught.value, document, Model)]
    assert all(line.isprintable() for line in lines)
    return lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cuont: 3", "1:1: cuont: found the unknown key 'cuont', expected one of workloads,"),
        ("workloads: 3", "1:12: workloads: found 3, expected a list"),
        (
            "workloads: [{kind: training}]",
            "1:13: workloads[0].gang_size: found nothing, expected a whole number",
        ),
        (
            "workloads: [{kind: infernce, rate: 3}]",
            "1:20: workloads[0].kind: found 'infernce', expected one of training, inference, agents; "
            "did you mean 'inference'?",
        ),
        (
            "workloads: [{rate: 3}]",
            "1:13: workloads[0].kind: found nothing, expected one of training, inference, agents",
        ),
        (
            "workloads: [{kind: [1], rate: 3}]",
            "1:20: workloads[0].kind: found a list of 1 entry, expected one of",
        ),
        ("workloads: [3]", "1:13: workloads[0]: found 3, expected a mapping with the key 'kind'"),
        (
            "workloads: [{kind: agents, rate: 1, gang_size: 3}]",
            "1:37: workloads[0].gang_size: found the unknown key 'gang_size', expected one of kind, rate",
        ),
        (
            "workloads: [{kind: training, gang_sise: 3}]",
            "found the unknown key 'gang_sise', expected one of kind, gang_size; did you mean 'gang_size'?",
        ),
        (
            "optional_workload: {kind: training, gang_size: 0}",
            "1:48: optional_workload.gang_size: found 0, expected a whole number of at least 1 and at most 100000",
        ),
        (
            "optional_workload: {kind: training, gang_size: many}",
            "1:48: optional_workload.gang_size: found text 'many', expected a whole number of at least 1",
        ),
        (
            "optional_workload: {kind: agents, rate: -1}",
            "1:41: optional_workload.rate: found -1, expected a number",
        ),
        (
            "optional_workload: {kind: agents, rate: 5 b}",
            "optional_workload.rate: found text '5 b', "
            "expected a number such as 250_000, 1.5 k, 12 M, $38 B or "
            "1.2 T; did you mean '5 B'?",
        ),
        (
            "series: {points: {2026-01-01: 1, 2026-02-01: -1}}",
            "1:46: series.points.2026-02-01: found -1, expected a number above 0",
        ),
        (
            "series: {points: {soon: 1}}",
            "1:19: series.points.soon: found the key 'soon', expected a date such as",
        ),
        ("series: {}", "1:1: series.points: found nothing, expected a mapping"),
        ("series: [1]", "1:9: series: found a list of 1 entry, expected a mapping with the key points"),
        ("colour: grean", "1:9: colour: found 'grean', expected one of red, green; did you mean 'green'?"),
        ("colour: 3", "1:9: colour: found 3, expected one of red, green"),
        (
            "level: automatc",
            "1:8: level: found text 'automatc', expected a number or 'automatic'; did you mean",
        ),
        ("level: [1]", "1:8: level: found a list of 1 entry, expected a number or 'automatic'"),
        (
            "demand: {2026-01-01: 1, 2026-01-02: 0}",
            "1:37: demand.2026-01-02: found 0, expected a number above 0",
        ),
        (
            "demand: {points: {2026-01-01: x}}",
            "1:31: demand.points.2026-01-01: found text 'x', expected a number",
        ),
        (
            "demand: {points: {}, poinst: 1}",
            "1:22: demand.poinst: found the unknown key 'poinst', expected 'points'",
        ),
        (
            "demand: [1]",
            "1:9: demand: found a list of 1 entry, expected a number such as 250_000, 1.5 k, 12 M, $38 B",
        ),
        ("start: soon", "1:8: start: found text 'soon', expected a date such as 2026-01-31"),
        (
            "start: 2026-01-01 03:00:00",
            "1:8: start: found the time 2026-01-01 03:00:00, expected a date such as",
        ),
        (
            "named: {a.b: {points: {}, x: 1}}",
            "1:27: named['a.b'].x: found the unknown key 'x', expected 'points'",
        ),
        (
            "named: {2026-01-01: {points: {}}}",
            "1:9: named.2026-01-01: found the key '2026-01-01', expected text",
        ),
        ("2026-01-01: 3", "1:1: 2026-01-01: found the unknown key '2026-01-01', expected one of"),
        ("share: 1.5", "1:8: share: found 1.5, expected a number of at least 0 and at most 1"),
        ("share: .nan", "1:8: share: found .nan, expected a finite number"),
        ("share: -.inf", "1:8: share: found -.inf, expected a finite number"),
        ("large: many", "1:8: large: found text 'many', expected a number of at least 0"),
        ("large: -1", "1:8: large: found -1, expected a number of at least 0"),
        ("large: 1e19", "1:8: large: found 1e+19, expected a value of at most 1e+18"),
        ("large: .inf", "1:8: large: found .inf, expected a finite number of at least 0"),
        ("format: 2", "1:9: format: found 2, expected 1"),
        ("name: 3", "1:7: name: found 3, expected text"),
        ("name: ''", "1:7: name: found empty text, expected text that is not empty"),
        ("name: abcdefghij", "1:7: name: found text 'abcdefghij', expected text of at most 9 letters"),
        ("count: 1.5", "1:8: count: found 1.5, expected a whole number"),
        ("count: abc", "1:8: count: found text 'abc', expected a whole number"),
        ("count:", "1:7: count: found nothing, expected a whole number"),
        ("text: 3", "1:7: text: found 3, expected text of at least 2 letters"),
        ("text: a", "1:7: text: found text 'a', expected text of at least 2 letters"),
        ("entries: []", "1:10: entries: found an empty list, expected a list of at least one entry"),
        ("entries: [1, x]", "1:14: entries[1]: found text 'x', expected a whole number"),
        ("flag: maybe", "1:7: flag: found text 'maybe', expected true or false"),
        (
            "term: {start: 2026-01-01, end: 2025-01-01}",
            "1:32: term.end: found the date 2025-01-01, expected a date after the start, 2026-01-01; terms run forward",
        ),
        ("term: {start: 2026-01-01}", "1:1: term.end: found nothing, expected a date such as 2026-01-31"),
        ("window: {hours: 25}", "1:9: window: found a mapping (hours); a window is whole days"),
        (
            "window: [{hours: 24}, {hours: x}]",
            "1:31: window[1].hours: found text 'x', expected a whole number",
        ),
        (
            "window: {horus: 24, hours: 24}",
            "1:10: window.horus: found the unknown key 'horus', expected 'hours'",
        ),
        ("in: 3", "1:5: in: found 3, expected text"),
        ("pair: [1, rde]", "1:11: pair[1]: found 'rde', expected one of red, green; did you mean 'red'?"),
    ],
)
def test_one_mistake_is_one_line(text: str, line: str) -> None:
    (found,) = lines_of(text)
    assert line in found
    assert found.startswith("f.yaml:1:")


def test_all_mistakes_in_one_go_sorted_by_position() -> None:
    text = """\
window: 3
workloads:
  - kind: training
    gang_size: 4
  - kind: trainin
  - kind: agents
    rate: free
    rats: 3
count: x
"""
    lines = lines_of(text)
    assert [line.split(": ")[0] for line in lines] == [
        "f.yaml:1:9",
        "f.yaml:5:11",
        "f.yaml:7:11",
        "f.yaml:8:5",
        "f.yaml:9:8",
    ]


def test_mistakes_of_checks_made_later() -> None:
    document = read_yaml_text("offers:\n  - provider: Azur\n    price: 3\nprices: {gb20: 1}\n", "f.yaml")
    path = ("offers", 0, "provider")
    assert str(problem_at(document, path, candidates=["aws", "azure"])) == (
        "f.yaml:2:15: offers[0].provider: found 'Azur', expected one of aws, azure; did you mean 'azure'?"
    )
    assert str(problem_at(document, path, "a provider of this file", candidates=["aws"])) == (
        "f.yaml:2:15: offers[0].provider: found 'Azur', expected a provider of this file"
    )
    assert str(problem_at(document, ("prices", "gb20"), candidates=["gb200"], at="key")) == (
        "f.yaml:4:10: prices.gb20: found 'gb20', expected 'gb200'; did you mean 'gb200'?"
    )
    assert str(problem_at(document, ("offers", 0, "price"), "a price below 2", note="as of line 9")) == (
        "f.yaml:3:12: offers[0].price: found 3, expected a price below 2; as of line 9"
    )
    assert str(problem_at(document, ("offers", 0, "term"), "a term")) == (
        "f.yaml:2:5: offers[0].term: found nothing, expected a term"
    )
    assert "expected no name, as none is defined" in str(problem_at(document, path, candidates=[]))


def test_a_validator_that_changes_its_input_still_shows_the_file() -> None:
    class Changing(Strict):
        share: Annotated[float, BeforeValidator(lambda value: "changed")]

    document = read_yaml_text("share: 5 %", "f.yaml")
    with pytest.raises(ValidationError) as caught:
        Changing.model_validate(document.data)
    assert "found text '5 %', expected a number" in str(problems_from(caught.value, document, Changing)[0])
