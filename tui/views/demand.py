"""Demand by workload, stream and period: the app's main view."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from router.scenario.scenario import Scenario
from router.view.demand_grid import DEADLINE, START, demand_grid, with_plan
from router.view.grid import Grid
from router.view.grid_edit import shifted
from router.workspace.shown import Shown
from tui.actions.structure import WorkloadActions
from tui.views.editing import EDITING_HELP, EditingView


class DemandView(WorkloadActions, EditingView):
    """Workloads and streams in their units, training jobs with their windows and runs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "shift('deadline', 1)", "Deadline a period later", show=False),
        Binding("less_than_sign", "shift('deadline', -1)", "Deadline a period earlier", show=False),
        Binding("right_parenthesis", "shift('start', 1)", "Start a period later", show=False),
        Binding("left_parenthesis", "shift('start', -1)", "Start a period earlier", show=False),
    ]
    HELP = f"""# Demand

Workloads and their streams, in their own units. A training job shows its window (`░`) and its run in the plan (`█`);
typing over it changes its work, `<` and `>` move its deadline by a period, `(` and `)` its earliest start.
{EDITING_HELP}"""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base: tuple[Scenario, Grid] | None = None

    def make_grid(self, shown: Shown) -> Grid:
        """Of the scenario as edited, with the plan's runs and what it leaves out."""
        if self._base is None or self._base[0] is not shown.scenario:
            self._base = shown.scenario, demand_grid(shown.scenario, self.router.letters)
        return with_plan(self._base[1], shown.plan, self.router.letters)

    def saved_grid(self) -> Grid:
        """Of the file."""
        return demand_grid(self.router.workspace.saved_scenario, self.router.letters)

    def action_shift(self, moved: str, periods: int) -> None:
        """A training job's deadline or start, a number of periods later."""
        grid = self.grid_view.grid
        what = {"deadline": DEADLINE, "start": START}[moved]
        if grid is not None and grid.rows:
            self.apply(lambda: shifted(grid, self.grid_view.cells.rows, what, periods))
