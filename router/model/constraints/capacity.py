"""What is in use is rented or reserved, and fits the pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.model.rows import Rows, Term, make_rows, row_ids

AXES = ("pool", "period", "slice")


@dataclass(frozen=True)
class Use:
    """What may use instances of the pools: serving pairs (N) and candidate runs with what they hold (K triplets).

    serve (N, T, H) column ids; pair_pool, pair_spot, throughput (N,); run (C,) column ids; run_pool, run_spot,
    run_instances (C,); hold_run, hold_period, hold_share (K,).
    """

    serve: Ids
    pair_pool: Ids
    pair_spot: BoolArray
    throughput: FloatArray
    run: Ids
    run_pool: Ids
    run_spot: BoolArray
    run_instances: FloatArray
    hold_run: Ids
    hold_period: Ids
    hold_share: FloatArray

    def may_run(self, shape: tuple[int, ...]) -> BoolArray:
        """Pools and periods that a candidate run holds, shape (P, T)."""
        held = np.zeros(shape, dtype=bool)
        held[self.run_pool[self.hold_run], self.hold_period] = True
        return held

    def serving(self, ids: Ids, pairs: BoolArray, sign: float) -> Term:
        """``sign * sum_s serve / n`` in the rows ids (P, T, H) of each pair's pool."""
        per_instance = (sign / self.throughput[pairs])[:, None, None]
        return ids[self.pair_pool[pairs]], self.serve[pairs], per_instance

    def running(self, ids: Ids, runs: BoolArray, sign: float, paid: bool) -> Term:
        """``sign * n * run`` (times f(t) where ``paid``) in the rows of each period that a run holds."""
        chosen = runs[self.hold_run]
        run, period = self.hold_run[chosen], self.hold_period[chosen]
        share = self.hold_share[chosen] if paid else np.ones(len(run))
        coefficient = sign * self.run_instances[run] * share
        return ids[self.run_pool[run], period], self.run[run][:, None], coefficient[:, None]

    def ending(self, ids: Ids, runs: BoolArray, sign: float) -> Term:
        """``sign * f(t) * n * run`` in the rows of the period within which a run ends (f(t) below 1)."""
        chosen = runs[self.hold_run] & (self.hold_share < 1.0)
        run, period = self.hold_run[chosen], self.hold_period[chosen]
        coefficient = sign * self.run_instances[run] * self.hold_share[chosen]
        return ids[self.run_pool[run], period], self.run[run][:, None], coefficient[:, None]


@dataclass(frozen=True)
class Purchases:
    """What can be rented (L lines) and reserved (R cohorts).

    rent, rent_run (L, T, H) column ids: whole instances (where the pool's are whole) and hours of runs beside them;
    line_pool, line_spot (L,); reserve (R,) column ids; cohort_pool (R,); covers (R, T) bool.
    """

    rent: Ids
    rent_run: Ids
    line_pool: Ids
    line_spot: BoolArray
    reserve: Ids
    cohort_pool: Ids
    covers: BoolArray

    def rented(self, ids: Ids, lines: BoolArray) -> list[Term]:
        """``sum_l rent + rent_run`` in the rows ids (P, T, H) of each line's pool."""
        rows = ids[self.line_pool[lines]]
        return [(rows, self.rent[lines], 1.0), (rows, self.rent_run[lines], 1.0)]

    def reserved(self, ids: Ids) -> Term:
        """``sum of active reservations`` in the rows ids (P, T) or (P, T, H) of each cohort's pool."""
        cohort, period = np.nonzero(self.covers & (self.reserve >= 0)[:, None])
        rows = ids[self.cohort_pool[cohort], period]
        columns = self.reserve[cohort]
        return (rows, columns if rows.ndim == 1 else columns[:, None], 1.0)


def rental_cover(use: Use, purchases: Purchases, capacity: FloatArray) -> Rows:
    """``sum_l rent + active reservations >= use_firm + sum_runs f(t) * n * run`` in every pool, period and slice.

    capacity (P, T) instances: where there is none, there is nothing to cover.
    """
    ids = row_ids(_by_slice(capacity > 0, use.serve.shape[2]))
    terms = [
        *purchases.rented(ids, ~purchases.line_spot),
        purchases.reserved(ids),
        use.serving(ids, ~use.pair_spot, -1.0),
        use.running(ids, ~use.run_spot, -1.0, paid=True),
    ]
    return make_rows("rental_cover", AXES, ids, terms, lower=0.0)


def spot_cover(use: Use, purchases: Purchases, spot_capacity: FloatArray) -> Rows:
    """``sum_l rent >= use_spot + sum_runs f(t) * n * run`` over spot lines and runs.

    spot_capacity (P, T) instances.
    """
    ids = row_ids(_by_slice(spot_capacity > 0, use.serve.shape[2]))
    terms = [
        *purchases.rented(ids, purchases.line_spot),
        use.serving(ids, use.pair_spot, -1.0),
        use.running(ids, use.run_spot, -1.0, paid=True),
    ]
    return make_rows("spot_cover", AXES, ids, terms, lower=0.0)


