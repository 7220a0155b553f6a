"""Random linear programs shaped like the planner's model, for the engine's own tests."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from router.model.linear_program import ColumnKind, LinearProgram


@dataclass(frozen=True)
class InstanceShape:
    """Size of a random plan. ``whole`` makes rents whole numbers, as in a small company's plan."""

    pools: int = 6
    providers: int = 3
    periods: int = 6
    slices: int = 2
    streams: int = 4
    pools_per_stream: int = 4
    jobs: int = 4
    candidates_per_job: int = 8
    run_periods: int = 3
    tiers: int = 2
    rent_scale: float = 20.0
    capacity_factor: float = 1.6
    whole: bool = False
    seed: int = 0


@dataclass
class _Builder:
    objective: list[NDArray[np.float64]] = field(default_factory=list)
    lower: list[NDArray[np.float64]] = field(default_factory=list)
    upper: list[NDArray[np.float64]] = field(default_factory=list)
    kind: list[NDArray[np.int8]] = field(default_factory=list)
    row_lower: list[NDArray[np.float64]] = field(default_factory=list)
    row_upper: list[NDArray[np.float64]] = field(default_factory=list)
    entries: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(
        self,
        shape: tuple[int, ...],
        cost: ArrayLike,
        upper: ArrayLike = np.inf,
        kind: ColumnKind = ColumnKind.CONTINUOUS,
    ) -> NDArray[np.int64]:
        count = int(np.prod(shape))
        index = np.arange(self.columns, self.columns + count).reshape(shape)
        self.columns += count
        self.objective.append(np.broadcast_to(np.asarray(cost, dtype=np.float64), shape).ravel())
        self.lower.append(np.zeros(count))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), shape).ravel())
        self.kind.append(np.full(count, kind, dtype=np.int8))
        return index

    def add_rows(self, shape: tuple[int, ...], lower: ArrayLike, upper: ArrayLike) -> NDArray[np.int64]:
        count = int(np.prod(shape))
        index = np.arange(self.rows, self.rows + count).reshape(shape)
        self.rows += count
        self.row_lower.append(np.broadcast_to(np.asarray(lower, dtype=np.float64), shape).ravel())
        self.row_upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), shape).ravel())
        return index

    def add_entries(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> None:
        row, column, value = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=np.float64))
        self.entries.append((row.ravel(), column.ravel(), value.ravel()))

    def build(self) -> LinearProgram:
        row = np.concatenate([entry[0] for entry in self.entries])
        column = np.concatenate([entry[1] for entry in self.entries])
        value = np.concatenate([entry[2] for entry in self.entries])
        order = np.argsort(row * self.columns + column, kind="stable")
        starts = np.zeros(self.rows + 1, dtype=np.int32)
        np.cumsum(np.bincount(row, minlength=self.rows), out=starts[1:])
        return LinearProgram(
            objective=np.concatenate(self.objective),
            lower=np.concatenate(self.lower),
            upper=np.concatenate(self.upper),
            kind=np.concatenate(self.kind),
            row_lower=np.concatenate(self.row_lower),
            row_upper=np.concatenate(self.row_upper),
            row_starts=starts,
            column_indices=column[order].astype(np.int32),
            values=value[order],
        )


