"""What `router solve` shows on stderr while it works."""

from __future__ import annotations

import math
import time
from types import TracebackType

from rich.console import Console
from rich.progress import Progress as LiveProgress
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from router.engine.progress import Progress
from router.report.numbers import money

SECONDS_BETWEEN_LINES = 5.0


class ProgressDisplay:
    """A line that changes in place on a terminal; elsewhere a line a stage and one every few seconds."""

    def __init__(self, console: Console, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._live: LiveProgress | None = None
        self._stage = ""
        self._printed_at = -math.inf

    def __enter__(self) -> ProgressDisplay:
        if not self._quiet and self._console.is_terminal:
            columns = SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False)
            self._live = LiveProgress(*columns, console=self._console, transient=True)
            self._live.add_task("building the model", total=None)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def note(self, text: str) -> None:
        """Say what happens now."""
        if self._live is not None:
            self._live.update(self._live.task_ids[0], description=text)
        elif not self._quiet:
            try:
                self._console.print(text, highlight=False, soft_wrap=True)
            except OSError:
                # Nobody can read the progress; the plan is worth more.
                self._quiet = True

    def __call__(self, event: Progress) -> None:
        """Show the engine's progress (in USD)."""
        text = progress_text(event)
        if self._live is not None:
            self.note(text)
            return
        now = time.monotonic()
        if event.stage != self._stage or now - self._printed_at >= SECONDS_BETWEEN_LINES:
            self._stage, self._printed_at = event.stage, now
            self.note(text)


def progress_text(event: Progress) -> str:
    """One line: stage, time, bound, incumbent, gap."""
    parts = [f"{event.elapsed_seconds:6.1f} s  {event.stage}"]
    if math.isfinite(event.lower_bound):
        parts.append(f"bound {money(event.lower_bound)}")
    if math.isfinite(event.incumbent):
        parts.append(f"best plan {money(event.incumbent)}")
    if math.isfinite(event.gap):
        parts.append(f"gap {event.gap:.3%}")
    return "  ".join(parts)
