"""An answer as text, with a cursor on those of its rows that lead to another question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from router.report.letters import Letters
from router.view.laid_lines import LineRole
from router.view.why_answer import NOTHING_LAID, Answer, LaidAnswer, laid_answer
from router.view.why_question import Question

CURSOR_SIGN = "›"
_MARGIN = 2


class AnswerView(ScrollView, can_focus=True, inherit_bindings=False):
    """Up and down go from row to row, and scroll where no further row leads anywhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"answer--{role}" for role in LineRole} | {"answer--cursor"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Row before", show=False),
        Binding("down,j", "move(1)", "Next row", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,ctrl+home", "edge(0)", "Top", show=False),
        Binding("end,ctrl+end", "edge(1)", "Bottom", show=False),
        Binding("enter", "follow", "Ask about it"),
    ]

    @dataclass
    class Followed(Message):
        """A row was chosen that leads to this question."""

        question: Question

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._answer: Answer | None = None
        self._laid: LaidAnswer = NOTHING_LAID
        self._stop = 0
        self._is_old = False

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    @property
    def under_cursor(self) -> Question | None:
        """The question that the row under the cursor leads to."""
        return self._laid.stops[self._stop] if self._stop < len(self._laid.stops) else None

    @property
    def line_under_cursor(self) -> str:
        """The text of the row under the cursor, of the first line where it leads nowhere."""
        lines = [line.laid.text for line in self._laid.lines if line.stop == self._stop]
        return " ".join(lines) if lines else next((line.laid.text for line in self._laid.lines), "")

    def show(self, answer: Answer | None, *, is_new: bool, is_old: bool = False) -> None:
        """An answer. ``is_new``: to another question, read from its top; ``is_old``: another is being asked."""
        self._answer, self._is_old = answer, is_old
        if is_new:
            self._stop = 0
            self.scroll_to(0, 0, animate=False, immediate=True)
        self._lay()

    def mark(self, *, is_old: bool) -> None:
        """Whether what is shown is no longer what was asked."""
        if is_old != self._is_old:
            self._is_old = is_old
            self.refresh()

    def _lay(self) -> None:
        width = max(20, self.size.width - _MARGIN)
        self._laid = NOTHING_LAID if self._answer is None else laid_answer(self._answer, width, self._letters)
        self._stop = max(0, min(self._stop, len(self._laid.stops) - 1))
        self.virtual_size = Size(self.size.width, len(self._laid.lines))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Another width: folded anew."""
        self._lay()

    def render_line(self, y: int) -> Strip:
        """One line; the cursor's sign before the row it is on."""
        base, width, at = self.rich_style, self.size.width, round(self.scroll_y) + y
        if at >= len(self._laid.lines):
            return Strip.blank(width, base)
        line = self._laid.lines[at]
        style = base + self._style(str(line.laid.role))
        if self._is_old:
            style += Style(italic=True)
        here = line.stop is not None and line.stop == self._stop and bool(self._laid.stops)
        is_first = here and (at == 0 or self._laid.lines[at - 1].stop != line.stop)
        if here:
            style = base + self._style("cursor") if self.has_focus else style + Style(bold=True)
        sign = f"{self._letters.text(CURSOR_SIGN)} " if is_first else "  "
        text = line.laid.text + " " * max(0, width - _MARGIN - len(line.laid.text)) if here else line.laid.text
        return Strip([Segment(sign, style), Segment(text, style)]).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"answer--{name}")

    def watch_has_focus(self, value: bool) -> None:
        """The cursor is drawn where the keys go."""
        super().watch_has_focus(value)
        self.refresh()

    def action_move(self, by: int) -> None:
        """The row before or after that leads somewhere; a line where there is none."""
        to = self._stop + by
        if 0 <= to < len(self._laid.stops):
            self._stop = to
            self._bring_into_sight()
        else:
            self.scroll_relative(y=by, animate=False, immediate=True)
        self.refresh()

    def _bring_into_sight(self) -> None:
        lines = [at for at, line in enumerate(self._laid.lines) if line.stop == self._stop]
        top, height = round(self.scroll_y), max(1, self.scrollable_content_region.height)
        if lines and lines[0] < top:
            # A little of what stands above it too: the titles, where it is the first row.
            self.scroll_to(y=max(0, lines[0] - 3), animate=False, immediate=True)
        elif lines and lines[-1] >= top + height:
            self.scroll_to(y=lines[-1] - height + 1, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """A screenful."""
        self.scroll_relative(y=pages * max(1, self.scrollable_content_region.height - 1), animate=False, immediate=True)

    def action_edge(self, last: int) -> None:
        """The top, or the bottom."""
        self._stop = (len(self._laid.stops) - 1 if last else 0) if self._laid.stops else 0
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False, immediate=True)
        self.refresh()

    def action_follow(self) -> None:
        """Ask what the row under the cursor leads to."""
        question = self.under_cursor
        if question is not None:
            self.post_message(self.Followed(question))

    def on_click(self, event: events.Click) -> None:
        """The cursor goes there; a double click asks."""
        at = round(self.scroll_y) + event.y
        stop = self._laid.lines[at].stop if at < len(self._laid.lines) else None
        if stop is None:
            return
        self._stop = stop
        self.refresh()
        if event.chain == 2:
            self.action_follow()
