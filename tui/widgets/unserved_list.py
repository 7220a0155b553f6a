"""Demand that is left out, most valuable first."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from router.report.numbers import money
from router.view.overview import UnservedItem
from tui.widgets.block_list import BlockList
from tui.widgets.fitting import cut


class UnservedList(BlockList):
    """A list of `UnservedItem`, two lines each; Enter opens the demand."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"unserved--name", "unserved--value", "unserved--why"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[UnservedItem, ...] = ()

    def show(self, items: tuple[UnservedItem, ...], when_empty: str) -> None:
        """Other items; without any, the words that say so."""
        self._items = items
        self.show_items([2] * len(items), when_empty)

    @property
    def chosen(self) -> UnservedItem | None:
        """What the cursor is on."""
        return self._items[self.item] if self._items else None

    def lines_of(self, item: int, width: int) -> list[Content]:
        """What, when and its value; then how much and why."""
        told = self._items[item]
        value = money(told.value_usd)
        room = max(8, width - len(value) - 1)
        name = cut(told.what, room)
        when = cut(f"  {told.when}", max(0, room - len(name)))
        gap = " " * max(1, width - len(name) - len(when) - len(value))
        why = self.get_visual_style("unserved--why", partial=True)
        title = Content.assemble(
            (name, self.get_visual_style("unserved--name", partial=True)),
            (when, why),
            gap,
            (value, self.get_visual_style("unserved--value", partial=True)),
        )
        return [title, Content.styled(cut(f" {told.how_much}: {told.because}", width), why)]
