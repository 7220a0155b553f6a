"""What came out of a case, in figures: enough to compare thousands, without the plan's ten thousand records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """A commitment's window. ``drawdown_usd`` includes what was carried in; amounts are not discounted."""

    contract: str
    commitment: str
    start: date
    end: date
    promise_usd: float
    drawdown_usd: float
    shortfall_usd: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of one plan, equal to those of its plan document (plan/document.py) but for the rounding to cents.

    ``cost_usd`` and ``lower_bound_usd`` are discounted, as is ``cost_by_cause_usd`` ((category, provider or `-`) to
    USD, adding up to the cost). Everything else is not. ``unserved_usd`` is by workload, ``unserved_units`` too
    (unit-hours of streams; 1 for a job left out). ``moved_units``: units of demand that migrate from pool to pool, by
    workload. ``cash_by_period_usd`` has one amount for each period. ``share_by_provider``: of the cash.
    ``broken_limits``: key paths. ``found_by``: `held` (the base plan's runs kept, all else planned anew) or `searched`.
    """

    cost_usd: float
    lower_bound_usd: float
    cash_usd: float
    cost_by_cause_usd: dict[tuple[str, str], float]
    cash_by_year_usd: dict[str, float]
    cash_by_period_usd: tuple[float, ...]
    cash_by_provider_usd: dict[str, float]
    windows: tuple[WindowFigures, ...]
    unserved_usd: dict[str, float]
    unserved_units: dict[str, float]
    moved_units: dict[str, float]
    broken_limits: tuple[str, ...]
    found_by: str
    seconds: float = field(compare=False, default=0.0)

    @property
    def gap(self) -> float:
        """(cost - bound) / |cost|: how much less another plan could cost at most."""
        return max(0.0, self.cost_usd - self.lower_bound_usd) / max(1e-9, abs(self.cost_usd))

    @property
    def share_by_provider(self) -> dict[str, float]:
        """Of the cash; nothing where none is paid."""
        total = sum(self.cash_by_provider_usd.values())
        return {name: usd / total for name, usd in self.cash_by_provider_usd.items()} if total else {}

    @property
    def shortfall_usd(self) -> dict[str, float]:
        """Missed by `contract/commitment`, over all its windows, those that miss nothing included as 0."""
        sums: dict[str, float] = {}
        for window in self.windows:
            name = f"{window.contract}/{window.commitment}"
            sums[name] = sums.get(name, 0.0) + window.shortfall_usd
        return sums
