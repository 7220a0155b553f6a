"""What a change does to a scenario, in one line: `demand of chat/us, Mar 2026: 1.00 -> 1.20 M tokens/s`."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from router.change.change import Change, Dates, Operation, Span
from router.change.error import ChangeError, numbered
from router.change.offer_names import offer_name
from router.change.path_syntax import plain_text
from router.change.range_text import dates_text
from router.change.scenario_after import scenario_after
from router.change.span_text import span_text
from router.change.tree import plain, value_at
from router.problem.calendar import build_calendar
from router.problem.values import series
from router.reading.found import shortened
from router.reading.key_path import KeyPath
from router.report import numbers
from router.report.apart_words import apart_words
from router.report.moved_words import moved_window_words, moved_words, window_words
from router.scenario.base import Part
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.scenario.series import Growth, Points, Stairs, Values

_SERIES = (Points, Growth, Values, Stairs)
_KINDS = {
    "workloads": "workload",
    "pools": "pool",
    "contracts": "contract",
    "providers": "provider",
    "accelerators": "accelerator",
    "instance_types": "instance type",
    "sources": "source",
    "streams": "stream",
    "commitments": "commitment",
    "regions": "region",
    "provider_shares": "share limit",
}
"""What the entries of a mapping are called."""

_FIELDS = {
    "usd_per_hour": "price",
    "amount_usd": "promise",
    "min_share": "least share",
    "max_share": "largest share",
    "value_of_unserved_usd_per_unit_hour": "value of unserved",
}
"""Fields whose names in files are not what a reader calls them."""

_UNITS = ("_usd", "_gb", "_hours", "_ms", "_gib")
_SHARES = ("share", "discount", "rate", "growth_per_year", "share_of_hours", "shortfall_rate", "discount_rate")

_INTERRUPTIONS = "interruption_rate"
"""How many an hour: no share, and mostly far below 0.01."""


class _Subject(NamedTuple):
    """What a path leads to: a field of something, or with ``kind`` something that has a name."""

    name: str
    kind: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        if self.kind is not None:
            return f"{self.kind} {self.name}"
        return f"{self.field} of {self.name}" if self.name else str(self.field)


def changes_words(changes: Iterable[Change], scenario: Scenario) -> tuple[str, ...]:
    """One line for each change; ``scenario``: what the first is made to, the others to what those before lead to."""
    lines = []
    current: Scenario | None = scenario
    for change in changes:
        known = current or scenario
        lines.append(change_words(change, known))
        current = scenario_after(current, change)
    return tuple(lines)


def change_words(change: Change, scenario: Scenario) -> str:
    """One change in one line; ``scenario``: what it is made to."""
    before = _held(scenario, change.path)
    if _is_switch(change):
        return f"{change.path[1]} {'disabled' if change.value is False else 'enabled'}"
    subject = str(_subject(change.path, scenario))
    match change.operation:
        case Operation.ADD:
            return f"added {subject}{_added(change)}"
        case Operation.REMOVE:
            return f"removed {subject}"
        case Operation.SHIFT:
            return f"{subject}: {_later(change.value)}"
    when = f", {dates_words(change.dates)}" if change.dates is not None else ""
    after_all = scenario_after(scenario, change)
    after = change.value if after_all is None else _held(after_all, change.path)
    show = _Shower(change, scenario)
    result = show.from_to(before, after)
    if change.operation is Operation.SCALE:
        result = f"x {_factor(change.value)} ({result})"
    elif change.operation is Operation.INCREASE:
        result = f"{show.signed(change.value)} ({result})"
    return f"{subject}{when}: {result}"


def _is_switch(change: Change) -> bool:
    """Whether a change enables or disables a workload; without the key it is enabled."""
    path = change.path
    if len(path) != 3 or path[0] != "workloads" or path[2] != "enabled" or change.dates is not None:
        return False
    return change.operation is Operation.REMOVE or (
        change.operation is Operation.SET and isinstance(change.value, bool)
    )


def dates_words(dates: Dates) -> str:
    """Dates for readers: `Mar 2026`, `Mar to Jun 2026`, `Q3 2026`, `2026`, `from Mar 2026 on`."""
    try:
        first, between, last = dates_text(dates).partition("..")
    except ValueError:
        return f"{dates.start} to {dates.end}"
    if not between:
        return _moment_words(first)
    if not last:
        return f"from {_moment_words(first)} on"
    words = _moment_words(first)
    if len(first) == len("2026-03") and first[:4] == last[:4]:
        words = words.removesuffix(f" {first[:4]}")
    return f"{words} to {_moment_words(last)}"


def _moment_words(text: str) -> str:
    if len(text) != len("2026-03"):
        return text
    part = text[5:]
    return f"{part if part.startswith('Q') else calendar.month_abbr[int(part)]} {text[:4]}"


def _subject(path: KeyPath, scenario: Scenario) -> _Subject:
    """The named things that a path leads through, and the field that it ends at."""
    names: list[str] = []
    kind: str | None = None
    place = 0
    while place + 1 < len(path):
        collection, step = str(path[place]), path[place + 1]
        if collection == "offers" and place == 0:
            offer = _held(scenario, path[:2])
            names.append(offer_name(offer) if isinstance(offer, Offer) else str(step))
            kind = "offer"
        elif collection in _KINDS and isinstance(step, str):
            names.append(step)
            kind = _KINDS[collection]
        elif collection != "limits":
            break
        else:
            place -= 1
        place += 2
    name = "/".join(names)
    rest = path[place:]
    if len(rest) == 2 and rest[0] == "amount_usd" and isinstance(rest[1], int):
        # The promise of one window of many.
        name, rest = f"{name}, {window_words(rest[1])}", rest[:1]
    return _Subject(name, field=_field_words(rest)) if rest else _Subject(name, kind)


def _field_words(rest: KeyPath) -> str:
    if len(rest) > 1:
        return plain_text(rest)
    field = str(rest[0])
    if field in _FIELDS:
        return _FIELDS[field]
    for unit in _UNITS:
        field = field.removesuffix(unit)
    return field.replace("_", " ")


def _held(scenario: Scenario, path: KeyPath) -> Any:
    """What stands at a path; None where nothing does."""
    try:
        return value_at(scenario, path, numbered(0))
    except ChangeError:
        return None


def _added(change: Change) -> str:
    kind = change.value.get("kind") if isinstance(change.value, Mapping) else None
    if isinstance(kind, str):
        return f" ({kind})"
    return "" if isinstance(change.value, (Mapping, list, Part)) else f": {_plain_words(change.value)}"


def _later(span: Any) -> str:
    if not isinstance(span, Span):
        return f"moved by {_plain_words(span)}"
    if span.months <= 0 and span.days <= 0 and (span.months or span.days):
        return f"{span_text(Span(-span.months, -span.days))} earlier".replace(" -", " ")
    return f"{span_text(span)} later"


def _factor(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


class _Shower:
    """Values of one field as a reader wants them."""

    def __init__(self, change: Change, scenario: Scenario) -> None:
        self._change = change
        self._scenario = scenario
        fields = [step for step in change.path if isinstance(step, str)]
        self._field = fields[-1] if fields else ""
        self._unit = self._unit_of_demand()

    def from_to(self, before: Any, after: Any) -> str:
        """`1.00 -> 1.20 M tokens/s`; ranges where values differ over time."""
        old, new = self._numbers(before), self._numbers(after)
        if old is not None and new is not None:
            was, now = self._range(old), self._range(new)
            if was == now and before != after and _is_number(before) and _is_number(after):
                told = apart_words(before, after, is_money=self._is_money(), is_share=self._is_share())
                return self._with_unit(told)
            # Where both look alike, what lies between them is what moved.
            moved = self._moved(before, after) if was == now else ""
            return moved or self._with_unit(f"{was} -> {now}")
        was = "nothing" if before is None else self._words(before, old)
        now = "nothing" if after is None else self._words(after, new)
        return self._with_unit(f"{was} -> {now}") if was != now else now

    def _moved(self, before: Any, after: Any) -> str:
        if isinstance(before, list) and isinstance(after, list):
            return moved_window_words(before, after, self._in_unit)
        if isinstance(before, Points) and isinstance(after, Points):
            old, new = before.points, after.points
            if list(old) == list(new) or list(old.values()) == list(new.values()):
                return moved_words(old, new, self._in_unit, "on")
        return moved_words(self._by_date(before), self._by_date(after), self._in_unit)

    def _by_date(self, value: Any) -> Mapping[date, float]:
        """What a value is from each date on."""
        if isinstance(value, Mapping):
            return value
        if isinstance(value, Stairs):
            return value.steps
        calendar_ = build_calendar(self._scenario.horizon)
        if isinstance(value, _SERIES):
            return dict(zip(calendar_.starts, series(value, calendar_).tolist(), strict=True))
        return {calendar_.horizon_start: value}

    def _in_unit(self, value: float) -> str:
        return self._with_unit(self._number(value))

    def signed(self, value: Any) -> str:
        """What is added: `+5`, `-$2.00 B`, `+5.0 % points`."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            text = str(value).strip()
            return text if text[:1] in ("+", "-") else f"+{text}"
        points = " points" if self._is_share() else ""
        return f"{'-' if value < 0 else '+'}{self._number(abs(value))}{points}"

    def _words(self, value: Any, values: Sequence[float] | None) -> str:
        return _plain_words(plain(value)) if values is None else self._range(values)

    def _numbers(self, value: Any) -> list[float] | None:
        """The numbers that a value has over time, in the dates of the change; None where it is no number."""
        if isinstance(value, bool) or value is None:
            return None
        dates = self._change.dates
        if isinstance(value, _SERIES) or (isinstance(value, (int, float)) and self._field == "demand"):
            calendar_ = build_calendar(self._scenario.horizon)
            values = series(value, calendar_).tolist()
            chosen = [
                value
                for start, value in zip(calendar_.starts, values, strict=True)
                if dates is None or dates.start <= start < dates.end
            ]
            return chosen or None
        if isinstance(value, (int, float)):
            return [float(value)]
        if isinstance(value, Mapping) and value and all(isinstance(key, date) for key in value):
            return _levels(value, dates)
        if isinstance(value, list) and value and all(type(item) in (int, float) for item in value):
            return list(value)
        return None

    def _range(self, values: Sequence[float]) -> str:
        low, high = self._number(min(values)), self._number(max(values))
        return low if low == high else f"{low} to {high}"

    def _number(self, value: float) -> str:
        if self._field == "usd_per_hour":
            return numbers.price(value)
        if self._is_money():
            return numbers.money(value)
        if self._is_share():
            return numbers.share(value)
        if self._field == _INTERRUPTIONS:
            return f"{value:.3g}"
        if self._field in ("year", "format"):
            return f"{value:g}"
        return numbers.quantity(value, self._unit).removesuffix(self._unit).rstrip() if self._unit else _short(value)

    def _is_money(self) -> bool:
        field = self._field
        return field in ("usd", "usd_per_hour") or field.endswith("_usd") or field.startswith("value_of_unserved")

    def _is_share(self) -> bool:
        return self._field.endswith(_SHARES) and self._field != _INTERRUPTIONS

    def _unit_of_demand(self) -> str:
        path = self._change.path
        if "demand" not in path or len(path) < 2:
            return ""
        unit = getattr(_held(self._scenario, path[:2]), "unit", "")
        return unit if isinstance(unit, str) else ""

    def _with_unit(self, text: str) -> str:
        return f"{text} {'an hour' if self._field == _INTERRUPTIONS else self._unit}".rstrip()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _levels(steps: Mapping[date, float], dates: Dates | None) -> list[float]:
    """The levels of steps that hold within dates, 0 before the first."""
    if dates is None:
        return list(steps.values())
    past = [day for day in steps if day <= dates.start]
    start = [steps[max(past)] if past else 0.0]
    return start + [level for day, level in steps.items() if dates.start < day < dates.end]


def _short(value: float) -> str:
    """A number as a file has it where that is short."""
    text = f"{value:.10g}"
    return text if len(text) <= 6 and "e" not in text else numbers.count(value)


def _plain_words(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return numbers.day(value)
    if isinstance(value, str):
        return shortened(value)
    if isinstance(value, (int, float)):
        return _short(value)
    if isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
        return shortened(", ".join(map(_plain_words, value)))
    return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}" if isinstance(value, (list, Mapping)) else "new"
