"""A question with a few answers."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tui.dialogs.dialog import Dialog


class Question(Dialog[str | None]):
    """Answered by a button, its first letter, or Escape for none of them."""

    BINDINGS = [
        ("escape", "dismiss(None)", "Close"),
        ("left", "app.focus_previous", "Previous"),
        ("right", "app.focus_next", "Next"),
    ]

    def __init__(self, title: str, text: str, answers: dict[str, str], preset: str | None = None) -> None:
        """``preset``: the answer that Enter gives; by default the first."""
        super().__init__()
        self._preset = preset or next(iter(answers))
        self._title = title
        self._text = text
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question and a button for each answer."""
        with Vertical(classes="dialog", id="question") as box:
            box.border_title = self._title
            yield Static(self._text, markup=False)
            with Horizontal(classes="buttons"):
                for answer, label in self._answers.items():
                    is_preset = answer == self._preset
                    yield Button(label, id=f"answer-{answer}", variant="primary" if is_preset else "default")

    def on_mount(self) -> None:
        """Enter gives the answer that loses nothing."""
        self.query_one(f"#answer-{self._preset}", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The answer."""
        self.dismiss((event.button.id or "").removeprefix("answer-"))

    def on_key(self, event: events.Key) -> None:
        """The answer that begins with a letter."""
        for answer, label in self._answers.items():
            if event.character and label.lower().startswith(event.character.lower()):
                event.stop()
                self.dismiss(answer)
                return
