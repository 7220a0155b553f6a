"""Help for the view in front: what it is for, and every key that works there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static

from tui.dialogs.dialog import Dialog


class HelpDialog(Dialog[None]):
    """Closed by Escape, `?` or `q`."""

    BINDINGS = [("escape,question_mark,q", "dismiss(None)", "Close")]

    def __init__(self, text: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._text = text
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The text, then the keys."""
        with VerticalScroll(id="help") as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes"
            yield Markdown(self._text)
            widest = max((len(key) for key, _ in self._keys), default=0)
            lines = [Content.assemble((key.rjust(widest), "bold"), "  ", what) for key, what in self._keys]
            yield Static(Content("\n").join(lines), id="help-keys")
