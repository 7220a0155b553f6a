"""Why a commitment is missed: what room its pools have, what using it would cost, what a dollar missed does beside."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.report import numbers
from router.why.explainer import Explainer
from router.why.plan_book import ROUND_OFF
from router.why.worth import Worth

_SOME = 1e-3
"""Share below which there is none of a thing worth a word."""
_WORTH_A_WORD = 0.01
_OTHERS = "on demand, on spot or under other contracts"


def is_short(worth: Worth) -> bool:
    """Whether the promise is missed."""
    return worth.limit.left > ROUND_OFF * max(1.0, worth.limit.total)


class WhyShort:
    """Reasons of one commitment window of a plan."""

    def __init__(self, explainer: Explainer, window: int) -> None:
        self._explainer = explainer
        self._book = explainer.book
        self._window = window
        problem = explainer.book.problem
        self._problem = problem
        self._contract = int(problem.windows.contract[window])
        hours = problem.calendar.slice_hours * problem.windows.weight[window][:, None]
        sold = self._sold()
        capacity = np.where(sold, problem.pools.capacity, 0.0)[:, :, None]
        self._there = capacity * hours
        """Instance-hours that the contract's pools have in the window, shape (P, T, H)."""
        self._used = np.minimum(self._book.used, capacity) * hours
        """Of these in use, rented or reserved."""
        self._room_usd = np.maximum(0.0, self._there - self._used) * self._price()[:, :, None]
        """What renting the rest would draw down, shape (P, T, H)."""

    def words(self, worth: Worth) -> Iterator[str]:
        """What is known without solving anything: nothing where the window is not short and costs what was agreed."""
        if is_short(worth):
            yield self._room_words(worth.limit.left)
        yield from self._above_rate(worth)

    def move_words(self) -> str:
        """What it would cost to use what most is left of; empty where nothing is left or nothing could move there."""
        pool = self._roomiest()
        if pool is None:
            return ""
        left = self._room_usd[pool]
        period, part = (int(axis) for axis in np.unravel_index(int(np.argmax(left)), left.shape))
        stream = self._stream_elsewhere(pool, period, part)
        if stream is None:
            return ""
        why = self._explainer.served(stream, period, part)
        name = self._problem.pools.names[pool]
        there = next((place for place in why.others if place.pool == name and not place.spot), None)
        if there is None:
            return ""
        what = f"{why.stream} in {self._book.when(period, part)}, the most that could move to {name}"
        if not np.isfinite(there.move_usd):
            return f"{what}: there is no room for it ({there.note})."
        least = _SOME * (there.move.size_usd if there.move is not None else 0.0)
        more = "nothing" if there.move_usd <= least else f"{numbers.price(there.move_usd)} an hour"
        blocked = f"; in the way: the {there.blocks[0].limit.name}" if there.blocks else ""
        return (
            f"{what}: moving a unit from {why.here.name} would cost {more} in all, with the shortfall that it "
            f"avoids taken off{blocked}."
        )

    def _sold(self) -> BoolArray:
        """Whether a pool can be had under the contract in a period, shape (P, T)."""
        lines, cohorts = self._problem.lines, self._problem.cohorts
        sold = np.zeros(self._problem.pools.capacity.shape, dtype=bool)
        mine = lines.contract == self._contract
        np.logical_or.at(sold, lines.pool[mine], lines.available[mine])
        mine = cohorts.contract == self._contract
        np.logical_or.at(sold, cohorts.pool[mine], cohorts.covers[mine])
        return sold

    def _price(self) -> FloatArray:
        """What an hour of an instance draws down, the dearest way under the contract, shape (P, T); 0 for none."""
        lines, cohorts = self._problem.lines, self._problem.cohorts
        price = np.zeros(self._problem.pools.capacity.shape)
        mine = lines.contract == self._contract
        np.maximum.at(price, lines.pool[mine], np.where(lines.available, lines.price_usd_per_hour, 0.0)[mine])
        mine = cohorts.contract == self._contract
        reserved = np.where(cohorts.covers, cohorts.price_usd_per_hour[:, None], 0.0)
        np.maximum.at(price, cohorts.pool[mine], reserved[mine])
        return price

    def _roomiest(self) -> int | None:
        """The pool in which most could still be drawn down; None where all are full."""
        room, there = self._room_usd.sum(axis=(1, 2)), self._there.sum(axis=(1, 2))
        has_room = self._used.sum(axis=(1, 2)) < (1 - ROUND_OFF) * there
        return int(np.argmax(np.where(has_room, room, -1.0))) if has_room.any() else None

    def _room_words(self, missing_usd: float) -> str:
        there, used = self._there.sum(axis=(1, 2)), self._used.sum(axis=(1, 2))
        pools = np.flatnonzero(there > 0)
        start = "Why it is short:"
        contract = self._problem.contracts[self._contract]
        if not len(pools):
            return f"{start} {contract} has no capacity to rent in the window."
        other = self._other_words(float(used.sum()))
        named = f"the pool of {contract} is" if len(pools) == 1 else f"the {len(pools)} pools of {contract} are"
        roomiest = self._roomiest()
        if roomiest is None:
            return f"{start} {named} full throughout the window{other}."
        room_usd = float(self._room_usd.sum())
        text = f"{start} {named} {numbers.share(float(used.sum() / there.sum()))} in use in the window{other}"
        most = "" if len(pools) == 1 else f", most of it in {self._problem.pools.names[roomiest]}"
        text += f". What is left would draw down at most {numbers.money(room_usd)} more{most}"
        less = ", less than is missing" if room_usd < missing_usd else ""
        return f"{text}{less}: that would cost the plan more than the shortfall that it avoids."

    def _other_words(self, used: float) -> str:
        """How much of what is in use does not count for the contract."""
        lines, cohorts = self._problem.lines, self._problem.cohorts
        hours = self._problem.calendar.slice_hours * self._problem.windows.weight[self._window][:, None]
        mine = np.flatnonzero(lines.contract == self._contract)
        counted = float((self._book.rented[mine] * hours).sum())
        ids = self._book.model.columns.ids("reserve")
        for cohort in np.flatnonzero((cohorts.contract == self._contract) & (ids >= 0)):
            covered = hours.sum(axis=1) @ cohorts.covers[cohort]
            counted += self._book.value(int(ids[cohort])) * float(covered)
        beside = 1.0 - counted / used if used > 0 else 0.0
        return (
            f"; {numbers.share(beside)} of that is rented {_OTHERS}, which draws nothing down" if beside > 0.01 else ""
        )

    def _above_rate(self, worth: Worth) -> Iterator[str]:
        """Why a dollar more costs more than what is to be paid for a dollar missed."""
        rate = float(self._problem.windows.rate[self._window])
        if worth.more is None or worth.more.cost_usd <= rate * (1 + _SOME) + _SOME:
            return
        above, settled = worth.more.cost_usd - rate, int(self._problem.windows.settled_in[self._window])
        start = f"The {above * 100:.1f} c above the shortfall rate of {numbers.share(rate)}"
        ceiling = self._full_ceiling(settled)
        if ceiling is not None:
            yield (
                f"{start}: a shortfall is paid in {self._book.period(settled)}, and the cash ceiling of {ceiling} is "
                "reached, so that the dollar is missing for something worth more, or what is over is penalised."
            )
        else:
            yield (
                f"{start}: with what the plan has decided held (which windows carry forward, price tiers), a dollar "
                "more cannot just be missed here: it is spent, or missing in a later window, in money of this one."
            )

    def _full_ceiling(self, period: int) -> int | None:
        """The year of the ceiling that what is settled in a period counts against, where it is reached."""
        cash = self._problem.cash
        for ceiling in np.flatnonzero(cash.by_last_day[:, period] > 0).tolist():
            limit = self._explainer.limits.cash(ceiling)
            if limit.left <= ROUND_OFF * limit.total:
                return int(cash.year[ceiling])
        return None

    def _stream_elsewhere(self, pool: int, period: int, part: int) -> int | None:
        """The stream that may run in a pool and has most instances elsewhere at the time."""
        pairs, book = self._problem.pairs, self._book
        may = {
            int(pairs.stream[pair])
            for pair in np.flatnonzero((pairs.pool == pool) & ~pairs.spot)
            if book.column("serve", int(pair), period, part) >= 0
        }
        held = np.zeros(self._problem.streams.count)
        elsewhere = pairs.pool != pool
        np.add.at(held, pairs.stream[elsewhere], (book.served[:, period, part] / pairs.throughput)[elsewhere])
        best = max(may, key=lambda stream: held[stream], default=None)
        return best if best is not None and held[best] > 0 else None
