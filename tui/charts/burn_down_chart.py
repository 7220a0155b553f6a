"""A commitment's burn-down: a line that says how it stands, the curve, and what its signs mean."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from router.view.burn_down_marks import CARRY_SIGN, SHORT_SIGN, MarkKind
from router.view.contracts import Looked
from tui.charts.burn_down_plot import BOUNDARY_SIGN, PACE_SIGN, REMAINING_SIGN, TIER_SIGN, BurnDownPlot


class BurnDownChart(Vertical):
    """What is looked at, as a chart."""

    def compose(self) -> ComposeResult:
        """Words, curve, signs."""
        yield Static(id="burn-down-words", markup=False)
        yield BurnDownPlot(id="burn-down-plot")
        yield Static(id="burn-down-key", markup=False)

    def show(self, looked: Looked | None, *, stale: bool, when_none: str) -> None:
        """A commitment and its window; ``when_none`` is said where there is none."""
        words = self.query_one("#burn-down-words", Static)
        plot = self.query_one(BurnDownPlot)
        plot.display = looked is not None
        self.query_one("#burn-down-key", Static).display = looked is not None
        if looked is None:
            words.update(when_none)
            return
        words.update(f"STALE: {looked.words}" if stale else looked.words)
        words.set_class(looked.is_short, "-short")
        plot.show_curve(looked.curve, looked.window)
        self.query_one("#burn-down-key", Static).update("   ".join(_key(plot)))


def _key(plot: BurnDownPlot) -> Iterator[str]:
    """What the signs mean that are in the plot."""
    kinds = {mark.kind for mark in plot.marks}
    yield f"{REMAINING_SIGN * 3} remains"
    yield f"{PACE_SIGN * 3} even pace"
    yield f"{BOUNDARY_SIGN} window ends"
    if MarkKind.SHORT in kinds:
        yield f"{SHORT_SIGN} shortfall"
    if MarkKind.CARRIED in kinds:
        yield f"{CARRY_SIGN} carried"
    if plot.tiers:
        yield f"{TIER_SIGN * 2} tier"
