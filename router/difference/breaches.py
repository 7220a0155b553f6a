"""Limits that are newly, no longer or otherwise broken."""

from __future__ import annotations

from router.difference.document import BreachChange
from router.difference.kinds import kind_of
from router.difference.tolerance import amounts_differ, cents, quantities_differ
from router.plan.document import BillCategory, BreachRecord, Plan


def breach_changes(before: Plan, after: Plan) -> list[BreachChange]:
    """Broken limits that differ, by the limit's key path; the largest change of the penalty first."""
    old, new = _largest(before), _largest(after)
    if not old and not new:
        return []
    penalty_old, penalty_new = _penalties(before), _penalties(after)
    changes = []
    for limit in {**old, **new}:
        was, now = old.get(limit), new.get(limit)
        amount_was, amount_now = was.amount if was else 0.0, now.amount if now else 0.0
        usd_was, usd_now = penalty_old.get(limit, 0.0), penalty_new.get(limit, 0.0)
        if not quantities_differ(amount_was, amount_now) and not amounts_differ(usd_was, usd_now):
            continue
        changes.append(
            BreachChange(
                limit=limit,
                kind=kind_of(amount_was, amount_now),
                penalty_usd_before=cents(usd_was),
                penalty_usd_after=cents(usd_now),
                largest_before=amount_was,
                largest_after=amount_now,
                words_before=was.words if was else None,
                words_after=now.words if now else None,
            )
        )
    return sorted(
        changes, key=lambda change: (-abs(change.penalty_usd_after - change.penalty_usd_before), change.limit)
    )


def _largest(plan: Plan) -> dict[str, BreachRecord]:
    found: dict[str, BreachRecord] = {}
    for breach in plan.breaches:
        if breach.limit not in found or breach.amount > found[breach.limit].amount:
            found[breach.limit] = breach
    return found


def _penalties(plan: Plan) -> dict[str, float]:
    sums: dict[str, float] = {}
    for line in plan.bill:
        if line.category == BillCategory.BREACH:
            sums[line.item] = sums.get(line.item, 0.0) + line.amount_usd
    return sums
