"""Lists of changes as YAML: both ways, and what is said of mistakes."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.apply import apply_all
from router.change.change import Change, Dates, Operation, Span
from router.change.error import ChangeError
from router.change.yaml_form import changes_to_yaml, read_changes, read_changes_file, read_changes_text
from router.change.yaml_text import yaml_text
from router.reading.compose import compose
from router.reading.node import plain_data
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from tests.change.random_changes import random_change, scenario_of

CONFIGS = Path(__file__).parents[2] / "configs"
TINY = load_scenario(CONFIGS / "tiny.yaml")
LAB = load_scenario(CONFIGS / "frontier-lab.yaml")

CHANGES = (
    Change(
        ("workloads", "chat", "streams", "us", "demand"),
        Operation.SET,
        "1.2 M",
        Dates(date(2026, 3, 1), date(2026, 4, 1)),
    ),
    Change(("offers", 0, "usd_per_hour"), Operation.SCALE, 1.2),
    Change(("pools", "oracle-h100", "capacity"), Operation.SHIFT, Span(months=6)),
    Change(("pools", "aws-h100", "capacity"), Operation.INCREASE, -2),
    Change(("contracts", "oracle-ucm", "assumption"), Operation.SET, None),
    Change(("contracts", "oracle-ucm", "commitments", "year", "amount_usd"), Operation.SET, 1200000.0),
    Change(("workloads", "fine-tune"), Operation.REMOVE),
    Change(("workloads", "new"), Operation.ADD, TINY.workloads["chat"].model_dump(exclude_unset=True), before="chat"),
    Change(("workloads", "new", "streams", "us", "demand"), Operation.SCALE, "120 %"),
)
WRITTEN = """\
- set: workloads.chat.streams.us.demand[2026-03]
  to: 1.2 M
- scale: offers[aws/us-east-1/p5.48xlarge/on_demand].usd_per_hour
  by: 1.2
- shift: pools.oracle-h100.capacity
  by: 2 quarters
- increase: pools.aws-h100.capacity
  by: -2
- set: contracts.oracle-ucm.assumption
  to: null
- set: contracts.oracle-ucm.commitments.year.amount_usd
  to: 1200000
- remove: workloads.fine-tune
- add: workloads.new
  value:
    assumption: invented demand
    kind: inference
    unit: k tokens/s
    throughput: {H100: 10.0}
    value_of_unserved_usd_per_unit_hour: 5.0
    streams:
      us:
        geography: us
        demand:
          values: [240, 320, 400]
  before: chat
- scale: workloads.new.streams.us.demand
  by: 120 %
