"""The model: a problem becomes a linear program, constraint family by constraint family."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

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
from router.model.constraints.demand import demand_met, spot_share, survive_provider_loss
from router.model.constraints.migration import migration
from router.model.constraints.shares import provider_share_max, provider_share_min
from router.model.constraints.training import one_run_per_job
from router.model.costs import cost_entries, rent_cost_usd
from router.model.linear_program import LinearProgram
from router.model.rows import Rows
from router.problem.problem import Problem


@dataclass(frozen=True)
class Model:
    """A linear program with the meaning of its columns and rows."""

    problem: Problem
    columns: Columns
    rows: tuple[Rows, ...]
    program: LinearProgram
    blocks: Blocks


def money_unit(problem: Problem) -> float:
    """A power of ten near what an instance costs in a period, so that coefficients of rented instances are near one."""
    cost = rent_cost_usd(problem)
    positive = cost[cost > 0]
    return float(10.0 ** np.round(np.log10(np.median(positive)))) if len(positive) else 1.0


def instances_in_use(problem: Problem, columns: Columns) -> Use:
    """Pairs and runs as the capacity constraints take them."""
    pairs, runs = problem.pairs, problem.runs
    return Use(
        serve=columns.ids("serve"),
        pair_pool=pairs.pool,
        pair_spot=pairs.spot,
        throughput=pairs.throughput,
        run=columns.ids("run"),
        run_pool=runs.pool,
        run_spot=runs.spot,
        run_instances=runs.instances,
        hold_run=runs.hold_run,
        hold_period=runs.hold_period,
        hold_share=runs.hold_share,
    )


def purchases(problem: Problem, columns: Columns) -> Purchases:
    """Lines and cohorts as the capacity constraints take them."""
    return Purchases(
        rent=columns.ids("rent"),
        rent_run=columns.ids("rent_run"),
        line_pool=problem.lines.pool,
        line_spot=problem.lines.spot,
        reserve=columns.ids("reserve"),
        cohort_pool=problem.cohorts.pool,
        covers=problem.cohorts.covers,
    )


def build_model(problem: Problem) -> Model:
    """All columns, rows and costs of a problem."""
    unit = money_unit(problem)
    columns = lay_out(problem, unit)
    entries = cost_entries(problem, columns, unit)
    rows = (
        *_serving_rows(problem, columns),
        *_capacity_rows(problem, columns),
        *_contract_rows(problem, columns, unit),
        cash_ceiling(entries, columns.ids("cash_over"), problem.cash, unit),
    )
    objective = entries.objective(columns.count, problem.calendar.discount) / unit
    program = _assemble(columns, rows, objective, unit)
    kept = tuple(family for family in rows if family.count)
    return Model(problem, columns, kept, program, blocks_of(columns, kept))


def _serving_rows(problem: Problem, columns: Columns) -> tuple[Rows, ...]:
    pairs, streams, pools = problem.pairs, problem.streams, problem.pools
    serve, unserved = columns.ids("serve"), columns.ids("unserved")
    pair_provider = pools.provider[pairs.pool]
    use = instances_in_use(problem, columns)
    return (
        demand_met(serve, pairs.stream, unserved, streams.demand),
        survive_provider_loss(
            serve, pairs.stream, pair_provider, len(pools.providers), unserved, streams.demand, streams.survive
        ),
        spot_share(serve, pairs.stream, pairs.spot, streams.demand, streams.spot_share),
        local_calls_made(serve, pairs.stream, pair_provider, columns.ids("local"), problem.calls),
        local_calls_answered(
            serve,
            streams.workload[pairs.stream],
            pair_provider,
            columns.ids("local"),
            problem.calls,
            len(problem.workloads),
        ),
        migration(serve, columns.places, columns.ids("moved"), streams.demand, problem.calendar.slice_share),
        one_run_per_job(columns.ids("run"), problem.runs.job, columns.ids("unserved_job")),
        provider_share_max(use, columns.ids("share_over"), problem.shares),
        provider_share_min(use, columns.ids("share_under"), problem.shares),
    )


def _capacity_rows(problem: Problem, columns: Columns) -> tuple[Rows, ...]:
    pools, lines, cohorts = problem.pools, problem.lines, problem.cohorts
    use, bought = instances_in_use(problem, columns), purchases(problem, columns)
    return (
        rental_cover(use, bought, pools.capacity),
        spot_cover(use, bought, pools.spot_capacity),
        run_rental(use, bought),
        pool_capacity(use, pools.capacity),
        spot_capacity(use, pools.spot_capacity),
        rented_capacity(bought, pools.capacity),
        spot_rented(bought, pools.spot_capacity),
        rental_limit(bought, lines.offer, lines.max_instances),
        reservation_limit(bought.reserve, cohorts.offer, cohorts.covers, cohorts.max_instances),
    )


def _contract_rows(problem: Problem, columns: Columns, unit: float) -> tuple[Rows, ...]:
    lines, cohorts, tiers = problem.lines, problem.cohorts, problem.tiers
    spend, band, level = columns.ids("spend"), columns.ids("band"), columns.ids("level")
    windows, carries = problem.windows, columns.ids("carries")
    commitment_limit = np.einsum("wt,wt->w", windows.weight, columns.spend_limit_usd[windows.contract])
    window_limit = np.einsum("vt,vt->v", tiers.weight, columns.spend_limit_usd[tiers.contract])
    return (
        contract_spend(
            spend,
            columns.ids("rent"),
            columns.ids("rent_run"),
            lines.contract,
            rent_cost_usd(problem) / unit,
            columns.ids("reserve"),
            cohorts.contract,
            cohorts.payment_usd / unit,
        ),
        commitment_window(spend, columns.ids("shortfall"), columns.ids("carry"), band, problem.windows, tiers, unit),
        shortfall_or_none(columns.ids("shortfall"), carries, windows, most_credit_usd(tiers, window_limit), unit),
        carry_or_none(columns.ids("carry"), carries, windows, commitment_limit, unit),
        tier_spend(spend, band, tiers),
        tier_upper(band, level, tiers, window_limit, unit),
        tier_lower(band, level, tiers, unit),
        one_tier_level(level, tiers),
    )


def _assemble(columns: Columns, rows: tuple[Rows, ...], objective: np.ndarray, unit: float) -> LinearProgram:
    counts = [family.count for family in rows]
    offsets = np.concatenate([[0], np.cumsum(counts)])
    matrix = csr_matrix(
        (
            np.concatenate([family.value for family in rows]),
            (
                np.concatenate([family.row + offset for family, offset in zip(rows, offsets, strict=False)]),
                np.concatenate([family.column for family in rows]),
            ),
        ),
        shape=(int(offsets[-1]), columns.count),
    )
    matrix.sum_duplicates()
    blocks = list(columns.blocks.values())
    return LinearProgram(
        objective=objective,
        lower=np.concatenate([block.lower for block in blocks]),
        upper=np.concatenate([block.upper for block in blocks]),
        kind=np.concatenate([block.kind for block in blocks]),
        row_lower=np.concatenate([family.lower for family in rows]),
        row_upper=np.concatenate([family.upper for family in rows]),
        row_starts=matrix.indptr.astype(np.int32),
        column_indices=matrix.indices.astype(np.int32),
        values=matrix.data.astype(np.float64),
        usd_per_unit=unit,
    )
