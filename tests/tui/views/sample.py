"""The small sample plan on the screen: services, agents, runs, and demand of each kind that is left out."""

from __future__ import annotations

import time

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.workspace.shown import Shown, opened
from tests.report.sample_plans import small_plan, small_scenario
from tests.tui.driving import Driver


async def show_small(driver: Driver) -> None:
    """The sample in the view in front, in place of what the app opened."""
    await show_plan(driver, small_plan(), small_scenario())


async def show_plan(driver: Driver, plan: Plan | None, scenario: Scenario) -> None:
    """A plan of a scenario in the view in front."""
    await show_state(driver, opened(scenario, plan, time.monotonic()))


async def show_state(driver: Driver, shown: Shown) -> None:
    """A state of the workspace in the view in front."""
    assert driver.app.view is not None
    driver.app.workspace._shown = shown
    driver.app.view.show(shown)
    await driver.settle()


def asked(driver: Driver) -> list[tuple[tuple[str, ...], int]]:
    """What the view asks why about from now on, in place of an answer."""
    questions: list[tuple[tuple[str, ...], int]] = []

    async def note(key: tuple[str, ...], period: int) -> None:
        questions.append((key, period))

    driver.app.why = note  # type: ignore[method-assign]
    return questions


def lines_with(driver: Driver, words: str) -> list[str]:
    """Lines of the screen that say something."""
    return [line for line in driver.text.splitlines() if words in line]
