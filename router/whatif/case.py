"""One thing to plan and compare: the base scenario with some changes made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from router.change.change import Change
from router.reading.position import Position

BASE = "base"
"""Name of the case without any change."""

FactorValue = float | str | date


@dataclass(frozen=True, slots=True)
class Case:
    """Changes to the base scenario, in order, those of what it extends included.

    ``name`` is unique within its question: that of a what-if, `SWEEP/1` or `DRAWS/1` and so on. ``group``: the sweep
    or draws it belongs to, None for a what-if. ``factors``: name and value of each, in the file's order. ``at``: where
    each change stands, for messages.
    """

    name: str
    title: str
    changes: tuple[Change, ...] = ()
    at: tuple[Position, ...] = ()
    group: str | None = None
    factors: tuple[tuple[str, FactorValue], ...] = ()
