"""A scenario as plain Python, for the rivals: everything that both need, and nothing of ``router.problem``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from router.scenario.scenario import Scenario
from tests.benchmarks.plain_contracts import (
    CashYear,
    ContractFacts,
    ShareLimit,
    TierWindow,
    Window,
    read_cash,
    read_contracts,
    read_shares,
)
from tests.benchmarks.plain_demand import JobFacts, StreamFacts, read_jobs, read_streams
from tests.benchmarks.plain_supply import Cohort, PoolFacts, Rental, read_cohorts, read_pools, read_rentals
from tests.benchmarks.plain_time import Periods, read_periods

RELATIVE_GAP = 1e-4
"""Every engine stops at this gap."""
THREADS = 2
"""Every engine gets these many threads."""
USD_PER_UNIT = 1e6
"""The rivals' money is in millions of US dollars, so that coefficients stay near one."""


@dataclass(frozen=True)
class Answer:
    """What a rival found. Times in seconds: reading (file to ``Facts``), build, solver."""

    objective_usd: float
    bound_usd: float
    columns: int
    rows: int
    reading_seconds: float
    build_seconds: float
    solver_seconds: float


@dataclass(frozen=True)
class Facts:
    """All that the model needs to know."""

    periods: Periods
    pools: dict[str, PoolFacts]
    rentals: list[Rental]
    cohorts: list[Cohort]
    streams: list[StreamFacts]
    jobs: list[JobFacts]
    contracts: list[ContractFacts]
    cash: list[CashYear]
    shares: list[ShareLimit]
    reservation_share_after_horizon: float

    @property
    def providers(self) -> list[str]:
        """Providers that have a pool."""
        return list(dict.fromkeys(pool.provider for pool in self.pools.values()))

    @property
    def run_ends(self) -> set[tuple[str, bool, int]]:
        """Whole-instance pool, spot and period within which a run may end: there its hours need not be whole."""
        return {
            (run.pool, run.spot, run.touched[-1])
            for job in self.jobs
            for run in job.runs
            if run.hours_share[-1] < 1 and self.pools[run.pool].whole
        }

    def egress(self, provider: str) -> float:
        """USD per gigabyte that leaves a provider."""
        return next(pool.egress_usd_per_gb for pool in self.pools.values() if pool.provider == provider)


def read_scenario(path: Path) -> Scenario:
    """A scenario file without includes, as a user of the rivals would read it."""
    with path.open("rb") as stream:
        return Scenario.model_validate(yaml.load(stream, Loader=yaml.CSafeLoader))


def read_facts(scenario: Scenario) -> Facts:
    """The scenario as plain Python."""
    periods = read_periods(scenario.horizon)
    pools = read_pools(scenario, periods)
    return Facts(
        periods=periods,
        pools=pools,
        rentals=read_rentals(scenario, pools, periods),
        cohorts=read_cohorts(scenario, pools, periods),
        streams=read_streams(scenario, pools, periods),
        jobs=read_jobs(scenario, pools, periods),
        contracts=read_contracts(scenario, periods),
        cash=read_cash(scenario, periods),
        shares=read_shares(scenario, {name: (pool.accelerators, pool.vcpu) for name, pool in pools.items()}, periods),
        reservation_share_after_horizon=scenario.horizon.reservation_payments_after_horizon,
    )


def most_spend_usd(facts: Facts, contract: str) -> list[float]:
    """More than any plan spends under a contract, by period: the large number that switches need."""
    most = [0.0] * facts.periods.count
    dearest: dict[tuple[str, int], float] = {}
    reserved: dict[tuple[str, int], float] = {}
    for line in facts.rentals:
        if line.contract == contract:
            for t, price in enumerate(line.price):
                usd = (price or 0.0) * facts.periods.hours[t] * facts.pools[line.pool].capacity[t]
                dearest[line.pool, t] = max(dearest.get((line.pool, t), 0.0), usd)
    for cohort in facts.cohorts:
        if cohort.contract == contract:
            for t, payment in enumerate(cohort.payment):
                usd = 2 * payment * max(facts.pools[cohort.pool].capacity)
                reserved[cohort.pool, t] = max(reserved.get((cohort.pool, t), 0.0), usd)
    for (_, t), usd in [*dearest.items(), *reserved.items()]:
        most[t] += usd
    return most


def most_carried_usd(windows: list[Window], spend: list[float]) -> list[float]:
    """No more than this is carried out of each window; 0 where nothing may be."""
    result: list[float] = []
    for window in windows:
        spent = sum(share * spend[t] for t, share in window.share.items())
        over = spent + window.spent_usd + (result[-1] if result else 0.0) - window.promise_usd
        result.append(min(window.carry_limit_usd, max(0.0, over)))
    return result


def most_missed_usd(window: Window, tiers: list[TierWindow], spend: list[float]) -> float:
    """No shortfall is larger: the promise, and what tier credits take back of the drawdown."""
    credits = (
        share * max(0.0, *tier.discount) * sum(part * spend[t] for t, part in tier.share.items())
        for share, tier in zip(window.tier_share, tiers, strict=True)
    )
    return window.promise_usd + sum(credits)
