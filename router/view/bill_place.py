"""Where in the app what a line of the bill is about can be seen and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.plan.document import BillCategory, BillLine

if TYPE_CHECKING:
    from router.scenario.scenario import Scenario

Place = tuple[str, tuple[str, ...]]
"""A view's name and the key of a row there."""


def place_of(line: BillLine, scenario: Scenario) -> Place | None:
    """The pool, contract or workload of a line, where the scenario has it; None for all else."""
    match line.category:
        case BillCategory.USAGE | BillCategory.RESERVATION | BillCategory.RESERVATION_AFTER_HORIZON:
            return ("capacity", ("pools", line.item)) if line.item in scenario.pools else None
        case BillCategory.SHORTFALL | BillCategory.TIER_CREDIT:
            return _contract(line.item, scenario)
        case BillCategory.DATA_TRANSFER | BillCategory.MIGRATION | BillCategory.UNSERVED:
            return _workload(line.item, scenario)
        case _:
            return None


def _contract(item: str, scenario: Scenario) -> Place | None:
    name, _, commitment = item.partition("/")
    if name not in scenario.contracts:
        return None
    has_it = commitment in scenario.contracts[name].commitments
    return "contracts", (name, commitment) if has_it else (name,)


def _workload(item: str, scenario: Scenario) -> Place | None:
    name, _, stream = item.partition("/")
    workload = scenario.workloads.get(name)
    if workload is None:
        return None
    streams = getattr(workload, "streams", {})
    return "demand", ("workloads", name, stream) if stream in streams and len(streams) > 1 else ("workloads", name)
