"""A field's value as text, and what is typed as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from router.change.yaml_text import yaml_text
from router.reading.node import Data
from router.reading.problems import Mistake
from router.reading.scalars import plain_scalar
from router.view.forms.lines_text import lines_text, read_yaml_value
from router.view.forms.number_text import number_text
from router.view.forms.over_time_text import read_series, read_steps, series_text, steps_text
from router.view.forms.specs import FieldKind, FieldSpec

_OPENS = ("[", "{")


def value_text(value: Any, spec: FieldSpec) -> str:
    """Plain data as a person would type it; empty for None."""
    if value is None:
        return ""
    match spec.kind:
        case FieldKind.STEPS:
            return steps_text(value)
        case FieldKind.SERIES:
            return series_text(value)
        case FieldKind.LINES:
            return lines_text(value)
        case FieldKind.NAMES:
            return _names_text(value)
        case FieldKind.TEXT:
            return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value, in_percent=spec.in_percent)
    if isinstance(value, (list, dict)):
        return _bracketed(value)
    return str(value)


def read_value(text: str, spec: FieldSpec, horizon_start: date) -> Data:
    """Plain data of what is typed, which the schema has yet to check. Raises Mistake where it cannot be read at all."""
    typed = text.strip()
    if spec.kind is FieldKind.TEXT:
        return text
    if spec.kind is FieldKind.LINES or typed.startswith(_OPENS):
        return read_yaml_value(text)
    if spec.kind is FieldKind.STEPS:
        return read_steps(typed, horizon_start)
    if spec.kind is FieldKind.SERIES:
        return read_series(typed, horizon_start)
    if spec.kind is FieldKind.NAMES:
        return _read_names(typed)
    return plain_scalar(typed)


def _names_text(names: Sequence[str]) -> str:
    if any("," in name or name.startswith(_OPENS) for name in names):
        return _bracketed(list(names))
    return ", ".join(names)


def _read_names(typed: str) -> list[Data]:
    names: list[Data] = [name.strip() for name in typed.split(",")]
    if any(not name for name in names):
        raise Mistake("a name on each side of a comma", found="nothing there")
    return names


def _bracketed(value: Any) -> str:
    """Plain data as YAML in brackets, on one line."""
    text = yaml_text([{"v": value}]).removeprefix("- v:")
    if text.lstrip().startswith(_OPENS):
        return " ".join(text.split())
    # More than a line of the dumper holds: a list of numbers or texts has no comments to lose.
    return "[" + ", ".join(yaml_text([{"v": item}]).removeprefix("- v:").strip() for item in value) + "]"
