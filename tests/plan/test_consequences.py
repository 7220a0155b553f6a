"""What follows from decisions by definition, from decisions made by hand and not by a solver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from router.model.model import Model, build_model
from router.plan.consequences import Consequences, consequences, settle_windows, tier_credits
from router.plan.decisions import Decisions, read_decisions
from router.problem.problem import Problem, build_problem
from tests.scenarios import both, contract, horizon, offer, pool, scenario, service


def model_of(**parts: Any) -> Model:
    return build_model(build_problem(scenario(**parts)))


def nothing(model: Model) -> Decisions:
    return read_decisions(model, np.zeros(model.program.columns))


def problem_of(**parts: Any) -> Problem:
    return build_problem(scenario(**parts))


def test_decisions_lose_the_solvers_noise_and_whole_instances_are_whole() -> None:
    model = model_of(
        pools={"north": pool(whole_instances=True), "south": pool("south")}, offers=[offer(), offer("south")]
    )
    values = np.zeros(model.program.columns)
    rent, serve = model.columns.ids("rent"), model.columns.ids("serve")
    values[rent[0]] = 2.0000004
    values[rent[1]] = 2.5
    values[serve[0, 0]] = 1e-12
    values[serve[0, 1]] = -1e-9
    values[serve[1, 0]] = 8
    decisions = read_decisions(model, values)
    assert decisions.rent.ravel().tolist() == [2, 2, 2.5, 2.5]
    assert decisions.serve.ravel().tolist() == [0, 0, 8, 0]


def test_unserved_is_the_larger_of_what_is_missing_now_and_after_a_loss() -> None:
    model = model_of(**both(), workloads={"chat": service(8, survive_provider_loss=0.75)})
    decisions = replace(nothing(model), serve=np.array([[[6.0], [8.0]], [[1.0], [2.0]]]))
    # 7 of 8 today, but 6 must stay when north is lost: 1 does. On the second day 2 of 6 do.
    assert consequences(model.problem, decisions).unserved.ravel().tolist() == [5.0, 4.0]


def migrating(**parts: Any) -> Model:
    return model_of(**both(), workloads={"chat": service({"values": [12, 9]}, migration_usd_per_unit=5)}, **parts)


def moved(model: Model, north: tuple[float, float], south: tuple[float, float]) -> list[float]:
    serve = np.array([[[north[0]], [north[1]]], [[south[0]], [south[1]]]])
    follows = consequences(model.problem, replace(nothing(model), serve=serve))
    return [round(float(units), 9) for units in follows.moved[:, 1]]


def test_moved_is_what_leaves_beyond_the_fall_of_demand() -> None:
    model = migrating()
    assert moved(model, (12, 9), (0, 0)) == [0, 0]
    assert moved(model, (8, 6), (4, 3)) == [0, 0]
    assert moved(model, (12, 0), (0, 9)) == [9, 0]
    assert moved(model, (8, 9), (4, 0)) == [0, 3]


def windows_of(**commitment: Any) -> Problem:
    windows = [
        {"start": f"2026-01-0{day}", "end": f"2026-01-0{day + 1}", "amount_usd": amount}
        for day, amount in ((1, 100.0), (2, 200.0), (3, 300.0))
    ]
    commitments = {"spend": {"windows": windows, **commitment}}
    return problem_of(horizon=horizon(count=3), contracts={"deal": contract(commitments=commitments)})


@pytest.mark.parametrize(
    ("carry", "spend", "carried_out", "shortfall"),
    [
        (False, (500, 100, 300), [0, 0, 0], [0, 100, 0]),
        (True, (500, 100, 0), [400, 300, 0], [0, 0, 0]),
        (True, (50, 500, 0), [0, 300, 0], [50, 0, 0]),
        ({"max_share": 0.5}, (500, 100, 0), [50, 0, 0], [0, 50, 300]),
        (True, (100 - 1e-9, 200, 300), [0, 0, 0], [0, 0, 0]),  # a billionth missing is rounding
    ],
)
def test_windows_are_settled_one_after_another(
    carry: Any, spend: tuple[float, ...], carried_out: list[float], shortfall: list[float]
) -> None:
    problem = windows_of(carry_forward=carry)
    drawdown, carried_in, out, missing = settle_windows(problem, np.array([spend], dtype=float), np.zeros(0))
    assert drawdown == pytest.approx(spend)
    assert out == pytest.approx([*carried_out[:2], out[2]], abs=1e-6)
    assert carried_in == pytest.approx([0, *carried_out[:2]], abs=1e-6)
    assert missing == pytest.approx(shortfall, abs=1e-6)
    assert (missing > 0).tolist() == [usd > 0 for usd in shortfall]


def tier_problem(method: str, first: float = 0.0) -> Problem:
    levels = [{"from_usd": first, "discount": 0.1}, {"from_usd": 1000, "discount": 0.2}]
    tiers = {"method": method, "window": "term", "levels": levels}
    return problem_of(contracts={"deal": contract(end="2026-01-03", tiers=tiers)})


@pytest.mark.parametrize(
    ("method", "first", "spend", "credit", "level"),
    [
        ("graduated", 0, 0, 0, 0),
        ("graduated", 0, 1500, 200, 1),
        ("graduated", 400, 399, 0, -1),
        ("graduated", 400, 1000, 60, 1),
        ("all_units", 0, 999, 99.9, 0),
        ("all_units", 0, 1000, 200, 1),
        ("all_units", 0, 1000 * (1 - 1e-10), 200, 1),  # reached within a billionth
        ("all_units", 0, 1000 * (1 - 1e-8), 100, 0),
        ("all_units", 400, 399, 0, -1),
        ("all_units", 400, 400, 40, 0),
    ],
)
def test_credits_of_a_spend(method: str, first: float, spend: float, credit: float, level: int) -> None:
    problem = tier_problem(method, first)
    totals, credits, levels = tier_credits(problem, np.array([[spend / 2, spend / 2]]))
    assert totals == pytest.approx([spend])
    assert credits == pytest.approx([credit], rel=1e-6)
    assert levels.tolist() == [level]


def shared(served_north: float, served_south: float, **limit: Any) -> Consequences:
    parts = {**both(), "limits": {"provider_shares": {"limit": {"provider": "north", **limit}}}}
    model = model_of(**parts, horizon=horizon(count=1))
    serve = np.array([[[served_north]], [[served_south]]])
    return consequences(model.problem, replace(nothing(model), serve=serve))


def test_share_excess_is_signed() -> None:
    assert shared(6, 2, max_share=0.5).share_excess.item() == pytest.approx(2)
    assert shared(6, 2, max_share=0.75).share_excess.item() == 0
    assert shared(2, 6, min_share=0.5).share_excess.item() == pytest.approx(-2)
    assert shared(0, 0, min_share=0.5).share_excess.item() == 0
    assert shared(8, 0, max_share=0.5, start="2026-01-02").share_excess.item() == 0