def random_plan(shape: InstanceShape) -> LinearProgram:
    """A plan with demand, cover, capacity, run, contract, tier, cash, share and N-1 rows."""
    s = shape
    rng = np.random.default_rng(s.seed)
    b = _Builder()
    provider = np.arange(s.pools) % s.providers
    rent_kind = ColumnKind.WHOLE if s.whole else ColumnKind.CONTINUOUS
    periods = np.arange(s.periods)
    slice_share = np.array([0.3, 0.7])[: s.slices] if s.slices <= 2 else np.full(s.slices, 1 / s.slices)
    slice_share = slice_share / slice_share.sum()

    # Prices per instance and whole period, thousands of US dollars.
    rate = rng.uniform(5.0, 15.0, s.pools)
    trend = 0.985**periods
    on_demand = rate[:, None, None] * trend[None, :, None] * slice_share[None, None, :]
    contract_rate = on_demand * rng.uniform(0.62, 0.8, s.pools)[:, None, None]
    throughput = rate * rng.uniform(0.7, 1.3, s.pools)

    # Streams and what they may run on.
    order = np.argsort(rng.random((s.streams, s.pools)), axis=1)[:, : s.pools_per_stream]
    fit = rng.uniform(0.8, 1.2, order.shape)
    growth = rng.uniform(1.0, 1.05, s.streams)[:, None] ** periods[None, :]
    base = rng.uniform(0.3, 1.7, s.streams) * s.rent_scale * throughput.mean() * s.pools / s.streams
    load = np.array([1.5, 0.8])[: s.slices] if s.slices <= 2 else rng.uniform(0.6, 1.5, s.slices)
    season = 1 + 0.15 * rng.standard_normal((s.streams, s.periods, s.slices))
    demand = base[:, None, None] * growth[:, :, None] * load * np.clip(season, 0.3, None)

    served = b.add_columns(
        (s.streams, s.pools_per_stream, s.periods, s.slices),
        (0.002 * rng.random(order.shape))[:, :, None, None] * slice_share,
    )
    value = rng.uniform(4.0, 12.0, s.streams)
    unserved = b.add_columns(
        (s.streams, s.periods, s.slices), np.broadcast_to(value[:, None, None] * slice_share, demand.shape), demand
    )
    rent = b.add_columns((s.pools, s.periods, s.slices), on_demand, kind=rent_kind)
    # Contract spend is paid through the windows' rows; the rate is its cost all the same.
    use = b.add_columns((s.pools, s.periods, s.slices), contract_rate, kind=rent_kind)

    demand_row = b.add_rows(demand.shape, demand, demand)
    b.add_entries(demand_row[:, None], served, 1.0)
    b.add_entries(demand_row, unserved, 1.0)

    cover = b.add_rows((s.pools, s.periods, s.slices), 0.0, np.inf)
    b.add_entries(cover, rent, 1.0)
    b.add_entries(cover, use, 1.0)
    rate_of_fit = 1.0 / (throughput[order] * fit)
    b.add_entries(cover[order], served, -rate_of_fit[:, :, None, None])

    capacity = np.ceil(
        s.rent_scale * s.capacity_factor * rng.uniform(0.5, 1.5, s.pools)[:, None] * 1.03 ** periods[None, :]
    )
    capacity_row = b.add_rows((s.pools, s.periods, s.slices), -np.inf, np.repeat(capacity[:, :, None], s.slices, 2))
    b.add_entries(capacity_row, rent, 1.0)
    b.add_entries(capacity_row, use, 1.0)

    # Reservations: bought at a period, paid whether used or not, active for the term.
    for term, discount in ((6, 0.6), (12, 0.5)):
        if term > s.periods:
            continue
        starts = np.arange(0, s.periods - term + 1)
        active = (periods[None, :] >= starts[:, None]) & (periods[None, :] < starts[:, None] + term)
        bought = b.add_columns(
            (s.pools, len(starts)), rate[:, None] * (active @ trend)[None, :] * discount, kind=rent_kind
        )
        at, period = np.nonzero(active)
        b.add_entries(cover[:, period, :], bought[:, at][:, :, None], 1.0)
        b.add_entries(capacity_row[:, period, :], bought[:, at][:, :, None], 1.0)

    if s.jobs:
        _add_jobs(b, s, rng, rate, cover)

    # Take-or-pay windows: one a year and provider, with carry forward.
    years = max(1, (s.periods + 11) // 12)
    year = periods // 12
    for k in range(s.providers - 1):
        pools = np.nonzero(provider == k)[0]
        typical = float((contract_rate[pools] * s.rent_scale).sum()) / years
        commitment = typical * rng.uniform(0.5, 0.9)
        shortfall = b.add_columns((years,), 1.0)
        carry = b.add_columns((years,), 0.001, np.where(np.arange(years) < years - 1, 0.2 * commitment, 0.0))
        window = b.add_rows((years,), commitment, np.inf)
        b.add_entries(window[year][None, :, None], use[pools], contract_rate[pools])
        b.add_entries(window, shortfall, 1.0)
        b.add_entries(window, carry, -1.0)
        b.add_entries(window[1:], carry[:-1], 1.0)
        if s.tiers:
            _add_tiers(b, s.tiers, use[pools], contract_rate[pools], typical * years)

    # Cash ceiling a year, with a dear slack.
    slack = b.add_columns((years,), 3.0)
    spend = float((on_demand * s.rent_scale).sum()) / years * 0.9
    cash = b.add_rows((years,), -np.inf, spend)
    b.add_entries(cash[year][None, :, None], rent, on_demand)
    b.add_entries(cash[year][None, :, None], use, contract_rate)
    b.add_entries(cash, slack, -1.0)

    # Share limit of provider 0, per period: its rents at most 60 % of all rents.
    share = b.add_rows((s.periods,), -np.inf, 0.05 * s.rent_scale * s.pools)
    weight = np.where(provider == 0, 0.4, -0.6)[:, None, None]
    b.add_entries(share[None, :, None], rent, weight)
    b.add_entries(share[None, :, None], use, weight)

    # Survive the loss of provider k: what the others serve, plus what is given up, is enough.
    guarded = np.arange(0, s.streams, 3)
    for k in range(s.providers):
        row = b.add_rows(demand[guarded].shape, 0.3 * demand[guarded], np.inf)
        outside = provider[order[guarded]] != k
        stream, slot = np.nonzero(outside)
        b.add_entries(row[stream], served[guarded[stream], slot], 1.0)
        b.add_entries(row, unserved[guarded], 1.0)
    return b.build()


def _add_jobs(
    b: _Builder, s: InstanceShape, rng: np.random.Generator, rate: NDArray[np.float64], cover: NDArray[np.int64]
) -> None:
    """Candidate runs, one or none per job; a run needs its gang for its length."""
    shape = (s.jobs, s.candidates_per_job)
    pool = rng.integers(0, s.pools, shape)
    speed = rng.integers(0, 3, shape)
    work = rng.uniform(0.2, 1.2, s.jobs) * s.rent_scale
    gang = np.ceil(work[:, None] / np.array([1.0, 1.5, 3.0])[speed] * rng.uniform(0.8, 1.3, shape))
    length = np.minimum(np.array([3, 2, 1])[speed] * s.run_periods // 3 + (s.run_periods < 3), s.periods)
    start = (rng.random(shape) * (s.periods - length + 1)).astype(np.int64)
    run = b.add_columns(shape, 0.01 * rate.mean() * rng.random(shape), 1.0, ColumnKind.RUN)
    given_up = b.add_columns((s.jobs,), 6 * s.run_periods * rate.mean() * work, 1.0)
    row = b.add_rows((s.jobs,), 1.0, 1.0)
    b.add_entries(row[:, None], run, 1.0)
    b.add_entries(row, given_up, 1.0)
    for step in range(int(length.max())):
        on = length > step
        b.add_entries(cover[pool[on], start[on] + step], run[on][:, None], -gang[on][:, None])


def _add_tiers(
    b: _Builder,
    tiers: int,
    use: NDArray[np.int64],
    price: NDArray[np.float64],
    typical: float,
) -> None:
    """Spend is split in bands; each band is cheaper, and opens once the band before is full."""
    width = typical * np.append(np.full(tiers, 0.5), 1.5)
    rebate = -0.04 * np.arange(tiers + 1)
    band = b.add_columns((tiers + 1,), rebate, width)
    switch = b.add_columns((tiers,), 0.0, 1.0, ColumnKind.SWITCH)
    total = b.add_rows((1,), 0.0, 0.0)
    b.add_entries(total, band, 1.0)
    b.add_entries(total[0], use, -price)
    opened = b.add_rows((tiers,), -np.inf, 0.0)
    b.add_entries(opened, band[1:], 1.0)
    b.add_entries(opened, switch, -width[1:])
    full = b.add_rows((tiers,), 0.0, np.inf)
    b.add_entries(full, band[:-1], 1.0)
    b.add_entries(full, switch, -width[:-1])
