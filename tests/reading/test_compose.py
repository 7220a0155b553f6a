"""Structure: positions, keys, aliases, merge keys, limits."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

import pytest
import yaml

from router.reading import compose
from router.reading.position import Position
from router.reading.problems import MOST_PROBLEMS, ScenarioError
from router.reading.yaml_reader import read_yaml_text

LinesOf = Callable[[str | bytes], list[str]]

TEXT = """\
# a comment
name: tiny
workloads:
  - name: chat
    demand: {2026-01-01: 10, 2026-02-01: 20}
  - name: "söme 日本"
    streams: [{region: no}, {region: eu}]
"""


def test_data_and_positions() -> None:
    document = read_yaml_text(TEXT, "f.yaml")
    day = datetime.date(2026, 1, 1)
    assert document.data == {
        "name": "tiny",
        "workloads": [
            {"name": "chat", "demand": {day: 10, datetime.date(2026, 2, 1): 20}},
            {"name": "söme 日本", "streams": [{"region": "no"}, {"region": "eu"}]},
        ],
    }
    assert document.position_of(()) == Position("f.yaml", 2, 1)
    assert document.position_of(("workloads",), at="key") == Position("f.yaml", 3, 1)
    assert document.position_of(("workloads", 0, "demand", day)) == Position("f.yaml", 5, 26)
    assert document.position_of(("workloads", 0, "demand", day), at="key") == Position("f.yaml", 5, 14)
    assert document.position_of(("workloads", 1, "streams", 1, "region")) == Position("f.yaml", 7, 38)
    assert document.value_of(("workloads", 1, "streams", 1)) == {"region": "eu"}


def test_what_is_missing_stands_at_its_nearest_ancestor() -> None:
    document = read_yaml_text(TEXT, "f.yaml")
    assert document.position_of(("workloads", 0, "kind")) == Position("f.yaml", 4, 5)
    assert document.position_of(("workloads", 9, "kind")) == Position("f.yaml", 3, 1)
    assert document.position_of(("workloads", 0, "demand", "x", "y")) == Position("f.yaml", 5, 5)
    assert document.position_of(("nothing",)) == Position("f.yaml", 2, 1)
    assert document.position_of(("name", "deeper")) == Position("f.yaml", 2, 1)
    with pytest.raises(KeyError):
        document.value_of(("workloads", 9))


def test_columns_count_letters_not_bytes() -> None:
    document = read_yaml_text('a: ["日本", {b: 1}]', "f.yaml")
    assert document.position_of(("a", 1, "b")) == Position("f.yaml", 1, 15)


def test_duplicate_keys_name_both_lines_at_every_level(lines_of: LinesOf) -> None:
    assert lines_of("a: 1\nb:\n  c: 1\n  d: {e: 1, e: 2}\n  c: 3\na: 2\n") == [
        "f.yaml:4:13: b.d.e: found the key 'e' a second time, expected every key once; it stands in line 4 already",
        "f.yaml:5:3: b.c: found the key 'c' a second time, expected every key once; it stands in line 3 already",
        "f.yaml:6:1: a: found the key 'a' a second time, expected every key once; it stands in line 1 already",
    ]


@pytest.mark.parametrize("keys", ["2026-01-01: 1\n'2026-01-01': 2\n", "'2026-01-01': 1\n2026-01-01: 2\n"])
def test_a_day_as_text_and_as_date_is_a_duplicate(keys: str, lines_of: LinesOf) -> None:
    assert "a second time" in lines_of(keys)[0]


def test_keys_that_are_no_text_are_refused_with_the_remedy(lines_of: LinesOf) -> None:
    assert lines_of("1: a\ntrue: b\n1.5: c\n~: d\n2026-01-01 10:00:00: e\n? [f]\n: g\n") == [
        "f.yaml:1:1: found 1 as a key, expected text; write it in quotes: '1'",
        "f.yaml:2:1: found true as a key, expected text; write it in quotes: 'true'",
        "f.yaml:3:1: found 1.5 as a key, expected text; write it in quotes: '1.5'",
        "f.yaml:4:1: found nothing as a key, expected text; write it in quotes: '~'",
        "f.yaml:5:1: found the time 2026-01-01 10:00:00 as a key, expected text; write it in quotes: "
        "'2026-01-01 10:00:00'",
        "f.yaml:6:3: found a mapping or list as a key, expected text as a key",
    ]
    assert lines_of("{? '': a, ? : b}") == ["f.yaml:1:13: found nothing as a key, expected a name before ':'"]
    assert read_yaml_text("no: 1\nyes: 2\n'1': 3\n", "f").data == {"no": 1, "yes": 2, "1": 3}


def test_aliases_share_nothing_in_the_data() -> None:
    data = read_yaml_text("a: &x [1, {b: 2}]\nc: *x\n? &k name\n: *k\n", "f").data
    assert data == {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "name": "name"}
    assert data["a"] is not data["c"]


def test_wrong_aliases(lines_of: LinesOf) -> None:
    assert lines_of("base: &base {a: 1}\nb: *bass\n") == [
        "f.yaml:2:4: b: found the alias *bass, expected an anchor &bass before it; did you mean '*base'?"
    ]
    assert lines_of("a: &a [1, {b: *a}]") == [
        "f.yaml:1:15: a[1].b: found the alias *a inside its own anchor, expected no cycle"
    ]
    assert lines_of("a: &x 1\n*x : 2\nb: &y [1]\n*y : 3\n*z : 4\n") == [
        "f.yaml:2:1: found 1 as a key, expected text; write it in quotes: '*x'",
        "f.yaml:4:1: found a mapping or list as a key, expected text as a key",
        "f.yaml:5:1: found the alias *z, expected an anchor &z before it",
    ]


def test_merge_keys() -> None:
    text = """
