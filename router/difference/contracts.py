"""Contracts: windows of commitments and of price tiers that came, went or changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from router.difference.document import TierChange, WindowChange
from router.difference.kinds import presence_kind
from router.difference.tolerance import amounts_differ
from router.plan.document import Plan, TierRecord, WindowRecord


class _Dated(Protocol):
    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date: ...


Dated = TypeVar("Dated", bound=_Dated)

_WINDOW_AMOUNTS = {
    "promise_usd": "promise",
    "drawdown_usd": "drawdown",
    "carried_in_usd": "carried in",
    "carried_out_usd": "carried out",
    "shortfall_usd": "shortfall",
    "shortfall_paid_usd": "shortfall paid",
}


def window_changes(before: Plan, after: Plan) -> list[WindowChange]:
    """Commitment windows that differ, those first whose shortfall changes most."""
    changes = []
    for was, now in matched(before.windows, after.windows, lambda window: (window.contract, window.commitment)):
        fields = _window_fields(was, now)
        one = now or was
        if one is None or (was is not None and now is not None and not fields):
            continue
        changes.append(
            WindowChange(
                contract=one.contract,
                commitment=one.commitment,
                kind=presence_kind(was, now),
                fields=fields,
                before=was,
                after=now,
            )
        )
    return sorted(changes, key=_window_order)


def tier_changes(before: Plan, after: Plan) -> list[TierChange]:
    """Tier windows that differ, those first whose credit changes most."""
    changes = []
    for was, now in matched(before.tiers, after.tiers, lambda tier: tier.contract):
        fields = _tier_fields(was, now)
        one = now or was
        if one is None or (was is not None and now is not None and not fields):
            continue
        changes.append(
            TierChange(contract=one.contract, kind=presence_kind(was, now), fields=fields, before=was, after=now)
        )
    return sorted(changes, key=lambda change: (-abs(change.credit_change_usd), change.contract, _start(change)))


def matched(
    before: Sequence[Dated], after: Sequence[Dated], name: Callable[[Dated], Hashable]
) -> Iterator[tuple[Dated | None, Dated | None]]:
    """Windows of one name in pairs: those that start on the same day, then in order those that overlap.

    A window without a counterpart is paired with None.
    """
    names = dict.fromkeys(map(name, [*before, *after]))
    by_name: dict[Hashable, tuple[list[Dated], list[Dated]]] = {key: ([], []) for key in names}
    for window in before:
        by_name[name(window)][0].append(window)
    for window in after:
        by_name[name(window)][1].append(window)
    for old, new in by_name.values():
        yield from _matched(old, new)


def _matched(old: list[Dated], new: list[Dated]) -> Iterator[tuple[Dated | None, Dated | None]]:
    starts = {window.start: window for window in new}
    same = {window.start for window in old} & starts.keys()
    yield from ((window, starts[window.start]) for window in old if window.start in same)
    left = sorted((window for window in old if window.start not in same), key=lambda window: window.start)
    right = sorted((window for window in new if window.start not in same), key=lambda window: window.start)
    while left and right:
        was, now = left[0], right[0]
        if was.start < now.end and now.start < was.end:
            yield left.pop(0), right.pop(0)
        elif was.end <= now.start:
            yield left.pop(0), None
        else:
            yield None, right.pop(0)
    yield from ((window, None) for window in left)
    yield from ((None, window) for window in right)


def _window_fields(was: WindowRecord | None, now: WindowRecord | None) -> list[str]:
    if was is None or now is None:
        return []
    dates = ["dates"] if (was.start, was.end) != (now.start, now.end) else []
    return dates + [
        words for field, words in _WINDOW_AMOUNTS.items() if amounts_differ(getattr(was, field), getattr(now, field))
    ]


def _tier_fields(was: TierRecord | None, now: TierRecord | None) -> list[str]:
    if was is None or now is None:
        return []
    fields = ["dates"] if (was.start, was.end) != (now.start, now.end) else []
    fields += ["spend"] if amounts_differ(was.spend_usd, now.spend_usd) else []
    fields += ["level"] if was.level != now.level else []
    return fields + (["credit"] if amounts_differ(was.credit_usd, now.credit_usd) else [])


def _window_order(change: WindowChange) -> tuple[object, ...]:
    money = -abs(change.paid_change_usd), -abs(change.drawdown_change_usd)
    return *money, change.contract, change.commitment, _start(change)


def _start(change: WindowChange | TierChange) -> date:
    starts = [window.start for window in (change.before, change.after) if window is not None]
    return min(starts)
