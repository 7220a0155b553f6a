"""Limits that the plan breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report import numbers
from router.report.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import BreachRecord, Plan
    from router.scenario.scenario import Scenario


def breaches_table(plan: Plan, scenario: Scenario) -> Table:
    """A row for each limit and stretch of consecutive periods in which it is broken."""
    rows = []
    for records in _stretches(plan):
        largest = max(records, key=lambda record: abs(record.amount))
        in_usd = largest.limit.startswith("limits.cash")
        # A cash ceiling is broken in a year, which its words name, and not in the period that pays for it.
        first, last = (None, None) if in_usd else (records[0].period, records[-1].period)
        rows.append(
            Row(
                (
                    largest.limit,
                    plan.periods[first].start if first is not None else None,
                    numbers.last_day(plan.periods[last].end) if last is not None else None,
                    numbers.money(largest.amount) if in_usd else numbers.count(largest.amount),
                    largest.words,
                ),
                "alert",
            )
        )
    return Table(
        key="breaches",
        title="Limits broken",
        columns=(
            Column("Limit"),
            Column("From", Unit.DATE, drop_order=1),
            Column("Last day", Unit.DATE, drop_order=2),
            Column("By at most", Unit.COUNT),
            Column("In words", least_width=24),
        ),
        rows=tuple(rows),
        when_empty="The plan keeps every limit.",
    )


def _stretches(plan: Plan) -> list[list[BreachRecord]]:
    by_limit: dict[str, list[BreachRecord]] = {}
    for record in plan.breaches:
        by_limit.setdefault(record.limit, []).append(record)
    stretches: list[list[BreachRecord]] = []
    for records in by_limit.values():
        records.sort(key=lambda record: -1 if record.period is None else record.period)
        part: list[BreachRecord] = []
        for record in records:
            previous = part[-1].period if part else None
            if part and (record.period is None or previous is None or record.period > previous + 1):
                stretches.append(part)
                part = []
            part.append(record)
        stretches.append(part)
    return stretches
