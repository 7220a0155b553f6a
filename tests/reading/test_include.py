"""Files that include others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from router.reading.include import read_document
from router.reading.position import Position
from router.reading.problems import ScenarioError

Files = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Writes files, named by their path with `__` for `/`, into a folder that becomes the working one."""
    monkeypatch.chdir(tmp_path)

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            path = tmp_path / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def data_of(path: str = "top.yaml") -> dict[Any, Any]:
    return read_document(path).data


def lines_of(path: str = "top.yaml") -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_document(path)
    return str(caught.value).split("\n")


def test_mappings_merge_key_by_key_and_the_includer_wins(files: Files) -> None:
    files(
        top="include: prices.yaml\nname: mine\noffers:\n  h100: {price: 3, note: new}\n",
        prices="name: theirs\noffers:\n  h100: {price: 2, count: 8}\n  h200: {price: 4}\n",
    )
    document = read_document("top.yaml")
    assert document.data == {
        "name": "mine",
        "offers": {"h100": {"price": 3, "count": 8, "note": "new"}, "h200": {"price": 4}},
    }
    assert document.position_of(("offers", "h100", "price")) == Position("top.yaml", 4, 17)
    assert document.position_of(("offers", "h100", "count")) == Position("prices.yaml", 3, 27)
    assert document.position_of(("offers", "h200"), at="key") == Position("prices.yaml", 4, 3)
    assert [source.file for source in document.sources] == ["top.yaml", "prices.yaml"]


def test_top_level_lists_are_joined_and_deeper_ones_replaced(files: Files) -> None:
    files(
        top="include: [a.yaml, b.yaml]\nworkloads: [t]\nx: {list: [9]}\n",
        a="workloads: [a1, a2]\nx: {list: [1, 2]}\n",
        b="workloads: [b]\n",
    )
    document = read_document("top.yaml")
    assert document.data == {"workloads": ["a1", "a2", "b", "t"], "x": {"list": [9]}}
    assert document.position_of(("workloads", 2)) == Position("b.yaml", 1, 13)
    assert document.position_of(("workloads", 3)) == Position("top.yaml", 2, 13)


def test_null_takes_an_included_entry_away(files: Files) -> None:
    files(
        top="include: a.yaml\nlist: null\nmap: {gone: null, own: null}\n",
        a="list: [1]\nmap: {gone: 1, kept: 2}\n",
    )
    assert data_of() == {"map": {"kept": 2, "own": None}}


def test_includes_nest_relative_to_the_including_file(files: Files) -> None:
    files(
        top="include: sub/a.yaml\n",
        sub__a="include: [b.yaml, ../c.yaml]\na: 1\n",
        sub__b="b: 1\n",
        c="c: 1\n",
    )
    document = read_document("top.yaml")
    assert document.data == {"a": 1, "b": 1, "c": 1}
    assert [source.file for source in document.sources] == ["top.yaml", "sub/a.yaml", "c.yaml", "sub/b.yaml"]
    assert document.position_of(("b",), at="key") == Position("sub/b.yaml", 1, 1)


def test_a_file_reached_twice_is_read_once(files: Files) -> None:
    files(
        top="include: [a.yaml, b.yaml, ./sub/../d.yaml]\n",
        a="include: d.yaml\nshared: 2\nlist: [a]\n",
        b="include: d.yaml\nlist: [b]\n",
        d="shared: 1\nother: 1\nlist: [d]\n",
        sub__x="x: 1",
    )
    document = read_document("top.yaml")
    assert document.data == {"shared": 2, "other": 1, "list": ["d", "a", "b"]}
    assert sorted(source.file for source in document.sources) == ["a.yaml", "b.yaml", "d.yaml", "top.yaml"]


def test_two_files_that_contradict_each_other(files: Files) -> None:
    files(
        top="include: [a.yaml, b.yaml]\n",
        a="same: [1]\nx: {p: 1, q: {r: 1}}\n",
        b="same: [1]\nx:\n  p: 2\n  q: {r: text}\n",
    )
    assert lines_of() == [
        "b.yaml:3:3: x.p: found 2, where a.yaml:2:5 has 1, expected one value, or one file that includes "
        "the other; 'p' is defined in both files",
        "b.yaml:4:7: x.q.r: found text 'text', where a.yaml:2:15 has 1, expected one value, or one file that "
        "includes the other; 'r' is defined in both files",
    ]


def test_the_top_file_cannot_hide_a_contradiction_below_it(files: Files) -> None:
    files(top="include: [a.yaml, b.yaml]\nx: 3\n", a="x: 1\n", b="x: 2\n")
    assert "b.yaml:1:1: x: found 2, where a.yaml:1:1 has 1" in lines_of()[0]


@pytest.mark.parametrize(("above", "below"), [("[1]", "{a: 1}"), ("{a: 1}", "[1]"), ("3", "[1]"), ("[1]", "3")])
def test_a_list_cannot_replace_a_mapping(files: Files, above: str, below: str) -> None:
    files(top=f"include: a.yaml\nx: {above}\n", a=f"x: {below}\n")
    (line,) = lines_of()
    assert line.startswith("top.yaml:2:1: x: found ")
    assert "as in the included file" in line


