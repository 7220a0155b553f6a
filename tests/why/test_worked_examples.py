"""Small plans whose prices can be worked out by hand (docs/explain.md)."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from router.engine.held_program import HeldProgram
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.model import build_model
from router.problem.problem import build_problem
from router.why.charges import Part
from router.why.explainer import Explainer
from router.why.ranging import RangeEnd
from router.why.worth import Direction
from tests import scenarios
from tests.scenarios import both, contract, horizon, job, offer, pool, scenario, service
from tests.solving import optimum
from tests.why.fixed import explained

# A node serves 4 units and costs 10 USD an hour at north, 12 at south; a day has 24 hours.


def ask(**parts: object) -> Explainer:
    """Questions about the best plan of a scenario of one day."""
    return explained(build_model(build_problem(scenario(**{"horizon": horizon(count=1), **parts}))))


def known(direction: Direction | None) -> Direction:
    """A direction that must be there."""
    assert direction is not None
    return direction


def test_a_full_pool_is_worth_the_difference_to_the_next_one_until_all_is_in_it() -> None:
    asked = ask(**both(north=1))  # 8 units are 2 nodes: one at north, one at south.
    worth = asked.worth(asked.limits.capacity(0, 0))
    assert (worth.limit.name, worth.limit.left, worth.limit.total) == ("capacity of north in 2026-01-01", 0, 1)
    more, fewer = known(worth.more), known(worth.fewer)
    assert more.cost_usd == pytest.approx(-2 * 24)
    assert more.until == pytest.approx(1.0)
    assert more.ends is RangeEnd.NOT_FOUND
    assert fewer.cost_usd == pytest.approx(2 * 24)
    assert fewer.until == pytest.approx(1.0)
    assert worth.one_value


def test_a_range_ends_where_the_value_changes() -> None:
    asked = ask(**both(north=1.5))
    more = known(asked.worth(asked.limits.capacity(0, 0)).more)
    assert more.until == pytest.approx(0.5)
    assert more.ends is RangeEnd.CHANGES


def test_at_a_corner_one_more_and_one_fewer_differ() -> None:
    asked = ask(**both(north=2))  # North holds exactly what is needed.
    worth = asked.worth(asked.limits.capacity(0, 0))
    assert known(worth.more).cost_usd == pytest.approx(0, abs=1e-9)
    assert known(worth.fewer).cost_usd == pytest.approx(2 * 24)
    assert not worth.one_value


def test_a_cheaper_pool_that_is_full_is_named_with_its_limit() -> None:
    asked = ask(**both(north=1, south=10))
    why = asked.served(0, 0, 0, here=1)
    assert why.here.name == "south"
    assert why.here.marginal_usd == pytest.approx(12 / 4)
    left_out, north = why.others  # Nobody else is in north: nothing can make room.
    assert (north.cost, north.move, north.move_usd) == (None, None, inf)
    assert north.without is not None
    assert north.without.paid_usd == pytest.approx(10 / 4)
    assert north.paid_move_usd == pytest.approx(-2 / 4)
    (block,) = north.blocks
    assert block.limit.name == "capacity of north in 2026-01-01"
    assert (block.limit.left, block.worth_usd) == pytest.approx((0, 2))
    assert (left_out.name, left_out.marginal_usd, left_out.move_usd) == pytest.approx(("left out", 100, 97))


def test_room_in_a_full_pool_is_made_by_who_gives_way_most_cheaply() -> None:
    parts = {**both(north=1, south=10), "workloads": {"chat": service(4), "batch": service(4)}}
    asked = ask(**parts)
    stream = int(asked.book.served[0, 0, 0] > 0)  # the one that is at south, where one of the two must be
    why = asked.served(stream, 0, 0)
    north = why.others[0]
    assert (why.here.name, north.name) == ("south", "north")
    assert north.cost is not None
    assert north.move is not None
    assert north.cost.parts == pytest.approx({Part.PRICE: 10 / 4, Part.CAPACITY: 2 / 4})
    assert north.move.paid_usd == pytest.approx(-2 / 4)
    assert north.move_usd == 0
    (block,) = north.blocks
    assert (block.limit.left, block.worth_usd, block.adds_usd) == pytest.approx((0, 2, 2 / 4))


def test_a_dearer_pool_costs_the_difference() -> None:
    why = ask(**both(north=10)).served(0, 0, 0)
    south = why.others[0]
    assert (why.here.name, south.name) == ("north", "south")
    assert (why.here.marginal_usd, south.marginal_usd, south.move_usd) == pytest.approx((2.5, 3.0, 0.5))
    assert south.blocks == ()


def test_money_is_that_of_the_period_and_not_discounted() -> None:
    late = {"horizon": horizon("year", 3, discount_rate=0.1), **both(north=1)}
    asked = ask(**late)
    assert asked.served(0, 2, 0).others[0].marginal_usd == pytest.approx(3.0)
    worth = asked.worth(asked.limits.capacity(0, 2))
    assert known(worth.more).cost_usd == pytest.approx(-2 * 366 * 24)
    assert worth.discount == pytest.approx(1.1**-2.5, rel=1e-3)


def test_a_commitment_that_is_missed_makes_its_provider_cheaper() -> None:
    deal = contract(commitments={"spend": {"amount_usd": 365_000, "window": "term", "shortfall_rate": 0.5}})
    asked = ask(**both(south_usd=9), contracts={"deal": deal})
    (worth,) = asked.contract(0)  # A day of the year: 1000 USD promised, 480 spent at north.
    assert (worth.limit.total, worth.limit.left) == pytest.approx((1000, 520))
    assert known(worth.more).cost_usd == pytest.approx(0.5)
    assert known(worth.fewer).cost_usd == pytest.approx(-0.5)
    assert known(worth.fewer).until == pytest.approx(520)
    here = asked.served(0, 0, 0).here
    assert here.name == "north"
    assert here.cost is not None
    assert here.cost.parts == pytest.approx({Part.PRICE: 2.5, Part.COMMITMENT: -1.25})


def test_at_the_promise_the_next_dollar_costs_and_the_last_one_saves_nothing() -> None:
    deal = contract(commitments={"spend": {"amount_usd": 365 * 480, "window": "term"}})
    asked = ask(contracts={"deal": deal})  # 2 nodes for a day cost exactly what is promised.
    (worth,) = asked.contract(0)
    assert known(worth.more).cost_usd == pytest.approx(1)
    assert known(worth.fewer).cost_usd == pytest.approx(0, abs=1e-9)
    assert not worth.one_value


def test_standby_for_the_loss_of_a_provider_is_part_of_the_cost() -> None:
    asked = ask(**both(), workloads={"chat": service(survive_provider_loss=0.5)})
    # Half of the demand must be outside each provider: 4 units at north and 4 at south, and so on.
    demand = asked.worth(asked.limits.demand(0, 0, 0))
    assert known(demand.more).cost_usd == pytest.approx(24 * (0.5 * 10 + 0.5 * 12) / 4)
    south = asked.worth(asked.limits.standby(0, 0, 0, 0))
    assert south.limit.name == "N-1 of chat/us without north in 2026-01-01"
    # One more at south comes on top, as north must hold half as well; one fewer there is one more at north.
    assert known(south.more).cost_usd == pytest.approx(24 * 12 / 4)
    assert known(south.fewer).cost_usd == pytest.approx(-24 * (12 - 10) / 4)
    place = next(place for place in asked.served(0, 0, 0).others if place.pool == "south")
    assert place.cost is not None
    assert place.cost.parts[Part.STANDBY] == pytest.approx(place.marginal_usd - 12 / 4)


def test_whole_instances_count_in_fractions_for_the_question_alone() -> None:
    parts = both(north=1, south=10)
    for each in parts["pools"].values():
        each["whole_instances"] = True
    far = {"providers": scenarios.providers(south=0.2), "workloads": {"chat": service(5, egress_gb_per_unit_hour=1)}}
    why = ask(**parts, **far).served(0, 0, 0)
    assert why.here.name == "north"
    assert why.here.cost is not None
    assert why.here.cost.parts[Part.PRICE] == pytest.approx(10 / 4)
    south = why.others[0]
    assert south.units == pytest.approx(1)
    assert south.note == "0.75 instances held there stand idle: room for 3 units"
    assert south.cost is not None
    assert south.cost.parts == pytest.approx({Part.EGRESS: 0.2})


def test_a_pool_full_of_runs_has_no_room_and_says_what_it_would_cost() -> None:
    parts = {
        **both(north=1, north_usd=5),
        "workloads": {"chat": service(8), "tune": job(deadline="2026-01-02")},
    }
    parts["workloads"]["tune"]["eligible"] = {"providers": ["north"]}
    why = ask(**parts).served(0, 0, 0)
    assert why.here.name == "south"
    north = next(place for place in why.others if place.pool == "north")
    assert north.cost is None
    assert north.without is not None
    assert north.without.paid_usd == pytest.approx(5 / 4)
    assert (north.marginal_usd, north.move_usd) == (inf, inf)
    assert [block.limit.name for block in north.blocks] == ["capacity of north in 2026-01-01"]


def test_runs_are_compared_with_the_chosen_one_and_solved_for() -> None:
    parts = both(north=2, south=2, north_usd=10, south_usd=13)
    asked = ask(**parts, workloads={"chat": service(4), "tune": job(deadline="2026-01-02")})
    why = asked.trained(0, exact=2)
    assert why.here.name == "north from 2026-01-01"
    south, left_out = why.others
    assert south.exact_usd == pytest.approx(3 * 24)
    assert south.estimate_usd <= 3 * 24 + 1e-6
    assert south.cost.marginal_usd == pytest.approx(13 * 24)
    assert left_out.exact_usd == pytest.approx(1_000_000 - 240)


def test_offers_spot_and_cash_have_a_worth() -> None:
    offers = [
        offer("north", 10, max_instances=1),
        offer("north", 4, option="spot", interruption_rate=0.0),
        offer("south", 12),
    ]
    pools = {"north": pool("north", 10, spot_capacity=0.5), "south": pool("south", 10)}
    workloads = {"chat": service(8, spot={"max_share": 0.125})}
    cash = {"cash": [{"year": 2026, "usd": 100, "breach_penalty": 2}]}
    asked = ask(offers=offers, pools=pools, workloads=workloads, limits=cash)

    # 1 unit on spot (its share), 4 at north (max_instances), 3 at south; each dollar paid costs 2 more.
    def more(limit: object) -> float:
        return known(asked.worth(limit).more).cost_usd  # type: ignore[arg-type]

    assert more(asked.limits.offer(0, 0)) == pytest.approx(-3 * 2 * 24)
    assert more(asked.limits.spot_share(0, 0, 0)) == pytest.approx(-3 * 24 * (12 - 4) / 4)
    assert more(asked.limits.spot_capacity(0, 0)) == pytest.approx(0, abs=1e-9)
    assert more(asked.limits.cash(0)) == pytest.approx(-2)
    assert known(asked.worth(asked.limits.demand(0, 0, 0)).more).cost_usd == pytest.approx(
        3 * 24 * (0.875 * 12 + 0.125 * 4) / 4
    )


def test_release_gives_a_live_program_back() -> None:
    model = build_model(build_problem(scenarios.scenario(workloads={"tune": job()})))
    warm = WarmLinearProgram(model.program)
    relaxed = warm.solve(StopSignal())
    asked = Explainer(model, relaxed.values.round(), warm)
    asked.trained(0, exact=3)
    asked.release()
    assert warm.solve(StopSignal()).objective == pytest.approx(relaxed.objective)
    assert (warm.program.lower == model.program.lower).all()
    assert (warm.program.upper == model.program.upper).all()


def test_a_session_s_held_program_answers_without_a_cold_start() -> None:
    made = scenarios.scenario(**both(north=2), workloads={"chat": service(8), "tune": job(deadline="2026-01-03")})
    model = build_model(build_problem(made))
    values, _ = optimum(model)
    jobs = np.full(model.program.columns, -1)
    jobs[model.columns.ids("run")] = model.problem.runs.job
    held = HeldProgram(model.program, jobs, values, EngineSettings())
    plan = held.plan(StopSignal())
    assert plan is not None
    bounds = held.warm.program.lower.copy(), held.warm.program.upper.copy()
    starts = held.warm.cold_starts
    asked = Explainer(model, plan.values, held.warm)
    own = Explainer(model, plan.values)
    places, others = asked.served(0, 0, 0), own.served(0, 0, 0)
    assert places.here.marginal_usd == pytest.approx(others.here.marginal_usd)
    prices = {place.name: place.marginal_usd for place in places.others}
    assert prices == pytest.approx({place.name: place.marginal_usd for place in others.others})
    runs = {place.name: place.exact_usd for place in asked.trained(0, exact=50).others}
    assert runs == pytest.approx({place.name: place.exact_usd for place in own.trained(0, exact=50).others})
    asked.release()
    assert held.warm.cold_starts == starts
    assert (held.warm.program.lower == bounds[0]).all()
    assert (held.warm.program.upper == bounds[1]).all()
    again = held.plan(StopSignal())
    assert again is not None
    assert again.objective == pytest.approx(plan.objective)


def test_a_reservation_grows_with_the_pool() -> None:
    parts = both(north=1)
    parts["offers"].append(offer("north", 5, option="reserved", term_months=1))
    asked = ask(horizon=horizon("month", 1), **parts)
    worth = asked.worth(asked.limits.capacity(0, 0))
    assert known(worth.more).cost_usd == pytest.approx(-(12 - 5) * 744)
    here = asked.served(0, 0, 0, here=0).here
    assert here.note == "instances reserved already"
