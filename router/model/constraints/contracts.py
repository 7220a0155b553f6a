"""Contract spend, commitment windows and price tiers."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray, Ids
from router.model.rows import Rows, Term, make_rows, row_ids
from router.problem.commitments import CommitmentWindows, TierWindows

BELOW = 1e-6
"""Share of a threshold by which spend stays below it: more than the solver's tolerance."""


def contract_spend(
    spend: Ids,
    rent: Ids,
    rent_run: Ids,
    line_contract: Ids,
    rent_cost: FloatArray,
    reserve: Ids,
    cohort_contract: Ids,
    payment: FloatArray,
) -> Rows:
    """``spend[c,t] = sum price * hours * rent + sum payment(t) * reserve`` over what is billed under c.

    spend (contracts, T) and rent, rent_run (L, T, H) column ids; rent_cost (L, T, H) in money units;
    line_contract (L,), -1 for none; reserve (R,), cohort_contract (R,), payment (R, T) in money units.
    """
    ids = row_ids(spend >= 0)
    lines, cohorts = line_contract >= 0, cohort_contract >= 0
    terms: list[Term] = [
        (ids, spend, 1.0),
        (ids[line_contract[lines]][:, :, None], rent[lines], -rent_cost[lines]),
        (ids[line_contract[lines]][:, :, None], rent_run[lines], -rent_cost[lines]),
        (ids[cohort_contract[cohorts]], reserve[cohorts][:, None], -payment[cohorts]),
    ]
    return make_rows("contract_spend", ("contract", "period"), ids, terms, lower=0.0, upper=0.0)


def commitment_window(
    spend: Ids,
    shortfall: Ids,
    carry: Ids,
    band: Ids,
    windows: CommitmentWindows,
    tiers: TierWindows,
    usd_per_unit: float,
) -> Rows:
    """``sum_t a(t,w) * spend[c,t] - credits + carry[w-1] + shortfall[w] - carry[w] >= promise[w] - spent_to_date[w]``.

    Column ids: spend (contracts, T); shortfall, carry (W,); band (B,).
    """
    ids = row_ids(np.ones(len(windows.contract), dtype=bool))
    follows = windows.previous >= 0
    terms: list[Term] = [
        (ids[:, None], spend[windows.contract], windows.weight),
        (ids[:, None], band[None, :], -windows_credit(tiers)),
        (ids, shortfall, 1.0),
        (ids, carry, -1.0),
        (ids[follows], carry[windows.previous[follows]], 1.0),
    ]
    lower = (windows.promise_usd - windows.spent_usd) / usd_per_unit
    return make_rows("commitment_window", ("window",), ids, terms, lower=lower)


def shortfall_or_none(
    shortfall: Ids, carries: Ids, windows: CommitmentWindows, most_credit: FloatArray, usd_per_unit: float
) -> Rows:
    """``shortfall[w] <= (promise[w] + credits) * (1 - carries[w])``: who carries forward has no shortfall.

    Column ids: shortfall, carries (W,), -1 where a window cannot carry forward. Without this, a shortfall could be paid
    early for the next window to have less of it, which pays where cash is short later. most_credit (W,): no credits
    take more drawdown back (USD): a window without spend may miss more than its promise.
    """
    ids = row_ids(carries >= 0)
    most = (windows.promise_usd + most_credit) / usd_per_unit
    terms: list[Term] = [(ids, shortfall, 1.0), (ids, carries, most)]
    return make_rows("shortfall_or_none", ("window",), ids, terms, upper=most)


def carry_or_none(
    carry: Ids, carries: Ids, windows: CommitmentWindows, spend_limit: FloatArray, usd_per_unit: float
) -> Rows:
    """``carry[w] <= limit[w] * carries[w]``, the limit being the contract's or what could be spent and carried at most.

    Column ids: carry, carries (W,). spend_limit (W,): no plan spends more in the window (USD).
    """
    ids = row_ids(carries >= 0)
    most = np.zeros(len(spend_limit))
    for window, previous in enumerate(windows.previous):
        carried_in = most[previous] if previous >= 0 else 0.0
        reach = spend_limit[window] + windows.spent_usd[window] + carried_in - windows.promise_usd[window]
        most[window] = min(windows.carry_limit_usd[window], max(0.0, reach))
    terms: list[Term] = [(ids, carry, 1.0), (ids, carries, -most / usd_per_unit)]
    return make_rows("carry_or_none", ("window",), ids, terms, upper=0.0)


