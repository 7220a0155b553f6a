"""What `router whatif` shows on stderr while it works."""

from __future__ import annotations

import math
import time
from types import TracebackType

from rich.console import Console

from router.cli.progress import SECONDS_BETWEEN_LINES, ProgressDisplay, progress_text
from router.engine.progress import Progress
from router.report.numbers import money
from router.sweep.progress import RunProgress
from router.whatif.question import BreakEven


class WhatIfProgress:
    """A line that changes in place on a terminal; elsewhere one every few seconds."""

    def __init__(self, console: Console, quiet: bool) -> None:
        self._is_live = console.is_terminal
        self._display = ProgressDisplay(console, quiet)
        self._printed_at = -math.inf
        self._printed = ""

    def __enter__(self) -> WhatIfProgress:
        self._display.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.__exit__(kind, error, trace)

    def begin(self, title: str) -> None:
        """A question's turn."""
        self._display.note(f"{title}: the base scenario")

    def engine(self, event: Progress) -> None:
        """The base is solved, as no plan of it was kept."""
        self._tell(f"base scenario: {progress_text(event).strip()}", event.stage == "done")

    def cases(self, progress: RunProgress) -> None:
        """How far the cases are."""
        self._tell(run_words(progress), progress.done == progress.total or progress.interrupted)

    def solving_for(self, asked: BreakEven) -> None:
        """A break-even is looked for."""
        self._display.note(f"{asked.title}: looking for the {asked.factor} at which it pays")

    def _tell(self, text: str, is_last: bool) -> None:
        now = time.monotonic()
        if text == self._printed:
            return
        if self._is_live or is_last or now - self._printed_at >= SECONDS_BETWEEN_LINES:
            self._printed_at, self._printed = now, text
            self._display.note(text)


def run_words(progress: RunProgress) -> str:
    """`120 of 1,000 planned (3 failed), 21.3 a second, 41 s left, best $490 B (draws/7), worst $512 B (draws/88)`."""
    parts = [f"{progress.done:,} of {progress.total:,} planned"]
    if progress.resumed:
        parts[0] += f" ({progress.resumed:,} of them before)"
    if progress.failed:
        parts.append(f"{progress.failed:,} without a plan")
    if progress.per_second is not None and progress.done < progress.total:
        rate = progress.per_second
        parts.append(f"{rate:,.0f} a second" if rate >= 100 else f"{rate:.3g} a second")
    if progress.seconds_left:
        parts.append(f"{_span(progress.seconds_left)} left")
    for word, costed in (("best", progress.best), ("worst", progress.worst)):
        if costed is not None and progress.done > 1:
            parts.append(f"{word} {money(costed.cost_usd)} ({costed.name})")
    if progress.deaths:
        died = "1 worker died and was" if progress.deaths == 1 else f"{progress.deaths:,} workers died and were"
        parts.append(f"{died} replaced")
    return ", ".join(parts)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
