"""The limits of a plan, each made on demand: which rows and bounds of the program it stands in."""

from __future__ import annotations

import numpy as np

from router.why.fixed_program import Frame
from router.why.limit import Limit, LimitKind
from router.why.plan_book import PlanBook
from router.why.shift import Change, shift_of


class Limits:
    """Makes limits of a plan. Indices are the problem's; ``part`` is a slice, None for all slices at once."""

    def __init__(self, book: PlanBook) -> None:
        self._book = book
        self._problem = book.problem
        self._slices = range(len(book.problem.calendar.slices))

    def capacity(self, pool: int, period: int, part: int | None = None) -> Limit:
        """Instances of a pool in a period: every row and bound that the capacity stands in."""
        book, pools, lines = self._book, self._problem.pools, self._problem.lines
        rows: list[Change] = []
        columns: list[Change] = []
        for h in self._parts(part):
            for family in ("pool_capacity", "rented_capacity"):
                rows.append((book.rows.at(family, pool, period, h), 0.0, 1.0))
            for line in np.flatnonzero((lines.pool == pool) & ~lines.spot):
                columns += self._rent_bound(int(line), period, h)
        if part is None:
            columns += self._reserve_bounds(pool, period)
        return Limit(
            name=f"capacity of {pools.names[pool]} in {book.when(period, part)}",
            kind=LimitKind.CAPACITY,
            unit="instance",
            total=float(pools.capacity[pool, period]),
            size=float(pools.capacity[pool, period]),
            left=float(pools.capacity[pool, period] - book.used[pool, period, self._parts(part)].max()),
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of(rows, columns),
        )

    def spot_capacity(self, pool: int, period: int, part: int | None = None) -> Limit:
        """Spot instances of a pool in a period; the capacity for firm and spot together stays."""
        book, pools, lines = self._book, self._problem.pools, self._problem.lines
        rows: list[Change] = []
        columns: list[Change] = []
        for h in self._parts(part):
            for family in ("spot_capacity", "spot_rented"):
                rows.append((book.rows.at(family, pool, period, h), 0.0, 1.0))
            for line in np.flatnonzero((lines.pool == pool) & lines.spot):
                columns += self._rent_bound(int(line), period, h)
        return Limit(
            name=f"spot capacity of {pools.names[pool]} in {book.when(period, part)}",
            kind=LimitKind.SPOT_CAPACITY,
            unit="spot instance",
            total=float(pools.spot_capacity[pool, period]),
            size=float(pools.spot_capacity[pool, period]),
            left=float(pools.spot_capacity[pool, period] - book.spot_used[pool, period, self._parts(part)].max()),
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of(rows, columns),
        )

    def offer(self, offer: int, period: int, part: int | None = None, *, reserved: bool = False) -> Limit:
        """Instances of an offer (its ``max_instances``), rented or, with ``reserved``, active reservations."""
        book = self._book
        lines, cohorts, pools = self._problem.lines, self._problem.cohorts, self._problem.pools
        family = "reservation_limit" if reserved else "rental_limit"
        parts = [0] if reserved else self._parts(part)
        ids = [book.rows.at(family, offer, period, h) for h in parts]
        rows = [(row, 0.0, 1.0) for row in ids]
        left = min((self._room(row) for row in ids if row >= 0), default=np.inf)
        if reserved:
            mine = cohorts.offer == offer
            where, option = cohorts.pool[mine], f"reserved {cohorts.term_months[mine][0]} months"
            total = cohorts.max_instances[mine][0, period]
        else:
            mine = lines.offer == offer
            where, option = lines.pool[mine], lines.option[int(np.flatnonzero(mine)[0])].replace("_", " ")
            total = lines.max_instances[mine][0, period]
        named = list(dict.fromkeys(pools.names[pool] for pool in where))
        others = f" and {len(named) - 1} more" if len(named) > 1 else ""
        when = book.when(period, None if reserved else part)
        return Limit(
            name=f"max_instances of {option} in {named[0]}{others} in {when}",
            kind=LimitKind.OFFER,
            unit="instance",
            total=float(total),
            size=float(total),
            left=float(left),
            period=period,
            hours=self._hours(period, None if reserved else part),
            frame=self._fractions(period, None if reserved else part),
            shift=shift_of(rows),
        )

    def demand(self, stream: int, period: int, part: int | None = None) -> Limit:
        """Demand of a stream, with all that is asked for as a share of it: N-1, spot, what may be left out.
        ``left``: what the plan leaves unserved."""
        book, streams = self._book, self._problem.streams
        rows: list[Change] = []
        columns: list[Change] = []
        left = 0.0
        for h in self._parts(part):
            rows.append((book.rows.at("demand_met", stream, period, h), 1.0, 0.0))
            rows += self.follows_demand(stream, period, h)
            unserved = book.column("unserved", stream, period, h)
            columns.append((unserved, 0.0, 1.0))
            left += book.value(unserved) * self._share(period, h, part)
        mean = sum(streams.demand[stream, period, h] * self._share(period, h, part) for h in self._parts(part))
        return Limit(
            name=f"demand of {self._problem.stream_name(stream)} in {book.when(period, part)}",
            kind=LimitKind.DEMAND,
            unit="unit",
            total=float(mean),
            size=float(mean),
            left=left,
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of(rows, columns),
        )

    def follows_demand(self, stream: int, period: int, part: int) -> list[Change]:
        """What one more unit of demand changes beside demand_met: N-1 and what may be on spot grow by their shares."""
        book, streams = self._book, self._problem.streams
        changes: list[Change] = []
        for provider in range(len(self._problem.pools.providers)):
            row = book.rows.at("survive_provider_loss", stream, provider, period, part)
            changes.append((row, float(streams.survive[stream]), 0.0))
        changes.append((book.rows.at("spot_share", stream, period, part), 0.0, float(streams.spot_share[stream])))
        return changes

    def standby(self, stream: int, provider: int, period: int, part: int) -> Limit:
        """Units that must still be served when a provider is lost."""
        book, streams = self._book, self._problem.streams
        row = book.rows.at("survive_provider_loss", stream, provider, period, part)
        providers = self._problem.pools.providers
        return Limit(
            name=f"N-1 of {self._problem.stream_name(stream)} without {providers[provider]}"
            f" in {book.when(period, part)}",
            kind=LimitKind.STANDBY,
            unit="unit",
            total=float(streams.survive[stream] * streams.demand[stream, period, part]),
            size=float(streams.survive[stream] * streams.demand[stream, period, part]),
            left=self._room(row),
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of([(row, 1.0, 0.0)]),
        )

    def spot_share(self, stream: int, period: int, part: int) -> Limit:
        """Units of a stream that spot may serve."""
        book, streams = self._book, self._problem.streams
        row = book.rows.at("spot_share", stream, period, part)
        return Limit(
            name=f"spot share of {self._problem.stream_name(stream)} in {book.when(period, part)}",
            kind=LimitKind.SPOT_SHARE,
            unit="unit",
            total=float(streams.spot_share[stream] * streams.demand[stream, period, part]),
            size=float(streams.spot_share[stream] * streams.demand[stream, period, part]),
            left=self._room(row),
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of([(row, 0.0, 1.0)]),
        )

    def provider_share(self, share: int, period: int, part: int, *, most: bool) -> Limit:
        """Accelerators (or vCPUs) above (below, unless ``most``) the provider's share of what is held."""
        book, shares = self._book, self._problem.shares
        row = book.rows.at("provider_share_max" if most else "provider_share_min", share, period, part)
        bound = shares.max_share[share] if most else shares.min_share[share]
        change = (row, 0.0, 1.0) if most else (row, 1.0, 0.0)
        return Limit(
            name=f"{'at most' if most else 'at least'} {bound:.0%} of {shares.measure[share]} ({shares.names[share]})"
            f" in {book.when(period, part)}",
            kind=LimitKind.PROVIDER_SHARE,
            unit=shares.measure[share].removesuffix("s"),
            total=float(bound),
            size=self._measured(share, period, part),
            left=self._room(row),
            period=period,
            hours=self._hours(period, part),
            frame=self._fractions(period, part),
            shift=shift_of([change]),
        )

    def cash(self, ceiling: int) -> Limit:
        """Dollars that may be paid in a calendar year."""
        book, cash = self._book, self._problem.cash
        unit = book.model.program.usd_per_unit
        row = book.rows.at("cash_ceiling", ceiling)
        return Limit(
            name=f"cash ceiling of {cash.year[ceiling]}",
            kind=LimitKind.CASH,
            unit="USD",
            total=float(cash.usd[ceiling]),
            size=float(cash.usd[ceiling]),
            left=self._room(row) * unit,
            period=int(cash.last_period[ceiling]),
            hours=None,
            shift=shift_of([(row, 0.0, 1.0 / unit)]),
        )

    def commitment(self, window: int) -> Limit:
        """Dollars promised in a commitment's window. ``left``: what is still to be drawn down (the shortfall), below 0
        where more is drawn down than was promised."""
        book, windows = self._book, self._problem.windows
        unit = book.model.program.usd_per_unit
        row = book.rows.at("commitment_window", window)
        carries = book.column("carries", window)
        rows: list[Change] = [(row, 1.0 / unit, 0.0)]
        columns: list[Change] = []
        if carries >= 0:
            # The most that may be missed follows the promise; it is none where the plan carries forward.
            carrying = round(book.value(carries))
            rows.append((book.rows.at("shortfall_or_none", window), 0.0, (1.0 - carrying) / unit))
            limit, promise = windows.carry_limit_usd[window], windows.promise_usd[window]
            if np.isfinite(limit) and promise > 0:
                share = limit / promise / unit
                columns.append((book.column("carry", window), 0.0, share))
                rows.append((book.rows.at("carry_or_none", window), 0.0, share * carrying))
        shortfall = book.value(book.column("shortfall", window)) * unit
        over = (book.activity[row] - book.model.program.row_lower[row]) * unit
        carried = book.value(book.column("carry", window)) * unit
        contract = self._problem.contracts[windows.contract[window]]
        return Limit(
            name=f"commitment {contract}/{windows.commitment[window]} from {windows.start[window]}",
            kind=LimitKind.COMMITMENT,
            unit="USD",
            total=float(windows.promise_usd[window]),
            size=float(windows.promise_usd[window]),
            left=float(shortfall - over - carried),
            period=int(windows.settled_in[window]),
            hours=None,
            shift=shift_of(rows, columns),
        )

    def _measured(self, share: int, period: int, part: int) -> float:
        """Accelerators (or vCPUs) in use or held by runs of all providers."""
        book, pairs, shares = self._book, self._problem.pairs, self._problem.shares
        use = book.held_by_runs[:, period].copy()
        np.add.at(use, pairs.pool, book.served[:, period, part] / pairs.throughput)
        return float(use @ shares.weight[share])

    def _parts(self, part: int | None) -> list[int]:
        return list(self._slices) if part is None else [part]

    def _hours(self, period: int, part: int | None) -> float:
        hours = self._problem.calendar.slice_hours[period]
        return float(hours.sum() if part is None else hours[part])

    def _fractions(self, period: int, part: int | None) -> Frame:
        program, rent = self._book.model.program, self._book.model.columns.ids("rent")
        columns = rent[:, period, self._parts(part)].ravel()
        columns = columns[columns >= 0]
        columns = columns[program.is_integer[columns]]
        return Frame(columns, program.lower[columns], program.upper[columns])

    def _share(self, period: int, h: int, part: int | None) -> float:
        return float(self._problem.calendar.slice_share[h]) if part is None else 1.0

    def _room(self, row: int) -> float:
        """How far the plan is from the row's bound."""
        program, activity = self._book.model.program, self._book.activity
        if row < 0:
            return float("inf")
        return float(min(program.row_upper[row] - activity[row], activity[row] - program.row_lower[row]))

    def _rent_bound(self, line: int, period: int, h: int) -> list[Change]:
        """The bounds of a line's columns that are the pool's room."""
        book = self._book
        changes: list[Change] = []
        for block in ("rent", "rent_run"):
            changes.append((book.column(block, line, period, h), 0.0, 1.0))
        return changes

    def _reserve_bounds(self, pool: int, period: int) -> list[Change]:
        """Reservations whose bound is this period's capacity alone."""
        book, cohorts, capacity = self._book, self._problem.cohorts, self._problem.pools.capacity
        changes: list[Change] = []
        for cohort in np.flatnonzero((cohorts.pool == pool) & cohorts.covers[:, period]):
            column = book.column("reserve", int(cohort))
            if column < 0 or book.model.program.is_integer[column]:
                continue
            covered = cohorts.covers[cohort].copy()
            most = np.minimum(capacity[pool], cohorts.max_instances[cohort])
            covered[period] = False
            if capacity[pool, period] < min(most[covered].min(initial=np.inf), cohorts.max_instances[cohort, period]):
                changes.append((column, 0.0, 1.0))
        return changes
