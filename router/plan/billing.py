"""The bill: the plan priced again from first principles, line by line, in cents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

import numpy as np

from router.arrays import Ids
from router.plan.amounts import Amounts, Source, amounts
from router.plan.consequences import Consequences
from router.plan.decisions import Decisions
from router.plan.document import BillLine
from router.plan.making import named, records_of
from router.problem.problem import Problem

HALF_A_CENT = 0.005


def cents(usd: float) -> float:
    """An amount rounded to cents."""
    return float(round(usd, 2)) + 0.0


def bill(problem: Problem, decisions: Decisions, follows: Consequences) -> list[BillLine]:
    """All lines but breaches, by category (docs/model.md section 6)."""
    return [line for part in amounts(problem, decisions, follows) for line in _lines(problem, part)]


@dataclass(frozen=True)
class _Words:
    """What the lines of a source say beside their figures."""

    item: Sequence[str | None]
    unit: str
    purchase_option: Sequence[str] | str | None = None
    contract: Sequence[str | None] | None = None


def _lines(problem: Problem, part: Amounts) -> list[BillLine]:
    """Lines of one source, but for those of no cent."""
    # As cents() does, for all lines; numpy's own rounding is another in the last place.
    usd = np.array(list(map(round, part.usd.tolist(), repeat(2))), dtype=np.float64) + 0.0
    count = len(usd)
    words = _WORDS[part.source](problem, part.of)
    lines = records_of(
        BillLine,
        count,
        period=part.period,
        category=[part.category] * count,
        provider=named(part.providers, part.provider),
        item=words.item,
        purchase_option=words.purchase_option,
        contract=words.contract,
        quantity=part.quantity,
        unit=words.unit,
        usd_per_unit=part.usd_per_unit,
        amount_usd=usd,
    )
    return list(compress(lines, (np.abs(usd) >= HALF_A_CENT).tolist()))


def _usage(problem: Problem, line: Ids) -> _Words:
    table = problem.lines
    return _Words(
        named(problem.pools.names, table.pool[line]),
        "instance-hours",
        [table.option[index] for index in line.tolist()],
        named(problem.contracts, table.contract[line]),
    )


def _reservations(problem: Problem, cohort: Ids) -> _Words:
    cohorts = problem.cohorts
    return _Words(
        named(problem.pools.names, cohorts.pool[cohort]),
        "instance-hours",
        "reserved",
        named(problem.contracts, cohorts.contract[cohort]),
    )


def _shortfalls(problem: Problem, window: Ids) -> _Words:
    windows = problem.windows
    contract = named(problem.contracts, windows.contract[window])
    commitment = [windows.commitment[index] for index in window.tolist()]
    items = [f"{signed}/{name}" for signed, name in zip(contract, commitment, strict=True)]
    return _Words(items, "USD", contract=contract)


def _tier_credits(problem: Problem, window: Ids) -> _Words:
    contract = named(problem.contracts, problem.tiers.contract[window])
    return _Words(contract, "USD", contract=contract)


def _calls(problem: Problem, call: Ids) -> _Words:
    calls = problem.calls
    names = [
        f"{problem.stream_name(stream)} > {problem.workloads[workload]}"
        for stream, workload in zip(calls.stream.tolist(), calls.workload.tolist(), strict=True)
    ]
    return _Words(named(names, call), "GB")


def _datasets(problem: Problem, run: Ids) -> _Words:
    return _Words(named(problem.jobs.names, problem.runs.job[run]), "GB")


def _jobs(problem: Problem, job: Ids) -> _Words:
    return _Words(named(problem.jobs.names, job), "jobs")


def _streams_in(unit: str) -> Callable[[Problem, Ids], _Words]:
    def words(problem: Problem, stream: Ids) -> _Words:
        names = [problem.stream_name(index) for index in range(problem.streams.count)]
        return _Words(named(names, stream), unit)

    return words


_WORDS: dict[Source, Callable[[Problem, Ids], _Words]] = {
    Source.USAGE: _usage,
    Source.RESERVATION: _reservations,
    Source.AFTER_HORIZON: _reservations,
    Source.SHORTFALL: _shortfalls,
    Source.TIER_CREDIT: _tier_credits,
    Source.TRAFFIC_TO_USERS: _streams_in("GB"),
    Source.TRAFFIC_OF_CALLS: _calls,
    Source.DATASET: _datasets,
    Source.MIGRATION: _streams_in("units"),
    Source.UNSERVED: _streams_in("unit-hours"),
    Source.UNSERVED_JOB: _jobs,
}
