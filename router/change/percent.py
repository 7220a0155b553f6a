"""Whether a percentage added to a value means points of a share, or a part of the value itself."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from router.change.tree import adapter
from router.reading.key_path import KeyPath
from router.scenario.base import Part
from router.scenario.scenario import Scenario

_SAMPLE = "5 %"


def is_percent(value: object) -> bool:
    """Whether a value is text with a percent sign."""
    return isinstance(value, str) and value.rstrip().endswith("%")


def is_percent_of_nothing(scenario: Scenario, path: KeyPath, value: object) -> bool:
    """Whether a percentage stands where a number is put in place of, or added to, what is no share: 5 % of what?"""
    return is_percent(value) and not takes_percent(scenario, path)


def takes_percent(scenario: Scenario, path: KeyPath) -> bool:
    """Whether what a path leads to is a share, rate or factor, to which percentage points can be added.

    The path leads somewhere (`read_target` has seen to it).
    """
    value: Any = scenario
    for length, step in enumerate(path):
        if isinstance(value, Part):
            holder, name, rest = value, str(step), path[length + 1 :]
            value = getattr(value, name)
        else:
            value = value[step] if value is not None and step in _steps(value) else None
    sample: Any = _SAMPLE
    for step in reversed(rest):
        sample = [sample] if isinstance(step, int) else {step: sample}
    try:
        adapter(type(holder), name).validate_python(sample)
    except ValidationError:
        return False
    return True


def _steps(value: Any) -> Any:
    return range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
