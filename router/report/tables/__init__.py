"""The tables of a report, in the order in which they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report.table import Table
from router.report.tables.breaches import breaches_table
from router.report.tables.contracts import tiers_table, windows_table
from router.report.tables.cost import cash_by_year_table, cost_by_kind_table, cost_by_provider_table
from router.report.tables.headline import headline_table
from router.report.tables.notes import notes_table
from router.report.tables.placement import placement_table
from router.report.tables.reservations import reservations_table
from router.report.tables.training import training_table
from router.report.tables.unserved import unserved_table

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario


def report_tables(
    plan: Plan,
    scenario: Scenario,
    *,
    most_periods: int = 12,
    most_providers: int = 8,
    most_unserved: int | None = None,
) -> tuple[Table, ...]:
    """All tables of a plan. Price tiers are left out where no contract of the plan has any."""
    tables = [
        headline_table(plan, scenario),
        unserved_table(plan, scenario, most_unserved),
        breaches_table(plan, scenario),
        cost_by_provider_table(plan, scenario, most_providers),
        cost_by_kind_table(plan, scenario),
        cash_by_year_table(plan, scenario),
        windows_table(plan, scenario),
        placement_table(plan, scenario, most_periods),
        training_table(plan, scenario),
        reservations_table(plan, scenario),
        notes_table(plan, scenario),
    ]
    if plan.tiers:
        tables.insert(7, tiers_table(plan, scenario))
    return tuple(tables)
