"""The columns of grids over time: one for each period of the horizon."""

from __future__ import annotations

from router.change.change import Dates
from router.plan.document import PeriodRecord
from router.problem.calendar import Calendar
from router.report.period_groups import period_label
from router.view.grid import GridColumn


def period_columns(calendar: Calendar) -> tuple[GridColumn, ...]:
    """One column for each period, labelled as reports do."""
    return tuple(
        GridColumn(
            period_label(PeriodRecord(index=at, start=start, end=end, hours=0.0, slice_hours={}, discount_factor=1.0)),
            Dates(start, end),
        )
        for at, (start, end) in enumerate(zip(calendar.starts, calendar.ends, strict=True))
    )
