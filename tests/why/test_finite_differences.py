"""Prices agree with plans solved again by another solver with the bound moved, on random scenarios."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from router.model.model import Model, build_model
from router.problem.problem import Problem, build_problem
from router.scenario.scenario import Scenario
from router.why.explainer import Explainer
from router.why.limit import Limit
from router.why.ranging import RangeEnd
from tests.audit.random_scenarios import random_scenario
from tests.plan.random_scenarios import documents
from tests.scenarios import Part, document
from tests.why.fixed import explained, fixed_cost_usd

Moved = Callable[[float], Problem]
"""The problem with so much more of a limit."""

RELATIVE = 1e-4
SEEDS = range(8)


def asked_of(seed: int) -> Explainer:
    """Questions about the best plan of a random scenario."""
    return explained(build_model(build_problem(random_scenario(seed))))


def cost(asked: Explainer, model: Model, limit: Limit | None = None) -> float:
    """Discounted cost with whole-number columns at the plan, but for the limit's frame, by the other solver."""
    found = fixed_cost_usd(model, asked.book.values, free(model, limit))
    assert found is not None
    return found


def free(model: Model, limit: Limit | None) -> dict[int, tuple[float, float]]:
    """Whole instances in fractions, as a limit's frame has them."""
    columns = [] if limit is None else limit.frame.columns.tolist()
    return {column: (float(model.program.lower[column]), float(model.program.upper[column])) for column in columns}


def close(difference: float, expected: float, total: float) -> bool:
    """Whether two differences of costs agree, given that costs of this size hold no more than eleven digits."""
    return abs(difference - expected) <= RELATIVE * max(abs(difference), abs(expected)) + 1e-8 * max(1.0, abs(total))


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_of_one_more_unit_sum_to_the_difference_of_two_plans(seed: int) -> None:
    asked = asked_of(seed)
    book, program = asked.book, asked.book.model.program
    compared = 0
    for stream, period, part, pair in asked.biggest_allocations(4):
        if book.problem.pools.whole[book.problem.pairs.pool[pair]]:
            continue
        why = asked.served(stream, period, part, pair)
        usd = why.hours * why.discount
        step = 1e-4 * why.demand
        for direction, other in ((-1, pair), *((1, other) for other in others(asked, stream, period, part, pair))):
            if book.problem.pools.whole[book.problem.pairs.pool[other]]:
                continue
            name = named(asked, other)
            place = next(place for place in (why.here, *why.others) if place.name == name)
            column = book.column("serve", other, period, part)
            bounds = (place.units + step, np.inf) if direction > 0 else (0.0, place.units - step)
            rows = {}
            for row, lower, upper in demand_grows(asked, stream, period, part):
                rows[row] = (
                    program.row_lower[row] + direction * step * lower,
                    program.row_upper[row] + direction * step * upper,
                )
            after = fixed_cost_usd(book.model, book.values, {column: bounds}, rows)
            assert (after is None) == (place.cost is None), name
            if after is None or place.cost is None:
                continue
            assert place.cost.marginal_usd == pytest.approx(sum(place.cost.parts.values()))
            before = cost(asked, book.model)
            assert close(direction * (after - before), place.marginal_usd * usd * step, before), (name, place.cost)
            compared += 1
    assert compared or book.problem.pools.whole.any()


def others(asked: Explainer, stream: int, period: int, part: int, pair: int) -> list[int]:
    """The other pairs of a stream."""
    pairs = asked.book.problem.pairs
    mine = np.flatnonzero(pairs.stream == stream).tolist()
    return [n for n in mine if n != pair and asked.book.column("serve", n, period, part) >= 0]


def named(asked: Explainer, pair: int) -> str:
    """The name of a pair's place."""
    pairs, pools = asked.book.problem.pairs, asked.book.problem.pools
    return f"{pools.names[pairs.pool[pair]]}{' (spot)' if pairs.spot[pair] else ''}"


def demand_grows(asked: Explainer, stream: int, period: int, part: int) -> list[tuple[int, float, float]]:
    """Rows that one more unit of demand moves."""
    row = asked.book.rows.at("demand_met", stream, period, part)
    follow = asked.limits.follows_demand(stream, period, part)
    return [(row, 1.0, 0.0), *((r, low, up) for r, low, up in follow if r >= 0)]


@pytest.mark.parametrize("seed", SEEDS)
def test_limits_are_worth_what_the_model_built_anew_says(seed: int) -> None:
    assert check_limits(random_scenario(seed)) >= 5


@given(document_parts=documents())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_limits_of_any_small_scenario(document_parts: Part) -> None:
    check_limits(Scenario.model_validate(document(**document_parts)))


