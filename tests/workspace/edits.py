"""Edits of a scenario in few words, and the lines by which two texts differ."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from router.change.apply import apply
from router.change.change import Change, Operation
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario


def set_to(*path: Any, to: Any) -> Change:
    return Change(path, Operation.SET, to)


def add(*path: Any, value: Any, before: str | None = None) -> Change:
    return Change(path, Operation.ADD, value, before=before)


def remove(*path: Any) -> Change:
    return Change(path, Operation.REMOVE)


def after_changes(path: Path, changes: Sequence[Change]) -> Scenario:
    scenario = load_scenario(path)
    for change in changes:
        scenario = apply(scenario, change).scenario
    return scenario


def difference(old: str, new: str) -> list[str]:
    """Lines taken out and put in."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
