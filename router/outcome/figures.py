"""Figures of a plan from the solver's arrays, without the plan's ten thousand records."""

from __future__ import annotations

import math

import numpy as np

from router.model.model import Model
from router.outcome.money import money_of
from router.outcome.outcome import Outcome, WindowFigures
from router.outcome.sums import NOBODY, by_name
from router.plan.amounts import Amounts, Source, amounts
from router.plan.billing import HALF_A_CENT
from router.plan.breaches import breach_lines, breaches
from router.plan.consequences import Consequences, consequences
from router.plan.decisions import read_decisions
from router.problem.problem import Problem


def outcome_of(model: Model, values: np.ndarray, lower_bound_usd: float, found_by: str) -> Outcome:
    """Figures of the plan that the solver's values (n,) stand for: those of ``build_plan`` but for cents.

    ``lower_bound_usd`` is discounted, like the cost; -inf where nothing is proven. Names with nothing to tell are left
    out of all figures by name.
    """
    problem = model.problem
    decisions = read_decisions(model, values)
    follows = consequences(problem, decisions)
    parts = amounts(problem, decisions, follows)
    money = money_of(problem, parts)
    broken = list(breaches(problem, money.cash_by_year_usd, follows))
    by_cause = dict(money.cost_by_cause_usd)
    for line in breach_lines(problem, broken):
        cause = line.category.value, NOBODY
        by_cause[cause] = by_cause.get(cause, 0.0) + line.amount_usd * float(problem.calendar.discount[line.period])
    cost = math.fsum(by_cause.values())
    of = {part.source: part for part in parts}
    return Outcome(
        cost_usd=cost,
        lower_bound_usd=_bound(cost, lower_bound_usd),
        cash_usd=math.fsum(money.cash_by_provider_usd.values()),
        cost_by_cause_usd=by_cause,
        cash_by_year_usd={str(year): usd for year, usd in money.cash_by_year_usd.items()},
        cash_by_period_usd=money.cash_by_period_usd,
        cash_by_provider_usd=money.cash_by_provider_usd,
        windows=_windows(problem, follows),
        unserved_usd=_left_out(problem, of[Source.UNSERVED], of[Source.UNSERVED_JOB], in_usd=True),
        unserved_units=_left_out(problem, of[Source.UNSERVED], of[Source.UNSERVED_JOB], in_usd=False),
        moved_units=by_name(problem.streams.workloads, of[Source.MIGRATION].of, of[Source.MIGRATION].quantity),
        broken_limits=tuple(dict.fromkeys(record.limit for record, _ in broken)),
        found_by=found_by,
    )


def _bound(cost_usd: float, lower_bound_usd: float) -> float:
    """As the plan has it: a bound within half a cent of the cost is the cost, and none is told as zero."""
    if not math.isfinite(lower_bound_usd):
        return 0.0
    return cost_usd if lower_bound_usd > cost_usd - HALF_A_CENT else lower_bound_usd


def _left_out(problem: Problem, streams: Amounts, jobs: Amounts, *, in_usd: bool) -> dict[str, float]:
    """What is not served by workload: value, or unit-hours of streams and the number of jobs."""
    of_streams = by_name(problem.streams.workloads, streams.of, streams.usd if in_usd else streams.quantity)
    return of_streams | by_name(problem.jobs.names, jobs.of, jobs.usd if in_usd else jobs.quantity)


def _windows(problem: Problem, follows: Consequences) -> tuple[WindowFigures, ...]:
    table = problem.windows
    columns = (
        table.contract.tolist(),
        table.commitment,
        table.start,
        table.end,
        table.promise_usd.tolist(),
        (follows.drawdown_usd + follows.carried_in_usd).tolist(),
        follows.shortfall_usd.tolist(),
    )
    return tuple(
        WindowFigures(problem.contracts[contract], *figures) for contract, *figures in zip(*columns, strict=True)
    )
