"""All that is wrong with a scenario file, one line for each mistake."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from router.reading.problems import ScenarioError
from router.view.problem_lines import problem_lines
from tui.clipboard import put_on_clipboard
from tui.dialogs.dialog import Dialog


class ProblemsDialog(Dialog[None]):
    """Escape, Enter or `q` closes it; `y` copies all lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "Close"),
        Binding("y", "copy", "Copy all"),
    ]

    def __init__(self, error: ScenarioError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """How many there are in which file; below, each of them."""
        title, lines = problem_lines(self._error)
        with Vertical(classes="dialog", id="problems") as box:
            box.border_title = "The file was not read"
            box.border_subtitle = "y copies all  Esc closes"
            yield Static(title, id="problems-title", markup=False)
            with VerticalScroll(id="problems-lines"):
                yield Static("\n".join(lines), markup=False)

    def on_mount(self) -> None:
        """Keys scroll the lines."""
        self.query_one("#problems-lines").focus()

    def action_copy(self) -> None:
        """All lines as the command line tells them, with the file's name in each."""
        put_on_clipboard(self.app, str(self._error))
        self.notify("Copied.", timeout=2)
