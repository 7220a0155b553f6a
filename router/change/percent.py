"""Whether a percentage is a number such as stands at a path: where shares, rates and factors are, not at prices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from router.change.tree import adapter, child
from router.reading.key_path import KeyPath
from router.reading.position import Position
from router.scenario.base import Part
from router.scenario.scenario import Scenario
from router.scenario.series import Growth, Points, Stairs, Values

_SAMPLE = "5 %"


def is_percent(value: object) -> bool:
    """Whether a value is text with a percent sign."""
    return isinstance(value, str) and value.rstrip().endswith("%")


def takes_percent(scenario: Scenario, path: KeyPath, at: Position) -> bool:
    """Whether the numbers at a path are shares, rates or factors, which a file may give as percentages.

    Also where there is no number at all, which is not the percentage's fault. Raises ChangeError where the path leads
    nowhere.
    """
    value: Any = scenario
    holder: Part = scenario
    name = 0
    for place in range(len(path)):
        if isinstance(value, Part):
            holder, name = value, place
        value = child(value, path[: place + 1], at)
    try:
        sample = _in_percent(value)
    except LookupError:
        return True
    for step in reversed(path[name + 1 :]):
        sample = [sample] if isinstance(step, int) else {step: sample}
    try:
        adapter(type(holder), str(path[name])).validate_python(sample)
    except ValidationError:
        return False
    return True


def _in_percent(value: Any) -> Any:
    """Plain data with a percentage for every number. Raises LookupError where something else stands."""
    if isinstance(value, Growth):
        return {"start": _SAMPLE, "growth_per_year": value.growth_per_year}
    if isinstance(value, (Points, Values, Stairs)):
        return {name: _in_percent(held) for name, held in value}
    if isinstance(value, Mapping):
        return {key: _in_percent(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_percent(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _SAMPLE
    raise LookupError
