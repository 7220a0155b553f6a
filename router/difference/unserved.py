"""Demand left out: what came, went, grew and shrank."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from router.arrays import FloatArray
from router.difference.checked import period_numbers
from router.difference.document import UnservedChange
from router.difference.failure import DifferenceError
from router.difference.kinds import kind_of
from router.difference.timeline import Timeline
from router.difference.tolerance import QUANTITY, amounts_differ, cents
from router.plan.document import Plan, UnservedRecord

Owner = tuple[str, str | None]


@dataclass
class _Sum:
    """What one plan leaves out of one stream or job: quantity-hours by period (T,), USD, its causes."""

    hours: FloatArray
    value_usd: float = 0.0
    causes: dict[str, float] = field(default_factory=dict)

    @property
    def because(self) -> str | None:
        """The cause of most of it."""
        return max(sorted(self.causes), key=lambda cause: self.causes[cause]) if self.causes else None


def unserved_changes(before: Plan, after: Plan, time: Timeline) -> list[UnservedChange]:
    """Streams and jobs of which another quantity, at another time or of another value, is left out.

    Over each plan's whole horizon. Raises DifferenceError where a record names a period or slice there is not.
    """
    old, new = _sums(before), _sums(after)
    nothing_old, nothing_new = _Sum(np.zeros(len(before.periods))), _Sum(np.zeros(len(after.periods)))
    changes = []
    for owner in {**old, **new}:
        was, now = old.get(owner, nothing_old), new.get(owner, nothing_new)
        pieces_old = time.of_before(was.hours[None, :])[0]
        pieces_new = time.of_after(now.hours[None, :])[0]
        noise = QUANTITY * max(float(pieces_old.max()), float(pieces_new.max()))
        differs = np.abs(pieces_new - pieces_old) > noise
        if not differs.any():
            if not amounts_differ(was.value_usd, now.value_usd):
                continue
            differs = pieces_old + pieces_new > 0
        total_old, total_new = float(was.hours.sum()), float(now.hours.sum())
        start, end = time.span(differs)
        changes.append(
            UnservedChange(
                workload=owner[0],
                stream=owner[1],
                kind=kind_of(total_old, total_new),
                start=start,
                end=end,
                quantity_hours_before=total_old,
                quantity_hours_after=total_new,
                value_usd_before=cents(was.value_usd),
                value_usd_after=cents(now.value_usd),
                because_before=was.because,
                because_after=now.because,
            )
        )
    return sorted(changes, key=_by_money)


def _by_money(change: UnservedChange) -> tuple[object, ...]:
    changed_usd = abs(change.value_usd_after - change.value_usd_before)
    return -changed_usd, change.workload, change.stream or ""


def _sums(plan: Plan) -> dict[Owner, _Sum]:
    period_numbers(plan, "unserved", (record.period for record in plan.unserved), len(plan.unserved))
    sums: dict[Owner, _Sum] = {}
    for record in plan.unserved:
        owner = record.workload, record.stream
        total = sums.get(owner)
        if total is None:
            total = sums[owner] = _Sum(np.zeros(len(plan.periods)))
        total.hours[record.period] += record.quantity * _hours(plan, record)
        total.value_usd += record.value_usd
        total.causes[record.because] = total.causes.get(record.because, 0.0) + record.value_usd
    return sums


def _hours(plan: Plan, record: UnservedRecord) -> float:
    if record.slice is None:
        return 1.0
    hours = plan.periods[record.period].slice_hours
    if record.slice not in hours:
        raise DifferenceError(
            f"plan {plan.scenario.name!r}: unserved: found slice {record.slice!r}, expected one of {', '.join(hours)}"
        )
    return hours[record.slice]
