"""Changes as JSON and back, equal by value and type: what YAML for people need not be, a journal must.

What JSON has no form for is a mapping with one key that starts with `$`: `{"$date": "2026-01-31"}`.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from router.change.change import Change, Dates, Operation, Span
from router.change.tree import plain
from router.reading.key_path import Key
from router.scenario.base import Part

_DATE, _TIME, _SPAN, _FLOAT, _MAP = "$date", "$time", "$span", "$float", "$map"


def change_to_json(change: Change) -> dict[str, Any]:
    """The change as data that `json.dumps` takes. Raises TypeError for a value that no scenario holds."""
    entry: dict[str, Any] = {"path": [to_json(step) for step in change.path], "operation": str(change.operation)}
    if change.value is not None:
        entry["value"] = to_json(change.value)
    if change.dates is not None:
        entry["dates"] = [change.dates.start.isoformat(), change.dates.end.isoformat()]
    if change.before is not None:
        entry["before"] = to_json(change.before)
    return entry


def change_from_json(entry: Mapping[str, Any]) -> Change:
    """The change of such data. Raises ValueError, TypeError or LookupError for data that is none."""
    dates = entry.get("dates")
    before: Key | None = from_json(entry.get("before"))
    if before is not None and not isinstance(before, (str, date)):
        raise ValueError("a key is text or a date")
    path = tuple(from_json(step) for step in entry["path"])
    if not all(isinstance(step, (str, int, date)) for step in path):
        raise ValueError("a path is made of keys and indices")
    return Change(
        path=path,
        operation=Operation(entry["operation"]),
        value=from_json(entry.get("value")),
        dates=None if dates is None else Dates(*map(date.fromisoformat, dates)),
        before=before,
    )


def to_json(value: Any) -> Any:
    """A value as data that `json.dumps` takes. Raises TypeError for one that no scenario holds."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else {_FLOAT: repr(number)}
    if isinstance(value, datetime):
        return {_TIME: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, Span):
        return {_SPAN: [value.months, value.days]}
    if isinstance(value, Part):
        return to_json(plain(value))
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: to_json(item) for key, item in value.items()}
        return {_MAP: [[to_json(key), to_json(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    raise TypeError(f"a {type(value).__name__} is no value of a scenario")


def from_json(data: Any) -> Any:
    """The value of such data. Raises ValueError, TypeError or LookupError for data that is none."""
    if isinstance(data, list):
        return [from_json(item) for item in data]
    if not isinstance(data, dict):
        return data
    tag = next((key for key in data if key.startswith("$")), None)
    if tag is None:
        return {key: from_json(item) for key, item in data.items()}
    (held,) = data.values()
    match tag:
        case "$date":
            return date.fromisoformat(held)
        case "$time":
            return datetime.fromisoformat(held)
        case "$span":
            months, days = held
            return Span(months, days)
        case "$float":
            return float(held)
        case "$map":
            return {from_json(key): from_json(item) for key, item in held}
    raise ValueError(f"no value is written as {tag}")
