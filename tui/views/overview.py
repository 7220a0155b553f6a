"""The overview: what the plan costs over time, how contracts stand, what is left out, what changed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from router.plan.document import Plan
from router.report.difference_words import Names
from router.report.numbers import money
from router.view.cost_stack import bars_that_fit, cost_stack, stack_rows
from router.view.overview import Overview, overview
from router.view.solver_state import solver_fact
from router.workspace.comparer import Differences
from router.workspace.shown import Shown
from tui.charts.cost_chart import CostChart
from tui.views.view import View
from tui.widgets.block_list import BlockList
from tui.widgets.commitment_list import CommitmentList
from tui.widgets.lines_panel import LinesPanel
from tui.widgets.unserved_list import UnservedList

WIDE = 100
"""Cells from which panels stand beside each other."""
TALL = 30
"""Rows from which all of it is in sight at once, where it is wide too."""
_NO_PLAN = "No plan yet"
_STALE = "from before the last edit"


class OverviewView(View):
    """Panels: cost, contracts, what changed, what is unserved, limits and notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "other_changes", "Since saved/edit"),
    ]
    HELP = """# Overview

What the plan costs over time, stacked by provider (each has a colour and a letter of its own), as cash a month; every
commitment window that falls short, and how far the running and the next window are met, and on which day; what demand
is left out and why; the five biggest changes; broken limits and notes.

`Tab` goes from panel to panel. `Enter` on a contract opens it, on unserved demand goes to its row and first period. `c`
tells the changes against the saved plan or those that the last edit made. While a new plan is made the old one stays,
in italics.
"""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.today = date.today()
        self._shown: Shown | None = None
        self._differences: Differences | None = None
        self._since_edit = False
        self._made_for: tuple[object, ...] = ()
        self._plan: Plan | None = None

    def compose(self) -> ComposeResult:
        """Cost on top, the rest below it: beside each other where there is room."""
        letters = self.router.letters
        with VerticalScroll(id="overview", can_focus=False):
            yield CostChart(letters, id="overview-cost")
            with Container(id="overview-panels"):
                with Container(classes="overview-column"):
                    yield CommitmentList(letters, id="overview-contracts")
                    yield LinesPanel(id="overview-changes")
                with Container(classes="overview-column"):
                    yield UnservedList(id="overview-unserved")
                    yield LinesPanel(id="overview-notes")

    def on_mount(self) -> None:
        """Titles that never change."""
        self.query_one("#overview-cost").border_title = "Cash a month, by provider"
        self.query_one("#overview-notes").border_title = "Limits and notes"

    def on_resize(self, event: events.Resize) -> None:
        """Panels beside or below each other, and as many bars as fit."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        self.set_class(wide and event.size.height >= TALL, "-whole")

    def on_cost_chart_resized(self, message: CostChart.Resized) -> None:
        """As many bars as fit."""
        self._fill()

    def show(self, shown: Shown) -> None:
        """This plan."""
        self._shown = shown
        self._fill()

    def show_differences(self, differences: Differences) -> None:
        """What changed, once it is known."""
        self._differences = differences
        self._fill()

    def start(self) -> None:
        """Keys go to the contracts."""
        self.query_one(CommitmentList).focus(scroll_visible=False)

    def _fill(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.set_class(shown.is_stale, "-stale")
        chart = self.query_one(CostChart)
        chart.border_subtitle = _STALE if shown.is_stale else ""
        plan = shown.plan
        if plan is None:
            self._tell_that_there_is_none(shown)
            return
        told = self._differences if self._differences is not None and self._differences.plan is plan else None
        most, bar = bars_that_fit(plan.periods, chart.bars_width)
        made_for = (id(plan), id(told), most, bar, self._since_edit, plan is shown.saved_plan, self.today)
        if made_for == self._made_for:
            return
        self._made_for = made_for
        self._plan = plan
        self._show_all(
            overview(
                plan,
                shown.plan_scenario,
                self.today,
                most_bars=most,
                since_saved=None if told is None else told.to_saved,
                since_before=None if told is None else told.to_before,
                names=Names(self.router.workspace.saved_scenario, shown.plan_scenario),
                is_saved=plan is shown.saved_plan,
            ),
            bar,
        )

    def _show_all(self, found: Overview, bar: int) -> None:
        self.query_one(CostChart).show(found.cost, bar)
        contracts, unserved = self.query_one(CommitmentList), self.query_one(UnservedList)
        contracts.border_title = f"Contracts: {found.commitments_words}"
        contracts.show(found.commitments, "The scenario has no commitments.")
        unserved.border_title = f"Unserved: {found.unserved_words}" if found.unserved else "Unserved"
        unserved.show(found.unserved, found.unserved_words)
        changes = self.query_one("#overview-changes", LinesPanel)
        changes.border_title = "What the last edit changed" if self._since_edit else "Changes against the saved plan"
        changes.border_subtitle = "c: since saved" if self._since_edit else "c: last edit"
        told = found.since_before if self._since_edit else found.since_saved
        lines = [(f"{rank}.", line, "") for rank, line in enumerate(told.lines, 1)]
        changes.tell(lines or [("", told.when_empty, "$text-muted")])
        broken = "$text-error" if found.breaches.rows else "$text-success"
        self.query_one("#overview-notes", LinesPanel).tell(
            [("!" if found.breaches.rows else "", line, broken) for line in found.breach_lines()]
            + [("-", note, "$text-muted") for note in found.notes]
        )

    def _tell_that_there_is_none(self, shown: Shown) -> None:
        self._made_for = ()
        self._plan = None
        self.query_one(CostChart).show(None, 1, f"{_NO_PLAN}: {solver_fact(shown.solver).long}")
        contracts, unserved = self.query_one(CommitmentList), self.query_one(UnservedList)
        contracts.border_title, unserved.border_title = "Contracts", "Unserved"
        contracts.show((), _NO_PLAN)
        unserved.show((), _NO_PLAN)
        self.query_one("#overview-changes").border_title = "Changes against the saved plan"
        for panel in ("#overview-changes", "#overview-notes"):
            self.query_one(panel, LinesPanel).tell([("", _NO_PLAN, "")])

    def action_other_changes(self) -> None:
        """Changes against the saved plan, or those of the last edit."""
        self._since_edit = not self._since_edit
        self._fill()

    async def on_block_list_opened(self, message: BlockList.Opened) -> None:
        """The contract or the demand that was chosen, where it is edited."""
        opened = message.block_list
        if isinstance(opened, CommitmentList) and (outlook := opened.chosen) is not None:
            view = await self.router.go_to_view("contracts")
            view.find((outlook.contract, outlook.commitment))
        elif isinstance(opened, UnservedList) and (item := opened.chosen) is not None:
            view = await self.router.go_to_view("demand")
            stream = () if item.stream is None else (item.stream,)
            keys = (("workloads", item.workload, *stream), ("workloads", item.workload))
            any(view.find(key, item.first_period) for key in keys)

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """The cursor on a contract."""
        contracts = self.query_one(CommitmentList)
        if not 1 <= len(key) <= 2 or not contracts.find(key[0], key[1] if len(key) == 2 else None):
            return False
        contracts.focus()
        return True

    def cell_text(self) -> str:
        """The contract or the demand that the cursor is on."""
        unserved = self.query_one(UnservedList)
        if unserved.has_focus and (item := unserved.chosen) is not None:
            return f"{item.what} {item.when}: {money(item.value_usd)}, {item.how_much}: {item.because}"
        outlook = self.query_one(CommitmentList).chosen
        return "" if outlook is None else f"{outlook.contract}/{outlook.commitment}: {outlook.words}"

    def table(self) -> list[list[str]]:
        """Cash by provider and group of periods, in USD."""
        plan, shown = self._plan, self._shown
        if plan is None or shown is None:
            return []
        return stack_rows(cost_stack(plan, shown.plan_scenario, len(plan.periods)))
