"""Changes written down as a what-if."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.change.apply import apply
from router.change.change import Change, Dates, Operation, Span
from router.change.error import ChangeError
from router.change.set_option import read_settings
from router.reading.problems import ScenarioError
from router.whatif.write import appended, whatif_text
from tests.change.random_changes import random_change
from tests.whatif.asking import asked, tiny

TEXT = """\
# What we ask every quarter.
format: 1
scenario: tiny   # the small one

whatifs:
  # The first.
  first:
    title: "First"
    changes:
    - {scale: pools.aws-h100.capacity, by: 2}   # twice

sweeps:
  price: {factors: {p: [1, 2]}, changes: [{price: aws, by: $p}]}
"""

EDITS = (
    Change(("pools", "aws-h100", "capacity"), Operation.SCALE, 1.5),
    Change(("offers", 1, "usd_per_hour"), Operation.SET, 70, Dates(date(2026, 2, 1), date(2026, 3, 1))),
    Change(("pools", "oracle-h100", "capacity"), Operation.SHIFT, Span(1, 3)),
    Change(("workloads", "fine-tune"), Operation.REMOVE),
    Change(("limits", "cash"), Operation.SET, [{"year": 2026, "usd": 5e6, "assumption": "what the board allows"}]),
)


def test_a_new_file() -> None:
    text = whatif_text("tiny", "mine", "My edits", EDITS, tiny())
    assert text == (
        "format: 1\n"
        "scenario: tiny\n"
        "whatifs:\n"
        "  mine:\n"
        "    title: My edits\n"
        "    changes:\n"
        "      - {scale: pools.aws-h100.capacity, by: 1.5}\n"
        '      - {set: "offers[oracle/any/BM.GPU.H100.8/on_demand].usd_per_hour[2026-02]", to: 70}\n'
        "      - {shift: pools.oracle-h100.capacity, by: 1 month 3 days}\n"
        "      - {remove: workloads.fine-tune}\n"
        "      - {set: limits.cash, to: [{year: 2026, usd: 5000000, assumption: what the board allows}]}\n"
    )
    question = asked(text)
    assert [(case.name, case.title, case.changes) for case in question.whatifs[1:]] == [("mine", "My edits", EDITS)]


def test_added_to_a_file_whose_letters_stay() -> None:
    text = appended(TEXT, "file.yaml", "second", None, EDITS[:1], tiny())
    assert text == TEXT.replace(
        "# twice\n", "# twice\n  second:\n    changes: [{scale: pools.aws-h100.capacity, by: 1.5}]\n"
    )
    question = asked(text)
    assert [case.name for case in question.cases] == ["base", "first", "second", "price/1", "price/2"]
    assert question.whatifs[2].changes == EDITS[:1]


def test_added_to_a_file_without_what_ifs() -> None:
    text = TEXT.replace(TEXT[TEXT.index("whatifs:") : TEXT.index("sweeps:")], "")
    assert asked(appended(text, "file.yaml", "one", "One", EDITS, tiny())).whatifs[1].changes == EDITS


def test_the_path_of_a_scenario_may_need_quotes() -> None:
    text = whatif_text("my: plan.yaml", "mine", None, EDITS[:1], tiny())
    assert text.splitlines()[1] in ('scenario: "my: plan.yaml"', "scenario: 'my: plan.yaml'")


def test_dollars_are_no_placeholders() -> None:
    given = read_settings(
        [
            "contracts.oracle-ucm.note='$x, ${y}, $$z or $5'",
            "contracts.oracle-ucm.commitments.year.amount_usd=$1 M",
        ],
        tiny(),
    )
    text = whatif_text("tiny", "mine", None, given.changes, tiny())
    assert asked(text).whatifs[1].changes == given.changes
    assert "to: $1 M" in text


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32),
    title=st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40),
)
def test_whatever_is_written_is_read_back_equal(seed: int, title: str) -> None:
    changes = _some_changes(random.Random(seed))
    for text in (
        whatif_text("tiny", "mine", title, changes, tiny()),
        appended(TEXT, "file.yaml", "mine", title, changes, tiny()),
    ):
        case = asked(text).whatifs[-1]
        assert (case.name, case.title, case.changes) == ("mine", title, changes)


def _some_changes(rng: random.Random) -> tuple[Change, ...]:
    """At least one change that can be made, to what those before lead to."""
    scenario = tiny()
    changes: list[Change] = []
    while len(changes) < 1 or rng.random() < 0.7:
        change = random_change(scenario, rng)
        try:
            scenario = apply(scenario, change).scenario
        except ChangeError:
            continue
        changes.append(change)
    return tuple(changes)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("first", "file.yaml: whatifs.first: found the name 'first', which is taken, expected another name"),
        ("price", "file.yaml: whatifs.price: found the name 'price', which is taken, expected another name"),
        ("base", "file.yaml: whatifs.base: found the name 'base', the scenario itself, expected another name"),
        (
            "a/b",
            "file.yaml: whatifs: found the name 'a/b', expected a name without '/', '=', brackets, line breaks and "
            "blanks around it",
        ),
        (
            " a",
            "file.yaml: whatifs: found the name ' a', expected a name without '/', '=', brackets, line breaks and "
            "blanks around it",
        ),
        (
            "",
            "file.yaml: whatifs: found the name '', expected a name without '/', '=', brackets, line breaks and blanks "
            "around it",
        ),
    ],
)
def test_names_that_are_refused(name: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        appended(TEXT, "file.yaml", name, None, EDITS, tiny())
    assert str(caught.value) == message


def test_text_that_nothing_can_be_added_to() -> None:
    with pytest.raises(ScenarioError, match=r"file\.yaml:2:1: found text that is not YAML"):
        appended("a: [", "file.yaml", "x", None, EDITS, tiny())
    with pytest.raises(ScenarioError, match="expected a mapping"):
        appended("- a", "file.yaml", "x", None, EDITS, tiny())
