"""What a reader of a plan must know: prorated windows, what is whole and what is continuous."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.problem.problem import Problem


def notes(problem: Problem, decisions: Decisions, follows: Consequences) -> Iterator[str]:
    """One sentence each."""
    yield from _prorated(problem)
    whole = int(problem.pools.whole.sum())
    count = problem.pools.count
    if whole == count:
        yield "All pools are rented in whole instances."
    elif whole == 0:
        yield "All pools are large: instances are continuous, training gangs whole."
    else:
        yield f"{whole} of {count} pools are rented in whole instances; in the others instances are continuous."
    after = problem.cohorts.after_horizon_usd @ decisions.reserve
    if after > 0:
        share = problem.reservation_payments_after_horizon
        yield (
            f"Reservations still cost {after:,.0f} USD after the horizon; the plan bears {share:.0%} of that "
            "(horizon.reservation_payments_after_horizon)."
        )
    if problem.calendar.discount[-1] < 1.0:
        yield "Cost and lower bound are discounted to the horizon's start; cash, drawdown and the bill are not."
    if follows.shortfall_usd.any():
        yield "Shortfalls are paid in the last period of their window."


def _prorated(problem: Problem) -> Iterator[str]:
    windows = problem.windows
    for window in range(len(windows.contract)):
        if windows.promise_usd[window] != windows.full_promise_usd[window]:
            days = (windows.counted_to[window] - windows.counted_from[window]).days
            full = (windows.end[window] - windows.start[window]).days
            name = f"{problem.contracts[windows.contract[window]]}/{windows.commitment[window]}"
            yield (
                f"{name}: the horizon holds {days} of the {full} days from {windows.start[window]} to "
                f"{windows.end[window]}; {windows.promise_usd[window]:,.0f} of "
                f"{windows.full_promise_usd[window]:,.0f} USD is due."
            )
    tiers = problem.tiers
    cut = np.array(
        [
            start < problem.calendar.horizon_start or end > problem.calendar.horizon_end
            for start, end in zip(tiers.start, tiers.end, strict=True)
        ]
    )
    for window in np.flatnonzero(cut).tolist() if len(cut) else []:
        yield (
            f"{problem.contracts[tiers.contract[window]]}: tier thresholds of the window from {tiers.start[window]} to "
            f"{tiers.end[window]} are prorated by days within the horizon."
        )
