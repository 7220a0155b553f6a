"""A list whose items take several lines each; only what is in sight is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

_REVERSE = RichStyle(reverse=True)


class BlockList(ScrollView, can_focus=True):
    """A cursor over items. Subclasses say how many lines each item takes and what they are in a width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"block-list--cursor", "block-list--empty"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "move(-1000000000)", "First", show=False),
        Binding("end", "move(1000000000)", "Last", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    item: var[int] = var(0)

    @dataclass
    class Opened(Message):
        """Enter or a double click on an item."""

        block_list: BlockList

        @property
        def control(self) -> BlockList:
            """The list it is of."""
            return self.block_list

    def __init__(self, *, id: str | None = None) -> None:
        # First: the height is asked for before anything is shown.
        self._starts: list[int] = [0]
        self._when_empty = ""
        self._written: dict[int, list[Content]] = {}
        super().__init__(id=id)

    def lines_of(self, item: int, width: int) -> list[Content]:
        """The lines of an item in so many cells."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self._starts) - 1

    def show_items(self, heights: Sequence[int], when_empty: str) -> None:
        """Other items, by the lines that each takes; without any, the words that say so."""
        before = self._starts
        self._starts = [0, *accumulate(heights)]
        self._when_empty = when_empty
        self._written = {}
        self.set_reactive(BlockList.item, self.validate_item(self.item))
        self._fit()
        self.refresh(layout=before[-1] != self._starts[-1])

    def _fit(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, max(1, self._starts[-1]))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, where the styles let it be that high."""
        return max(1, self._starts[-1])

    def on_resize(self, event: events.Resize) -> None:
        """Lines are written for the width."""
        self._written = {}
        self._fit()
        self.call_after_refresh(self._bring_into_sight)

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._written = {}

    def render_line(self, y: int) -> Strip:
        """One line of the item that stands there."""
        width, base = self.size.width, self.visual_style
        line = round(self.scroll_y) + y
        if not self.count:
            words = Content.styled(self._when_empty if line == 0 else "", self._style("empty"))
            return Strip(words.render_segments(base)).adjust_cell_length(width, base.rich_style)
        if line >= self._starts[-1]:
            return Strip.blank(width, base.rich_style)
        item = bisect_right(self._starts, line) - 1
        is_here = item == self.item and self.has_focus
        if is_here:
            base += self._style("cursor")
        lines = self._written.get(item)
        if lines is None:
            lines = self._written[item] = self.lines_of(item, self.scrollable_content_region.width)
        at = line - self._starts[item]
        content = lines[at] if at < len(lines) else Content("")
        strip = Strip(content.render_segments(base)).adjust_cell_length(width, base.rich_style)
        # A visual style has no reverse, which the cursor has where there are no colours.
        cursor = self.get_component_rich_style("block-list--cursor", partial=True)
        return strip.apply_style(_REVERSE) if is_here and cursor.reverse else strip

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"block-list--{name}", partial=True)

    def validate_item(self, item: int) -> int:
        """An item that there is; 0 where there is none."""
        return max(0, min(item, self.count - 1))

    def watch_has_focus(self, value: bool) -> None:
        """The cursor is drawn where the keys go."""
        super().watch_has_focus(value)
        self.refresh()

    def go_to(self, item: int) -> None:
        """The cursor on an item, in sight."""
        self.item = item
        self._bring_into_sight()
        self.refresh()

    def _bring_into_sight(self) -> None:
        if not self.count:
            return
        top, room = round(self.scroll_y), max(1, self.scrollable_content_region.height)
        first, end = self._starts[self.item], self._starts[self.item + 1]
        if end > top + room:
            top = end - room
        top = min(top, first)
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def action_move(self, items: int) -> None:
        """The cursor moves."""
        self.go_to(self.item + items)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        if self.count:
            line = self._starts[self.item] + pages * max(1, self.scrollable_content_region.height)
            self.go_to(bisect_right(self._starts, max(0, line)) - 1)

    def action_open(self) -> None:
        """What the item is about."""
        if self.count:
            self.post_message(self.Opened(self))

    def _item_under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        line = None if offset is None else round(self.scroll_y) + offset.y
        return None if line is None or line >= self._starts[-1] else bisect_right(self._starts, line) - 1

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor goes where the mouse is."""
        under = self._item_under(event)
        if under is not None and event.button == 1:
            self.go_to(under)

    def on_click(self, event: events.Click) -> None:
        """A double click opens."""
        if event.chain == 2 and self._item_under(event) is not None:
            self.action_open()