def test_circles_show_the_chain(files: Files) -> None:
    files(top="include: sub/a.yaml", sub__a="x: 1\ninclude: [../b.yaml]", b="include: sub/a.yaml")
    assert lines_of() == [
        "b.yaml:1:10: include: found a circle of includes (sub/a.yaml -> b.yaml -> sub/a.yaml), expected no circle"
    ]
    files(top="include: top.yaml")
    assert "(top.yaml -> top.yaml)" in lines_of()[0]


def test_includes_stay_inside_the_folder_of_the_top_file(files: Files) -> None:
    folder = files(
        work__top="include: [../secret.yaml, /etc/passwd, link.yaml, folder/secret.yaml, ok.yaml]\n",
        work__ok="ok: 1",
        secret="s: 1",
        elsewhere__secret="s: 1",
    )
    (folder / "work" / "link.yaml").symlink_to(folder / "secret.yaml")
    (folder / "work" / "folder").symlink_to(folder / "elsewhere")
    lines = lines_of("work/top.yaml")
    assert len(lines) == 4
    inside = f"which leads outside, expected a file inside the folder of the scenario ({folder / 'work'})"
    assert lines[0] == f"work/top.yaml:1:11: include: found '../secret.yaml', {inside}"
    assert "found the absolute path '/etc/passwd'" in lines[1]
    assert lines[2] == f"work/top.yaml:1:40: include: found 'link.yaml', {inside}"
    assert inside in lines[3]


def test_links_inside_the_folder_are_followed(files: Files) -> None:
    folder = files(top="include: [link.yaml, a.yaml]\n", a="list: [1]\n")
    (folder / "link.yaml").symlink_to("a.yaml")
    assert data_of() == {"list": [1]}


def test_missing_files_and_wrong_entries(files: Files) -> None:
    folder = files(
        top="include: [sub/pices.yaml, 3, '', [x], sub, \"a\\tb\", '" + "y" * 300 + "']\n", sub__prices="a: 1"
    )
    lines = lines_of()
    assert "sub: found a folder, expected a YAML file" in lines
    assert lines[1:5] == [
        "top.yaml:1:11: include: found 'sub/pices.yaml', which does not exist, expected an existing file; "
        "did you mean 'sub/prices.yaml'?",
        "top.yaml:1:27: include[1]: found 3, expected the path of a YAML file",
        "top.yaml:1:30: include[2]: found empty text, expected the path of a YAML file",
        "top.yaml:1:34: include[3]: found a list of 1 entry, expected the path of a YAML file",
    ]
    assert all("does not exist" in line for line in lines[5:])
    assert len(lines) == 7
    (folder / "top.yaml").write_text("include: {a: b}\n")
    assert lines_of() == [
        "top.yaml:1:10: include: found a mapping (a), expected the path of a YAML file",
    ]


def test_an_empty_include_is_none(files: Files) -> None:
    files(top="include:\n  # - prices.yaml\na: 1\n")
    assert data_of() == {"a": 1}


def test_mistakes_of_all_files_come_in_one_go(files: Files) -> None:
    files(top="include: [a.yaml, b.yaml, c.yaml]\n", a="x: 1\nx: 2\n", b="a: b: c\n", c="- 1\n")
    assert [line.split(":")[0] for line in lines_of()] == ["a.yaml", "b.yaml", "c.yaml"]


def test_a_long_chain_ends_in_words(files: Files) -> None:
    folder = files(top="include: f0.yaml")
    for i in range(3000):
        (folder / f"f{i}.yaml").write_text(f"include: f{i + 1}.yaml")
    assert lines_of() == [
        "f48.yaml:1:10: include: found includes nested deeper than 50, expected at most 50 inside one another"
    ]


def test_a_file_without_includes_and_a_missing_one(files: Files) -> None:
    files(top="a: 1\n")
    assert data_of() == {"a": 1}
    assert "did you mean 'top.yaml'" in lines_of("tob.yaml")[0]


def test_a_number_may_become_dated_steps_and_the_reverse(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("pools: {a: {capacity: 12}, b: {capacity: {2026-01-01: 1}}}\n")
    top = tmp_path / "top.yaml"
    top.write_text("include: base.yaml\npools: {a: {capacity: {2026-03-01: 12}}, b: {capacity: 7}}\n")
    pools = read_document(top).data["pools"]
    assert pools == {"a": {"capacity": {date(2026, 3, 1): 12}}, "b": {"capacity": 7}}


def test_a_list_stays_a_list(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("gangs: [1]\n")
    top = tmp_path / "top.yaml"
    top.write_text("include: base.yaml\ngangs: {a: 1}\n")
    with pytest.raises(ScenarioError, match="expected a list as in the included file"):
        read_document(top)
