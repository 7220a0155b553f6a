"""One line of choices, of which one is on; a click takes another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.fitting import MORE


class ChoiceStrip(Widget):
    """Keys and titles; a click is told. The one that is on is always in sight."""

    @dataclass
    class Chosen(Message):
        """One was clicked."""

        key: str

    current: reactive[str] = reactive("")

    def __init__(self, choices: Sequence[tuple[str, str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices = choices

    def render(self) -> Content:
        """All of them where they fit, else those around the one that is on."""
        first, room = self._first(), self.size.width
        parts = [Content(f"{MORE} ")] if first else []
        for key, title in self._choices[first:]:
            is_on = key == self.current
            text = f"[{title}]" if is_on else f" {title} "
            style = "bold reverse" if is_on else ""
            parts.append(Content.styled(text, style).stylize(f"@click=choose('{key}')"))
        line = Content("").join(parts)
        return line if line.cell_length <= room else Content.assemble(line.truncate(max(0, room - 1)), MORE)

    def action_choose(self, key: str) -> None:
        """A click on one."""
        self.post_message(self.Chosen(key))

    def _first(self) -> int:
        """The first that is shown."""
        keys = [key for key, _ in self._choices]
        at = keys.index(self.current) if self.current in keys else 0
        for first in range(at + 1):
            if sum(len(title) + 2 for _, title in self._choices[first : at + 1]) + 4 <= self.size.width:
                return first
        return at
