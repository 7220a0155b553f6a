"""A step of editing in one line."""

from __future__ import annotations

from collections.abc import Sequence

from router.change.change import Change
from router.report.change_words import changes_words
from router.scenario.scenario import Scenario


def step_words(changes: Sequence[Change], scenario: Scenario, whatif: str = "") -> str:
    """What changes made as one do; ``scenario``: what the first is made to.

    Those of a what-if are told by its name, as they may be hundreds: `what-if: gb300-late (14 changes)`.
    """
    if whatif:
        count = len(changes)
        return f"what-if: {whatif} ({count} change{'' if count == 1 else 's'})"
    return "; ".join(changes_words(changes, scenario))
