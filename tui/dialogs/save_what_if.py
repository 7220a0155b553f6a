"""Edits saved as a what-if: under which name, in which file."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from router.view.file_choice import target_of
from router.view.whatif_naming import told_of_draft
from router.workspace.whatif_save import WhatIfDraft
from tui.dialogs.dialog import Dialog


class SaveWhatIf(Dialog[WhatIfDraft | None]):
    """Three inputs; what would come of them is told while they are typed."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("down", "app.focus_next", "Next"),
        ("up", "app.focus_previous", "Previous"),
    ]

    def __init__(self, draft: WhatIfDraft, changes: int, scenario_file: Path) -> None:
        """``changes``: how many it would have."""
        super().__init__()
        self._draft = draft
        self._changes = changes
        self._scenario_file = scenario_file

    def compose(self) -> ComposeResult:
        """Name, title, file, and what is known of them."""
        draft = self._draft
        with Vertical(classes="dialog", id="save-what-if") as box:
            box.border_title = f"Save {self._changes} change{'' if self._changes == 1 else 's'} as a what-if"
            box.border_subtitle = "Enter saves, Esc closes"
            for name, value in (("name", draft.name), ("title", draft.title), ("file", str(draft.path))):
                yield Label(name.capitalize())
                yield Input(value, id=f"what-if-{name}", compact=True, select_on_focus=name != "file")
            yield Static(id="what-if-note", markup=False)

    def on_mount(self) -> None:
        """The name first."""
        self.query_one("#what-if-name", Input).focus()
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What would come of it."""
        self._tell()

    def _typed(self) -> tuple[str, str, str]:
        name, title, file = (self.query_one(f"#what-if-{each}", Input).value for each in ("name", "title", "file"))
        return name.strip(), title.strip(), file

    def _tell(self) -> bool:
        words, is_right = told_of_draft(*self._typed(), self._scenario_file)
        note = self.query_one("#what-if-note", Static)
        note.update(words)
        note.set_class(not is_right, "wrong")
        return is_right

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, if it can be."""
        if not self._tell():
            self.app.bell()
            return
        name, title, file = self._typed()
        self.dismiss(WhatIfDraft(name, title, target_of(file)))
