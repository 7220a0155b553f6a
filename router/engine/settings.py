"""How long and how closely the engine works, and which of OR-Tools' solvers it uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinearBackend(StrEnum):
    """Solver of linear programs."""

    GLOP = "GLOP"
    HIGHS = "HiGHS"
    PDLP = "PDLP"


class IntegerBackend(StrEnum):
    """Solver of the mixed-integer program when the dive leaves a gap."""

    HIGHS = "HiGHS"
    SCIP = "SCIP"
    CP_SAT = "CP-SAT"


@dataclass(frozen=True)
class EngineSettings:
    """Same program, settings and OR-Tools version give the same plan, unless time runs out.

    ``relative_gap``: a plan this close to the proven bound is called optimal; the gap is
    (objective - bound) / max(1e-9, |objective|). ``time_limit_seconds``: for everything together,
    None for no limit. ``dive=False`` goes from the relaxation straight to the integer solver.
    Raises ValueError for values out of range.
    """

    relative_gap: float = 1e-4
    time_limit_seconds: float | None = 60.0
    threads: int = 1
    linear_backend: LinearBackend = LinearBackend.GLOP
    integer_backend: IntegerBackend = IntegerBackend.HIGHS
    dive: bool = True

    def __post_init__(self) -> None:
        if not 0.0 <= self.relative_gap < 1.0:
            raise ValueError(f"relative_gap: expected a number from 0 to 1, found {self.relative_gap}")
        if self.time_limit_seconds is not None and not self.time_limit_seconds >= 0.0:
            raise ValueError(
                f"time_limit_seconds: expected a number of seconds or None, found {self.time_limit_seconds}"
            )
        if self.threads < 1:
            raise ValueError(f"threads: expected 1 or more, found {self.threads}")
