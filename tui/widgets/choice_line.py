"""One line: what can be chosen, with what is chosen in brackets, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.widgets.fitting import cut


@dataclass
class Chosen(Message):
    """A click on a choice, by its position."""

    at: int


class ChoiceLine(Widget):
    """The choices in full; then as much of the words as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-line--chosen", "choice-line--other", "choice-line--words"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: tuple[str, ...] = ()
        self._at = 0
        self._words = ""

    def show(self, choices: Sequence[str], at: int, words: str) -> None:
        """Other choices, which of them is chosen, and what that means."""
        self._choices, self._at, self._words = tuple(choices), at, words
        self.refresh()

    def render(self) -> RenderResult:
        """Choices, then words."""
        parts = []
        for at, choice in enumerate(self._choices):
            is_chosen = at == self._at
            style = self.get_visual_style(f"choice-line--{'chosen' if is_chosen else 'other'}")
            text = f"[{choice}]" if is_chosen else f" {choice} "
            parts.append(Content.styled(text, style).stylize(f"@click=choose({at})"))
        line = Content("").join(parts)
        words = cut(self._words, max(0, self.size.width - line.cell_length - 2))
        return Content.assemble(line, "  ", (words, self.get_visual_style("choice-line--words")))

    def action_choose(self, at: int) -> None:
        """By a click."""
        self.post_message(Chosen(at))
