"""Reservations to buy, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report.pool_facts import PoolBook
from router.report.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario


def reservations_table(plan: Plan, scenario: Scenario) -> Table:
    """A row for each purchase, in order of its start."""
    book = PoolBook(scenario)
    rows = []
    for bought in sorted(plan.reservations, key=lambda bought: (bought.start, bought.pool, bought.term_months)):
        facts = book[bought.pool]
        rows.append(
            Row(
                (
                    bought.start,
                    bought.pool,
                    facts.instance_type,
                    bought.instances,
                    bought.instances * facts.accelerators or None,
                    _term_words(bought.term_months),
                    bought.end,
                    bought.contract or "none",
                )
            )
        )
    return Table(
        key="reservations",
        title="Reservations to buy",
        columns=(
            Column("Buy for", Unit.DATE),
            Column("Pool"),
            Column("Instance type", drop_order=3),
            Column("Instances", Unit.COUNT),
            Column("Accelerators", Unit.COUNT, drop_order=4),
            Column("Term", least_width=8),
            Column("Ends", Unit.DATE, drop_order=2),
            Column("Contract", drop_order=1),
        ),
        rows=tuple(rows),
        when_empty="The plan buys no reservations.",
    )


def _term_words(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{years} year{'' if years == 1 else 's'}"
