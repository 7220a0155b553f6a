"""Who runs where: workloads and the places that serve them, period by period, as a heat map."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Static

from router.plan.document import Plan
from router.view.allocation_changes import changed
from router.view.allocation_choice import AllocationChoice, KnownAllocations
from router.view.allocation_detail import detail
from router.view.allocation_grid import AllocationGrid, allocation_grid, flat_key, row_about, subject_of
from router.view.allocation_words import allocation_words, title_words
from router.view.allocations import AllocationRow
from router.view.pasted import copied, table_rows
from router.workspace.shown import Shown
from tui.grid.grid_view import GridView
from tui.grid.messages import CellOpened, CellsSelected
from tui.views.view import View
from tui.widgets.choice_line import ChoiceLine, Chosen
from tui.widgets.table_panel import TablePanel

_PAUSE_SECONDS = 0.05
_NO_PLAN = "No plan yet: what runs where is shown as soon as there is one."


class AllocationsView(View):
    """A grid to read, and below it, when asked for, what stands behind one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "place", "Pools by"),
        Binding("s", "streams", "Streams"),
        Binding("o", "turn", "Turn round"),
        Binding("m", "measure", "Count"),
        Binding("space", "fold", "Fold", show=False),
        Binding("z", "fold_all", "Fold all"),
        Binding("i", "why_here", "Why"),
        Binding("y,ctrl+c", "copy", "Copy", show=False),
        Binding("escape", "close_detail", "Close", show=False, priority=True),
    ]
    HELP = """# Allocations

Each workload, and below it the pools that serve it. The number in a cell is what is provisioned for it there, on
average over the period; the shade says which part of its demand that is. A workload with `survive_provider_loss` is
provisioned more than its demand: what is beyond it stands by for the loss of a provider, the line below the grid says
how much, and the shade is then the part of all that it has and lacks. `!` is demand that the plan leaves unserved (in
one time slice there may be some of it while there is standby in another), `»` what moved with the last change, for a
moment. While a new plan is made the old one stays, in italics.

`Enter` folds a workload, and on a row below it shows what stands behind the cell: slices, instances, how they are
bought, what they cost. `Escape` closes that. `p` gathers pools by provider, region or accelerator; `o` turns the rows
round: places first; `s` tells streams apart; `m` counts units, instances or accelerators."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: Shown | None = None
        self._choice = AllocationChoice()
        self._known = KnownAllocations()
        self._seen: Plan | None = None
        self._marks: Timer | None = None
        self._before: Plan | None = None
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The grid on top."""
        yield ChoiceLine(id="allocations-measures")
        yield GridView(id="grid")
        yield Static(id="cell-line", markup=False)
        yield TablePanel(self.router.letters, id="allocations-detail")

    @property
    def grid_view(self) -> GridView:
        """The grid's widget."""
        return self.query_one(GridView)

    @property
    def _panel(self) -> TablePanel:
        return self.query_one(TablePanel)

    @property
    def grid(self) -> AllocationGrid | None:
        """What the grid shows; None without a plan."""
        grid = self.grid_view.grid
        has_plan = self._shown is not None and self._shown.plan is not None
        return grid if has_plan and isinstance(grid, AllocationGrid) else None

    def start(self) -> None:
        """Keys go to the grid."""
        self.grid_view.focus()

    def show(self, shown: Shown) -> None:
        """The plan of this state; what moved is marked when it is a new one."""
        self._shown = shown
        plan = shown.plan
        self.set_class(plan is None, "-empty")
        if plan is None:
            self._panel.display = False
            self.query_one(ChoiceLine).show((), 0, _NO_PLAN)
            return
        if plan is not self._seen and not shown.is_stale:
            self._mark_since(shown.before_plan, plan)
            self._seen = plan
        self._draw()

    def _mark_since(self, before: Plan | None, plan: Plan) -> None:
        seconds = self.router.settings.highlight_seconds
        self._end_marks()
        if before is not None and before is not plan and seconds > 0:
            self._before = before
            self._marks = self.set_timer(seconds, self._end_marks)

    def _end_marks(self) -> None:
        if self._marks is not None:
            self._marks.stop()
        self._marks = self._before = None
        self.grid_view.clear_marks()

    def _draw(self) -> None:
        shown, choice = self._shown, self._choice
        if shown is None or shown.plan is None:
            return
        found = self._known.of(shown.plan, shown.plan_scenario, choice.pivot)
        grid = self.grid
        if grid is None or grid.found is not found or grid.choice != choice:
            grid = allocation_grid(found, choice, self.router.letters)
        moved = None
        if self._before is not None:
            moved = grid.marked(changed(self._known.of(self._before, shown.plan_scenario, choice.pivot), found))
        self.grid_view.show(grid, moved=moved, stale=shown.is_stale)
        self.query_one(ChoiceLine).show(*choice.titles, title_words(grid))
        self._tell_cell()

    def _choose(self, choice: AllocationChoice) -> None:
        """Show it otherwise; the cursor stays with what it is on."""
        grid, row = self.grid, self._row()
        about = None if grid is None or row is None else subject_of(grid.found, row)
        is_turned = choice.pivot != self._choice.pivot
        self._choice = choice
        self._draw()
        if is_turned and about is not None:
            self._go_to(about)

    def _tell_cell(self) -> None:
        grid, view = self.grid, self.grid_view
        line = self.query_one("#cell-line", Static)
        if grid is None or not grid.rows:
            line.update("" if grid is None else "The plan serves nothing.")
            return
        line.update(allocation_words(grid, view.cells, view.row, view.column))
        if self._panel.display:
            self._tell_detail_soon()

    def on_cells_selected(self, message: CellsSelected) -> None:
        """Another cell is told of."""
        self._tell_cell()

    def on_cell_opened(self, message: CellOpened) -> None:
        """A group is folded or unfolded; of any other row, what stands behind the cell."""
        row = self._row()
        if row is None:
            return
        if row.members:
            self.action_fold()
        elif self._panel.display:
            self.action_close_detail()
        else:
            self._panel.display = True
            self._tell_detail()

    def on_chosen(self, message: Chosen) -> None:
        """A click on what is counted."""
        self._choose(self._choice.with_measure(message.at))

    def _row(self) -> AllocationRow | None:
        grid = self.grid
        return grid.row_of(self.grid_view.row) if grid is not None and grid.rows else None

    def _tell_detail_soon(self) -> None:
        """When the cursor rests: it may be on its way."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_PAUSE_SECONDS, self._tell_detail)

    def _tell_detail(self) -> None:
        grid, view = self.grid, self.grid_view
        if grid is not None and grid.rows and self._panel.display:
            self._panel.show(detail(grid.found, grid.at[view.row], view.column))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the grid's where nothing is open."""
        return self._panel.display if action == "close_detail" and self.is_mounted else True

    def action_close_detail(self) -> None:
        """Only the grid."""
        self._panel.display = False
        self.grid_view.focus()

    def action_place(self) -> None:
        """The next way to gather pools."""
        self._choose(self._choice.by_next_place())

    def action_streams(self) -> None:
        """Streams apart, or together as their workload."""
        self._choose(self._choice.by_streams())

    def action_turn(self) -> None:
        """Places above workloads, or workloads above places."""
        self._choose(self._choice.turned())

    def action_measure(self) -> None:
        """The next thing to count."""
        self._choose(self._choice.by_next_measure())

    def action_fold(self) -> None:
        """Fold the group that the row is in, or unfold it."""
        row = self._row()
        if row is not None:
            self._choose(self._choice.with_fold(row.key[:1]))

    def action_fold_all(self) -> None:
        """Fold all groups; unfold them where all are folded."""
        if self.grid is not None:
            self._choose(self._choice.with_all_folded(self.grid.groups))

    async def action_why_here(self) -> None:
        """Why the plan does what it does at the cell under the cursor."""
        grid, row = self.grid, self._row()
        if grid is None or row is None:
            return
        subject = subject_of(grid.found, row)
        if subject is None:
            self.notify("Ask in the row of a workload or a pool.", severity="warning", timeout=4)
        else:
            await self.router.why(subject, self.grid_view.column)

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """The cursor on a workload or stream; or on a pool, with pools as the first rows. In a period where given."""
        if self.grid is None:
            return False
        if not self._go_to(key, period):
            if key[:1] != ("pools",) or key[1] not in self.grid.found.scenario.pools:
                return False
            self._choose(self._choice.by_pool())
            self._go_to(key, period)
        self.grid_view.focus()
        return True

    def _go_to(self, key: tuple[str, ...], period: int | None = None) -> bool:
        grid = self.grid
        row = None if grid is None else row_about(grid, key)
        if grid is None or row is None:
            return False
        if len(row.key) > 1 and row.key[:1] in self._choice.folded:
            self._choice = self._choice.with_fold(row.key[:1])
            self._draw()
        grid = self.grid
        at = None if grid is None else grid.row_at(flat_key(row.key))
        if at is None:
            return False
        self.grid_view.go_to(at, period)
        return True

    def action_copy(self) -> None:
        """The selected cells to the clipboard."""
        if self.grid is not None and self.grid.rows:
            self.router.copy(copied(self.grid, self.grid_view.cells), self.grid_view.cells.count)

    def cell_text(self) -> str:
        """The cell under the cursor."""
        return self.grid.text(self.grid_view.row, self.grid_view.column) if self.grid and self.grid.rows else ""

    def table(self) -> list[list[str]]:
        """The whole grid, to the last digit."""
        return [] if self.grid is None else table_rows(self.grid)
