"""Candidate runs of training jobs: pool, start, gang, firm or spot (docs/model.md section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolKinds, usable_units
from router.problem.reuse import Reuse
from router.problem.streams import spot_factor
from router.scenario.provider import Provider
from router.scenario.workload import Gang, Training, Workload


@dataclass(frozen=True)
class JobTable:
    """J training jobs: index of the workload (J,), value of unserved (J,) USD, period in which it is charged (J,)."""

    names: tuple[str, ...]
    workload: NDArray[np.int64]
    value_usd: FloatArray
    charged_in: NDArray[np.int64]


@dataclass(frozen=True)
class RunTable:
    """C candidate runs (C,): job, pool, spot, instances, accelerators, first and last period, hours, transfer_usd;
    and what they hold as K triplets: hold_run, hold_period (K,) and hold_share (K,), the share of the period's hours
    paid for.
    """

    job: NDArray[np.int64]
    pool: NDArray[np.int64]
    spot: BoolArray
    instances: FloatArray
    accelerators: NDArray[np.int64]
    first_period: NDArray[np.int64]
    last_period: NDArray[np.int64]
    hours: FloatArray
    transfer_gb: FloatArray
    transfer_usd: FloatArray
    hold_run: NDArray[np.int64]
    hold_period: NDArray[np.int64]
    hold_share: FloatArray

    @property
    def count(self) -> int:
        """C."""
        return len(self.job)


def _jobs(workloads: Mapping[str, Workload]) -> list[tuple[int, str, Training]]:
    return [
        (index, name, workload)
        for index, (name, workload) in enumerate(workloads.items())
        if isinstance(workload, Training)
    ]


def build_jobs(workloads: Mapping[str, Workload], calendar: Calendar) -> JobTable:
    """Training jobs in file order."""
    jobs = _jobs(workloads)
    return JobTable(
        names=tuple(name for _, name, _ in jobs),
        workload=np.array([index for index, _, _ in jobs], dtype=np.int64),
        value_usd=np.array([job.value_of_unserved_usd for _, _, job in jobs], dtype=np.float64),
        charged_in=np.array([calendar.period_containing(job.deadline) for _, _, job in jobs], dtype=np.int64),
    )


def build_runs(
    reuse: Reuse,
    workloads: Mapping[str, Workload],
    providers: Mapping[str, Provider],
    pools: PoolKinds,
    capacity: FloatArray,
    spot_rate: FloatArray,
    spot_capacity: FloatArray,
    calendar: Calendar,
) -> RunTable:
    """All candidates that end in time and fit their pool in every period they touch.

    capacity, spot_capacity (P, T): instances, the latter where spot can be had; spot_rate (P,).
    """
    found = []
    for _, name, job in _jobs(workloads):
        units = reuse.take(("units", name), usable_units, job.eligible, job.throughput, pools)
        egress = providers[job.dataset.provider].egress_usd_per_gb if job.dataset is not None else 0.0
        room = reuse.take(("room", name), _where_usable, units, capacity)
        spot_room = reuse.take(("spot room", name), _where_usable, units, spot_capacity)
        key = ("runs", name)
        found.append(reuse.take(key, _runs_of, job, egress, units, pools, room, spot_rate, spot_room, calendar))
    return reuse.take("table", _table, tuple(found), calendar)


@dataclass(frozen=True)
class _Runs:
    """Candidate runs of one job, or of a part of them; columns as in RunTable."""

    pool: NDArray[np.int64]
    spot: BoolArray
    instances: FloatArray
    accelerators: NDArray[np.int64]
    first_period: NDArray[np.int64]
    last_period: NDArray[np.int64]
    hours: FloatArray
    transfer_gb: FloatArray
    transfer_usd: FloatArray


def _where_usable(units: FloatArray, capacity: FloatArray) -> FloatArray:
    """Capacity of the pools that a job may run in, 0 in the others, shape (P, T)."""
    return np.where(units[:, None] > 0, capacity, 0.0)


def _runs_of(
    job: Training,
    egress_usd_per_gb: float,
    units: FloatArray,
    pools: PoolKinds,
    capacity: FloatArray,
    spot_rate: FloatArray,
    spot_capacity: FloatArray,
    calendar: Calendar,
) -> _Runs:
    """Candidates of one job: firm, then spot, by gang. ``egress_usd_per_gb`` of where its data lies."""
    gigabytes = np.zeros(pools.count)
    if job.dataset is not None:
        gigabytes = np.where(pools.provider_name != job.dataset.provider, job.dataset.gigabytes, 0.0)
    options = [(False, units, capacity)]
    if job.spot is not None and job.spot.max_share >= 1:
        factor = np.nan_to_num(spot_factor(job.spot, spot_rate), nan=0.0)
        options.append((True, units * factor, spot_capacity))
    return _together(
        [
            _candidates(job, gang, spot, per_instance, room, gigabytes, egress_usd_per_gb, pools, calendar)
            for spot, per_instance, room in options
            for gang in job.gangs
        ]
    )


def _candidates(
    job: Training,
    gang: Gang,
    spot: bool,
    per_instance: FloatArray,
    capacity: FloatArray,
    gigabytes: FloatArray,
    egress_usd_per_gb: float,
    pools: PoolKinds,
    calendar: Calendar,
) -> _Runs:
    usable = np.flatnonzero((per_instance > 0) & (pools.accelerators > 0))
    starts = np.flatnonzero(calendar.first_day >= job.earliest_start.toordinal())
    instances = np.ceil(gang.accelerators / pools.accelerators[usable])
    hours = job.work / (instances * per_instance[usable] * gang.efficiency)
    end_day = calendar.first_day[starts][None, :] + hours[:, None] / 24.0
    latest = min(float(job.deadline.toordinal()), calendar.last_day[-1])
    # A tolerance of a second, so that work that fits exactly is not lost to rounding.
    in_time = end_day <= latest + 1.0 / 86400.0
    last = np.searchsorted(calendar.last_day, end_day - 1.0 / 86400.0, side="left")
    fits = capacity[usable] >= instances[:, None]
    misfits = np.concatenate([np.zeros((len(usable), 1)), np.cumsum(~fits, axis=1)], axis=1)
    last = np.clip(last, starts[None, :], calendar.periods - 1)
    first = np.broadcast_to(starts[None, :], last.shape)
    row = np.arange(len(usable))[:, None]
    fits_throughout = misfits[row, last + 1] - misfits[row, first] == 0
    chosen_row, chosen_start = np.nonzero(in_time & fits_throughout)
    pool, size = usable[chosen_row], len(chosen_row)
    return _Runs(
        pool=pool.astype(np.int64),
        spot=np.full(size, spot, dtype=bool),
        instances=instances[chosen_row],
        accelerators=np.full(size, gang.accelerators),
        first_period=starts[chosen_start].astype(np.int64),
        last_period=last[chosen_row, chosen_start].astype(np.int64),
        hours=hours[chosen_row],
        transfer_gb=gigabytes[pool],
        transfer_usd=gigabytes[pool] * egress_usd_per_gb,
    )


def _together(parts: Sequence[_Runs]) -> _Runs:
    def whole(name: str) -> NDArray[np.int64]:
        return np.concatenate([np.zeros(0, dtype=np.int64), *(getattr(part, name) for part in parts)])

    def real(name: str) -> FloatArray:
        return np.concatenate([np.zeros(0), *(getattr(part, name) for part in parts)])

    return _Runs(
        pool=whole("pool"),
        spot=np.concatenate([np.zeros(0, dtype=bool), *(part.spot for part in parts)]),
        instances=real("instances"),
        accelerators=whole("accelerators"),
        first_period=whole("first_period"),
        last_period=whole("last_period"),
        hours=real("hours"),
        transfer_gb=real("transfer_gb"),
        transfer_usd=real("transfer_usd"),
    )


def _table(jobs: tuple[_Runs, ...], calendar: Calendar) -> RunTable:
    runs = _together(jobs)
    first = runs.first_period
    lengths = runs.last_period - first + 1
    hold_run = np.repeat(np.arange(len(first)), lengths)
    offset = np.arange(len(hold_run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    hold_period = first[hold_run] + offset
    elapsed = (calendar.first_day[hold_period] - calendar.first_day[first[hold_run]]) * 24.0
    share = np.clip((runs.hours[hold_run] - elapsed) / calendar.hours[hold_period], 0.0, 1.0)
    return RunTable(
        job=np.repeat(np.arange(len(jobs), dtype=np.int64), [len(job.pool) for job in jobs]),
        **vars(runs),
        hold_run=hold_run,
        hold_period=hold_period,
        hold_share=share,
    )
