"""A case and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from router.outcome.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Answered:
    """``name`` is the case's. ``outcome`` is None where there is no plan; ``failure`` then says why, in one line."""

    name: str
    outcome: Outcome | None
    failure: str = ""
