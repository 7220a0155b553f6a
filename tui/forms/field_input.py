"""The line in which a field is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input

from router.view.forms.form import FieldId
from tui.forms.messages import FieldEntered, FieldLeft, FieldMoved, FieldTyped

Complete = Callable[[str], str | None]


class FieldInput(Input):
    """One line; what may be meant stands behind the cursor and `right` takes it."""

    def __init__(self, field: FieldId, text: str, placeholder: str, complete: Complete) -> None:
        super().__init__(text, placeholder, suggester=_NameSuggester(complete), compact=True, select_on_focus=False)
        self.field = field

    @property
    def is_too_long(self) -> bool:
        """Whether there is no room for all of the text and the cursor behind it."""
        return len(self.value) >= self.size.width > 0

    def type_over(self, text: str) -> None:
        """Another text, as if typed."""
        self.value = text
        self.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(FieldTyped(self.field, event.value))

    def on_mount(self) -> None:
        """The row shows what the field has no room for."""
        self.watch(self, "cursor_position", self._moved, init=False)
        self.watch(self, "value", self._moved, init=False)

    def _moved(self) -> None:
        self.post_message(FieldMoved())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field."""
        event.stop()
        self.post_message(FieldLeft())

    def on_focus(self, event: events.Focus) -> None:
        """Tell the form."""
        self.post_message(FieldEntered(self.field))


class _NameSuggester(Suggester):
    def __init__(self, complete: Complete) -> None:
        # What is valid depends on other fields.
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)
