"""What an entry would do, told while it is typed; and mistakes in one line."""

from __future__ import annotations

from router.reading.problems import Mistake
from router.report.letters import letters_for
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.view.demand_grid import demand_grid
from router.view.entry_preview import entry_preview, mistake_words
from router.view.grid import Cells

TINY = load_scenario(scenario_path("tiny"))
GRID = demand_grid(TINY, letters_for("utf-8"))
CHAT = Cells(1, 0, 1, 0)


def test_what_would_change() -> None:
    preview = entry_preview(GRID, CHAT, "*2", TINY)
    assert preview.is_valid
    assert "chat/us" in preview.words
    assert "240" in preview.words
    assert "480" in preview.words


def test_each_letter_on_the_way_is_told_of() -> None:
    for text, is_valid in (("*", False), ("*1", True), ("*1.", True), ("*1.2", True), ("*1.2x", False), ("", False)):
        preview = entry_preview(GRID, CHAT, text, TINY)
        assert preview.is_valid == is_valid, text
        assert preview.words
        assert "\n" not in preview.words


def test_many_changes_are_counted() -> None:
    frontier = load_scenario(scenario_path("frontier-lab"))
    grid = demand_grid(frontier, letters_for("utf-8"))
    preview = entry_preview(grid, Cells(0, 0, len(grid.rows) - 1, 0), "*2", frontier)
    assert preview.words.endswith(f"; and {len(preview.changes) - 3} more")
    assert preview.words.count(";") == 3


def test_a_mistake_in_one_line() -> None:
    assert (
        mistake_words(Mistake("a number", found="'x'", suggestion="5"))
        == "found 'x', expected a number; did you mean 5?"
    )
    assert mistake_words(Mistake("a number")) == "expected a number"
