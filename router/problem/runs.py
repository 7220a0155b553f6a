"""Candidate runs of training jobs: pool, start, gang, firm or spot (docs/model.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar
from router.problem.pools import PoolTable, matches, throughput
from router.problem.streams import spot_factor
from router.scenario.scenario import Scenario
from router.scenario.workload import Training


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


def _jobs(scenario: Scenario) -> list[tuple[int, str, Training]]:
    return [
        (index, name, workload)
        for index, (name, workload) in enumerate(scenario.workloads.items())
        if isinstance(workload, Training)
    ]


def build_jobs(scenario: Scenario, calendar: Calendar) -> JobTable:
    """Training jobs in file order."""
    jobs = _jobs(scenario)
    return JobTable(
        names=tuple(name for _, name, _ in jobs),
        workload=np.array([index for index, _, _ in jobs], dtype=np.int64),
        value_usd=np.array([job.value_of_unserved_usd for _, _, job in jobs], dtype=np.float64),
        charged_in=np.array([calendar.period_containing(job.deadline) for _, _, job in jobs], dtype=np.int64),
    )


def build_runs(
    scenario: Scenario,
    pools: PoolTable,
    calendar: Calendar,
    spot_rate: FloatArray,
    spot_present: BoolArray,
) -> RunTable:
    """All candidates that end in time and fit their pool in every period they touch."""
    parts: list[tuple[NDArray[np.int64], ...]] = []
    floats: list[tuple[FloatArray, ...]] = []
    spots: list[BoolArray] = []
    spot_capacity = np.where(spot_present, pools.spot_capacity, 0.0)
    for number, (_, _, job) in enumerate(_jobs(scenario)):
        units = np.where(matches(job.eligible, pools), throughput(job, pools), 0.0)
        dataset_away = np.zeros(pools.count, dtype=bool)
        price = 0.0
        if job.dataset is not None:
            dataset_away = pools.provider_name != job.dataset.provider
            price = scenario.providers[job.dataset.provider].egress_usd_per_gb
        options = [(False, units, pools.capacity)]
        if job.spot is not None and job.spot.max_share >= 1:
            factor = np.nan_to_num(spot_factor(job.spot, spot_rate), nan=0.0)
            options.append((True, units * factor, spot_capacity))
        for spot, per_instance, capacity in options:
            for gang in job.gangs:
                found = _candidates(job, gang.accelerators, gang.efficiency, per_instance, capacity, pools, calendar)
                if found is None:
                    continue
                pool, instances, first, last, hours = found
                size = len(pool)
                gigabytes = (
                    np.where(dataset_away[pool], job.dataset.gigabytes, 0.0)
                    if job.dataset is not None
                    else np.zeros(size)
                )
                parts.append(
                    (
                        np.full(size, number),
                        pool,
                        np.full(size, gang.accelerators),
                        first,
                        last,
                    )
                )
                floats.append((instances, hours, gigabytes, gigabytes * price))
                spots.append(np.full(size, spot, dtype=bool))
    return _table(parts, floats, spots, calendar)


def _candidates(
    job: Training,
    accelerators: int,
    efficiency: float,
    per_instance: FloatArray,
    capacity: FloatArray,
    pools: PoolTable,
    calendar: Calendar,
) -> tuple[NDArray[np.int64], FloatArray, NDArray[np.int64], NDArray[np.int64], FloatArray] | None:
    usable = np.flatnonzero((per_instance > 0) & (pools.accelerators > 0))
    starts = np.flatnonzero(calendar.first_day >= job.earliest_start.toordinal())
    if not len(usable) or not len(starts):
        return None
    instances = np.ceil(accelerators / pools.accelerators[usable])
    hours = job.work / (instances * per_instance[usable] * efficiency)
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
    if not len(chosen_row):
        return None
    return (
        usable[chosen_row].astype(np.int64),
        instances[chosen_row],
        starts[chosen_start].astype(np.int64),
        last[chosen_row, chosen_start].astype(np.int64),
        hours[chosen_row],
    )


def _table(
    parts: list[tuple[NDArray[np.int64], ...]],
    floats: list[tuple[FloatArray, ...]],
    spots: list[BoolArray],
    calendar: Calendar,
) -> RunTable:
    def whole(position: int) -> NDArray[np.int64]:
        return np.concatenate([part[position] for part in parts]) if parts else np.zeros(0, dtype=np.int64)

    def real(position: int) -> FloatArray:
        return np.concatenate([part[position] for part in floats]) if floats else np.zeros(0)

    first, last, hours = whole(3), whole(4), real(1)
    lengths = last - first + 1
    hold_run = np.repeat(np.arange(len(first)), lengths)
    offset = np.arange(len(hold_run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    hold_period = first[hold_run] + offset
    elapsed = (calendar.first_day[hold_period] - calendar.first_day[first[hold_run]]) * 24.0
    share = np.clip((hours[hold_run] - elapsed) / calendar.hours[hold_period], 0.0, 1.0)
    return RunTable(
        job=whole(0),
        pool=whole(1),
        spot=np.concatenate(spots) if spots else np.zeros(0, dtype=bool),
        instances=real(0),
        accelerators=whole(2),
        first_period=first,
        last_period=last,
        hours=hours,
        transfer_gb=real(2),
        transfer_usd=real(3),
        hold_run=hold_run,
        hold_period=hold_period,
        hold_share=share,
    )
