"""Which changes are the biggest, by money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from router.difference.document import (
    BreachChange,
    ChangeKind,
    Move,
    PlanDifference,
    ReservationChange,
    RunChange,
    ServedChange,
    TierChange,
    UnservedChange,
    WindowChange,
)

Change = WindowChange | UnservedChange | BreachChange | RunChange | Move | ServedChange | TierChange | ReservationChange


@dataclass(frozen=True)
class BigChange:
    """A change and the money by which it is ranked: what it costs or saves, or what was spent on what moved.

    ``more`` has the further windows of a commitment that came or went as a whole.
    """

    usd: float
    change: Change
    more: tuple[WindowChange, ...] = ()


def biggest(difference: PlanDifference, most: int) -> tuple[BigChange, ...]:
    """The `most` biggest changes, the biggest first, one for each thing that changed.

    What counts: the spend that moved (the larger of both sides), the cost of a run or the value of leaving the job out,
    the change of shortfall paid and of promises, of unserved value, penalties, credits, spend on reservations and on
    what is served. Drawdown alone does not: it follows from the rest. Amounts are undiscounted; changes worth nothing
    are left out. Raises ValueError for a negative `most`.
    """
    if most < 0:
        raise ValueError(f"biggest: found {most}, expected 0 or more")
    ranked = enumerate(change for change in _all(difference) if change.usd >= 0.005)
    return tuple(change for _, change in nsmallest(most, ranked, key=lambda entry: (-entry[1].usd, entry[0])))


def _all(difference: PlanDifference) -> Iterator[BigChange]:
    jobs = {change.workload for change in difference.runs}
    lost_usd = {
        change.workload: _by(change.value_usd_before, change.value_usd_after)
        for change in difference.unserved
        if change.stream is None
    }
    yield from _windows(difference.windows)
    for unserved in difference.unserved:
        # A job whose run came or went is told once, as a run.
        if unserved.stream is not None or unserved.workload not in jobs:
            yield BigChange(_by(unserved.value_usd_before, unserved.value_usd_after), unserved)
    for breach in difference.breaches:
        yield BigChange(_by(breach.penalty_usd_before, breach.penalty_usd_after), breach)
    for run in difference.runs:
        yield BigChange(max(run.usd_before, run.usd_after, lost_usd.get(run.workload, 0.0)), run)
    for move in difference.moves:
        yield BigChange(max(move.usd_from, move.usd_to), move)
    for served in difference.served:
        yield BigChange(abs(served.quantity_usd), served)
    for tier in difference.tiers:
        yield BigChange(abs(tier.credit_change_usd), tier)
    for bought in difference.reservations:
        yield BigChange(_by(bought.usd_before, bought.usd_after), bought)


def _windows(changes: Sequence[WindowChange]) -> Iterator[BigChange]:
    """Windows that changed each, and those of a commitment that came or went together."""
    together: dict[tuple[str, str, ChangeKind], list[WindowChange]] = {}
    for change in changes:
        if change.kind == ChangeKind.CHANGED:
            yield BigChange(_window_usd(change), change)
        else:
            together.setdefault((change.contract, change.commitment, change.kind), []).append(change)
    for windows in together.values():
        first, *more = sorted(windows, key=_start)
        yield BigChange(sum(map(_window_usd, windows)), first, tuple(more))


def _start(change: WindowChange) -> date:
    window = change.after or change.before
    return window.start if window else date.min


def _by(before_usd: float, after_usd: float) -> float:
    return abs(after_usd - before_usd)


def _window_usd(window: WindowChange) -> float:
    before, after = window.before, window.after
    promise = _by(before.promise_usd if before else 0.0, after.promise_usd if after else 0.0)
    return max(abs(window.paid_change_usd), promise if promise >= 0.01 else 0.0)
