"""What to export, and where to."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from router.view.exports import WHAT, ExportKind
from router.view.file_choice import told_of_target
from tui.dialogs.dialog import Dialog
from tui.frame.choices import Choices


class ExportDialog(Dialog[tuple[ExportKind, Path] | None]):
    """Choose a kind, then confirm the file's name."""

    BINDINGS = [("escape", "dismiss(None)", "Close")]

    def __init__(self, scenario: str, view: str) -> None:
        super().__init__()
        self._scenario = scenario
        self._view = view
        self._kind = ExportKind.SCREEN

    def compose(self) -> ComposeResult:
        """Kinds, then a name."""
        with Vertical(id="export") as box:
            box.border_title = "Export"
            yield Choices(
                *(
                    Option(Content.assemble((f"{kind.value:<5}", "bold"), what), id=kind.value)
                    for kind, what in WHAT.items()
                ),
                id="export-kinds",
            )
            yield Input(id="export-path", compact=True)
            yield Static("Enter chooses, then writes; Esc closes", id="export-note", markup=False)

    def on_mount(self) -> None:
        """A name for the kind that is chosen."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionHighlighted)
    def _on_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._kind = ExportKind(event.option.id or ExportKind.SCREEN)
        of_plan = self._kind in (ExportKind.PLAN, ExportKind.REPORT)
        name = f"{self._scenario}-{'plan' if of_plan else self._view}.{self._kind.value}"
        self.query_one(Input).value = name

    @on(OptionList.OptionSelected)
    def _on_selected(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _on_changed(self, event: Input.Changed) -> None:
        self.query_one("#export-note", Static).update(told_of_target(event.value))

    @on(Input.Submitted)
    def _on_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss((self._kind, Path(event.value.strip())))
        else:
            self.app.bell()
