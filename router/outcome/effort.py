"""How long a case is worked on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """First the base plan's runs held; where the gap of that plan is above ``gap``, a search of at most these seconds.

    Raises ValueError for values out of range.
    """

    search_seconds: float = 0.0
    gap: float = 1e-3

    def __post_init__(self) -> None:
        if not self.search_seconds >= 0.0:
            raise ValueError(f"search_seconds: expected 0 or more, found {self.search_seconds}")
        if not 0.0 <= self.gap < 1.0:
            raise ValueError(f"gap: expected a number from 0 to 1, found {self.gap}")


QUICK = Effort()
"""No search."""
