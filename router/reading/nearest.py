"""The valid name nearest to one that is not valid."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST_NAME = 80
_LEAST_LIKENESS = 0.6


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `name`, or None where none is near.

    Case and the choice between `-`, `_` and blank do not count. Names beyond 80 letters are not compared:
    nobody mistypes those, and comparing them takes long.
    """
    if not name or len(name) > _LONGEST_NAME:
        return None
    by_plain: dict[str, str] = {}
    for candidate in candidates:
        if len(candidate) <= _LONGEST_NAME:
            by_plain.setdefault(_plain(candidate), candidate)
    plain = _plain(name)
    if plain in by_plain:
        return by_plain[plain]
    matches = difflib.get_close_matches(plain, by_plain, n=1, cutoff=_LEAST_LIKENESS)
    return by_plain[matches[0]] if matches else None


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
