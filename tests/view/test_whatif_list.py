"""The list of what-ifs: rows, headings, mistakes, columns that fit; and the words below and above it."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

import pytest

from router.report.layout import text_width
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.sweep.answered import Answered
from router.view.table_rows import fitted_columns
from router.view.whatif_detail import ChangeTeller, detail_lines, status_words, wide_gaps
from router.view.whatif_list import ItemKind, WhatIfItem, columns_of, whatif_items, whatif_rows
from router.whatif.case import BASE
from router.workspace.whatif_files import Origin, Place, WhatIfFile, read_file
from router.workspace.whatif_reading import read_what_ifs
from tests.workspace.whatif_sample import ANSWERS, BROKEN, GROWTH, growth_in

TINY = load_scenario(scenario_path("tiny"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[WhatIfFile, ...]:
    paths = [growth_in(tmp_path), growth_in(tmp_path, "broken.yaml", BROKEN)]
    return tuple(read_file(Place(path, Origin.BESIDE), TINY, read_what_ifs) for path in paths)


def key(files: tuple[WhatIfFile, ...], name: str) -> str:
    return f"{files[0].path}:{name}"


def answered(files: tuple[WhatIfFile, ...]) -> dict[str, Answered]:
    return {BASE if name == BASE else key(files, name): Answered(name, found) for name, found in ANSWERS.items()}


def items_of(
    files: tuple[WhatIfFile, ...],
    on: Set[str] = frozenset(),
    known: dict[str, Answered] | None = None,
    waiting: Set[str] = frozenset(),
    compare_from: str = BASE,
) -> tuple[WhatIfItem, ...]:
    return whatif_items(files, on=on, answered=known or {}, waiting=waiting, compare_from=compare_from)


def test_the_base_then_files_with_their_what_ifs_and_mistakes(files: tuple[WhatIfFile, ...]) -> None:
    items = items_of(files, on={key(files, "grows")}, known=answered(files))
    assert [(item.kind, item.mark, item.heading) for item in items] == [
        (ItemKind.BASE, "", "the scenario as saved"),
        (ItemKind.FILE, "", "Chat grows  (growth.yaml, beside)"),
        (ItemKind.WHAT_IF, "[ ]", "Oracle's H100 a month late"),
        (ItemKind.WHAT_IF, "[x]", "Chat grows by half"),
        (ItemKind.WHAT_IF, "[ ]", "Late, and chat grows"),
        (ItemKind.FILE, "", "Broken  (broken.yaml, beside)"),
        (ItemKind.PROBLEM, "", ""),
    ]
    assert items[0].cells == ("» the scenario as saved", "", "$1.00 k", "", "1 %", "none", "none")
    assert items[2].cells == ("Oracle's H100 a month late", "1", "$1.00 k", "~+$5", "2.5 %", "none", "none")
    assert items[3].cells[5:] == ("! $20", "none")
    assert items[3].alerts() == (False, False, False, False, False, True, False)
    assert items[4].cells[1] == "3", "with the changes of those it extends"
    (line,) = items[6].lines(200)
    assert line.strip().startswith("7:16: workloads.chat.streams.us.demnd: found the unknown key 'demnd'")


def test_what_is_on_its_way_and_what_is_compared_from(files: tuple[WhatIfFile, ...]) -> None:
    late = key(files, "late")
    items = items_of(files, waiting={late}, compare_from=late)
    assert items[2].cells[:4] == ("» Oracle's H100 a month late", "1", "", "…")
    assert not items[0].is_from


def test_a_question_takes_two_lines_at_most(files: tuple[WhatIfFile, ...]) -> None:
    item = items_of(files)[1]
    for width in (20, 40, 80, 200):
        lines = item.lines(width)
        assert 1 <= len(lines) <= 2
        assert all(text_width(line) <= width for line in lines)
    assert item.lines(20)[1].endswith("…")
    assert " ".join(line.strip() for line in item.lines(60)) == item.text
    assert item.lines(200) == (f"  {item.text}",)


def test_columns_leave_where_room_is_short_and_differences_stay(files: tuple[WhatIfFile, ...]) -> None:
    columns = columns_of(items_of(files, known=answered(files)))

    def shown(width: int) -> list[str]:
        return [columns[at].title for at, _ in fitted_columns(columns, width)]

    everything = ["What-if", "Changes", "Cost", "vs base", "Gap", "Shortfall", "Unserved"]
    assert shown(120) == everything
    assert shown(75) == [title for title in everything if title != "Changes"]
    assert shown(20) == ["What-if", "vs base"]


def test_as_a_table(files: tuple[WhatIfFile, ...]) -> None:
    rows = whatif_rows(items_of(files, on={key(files, "grows")}, known=answered(files)))
    assert rows[0] == ["file", "name", "on", "what-if", "changes", "cost", "vs base", "gap", "shortfall", "unserved"]
    assert rows[1][:4] == ["", "base", "", "the scenario as saved"]
    assert rows[3][1:5] == ["grows", "on", "Chat grows by half", "1"]
    assert len(rows) == 5
    assert {len(row) for row in rows} == {len(rows[0])}


def test_what_is_told_of_each(files: tuple[WhatIfFile, ...]) -> None:
    known = answered(files)
    known[key(files, "both")] = Answered("both", None, "the demand cannot be met")
    items, teller = items_of(files, known=known), ChangeTeller(TINY)
    base, file, late, grows, both, _, problem = (detail_lines(item, teller, known) for item in items)
    assert base[0] == "base: the scenario as saved"
    assert file[1:] == (
        "What if chat grows faster than planned, and Oracle's machines come late?",
        "Answer: It costs twice as much.",
    )
    assert late == (
        "late: Oracle's H100 a month late",
        "~ the gap is larger than the difference: which of both is dearer is not proved",
        "capacity of oracle-h100: 1 month later",
    )
    assert grows[1:] == ("demand of chat/us: x 1.5 (240 to 400 -> 360 to 600 k tokens/s)",)
    assert both[1] == "no plan: the demand cannot be met"
    assert len(both) == 5
    assert "demnd" in problem[1]
    assert detail_lines(None, teller, known) == ()


def test_of_many_changes_the_first_are_told(tmp_path: Path) -> None:
    more = "\n".join(
        f"      - set: workloads.chat.streams.us.demand[2026-0{at}]\n        to: {at}" for at in (1, 2, 3) * 4
    )
    text = GROWTH.replace("  grows:", f"  many:\n    changes:\n{more}\n  grows:")
    file = read_file(Place(growth_in(tmp_path, text=text), Origin.BESIDE), TINY, read_what_ifs)
    (case,) = (case for case in file.asks.cases if case.name == "many")
    lines = ChangeTeller(TINY).lines(case.changes)
    assert len(lines) == 7
    assert lines[-1] == "and 6 more"


def test_the_list_in_one_line(files: tuple[WhatIfFile, ...]) -> None:
    known = answered(files)
    items = items_of(files, known=known)
    assert status_words((), {}, working="", on=0, gap=0.1).startswith("no what-ifs for this scenario")
    assert status_words(items, {}, working="", on=0, gap=0.1) == "none on · 0 of 3 planned · r plans all"
    assert (
        status_words(items, {}, working="planning, 2 left", on=2, gap=0.1)
        == "2 on · 0 of 3 planned · planning, 2 left (Escape stops)"
    )
    assert status_words(items, known, working="", on=1, gap=0.1) == "1 on · 3 of 3 planned"
    told = status_words(items, known, working="", on=1, gap=0.02)
    assert told == "1 on · 3 of 3 planned · r looks for better plans of 1"
    assert wide_gaps(items, known, 0.02) == [key(files, "late")]


def test_titles_and_questions_of_any_letters(tmp_path: Path) -> None:
    text = GROWTH.replace("Chat grows by half", "聊天增长 " * 30).replace("What if chat", "聊天" * 80)
    file = read_file(Place(growth_in(tmp_path, text=text), Origin.BESIDE), TINY, read_what_ifs)
    items = items_of((file,))
    assert all(text_width(line) <= 50 for line in items[1].lines(50))