def most_credit_usd(tiers: TierWindows, spend_limit: FloatArray) -> FloatArray:
    """No plan's credits take more drawdown of a commitment window back, shape (W,). spend_limit (V,) USD."""
    highest = np.zeros(len(spend_limit))
    np.maximum.at(highest, tiers.band_window, tiers.discount)
    return np.asarray(tiers.counts_in @ (highest * spend_limit))


def windows_credit(tiers: TierWindows) -> FloatArray:
    """Credit that counts in each commitment window per unit of spend in each band, shape (W, B)."""
    return np.asarray(tiers.counts_in[:, tiers.band_window] * tiers.discount[None, :])


def tier_spend(spend: Ids, band: Ids, tiers: TierWindows) -> Rows:
    """``sum_k band[w,k] = sum_t a(t,w) * spend[c,t]`` for every tier window.

    Column ids: spend (contracts, T); band (B,).
    """
    ids = row_ids(np.ones(len(tiers.contract), dtype=bool))
    terms: list[Term] = [
        (ids[tiers.band_window], band, 1.0),
        (ids[:, None], spend[tiers.contract], -tiers.weight),
    ]
    return make_rows("tier_spend", ("tier",), ids, terms, lower=0.0, upper=0.0)


def tier_upper(band: Ids, level: Ids, tiers: TierWindows, spend_limit: FloatArray, usd_per_unit: float) -> Rows:
    """``band[w,k] <= (from[k+1] - from[k]) * level[w,k]`` (graduated).

    ``band[w,k] <= from[k+1] * level[w,k]`` (all units).

    spend_limit (V,): no plan spends more in the window (USD); it ends the last level. Where a level for all units is
    worth less than the one before, that one ends a millionth below its threshold: at the threshold it is reached.
    """
    ids = row_ids(level >= 0)
    end = np.minimum(tiers.to_usd, np.maximum(spend_limit[tiers.band_window], tiers.from_usd))
    all_units = tiers.all_units[tiers.band_window]
    falls = all_units & np.isfinite(tiers.to_usd) & (np.roll(tiers.discount, -1) < tiers.discount)
    end = np.where(falls, end - BELOW * np.maximum(end, usd_per_unit), end)
    width = end - np.where(all_units, 0.0, tiers.from_usd)
    terms: list[Term] = [(ids, band, 1.0), (ids, level, -width / usd_per_unit)]
    return make_rows("tier_upper", ("band",), ids, terms, upper=0.0)


def tier_lower(band: Ids, level: Ids, tiers: TierWindows, usd_per_unit: float) -> Rows:
    """``band[w,k] >= (from[k+1] - from[k]) * level[w,k+1]`` (graduated).

    ``band[w,k] >= from[k] * level[w,k]`` (all units).
    """
    last = np.append(tiers.band_window[1:] != tiers.band_window[:-1], True)
    all_units = tiers.all_units[tiers.band_window]
    ids = row_ids((level >= 0) & (all_units | ~last))
    following = np.where(last, -1, np.roll(level, -1))
    switch = np.where(all_units, level, following)
    width = np.where(all_units, tiers.from_usd, np.where(last, 0.0, tiers.to_usd - tiers.from_usd))
    terms: list[Term] = [(ids, band, 1.0), (ids, switch, -width / usd_per_unit)]
    return make_rows("tier_lower", ("band",), ids, terms, lower=0.0)


def one_tier_level(level: Ids, tiers: TierWindows) -> Rows:
    """``sum_k level[w,k] = 1`` where the level reached applies to all units."""
    ids = row_ids(tiers.all_units & tiers.needs_levels)
    return make_rows("one_tier_level", ("tier",), ids, [(ids[tiers.band_window], level, 1.0)], lower=1.0, upper=1.0)
