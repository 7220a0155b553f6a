"""The problem: a checked scenario as numpy arrays and index sets, ready for the model."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from router.arrays import BoolArray, FloatArray
from router.problem.calendar import Calendar, build_calendar
from router.problem.commitments import CommitmentWindows, TierWindows, build_commitments, build_tiers
from router.problem.limits import CashCeilings, ProviderShares, build_cash, build_shares
from router.problem.lines import RentalLines, ReservationCohorts, build_lines, offers_by_pool
from router.problem.pools import PoolKinds, PoolTable, build_pool_kinds, build_pools
from router.problem.reuse import Made, Reuse
from router.problem.runs import JobTable, RunTable, build_jobs, build_runs
from router.problem.streams import (
    CallTable,
    PairTable,
    PlaceTable,
    StreamTable,
    build_calls,
    build_pairs,
    build_places,
    build_streams,
)
from router.scenario.contract import Contract
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.scenario.workload import Training, Workload, disabled_workloads, enabled_workloads


@dataclass(frozen=True)
class Problem:
    """Everything the model needs, in arrays; each table's docstring gives shapes and units.

    ``workloads`` are those that are planned; ``disabled`` names the others, of which nothing else is here.
    ``made`` is what a later build takes over from.
    """

    calendar: Calendar
    contracts: tuple[str, ...]
    contract_providers: tuple[str, ...]
    contract_terms: tuple[tuple[date, date], ...]
    workloads: tuple[str, ...]
    disabled: tuple[str, ...]
    pools: PoolTable
    lines: RentalLines
    cohorts: ReservationCohorts
    streams: StreamTable
    pairs: PairTable
    places: PlaceTable
    calls: CallTable
    jobs: JobTable
    runs: RunTable
    windows: CommitmentWindows
    tiers: TierWindows
    cash: CashCeilings
    shares: ProviderShares
    reservation_payments_after_horizon: float
    dataset_providers: tuple[str | None, ...]
    made: Mapping[Hashable, Made] = field(repr=False, compare=False)

    def stream_name(self, stream: int) -> str:
        """`workload/stream`."""
        return f"{self.streams.workloads[stream]}/{self.streams.streams[stream]}"


def _spot_offers(
    offers: Sequence[Offer], pools: PoolKinds, lines: RentalLines, spot_capacity: FloatArray
) -> tuple[FloatArray, BoolArray]:
    rate = np.full(pools.count, np.nan)
    for pool, _, offer in offers_by_pool(offers, pools):
        if offer.purchase_option == "spot":
            rate[pool] = offer.interruption_rate
    priced = np.zeros((pools.count, lines.available.shape[1]), dtype=bool)
    np.logical_or.at(priced, lines.pool[lines.spot], lines.available[lines.spot])
    return rate, priced & (spot_capacity > 0)


def _where(present: BoolArray, values: FloatArray) -> FloatArray:
    return np.where(present, values, 0.0)


def _contract_providers(contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    return tuple(contract.provider for contract in contracts.values())


def _contract_terms(contracts: Mapping[str, Contract]) -> tuple[tuple[date, date], ...]:
    return tuple((contract.start, contract.end) for contract in contracts.values())


def _dataset_providers(workloads: Mapping[str, Workload]) -> tuple[str | None, ...]:
    return tuple(
        job.dataset.provider if job.dataset is not None else None
        for job in workloads.values()
        if isinstance(job, Training)
    )


def build_problem(scenario: Scenario, previous: Problem | None = None) -> Problem:
    """Arrays of a scenario that passed `router check`.

    ``previous``: the problem of an earlier scenario. What follows from parts that both scenarios share (the same
    objects) is taken over, and so is every array that comes out as before: the same object, as Reuse tells.
    """
    reuse = Reuse(None if previous is None else previous.made)
    contracts, providers, limits = scenario.contracts, scenario.providers, scenario.limits
    workloads = reuse.take("enabled workloads", enabled_workloads, scenario.workloads)
    slices = scenario.horizon.slices
    calendar = reuse.take("calendar", build_calendar, scenario.horizon)
    kinds = reuse.take("pool kinds", build_pool_kinds, scenario.pools, scenario.instance_types, providers)
    pools = reuse.take("pools", build_pools, kinds, scenario.pools, providers, scenario.whole_instances_up_to, calendar)
    capacity = pools.capacity
    lines, cohorts = reuse.take_in_parts("lines", build_lines, scenario.offers, contracts, kinds, calendar)
    rate, present = reuse.take("spot", _spot_offers, scenario.offers, kinds, lines, pools.spot_capacity)
    spot_room = reuse.take("spot room", _where, present, pools.spot_capacity)
    streams = reuse.take_in_parts("streams", build_streams, workloads, slices, calendar)
    pairs = reuse.take_in_parts("pairs", build_pairs, workloads, providers, kinds, capacity, rate, present)
    windows = reuse.take("windows", build_commitments, contracts, calendar)
    return Problem(
        calendar=calendar,
        contracts=reuse.take("contracts", tuple, contracts),
        contract_providers=reuse.take("contract providers", _contract_providers, contracts),
        contract_terms=reuse.take("contract terms", _contract_terms, contracts),
        workloads=reuse.take("workloads", tuple, workloads),
        disabled=reuse.take("disabled workloads", disabled_workloads, scenario.workloads),
        pools=pools,
        lines=lines,
        cohorts=cohorts,
        streams=streams,
        pairs=pairs,
        places=reuse.take("places", build_places, streams.migration_usd_per_unit, pairs, kinds.count),
        calls=reuse.take("calls", build_calls, workloads),
        jobs=reuse.take("jobs", build_jobs, workloads, calendar),
        runs=reuse.take_in_parts("runs", build_runs, workloads, providers, kinds, capacity, rate, spot_room, calendar),
        windows=windows,
        tiers=reuse.take("tiers", build_tiers, contracts, bool(limits.cash), calendar, windows),
        cash=reuse.take("cash", build_cash, limits.cash, calendar),
        shares=reuse.take("shares", build_shares, limits.provider_shares, kinds, calendar),
        reservation_payments_after_horizon=scenario.horizon.reservation_payments_after_horizon,
        dataset_providers=reuse.take("dataset providers", _dataset_providers, workloads),
        made=reuse.made,
    )
