"""Contracts: what is promised, edited in place, and how each promise burns down."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from router.plan.document import Plan
from router.view.contract_grid import (
    carry_forward_turned,
    commitment_named,
    contract_cell_words,
    contract_copied,
    contract_grid,
    term_moved,
)
from router.view.contract_windows import period_of_window
from router.view.contracts import CommitmentCurve, Looked, commitment_curves, looked_at
from router.view.grid import Grid
from router.workspace.shown import Shown
from tui.actions.structure import StructureActions
from tui.charts.burn_down_chart import BurnDownChart
from tui.charts.burn_down_plot import BurnDownPlot
from tui.charts.window_facts import WindowFacts
from tui.frame.moves_panel import MovesPanel
from tui.grid.messages import CellsSelected
from tui.views.editing import EDITING_HELP, EditingView

_TALL, _WIDE = 26, 110
"""Rows and letters of the view from which the curve, and its facts beside it, have room of themselves."""


class ContractsView(StructureActions, EditingView):
    """The grid of contracts; above it the burn-down of the commitment under the cursor and the facts of its window."""

    COLLECTION = "contracts"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "toggle_curve", "Curve"),
        Binding("t", "toggle_facts", "Facts"),
        Binding("c", "turn_carry_forward", "Carry fwd"),
        Binding("Z", "whole_curve", "Whole curve", show=False),
        Binding("greater_than_sign", "move_term('term end', 1)", "Term ends a month later", show=False),
        Binding("less_than_sign", "move_term('term end', -1)", "Term ends a month earlier", show=False),
        Binding("right_parenthesis", "move_term('term start', 1)", "Term starts a month later", show=False),
        Binding("left_parenthesis", "move_term('term start', -1)", "Term starts a month earlier", show=False),
    ]
    HELP = f"""# Contracts

Promises by window, what is spent to date, shortfall rate, discounts and tiers. `>` and `<` move the end of the term by
a month, `)` and `(` its start, `c` turns carry-forward on and off. `i` says what a dollar of the promise is worth.

The curve is what remains of the promise under the cursor, from window to window: dots are an even pace, `!` a
shortfall, `→` what is carried forward, dashes a price tier. `z` shows and hides it, `t` the facts of the window; the
wheel zooms, dragging moves it, `Z` shows all of it again.
{EDITING_HELP}"""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._curves: tuple[CommitmentCurve, ...] = ()
        self._curves_of: Plan | None = None
        self._looked: Looked | None = None
        self._wants_curve: bool | None = None
        self._wants_facts: bool | None = None

    def compose(self) -> ComposeResult:
        """Curve and facts, the grid below."""
        with Horizontal(id="burn-down"):
            yield BurnDownChart(id="burn-down-chart")
            yield WindowFacts(self.router.letters, id="window-facts")
        yield from super().compose()

    def make_grid(self, shown: Shown) -> Grid:
        """Of the scenario as edited, with what the plan meets."""
        return contract_grid(shown.scenario, shown.plan)

    def saved_grid(self) -> Grid:
        """Of the file."""
        return contract_grid(self.router.workspace.saved_scenario, None)

    def show(self, shown: Shown) -> None:
        """The grid and the curve of this state."""
        super().show(shown)
        self._show_curve()

    def on_cells_selected(self, message: CellsSelected) -> None:
        """The curve is that of the commitment under the cursor."""
        super().on_cells_selected(message)
        self._show_curve()

    def _tell_cell(self) -> None:
        grid, view = self.grid_view.grid, self.grid_view
        words = "" if grid is None or not grid.rows else contract_cell_words(grid, view.cells, view.row, view.column)
        self.query_one("#cell-line", Static).update(words)

    def action_copy(self) -> None:
        """The selected cells to the clipboard, dates and words too."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            self.router.copy(contract_copied(grid, self.grid_view.cells), self.grid_view.cells.count)

    def cell_text(self) -> str:
        """The cell under the cursor, dates and words too."""
        grid, view = self.grid_view.grid, self.grid_view
        shown = None if grid is None or not grid.rows else grid.rows[view.row].shown
        return super().cell_text() if shown is None else shown[view.column]

    def _show_curve(self) -> None:
        shown, grid = self._shown, self.grid_view.grid
        if shown is None or grid is None:
            return
        if shown.plan is not self._curves_of:
            plan = self._curves_of = shown.plan
            self._curves = () if plan is None else commitment_curves(plan, shown.plan_scenario)
        named = commitment_named(grid.rows[self.grid_view.row].key, shown.plan_scenario) if grid.rows else None
        self._looked = (
            None if named is None else looked_at(self._curves, shown.plan_scenario, named, self.grid_view.column)
        )
        why_none = "No commitment here: nothing is promised." if shown.plan is not None else "No plan yet."
        self.query_one(BurnDownChart).show(self._looked, stale=shown.is_stale, when_none=why_none)
        self.query_one(WindowFacts).show(None if self._looked is None else self._looked.facts, why_none)

    def on_resize(self, event: events.Resize) -> None:
        """What has room changes."""
        self._arrange()

    def _arrange(self) -> None:
        wide, tall = self.size.width >= _WIDE, self.size.height >= _TALL
        curve = tall if self._wants_curve is None else self._wants_curve
        facts = wide if self._wants_facts is None else self._wants_facts
        self.query_one(BurnDownChart).display = curve and (wide or not facts)
        self.query_one(WindowFacts).display = facts and (curve or not wide)
        area = self.query_one("#burn-down")
        area.display = curve or (facts and not wide)
        area.set_class(not tall, "-low")
        self.query_one(WindowFacts).set_class(not wide, "-alone")
        self.query_one(MovesPanel).display = tall or not area.display

    def action_toggle_curve(self) -> None:
        """The curve comes or goes."""
        self._wants_curve = not self.query_one(BurnDownChart).display
        if self._wants_curve and self.size.width < _WIDE:
            self._wants_facts = False
        self._arrange()

    def action_toggle_facts(self) -> None:
        """The facts of the window come or go: beside the curve, or in its place where there is no room beside it."""
        self._wants_facts = not self.query_one(WindowFacts).display
        if self._wants_facts and self.size.width >= _WIDE:
            self._wants_curve = True
        self._arrange()

    def action_whole_curve(self) -> None:
        """No longer zoomed."""
        self.query_one(BurnDownPlot).show_all()

    def action_move_term(self, moved: str, months: int) -> None:
        """The start or end of the contract's term, by months."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            self.apply(lambda: term_moved(grid, self.grid_view.cells.rows, moved, months))

    def action_turn_carry_forward(self) -> None:
        """Carry-forward of the commitments selected, on or off."""
        grid = self.grid_view.grid
        if grid is not None and grid.rows:
            scenario = self.router.workspace.scenario
            self.apply(lambda: carry_forward_turned(scenario, grid, self.grid_view.cells.rows))

    async def action_why_here(self) -> None:
        """What a dollar of the promise under the cursor is worth."""
        grid = self.grid_view.grid
        if grid is None or not grid.rows:
            return
        key, scenario = grid.rows[self.grid_view.row].key, self.router.workspace.scenario
        named = commitment_named(key, scenario)
        period = 0 if named is None else period_of_window(scenario, named, self.grid_view.column)
        await self.router.why(named or key, period)