base: &base {a: 1, b: {c: 2}}
other: &other {a: 9, d: 4}
one: {a: 5, <<: *base}
two:
  <<: [*base, *other]
  b: 7
three: {"<<": text}
four: {<<: *base}
"""
    document = read_yaml_text(text, "f.yaml")
    assert document.data["one"] == {"a": 5, "b": {"c": 2}}
    assert document.data["two"] == {"a": 1, "b": 7, "d": 4}
    assert document.data["three"] == {"<<": "text"}
    assert document.data["four"] == document.data["base"]
    assert document.position_of(("two", "d")) == Position("f.yaml", 3, 25)


@pytest.mark.parametrize("text", ["<<: 3", "<<: [{a: 1}, 2]", "a: &a [1]\nb: {<<: *a}", "<<:"])
def test_merging_no_mapping(text: str, lines_of: LinesOf) -> None:
    assert "expected the alias of a mapping, or a list of such aliases" in lines_of(text)[0]


def test_two_merge_keys(lines_of: LinesOf) -> None:
    assert "one list of aliases: '<<: [*a, *b]'" in lines_of("<<: {a: 1}\n<<: {b: 1}")[0]


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [" + ",".join("x" * 10) + "]"]
    lines += [f"a{i}: &a{i} [" + ",".join([f"*a{i - 1}"] * 10) + "]" for i in range(1, levels)]
    return "\n".join(lines)


def test_a_bomb_of_aliases_is_refused_before_it_expands(lines_of: LinesOf) -> None:
    start = time.process_time()
    for text in (bomb(9), bomb(40), bomb(9).replace("[", "{b: [").replace("]", "]}")):
        (line,) = lines_of(text)
        assert "more than 1_000_000 values (aliases expanded)" in line
    assert time.process_time() - start < 1


def test_a_bomb_of_merge_keys_is_refused(lines_of: LinesOf) -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{i}: {i}" for i in range(1000)) + "}"]
    lines += [f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}, *a{i - 1}]}}" for i in range(1, 30)]
    assert "more than 1_000_000 values" in lines_of("\n".join(lines))[0]


def test_many_harmless_aliases_are_read() -> None:
    text = "a: &a [1, 2]\nb: [" + ", ".join(["*a"] * 5000) + "]"
    assert read_yaml_text(text, "f").data["b"] == [[1, 2]] * 5000


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 51,
        "a: " + "[" * 100_000,
        "{a: " * 100_000,
        "\n".join(" " * i + f"k{i}:" for i in range(5000)),
        "- " * 100_000,
        "? " * 100_000,
        "a0: &a0 [1]\n" + "\n".join(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 100)),
    ],
)
def test_deep_nesting_is_refused(text: str, lines_of: LinesOf) -> None:
    start = time.process_time()
    assert "deeper than 50, expected at most 50 inside one another" in "\n".join(lines_of(text))
    assert time.process_time() - start < 1


def test_fifty_levels_are_read() -> None:
    data = read_yaml_text("a: " + "[" * 49 + "]" * 49, "f").data["a"]
    levels = 0
    while isinstance(data, list):
        levels, data = levels + 1, data[0] if data else None
    assert levels == 49


def test_a_file_full_of_mistakes_is_cut(lines_of: LinesOf) -> None:
    assert len(lines_of("a: 1\n" * 100_000)) == MOST_PROBLEMS


def test_all_mistakes_come_in_one_go_sorted(lines_of: LinesOf) -> None:
    lines = lines_of("b: !own 3\n1: 2\nb: 2026-13-01\nc: *nothing\nd: [")
    assert [line.split(":")[1] for line in lines] == ["1", "2", "3", "3", "4", "6"]


def test_the_pure_python_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch, lines_of: LinesOf) -> None:
    fast = read_yaml_text(TEXT, "f.yaml")
    monkeypatch.setattr(compose, "_LOADER", yaml.SafeLoader)
    assert read_yaml_text(TEXT, "f.yaml") == fast
    for text in ('a: "\\UFFFFFFFF"', "%YAML 1." + "9" * 5000 + "\n---\na: 1", "a: b: c", "a: [", "a: 'x"):
        with pytest.raises(ScenarioError):
            read_yaml_text(text, "f.yaml")
    assert "the character U+D800 in a text" in lines_of('a: "\\ud800"')[0]
