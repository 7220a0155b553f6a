"""Deliveries of a pool later or earlier: what a site that slips does to its capacity."""

from __future__ import annotations

from datetime import date

from router.change.change import Change, Operation
from router.reading.problems import Mistake
from router.scenario.dates import add_months
from router.scenario.scenario import Scenario
from router.view.grid import GridColumn


def delayed(scenario: Scenario, pool: str, start: date, months: int) -> tuple[Change, ...]:
    """The change that moves every delivery of a pool on or after a day by months, earlier where they are negative.

    What was delivered before stays. Raises Mistake where there is no such delivery, or it would come before those.
    """
    steps = scenario.pools[pool].capacity
    if not isinstance(steps, dict):
        raise Mistake("a pool whose capacity changes by date", found=f"{pool}, the same at all times")
    kept = {day: level for day, level in steps.items() if day < start}
    moved = {add_months(day, months): level for day, level in steps.items() if day >= start}
    if not moved:
        raise Mistake(f"a delivery to {pool} on or after {start}", found=f"none; the last is on {max(steps)}")
    if kept and min(moved) <= max(kept):
        raise Mistake(f"deliveries after that of {max(kept)}", found=f"one moved to {min(moved)}")
    return (Change(("pools", pool, "capacity"), Operation.SET, dict(sorted((kept | moved).items()))),)


def slipped(scenario: Scenario, key: tuple[str, ...], column: GridColumn, periods: int) -> tuple[Change, ...]:
    """The change that moves a pool's deliveries from a grid's column on by periods as long as that one.

    ``key``: of the row. Raises Mistake where the row is no pool, or as `delayed` does.
    """
    if len(key) < 2 or key[0] != "pools" or key[1] not in scenario.pools or column.dates is None:
        raise Mistake("the row of a pool", found=" ".join(key))
    start, end = column.dates.start, column.dates.end
    months = max(1, (end.year - start.year) * 12 + end.month - start.month)
    return delayed(scenario, key[1], start, periods * months)
