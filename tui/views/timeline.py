"""Training runs over pools, as a Gantt chart; deadlines and starts are moved here."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from router.plan.document import Plan
from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.view.demand_grid import DEADLINE, START, demand_grid
from router.view.entry_preview import mistake_words
from router.view.gantt import legend, row_words
from router.view.grid_edit import shifted
from router.view.timeline import Grouping, Timeline, timeline
from router.view.timeline_table import timeline_table, why_not_shown
from router.workspace.shown import Shown
from tui.charts.gantt import Gantt, RunOpened, RunSelected
from tui.views.view import View
from tui.widgets.choice_line import ChoiceLine, Chosen

_GROUPINGS = tuple(Grouping)


class TimelineView(View):
    """The chart, and a line on the run under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "group", "Pools or jobs"),
        Binding("greater_than_sign", "shift('deadline', 1)", "Deadline a period later"),
        Binding("less_than_sign", "shift('deadline', -1)", "Deadline a period earlier", show=False),
        Binding("right_parenthesis", "shift('start', 1)", "Start a period later", show=False),
        Binding("left_parenthesis", "shift('start', -1)", "Start a period earlier", show=False),
        Binding("i", "why_here", "Why"),
    ]
    HELP = """# Timeline

Training runs under the pools that hold them. The light part of a row is the time in which a job may run, the solid part
its run; the bars in a pool's row say how much of it runs hold. `!` is a job that the plan leaves out, with the reason.

`+` and `-` zoom around the run under the cursor, the arrows to the left and right move in time, `Home` and `End` go to
the ends of the horizon. `<` and `>` move the deadline by a period, `(` and `)` the earliest start; the plan is solved
anew at once. `Enter` goes to the job in the demand, or to the pool in the capacity; `o` lists jobs or pools."""

    today: ClassVar[date | None] = None
    """The day that is marked; None: the day that it is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grouping = Grouping.POOL
        self._shown: Shown | None = None
        self._known: tuple[Plan, Scenario, Timeline] | None = None

    def compose(self) -> ComposeResult:
        """The chart in the middle."""
        yield ChoiceLine(id="timeline-groups")
        yield Gantt(self.router.letters, id="gantt")
        yield Static(id="run-line", markup=False)

    @property
    def gantt(self) -> Gantt:
        """The chart."""
        return self.query_one(Gantt)

    def start(self) -> None:
        """Keys go to the chart."""
        self.gantt.focus()

    def show(self, shown: Shown) -> None:
        """The plan's runs, in the times that the scenario as edited gives them."""
        self._shown = shown
        reason = why_not_shown(shown.plan, shown.scenario)
        self.set_class(bool(reason), "-empty")
        choices = () if reason else [f"by {grouping.value}" for grouping in _GROUPINGS]
        words = reason or legend(self.router.letters)
        self.query_one(ChoiceLine).show(choices, _GROUPINGS.index(self._grouping), words)
        if shown.plan is None or reason:
            self.gantt.clear()
        else:
            found = self._timeline(shown.plan, shown.scenario)
            self.gantt.show(found, self.today or date.today(), stale=shown.is_stale)
            self._tell_row()

    def _timeline(self, plan: Plan, scenario: Scenario) -> Timeline:
        known = self._known
        if known is None or known[0] is not plan or known[1] is not scenario or known[2].grouping is not self._grouping:
            known = self._known = plan, scenario, timeline(plan, scenario, self._grouping)
        return known[2]

    def _tell_row(self) -> None:
        found, row = self.gantt.found, self.gantt.row
        self.query_one("#run-line", Static).update(
            row_words(found, row) if found is not None and found.rows else "The plan runs nothing."
        )

    def on_run_selected(self, message: RunSelected) -> None:
        """Another run is told of."""
        self._tell_row()

    async def on_run_opened(self, message: RunOpened) -> None:
        """To the job where it is edited, or to the pool."""
        row = self.gantt.chosen
        if row is None:
            return
        name, key = ("demand", ("workloads", row.job)) if row.job else ("capacity", ("pools", row.pool or ""))
        if row.job or row.pool:
            view = await self.router.go_to_view(name)
            view.find(key)

    def on_chosen(self, message: Chosen) -> None:
        """A click on a grouping."""
        self._group_by(_GROUPINGS[message.at])

    def action_group(self) -> None:
        """Runs under their pools, or jobs in their order."""
        self._group_by(_GROUPINGS[(_GROUPINGS.index(self._grouping) + 1) % len(_GROUPINGS)])

    def _group_by(self, grouping: Grouping) -> None:
        self._grouping = grouping
        if self._shown is not None:
            self.show(self._shown)

    def action_shift(self, moved: str, periods: int) -> None:
        """The job's deadline or earliest start, a number of periods later, as in the demand."""
        row, what = self.gantt.chosen, {"deadline": DEADLINE, "start": START}[moved]
        if row is None or self._shown is None:
            return
        grid = demand_grid(self._shown.scenario, self.router.letters)
        at = None if row.job is None else grid.row_at(("workloads", row.job))
        try:
            changes = shifted(grid, [] if at is None else [at], what, periods)
        except Mistake as mistake:
            self.notify(mistake_words(mistake), severity="warning", timeout=6, markup=False)
            return
        self.router.change(changes)

    async def action_why_here(self) -> None:
        """Why the job runs where and when it does, or does not."""
        row, found = self.gantt.chosen, self.gantt.found
        if row is None or found is None:
            return
        if row.job is None and row.pool is None:
            self.notify("Ask in the row of a job or a pool.", severity="warning", timeout=4)
            return
        key = ("workloads", row.job) if row.job else ("pools", row.pool or "")
        await self.router.why(key, found.period_of(row))

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """The cursor on a job or a pool."""
        is_here = len(key) > 1 and (
            (key[0] == "workloads" and self.gantt.find(key[1], None))
            or (key[0] == "pools" and self.gantt.find(None, key[1]))
        )
        if is_here:
            self.gantt.focus()
        return is_here

    def cell_text(self) -> str:
        """The line on the run under the cursor."""
        found = self.gantt.found
        return "" if found is None or not found.rows else row_words(found, self.gantt.row)

    def table(self) -> list[list[str]]:
        """Every run and what it holds."""
        return [] if self.gantt.found is None else timeline_table(self.gantt.found)
