"""Paths into a scenario as text: `workloads.chat.streams.us.demand[2026-03]`, held against the scenario.

What is addressed need not be a position: `offers[aws/us-east-1/p5.48xlarge/on_demand]` is the offer that is that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from router.change.change import Dates, Operation
from router.change.error import refusal
from router.change.offer_names import offer_index, unique_offer_name
from router.change.path_syntax import WrittenStep, plain_text, written_steps
from router.change.range_text import dates_text, looks_like_dates, read_dates
from router.change.tree import child, field_name, key_in, new_key
from router.reading.found import quoted
from router.reading.key_path import KeyPath, Step
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Mistake
from router.scenario.base import Part
from router.scenario.scenario import Scenario

END = "end"
"""In brackets, for `add`: behind the last entry of a list."""


class Target(NamedTuple):
    """What a path text addresses; ``dates`` where only a part of a value over time is meant."""

    path: KeyPath
    dates: Dates | None = None


def read_target(text: str, scenario: Scenario, at: Position, operation: Operation = Operation.SET) -> Target:
    """What a path text addresses in a scenario; for ADD, the last step is new. ``at``: where the text stands.

    Raises ChangeError for what is no path, and for the first step that leads nowhere, with the nearest valid name.
    """
    try:
        steps = written_steps(text)
    except Mistake as mistake:
        raise refusal(at, (), mistake.found or quoted(text), mistake.expected) from None
    return target_along(steps, scenario, at, operation)


def target_along(
    steps: Sequence[WrittenStep], scenario: Scenario, at: Position, operation: Operation = Operation.SET
) -> Target:
    """What the steps of a path text address, as `read_target`. Raises ChangeError."""
    return _Walk(scenario, at, operation).along(steps)


def target_text(target: Target, scenario: Scenario | None = None) -> str:
    """The text of a target, which `read_target` reads back; with the scenario, offers stand by name.

    Raises ValueError for dates that are none.
    """
    path = target.path
    text = plain_text(path)
    if scenario is not None and len(path) > 1 and path[0] == "offers":
        name = _name_of(scenario, path[1])
        if name is not None:
            text = f"offers[{name}]" + plain_text(path[:1] + path[2:]).removeprefix("offers")
    return text if target.dates is None else f"{text}[{dates_text(target.dates)}]"


def _name_of(scenario: Scenario, index: Step) -> str | None:
    if not isinstance(index, int) or not 0 <= index < len(scenario.offers):
        return None
    return unique_offer_name(scenario.offers, index)


class _Walk:
    """The way along a path text, down into the scenario."""

    def __init__(self, scenario: Scenario, at: Position, operation: Operation) -> None:
        self._scenario = scenario
        self._at = at
        self._adds = operation is Operation.ADD
        self._path: KeyPath = ()
        self._value: Any = scenario
        # Whether what the path has reached was left out, so that what follows makes it.
        self._left_out = False

    def along(self, steps: Sequence[WrittenStep]) -> Target:
        place = 0
        while place < len(steps):
            rest = steps[place:]
            if len(rest) == 1 and self._means_dates(rest[0]):
                return Target(self._path, self._dates(rest[0]))
            if self._left_out:
                return Target((*self._path, *map(self._into_nothing, rest)))
            place += self._down(rest)
        return Target(self._path)

    def _into_nothing(self, step: WrittenStep) -> Step:
        """A step into what is left out, where the end of a list is its first entry."""
        return 0 if self._adds and step.form == "bare" and step.text == END else step.alone()

    def _means_dates(self, step: WrittenStep) -> bool:
        if step.form != "bare" or not self._path or not looks_like_dates(step.text):
            return False
        value = self._value
        if isinstance(value, list):
            return step.number is None and self._path != ("offers",)
        # A name such as `2026-plan` is a name where there is one; dates of steps are keys only behind a dot.
        return not (isinstance(value, Mapping) and not _is_dated(value) and key_in(value, step.text) is not None)

    def _dates(self, step: WrittenStep) -> Dates:
        try:
            return read_dates(step.text, self._scenario.horizon.start)
        except Mistake as mistake:
            raise refusal(self._at, self._path, f"[{step.text[:60]}]", mistake.expected) from None

    def _down(self, rest: Sequence[WrittenStep]) -> int:
        """One step down; the number of written steps that it took."""
        holder, step = self._value, rest[0]
        last = len(rest) == 1
        if isinstance(holder, Part):
            self._enter_field(holder, step)
            return 1
        if isinstance(holder, Mapping):
            return self._enter_key(holder, rest)
        if isinstance(holder, list):
            index: Step = self._index(holder, step)
            self._path = (*self._path, index)
            if not (self._adds and last and isinstance(index, int) and 0 <= index <= len(holder)):
                self._value = child(holder, self._path, self._at)
            return 1
        child(holder, (*self._path, step.text if step.number is None else step.number), self._at)
        raise AssertionError("a value that holds nothing leads nowhere")

    def _enter_field(self, part: Part, step: WrittenStep) -> None:
        path = (*self._path, step.text)
        if step.text not in type(part).model_fields and not self._path:
            self._check_top(step.text, type(part).model_fields)
        name = field_name(part, path, self._at)
        value = getattr(part, name)
        given = name in part.model_fields_set
        self._left_out = value is None or (not given and not isinstance(value, (Part, dict, list)))
        self._path, self._value = path, value

    def _check_top(self, name: str, fields: Iterable[str]) -> None:
        """Told with the whole path where someone leaves out `workloads.` before the name of one."""
        if nearest(name, fields) is not None:
            return
        for field in fields:
            held = getattr(self._scenario, field)
            if isinstance(held, Mapping) and name in held:
                expected = f"a path from the top of the scenario, where it is one of {field}"
                raise refusal(
                    self._at,
                    (name,),
                    f"the unknown key {quoted(name)}",
                    expected,
                    suggestion=plain_text((field, name)),
                )

    def _enter_key(self, mapping: Mapping[Any, Any], rest: Sequence[WrittenStep]) -> int:
        taken = 1
        key = key_in(mapping, rest[0].text)
        if key is None and rest[0].form == "key":
            taken, key = _with_dots(mapping, rest)
        if key is None and self._adds and len(rest) == 1:
            self._path = (*self._path, new_key(mapping, rest[0].text))
            return 1
        self._path = (*self._path, rest[0].text if key is None else key)
        self._value = child(mapping, self._path, self._at)
        return taken

    def _index(self, entries: list[Any], step: WrittenStep) -> Any:
        if step.number is not None:
            return step.number
        if step.form == "bare" and step.text == END and self._adds:
            return len(entries)
        if step.form != "key" and self._path == ("offers",):
            try:
                return offer_index(entries, step.text)
            except Mistake as mistake:
                raise refusal(
                    self._at,
                    self._path,
                    mistake.found or quoted(step.text),
                    mistake.expected,
                    suggestion=mistake.suggestion,
                ) from None
        return step.text


def _with_dots(mapping: Mapping[Any, Any], rest: Sequence[WrittenStep]) -> tuple[int, Any]:
    """The key that several steps give together, as the dots in `p5.48xlarge` are not between keys."""
    name = rest[0].text
    for taken, step in enumerate(rest[1:], start=2):
        if step.form != "key":
            break
        name += f".{step.text}"
        if name in mapping:
            return taken, name
    return 1, None


def _is_dated(mapping: Mapping[Any, Any]) -> bool:
    return any(isinstance(key, date) for key in mapping)
