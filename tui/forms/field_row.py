"""A field of a form: its label, where it is typed, and what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from router.view.forms.form import FormField
from router.view.forms.specs import FieldKind
from tui.forms.field_input import Complete, FieldInput
from tui.forms.lines_area import LinesArea


class FieldRow(Vertical):
    """The mistake stands right below the field."""

    def __init__(self, field: FormField, text: str, placeholder: str, complete: Complete) -> None:
        super().__init__(classes="-inside" if field.depth else None)
        self.field = field
        self._label = f"{'  ' * field.depth}{field.label}"
        kind = FieldKind.TEXT if field.spec is None else field.spec.kind
        self.editor = (
            LinesArea(field.id, text, placeholder)
            if kind is FieldKind.LINES
            else FieldInput(field.id, text, placeholder, complete)
        )
        self._mistake = Static(classes="mistake", markup=False)
        self._told = ""

    def compose(self) -> ComposeResult:
        """Label and editor in a line."""
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield self.editor
        yield self._mistake

    def tell(self, mistake: str) -> None:
        """What is wrong; nothing where nothing is."""
        if mistake == self._told:
            return
        self._told = mistake
        self._mistake.update(f"! {mistake}" if mistake else "")
        self.set_class(bool(mistake), "-wrong")
        if mistake and self.editor.has_focus:
            self.call_after_refresh(self.scroll_visible, animate=False)
