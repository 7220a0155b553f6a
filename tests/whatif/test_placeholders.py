"""Placeholders in the texts of a tree, and the values in their place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.reading.compose import compose
from router.reading.node import Entry, Node, plain_data
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.whatif.case import FactorValue
from router.whatif.placeholders import filled, names_in, placeholders_in, value_text

VALUES: dict[str, FactorValue] = {
    "slip": 3.0,
    "price": 0.85,
    "when": date(2027, 7, 1),
    "who": "oracle",
    "price-index": 1.2,
    "a name": 5.0,
    "größe": 7.0,
}


def _node(text: str) -> Node:
    node = compose(text, "file.yaml")
    assert node is not None
    return node


def _text(text: str) -> Node:
    return Node(Position("file.yaml", 1, 1), text)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("$slip", 3),
        ("${slip}", 3),
        ("${ slip }", 3),
        ("$price", 0.85),
        ("$when", date(2027, 7, 1)),
        ("$who", "oracle"),
        ("$slip months", "3 months"),
        ("${slip}0 days", "30 days"),
        ("$slip$slip", "33"),
        ("pools.x.capacity[$when..]", "pools.x.capacity[2027-07-01..]"),
        ("[2027-$slip-01]", "[2027-3-01]"),
        ("$who-us-h100", None),
        ("${who}-us-h100", "oracle-us-h100"),
        ("$price-index", 1.2),
        ("x $price-index", "x 1.2"),
        ("${a name} k", "5 k"),
        ("$größe", 7),
        ("$10 B", "$10 B"),
        ("$ 10 B", "$ 10 B"),
        ("10 $", "10 $"),
        ("$$slip", "$slip"),
        ("$$", "$"),
        ("$$$slip", "$3"),
        ("costs $$5 or $price", "costs $5 or 0.85"),
        ("${", "${"),
        ("no dollar", "no dollar"),
    ],
)
def test_texts(text: str, becomes: object) -> None:
    if becomes is None:
        assert names_in(_text(text)) == {"who-us-h100"}
        return
    content = filled(_text(text), VALUES).content
    assert (content, type(content)) == (becomes, type(becomes))


def test_a_tree_is_filled_and_keeps_its_positions() -> None:
    text = "- set: offers[$who].usd\n  to: {$when: $price, 2027-01-01: 5, a: [$slip, x]}\n- remove: $$x\n"
    node = filled(_node(text), VALUES)
    assert plain_data(node) == [
        {"set": "offers[oracle].usd", "to": {date(2027, 7, 1): 0.85, date(2027, 1, 1): 5, "a": [3, "x"]}},
        {"remove": "$x"},
    ]
    assert isinstance(node.content, list)
    first = node.content[0].content
    assert isinstance(first, dict)
    assert first["to"].node.position == Position("file.yaml", 2, 7)
    inner = first["to"].node.content
    assert isinstance(inner, dict)
    assert inner[date(2027, 7, 1)].key_position == Position("file.yaml", 2, 8)
    assert inner[date(2027, 7, 1)].node.position == Position("file.yaml", 2, 15)


def test_where_placeholders_stand() -> None:
    found = list(placeholders_in(_node("- $a: 1\n  b: [x, 'by ${c}']\n"), ("changes",)))
    assert found == [
        ("a", Position("file.yaml", 1, 3), ("changes", 0, "$a")),
        ("c", Position("file.yaml", 2, 10), ("changes", 0, "b", 1)),
    ]
    assert names_in(_node("[$a, $$b, $5, {c: $d $a}]")) == {"a", "d"}


def test_what_holds_no_placeholder_is_not_copied() -> None:
    node = _node("[a, {b: 1}, $who, {c: [x]}]")
    new = filled(node, VALUES)
    assert isinstance(node.content, list)
    assert isinstance(new.content, list)
    assert new is not node
    assert [after is before for after, before in zip(new.content, node.content, strict=True)] == [
        True,
        True,
        False,
        True,
    ]
    assert filled(node.content[1], {}) is node.content[1]


def test_keys_that_become_the_same() -> None:
    with pytest.raises(ScenarioError) as caught:
        filled(_node("to: {2027-07-01: 1, $when: 2}"), VALUES, ("changes", 0))
    assert str(caught.value) == (
        "file.yaml:1:21: changes[0].to['$when']: "
        "found the key '2027-07-01' a second time, of '$when', expected every key once"
    )


def test_a_number_as_a_key_is_text() -> None:
    assert plain_data(filled(_node("{$slip: x}"), VALUES)) == {"3": "x"}


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_dollars_doubled_come_back_single(text: str, number: float) -> None:
    doubled = text.replace("$", "$$")
    assert names_in(_text(doubled)) == set()
    assert filled(_text(doubled), {}).content == text
    assert filled(_text(f"{doubled}${{x}}"), {"x": number}).content == (text + value_text(number) if text else number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_in_texts_are_exact(number: float) -> None:
    assert float(value_text(number)) == number


_TREES = st.recursive(
    st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)


@given(_TREES)
def test_any_tree_is_filled_once_its_names_are_known(data: Any) -> None:
    at = Position("file.yaml", 1, 1)

    def tree(value: Any) -> Node:
        if isinstance(value, dict):
            return Node(at, {key: Entry(at, tree(child)) for key, child in value.items()})
        return Node(at, [tree(child) for child in value] if isinstance(value, list) else value)

    def letters(value: Any) -> str:
        if isinstance(value, dict):
            return "".join(key + letters(child) for key, child in value.items())
        return "".join(map(letters, value)) if isinstance(value, list) else value

    node = tree(data)
    try:
        new = filled(node, dict.fromkeys(names_in(node), "v"))
    except ScenarioError:
        return
    expected = letters(data)
    for placeholder in placeholders_in(node):
        assert placeholder.name in expected
    assert plain_data(new) == data or "$" in expected
