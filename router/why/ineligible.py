"""Pools that a workload cannot use, each with the first reason."""

from __future__ import annotations

from router.problem.pools import NO_ACCELERATOR, matches, throughput
from router.problem.problem import Problem
from router.problem.streams import latency_mask, residency_mask
from router.scenario.scenario import Scenario
from router.scenario.workload import Training


def ineligible_for_stream(scenario: Scenario, problem: Problem, stream: int, period: int) -> list[tuple[str, str]]:
    """(pool, reason) of every pool in which the stream cannot be served in the period, firm or spot."""
    streams, pools, lines, cohorts = problem.streams, problem.pools, problem.lines, problem.cohorts
    workload = scenario.workloads[streams.workloads[stream]]
    assert not isinstance(workload, Training)
    part = workload.streams[streams.streams[stream]]
    residency = part.residency if part.residency is not None else workload.residency
    latency = part.max_latency_ms if part.max_latency_ms is not None else workload.max_latency_ms
    selected, units = matches(workload.eligible, pools), throughput(workload, pools)
    resident = residency_mask(residency, pools)
    near = latency_mask(latency, part.geography, scenario, pools)
    found = []
    for pool, name in enumerate(pools.names):
        if not selected[pool]:
            reason = "its selector leaves the pool out"
        elif units[pool] <= 0:
            reason = f"no throughput for {_kind(problem, pool)}"
        elif not resident[pool]:
            reason = f"residency: outside {', '.join(residency or [])}"
        elif not near[pool]:
            reason = f"latency: more than {latency:g} ms from {part.geography}, or not stated"
        elif pools.capacity[pool, period] <= 0:
            reason = "no capacity in that period"
        elif not (
            lines.available[lines.pool == pool, period].any() or cohorts.covers[cohorts.pool == pool, period].any()
        ):
            reason = "no offer in that period"
        else:
            continue
        found.append((name, reason))
    return found


def ineligible_for_job(scenario: Scenario, problem: Problem, job: int) -> list[tuple[str, str]]:
    """(pool, reason) of every pool in which none of the job's runs is possible."""
    pools, runs = problem.pools, problem.runs
    workload = scenario.workloads[problem.jobs.names[job]]
    assert isinstance(workload, Training)
    selected, units = matches(workload.eligible, pools), throughput(workload, pools)
    possible = set(runs.pool[runs.job == job].tolist())
    found = []
    for pool, name in enumerate(pools.names):
        if pool in possible:
            continue
        if not selected[pool]:
            reason = "its selector leaves the pool out"
        elif units[pool] <= 0:
            reason = f"no throughput for {_kind(problem, pool)}"
        elif pools.accelerators[pool] <= 0:
            reason = "no accelerators: gangs need them"
        else:
            reason = "no gang fits its capacity long enough between earliest start and deadline"
        found.append((name, reason))
    return found


def _kind(problem: Problem, pool: int) -> str:
    accelerator = str(problem.pools.accelerator[pool])
    return "CPUs" if accelerator == NO_ACCELERATOR else accelerator
