"""What of a what-if file is right, so that all that is wrong with the rest of it is told in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from router.reading.document import Document
from router.reading.problems import MOST_PROBLEMS, Mistake, Problem
from router.reading.validation import problems_from
from router.whatif.document import SECTIONS, WhatIfFile

_NEEDED = ("format", "scenario")


@dataclass(frozen=True)
class Asked:
    """The entries of a file that are right. ``left_out``: names of the others, which count as known."""

    file: WhatIfFile
    left_out: frozenset[str] = frozenset()


def asked_in(document: Document) -> tuple[Asked | None, list[Problem]]:
    """What a file asks, entries with mistakes left out, and these mistakes. None where nothing of it can be read."""
    data: dict[Any, Any] = dict(document.data)
    problems: list[Problem] = []
    left_out: set[str] = set()
    while len(problems) < MOST_PROBLEMS:
        try:
            return Asked(WhatIfFile.model_validate(data), frozenset(left_out)), problems
        except ValidationError as error:
            places = [_place(details) for details in error.errors(include_url=False)]
            if not all(places):
                # Of the file as a whole; that nothing is left to ask is no mistake of its own.
                return None, problems or problems_from(error, document, WhatIfFile)
            problems += problems_from(error, document, WhatIfFile)
            if any(place[0] in _NEEDED for place in places):
                return None, problems
        for place in places:
            left_out |= _leave_out(data, place)
    return None, problems


def _place(details: Any) -> tuple[Any, ...]:
    """The key of the file, and the name in a section, that an error is about; empty for the file as a whole."""
    location: tuple[Any, ...] = details["loc"]
    cause = details.get("ctx", {}).get("error")
    if not location and isinstance(cause, Mistake):
        location = cause.path
    return location[: 2 if location and location[0] in SECTIONS else 1]


def _leave_out(data: dict[Any, Any], place: tuple[Any, ...]) -> set[str]:
    """Takes an entry, or a key of the file, away; the names of the entries that go."""
    section = data.get(place[0])
    if len(place) == 1 or not isinstance(section, dict):
        data.pop(place[0], None)
        return set(map(str, section)) if isinstance(section, dict) and place[0] in SECTIONS else set()
    gone = {key for key in section if str(key) == str(place[1]) or repr(key) == str(place[1])}
    data[place[0]] = {key: entry for key, entry in section.items() if key not in gone}
    return set(map(str, gone))
