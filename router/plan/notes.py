"""What a reader of a plan must know: what is disabled, prorated windows, what is whole and what is continuous."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.problem.problem import Problem


def notes(problem: Problem, decisions: Decisions, follows: Consequences) -> Iterator[str]:
    """One sentence each."""
    if problem.disabled:
        yield disabled_words(problem.disabled)
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
    yield from _idle(problem, decisions, follows)
    if follows.shortfall_usd.any():
        yield "Shortfalls are paid in the last period of their window."


MOST_NAMES = 10
"""Names of workloads that one note lists."""


def disabled_words(names: Sequence[str]) -> str:
    """Which workloads the plan leaves aside: `2 workloads are disabled: chat, crawl.`"""
    count = "1 workload is" if len(names) == 1 else f"{len(names)} workloads are"
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{count} disabled: {', '.join(names[:MOST_NAMES])}{more}."


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


IDLE_SHARE = 1e-3
"""Of what a provider's rentals cost: idle rentals below it are rounding and not worth a note."""


def _idle(problem: Problem, decisions: Decisions, follows: Consequences) -> Iterator[str]:
    """What is rented and stands idle, which a plan does where a promise is paid for anyway or a tier is near."""
    lines, pools, calendar = problem.lines, problem.pools, problem.calendar
    firm = ~lines.spot
    rented = np.zeros_like(follows.held)
    np.add.at(rented, lines.pool[firm], decisions.rent[firm])
    price = lines.price_usd_per_hour[:, :, None] * decisions.rent
    cost = np.zeros_like(follows.held)
    np.add.at(cost, lines.pool[firm], price[firm])
    cohorts = problem.cohorts
    reserved = np.zeros((pools.count, calendar.periods))
    np.add.at(reserved, cohorts.pool, cohorts.covers * decisions.reserve[:, None])
    spare = rented + reserved[:, :, None] - (follows.held - follows.held_spot)
    idle = np.clip(np.minimum(rented, spare), 0.0, None)
    # Part of a whole instance has to stand idle; a whole one does not.
    idle = np.where(pools.whole[:, None, None], np.floor(idle + 1e-6), idle)
    share = np.divide(idle, rented, out=np.zeros_like(idle), where=rented > 0)
    for provider, name in enumerate(pools.providers):
        own = pools.provider == provider
        total = float(np.einsum("pth,th->", cost[own], calendar.slice_hours))
        wasted = float(np.einsum("pth,th->", (cost * share)[own], calendar.slice_hours))
        if wasted > IDLE_SHARE * total and wasted >= 1:
            hours = float(np.einsum("pth,th->", idle[own], calendar.slice_hours))
            yield (
                f"{name}: {hours:,.0f} instance-hours worth {wasted:,.0f} USD are rented and stand idle; that happens "
                "where a promise has to be paid anyway, or where a tier's discount is worth more."
            )
