"""A solution becomes a plan: decisions, what follows from them, the bill, and how good it is proved to be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from router import __version__
from router.arrays import FloatArray
from router.model.model import Model
from router.plan import records
from router.plan.billing import HALF_A_CENT, bill, cents
from router.plan.breaches import breach_lines, breaches, cash_by_year
from router.plan.causes import Causes
from router.plan.consequences import Consequences, consequences
from router.plan.decisions import Decisions, read_decisions
from router.plan.document import (
    NOT_CASH,
    BillCategory,
    BillLine,
    Plan,
    ScenarioReference,
    SolveRecord,
    Totals,
    UnservedRecord,
)
from router.plan.notes import notes
from router.problem.problem import Problem


def build_plan(
    model: Model,
    values: FloatArray,
    scenario: ScenarioReference,
    lower_bound_usd: float,
    gap_asked: float,
    closed_by: str,
    threads: int,
) -> Plan:
    """The plan that the solver's values (n,) stand for. ``lower_bound_usd`` is discounted, like the cost."""
    problem = model.problem
    decisions = read_decisions(model, values)
    follows = consequences(problem, decisions)
    paid_lines = bill(problem, decisions, follows)
    # Breaches are paid to nobody, so that the years' cash is known before them.
    paid_usd = cash_by_year(problem, paid_lines)
    broken = list(breaches(problem, paid_usd, follows))
    lines = [*paid_lines, *breach_lines(problem, broken)]
    totals = _totals(problem, lines, paid_usd)
    program = model.program
    # The bill is rounded to cents and the bound is not: a bound above the cost is that rounding.
    bound = totals.cost_usd if lower_bound_usd > totals.cost_usd - HALF_A_CENT else lower_bound_usd
    gap = (totals.cost_usd - bound) / max(1e-9, abs(totals.cost_usd)) if math.isfinite(bound) else 1.0
    return Plan(
        router_version=__version__,
        scenario=scenario,
        solve=SolveRecord(
            status="optimal" if gap <= gap_asked else "feasible",
            cost_usd=totals.cost_usd,
            lower_bound_usd=bound if math.isfinite(bound) else 0.0,
            gap=gap,
            gap_asked=gap_asked,
            closed_by=closed_by,
            columns=program.columns,
            rows=program.rows,
            nonzeros=len(program.values),
            integer_columns=int(program.is_integer.sum()),
            threads=threads,
        ),
        periods=records.periods(problem),
        totals=totals,
        windows=list(records.windows(problem, follows)),
        tiers=list(records.tiers(problem, follows)),
        runs=list(records.runs(problem, decisions)),
        reservations=list(records.reservations(problem, decisions)),
        unserved=list(_unserved(problem, decisions, follows, paid_usd)),
        breaches=[record for record, _ in broken],
        notes=list(notes(problem, decisions, follows)),
        serving=records.serving(problem, decisions),
        rentals=records.rentals(problem, decisions),
        local_calls=records.local_calls(problem, decisions),
        bill=lines,
    )


def _totals(problem: Problem, lines: Sequence[BillLine], paid_usd: Mapping[int, float]) -> Totals:
    by_category: dict[BillCategory, float] = defaultdict(float)
    by_provider: dict[str, float] = defaultdict(float)
    cash: list[float] = []
    # The bill is in order of categories.
    for category, group in groupby(lines, attrgetter("category")):
        of_category = list(group)
        amounts = [line.amount_usd for line in of_category]
        by_category[category] = sum(amounts, by_category[category])
        if category not in NOT_CASH:
            cash += amounts
            for line in of_category:
                by_provider[line.provider or "-"] += line.amount_usd
    discount = problem.calendar.discount.tolist()
    discounted = [line.amount_usd * discount[line.period] for line in lines]
    return Totals(
        cost_usd=cents(math.fsum(discounted)),
        cash_usd=cents(math.fsum(cash)),
        by_category_usd={category.value: cents(total) for category, total in by_category.items()},
        by_provider_usd={name: cents(total) for name, total in by_provider.items()},
        cash_by_year_usd={str(year): total for year, total in paid_usd.items()},
    )


def _unserved(
    problem: Problem, decisions: Decisions, follows: Consequences, paid_usd: Mapping[int, float]
) -> Iterator[UnservedRecord]:
    missing = np.argwhere(follows.unserved > 0)
    jobs = np.flatnonzero(follows.unserved_job)
    if not len(missing) and not len(jobs):
        return
    causes = Causes(problem, decisions, follows, paid_usd)
    streams, calendar = problem.streams, problem.calendar
    for stream, period, part in missing:
        quantity = float(follows.unserved[stream, period, part])
        value = streams.unserved_usd_per_unit_hour[stream] * calendar.slice_hours[period, part] * quantity
        yield UnservedRecord(
            workload=streams.workloads[stream],
            stream=streams.streams[stream],
            period=int(period),
            slice=calendar.slices[part],
            quantity=quantity,
            demand=float(streams.demand[stream, period, part]),
            value_usd=cents(float(value)),
            because=causes.of_stream(int(stream), int(period), int(part)),
        )
    for job in jobs:
        yield UnservedRecord(
            workload=problem.jobs.names[job],
            stream=None,
            period=int(problem.jobs.charged_in[job]),
            slice=None,
            quantity=1.0,
            demand=1.0,
            value_usd=cents(float(problem.jobs.value_usd[job])),
            because=causes.of_job(int(job)),
        )
