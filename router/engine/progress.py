"""What the engine tells while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """One event. Objective values are in the program's money unit, infinite while unknown."""

    stage: str
    elapsed_seconds: float
    lower_bound: float
    incumbent: float
    gap: float


ProgressCallback = Callable[[Progress], None]
