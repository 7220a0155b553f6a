"""Capacity by pool and period: deliveries are edited here, and how full pools are is seen as a heat map."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from router.plan.document import Plan
from router.view.capacity_grid import capacity_grid
from router.view.capacity_words import capacity_words
from router.view.deliveries import slipped
from router.view.entry_preview import Preview
from router.view.grid import Grid
from router.view.utilisation import PoolUtilisation, Reading, utilisation
from router.view.utilisation_grid import MODES, NO_PLAN, mode_words, no_grid, same_cells, utilisation_grid
from router.workspace.shown import Shown
from tui.actions.structure import StructureActions
from tui.grid.grid_view import TYPED_STARTS
from tui.views.editing import EDITING_HELP, EditingView
from tui.widgets.choice_line import ChoiceLine, Chosen

_OPENING = ("enter", "f2")

_READ_ONLY = "These are the plan's numbers; `m` goes on to those of the scenario."


class CapacityView(StructureActions, EditingView):
    """Instances that each pool has, or one reading of how the plan uses them."""

    COLLECTION = "pools"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mode", "Heat map"),
        Binding("greater_than_sign", "slip(1)", "Deliveries a period later"),
        Binding("less_than_sign", "slip(-1)", "Deliveries a period earlier", show=False),
    ]
    HELP = f"""# Capacity

Instances of each pool, and how many of them can be had as spot. `m` goes on to what the plan makes of them, as heat
maps: the share in use (`full` from the last instance), what is used, what is on spot, what is added or taken away, and
what one more instance would be worth. Typing over a cell of a heat map edits the capacity behind it.
`>` moves the deliveries of a pool from the column under the cursor on by a period, as when a site slips; `<` brings
them forward.
{EDITING_HELP}"""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mode = 0
        self._mode_after: int | None = None
        self._used: tuple[Plan, PoolUtilisation] | None = None

    def compose(self) -> ComposeResult:
        """What is shown, above the grid."""
        yield ChoiceLine(id="capacity-modes")
        yield from super().compose()

    def action_slip(self, periods: int) -> None:
        """The pool's deliveries from here on, so many periods later."""
        grid, view = self.grid_view.grid, self.grid_view
        if grid is None or not grid.rows:
            return
        key, column = grid.rows[view.row].key, view.column
        self.apply(lambda: slipped(self.router.workspace.scenario, key, grid.columns[column], periods))

    @property
    def reading(self) -> Reading | None:
        """What the cells say; None where they are edited."""
        return MODES[self._mode][1]

    def make_grid(self, shown: Shown) -> Grid:
        """Of the scenario as edited, or of the plan."""
        found, letters = self._utilisation(shown), self.router.letters
        if self.reading is None:
            return capacity_grid(shown.scenario, letters, found)
        return (
            no_grid()
            if found is None or shown.plan is None
            else utilisation_grid(found, shown.plan, self.reading, letters)
        )

    def saved_grid(self) -> Grid:
        """Of the file."""
        return capacity_grid(self.router.workspace.saved_scenario, self.router.letters)

    def _utilisation(self, shown: Shown) -> PoolUtilisation | None:
        """How full pools are in the plan shown, gathered once; None without a plan."""
        plan = shown.plan
        if plan is None:
            return None
        if self._used is None or self._used[0] is not plan:
            worth = None
            if shown.found is not None:
                from router.view.capacity_worth import known_worth_usd

                worth = known_worth_usd(shown.found.model, shown.found.solution)
            self._used = plan, utilisation(plan, shown.plan_scenario, worth)
        return self._used[1]

    def show(self, shown: Shown) -> None:
        """What was edited is marked where it is edited."""
        if self.reading is None:
            super().show(shown)
        else:
            self._shown = shown
            self.grid_view.show(self.make_grid(shown), stale=shown.is_stale)
            self._tell_cell()
        words = mode_words(self._utilisation(shown), self.reading)
        self.query_one(ChoiceLine).show([title for title, _ in MODES], self._mode, words)

    def _tell_cell(self) -> None:
        grid, view = self.grid_view.grid, self.grid_view
        if grid is not None and self._shown is not None:
            found = self._utilisation(self._shown)
            words = capacity_words(grid, found, view.cells, view.row, view.column) if grid.rows else ""
            self.query_one("#cell-line", Static).update(words)

    def action_mode(self) -> None:
        """The next reading; after the last the numbers again."""
        self._show_mode((self._mode + 1) % len(MODES))

    def on_chosen(self, message: Chosen) -> None:
        """A click on a reading."""
        self._show_mode(message.at)

    def _show_mode(self, mode: int) -> None:
        self._mode = mode
        if self._shown is not None:
            self.show(self._shown)

    def take_key(self, key: events.Key) -> bool:
        """A key for the edit under way; over a heat map it begins one, of the capacity behind the cell."""
        if super().take_key(key):
            return True
        is_opening = key.key in _OPENING
        if self.reading is None or not (is_opening or (key.character is not None and key.character in TYPED_STARTS)):
            return False
        return self._edit_behind("" if is_opening else key.character or "")

    def _edit_behind(self, typed: str) -> bool:
        grid, cells, mode = self.grid_view.grid, self.grid_view.cells, self._mode
        if grid is None or not grid.rows:
            self.notify(NO_PLAN, severity="warning", timeout=5)
            return True
        if grid.rows[cells.first_row].is_heading:
            self.notify("A provider's row is a sum: type over one of its pools.", severity="warning", timeout=5)
            return True
        if len(cells.rows) > 1:
            self.notify("Over a heat map, cells of one pool at a time can be edited.", severity="warning", timeout=5)
            return True
        self._show_mode(0)
        numbers = self.grid_view.grid
        behind = None if numbers is None else same_cells(grid, cells, numbers)
        if numbers is None or behind is None:
            self._show_mode(mode)
            self.notify("The scenario has no such pool or period any more.", severity="warning", timeout=5)
            return True
        self._mode_after = mode
        self.grid_view.go_to(behind.first_row, behind.first_column)
        self.begin_entry(behind, typed or numbers.editable_text(behind.first_row, behind.first_column))
        return True

    def _go_back(self) -> None:
        """To the heat map over which the edit began."""
        mode, self._mode_after = self._mode_after, None
        if mode is not None:
            self._show_mode(mode)

    def entry_made(self, preview: Preview, rows: int, columns: int) -> None:
        """Apply what was typed and move on."""
        self._go_back()
        super().entry_made(preview, rows, columns)

    def entry_left(self) -> None:
        """Keys go to the grid again."""
        self._go_back()
        super().entry_left()

    def action_fill_right(self) -> None:
        """The first cell's value in all those to its right; not over a heat map."""
        if self._can_write():
            super().action_fill_right()

    def _paste(self, text: str) -> None:
        if self._can_write():
            super()._paste(text)

    def _can_write(self) -> bool:
        if self.reading is not None:
            self.notify(_READ_ONLY, severity="warning", timeout=5, markup=False)
        return self.reading is None
