"""Cash over time, stacked by provider, as bars of the same width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import FloatArray, Ids
from router.report import numbers
from router.report.charts import DAYS_PER_MONTH, cost_over_time
from router.report.period_groups import PeriodGroup, days_between, group_periods

if TYPE_CHECKING:
    from router.plan.document import PeriodRecord, Plan
    from router.scenario.scenario import Scenario

EIGHTHS = 8
WIDEST_BAR = 12
_ENOUGH = 0.7
_FEW_YEARS = 2
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class CostStack:
    """Undiscounted cash of P providers in G groups of periods.

    `usd` and `usd_per_month` (P, G): paid within the group, and the same over its length, so that months and quarters
    stand side by side. Negative where a provider's credits are larger than its costs; such a part is not drawn, and
    `has_credits` says so. `top_usd_per_month` is a round amount that no bar is above; 0 where there is nothing to draw.
    """

    providers: tuple[str, ...]
    groups: tuple[PeriodGroup, ...]
    usd: FloatArray
    usd_per_month: FloatArray
    top_usd_per_month: float
    has_credits: bool

    @property
    def total_usd(self) -> FloatArray:
        """Cash of each provider over the whole horizon (P,), credits taken off."""
        return np.asarray(self.usd.sum(axis=1))

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Each provider and what it is paid in all, in words."""
        totals = self.total_usd.tolist()
        return tuple((name, numbers.money(usd)) for name, usd in zip(self.providers, totals, strict=True))

    def scale(self, height: int, every: int = 4) -> tuple[str, ...]:
        """The amount at the top of each row, the top row first; empty between the rows that are told."""
        rows = [height - at for at in range(height)]
        told = [row == height or ((height - row) % every == 0 and row > every // 2) for row in rows]
        return tuple(
            numbers.money(self.top_usd_per_month * row / height) if is_told and self.top_usd_per_month > 0 else ""
            for row, is_told in zip(rows, told, strict=True)
        )

    def ticks(self, bar: int) -> tuple[tuple[int, str], ...]:
        """What stands under bars of `bar` cells: cells and labels, of years where there are several, else of bars.

        Labels do not run into each other and do not reach beyond the last bar.
        """
        years = [at for at in range(len(self.groups)) if at == 0 or _year(self, at) != _year(self, at - 1)]
        if len(years) > _FEW_YEARS:
            wanted = [(at * bar, str(_year(self, at))) for at in years]
        else:
            wanted = [(at * bar, group.label) for at, group in enumerate(self.groups)]
        ticks: list[tuple[int, str]] = []
        for cell, label in wanted:
            end = ticks[-1][0] + len(ticks[-1][1]) + 1 if ticks else 0
            if cell >= end and cell + len(label) <= max(bar * len(self.groups), len(label)):
                ticks.append((cell, label))
        return tuple(ticks)

    @property
    def top_words(self) -> str:
        """The top of the scale: `$12.0 B a month`."""
        return f"{numbers.money(self.top_usd_per_month)} a month"

    def ends(self, height: int) -> Ids:
        """Where each provider's part of a bar ends, from the bottom, in eighths of a row. Shape (P, G).

        Parts are stacked in the order of `providers`; the last row is the bar's whole height.
        """
        if not len(self.providers) or self.top_usd_per_month <= 0:
            return np.zeros(self.usd_per_month.shape, dtype=np.int64)
        stacked = np.cumsum(np.maximum(self.usd_per_month, 0.0), axis=0)
        return np.asarray(np.rint(stacked / self.top_usd_per_month * height * EIGHTHS).astype(np.int64))

    def owners(self, height: int) -> Ids:
        """The provider that each cell belongs to, -1 for none. Shape (height, G), the top row first.

        A cell belongs to whom its middle belongs to.
        """
        ends = self.ends(height)
        middles = (np.arange(height)[::-1] + 0.5) * EIGHTHS
        below = (ends[None, :, :] <= middles[:, None, None]).sum(axis=1)
        return np.where(below < len(self.providers), below, -1)


def cost_stack(plan: Plan, scenario: Scenario, most_bars: int) -> CostStack:
    """Cash over time in at most `most_bars` bars (at least 1): single periods, or quarters and years of them."""
    cost = cost_over_time(plan, scenario)
    groups = group_periods(plan.periods, max(1, most_bars))
    by_period = np.array(cost.usd, dtype=np.float64).reshape(len(cost.providers), len(plan.periods))
    usd = np.add.reduceat(by_period, [group.first for group in groups], axis=1)
    months = np.array([days_between(group.start, group.end) / DAYS_PER_MONTH for group in groups])
    per_month = usd / months
    highest = float(np.maximum(per_month, 0.0).sum(axis=0).max(initial=0.0))
    return CostStack(cost.providers, groups, usd, per_month, round_top(highest), bool((usd < 0).any()))


def bars_that_fit(periods: Sequence[PeriodRecord], width: int) -> tuple[int, int]:
    """How many bars to draw in `width` cells, and how many cells each takes (at most `WIDEST_BAR`).

    The finest of single periods, quarters, half-years and years whose bars take most of the room; where
    none does so well, those that take more of it than all others.
    """
    width = max(1, width)
    fitting: list[tuple[int, int]] = []
    most = width
    while most >= 1:
        count = len(group_periods(periods, most))
        if not count:
            return 1, 1
        fitting.append((count, min(WIDEST_BAR, max(1, width // count))))
        if fitting[-1][0] * fitting[-1][1] >= _ENOUGH * width:
            return fitting[-1]
        most = min(most, count) - 1
    return max(fitting, key=lambda each: each[0] * each[1])


def stack_rows(stack: CostStack) -> list[list[str]]:
    """The amounts in USD as texts, to the cent: a row for each group, a column for each provider; titles first."""
    rows = [
        [group.label, *(f"{usd:.2f}" for usd in paid)]
        for group, paid in zip(stack.groups, stack.usd.T.tolist(), strict=True)
    ]
    return [["period", *stack.providers], *rows]


def _year(stack: CostStack, at: int) -> int:
    return stack.groups[at].start.year


def round_top(highest: float) -> float:
    """The least round number that is not below `highest`; 0 for what is not above 0."""
    if highest <= 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(highest))
    return float(next(part * power for part in _ROUND if part * power >= highest * (1 - 1e-12)))
