"""Names of columns and rows in the user's words, made only when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from router.arrays import BoolArray, Ids
from router.model.columns import Block
from router.model.rows import Rows
from router.problem.problem import Problem

Parts = tuple[Any, ...]
"""What the labels of an axis are made from: whole tuples and columns of the problem's tables."""


def axis_parts(problem: Problem) -> dict[str, Parts]:
    """For every axis what its labels are made from. Where the parts are the same, so are the labels."""
    pools, lines, cohorts, pairs = problem.pools, problem.lines, problem.cohorts, problem.pairs
    runs, windows, tiers, calls = problem.runs, problem.windows, problem.tiers, problem.calls
    contracts, starts, places = problem.contracts, problem.calendar.starts, problem.places
    streams = problem.streams.workloads, problem.streams.streams
    return {
        "period": (starts,),
        "slice": (problem.calendar.slices,),
        "pool": (pools.names,),
        "provider": (pools.providers,),
        "stream": streams,
        "workload": (problem.workloads,),
        "job": (problem.jobs.names,),
        "contract": (contracts,),
        "offer": (lines.offer, cohorts.offer),
        "pair": (*streams, pools.names, pairs.stream, pairs.pool, pairs.spot),
        "line": (pools.names, contracts, lines.pool, lines.option, lines.contract),
        "cohort": (
            pools.names,
            contracts,
            starts,
            cohorts.pool,
            cohorts.term_months,
            cohorts.contract,
            cohorts.first_period,
        ),
        "run": (
            problem.jobs.names,
            pools.names,
            starts,
            runs.job,
            runs.pool,
            runs.spot,
            runs.first_period,
            runs.accelerators,
        ),
        "window": (contracts, windows.contract, windows.commitment, windows.start),
        "tier": (contracts, tiers.contract, tiers.start),
        "band": (contracts, tiers.contract, tiers.start, tiers.band_window),
        "call": (*streams, problem.workloads, calls.stream, calls.workload),
        "place": (*streams, pools.names, places.stream, places.pool),
        "ceiling": (problem.cash.year,),
        "share": (problem.shares.names,),
        "spot": (("firm", "spot"),),
    }


def labels_of(axis: str, parts: Parts) -> list[str]:
    """The label of every index on an axis, from its axis_parts."""
    return _LABELS.get(axis, _themselves)(*parts)


def axis_labels(problem: Problem) -> dict[str, list[str]]:
    """The label of every index on every axis."""
    return {axis: labels_of(axis, parts) for axis, parts in axis_parts(problem).items()}


Names = tuple[str, ...]
Days = tuple[date, ...]


def _themselves(names: Names) -> list[str]:
    return list(names)


def _periods(starts: Days) -> list[str]:
    return [start.isoformat() for start in starts]


def _streams(workloads: Names, streams: Names) -> list[str]:
    return [f"{workload}/{stream}" for workload, stream in zip(workloads, streams, strict=True)]


def _offers(of_lines: Ids, of_cohorts: Ids) -> list[str]:
    count = 1 + int(max(of_lines.max(initial=-1), of_cohorts.max(initial=-1)))
    return [f"offers#{index}" for index in range(count)]


def _pairs(workloads: Names, streams: Names, pools: Names, stream: Ids, pool: Ids, spot: BoolArray) -> list[str]:
    places = _places(workloads, streams, pools, stream, pool)
    return [f"{place}/spot" if is_spot else place for place, is_spot in zip(places, spot.tolist(), strict=True)]


def _places(workloads: Names, streams: Names, pools: Names, stream: Ids, pool: Ids) -> list[str]:
    names = _streams(workloads, streams)
    return [f"{names[row]}@{pools[where]}" for row, where in zip(stream.tolist(), pool.tolist(), strict=True)]


def _lines(pools: Names, contracts: Names, pool: Ids, option: Names, contract: Ids) -> list[str]:
    signed = [*contracts, "list"]  # index -1: no contract
    return [
        f"{pools[where]}/{how}/{signed[under]}"
        for where, how, under in zip(pool.tolist(), option, contract.tolist(), strict=True)
    ]


def _cohorts(
    pools: Names, contracts: Names, starts: Days, pool: Ids, months: Ids, contract: Ids, first: Ids
) -> list[str]:
    signed, days = [*contracts, "list"], _periods(starts)
    columns = (column.tolist() for column in (pool, months, contract, first))
    return [
        f"{pools[where]}/reserved{term}/{signed[under]},{days[begin]}"
        for where, term, under, begin in zip(*columns, strict=True)
    ]


def _runs(
    jobs: Names, pools: Names, starts: Days, job: Ids, pool: Ids, spot: BoolArray, first: Ids, accelerators: Ids
) -> list[str]:
    days = _periods(starts)
    columns = (column.tolist() for column in (job, pool, spot, first, accelerators))
    return [
        f"{jobs[what]}@{pools[where]}{'/spot' if is_spot else ''},{days[begin]},{size}"
        for what, where, is_spot, begin, size in zip(*columns, strict=True)
    ]


def _windows(contracts: Names, contract: Ids, commitment: Names, starts: Days) -> list[str]:
    return [
        f"{contracts[signed]}/{name},{start}" for signed, name, start in zip(contract, commitment, starts, strict=True)
    ]


def _tiers(contracts: Names, contract: Ids, starts: Days) -> list[str]:
    return [f"{contracts[signed]},{start}" for signed, start in zip(contract, starts, strict=True)]


def _bands(contracts: Names, contract: Ids, starts: Days, window: Ids) -> list[str]:
    return [
        f"{contracts[contract[tier]]},{starts[tier]},{number}"
        for tier, number in zip(window, _positions(window), strict=True)
    ]


def _calls(workloads: Names, streams: Names, names: Names, stream: Ids, called: Ids) -> list[str]:
    callers = _streams(workloads, streams)
    return [f"{callers[row]}>{names[workload]}" for row, workload in zip(stream, called, strict=True)]


def _years(years: Ids) -> list[str]:
    return [str(year) for year in years]


_LABELS: dict[str, Callable[..., list[str]]] = {
    "period": _periods,
    "stream": _streams,
    "offer": _offers,
    "pair": _pairs,
    "line": _lines,
    "cohort": _cohorts,
    "run": _runs,
    "window": _windows,
    "tier": _tiers,
    "band": _bands,
    "call": _calls,
    "place": _places,
    "ceiling": _years,
}
"""How the labels of an axis are made from its parts; of the other axes the only part is the labels."""


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
