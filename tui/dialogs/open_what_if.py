"""Which what-if file to list."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from router.view.file_choice import target_of, told_of_source
from tui.dialogs.dialog import Dialog


class OpenWhatIf(Dialog[Path | None]):
    """A path; what is there is told while it is typed."""

    BINDINGS = [("escape", "dismiss(None)", "Close")]

    def compose(self) -> ComposeResult:
        """The path and what is known of it."""
        with Vertical(classes="dialog", id="open-what-if") as box:
            box.border_title = "Open a what-if file"
            yield Input(placeholder="path of a what-if file", id="what-if-path", compact=True)
            yield Static(id="what-if-path-note", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is there."""
        self.query_one("#what-if-path-note", Static).update(told_of_source(event.value)[0])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """List it."""
        words, is_there = told_of_source(event.value)
        if is_there:
            self.dismiss(target_of(event.value))
        else:
            self.query_one("#what-if-path-note", Static).update(words)
            self.app.bell()
