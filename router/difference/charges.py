"""The bill by what it is for, with what a pool costs given to those who use it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from router.arrays import FloatArray, Ids
from router.difference.checked import period_numbers
from router.difference.codes import binned, codes_of
from router.difference.uses import Uses
from router.plan.document import BillCategory, Plan

CostKey = tuple[str, str | None, str | None]
"""Category, provider, workload (None for what belongs to none)."""

_CAPACITY = frozenset({BillCategory.USAGE.value, BillCategory.RESERVATION.value})
_OF_WORKLOADS = frozenset({BillCategory.DATA_TRANSFER.value, BillCategory.MIGRATION.value, BillCategory.UNSERVED.value})
_CATEGORY = itemgetter("category")
_REST = [itemgetter(field) for field in ("provider", "item", "purchase_option", "contract")]
_PERIOD, _AMOUNT, _QUANTITY = itemgetter("period"), itemgetter("amount_usd"), itemgetter("quantity")
_plain = str.__str__
"""A category as plain text, whose hash is quicker than that of an enum."""


@dataclass(frozen=True)
class Charges:
    """usd_of_uses (U, T): each use's share of its pool's cost, undiscounted. discounted_usd (B,): the bill by keys (B).

    reserved_usd_per_hour: what a reserved instance-hour costs on average, by pool and contract.
    """

    usd_of_uses: FloatArray
    keys: tuple[CostKey, ...]
    discounted_usd: FloatArray
    reserved_usd_per_hour: dict[tuple[str, str | None], float]


def charges_of(plan: Plan, uses: Uses) -> Charges:
    """A plan's bill. Usage and reservations of a pool are shared by instance-hours, period by period, spot and firm
    apart. Raises DifferenceError for a period there is not."""
    periods = len(plan.periods)
    discount = np.array([period.discount_factor for period in plan.periods])
    records: list[dict[str, Any]] = [line.__dict__ for line in plan.bill]
    count = len(records)
    categories = map(_plain, map(_CATEGORY, records))
    keys, code = codes_of(zip(categories, *(map(field, records) for field in _REST), strict=True), count)
    period = period_numbers(plan, "bill", map(_PERIOD, records), count)
    amount = np.fromiter(map(_AMOUNT, records), np.float64, count)
    by_line = binned(code * periods + period, amount, len(keys), periods)

    pools, of_use = codes_of([(pool, spot) for _, _, pool, spot in uses.keys], len(uses.keys))
    number = {pool: at for at, pool in enumerate(pools)}
    pool_of_line = np.array(
        [
            number.get((item, option == "spot"), -1) if category in _CAPACITY else -1
            for category, _, item, option, _ in keys
        ],
        dtype=np.int64,
    )
    taken = np.zeros((len(pools), periods))
    np.add.at(taken, of_use, uses.instance_hours)
    used = uses.instance_hours > 0
    share = np.divide(uses.instance_hours, taken[of_use], out=np.zeros_like(uses.instance_hours), where=used)
    paid = np.zeros((len(pools), periods))
    of_pools = pool_of_line >= 0
    np.add.at(paid, pool_of_line[of_pools], by_line[of_pools])

    sums: dict[CostKey, float] = {}
    discounted = by_line * discount
    workload_of = _workloads_of_items(plan, uses)
    for at, total in zip(np.flatnonzero(~of_pools).tolist(), discounted[~of_pools].sum(axis=1).tolist(), strict=True):
        category, provider, item, _, _ = keys[at]
        name = item.split(" > ", 1)[0]
        workload = workload_of.get(name, name.split("/", 1)[0]) if category in _OF_WORKLOADS else None
        _add(sums, (category, provider, workload), total)
    for at, pool in zip(np.flatnonzero(of_pools).tolist(), pool_of_line[of_pools].tolist(), strict=True):
        category, provider, _, _, _ = keys[at]
        users = np.flatnonzero(of_use == pool)
        for use, usd in zip(users.tolist(), (share[users] @ discounted[at]).tolist(), strict=True):
            _add(sums, (category, provider, uses.keys[use][0]), usd)
        # Periods in which nobody is in the pool: reserved and idle.
        _add(sums, (category, provider, None), float(discounted[at][taken[pool] == 0].sum()))
    return Charges(
        usd_of_uses=paid[of_use] * share,
        keys=tuple(sums),
        discounted_usd=np.array(list(sums.values())),
        reserved_usd_per_hour=_reserved_prices(records, keys, code, by_line.sum(axis=1)),
    )


def _add(sums: dict[CostKey, float], key: CostKey, usd: float) -> None:
    sums[key] = sums.get(key, 0.0) + usd


def _reserved_prices(
    records: list[dict[str, Any]], keys: tuple[tuple[Any, ...], ...], code: Ids, usd: FloatArray
) -> dict[tuple[str, str | None], float]:
    hours = np.bincount(code, np.fromiter(map(_QUANTITY, records), np.float64, len(records)), len(keys))
    return {
        (item, contract): float(usd[at] / hours[at])
        for at, (category, _, item, _, contract) in enumerate(keys)
        if category == BillCategory.RESERVATION.value and hours[at] > 0
    }


def _workloads_of_items(plan: Plan, uses: Uses) -> dict[str, str]:
    """Workloads by what the bill calls them or their streams (names may have slashes in them)."""
    streams = {(workload, stream) for workload, stream, _, _ in uses.keys}
    streams.update((record.workload, record.stream) for record in plan.unserved)
    return {workload if stream is None else f"{workload}/{stream}": workload for workload, stream in streams}
