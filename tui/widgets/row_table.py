"""A table of any number of rows: only the rows in sight are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from router.view.table_rows import COLUMN_GAP, NoRows, TableRows, fitted_columns
from tui.widgets.fitting import cut

_FAR = 1_000_000_000
_UP, _DOWN = "▲", "▼"
_SELECTED = "▌"
_LEFT = 1
"""Cells at the left, for the sign of what is selected: it must be seen without colours."""


class RowTable(ScrollView, can_focus=True):
    """A cursor, a selection of whole rows, titles that are clicked to sort."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-table--header",
        "row-table--sorted",
        "row-table--cursor",
        "row-table--selected",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First row", show=False),
        Binding("end", "edge(1)", "Last row", show=False),
        Binding("shift+up,K", "extend(-1)", "Select up", show=False),
        Binding("shift+down,J", "extend(1)", "Select down", show=False),
        Binding("space", "select_row", "Select", show=False),
        Binding("ctrl+a", "select_all", "Select all", show=False),
        Binding("escape", "clear_selection", "Clear selection", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    row: var[int] = var(0)

    @dataclass
    class Moved(Message):
        """The cursor or the selection is another."""

    @dataclass
    class Opened(Message):
        """Enter or a double click on a row."""

        row: int

    @dataclass
    class TitleClicked(Message):
        """A column's title was clicked."""

        column: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: TableRows = NoRows()
        self._selected: frozenset[int] = frozenset()
        self._anchor: int | None = None
        self._kept: frozenset[int] = frozenset()
        self._sorted: tuple[int, bool] | None = None
        self._fitted: tuple[tuple[int, int], ...] = ()
        self._when_empty = ""

    @property
    def selected(self) -> list[int]:
        """The rows that are selected, in order."""
        return sorted(self._selected)

    @property
    def columns_in_sight(self) -> list[int]:
        """The columns that there is room for."""
        return [at for at, _ in self._fitted]

    def show(
        self,
        rows: TableRows,
        *,
        cursor: int = 0,
        selected: frozenset[int] = frozenset(),
        sorted_by: tuple[int, bool] | None = None,
        when_empty: str = "",
    ) -> None:
        """Other rows. `sorted_by`: a column, and whether it descends."""
        self._rows, self._selected, self._sorted, self._when_empty = rows, selected, sorted_by, when_empty
        self._anchor, self._kept = None, frozenset()
        self.set_reactive(RowTable.row, max(0, min(cursor, rows.count - 1)))
        self._fit()
        self.call_after_refresh(self._bring_into_sight)
        self.refresh()

    def go_to(self, row: int) -> None:
        """The cursor on a row, in sight."""
        self._move_to(row)

    def _fit(self) -> None:
        width = self.scrollable_content_region.width
        self._fitted = fitted_columns(self._rows.columns, max(1, width - _LEFT))
        self.virtual_size = Size(width, self._rows.count + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Other columns fit."""
        self._fit()
        self.call_after_refresh(self._bring_into_sight)

    def render_line(self, y: int) -> Strip:
        """The titles on top, and the rows in sight below them."""
        width, base = self.size.width, self.rich_style
        row = round(self.scroll_y) + y - 1
        if y == 0:
            pieces = self._titles()
        elif row < self._rows.count:
            pieces = self._row(row)
        elif row == 0:
            pieces = [(f" {self._when_empty}", Style.null())]
        else:
            pieces = []
        return Strip([Segment(text, base + style) for text, style in pieces]).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"row-table--{name}", partial=True)

    def _titles(self) -> list[tuple[str, Style]]:
        style = self._style("header")
        pieces = [(" " * _LEFT, style)]
        for at, width in self._fitted:
            column = self._rows.columns[at]
            here, title = style, column.title
            if self._sorted is not None and self._sorted[0] == at:
                here, title = style + self._style("sorted"), f"{title}{_DOWN if self._sorted[1] else _UP}"
            pieces += [(_set(title, width, column.to_the_right), here), (" " * COLUMN_GAP, style)]
        return [*pieces, (" " * self.size.width, style)]

    def _row(self, row: int) -> list[tuple[str, Style]]:
        style = self._style("selected") if row in self._selected else Style.null()
        if row == self.row and self.has_focus:
            style += self._style("cursor")
        cells = self._rows.cells(row)
        texts = [_set(cells[at], width, self._rows.columns[at].to_the_right) for at, width in self._fitted]
        sign = _SELECTED if row in self._selected else " "
        return [(sign + (" " * COLUMN_GAP).join(texts), style), (" " * self.size.width, style)]

    def validate_row(self, row: int) -> int:
        """A row that there is."""
        return max(0, min(row, self._rows.count - 1))

    def watch_has_focus(self, value: bool) -> None:
        """The cursor is drawn where the keys go."""
        super().watch_has_focus(value)
        self.refresh()

    def _move_to(self, row: int) -> None:
        self.row = row
        self._bring_into_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _bring_into_sight(self) -> None:
        top, room = round(self.scroll_y), max(1, self.scrollable_content_region.height - 1)
        if self.row < top:
            top = self.row
        elif self.row >= top + room:
            top = self.row - room + 1
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def action_move(self, rows: int) -> None:
        """The cursor moves; what is selected stays so."""
        self._anchor = None
        self._move_to(self.row + rows)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self.action_move(pages * max(1, self.scrollable_content_region.height - 2))

    def action_edge(self, rows: int) -> None:
        """To the first row or the last."""
        self.action_move(rows * _FAR)

    def action_extend(self, rows: int) -> None:
        """The selection grows or shrinks from where it began."""
        if self._anchor is None:
            self._anchor, self._kept = self.row, self._selected
        self._select_to(self.validate_row(self.row + rows))

    def _select_to(self, row: int) -> None:
        if self._anchor is None or not self._rows.count:
            return
        first, last = sorted((self._anchor, row))
        self._selected = self._kept | frozenset(range(first, last + 1))
        self._move_to(row)

    def action_select_row(self) -> None:
        """The row under the cursor is selected or no longer; on to the next."""
        if self._rows.count:
            self._selected ^= {self.row}
            self.action_move(1)

    def action_select_all(self) -> None:
        """Every row."""
        self._selected = frozenset(range(self._rows.count))
        self._move_to(self.row)

    def action_clear_selection(self) -> None:
        """No row."""
        self._selected, self._anchor = frozenset(), None
        self._move_to(self.row)

    def action_open(self) -> None:
        """What the row is about."""
        if self._rows.count:
            self.post_message(self.Opened(self.row))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor goes where the mouse is; with Shift the selection reaches there, with Ctrl the row joins it."""
        if event.button != 1:
            return
        if event.y == 0:
            column = self._column_at(event.x)
            if column is not None:
                self.post_message(self.TitleClicked(column))
            return
        row = round(self.scroll_y) + event.y - 1
        if row >= self._rows.count:
            return
        if event.shift:
            if self._anchor is None:
                self._anchor, self._kept = self.row, self._selected
            self._select_to(row)
            return
        self._anchor = None
        if event.ctrl:
            self._selected ^= {row}
        self._move_to(row)

    def on_click(self, event: events.Click) -> None:
        """A double click opens."""
        if event.chain == 2 and event.y > 0 and round(self.scroll_y) + event.y - 1 < self._rows.count:
            self.action_open()

    def _column_at(self, x: int) -> int | None:
        left = _LEFT
        for at, width in self._fitted:
            if left <= x < left + width + COLUMN_GAP:
                return at
            left += width + COLUMN_GAP
        return None


def _set(text: str, width: int, to_the_right: bool) -> str:
    return cut(text, width, pad=True, to_the_right=to_the_right)
