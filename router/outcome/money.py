"""What a plan costs and when it is paid: sums of its amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.outcome.sums import by_name
from router.plan.amounts import Amounts
from router.plan.billing import HALF_A_CENT
from router.plan.breaches import SETTLED, yearly_cash
from router.plan.document import NOT_CASH
from router.problem.problem import Problem

Cause = tuple[str, str]
"""Category of the bill, and provider or `-`."""


@dataclass(frozen=True)
class Money:
    """Discounted cost by cause without breaches; cash by provider, by period (T,) and by year, not discounted."""

    cost_by_cause_usd: dict[Cause, float]
    cash_by_provider_usd: dict[str, float]
    cash_by_period_usd: tuple[float, ...]
    cash_by_year_usd: dict[int, float]


def money_of(problem: Problem, parts: Sequence[Amounts]) -> Money:
    """Sums of all amounts that the bill has a line for."""
    calendar = problem.calendar
    cost: dict[Cause, float] = {}
    cash: dict[str, float] = {}
    by_hours, settled = np.zeros(calendar.periods), np.zeros(calendar.periods)
    for part in parts:
        usd = part.usd
        billed = np.abs(usd) >= HALF_A_CENT
        usd, period, provider = usd[billed], part.period[billed], part.provider[billed]
        for name, total in by_name(part.providers, provider, usd * calendar.discount[period]).items():
            cause = part.category.value, name
            cost[cause] = cost.get(cause, 0.0) + total
        if part.category not in NOT_CASH:
            for name, total in by_name(part.providers, provider, usd).items():
                cash[name] = cash.get(name, 0.0) + total
            paid = settled if part.category in SETTLED else by_hours
            paid += np.bincount(period, weights=usd, minlength=calendar.periods)
    return Money(cost, cash, tuple((by_hours + settled).tolist()), yearly_cash(problem, by_hours, settled))
