"""Contract windows as arrays: commitments and price tiers, prorated where the horizon cuts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.problem.calendar import Calendar
from router.scenario.contract import CarryForward, Commitment, Contract
from router.scenario.dates import windows_of


@dataclass(frozen=True)
class CommitmentWindows:
    """W windows of commitments that overlap the horizon, in order of contract, commitment, date.

    weight (W, T): share of a period's spend under the contract that counts; promise_usd, full_promise_usd,
    spent_usd, rate, carry_limit_usd (W,), inf without limit and 0 without carry-forward; previous (W,): the window that
    carries into this one, -1 where none does; settled_in (W,) period.
    """

    contract: NDArray[np.int64]
    commitment: tuple[str, ...]
    start: tuple[date, ...]
    end: tuple[date, ...]
    counted_from: tuple[date, ...]
    counted_to: tuple[date, ...]
    weight: FloatArray
    full_promise_usd: FloatArray
    promise_usd: FloatArray
    spent_usd: FloatArray
    rate: FloatArray
    carry_limit_usd: FloatArray
    previous: NDArray[np.int64]
    settled_in: NDArray[np.int64]


@dataclass(frozen=True)
class TierWindows:
    """V tier windows and B bands (levels of windows, in order).

    weight (V, T); settled_in (V,); counts_in (W, V): share of a window's credit that counts in a commitment's window;
    needs_levels (V,) bool: binaries decide; all_units (V,) bool. Bands: band_window (B,), from_usd, to_usd
    (B,) prorated thresholds (inf for the last), discount (B,). A band from 0 without discount is added where the
    first level starts above 0.
    band_level (B,): index of the level in the scenario, -1 for the added one.
    """

    contract: NDArray[np.int64]
    start: tuple[date, ...]
    end: tuple[date, ...]
    weight: FloatArray
    settled_in: NDArray[np.int64]
    counts_in: FloatArray
    needs_levels: NDArray[np.bool_]
    all_units: NDArray[np.bool_]
    band_window: NDArray[np.int64]
    band_level: NDArray[np.int64]
    from_usd: FloatArray
    to_usd: FloatArray
    discount: FloatArray


@dataclass(frozen=True)
class _Cut:
    """A window and what of it the horizon holds."""

    start: date
    end: date
    counted_from: date
    counted_to: date
    weight: FloatArray
    settled_in: int

    @property
    def share(self) -> float:
        return (self.counted_to - self.counted_from).days / (self.end - self.start).days


def _cut(start: date, end: date, calendar: Calendar, spent_to_date: bool) -> _Cut | None:
    first, last = max(start, calendar.horizon_start), min(end, calendar.horizon_end)
    if first >= last:
        return None
    return _Cut(
        start=start,
        end=end,
        counted_from=start if spent_to_date else first,
        counted_to=last,
        weight=calendar.overlap_share(start, end),
        settled_in=calendar.last_period_overlapping(start, end),
    )


def build_commitments(contracts: Mapping[str, Contract], calendar: Calendar) -> CommitmentWindows:
    """Windows of all commitments of all contracts."""
    rows: list[tuple[int, str, _Cut, float, float, float, float, int]] = []
    for index, contract in enumerate(contracts.values()):
        for name, commitment in contract.commitments.items():
            previous = -1
            for start, end, amount in _amounts(commitment, contract):
                holds_start = start <= calendar.horizon_start < end
                spent = commitment.spent_to_date_usd if holds_start else None
                cut = _cut(start, end, calendar, spent is not None)
                if cut is None:
                    continue
                promise = amount * cut.share
                rows.append(
                    (
                        index,
                        name,
                        cut,
                        amount,
                        spent or 0.0,
                        commitment.shortfall_rate,
                        _carry_limit(commitment, promise),
                        previous,
                    )
                )
                previous = len(rows) - 1
    cuts = [row[2] for row in rows]

    def column(position: int) -> FloatArray:
        return np.array([row[position] for row in rows], dtype=np.float64)

    return CommitmentWindows(
        contract=np.array([row[0] for row in rows], dtype=np.int64),
        commitment=tuple(row[1] for row in rows),
        start=tuple(cut.start for cut in cuts),
        end=tuple(cut.end for cut in cuts),
        counted_from=tuple(cut.counted_from for cut in cuts),
        counted_to=tuple(cut.counted_to for cut in cuts),
        weight=np.array([cut.weight for cut in cuts]).reshape(len(rows), calendar.periods),
        full_promise_usd=column(3),
        promise_usd=column(3) * np.array([cut.share for cut in cuts]),
        spent_usd=column(4),
        rate=column(5),
        carry_limit_usd=column(6),
        previous=np.array([row[7] for row in rows], dtype=np.int64),
        settled_in=np.array([cut.settled_in for cut in cuts], dtype=np.int64),
    )


def _amounts(commitment: Commitment, contract: Contract) -> Iterator[tuple[date, date, float]]:
    if commitment.windows is not None:
        for window in sorted(commitment.windows, key=lambda window: window.start):
            yield window.start, window.end, window.amount_usd
        return
    amount = commitment.amount_usd
    for position, (start, end) in enumerate(windows_of(commitment.window or "term", contract)):
        if isinstance(amount, list):
            yield start, end, amount[position]
        else:
            yield start, end, amount or 0.0


def _carry_limit(commitment: Commitment, promise: float) -> float:
    carry = commitment.carry_forward
    if isinstance(carry, CarryForward):
        return np.inf if carry.max_share is None else carry.max_share * promise
    return np.inf if carry else 0.0


def build_tiers(
    contracts: Mapping[str, Contract], cash_has_ceilings: bool, calendar: Calendar, windows: CommitmentWindows
) -> TierWindows:
    """Tier windows of all contracts and their bands."""
    rows: list[tuple[int, _Cut, bool, bool]] = []
    bands: list[tuple[int, int, float, float, float]] = []
    for index, contract in enumerate(contracts.values()):
        if contract.tiers is None:
            continue
        levels = [(level.from_usd, level.discount, number) for number, level in enumerate(contract.tiers.levels)]
        if levels[0][0] > 0:
            levels.insert(0, (0.0, 0.0, -1))
        discounts = [discount for _, discount, _ in levels]
        rising = any(later > earlier for earlier, later in pairwise(discounts))
        all_units = contract.tiers.method == "all_units" and len(levels) > 1
        for start, end in windows_of(contract.tiers.window, contract):
            cut = _cut(start, end, calendar, spent_to_date=False)
            if cut is None:
                continue
            for position, (from_usd, discount, number) in enumerate(levels):
                following = levels[position + 1][0] * cut.share if position + 1 < len(levels) else np.inf
                bands.append((len(rows), number, from_usd * cut.share, following, discount))
            rows.append((index, cut, all_units, rising or all_units))
    of_contract = np.array([row[0] for row in rows], dtype=np.int64)
    settled_in = np.array([row[1].settled_in for row in rows], dtype=np.int64)
    counts_in = np.zeros((len(windows.contract), len(rows)))
    for tier, (contract_index, cut, _, _) in enumerate(rows):
        for window in np.flatnonzero(windows.contract == contract_index):
            first = max(cut.counted_from, windows.start[window])
            last = min(cut.counted_to, windows.end[window])
            counts_in[window, tier] = max(0, (last - first).days) / (cut.counted_to - cut.counted_from).days
    return TierWindows(
        contract=of_contract,
        start=tuple(row[1].start for row in rows),
        end=tuple(row[1].end for row in rows),
        weight=np.array([row[1].weight for row in rows]).reshape(len(rows), calendar.periods),
        settled_in=settled_in,
        counts_in=counts_in,
        needs_levels=np.array([row[3] for row in rows], dtype=bool)
        | _order_matters(cash_has_ceilings, windows, counts_in, settled_in, calendar),
        all_units=np.array([row[2] for row in rows], dtype=bool),
        band_window=np.array([band[0] for band in bands], dtype=np.int64),
        band_level=np.array([band[1] for band in bands], dtype=np.int64),
        from_usd=np.array([band[2] for band in bands], dtype=np.float64),
        to_usd=np.array([band[3] for band in bands], dtype=np.float64),
        discount=np.array([band[4] for band in bands], dtype=np.float64),
    )


def _order_matters(
    cash_has_ceilings: bool,
    windows: CommitmentWindows,
    counts_in: FloatArray,
    settled_in: NDArray[np.int64],
    calendar: Calendar,
) -> NDArray[np.bool_]:
    """Tier windows whose levels must be held in order even where their discounts fall, shape (V,).

    A credit takes back drawdown. Where the shortfalls that it may cause cost more than the credit brings (paid earlier,
    or under several commitments at once), or cash has a ceiling, filling a later level first could look cheaper.
    """
    if cash_has_ceilings:
        return np.asarray((counts_in > 0).any(axis=0))
    # What is carried forward may be missed in a later window, which weighs more where money grows dearer.
    heaviest_from = np.maximum.accumulate(calendar.discount[::-1])[::-1]
    may_cost = (windows.rate * heaviest_from[windows.settled_in]) @ counts_in
    return np.asarray(may_cost > calendar.discount[settled_in] * (1 + 1e-12))
