"""The lines in which a field with several values is typed."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from router.view.forms.form import FieldId
from tui.forms.messages import FieldEntered, FieldTyped


class LinesArea(TextArea):
    """YAML; up and down leave it at its first and last line."""

    def __init__(self, field: FieldId, text: str, placeholder: str) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self.field = field

    def type_over(self, text: str) -> None:
        """Another text, as if typed."""
        self.text = text
        self.move_cursor(self.document.end)

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up, or to the field above."""
        if self.cursor_location[0] == 0 and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down, or to the field below."""
        if self.cursor_location[0] == self.document.line_count - 1 and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(FieldTyped(self.field, self.text))

    def on_focus(self, event: events.Focus) -> None:
        """Tell the form."""
        self.post_message(FieldEntered(self.field))