"""


def refused(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_changes_text(text, TINY, "what.yaml")
    return str(caught.value).splitlines()


def test_changes_as_a_person_writes_them() -> None:
    text = changes_to_yaml(CHANGES, TINY)
    assert plain_data(_composed(text)) == plain_data(_composed(WRITTEN))
    lines = [line for line in WRITTEN.splitlines() if line.startswith("-")]
    assert [line for line in text.splitlines() if line.startswith("-")] == lines
    assert read_changes_text(WRITTEN, TINY, "what.yaml").changes == CHANGES
    assert read_changes_text(text, TINY, "what.yaml").changes == CHANGES


def test_without_the_scenario_offers_stand_by_index() -> None:
    text = changes_to_yaml(CHANGES)
    assert "offers[0].usd_per_hour" in text
    assert read_changes_text(text, TINY, "what.yaml").changes == CHANGES


def test_a_date_before_which_a_step_is_added() -> None:
    path = ("pools", "oracle-h100", "capacity", date(2026, 2, 1))
    changes = (Change(path, Operation.ADD, 6, before=date(2026, 3, 1)),)
    text = changes_to_yaml(changes, TINY)
    assert text == "- add: pools.oracle-h100.capacity.2026-02-01\n  value: 6\n  before: 2026-03-01\n"
    assert read_changes_text(text, TINY, "what.yaml").changes == changes


def test_no_changes() -> None:
    assert changes_to_yaml(()) == "[]\n"
    assert read_changes_text("[]", TINY, "what.yaml").changes == ()


@pytest.mark.parametrize("seed", range(12))
def test_random_changes_are_read_back(seed: int) -> None:
    rng = random.Random(seed)
    before = scenario = scenario_of(seed)
    changes: list[Change] = []
    for _ in range(40):
        change = random_change(scenario, rng)
        try:
            scenario = apply_all(scenario, (change,)).scenario
        except ChangeError:
            continue
        changes.append(change)
    assert len(changes) >= 2
    scenario = apply_all(before, changes).scenario
    for known in (before, None):
        read = read_changes_text(changes_to_yaml(changes, known), before, "what.yaml")
        assert _alike(read.changes, tuple(changes))
        assert apply_all(before, read.changes, read.at).scenario == scenario


def _alike(one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    # A key may be given as the date that it is or as its text.
    return [
        (tuple(map(str, change.path)), change.operation, change.value, change.dates, change.before) for change in one
    ] == [
        (tuple(map(str, change.path)), change.operation, change.value, change.dates, change.before) for change in other
    ]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    [
        *(
            "1e9",
            "250_000",
            "0x10",
            "010",
            "12:30",
            "yes",
            "no",
            "null",
            "~",
            "",
            " ",
            "true",
            "1.2 M",
            ".nan",
            "9" * 400,
        ),
        *(
            "2026-01-31",
            "2026-02-30",
            "- a",
            "a: b",
            "#",
            "'",
            '"',
            "&a",
            "*a",
            "!x",
            "%",
            "@",
            "=",
            "<<",
            "[",
            "{",
            "?",
        ),
        *("\t", "\n", "a\nb\n"),
    ]
)
scalars = texts | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | st.booleans() | st.none() | st.dates()
data = st.recursive(
    scalars,
    # No mapping holds the same day as a date and as text.
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4) | st.dictionaries(st.dates(), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(data)
def test_any_plain_data_is_read_back(value: Any) -> None:
    text = yaml_text([{"set": "name", "to": value}])
    read = plain_data(_composed(text))
    assert read == [{"set": "name", "to": value}]
    assert _types(read) == _types([{"set": "name", "to": value}])


def _types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _types(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_types(item) for item in value]
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _composed(text: str) -> Any:
    node = compose(text, "x")
    assert node is not None
    return node


def test_a_file_of_changes(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(WRITTEN)
    given = read_changes_file(path, TINY)
    assert given.changes == CHANGES
    assert [(position.line, position.column) for position in given.at[:3]] == [(2, 7), (4, 7), (6, 7)]
    with pytest.raises(ScenarioError, match=r"slop\.yaml: found no such file.*did you mean '.*slip\.yaml'"):
        read_changes_file(tmp_path / "slop.yaml", TINY)


def test_contradictions_of_the_whole_are_told_where_the_change_stands() -> None:
    given = read_changes_text("- set: name\n  to: x\n- set: pools.aws-h100.provider\n  to: awss\n", TINY, "what.yaml")
    with pytest.raises(ChangeError, match=r"what\.yaml:4:7: pools\.aws-h100\.provider: .*did you mean 'aws'"):
        apply_all(TINY, given.changes, given.at)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "what.yaml:1:1: found nothing in the file, expected a list of changes"),
        ("set: name\nto: x\n", "what.yaml:1:1: found a mapping (set, to), expected a list of changes"),
        ("- name\n", "what.yaml:1:3: [0]: found text 'name', expected a change, such as {set: PATH, to: VALUE}"),
        ("- {}\n", "[0]: found an empty mapping, expected one of the keys set, add, remove, scale, increase, shift"),
        ("- {to: 3}\n", "[0]: found a mapping (to), expected one of the keys set, add, remove"),
        ("- stet: name\n  to: x\n", "what.yaml:1:3: [0].stet: found the unknown key 'stet', expected one of set, "),
        ("- stet: name\n  to: x\n", "did you mean 'set'?"),
        ("- set: name\n  remove: name\n", "what.yaml:2:3: [0].remove: found both set and remove"),
        ("- set: name\n", "what.yaml:1:3: [0].to: found nothing, expected the value to set"),
        (
            "- set: name\n  by: x\n",
            "what.yaml:2:3: [0].by: found the unknown key 'by', expected one of set, to; did you mean 'to'?",
        ),
        ("- remove: workloads.chat\n  too: 1\n", "[0].too: found the unknown key 'too', expected 'remove'"),
        ("- set: 3\n  to: x\n", "what.yaml:1:8: [0].set: found 3, expected the path of a value"),
        ("- set: nmae\n  to: x\n", "what.yaml:1:8: nmae: found the unknown key 'nmae'"),
        (
            "- set: pools.aws-h100.capacity\n  to: -3\n",
            "what.yaml:2:7: pools.aws-h100.capacity: found -3, expected a number of at least 0",
        ),
        ("- scale: pools.aws-h100.capacity\n  by: much\n", "what.yaml:2:7: pools.aws-h100.capacity: found text 'much'"),
        (
            "- shift: pools.oracle-h100.capacity\n  by: 2\n",
            "what.yaml:2:7: [0].by: found 2, expected a span of time such as",
        ),
        (
            "- shift: pools.oracle-h100.capacity\n  by: 2 fortnights\n",
            "[0].by: found text '2 fortnights', expected a span",
        ),
        (
            "- increase: pools.aws-h100.capacity\n  by: 20 %\n",
            "what.yaml:2:7: pools.aws-h100.capacity: found text '20 %' to increase by, expected a number such as "
            "250_000, 1.5 k, 12 M, $38 B or 1.2 T; to add 20 % of what is there, scale by 1.2",
        ),
        (
            "- set: pools.aws-h100.capacity[2026-02]\n  to: 20 %\n",
            "what.yaml:2:7: pools.aws-h100.capacity: found text '20 %', expected a number such as",
        ),
        ("- add: workloads.x\n  value: 1\n  before: []\n", "what.yaml:3:11: [0].before: found an empty list"),
        ("- add: workloads.chat\n  value: 1\n", "workloads.chat: found a mapping"),
        ("- set: name\n  to: x\n  to: y\n", "what.yaml:3:3: [0].to: found the key 'to' a second time"),
        ("- set: name\n  to: {a: [\n", "what.yaml:"),
        (
            "- set: workloads.chat.streams.us.demand[2026-13]\n  to: 3\n",
            "found [2026-13], expected days of the calendar",
        ),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    lines = refused(text)
    assert len(lines) == 1, lines
    assert told in lines[0]


def test_all_mistakes_in_one_go() -> None:
    text = "- set: nmae\n  to: x\n- sett: name\n  to: y\n- set: name\n  to: z\n"
    text += "- scale: pools.aws-h100.capacity\n  by: []\n"
    lines = refused(text)
    assert [line.split(":")[1] for line in lines] == ["1", "3", "8"]


def test_what_follows_from_a_mistake_is_none() -> None:
    text = "- add: workloads.new\n  value: {kind: inference}\n- set: workloads.new.unit\n  to: x\n"
    assert all(line.startswith("what.yaml:2:") for line in refused(text))


def test_a_list_inside_a_file_is_told_with_its_place() -> None:
    node = _composed("- set: name\n")
    with pytest.raises(ChangeError, match=r"x:1:3: whatifs\.slip\.changes\[0\]\.to: found nothing"):
        read_changes(node, TINY, ("whatifs", "slip", "changes"))


@settings(max_examples=300)
@given(st.text("- setoby:a[]{}'\"\n .&*!|>01", max_size=60))
def test_nonsense_is_told_and_nothing_else(text: str) -> None:
    try:
        read_changes_text(text, TINY, "what.yaml")
    except ScenarioError as error:
        told = str(error)
        assert all(line.startswith("what.yaml:") for line in told.splitlines())


def test_offers_are_named_in_the_scenario_that_the_changes_before_lead_to() -> None:
    changes = (
        Change(("offers", 0), Operation.REMOVE),
        Change(("offers", 0, "usd_per_hour"), Operation.SCALE, 2),
        Change(("offers", 41), Operation.REMOVE),
    )
    text = changes_to_yaml(changes, LAB)
    first, second, third = (line.split(": ", 1)[1] for line in text.splitlines() if line.startswith("-"))
    assert len({first, second.removesuffix(".usd_per_hour"), third}) == 3
    assert read_changes_text(text, LAB, "x").changes == changes
