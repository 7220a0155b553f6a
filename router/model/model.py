"""The model: a problem becomes a linear program, constraint family by constraint family."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np

from router.arrays import FloatArray, Ids
from router.model.assembly import assemble
from router.model.blocks import Blocks, blocks_of
from router.model.columns import Columns, lay_out
from router.model.constraints.affinity import local_calls_answered, local_calls_made
from router.model.constraints.capacity import (
    Purchases,
    Use,
    pool_capacity,
    rental_cover,
    rental_limit,
    rented_capacity,
    reservation_limit,
    run_rental,
    spot_capacity,
    spot_cover,
    spot_rented,
)
from router.model.constraints.cash import cash_ceiling
from router.model.constraints.contracts import (
    carry_or_none,
    commitment_window,
    contract_spend,
    most_credit_usd,
    one_tier_level,
    shortfall_or_none,
    tier_lower,
    tier_spend,
    tier_upper,
)
from router.model.constraints.demand import (
    demand_met,
    served_after_loss,
    served_on_spot,
    served_or_unserved,
    spot_share,
    survive_provider_loss,
)
from router.model.constraints.migration import migration
from router.model.constraints.shares import provider_share_max, provider_share_min
from router.model.constraints.training import one_run_per_job
from router.model.costs import CostEntries, cost_entries, rent_cost_usd
from router.model.linear_program import LinearProgram
from router.model.rows import Rows
from router.problem.problem import Problem
from router.problem.reuse import Made, Reuse
from router.problem.streams import kept_share


@dataclass(frozen=True)
class Model:
    """A linear program with the meaning of its columns and rows. ``made`` is what a later build takes over from."""

    problem: Problem
    columns: Columns
    rows: tuple[Rows, ...]
    program: LinearProgram
    blocks: Blocks
    made: Mapping[Hashable, Made] = field(repr=False, compare=False)


def money_unit(rent_cost: FloatArray) -> float:
    """A power of ten near what an instance costs in a period, so that coefficients of rented instances are near one.

    rent_cost of rent_cost_usd.
    """
    positive = rent_cost[rent_cost > 0]
    return float(10.0 ** np.round(np.log10(np.median(positive)))) if len(positive) else 1.0


def build_model(problem: Problem, previous: Model | None = None, usd_per_unit: float | None = None) -> Model:
    """All columns, rows and costs of a problem.

    ``previous``: the model of an earlier problem. What comes out as before is taken over, down to single arrays: the
    same object, as Reuse tells. ``usd_per_unit``: the money unit to keep, since another one rescales the whole
    program; left out, it follows from the prices.
    """
    reuse = Reuse(None if previous is None else previous.made)
    rent_cost = reuse.take("rent cost", rent_cost_usd, problem.lines.price_usd_per_hour, problem.calendar.slice_hours)
    unit = reuse.take("money unit", money_unit, rent_cost) if usd_per_unit is None else usd_per_unit
    columns = lay_out(reuse, problem, unit)
    entries = cost_entries(reuse, problem, columns, rent_cost, unit)
    rows = (
        *_serving_rows(reuse, problem, columns),
        *_capacity_rows(reuse, problem, columns),
        *_contract_rows(reuse, problem, columns, rent_cost, unit),
        reuse.take("cash_ceiling", cash_ceiling, entries, columns.ids("cash_over"), problem.cash, unit),
    )
    objective = reuse.take("objective", _objective, entries, columns.count, problem.calendar.discount, unit)
    program = assemble(reuse, columns, rows, objective, unit)
    kept = reuse.take("rows", _not_empty, rows)
    blocks = blocks_of(reuse, columns, kept)
    return Model(problem, columns, kept, program, blocks, reuse.made)


def _objective(entries: CostEntries, columns: int, discount: FloatArray, usd_per_unit: float) -> FloatArray:
    return entries.objective(columns, discount) / usd_per_unit


def _not_empty(rows: tuple[Rows, ...]) -> tuple[Rows, ...]:
    return tuple(family for family in rows if family.count)


def _use(reuse: Reuse, problem: Problem, columns: Columns) -> Use:
    """Pairs and runs as the capacity constraints take them."""
    pairs, runs = problem.pairs, problem.runs
    return reuse.take(
        "use",
        Use,
        columns.ids("serve"),
        pairs.pool,
        pairs.spot,
        pairs.throughput,
        columns.ids("run"),
        runs.pool,
        runs.spot,
        runs.instances,
        runs.hold_run,
        runs.hold_period,
        runs.hold_share,
    )


def _purchases(reuse: Reuse, problem: Problem, columns: Columns) -> Purchases:
    """Lines and cohorts as the capacity constraints take them."""
    lines, cohorts = problem.lines, problem.cohorts
    rent, rent_run, reserve = columns.ids("rent"), columns.ids("rent_run"), columns.ids("reserve")
    return reuse.take(
        "purchases", Purchases, rent, rent_run, lines.pool, lines.spot, reserve, cohorts.pool, cohorts.covers
    )


def _serving_rows(reuse: Reuse, problem: Problem, columns: Columns) -> tuple[Rows, ...]:
    pairs, streams, pools, calls = problem.pairs, problem.streams, problem.pools, problem.calls
    serve, unserved, local = columns.ids("serve"), columns.ids("unserved"), columns.ids("local")
    stream, demand, survive = pairs.stream, streams.demand, streams.survive
    provider = reuse.take("pair provider", _at, pools.provider, pairs.pool)
    workload = reuse.take("pair workload", _at, streams.workload, stream)
    take = reuse.take
    # Terms first: they stay as they are where only the demand changes.
    met = take("demand_met terms", served_or_unserved, serve, stream, unserved)
    lost = take("survive terms", served_after_loss, serve, stream, provider, len(pools.providers), unserved, survive)
    on_spot = take("spot_share terms", served_on_spot, serve, stream, pairs.spot, streams.count)
    return (
        take("demand_met", demand_met, met, demand),
        take("survive_provider_loss", survive_provider_loss, lost, survive, demand),
        take("spot_share", spot_share, on_spot, streams.spot_share, demand),
        take("local_calls_made", local_calls_made, serve, stream, provider, local, calls),
        take(
            "local_calls_answered",
            local_calls_answered,
            serve,
            workload,
            provider,
            local,
            calls,
            len(problem.workloads),
        ),
        take(
            "migration",
            migration,
            serve,
            problem.places,
            columns.ids("moved"),
            take("kept share", kept_share, demand, problem.calendar.slice_share),
            problem.calendar.slice_share,
        ),
        take("one_run_per_job", one_run_per_job, columns.ids("run"), problem.runs.job, columns.ids("unserved_job")),
    )


def _capacity_rows(reuse: Reuse, problem: Problem, columns: Columns) -> tuple[Rows, ...]:
    lines, cohorts, shares = problem.lines, problem.cohorts, problem.shares
    capacity, spot = problem.pools.capacity, problem.pools.spot_capacity
    use, bought = _use(reuse, problem, columns), _purchases(reuse, problem, columns)
    take = reuse.take
    return (
        take("provider_share_max", provider_share_max, use, columns.ids("share_over"), shares),
        take("provider_share_min", provider_share_min, use, columns.ids("share_under"), shares),
        take("rental_cover", rental_cover, use, bought, capacity),
        take("spot_cover", spot_cover, use, bought, spot),
        take("run_rental", run_rental, use, bought),
        take("pool_capacity", pool_capacity, use, capacity),
        take("spot_capacity", spot_capacity, use, spot),
        take("rented_capacity", rented_capacity, bought, capacity),
        take("spot_rented", spot_rented, bought, spot),
        take("rental_limit", rental_limit, bought, lines.offer, lines.max_instances),
        take(
            "reservation_limit",
            reservation_limit,
            bought.reserve,
            cohorts.offer,
            cohorts.covers,
            cohorts.max_instances,
        ),
    )


def _contract_rows(
    reuse: Reuse, problem: Problem, columns: Columns, rent_cost: FloatArray, unit: float
) -> tuple[Rows, ...]:
    lines, cohorts, windows, tiers = problem.lines, problem.cohorts, problem.windows, problem.tiers
    spend, band, level = columns.ids("spend"), columns.ids("band"), columns.ids("level")
    shortfall, carry, carries = columns.ids("shortfall"), columns.ids("carry"), columns.ids("carries")
    limit = columns.spend_limit_usd
    commitment_limit = np.einsum("wt,wt->w", windows.weight, limit[windows.contract])
    window_limit = np.einsum("vt,vt->v", tiers.weight, limit[tiers.contract])
    take = reuse.take
    return (
        take(
            "contract_spend",
            contract_spend,
            spend,
            columns.ids("rent"),
            columns.ids("rent_run"),
            lines.contract,
            take("rent in units", _in_units, rent_cost, unit),
            columns.ids("reserve"),
            cohorts.contract,
            take("payment in units", _in_units, cohorts.payment_usd, unit),
        ),
        take("commitment_window", commitment_window, spend, shortfall, carry, band, windows, tiers, unit),
        take(
            "shortfall_or_none",
            shortfall_or_none,
            shortfall,
            carries,
            windows,
            most_credit_usd(tiers, window_limit),
            unit,
        ),
        take("carry_or_none", carry_or_none, carry, carries, windows, commitment_limit, unit),
        take("tier_spend", tier_spend, spend, band, tiers),
        take("tier_upper", tier_upper, band, level, tiers, window_limit, unit),
        take("tier_lower", tier_lower, band, level, tiers, unit),
        take("one_tier_level", one_tier_level, level, tiers),
    )


def _at(values: Ids, index: Ids) -> Ids:
    return np.asarray(values[index])


def _in_units(usd: FloatArray, usd_per_unit: float) -> FloatArray:
    return usd / usd_per_unit
