"""Where answers go as they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from router.sweep.answered import Answered


class Store(Protocol):
    """Holds an answer for each case, once. Close it."""

    @property
    def costs(self) -> Mapping[str, float | None]:
        """Cost in USD of what is answered, by case, None where there is no plan."""

    def append(self, answered: Answered) -> None:
        """One more answer; a second one of the same case is left out. Raises OutputError."""

    def answers(self) -> Iterator[Answered]:
        """All answers, those of earlier runs too, in the order in which they came. Raises OutputError."""

    def close(self) -> None:
        """Everything is where it stays. Raises OutputError."""


class MemoryStore:
    """Keeps answers for as long as the process lives."""

    def __init__(self) -> None:
        self._answers: dict[str, Answered] = {}

    @property
    def costs(self) -> dict[str, float | None]:
        """Cost in USD of what is answered, by case, None where there is no plan."""
        return {name: cost_of(answered) for name, answered in self._answers.items()}

    def append(self, answered: Answered) -> None:
        """One more answer."""
        self._answers.setdefault(answered.name, answered)

    def answers(self) -> Iterator[Answered]:
        """All answers in the order in which they came."""
        return iter(list(self._answers.values()))

    def close(self) -> None:
        """Nothing to do."""


def cost_of(answered: Answered) -> float | None:
    """Cost in USD, None where there is no plan."""
    return None if answered.outcome is None else answered.outcome.cost_usd
