"""The grid widget: a spreadsheet's cells, cursor and selection over a `Grid`; any number of rows and columns."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from router.arrays import BoolArray
from router.view.grid import Cells, Grid
from tui.grid.cell_editor import CellEditor
from tui.grid.geometry import Geometry, geometry
from tui.grid.messages import CellOpened, CellsSelected
from tui.grid.painting import Painter

TYPED_STARTS = "0123456789.+-*="
"""Not the slash: it finds, as everywhere."""


class GridView(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws a grid and moves a cursor over it. What is typed is told to the view around it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--name",
        "grid--heading",
        "grid--fact",
        "grid--cell",
        "grid--cursor",
        "grid--cursor-line",
        "grid--selected",
        "grid--alert",
        "grid--changed",
        "grid--moved",
        "grid--off",
        "grid--shade",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "Up", show=False),
        Binding("down,j", "move(1, 0)", "Down", show=False),
        Binding("left,h", "move(0, -1)", "Left", show=False),
        Binding("right,l", "move(0, 1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0, -1)", "First column", show=False),
        Binding("end", "edge(0, 1)", "Last column", show=False),
        Binding("ctrl+home", "edge(-1, -1)", "First cell", show=False),
        Binding("ctrl+end", "edge(1, 1)", "Last cell", show=False),
        Binding("shift+up,K", "extend(-1, 0)", "Select up", show=False),
        Binding("shift+down,J", "extend(1, 0)", "Select down", show=False),
        Binding("shift+left,H", "extend(0, -1)", "Select left", show=False),
        Binding("shift+right,L", "extend(0, 1)", "Select right", show=False),
        Binding("shift+home", "extend_edge(-1)", "Select to first column", show=False),
        Binding("shift+end", "extend_edge(1)", "Select to last column", show=False),
        Binding("V", "select_row", "Select row", show=False),
        Binding("ctrl+a", "select_all", "Select all", show=False),
        Binding("escape", "clear_selection", "Clear selection", show=False),
        Binding("enter,f2", "open", "Edit", show=False),
    ]

    row: var[int] = var(0)
    column: var[int] = var(0)

    def __init__(self, editor: CellEditor | None = None, *, id: str | None = None) -> None:
        """``editor``: edits the cells; without one the grid is only read."""
        super().__init__(id=id)
        self._editor = editor
        self._grid: Grid | None = None
        self._anchor: tuple[int, int] | None = None
        self._geometry = Geometry(12, (), (), 9, 1)
        self._changed: BoolArray | None = None
        self._moved: BoolArray | None = None
        self._stale = False
        self._painter: Painter | None = None
        self._dragging = False

    @property
    def grid(self) -> Grid | None:
        """What is shown."""
        return self._grid

    @property
    def cells(self) -> Cells:
        """The selection; the cell under the cursor where nothing is selected."""
        row, column = self._anchor or (self.row, self.column)
        return Cells.between(self.row, self.column, row, column)

    def show(
        self, grid: Grid, *, changed: BoolArray | None = None, moved: BoolArray | None = None, stale: bool = False
    ) -> None:
        """Another grid; the cursor stays on its row, by key. changed, moved (R, C): cells to mark."""
        before = self._grid
        self._grid, self._changed, self._moved, self._stale = grid, changed, moved, stale
        if before is None:
            first = next((at for at, row in enumerate(grid.rows) if not row.is_heading), 0)
            self.set_reactive(GridView.row, first)
        elif before is not grid and self.row < len(before.rows):
            same = _same_row(before, grid, self.row)
            if same != self.row:
                self._anchor = None
            self.set_reactive(GridView.row, same)
        self.set_reactive(GridView.row, max(0, min(self.row, len(grid.rows) - 1)))
        self.set_reactive(GridView.column, max(0, min(self.column, len(grid.columns) - 1)))
        if self._anchor is not None:
            self._anchor = min(self._anchor[0], len(grid.rows) - 1), min(self._anchor[1], len(grid.columns) - 1)
        self._fit()
        self.refresh()

    def go_to(self, row: int, column: int | None = None) -> None:
        """The cursor on a cell, in sight."""
        self._anchor = None
        self._move_to(row, self.column if column is None else column)

    def clear_marks(self) -> None:
        """What moved is no longer marked."""
        if self._moved is not None:
            self._moved = None
            self.refresh()

    def _fit(self) -> None:
        if self._grid is None:
            return
        self._geometry = geometry(self._grid, max(1, self.size.width - self.scrollbar_size_vertical_if_shown))
        wide = self._geometry.fixed + self._geometry.cell * len(self._grid.columns)
        self.virtual_size = Size(wide, len(self._grid.rows) + 1)
        self._painter = None

    @property
    def scrollbar_size_vertical_if_shown(self) -> int:
        """Letters that the vertical scrollbar takes."""
        return int(self.scrollbar_size_vertical) if self.show_vertical_scrollbar else 0

    def on_resize(self, event: events.Resize) -> None:
        """Facts come and go with the width."""
        self._fit()
        self.call_after_refresh(self._bring_into_sight)

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._painter = None

    @property
    def first_column(self) -> int:
        """The first column in sight."""
        return -(-round(self.scroll_x) // self._geometry.cell)

    def render_line(self, y: int) -> Strip:
        """One line: the header, or a row with its name, facts and the cells in sight."""
        grid, width = self._grid, self.size.width
        base = self.rich_style
        if grid is None:
            return Strip.blank(width, base)
        painter = self._painter
        if painter is None:
            painter = self._painter = Painter(self._style_of, self._geometry)
        first = self.first_column
        shown = range(first, min(len(grid.columns), first + self._geometry.visible))
        row = round(self.scroll_y) + y - 1
        if y == 0:
            segments = painter.header(grid, shown, self.column)
        elif row >= len(grid.rows):
            segments = []
        else:
            segments = painter.row(
                grid,
                row,
                shown,
                cursor=(self.row, self.column) if self.has_focus or self._anchor else (self.row, -1),
                selected=self.cells,
                changed=None if self._changed is None else self._changed[row],
                moved=None if self._moved is None else self._moved[row],
                stale=self._stale,
            )
        return Strip([Segment(text, base + style) for text, style in segments]).adjust_cell_length(width, base)

    def _style_of(self, name: str) -> Style:
        return self.get_component_rich_style(f"grid--{name}", partial=True)

    def validate_row(self, row: int) -> int:
        """A row that there is."""
        return max(0, min(row, len(self._grid.rows) - 1)) if self._grid is not None else 0

    def validate_column(self, column: int) -> int:
        """A column that there is."""
        return max(0, min(column, len(self._grid.columns) - 1)) if self._grid is not None else 0

    def watch_has_focus(self, value: bool) -> None:
        """The cursor is drawn where the keys go."""
        super().watch_has_focus(value)
        self.refresh()

    def _move_to(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self._bring_into_sight()
        self.refresh()
        if self._grid is not None and self._grid.rows:
            self.post_message(CellsSelected(self.cells, self.row, self.column))

    def _bring_into_sight(self) -> None:
        if self._grid is None or self.size.width == 0:
            return
        cell, visible = self._geometry.cell, self._geometry.visible
        first, x, y = self.first_column, round(self.scroll_x), round(self.scroll_y)
        if self.column < first:
            x = self.column * cell
        elif self.column >= first + visible:
            x = (self.column - visible + 1) * cell
        room = max(1, self.scrollable_content_region.height - 1)
        if self.row < y:
            y = self.row
        elif self.row >= y + room:
            y = self.row - room + 1
        self.scroll_to(x=x, y=y, animate=False, immediate=True, force=True)

    def action_move(self, rows: int, columns: int) -> None:
        """The cursor moves; the selection is gone."""
        self._anchor = None
        self._move_to(self.row + rows, self.column + columns)

    def action_extend(self, rows: int, columns: int) -> None:
        """The selection grows from where it began."""
        self._anchor = self._anchor or (self.row, self.column)
        self._move_to(self.row + rows, self.column + columns)

    def action_extend_edge(self, columns: int) -> None:
        """The selection reaches to the first or last column."""
        self.action_extend(0, columns * 1_000_000)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self._anchor = None
        self._move_to(self.row + pages * max(1, self.scrollable_content_region.height - 2), self.column)

    def action_edge(self, rows: int, columns: int) -> None:
        """To an edge of the grid."""
        self._anchor = None
        self._move_to(self.row + rows * 1_000_000, self.column + columns * 1_000_000)

    def action_select_row(self) -> None:
        """All columns of the row."""
        if self._grid is not None:
            # The cursor at the left end, so that what is copied can be pasted a row below.
            self._anchor = (self.row, len(self._grid.columns) - 1)
            self._move_to(self.row, 0)

    def action_select_all(self) -> None:
        """Every cell."""
        if self._grid is not None:
            self._anchor = (0, 0)
            self._move_to(len(self._grid.rows) - 1, len(self._grid.columns) - 1)

    def action_clear_selection(self) -> None:
        """Only the cell under the cursor."""
        self._anchor = None
        self._move_to(self.row, self.column)

    def action_open(self) -> None:
        """Edit the cells from what is in them, or open what cannot be edited."""
        if self._grid is None or not self._grid.rows:
            return
        if self._editor is None or self._grid.rows[self.row].meaning is None:
            self.post_message(CellOpened(self.row, self.column))
        else:
            self._editor.begin_entry(self.cells, self._grid.editable_text(self.row, self.column))

    def on_key(self, event: events.Key) -> None:
        """Keys are acted on in the order in which they were typed.

        Textual runs bindings later than this, so that of an arrow and a digit typed at once the digit would come first.
        """
        if self.take_key(event):
            event.stop()
            event.prevent_default()

    def take_key(self, key: events.Key) -> bool:
        """Act on a key; whether it does anything here."""
        typed = key.character
        if self._editor is not None and self._editor.take_key(key):
            return True
        if typed is not None and typed in TYPED_STARTS:
            if self._editor is None or not self._is_editable():
                return False
            self._editor.begin_entry(self.cells, typed)
            return True
        return self._act_on(key.key)

    def _act_on(self, key: str) -> bool:
        """Do at once what a key of this grid does; whether it does anything."""
        for binding in self._bindings.key_to_bindings.get(key, []):
            _, name, arguments = parse(binding.action)
            getattr(self, f"action_{name}")(*arguments)
            return True
        return False

    def _is_editable(self) -> bool:
        grid = self._grid
        return grid is not None and bool(grid.rows) and any(grid.rows[at].meaning is not None for at in self.cells.rows)

    def _cell_under(self, event: events.MouseEvent) -> tuple[int, int] | None:
        if self._grid is None or event.y < 1:
            return None
        row = round(self.scroll_y) + event.y - 1
        column = self._geometry.column_at(event.x, self.first_column, len(self._grid.columns))
        if row >= len(self._grid.rows):
            return None
        return row, self.column if column is None else column

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor goes where the mouse is; with Shift the selection reaches there."""
        under = self._cell_under(event)
        if under is None or event.button != 1:
            return
        self._anchor = (self._anchor or (self.row, self.column)) if event.shift else None
        self._dragging = True
        self.capture_mouse()
        self._move_to(*under)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Dragging selects."""
        under = self._cell_under(event) if self._dragging else None
        if under is not None and under != (self.row, self.column):
            self._anchor = self._anchor or (self.row, self.column)
            self._move_to(*under)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The end of a drag."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click edits."""
        if event.chain == 2 and self._cell_under(event) is not None:
            self.action_open()


def _same_row(before: Grid, after: Grid, row: int) -> int:
    """The row of the grid after that is the row of the grid before; else the nearest before it that is still there."""
    for at in range(row, -1, -1):
        same = after.row_at(before.rows[at].key)
        if same is not None:
            return same
    return int(np.clip(row, 0, max(0, len(after.rows) - 1)))
