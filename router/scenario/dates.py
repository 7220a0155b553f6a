"""Dates that follow from a scenario: boundaries of periods, windows of contracts."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from router.scenario.contract import Contract, WindowKind
from router.scenario.horizon import Every, Horizon

MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
DAYS: dict[Every, int] = {"day": 1, "week": 7}


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; its last day where the month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_boundaries(horizon: Horizon) -> list[date]:
    """The T + 1 dates between periods, counted from the horizon's start (docs/model.md section 1)."""
    boundaries = [horizon.start]
    months = 0
    anchor = horizon.start
    for group in horizon.periods:
        for _ in range(group.count):
            if group.every in MONTHS:
                months += MONTHS[group.every]
                boundaries.append(add_months(anchor, months))
            else:
                # Months after days are counted from here on, so that no day is lost to a short month.
                anchor = boundaries[-1] + timedelta(days=DAYS[group.every])
                months = 0
                boundaries.append(anchor)
    return boundaries


def windows_of(kind: WindowKind, contract: Contract) -> Iterator[tuple[date, date]]:
    """The windows of a contract's term, in order, cut by the term."""
    if kind == "term":
        yield contract.start, contract.end
        return
    start, year = contract.start, 1
    while start < contract.end:
        following = add_months(contract.start, 12 * year) if kind == "contract_year" else date(start.year + 1, 1, 1)
        yield start, min(following, contract.end)
        start, year = following, year + 1
