"""A lost session in words."""

from __future__ import annotations

from router.workspace.recovery import FileNow, LostSession

_MOST = 3
_FILE = {
    FileNow.SAME: "",
    FileNow.CHANGED: "; the file was changed since, what still applies is made again",
    FileNow.GONE: "; the file is gone",
    FileNow.NONE: "; it was never saved",
}


def lost_words(lost: LostSession) -> tuple[str, ...]:
    """Which file and when; how many changes, and the last few of them."""
    count = len(lost.changes)
    head = f"{lost.path or 'a new scenario'}, {lost.when.astimezone():%Y-%m-%d %H:%M}"
    where = f"; it may still be open on {lost.may_run_on}" if lost.may_run_on else ""
    changes = f"{count} unsaved change{'' if count == 1 else 's'}{_FILE[lost.file]}{where}"
    shown = [f"  {words}" for words in lost.changes[-_MOST:]]
    more = [f"  and {count - _MOST} before"] if count > _MOST else []
    damage = [lost.damage] if lost.damage else []
    return (head, changes, *shown, *more, *damage)
