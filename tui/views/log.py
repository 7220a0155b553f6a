"""The solver's log."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import RichLog

from router.workspace.shown import Shown
from tui.views.view import View


class LogView(View):
    """Each plan, its bound, how it was found and when."""

    HELP = """# Solver log

Each scenario that was planned, each plan found for it with its lower bound and gap, and how each search ended.
The number behind the time counts the scenarios of this session."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._written: list[object] = []

    def compose(self) -> ComposeResult:
        """Newest last."""
        yield RichLog(id="log-lines", wrap=True, markup=False)

    def show(self, shown: Shown) -> None:
        """The lines that are new."""
        log = self.query_one(RichLog)
        lines = self.router.log_book.lines
        if self._written[:1] != lines[:1]:
            log.clear()
            self._written = []
        for line in lines[len(self._written) :]:
            style = "bold reverse" if line.is_alert else ""
            log.write(Text.assemble((f"{line.clock}  #{line.version}  ", "dim"), (line.words, style)))
        self._written = list(lines)

    def table(self) -> list[list[str]]:
        """Time, scenario, words."""
        lines = self.router.log_book.lines
        return [["time", "scenario", "what"], *([line.clock, str(line.version), line.words] for line in lines)]
