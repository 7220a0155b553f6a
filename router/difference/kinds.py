"""What became of a quantity."""

from __future__ import annotations

from router.difference.document import ChangeKind
from router.difference.tolerance import QUANTITY


def kind_of(before: float, after: float) -> ChangeKind:
    """What became of a quantity >= 0 that differs somewhere: `changed` where its sum is the same."""
    if before == 0 < after:
        return ChangeKind.CAME
    if after == 0 < before:
        return ChangeKind.WENT
    if abs(after - before) <= QUANTITY * max(before, after):
        return ChangeKind.CHANGED
    return ChangeKind.GREW if after > before else ChangeKind.SHRANK


def presence_kind(before: object | None, after: object | None) -> ChangeKind:
    """`came`, `went`, or `changed` where it is there in both."""
    if before is None:
        return ChangeKind.CAME
    return ChangeKind.WENT if after is None else ChangeKind.CHANGED
