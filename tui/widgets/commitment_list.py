"""Contracts' commitments: windows that fall short, the one that runs and the next, each as a bar with its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.content import Content

from router.report.letters import Letters
from router.report.numbers import share
from router.view.commitment_bars import CommitmentBar, CommitmentOutlook, WindowTime
from tui.widgets.block_list import BlockList
from tui.widgets.fitting import cut

_TIME = {WindowTime.ENDED: "ended", WindowTime.RUNNING: "now", WindowTime.NEXT: "next", WindowTime.LATER: "later"}
_TIME_WIDTH = 7
_SHARE_WIDTH = 7
_LEAST_BAR = 8
_WIDEST_BAR = 40
_CHOICES: tuple[tuple[Literal["dates", "until", "nothing"], bool, bool], ...] = (
    ("dates", True, True),
    ("dates", True, False),
    ("until", True, False),
    ("dates", False, False),
    ("until", False, False),
    ("nothing", False, False),
)


class CommitmentList(BlockList):
    """A list of `CommitmentOutlook`: a line for the name and one for each window; Enter opens the contract."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "commitments--name",
        "commitments--met",
        "commitments--short",
        "commitments--time",
    }

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._outlooks: tuple[CommitmentOutlook, ...] = ()
        self._layout_of: tuple[int, _Layout] | None = None

    def show(self, outlooks: tuple[CommitmentOutlook, ...], when_empty: str) -> None:
        """Other outlooks; without any, the words that say so."""
        self._outlooks = outlooks
        self._layout_of = None
        self.show_items([1 + len(outlook.bars) for outlook in outlooks], when_empty)

    @property
    def chosen(self) -> CommitmentOutlook | None:
        """The commitment under the cursor."""
        return self._outlooks[self.item] if self._outlooks else None

    def find(self, contract: str, commitment: str | None) -> bool:
        """The cursor on a commitment; whether it is here."""
        for at, outlook in enumerate(self._outlooks):
            if outlook.contract == contract and commitment in (None, outlook.commitment):
                self.go_to(at)
                return True
        return False

    def lines_of(self, item: int, width: int) -> list[Content]:
        """The name with all windows in short, then a line for each window shown."""
        outlook, layout = self._outlooks[item], self._layout(width)
        words = outlook.words
        name = cut(f"{outlook.contract}/{outlook.commitment}", max(8, width - len(words) - 1))
        verdict = self.get_visual_style(f"commitments--{'short' if outlook.windows_short else 'met'}", partial=True)
        gap = " " * max(1, width - len(name) - len(words))
        title = Content.assemble(
            (name, self.get_visual_style("commitments--name", partial=True)), gap, (words, verdict)
        )
        return [title, *(self._told_bar(bar, layout) for bar in outlook.bars)]

    def _layout(self, width: int) -> _Layout:
        """The same for all, so that bars stand under each other."""
        if self._layout_of is None or self._layout_of[0] != width:
            bars = [bar for outlook in self._outlooks for bar in outlook.bars]
            chosen = next(each for each in _layouts(bars, width) if each.bar >= _LEAST_BAR or each.when == "nothing")
            self._layout_of = width, chosen
        return self._layout_of[1]

    def _told_bar(self, bar: CommitmentBar, layout: _Layout) -> Content:
        style = self.get_visual_style(f"commitments--{'short' if bar.is_short else 'met'}", partial=True)
        dim = self.get_visual_style("commitments--time", partial=True)
        return Content.assemble(
            (f" {_TIME[bar.time]:<{_TIME_WIDTH - 1}}{_when(bar, layout.when):<{layout.when_width}}", dim),
            (bar.bar(min(_WIDEST_BAR, max(2, layout.bar)), self._letters), style),
            f"{share(bar.share_met):>{_SHARE_WIDTH}} ",
            (bar.verdict if layout.is_full else bar.verdict_short, style),
            (f"  {bar.amounts}" if layout.has_amounts else "", dim),
        )


@dataclass(frozen=True)
class _Layout:
    """What a line of a bar has room for; `bar` and `when_width` in cells."""

    when: Literal["dates", "until", "nothing"]
    when_width: int
    is_full: bool
    has_amounts: bool
    bar: int


def _layouts(bars: list[CommitmentBar], width: int) -> Iterator[_Layout]:
    """From what tells most to what takes least room."""
    for when, is_full, has_amounts in _CHOICES:
        texts = [_when(bar, when) for bar in bars]
        when_width = max(map(len, texts), default=0) + (when != "nothing")
        verdict = max(len(bar.verdict if is_full else bar.verdict_short) for bar in bars)
        amounts = max(len(bar.amounts) for bar in bars) + 2 if has_amounts else 0
        room = width - _TIME_WIDTH - when_width - _SHARE_WIDTH - 1 - verdict - amounts
        yield _Layout(when, when_width, is_full, has_amounts, room)


def _when(bar: CommitmentBar, when: Literal["dates", "until", "nothing"]) -> str:
    return {"dates": bar.dates, "until": bar.until, "nothing": ""}[when]
