"""Files of what-ifs with their what-ifs as rows: on or off, and what came of each."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from router.view.table_rows import COLUMN_GAP, RowColumn, fitted_columns
from router.view.whatif_list import ItemKind, WhatIfItem, columns_of
from tui.widgets.block_list import BlockList
from tui.widgets.fitting import cut

_MARK_WIDTH = 4
_SCROLLBAR = 1


class WhatIfTitles(Widget):
    """The titles above the list's columns."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[RowColumn, ...] = ()

    def show(self, columns: tuple[RowColumn, ...]) -> None:
        """Other columns."""
        self._columns = columns
        self.refresh()

    def render(self) -> Content:
        """One line."""
        width = self.content_size.width - _SCROLLBAR
        gap = " " * COLUMN_GAP
        texts = [
            cut(self._columns[at].title, room, pad=True, to_the_right=self._columns[at].to_the_right)
            for at, room in fitted_columns(self._columns, max(1, width - _MARK_WIDTH))
        ]
        return Content(" " * _MARK_WIDTH + gap.join(texts))


class WhatIfList(BlockList):
    """A cursor over the base, files and what-ifs; Enter opens what is under it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "what-if--file",
        "what-if--question",
        "what-if--problem",
        "what-if--on",
        "what-if--alert",
        "what-if--dim",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[WhatIfItem, ...] = ()
        self._columns: tuple[RowColumn, ...] = ()
        self._width = 0

    @property
    def columns(self) -> tuple[RowColumn, ...]:
        """Those of the rows."""
        return self._columns

    @property
    def chosen(self) -> WhatIfItem | None:
        """What the cursor is on."""
        return self._items[self.item] if self.item < len(self._items) else None

    def show(self, items: tuple[WhatIfItem, ...]) -> None:
        """Other items; the cursor stays on what it was on, where that is still there."""
        chosen = self.chosen
        self._items, self._columns = items, columns_of(items)
        self._measure()
        if chosen is not None and (self.chosen is None or self.chosen.key != chosen.key):
            self.find(chosen.key, chosen.kind)

    def find(self, key: str, kind: ItemKind | None = None) -> bool:
        """The cursor on an item; whether it is here."""
        for at, item in enumerate(self._items):
            if item.key == key and kind in (None, item.kind):
                self.go_to(at)
                return True
        return False

    def to_first_what_if(self) -> None:
        """The cursor on the first that can be switched."""
        for at, item in enumerate(self._items):
            if item.kind is ItemKind.WHAT_IF:
                self.go_to(at)
                return

    def _measure(self) -> None:
        self._width = max(1, self.size.width - _SCROLLBAR)
        heights = [len(item.lines(self._width)) + (item.kind is not ItemKind.PROBLEM) for item in self._items]
        self.show_items(heights, "")

    def on_resize(self, event: events.Resize) -> None:
        """Other columns fit, and questions take other lines."""
        if self._width != max(1, self.size.width - _SCROLLBAR):
            self._measure()

    def lines_of(self, item: int, width: int) -> list[Content]:
        """A heading with its question, a mistake, or a row."""
        told = self._items[item]
        if told.kind is ItemKind.FILE:
            lines = [Content.styled(cut(told.heading, width), self._look("file"))]
            return [*lines, *(Content.styled(line, self._look("question")) for line in told.lines(self._width))]
        if told.kind is ItemKind.PROBLEM:
            return [Content.styled(line, self._look("problem")) for line in told.lines(self._width)]
        return [self._row(told, width)]

    def _row(self, item: WhatIfItem, width: int) -> Content:
        cells, alerts = item.cells, item.alerts()
        plain = self._look("on") if item.mark == "[x]" else Style.null()
        parts: list[Content | tuple[str, Style]] = [(f"{item.mark:<{_MARK_WIDTH}}", plain)]
        for place, (at, room) in enumerate(fitted_columns(self._columns, max(1, width - _MARK_WIDTH))):
            text = cut(cells[at], room, pad=True, to_the_right=self._columns[at].to_the_right)
            parts += [
                (" " * COLUMN_GAP if place else "", Style.null()),
                (text, self._look("alert") if alerts[at] else plain),
            ]
        return Content.assemble(*parts)

    def _look(self, name: str) -> Style:
        return self.get_visual_style(f"what-if--{name}", partial=True)
