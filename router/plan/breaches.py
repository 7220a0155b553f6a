"""Limits that a plan does not keep, with the penalty each costs it, and cash by calendar year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from router.arrays import FloatArray
from router.plan.billing import HALF_A_CENT, cents
from router.plan.consequences import Consequences
from router.plan.document import NOT_CASH, BillCategory, BillLine, BreachRecord
from router.problem.limits import year_shares
from router.problem.problem import Problem

SETTLED = frozenset({BillCategory.SHORTFALL, BillCategory.TIER_CREDIT})
"""Categories that are paid on the last day of their period."""


def cash_by_year(problem: Problem, lines: Sequence[BillLine]) -> dict[int, float]:
    """USD paid in each calendar year that the horizon touches, as the cash ceilings count it."""
    periods = problem.calendar.periods
    by_hours, settled = np.zeros(periods), np.zeros(periods)
    for category, group in groupby(lines, attrgetter("category")):
        if category not in NOT_CASH:
            paid = [(line.period, line.amount_usd) for line in group]
            period, usd = zip(*paid, strict=True)
            np.add.at(settled if category in SETTLED else by_hours, np.array(period), np.array(usd))
    return yearly_cash(problem, by_hours, settled)


def yearly_cash(problem: Problem, by_hours_usd: FloatArray, settled_usd: FloatArray) -> dict[int, float]:
    """As ``cash_by_year``, from what is paid over the hours of each period and on its last day (SETTLED), (T,)."""
    calendar = problem.calendar
    totals = {}
    for year in range(calendar.horizon_start.year, calendar.starts[-1].year + 2):
        share, last_day = year_shares(year, calendar)
        if share.any():
            totals[year] = cents(float(by_hours_usd @ share + settled_usd @ last_day))
    return totals


def breaches(
    problem: Problem, paid_usd: Mapping[int, float], follows: Consequences
) -> Iterator[tuple[BreachRecord, float]]:
    """Each breach with its penalty in USD. ``paid_usd``: cash_by_year."""
    yield from _cash(problem, paid_usd)
    yield from _shares(problem, follows)


def _cash(problem: Problem, paid_usd: Mapping[int, float]) -> Iterator[tuple[BreachRecord, float]]:
    cash = problem.cash
    for ceiling in range(len(cash.usd)):
        year = int(cash.year[ceiling])
        over = cents(paid_usd.get(year, 0.0) - float(cash.usd[ceiling]))
        # The solver keeps ceilings to a relative tolerance; less than that is not a breach.
        if over > max(HALF_A_CENT, 1e-9 * float(cash.usd[ceiling])):
            words = f"{year}: {over:,.2f} USD above the cash ceiling of {float(cash.usd[ceiling]):,.0f} USD"
            record = BreachRecord(
                limit=f"limits.cash[{int(cash.number[ceiling])}]",
                period=int(cash.last_period[ceiling]),
                slice=None,
                amount=over,
                words=words,
            )
            yield record, over * float(cash.penalty[ceiling])


def _shares(problem: Problem, follows: Consequences) -> Iterator[tuple[BreachRecord, float]]:
    shares, calendar = problem.shares, problem.calendar
    for limit, period, part in zip(*np.nonzero(follows.share_excess), strict=True):
        excess = float(follows.share_excess[limit, period, part])
        side = "above the largest" if excess > 0 else "below the smallest"
        words = (
            f"{calendar.starts[period]} {calendar.slices[part]}: {abs(excess):,.1f} {shares.measure[limit]} "
            f"{side} share of {shares.names[limit]}"
        )
        record = BreachRecord(
            limit=f"limits.provider_shares.{shares.names[limit]}",
            period=int(period),
            slice=calendar.slices[part],
            amount=abs(excess),
            words=words,
        )
        yield record, abs(excess) * float(shares.penalty[limit] * calendar.slice_hours[period, part])


def breach_lines(problem: Problem, found: Sequence[tuple[BreachRecord, float]]) -> Iterator[BillLine]:
    """Bill lines of breaches: one for each ceiling, one for each share limit and period."""
    sums: dict[tuple[str, int], tuple[float, float]] = {}
    for record, penalty in found:
        period = record.period if record.period is not None else 0
        hours = (
            1.0
            if record.slice is None
            else float(problem.calendar.slice_hours[period, problem.calendar.slices.index(record.slice)])
        )
        quantity, total = sums.get((record.limit, period), (0.0, 0.0))
        sums[record.limit, period] = (quantity + record.amount * hours, total + penalty)
    measures = dict(zip(problem.shares.names, problem.shares.measure, strict=True))
    for (limit, period), (quantity, total) in sums.items():
        measure = measures.get(limit.removeprefix("limits.provider_shares."))
        unit = "USD" if measure is None else f"{measure.removesuffix('s')}-hours"
        line = BillLine(
            period=period,
            category=BillCategory.BREACH,
            provider=None,
            item=limit,
            quantity=quantity,
            unit=unit,
            usd_per_unit=total / quantity,
            amount_usd=cents(total),
        )
        if line.amount_usd >= HALF_A_CENT:
            yield line
