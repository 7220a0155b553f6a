"""A view with a grid whose cells are edited: demand, capacity, prices and contracts each say only which grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from router.change.change import Change
from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.view.cell_words import cell_words
from router.view.entry_preview import Preview, mistake_words
from router.view.grid import Cells, Grid, cells_that_differ
from router.view.grid_edit import filled_right
from router.view.pasted import copied, pasted, table_rows
from router.workspace.comparer import Differences
from router.workspace.shown import Shown
from tui.clipboard import clipboard_text
from tui.frame.moves_panel import MovesPanel
from tui.grid.cell_area import CellArea
from tui.grid.edit_bar import EditBar
from tui.grid.grid_view import GridView
from tui.grid.messages import CellsSelected
from tui.views.view import View

EDITING_HELP = """
Type over a cell as in a spreadsheet; Enter applies it and the plan is solved anew at once.

| typed | what it does |
| --- | --- |
| `5000`, `1.2 M` | set it |
| `+500`, `-2 k` | so much more, or less |
| `+20%`, `-5%` | a percentage more, or less |
| `*1.2`, `*50%` | times |
| `+`, `--` | a step up, two steps down |

Shift and the arrows (or the mouse) select cells; what is typed goes to all of them. `•` marks what was edited since the
file was saved, `!` what needs a look. While a new plan is made the old one stays, in italics.
"""


class EditingView(View):
    """A grid, a line about the cell under the cursor, what the last edit moved, and the line to edit in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,ctrl+r", "fill_right", "Fill right"),
        Binding("y,ctrl+c", "copy", "Copy", show=False),
        Binding("v,ctrl+v", "paste", "Paste", show=False),
        Binding("i", "why_here", "Why"),
    ]
    HELP = EDITING_HELP

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: Shown | None = None
        self._saved: tuple[Scenario, Grid] | None = None

    def compose(self) -> ComposeResult:
        """The grid on top."""
        yield GridView(self, id="grid")
        yield CellArea(id="cell-area")
        yield MovesPanel(id="moves")

    def make_grid(self, shown: Shown) -> Grid:
        """The grid of a state."""
        raise NotImplementedError

    def saved_grid(self) -> Grid:
        """The grid as the file has it."""
        raise NotImplementedError

    def _grid_of_file(self) -> Grid:
        saved = self.router.workspace.saved_scenario
        if self._saved is None or self._saved[0] is not saved:
            self._saved = saved, self.saved_grid()
        return self._saved[1]

    @property
    def grid_view(self) -> GridView:
        """The grid's widget."""
        return self.query_one(GridView)

    def show(self, shown: Shown) -> None:
        """The grid of this state, what was edited in it marked."""
        self._shown = shown
        grid = self.make_grid(shown)
        changed = cells_that_differ(grid, self._grid_of_file()) if self.router.workspace.changes else None
        self.grid_view.show(grid, changed=changed, stale=shown.is_stale)
        self._tell_cell()

    def show_differences(self, differences: Differences) -> None:
        """What the last edit moved."""
        heading, lines = self.router.words_of_moves(differences)
        self.query_one(MovesPanel).tell(heading, lines, self.router.settings.highlight_seconds)

    def start(self) -> None:
        """Keys go to the grid."""
        self.grid_view.focus()

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """The cursor on a row, and on a period where that is given."""
        grid = self.grid_view.grid
        row = None if grid is None else grid.row_at(key)
        if row is None:
            return False
        self.grid_view.focus()
        self.grid_view.go_to(row, period)
        return True

    def on_cells_selected(self, message: CellsSelected) -> None:
        """Another cell is told of."""
        self._tell_cell()

    def _tell_cell(self) -> None:
        grid, view = self.grid_view.grid, self.grid_view
        line = self.query_one("#cell-line", Static)
        line.update("" if grid is None or not grid.rows else cell_words(grid, view.cells, view.row, view.column))

    def begin_entry(self, cells: Cells, typed: str) -> None:
        """Edit these cells, beginning with this text."""
        grid = self.grid_view.grid
        if grid is not None:
            scenario, step_share = self.router.workspace.scenario, self.router.settings.step_share
            self.query_one(EditBar).edit(self, grid, cells, typed, scenario, step_share)

    def take_key(self, key: events.Key) -> bool:
        """A key for the edit under way."""
        return self.query_one(EditBar).take_key(key)

    def take_late(self, key: events.Key) -> bool:
        """A key for the grid."""
        return self.grid_view.take_key(key)

    def entry_made(self, preview: Preview, rows: int, columns: int) -> None:
        """Apply what was typed and move on."""
        self.screen.set_focus(self.grid_view)
        if self.router.change(preview.changes):
            self.grid_view.action_move(rows, columns)

    def entry_left(self) -> None:
        """Keys go to the grid again."""
        self.screen.set_focus(self.grid_view)

    def action_fill_right(self) -> None:
        """The first cell's value in all those to its right."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            self.apply(lambda: filled_right(grid, self.grid_view.cells))

    def apply(self, make: Callable[[], Sequence[Change]]) -> bool:
        """Make changes; whether they were made. A mistake is told."""
        try:
            changes = make()
        except Mistake as mistake:
            self.notify(mistake_words(mistake), severity="warning", timeout=6, markup=False)
            return False
        return self.router.change(changes)

    def action_copy(self) -> None:
        """The selected cells to the clipboard."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            self.router.copy(copied(grid, self.grid_view.cells), self.grid_view.cells.count)

    def action_paste(self) -> None:
        """The clipboard's numbers over the cells."""
        self._paste(clipboard_text(self.app))

    def on_paste(self, event: events.Paste) -> None:
        """What the terminal pastes."""
        event.stop()
        self._paste(event.text)

    def _paste(self, text: str) -> None:
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            self.apply(lambda: pasted(grid, self.grid_view.cells, text))

    async def action_why_here(self) -> None:
        """Why the plan does what it does at the cell under the cursor."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            await self.router.why(grid.rows[self.grid_view.row].key, self.grid_view.column)

    def cell_text(self) -> str:
        """The cell under the cursor."""
        grid = self.grid_view.grid
        return "" if grid is None or not grid.rows else grid.text(self.grid_view.row, self.grid_view.column)

    def table(self) -> list[list[str]]:
        """The whole grid."""
        return [] if self.grid_view.grid is None else table_rows(self.grid_view.grid)