def run_rental(use: Use, purchases: Purchases) -> Rows:
    """``sum_l rent_run[l,t,h] <= sum_{runs that end within t} f(t) * n * run``, firm and spot each on their own.

    In a pool of whole instances, a run that ends within a period pays for its hours and not for whole instances. In the
    periods that it fills it takes whole ones: what serves cannot share an instance with it.
    """
    lines = purchases.line_pool, purchases.line_spot.astype(int)
    pools = int(max(lines[0].max(initial=-1), use.run_pool.max(initial=-1))) + 1
    present = np.zeros((2, pools, *purchases.rent_run.shape[1:]), dtype=bool)
    np.logical_or.at(present, (lines[1], lines[0]), purchases.rent_run >= 0)
    ids = row_ids(present)
    terms: list[Term] = [(ids[lines[1], lines[0]], purchases.rent_run, 1.0)]
    for spot in (0, 1):
        terms.append(use.ending(ids[spot], use.run_spot == bool(spot), -1.0))
    return make_rows("run_rental", ("spot", "pool", "period", "slice"), ids, terms, upper=0.0)


def pool_capacity(use: Use, capacity: FloatArray) -> Rows:
    """``use_firm + use_spot + sum_{runs touching t} n * run <= capacity[p,t]`` in every slice.

    capacity (P, T) instances. Where no run may hold instances, rental_cover, spot_cover and rented_capacity
    already say this, and there is no row.
    """
    ids = row_ids(_by_slice((capacity > 0) & use.may_run(capacity.shape), use.serve.shape[2]))
    every_pair = np.ones(len(use.pair_pool), dtype=bool)
    every_run = np.ones(len(use.run), dtype=bool)
    terms = [use.serving(ids, every_pair, 1.0), use.running(ids, every_run, 1.0, paid=False)]
    return make_rows("pool_capacity", AXES, ids, terms, upper=capacity[:, :, None])


def spot_capacity(use: Use, capacity: FloatArray) -> Rows:
    """``use_spot + sum_{spot runs touching t} n * run <= spot_capacity[p,t]`` in every slice.

    capacity (P, T): the spot capacity, in instances.
    """
    ids = row_ids(_by_slice(capacity > 0, use.serve.shape[2]))
    terms = [use.serving(ids, use.pair_spot, 1.0), use.running(ids, use.run_spot, 1.0, paid=False)]
    return make_rows("spot_capacity", AXES, ids, terms, upper=capacity[:, :, None])


def rented_capacity(purchases: Purchases, capacity: FloatArray) -> Rows:
    """``sum_l rent[l,t,h] + active reservations <= capacity[p,t]``: also what is rented and stands idle must exist.

    capacity (P, T) instances.
    """
    ids = row_ids(_by_slice(capacity > 0, purchases.rent.shape[2]))
    every_line = np.ones(len(purchases.line_pool), dtype=bool)
    terms = [*purchases.rented(ids, every_line), purchases.reserved(ids)]
    return make_rows("rented_capacity", AXES, ids, terms, upper=capacity[:, :, None])


def spot_rented(purchases: Purchases, spot_capacity: FloatArray) -> Rows:
    """``sum_{l spot of p} rent[l,t,h] <= spot_capacity[p,t]`` where several contracts may bill a pool's spot.

    A pool's only spot line has this limit as the bound of its columns. spot_capacity (P, T) instances.
    """
    lines = np.bincount(purchases.line_pool[purchases.line_spot], minlength=len(spot_capacity))
    ids = row_ids(_by_slice((spot_capacity > 0) & (lines > 1)[:, None], purchases.rent.shape[2]))
    terms = purchases.rented(ids, purchases.line_spot)
    return make_rows("spot_rented", AXES, ids, terms, upper=spot_capacity[:, :, None])


def rental_limit(purchases: Purchases, line_offer: Ids, max_instances: FloatArray) -> Rows:
    """``sum_{lines of the offer} rent[l,t,h] + rent_run[l,t,h] <= max_instances(t)``.

    line_offer (L,); max_instances (L, T), inf where there is no limit.
    """
    return _offer_limit("rental_limit", (purchases.rent, purchases.rent_run), line_offer, max_instances)


def reservation_limit(reserve: Ids, cohort_offer: Ids, covers: BoolArray, max_instances: FloatArray) -> Rows:
    """``sum_{active reservations of the offer} reserve <= max_instances(t)``.

    reserve (R,) column ids; cohort_offer (R,); covers (R, T) bool; max_instances (R, T).
    """
    by_period = np.where(covers, reserve[:, None], -1)
    return _offer_limit("reservation_limit", (by_period[:, :, None],), cohort_offer, max_instances)


def _offer_limit(family: str, blocks: tuple[Ids, ...], offer: Ids, max_instances: FloatArray) -> Rows:
    offers = int(offer.max()) + 1 if len(offer) else 0
    limit = np.full((offers, max_instances.shape[1]), np.inf)
    limit[offer] = max_instances
    used = np.zeros((offers, *blocks[0].shape[1:]), dtype=bool)
    for columns in blocks:
        np.logical_or.at(used, offer, columns >= 0)
    ids = row_ids(used & np.isfinite(limit)[:, :, None])
    terms: list[Term] = [(ids[offer], columns, 1.0) for columns in blocks]
    return make_rows(family, ("offer", "period", "slice"), ids, terms, upper=limit[:, :, None])


def _by_slice(mask: BoolArray, slices: int) -> BoolArray:
    return np.ascontiguousarray(np.broadcast_to(mask[:, :, None], (*mask.shape, slices)))
