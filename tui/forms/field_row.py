"""A field of a form: its label, where it is typed, and what is wrong with it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from router.view.forms.form import FormField
from router.view.forms.specs import FieldKind
from router.view.forms.whole_text import whole_text
from tui.forms.field_input import Complete, FieldInput
from tui.forms.lines_area import LinesArea
from tui.forms.messages import FieldMoved

SAMPLE_SIGN = "~"


class FieldRow(Vertical):
    """What does not fit the field stands below it while it has the keys; the mistake stands below that."""

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
        self._sign = Static(classes="sign", markup=False)
        self._whole = Static(classes="whole", markup=False)
        self._mistake = Static(classes="mistake", markup=False)
        self._told = ""

    def compose(self) -> ComposeResult:
        """Label, sign and editor in a line."""
        with Horizontal():
            yield Static(self._label, classes="label", markup=False)
            yield self._sign
            yield self.editor
        yield self._whole
        yield self._mistake

    def tell(self, mistake: str, *, is_sample: bool = False) -> None:
        """What is wrong; nothing where nothing is. ``is_sample``: nobody typed what stands in the field."""
        self._sign.update(SAMPLE_SIGN if is_sample else "")
        if mistake == self._told:
            return
        self._told = mistake
        self._mistake.update(f"! {mistake}" if mistake else "")
        self.set_class(bool(mistake), "-wrong")
        if mistake and self.editor.has_focus:
            self.call_after_refresh(self.scroll_visible, animate=False)

    @on(FieldMoved)
    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    @on(events.Resize)
    def show_whole(self) -> None:
        """All of a value that the field has no room for."""
        editor = self.editor
        if not isinstance(editor, FieldInput):
            return
        was_long = self.has_class("-long")
        is_long = editor.has_focus and editor.is_too_long
        self.set_class(is_long, "-long")
        if is_long:
            lines = whole_text(editor.value, editor.size.width, editor.cursor_position)
            self._whole.update("\n".join(lines))
        if is_long and not was_long:
            self.call_after_refresh(self.scroll_visible, animate=False)
