"""Short facts for one line of the screen, and which of them fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from router.report.layout import text_width

FACT_GAP = 2
"""Blanks between two facts."""


class FactRole(StrEnum):
    """How a fact is to be shown. `alert` is what a reader must not miss; its words say so too."""

    PLAIN = "plain"
    GOOD = "good"
    WORKING = "working"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in few letters and in full. An empty text is not shown. `rank` 1 is the last to be cut."""

    name: str
    short: str
    long: str
    rank: int
    role: FactRole = FactRole.PLAIN


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as there is room for it."""

    name: str
    text: str
    role: FactRole


def fitted(facts: Sequence[Fact], width: int, gap: int = FACT_GAP) -> tuple[ShownFact, ...]:
    """The facts, in their order, in at most `width` letters.

    In full where all have room; else those of the highest rank number are told in short first, and then left out.
    Alerts are cut after all others, and what has rank 1 after them.
    """
    texts = {fact.name: fact.long for fact in facts}
    if len(texts) != len(facts):
        raise ValueError(f"facts of one line: found {[fact.name for fact in facts]}, expected each name once")
    last_first = sorted(facts, key=lambda fact: (fact.rank == 1, fact.role is FactRole.ALERT, -fact.rank))
    for cut in ("short", ""):
        for fact in last_first:
            if _width(texts.values(), gap) <= width:
                break
            texts[fact.name] = fact.short if cut else ""
    return tuple(ShownFact(fact.name, texts[fact.name], fact.role) for fact in facts if texts[fact.name])


def _width(texts: Iterable[str], gap: int) -> int:
    shown = [text_width(text) for text in texts if text]
    return sum(shown) + gap * max(0, len(shown) - 1)


def shortened(text: str, width: int) -> str:
    """A text in at most ``width`` letters, its end left out where it has more."""
    if text_width(text) <= width:
        return text
    kept = ""
    for letter in text:
        if text_width(kept + letter) > max(0, width - 1):
            break
        kept += letter
    return f"{kept}…" if width > 0 else ""
