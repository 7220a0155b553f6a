"""Names of columns and rows in the user's words, made only when somebody reads them."""

from __future__ import annotations

import numpy as np

from router.model.columns import Block, Columns
from router.model.rows import Rows
from router.problem.problem import Problem


def axis_labels(problem: Problem, columns: Columns) -> dict[str, list[str]]:
    """The label of every index on every axis."""
    pools, lines, cohorts, pairs = problem.pools, problem.lines, problem.cohorts, problem.pairs
    runs, windows, tiers, calls = problem.runs, problem.windows, problem.tiers, problem.calls
    streams = [problem.stream_name(index) for index in range(problem.streams.count)]
    contracts = [*problem.contracts, "list"]  # index -1: no contract
    places = columns.places
    offers = max([*lines.offer, *cohorts.offer], default=-1) + 1
    return {
        "period": [start.isoformat() for start in problem.calendar.starts],
        "slice": list(problem.calendar.slices),
        "pool": list(pools.names),
        "provider": list(pools.providers),
        "stream": streams,
        "workload": list(problem.workloads),
        "job": list(problem.jobs.names),
        "contract": list(problem.contracts),
        "offer": [f"offers#{index}" for index in range(offers)],
        "pair": [
            f"{streams[stream]}@{pools.names[pool]}{'/spot' if spot else ''}"
            for stream, pool, spot in zip(pairs.stream, pairs.pool, pairs.spot, strict=True)
        ],
        "line": [
            f"{pools.names[pool]}/{option}/{contracts[contract]}"
            for pool, option, contract in zip(lines.pool, lines.option, lines.contract, strict=True)
        ],
        "cohort": [
            f"{pools.names[pool]}/reserved{months}/{contracts[contract]},{problem.calendar.starts[first]}"
            for pool, months, contract, first in zip(
                cohorts.pool, cohorts.term_months, cohorts.contract, cohorts.first_period, strict=True
            )
        ],
        "run": [
            f"{problem.jobs.names[job]}@{pools.names[pool]}{'/spot' if spot else ''}"
            f",{problem.calendar.starts[first]},{accelerators}"
            for job, pool, spot, first, accelerators in zip(
                runs.job, runs.pool, runs.spot, runs.first_period, runs.accelerators, strict=True
            )
        ],
        "window": [
            f"{problem.contracts[contract]}/{commitment},{start}"
            for contract, commitment, start in zip(windows.contract, windows.commitment, windows.start, strict=True)
        ],
        "tier": [
            f"{problem.contracts[contract]},{start}"
            for contract, start in zip(tiers.contract, tiers.start, strict=True)
        ],
        "band": [
            f"{problem.contracts[tiers.contract[window]]},{tiers.start[window]},{number}"
            for window, number in zip(tiers.band_window, _positions(tiers.band_window), strict=True)
        ],
        "call": [
            f"{streams[stream]}>{problem.workloads[workload]}"
            for stream, workload in zip(calls.stream, calls.workload, strict=True)
        ],
        "place": [
            f"{streams[stream]}@{pools.names[pool]}" for stream, pool in zip(places.stream, places.pool, strict=True)
        ],
        "ceiling": [str(year) for year in problem.cash.year],
        "share": list(problem.shares.names),
        "spot": ["firm", "spot"],
    }


def _positions(groups: np.ndarray) -> list[int]:
    """Position of each element within its run of equal neighbours."""
    result: list[int] = []
    for index, group in enumerate(groups):
        result.append(result[-1] + 1 if index and group == groups[index - 1] else 0)
    return result


def column_names(block: Block, labels: dict[str, list[str]]) -> list[str]:
    """Names of a block's columns in order, such as ``serve[chat/us@aws-h100,2026-01-01,peak]``."""
    positions = np.nonzero(block.ids >= 0)
    axes = [[labels[axis][index] for index in position] for axis, position in zip(block.axes, positions, strict=True)]
    return [f"{block.name}[{','.join(parts)}]" for parts in zip(*axes, strict=True)]


def row_names(rows: Rows, labels: dict[str, list[str]]) -> list[str]:
    """Names of a family's rows in order, such as ``demand_met[chat/us,2026-01-01,peak]``."""
    axes = [
        [labels[axis][index] if index < len(labels[axis]) else str(index) for index in position]
        for axis, position in rows.keys.items()
    ]
    return [f"{rows.family}[{','.join(parts)}]" for parts in zip(*axes, strict=True)]
