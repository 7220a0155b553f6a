"""Why a commitment is missed, and why a dollar of it may cost more than its shortfall rate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from router.engine.settings import EngineSettings
from router.problem.problem import build_problem
from router.view.why_shortfall import WhyShort, is_short
from router.why.explainer import Explainer
from router.why.solved import solve_problem
from router.why.worth import Direction, Worth
from tests.scenarios import Part, contract, horizon, offer, pool, scenario, service


def deal(usd: float, rate: float) -> Part:
    """A contract at south for both days."""
    spend = {"window": "term", "amount_usd": usd, "shortfall_rate": rate}
    return {"deal": contract("south", end="2026-01-03", commitments={"spend": spend})}


def asked(**parts: Any) -> tuple[WhyShort, Worth]:
    """Two days; 10 nodes at north for 10 USD, 2 at south for 12 under a deal; 5 are needed. Of the deal's window."""
    given = scenario(
        **{
            "horizon": horizon("day", 2),
            "pools": {"north": pool(capacity=10), "south": pool("south", 2)},
            "offers": [offer(), offer("south", 12)],
            "workloads": {"chat": service(20)},
            **parts,
        }
    )
    model, solution = solve_problem(build_problem(given), EngineSettings())
    explainer = Explainer(model, solution.values)
    worth = explainer.worth(explainer.limits.commitment(0), ranges=False)
    return WhyShort(explainer, 0), worth


def test_full_pools() -> None:
    why, worth = asked(contracts=deal(2000, 1))
    assert is_short(worth)
    assert list(why.words(worth)) == ["Why it is short: the pool of deal is full throughout the window."]
    assert why.move_words() == ""


@pytest.mark.parametrize(("promise", "less"), [(200, ""), (2000, ", less than is missing")])
def test_pools_with_room_that_would_cost_more(promise: float, less: str) -> None:
    why, worth = asked(contracts=deal(promise, 0.1))
    # Two nodes for two days at 12 USD an hour.
    assert list(why.words(worth)) == [
        "Why it is short: the pool of deal is 0 % in use in the window. What is left would draw down at most $1.15 k "
        f"more{less}: that would cost the plan more than the shortfall that it avoids."
    ]
    # A unit is a quarter of a node: 12 USD, of which a tenth is shortfall avoided, against 10.
    assert why.move_words() == (
        "chat/us in 2026-01-01, the most that could move to south: moving a unit from north would cost $0.20 an hour "
        "in all, with the shortfall that it avoids taken off."
    )


def test_room_with_nobody_to_fill_it() -> None:
    parts = {"pools": {"north": pool(capacity=0), "south": pool("south", 2)}, "workloads": {"chat": service(4)}}
    why, worth = asked(contracts=deal(2000, 0.1), **parts)
    assert "is 50 % in use" in next(why.words(worth))
    assert why.move_words() == ""


def test_no_capacity() -> None:
    why, worth = asked(contracts=deal(2000, 0.1), pools={"north": pool(), "south": pool("south", 0)})
    assert list(why.words(worth)) == ["Why it is short: deal has no capacity to rent in the window."]
    assert why.move_words() == ""


def test_a_promise_that_is_kept_needs_no_reason() -> None:
    why, worth = asked(contracts=deal(1000, 1))
    assert not is_short(worth)
    assert list(why.words(worth)) == []


def test_a_dollar_above_the_rate_is_one_that_cash_lacks() -> None:
    why, worth = asked(contracts=deal(2000, 1), limits={"cash": [{"year": 2026, "usd": 2800}]})
    assert worth.more is not None
    assert worth.more.cost_usd > 1.01
    full, above = why.words(worth)
    assert "full throughout" in full
    assert above.startswith(
        f"The {(worth.more.cost_usd - 1) * 100:.1f} c above the shortfall rate of 100 %: a shortfall"
    )
    assert "is paid in 2026-01-02, and the cash ceiling of 2026 is reached" in above
    roomy, worth = asked(contracts=deal(2000, 1), limits={"cash": [{"year": 2026, "usd": 2_800_000}]})
    assert len(list(roomy.words(worth))) == 1


def test_a_dollar_above_the_rate_without_a_ceiling() -> None:
    why, worth = asked(contracts=deal(1000, 1))
    (words,) = why.words(replace(worth, more=Direction(1.283, None, None)))
    assert words.startswith("The 28.3 c above the shortfall rate of 100 %: with what the plan has decided held")
