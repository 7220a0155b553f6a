"""What the code makes of the worked examples in docs/model.md: one function for each kind of example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from router.plan.consequences import moved_units, settle_windows, tier_credits
from router.plan.decisions import Decisions
from router.problem.calendar import build_calendar
from router.problem.problem import Problem, build_problem
from router.problem.values import average, series, smallest
from router.scenario.horizon import Horizon
from router.scenario.series import Series, Steps
from tests import scenarios

Values = dict[str, Any]
MONTHS = scenarios.horizon("month", 3)


def _problem(**parts: Any) -> Problem:
    return build_problem(scenarios.scenario(**{"horizon": MONTHS, **parts}))


def _calendar(given: Values) -> Values:
    calendar = build_calendar(Horizon.model_validate(given["horizon"]))
    return {"hours": calendar.hours, "discount_factor": calendar.discount}


def _values(given: Values) -> Values:
    calendar = build_calendar(Horizon.model_validate(MONTHS))
    steps: TypeAdapter[Any] = TypeAdapter(Steps)
    demand: TypeAdapter[Any] = TypeAdapter(Series)
    return {
        "capacity": smallest(steps.validate_python(given["capacity"]), calendar),
        "price": average(steps.validate_python(given["price"]), calendar),
        "demand": series(demand.validate_python(given["demand"]), calendar),
    }


def _price(given: Values) -> Values:
    deal = scenarios.contract(start=given["start"], end=given["end"], discounts=[{"discount": given["discount"]}])
    lines = _problem(contracts={"deal": deal}, offers=[scenarios.offer(usd_per_hour=given["usd_per_hour"])]).lines
    # One line under the contract, one under none: in each period one of them is there.
    return {"usd_per_hour": np.where(lines.available, lines.price_usd_per_hour, 0.0).sum(axis=0)}


def _promise(given: Values) -> Values:
    commitment = {"window": "contract_year", **{key: given[key] for key in given if key not in ("start", "end")}}
    deal = scenarios.contract(start=given["start"], end=given["end"], commitments={"year": commitment})
    return {"promise_usd": _problem(contracts={"deal": deal}).windows.promise_usd}


def _carry_forward(given: Values) -> Values:
    years = len(given["spend_usd"])
    carry = {"max_share": given["max_share"]}
    commitment = {"window": "contract_year", "amount_usd": given["amount_usd"], "carry_forward": carry}
    deal = scenarios.contract(end=str(date(2026 + years, 1, 1)), commitments={"year": commitment})
    problem = _problem(horizon=scenarios.horizon("year", years), contracts={"deal": deal})
    spend = np.array([given["spend_usd"]], dtype=np.float64)
    _, _, carried_out, shortfall = settle_windows(problem, spend, np.zeros(0))
    return {"carried_out_usd": carried_out, "shortfall_usd": shortfall}


def _tiers(given: Values) -> Values:
    deal = scenarios.contract(tiers={"method": given["method"], "levels": given["levels"]})
    problem = _problem(horizon=scenarios.horizon("year", 1), contracts={"deal": deal})
    _, credit, _ = tier_credits(problem, np.array([[given["spend_usd"]]], dtype=np.float64))
    return {"credit_usd": credit[0]}


def _run(given: Values) -> Values:
    job = scenarios.job(work=given["work"])
    job["gangs"] = [{"accelerators": given["accelerators"], "efficiency": given["efficiency"]}]
    types = scenarios.document()["instance_types"]
    types["north-node"]["accelerators"] = given["accelerators_per_instance"]
    runs = _problem(workloads={"job": job}, instance_types=types).runs
    first = int(np.flatnonzero(runs.first_period == 0)[0])
    shares = runs.hold_share[runs.hold_run == first]
    return {"instances": runs.instances[first], "hours": runs.hours[first], "paid_share": shares}


def _spot(given: Values) -> Values:
    spot = {"interruption_overhead_hours": given["interruption_overhead_hours"]}
    problem = _problem(
        pools={"north": scenarios.pool(spot_capacity=5)},
        offers=[scenarios.offer(), scenarios.offer(option="spot", interruption_rate=given["interruption_rate"])],
        workloads={"chat": scenarios.service(throughput={"north-node": given["throughput"]}, spot=spot)},
    )
    return {"throughput": problem.pairs.throughput[problem.pairs.spot][0]}


def _migration(given: Values) -> Values:
    service = scenarios.service({"values": given["demand"]}, migration_usd_per_unit=1)
    problem = _problem(
        horizon=scenarios.horizon("month", 2),
        **scenarios.both(1000, 1000),
        workloads={"chat": service},
    )
    serve = np.array([given["a"], given["b"]], dtype=np.float64)[problem.pairs.pool][:, :, None]
    none = np.zeros(0)
    decisions = Decisions(serve=serve, rent=none, reserve=none, run=np.zeros(0, dtype=bool), local=none)
    moved = moved_units(problem, decisions)[:, 1]
    by_pool = dict(zip(problem.places.pool.tolist(), moved.tolist(), strict=True))
    return {"moved_a": by_pool[0], "moved_b": by_pool[1]}


EVALUATE: dict[str, Callable[[Values], Values]] = {
    "calendar": _calendar,
    "values": _values,
    "price": _price,
    "promise": _promise,
    "carry_forward": _carry_forward,
    "tiers": _tiers,
    "run": _run,
    "spot": _spot,
    "migration": _migration,
}
"""For each kind of example, its results from what is given."""
