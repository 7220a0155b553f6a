"""The problem: a checked scenario as numpy arrays and index sets, ready for the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar, build_calendar
from router.problem.commitments import CommitmentWindows, TierWindows, build_commitments, build_tiers
from router.problem.limits import CashCeilings, ProviderShares, build_cash, build_shares
from router.problem.lines import RentalLines, ReservationCohorts, build_lines, offers_by_pool
from router.problem.pools import PoolTable, build_pools
from router.problem.runs import JobTable, RunTable, build_jobs, build_runs
from router.problem.streams import (
    CallTable,
    PairTable,
    StreamTable,
    build_calls,
    build_pairs,
    build_streams,
)
from router.scenario.scenario import Scenario
from router.scenario.workload import Training


@dataclass(frozen=True)
class Problem:
    """Everything the model needs, in arrays; each table's docstring gives shapes and units."""

    calendar: Calendar
    contracts: tuple[str, ...]
    contract_providers: tuple[str, ...]
    contract_terms: tuple[tuple[date, date], ...]
    workloads: tuple[str, ...]
    pools: PoolTable
    lines: RentalLines
    cohorts: ReservationCohorts
    streams: StreamTable
    pairs: PairTable
    calls: CallTable
    jobs: JobTable
    runs: RunTable
    windows: CommitmentWindows
    tiers: TierWindows
    cash: CashCeilings
    shares: ProviderShares
    reservation_payments_after_horizon: float
    dataset_providers: tuple[str | None, ...]

    def stream_name(self, stream: int) -> str:
        """`workload/stream`."""
        return f"{self.streams.workloads[stream]}/{self.streams.streams[stream]}"


def _spot_offers(scenario: Scenario, pools: PoolTable, lines: RentalLines) -> tuple[FloatArray, BoolArray]:
    rate = np.full(pools.count, np.nan)
    for pool, _, offer in offers_by_pool(scenario, pools):
        if offer.purchase_option == "spot":
            rate[pool] = offer.interruption_rate
    priced = np.zeros((pools.count, lines.available.shape[1]), dtype=bool)
    np.logical_or.at(priced, lines.pool[lines.spot], lines.available[lines.spot])
    return rate, priced & (pools.spot_capacity > 0)


def build_problem(scenario: Scenario) -> Problem:
    """Arrays of a scenario that passed `router check`."""
    calendar = build_calendar(scenario.horizon)
    pools = build_pools(scenario, calendar)
    lines, cohorts = build_lines(scenario, pools, calendar)
    spot_rate, spot_present = _spot_offers(scenario, pools, lines)
    windows = build_commitments(scenario, calendar)
    return Problem(
        calendar=calendar,
        contracts=tuple(scenario.contracts),
        contract_providers=tuple(contract.provider for contract in scenario.contracts.values()),
        contract_terms=tuple((contract.start, contract.end) for contract in scenario.contracts.values()),
        workloads=tuple(scenario.workloads),
        pools=pools,
        lines=lines,
        cohorts=cohorts,
        streams=build_streams(scenario, calendar),
        pairs=build_pairs(scenario, pools, spot_rate, spot_present),
        calls=build_calls(scenario),
        jobs=build_jobs(scenario, calendar),
        runs=build_runs(scenario, pools, calendar, spot_rate, spot_present),
        windows=windows,
        tiers=build_tiers(scenario, calendar, windows),
        cash=build_cash(scenario, calendar),
        shares=build_shares(scenario, pools, calendar),
        reservation_payments_after_horizon=scenario.horizon.reservation_payments_after_horizon,
        dataset_providers=tuple(
            job.dataset.provider if job.dataset is not None else None
            for job in scenario.workloads.values()
            if isinstance(job, Training)
        ),
    )
