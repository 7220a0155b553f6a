"""Where to save."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from router.view.file_choice import target_of, told_of_target
from tui.dialogs.dialog import Dialog


class SaveAsDialog(Dialog[Path | None]):
    """A file name; what there is at that place is told while it is typed."""

    BINDINGS = [("escape", "dismiss(None)", "Close")]

    def __init__(self, proposed: Path) -> None:
        super().__init__()
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        """The name and what is known of it."""
        with Vertical(classes="dialog", id="save-as") as box:
            box.border_title = "Save as"
            yield Input(str(self._proposed), id="save-as-path", compact=True, select_on_focus=False)
            yield Static(id="save-as-note", markup=False)

    def on_mount(self) -> None:
        """The proposed name is told of."""
        self.query_one("#save-as-note", Static).update(told_of_target(str(self._proposed)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is there."""
        self.query_one("#save-as-note", Static).update(told_of_target(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save there."""
        typed = event.value.strip()
        if not typed:
            self.app.bell()
            return
        self.dismiss(target_of(typed))
