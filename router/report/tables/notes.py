"""What a reader of the plan must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report.table import Column, Row, Table

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario


def notes_table(plan: Plan, scenario: Scenario) -> Table:
    """The plan's notes, one a row, and which program and scenario it is from."""
    rows = [Row(("-", note)) for note in plan.notes]
    rows.append(
        Row(("-", f"Made by router {plan.router_version} from scenario {plan.scenario.sha256[:12]} (SHA-256)."))
    )
    return Table(
        key="notes",
        title="Notes",
        columns=(Column("", least_width=1), Column("Note", least_width=30)),
        rows=tuple(rows),
        headed=False,
    )
