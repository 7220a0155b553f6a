"""What is told of the place in the list of what-ifs that the cursor is on, and of the list as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from router.change.change import Change
from router.report.change_words import changes_words
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.view.whatif_figures import UNPROVED, is_doubtful
from router.view.whatif_list import ItemKind, WhatIfItem, outcome_of
from router.whatif.case import BASE
from router.workspace.whatif_shelf import BASE_TITLE

_MOST_CHANGES = 6


class ChangeTeller:
    """Words of what-ifs' changes, each worked out once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._known: dict[int, tuple[tuple[Change, ...], tuple[str, ...]]] = {}

    def lines(self, changes: tuple[Change, ...]) -> tuple[str, ...]:
        """A line for each of the first changes, and how many there are beside them."""
        known = self._known.get(id(changes))
        if known is not None and known[0] is changes:
            return known[1]
        told = changes_words(changes[:_MOST_CHANGES], self.scenario)
        more = len(changes) - _MOST_CHANGES
        lines = (*told, f"and {more} more") if more > 0 else told
        self._known[id(changes)] = changes, lines
        return lines


def detail_lines(item: WhatIfItem | None, teller: ChangeTeller, answered: Mapping[str, Answered]) -> tuple[str, ...]:
    """The title, then what there is to tell: changes of a what-if, question and answer of a file, a mistake."""
    if item is None:
        return ()
    if item.kind is ItemKind.BASE:
        return (f"base: {BASE_TITLE}", "Each what-if is planned on it alone, whatever is edited or switched on now.")
    if item.kind is ItemKind.PROBLEM or item.case is None:
        file = item.file
        assert file is not None
        told = [line for line in (file.asks.question, file.asks.answer and f"Answer: {file.asks.answer}") if line]
        problems = [item.text] if item.kind is ItemKind.PROBLEM else []
        return (str(file.path), *problems, *(" ".join(line.split()) for line in told))
    lines = [f"{item.case.name}: {item.case.title}"]
    known, base = answered.get(item.key), outcome_of(answered, BASE)
    if known is not None and known.outcome is None:
        lines.append(f"no plan: {known.failure}")
    elif known is not None and known.outcome is not None and base is not None and is_doubtful(known.outcome, base):
        lines.append(f"{UNPROVED} the gap is larger than the difference: which of both is dearer is not proved")
    return (*lines, *teller.lines(item.case.changes))


def status_words(
    items: tuple[WhatIfItem, ...], answered: Mapping[str, Answered], *, working: str, on: int, gap: float
) -> str:
    """The list in one line: how many are on, how many are planned, and what `r` would do. ``working``: how far."""
    listed = [item for item in items if item.case is not None]
    parts = [f"{on} on" if on else "none on"]
    planned = sum(item.key in answered for item in listed)
    if not listed:
        return "no what-ifs for this scenario: W saves edits as one, o opens a file"
    parts.append(f"{planned} of {len(listed)} planned")
    if working:
        parts.append(f"{working} (Escape stops)")
    elif planned < len(listed):
        parts.append("r plans all")
    elif wide := wide_gaps(items, answered, gap):
        parts.append(f"r looks for better plans of {len(wide)}")
    return " · ".join(parts)


def wide_gaps(items: tuple[WhatIfItem, ...], answered: Mapping[str, Answered], gap: float) -> list[str]:
    """Keys of what is planned with a gap above ``gap``, the base among them."""
    keys = [item.key for item in items if item.case is not None or item.kind is ItemKind.BASE]
    outcomes = {key: outcome_of(answered, key) for key in keys}
    return [key for key, outcome in outcomes.items() if outcome is not None and outcome.gap > gap]
