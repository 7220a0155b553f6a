"""Kept plans for tests."""

from __future__ import annotations

from functools import cache

from router.engine.settings import EngineSettings
from router.kept.container import read_kept
from router.kept.keep import keep
from router.kept.kept_plan import KeptPlan
from router.plan.reference import scenario_reference
from router.scenario.scenario import Scenario
from router.session.events import Event, PlanFound
from router.session.session import Session
from tests.audit.random_scenarios import random_scenario

SETTINGS = EngineSettings(relative_gap=1e-4, time_limit_seconds=20)
SOON = 60.0


@cache
def kept_content(seed: int) -> bytes:
    """The kept plan of a random scenario, as bytes."""
    told: list[Event] = []
    with Session(random_scenario(seed), SETTINGS, told.append) as session:
        assert session.wait_until_idle(SOON)
        content = keep([event for event in told if isinstance(event, PlanFound)][-1], session)
    assert content is not None
    return content


def sha256_of(scenario: Scenario) -> str:
    """As kept plans are told apart."""
    return scenario_reference(scenario).sha256


def kept_plan(seed: int) -> KeptPlan:
    """The kept plan of a random scenario."""
    kept = read_kept(kept_content(seed), sha256_of(random_scenario(seed)))
    assert kept is not None
    return kept
