"""Training jobs: whose run came, went, moved or changed."""

from __future__ import annotations

from router.difference.digest import PlanDigest
from router.difference.document import ChangeKind, RunChange
from router.difference.kinds import presence_kind
from router.difference.tolerance import cents, quantities_differ
from router.plan.document import RunRecord

_FIELDS = ("pool", "spot", "start", "end", "accelerators", "instances")


def run_changes(before: PlanDigest, after: PlanDigest) -> list[RunChange]:
    """Runs that differ, compared by dates and not by the numbers of periods."""
    old = {run.workload: run for run in before.plan.runs}
    new = {run.workload: run for run in after.plan.runs}
    usd_old, usd_new = _usd(before), _usd(after)
    changes = []
    for workload in {**old, **new}:
        was, now = old.get(workload), new.get(workload)
        fields = _fields(was, now)
        if was is not None and now is not None and not fields:
            continue
        changes.append(
            RunChange(
                workload=workload,
                kind=ChangeKind.MOVED if "pool" in fields else presence_kind(was, now),
                fields=fields,
                before=was,
                after=now,
                usd_before=usd_old.get(workload, 0.0),
                usd_after=usd_new.get(workload, 0.0),
            )
        )
    return sorted(changes, key=lambda change: (-max(change.usd_before, change.usd_after), change.workload))


def _fields(was: RunRecord | None, now: RunRecord | None) -> list[str]:
    if was is None or now is None:
        return []
    differ = [field for field in _FIELDS if getattr(was, field) != getattr(now, field)]
    return [*differ, "hours"] if quantities_differ(was.hours, now.hours) else differ


def _usd(plan: PlanDigest) -> dict[str, float]:
    totals = plan.charges.usd_of_uses.sum(axis=1).tolist()
    return {key[0]: cents(usd) for key, usd in zip(plan.uses.keys, totals, strict=True) if key[1] is None}
