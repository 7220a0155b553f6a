"""What follows from the decisions by definition: unserved demand, migrations, spend, windows, tiers, breaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray
from router.plan.decisions import NOISE, Decisions
from router.problem.problem import Problem
from router.problem.streams import kept_share

REACHED = 1e-9
"""A threshold counts as reached within this share of it: the solver stops at it, not above."""


@dataclass(frozen=True)
class Consequences:
    """served (S, K, T, H) units provisioned at each provider; unserved (S, T, H); unserved_job (J,) bool;
    held, held_spot (P, T, H) instances: in use and held by runs, all and spot alone; moved (M, T) by place;
    spend_usd (contracts, T); windows (W,): drawdown, carried_in, carried_out, shortfall; tiers (V,): tier_spend,
    credit, level (index in the scenario, -1 below the first); share_excess (Q, T, H): above zero over the maximum,
    below zero under the minimum."""

    served: FloatArray
    unserved: FloatArray
    unserved_job: np.ndarray
    held: FloatArray
    held_spot: FloatArray
    moved: FloatArray
    spend_usd: FloatArray
    drawdown_usd: FloatArray
    carried_in_usd: FloatArray
    carried_out_usd: FloatArray
    shortfall_usd: FloatArray
    tier_spend_usd: FloatArray
    credit_usd: FloatArray
    level: np.ndarray
    share_excess: FloatArray


def consequences(problem: Problem, decisions: Decisions) -> Consequences:
    """All that docs/model.md defines from the decisions."""
    served = served_by_provider(problem, decisions)
    held, held_spot = held_instances(problem, decisions)
    spend = contract_spend_usd(problem, decisions)
    tier_spend, credit, level = tier_credits(problem, spend)
    drawdown, carried_in, carried_out, shortfall = settle_windows(problem, spend, credit)
    served_jobs = problem.runs.job[decisions.run]
    return Consequences(
        served=served,
        unserved=unserved_demand(problem, served),
        unserved_job=~np.isin(np.arange(len(problem.jobs.names)), served_jobs),
        held=held,
        held_spot=held_spot,
        moved=moved_units(problem, decisions),
        spend_usd=spend,
        drawdown_usd=drawdown,
        carried_in_usd=carried_in,
        carried_out_usd=carried_out,
        shortfall_usd=shortfall,
        tier_spend_usd=tier_spend,
        credit_usd=credit,
        level=level,
        share_excess=share_excess(problem, held),
    )


def _above_noise(values: FloatArray, scale: FloatArray) -> FloatArray:
    return np.where(values > NOISE * np.maximum(1.0, scale), values, 0.0)


def served_by_provider(problem: Problem, decisions: Decisions) -> FloatArray:
    """Units provisioned of each stream at each provider, shape (S, K, T, H)."""
    pairs, pools = problem.pairs, problem.pools
    shape = (problem.streams.count, len(pools.providers), *decisions.serve.shape[1:])
    total = np.zeros(shape)
    np.add.at(total, (pairs.stream, pools.provider[pairs.pool]), decisions.serve)
    return total


def unserved_demand(problem: Problem, by_provider: FloatArray) -> FloatArray:
    """Units left out: of the demand, or of what must outlive the loss of any provider; the larger. (S, T, H)."""
    demand, survive = problem.streams.demand, problem.streams.survive
    total = by_provider.sum(axis=1)
    missing = demand - total
    may_run = np.zeros(by_provider.shape[:2], dtype=bool)
    may_run[problem.pairs.stream, problem.pools.provider[problem.pairs.pool]] = True
    for lost in range(by_provider.shape[1]):
        asked = (survive > 0) & may_run[:, lost]
        after_loss = survive[:, None, None] * demand - (total - by_provider[:, lost])
        missing = np.where(asked[:, None, None], np.maximum(missing, after_loss), missing)
    return _above_noise(missing, demand)


def held_instances(problem: Problem, decisions: Decisions) -> tuple[FloatArray, FloatArray]:
    """Instances in use and held by runs, all and spot alone, shapes (P, T, H)."""
    pairs, runs = problem.pairs, problem.runs
    shape = (problem.pools.count, *decisions.serve.shape[1:])
    both = []
    for spot_only in (False, True):
        held = np.zeros(shape)
        chosen = pairs.spot if spot_only else np.ones(len(pairs.pool), dtype=bool)
        np.add.at(held, pairs.pool[chosen], decisions.serve[chosen] / pairs.throughput[chosen][:, None, None])
        active = decisions.run & (runs.spot if spot_only else True)
        keep = active[runs.hold_run]
        run, period = runs.hold_run[keep], runs.hold_period[keep]
        np.add.at(held, (runs.pool[run], period), runs.instances[run][:, None])
        both.append(held)
    return both[0], both[1]


def moved_units(problem: Problem, decisions: Decisions) -> FloatArray:
    """Units that left a pool beyond the fall of demand, shape (M, T)."""
    places = problem.places
    share = problem.calendar.slice_share
    mean = problem.streams.demand @ share
    x = np.zeros((len(places.stream), problem.calendar.periods))
    pairs = np.flatnonzero(places.of_pair >= 0)
    np.add.at(x, places.of_pair[pairs], decisions.serve[pairs] @ share)
    keep = kept_share(problem.streams.demand, share)[places.stream]
    moved = np.zeros_like(x)
    moved[:, 1:] = keep[:, 1:] * x[:, :-1] - x[:, 1:]
    return _above_noise(moved, np.maximum(x, mean[places.stream]))


def contract_spend_usd(problem: Problem, decisions: Decisions) -> FloatArray:
    """Spend billed under each contract before tier credits, shape (contracts, T)."""
    lines, cohorts = problem.lines, problem.cohorts
    spend = np.zeros((len(problem.contracts), problem.calendar.periods))
    under = lines.contract >= 0
    hours = np.einsum("lth,th->lt", decisions.rent[under], problem.calendar.slice_hours)
    np.add.at(spend, lines.contract[under], hours * lines.price_usd_per_hour[under])
    under = cohorts.contract >= 0
    np.add.at(spend, cohorts.contract[under], cohorts.payment_usd[under] * decisions.reserve[under][:, None])
    return spend


def tier_credits(problem: Problem, spend: FloatArray) -> tuple[FloatArray, FloatArray, np.ndarray]:
    """Spend, credit and level reached of each tier window, shapes (V,)."""
    tiers = problem.tiers
    totals = np.einsum("vt,vt->v", tiers.weight, spend[tiers.contract]) if len(tiers.contract) else np.zeros(0)
    band_total = totals[tiers.band_window]
    reached = band_total * (1 + REACHED) >= tiers.from_usd
    within = np.clip(band_total, tiers.from_usd, tiers.to_usd) - tiers.from_usd
    credit = np.zeros(len(totals))
    np.add.at(credit, tiers.band_window, np.where(reached, within * tiers.discount, 0.0))
    level = np.full(len(totals), -1)
    for band in np.flatnonzero(reached):
        window = tiers.band_window[band]
        level[window] = tiers.band_level[band]
        if tiers.all_units[window]:
            credit[window] = totals[window] * tiers.discount[band]
    return totals, credit, level


def settle_windows(
    problem: Problem, spend: FloatArray, credit: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Drawdown, carried in, carried out and shortfall of each commitment window in USD, shapes (W,)."""
    windows, tiers = problem.windows, problem.tiers
    count = len(windows.contract)
    drawdown = windows.spent_usd - tiers.counts_in @ credit
    if count:
        drawdown = drawdown + np.einsum("wt,wt->w", windows.weight, spend[windows.contract])
    carried_in, carried_out, shortfall = np.zeros(count), np.zeros(count), np.zeros(count)
    for window in range(count):
        if windows.previous[window] >= 0:
            carried_in[window] = carried_out[windows.previous[window]]
        excess = drawdown[window] + carried_in[window] - windows.promise_usd[window]
        tolerance = REACHED * max(1.0, windows.promise_usd[window])
        shortfall[window] = -excess if excess < -tolerance else 0.0
        carried_out[window] = min(max(excess, 0.0), windows.carry_limit_usd[window])
    return drawdown, carried_in, carried_out, shortfall


def share_excess(problem: Problem, held: FloatArray) -> FloatArray:
    """Accelerators or vCPUs above a provider's maximum share (positive) or below its minimum (negative), (Q, T, H)."""
    shares = problem.shares
    total = np.einsum("qp,pth->qth", shares.weight, held)
    of_provider = np.einsum("qp,pth->qth", shares.weight * shares.of_provider, held)
    over = of_provider - shares.max_share[:, None, None] * total
    under = shares.min_share[:, None, None] * total - of_provider
    excess = _above_noise(over, total) - _above_noise(under, total)
    return np.where(shares.present[:, :, None], excess, 0.0)
