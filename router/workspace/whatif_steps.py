"""What-ifs that are on: steps of editing that carry the name of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from router.change.history import Entry
from router.whatif.case import Case


def steps_of(entries: Sequence[Entry], listed: Mapping[str, Case]) -> dict[str, int]:
    """Of what-ifs that are on, by their keys in ``listed``, the index of their step among ``entries``.

    Where what-ifs of several files share a name, it is the one that makes the step's very changes; where none does,
    as its file was changed since, the first of them.
    """
    found: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if not entry.whatif:
            continue
        named = [key for key, case in listed.items() if case.name == entry.whatif and key not in found]
        same = [key for key in named if listed[key].changes == entry.changes]
        for key in (same or named)[:1]:
            found[key] = index
    return found


def count_on(entries: Sequence[Entry]) -> int:
    """How many what-ifs are on, those of files that are not listed included."""
    return sum(bool(entry.whatif) for entry in entries)