def check_limits(scenario: Scenario) -> int:
    """Every kind of limit: within its range, one more costs what the model with one more says. How many compared."""
    problem = build_problem(scenario)
    asked = explained(build_model(problem))
    compared = 0
    for limit, amount_more in moves(asked, problem):
        worth = asked.worth(limit)
        before = cost(asked, asked.book.model, limit)
        for sign, direction in ((1, worth.more), (-1, worth.fewer)):
            if direction is None:
                continue
            assert direction.until is not None
            if direction.until <= 1e-3 * max(1.0, abs(limit.total)):
                continue
            amount = 0.5 * min(direction.until, max(1.0, abs(limit.total)))
            # Whole numbers of instances stay fixed, and a pool's row may end with its last instance.
            moved = build_model(amount_more(sign * amount))
            if (
                moved.program.columns != asked.book.model.program.columns
                or moved.program.rows != asked.book.model.program.rows
            ):
                continue
            after = cost(asked, moved, limit)
            expected = direction.cost_usd * worth.discount * amount
            assert close(after - before, expected, before), (limit.name, sign, amount, worth)
            compared += 1
            if direction.ends is not RangeEnd.CHANGES:
                continue
            beyond = cost_beyond(asked, amount_more, limit, sign * direction.until)
            if beyond is not None:
                line = direction.cost_usd * worth.discount * 1.5 * direction.until
                assert beyond - before > line - 1e-8 * before, (limit.name, sign, worth)
    return compared


def cost_beyond(asked: Explainer, amount_more: Moved, limit: Limit, until: float) -> float | None:
    """The cost half as far again, where the model is still of the same shape."""
    moved = build_model(amount_more(1.5 * until))
    same = (
        moved.program.columns == asked.book.model.program.columns
        and moved.program.rows == asked.book.model.program.rows
    )
    return fixed_cost_usd(moved, asked.book.values, free(moved, limit)) if same else None


def moves(asked: Explainer, problem: Problem) -> list[tuple[Limit, Moved]]:
    """Limits of every kind, each with the problem in which it is ``amount`` more."""
    rng = np.random.default_rng(0)
    found: list[tuple[Limit, Moved]] = []
    pools, streams, windows = problem.pools, problem.streams, problem.windows

    def some(mask: np.ndarray, most: int = 2) -> list[list[int]]:
        chosen: list[list[int]] = rng.permutation(np.argwhere(mask))[:most].tolist()
        return chosen

    for p, t in some(pools.capacity > 0, 4):
        found.append((asked.limits.capacity(p, t), pool_with(problem, "capacity", p, t)))
    for p, t in some((pools.spot_capacity > 0) & (pools.spot_capacity < pools.capacity)):
        found.append((asked.limits.spot_capacity(p, t), pool_with(problem, "spot_capacity", p, t)))
    still = streams.demand * (streams.migration_usd_per_unit == 0)[:, None, None]
    for s, t, h in some(still > 0, 3):
        found.append((asked.limits.demand(s, t, h), demand_with(problem, s, t, h)))
    for window in range(len(windows.contract)):
        found.append((asked.limits.commitment(window), promise_with(problem, window)))
    for ceiling in range(len(problem.cash.usd)):
        found.append((asked.limits.cash(ceiling), cash_with(problem, ceiling)))
    for line, t in some(problem.lines.available & np.isfinite(problem.lines.max_instances)):
        offer = int(problem.lines.offer[line])
        if asked.book.rows.at("rental_limit", offer, t, 0) >= 0:
            found.append((asked.limits.offer(offer, t), offer_with(problem, offer, t)))
    return found


def pool_with(problem: Problem, field: str, pool: int, period: int) -> Moved:
    """The problem with other instances of a pool in a period."""

    def made(amount: float) -> Problem:
        values = getattr(problem.pools, field).copy()
        values[pool, period] += amount
        return replace(problem, pools=replace(problem.pools, **{field: values}))

    return made


def demand_with(problem: Problem, stream: int, period: int, part: int) -> Moved:
    """The problem with other demand."""

    def made(amount: float) -> Problem:
        demand = problem.streams.demand.copy()
        demand[stream, period, part] += amount
        return replace(problem, streams=replace(problem.streams, demand=demand))

    return made


def promise_with(problem: Problem, window: int) -> Moved:
    """The problem with another promise."""

    def made(amount: float) -> Problem:
        windows = problem.windows
        promise, carry = windows.promise_usd.copy(), windows.carry_limit_usd.copy()
        if promise[window] > 0 and np.isfinite(carry[window]):
            carry[window] *= (promise[window] + amount) / promise[window]
        promise[window] += amount
        return replace(problem, windows=replace(windows, promise_usd=promise, carry_limit_usd=carry))

    return made


def cash_with(problem: Problem, ceiling: int) -> Moved:
    """The problem with another cash ceiling."""

    def made(amount: float) -> Problem:
        usd = problem.cash.usd.copy()
        usd[ceiling] += amount
        return replace(problem, cash=replace(problem.cash, usd=usd))

    return made


def offer_with(problem: Problem, offer: int, period: int) -> Moved:
    """The problem with another max_instances of an offer."""

    def made(amount: float) -> Problem:
        limit = problem.lines.max_instances.copy()
        limit[problem.lines.offer == offer, period] += amount
        return replace(problem, lines=replace(problem.lines, max_instances=limit))

    return made
