"""The scenario that a list of changes has reached, for telling each in the terms of the scenario it is made to."""

from __future__ import annotations

from router.change.apply import unchecked
from router.change.change import Change
from router.change.error import ChangeError, numbered
from router.scenario.scenario import Scenario


def scenario_after(scenario: Scenario | None, change: Change) -> Scenario | None:
    """The scenario with a change made, not checked as a whole; None where it cannot be made, or for None."""
    if scenario is None:
        return None
    try:
        return unchecked(scenario, (change,), (numbered(0),)).scenario
    except ChangeError:
        return None
