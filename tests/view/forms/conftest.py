"""Scenarios for tests of forms."""

from __future__ import annotations

import pytest

from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path


@pytest.fixture(scope="session")
def tiny() -> Scenario:
    """Two pools, two prices, a contract, a service and a training job."""
    return load_scenario(scenario_path("tiny"))


@pytest.fixture(scope="session")
def lab() -> Scenario:
    """The default scenario, with agents that call services."""
    return load_scenario(scenario_path("frontier-lab"))


@pytest.fixture(scope="session")
def scale_up() -> Scenario:
    """A company's scenario, whose workloads name the pools that they may run in."""
    return load_scenario(scenario_path("scale-up"))
