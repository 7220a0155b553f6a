"""Changes as YAML that a person writes: a list with one entry for each, such as `{set: PATH, to: VALUE}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from router.change.change import Change, Operation, Span
from router.change.error import ChangeError, refusal
from router.change.given import Given, InOrder
from router.change.path_text import Target, read_target, target_text
from router.change.scenario_after import scenario_after
from router.change.span_text import EXPECTED as SPAN_EXPECTED
from router.change.span_text import read_span, span_text
from router.change.yaml_text import yaml_text
from router.reading.compose import compose
from router.reading.expectation import listed, one_of
from router.reading.found import found_text, quoted
from router.reading.key_path import Key, KeyPath, path_text
from router.reading.nearest import nearest
from router.reading.node import Entry, Node, plain_data
from router.reading.position import Position
from router.reading.problems import Mistake, Problem
from router.reading.source_file import decoded, read_bytes
from router.scenario.scenario import Scenario


class _Form(NamedTuple):
    """The keys of an operation beside its own: of its value, and of others that may be left out."""

    value: str | None
    optional: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (*((self.value,) if self.value else ()), *self.optional)


_FORMS = {
    Operation.SET: _Form("to"),
    Operation.ADD: _Form("value", ("before",)),
    Operation.REMOVE: _Form(None),
    Operation.SCALE: _Form("by"),
    Operation.INCREASE: _Form("by"),
    Operation.SHIFT: _Form("by"),
}
_OPERATIONS = [str(operation) for operation in Operation]


def operation_keys(operation: Operation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys beside its own that an operation's entry must have, and those that it may have."""
    form = _FORMS[operation]
    return (form.value,) if form.value else (), form.optional


_LIST_EXPECTED = "a list of changes ('- set: PATH' and '  to: VALUE' below it)"


def changes_to_yaml(changes: Sequence[Change], scenario: Scenario | None = None) -> str:
    """Changes as a YAML list, which `read_changes_text` reads back equal.

    ``scenario``: what the first change is made to; given, offers stand by what they are and not by position. Raises
    ValueError for dates that are none.
    """
    return yaml_text(changes_data(changes, scenario))


def changes_data(changes: Sequence[Change], scenario: Scenario | None = None) -> list[dict[str, Any]]:
    """Changes as the plain data of such a list; otherwise as `changes_to_yaml`."""
    entries: list[dict[str, Any]] = []
    for change in changes:
        form = _FORMS[change.operation]
        entry: dict[str, Any] = {str(change.operation): target_text(Target(change.path, change.dates), scenario)}
        if form.value is not None:
            value = change.value
            entry[form.value] = span_text(value) if isinstance(value, Span) else value
        if change.before is not None:
            entry["before"] = change.before
        entries.append(entry)
        scenario = scenario_after(scenario, change)
    return entries


def read_changes(node: Node, scenario: Scenario, path: KeyPath = ()) -> Given:
    """The changes of a list in a file, each held against the scenario with those before it made.

    ``path`` leads to the list in its file, for messages. Not yet checked as a whole: `apply_all(scenario,
    given.changes, given.at)` does. Raises ChangeError with all mistakes.
    """
    if not isinstance(node.content, list):
        found = found_text(plain_data(node))
        raise ChangeError([Problem(node.position, path_text(path), found, _LIST_EXPECTED)])
    reading = InOrder(scenario)
    for index, entry in enumerate(node.content):
        reader = EntryReader(entry, (*path, index))
        reading.take(reader.change, reader.position_of_value())
    return reading.given()


def read_changes_text(text: str, scenario: Scenario, file: str) -> Given:
    """The changes of YAML text that is such a list; ``file`` is its name in messages.

    Raises ScenarioError with all mistakes.
    """
    root = compose(text, file)
    if root is None:
        raise ChangeError([Problem(Position(file, 1, 1), "", "nothing in the file", _LIST_EXPECTED)])
    return read_changes(root, scenario)


def read_changes_file(path: Path | str, scenario: Scenario) -> Given:
    """The changes of a file that is such a list. Raises ScenarioError with all mistakes."""
    file = str(path)
    return read_changes_text(decoded(read_bytes(Path(path), file), file), scenario, file)


class Written(NamedTuple):
    """An entry of a list of changes as it stands there, its path not yet held against a scenario."""

    operation: Operation
    path: str
    path_at: Position
    value: Any
    before: Key | None


class EntryReader:
    """One entry of a list of changes. ``words``: what else than an operation the list's entries may begin with."""

    def __init__(self, node: Node, path: KeyPath, words: Sequence[str] = ()) -> None:
        self._node = node
        self._path = path
        self._known = [*_OPERATIONS, *words]
        self._entries: dict[Key, Entry] = node.content if isinstance(node.content, dict) else {}

    def position_of_value(self) -> Position:
        """Where the value stands, or what comes nearest to it."""
        for key in ("to", "by", "value", *_OPERATIONS):
            if key in self._entries:
                return self._entries[key].node.position
        return self._node.position

    def change(self, scenario: Scenario) -> Change:
        """The change in a scenario. Raises ChangeError."""
        written = self.written()
        target = read_target(written.path, scenario, written.path_at, written.operation)
        return Change(target.path, written.operation, written.value, target.dates, written.before)

    def written(self) -> Written:
        """What stands in the entry. Raises ChangeError."""
        operation = self._operation()
        form = _FORMS[operation]
        self._check_keys(operation, form)
        text = self._entries[str(operation)].node
        if not isinstance(text.content, str):
            raise self._problem(str(operation), found_text(plain_data(text)), "the path of a value in the scenario")
        value = self._value(operation, form.value) if form.value is not None else None
        return Written(operation, text.content, text.position, value, self._before())

    def _operation(self) -> Operation:
        if not isinstance(self._node.content, dict):
            found = found_text(plain_data(self._node))
            raise self._problem(None, found, "a change, such as {set: PATH, to: VALUE}")
        named = [key for key in self._entries if key in self._known]
        if len(named) > 1:
            raise self._problem(
                str(named[1]), f"both {named[0]} and {named[1]}", "one of them for each entry", key_position=True
            )
        if named:
            return Operation(str(named[0]))
        for key in map(str, self._entries):
            if key not in {name for form in _FORMS.values() for name in form.keys}:
                near = nearest(key, self._known)
                raise self._problem(key, f"the unknown key {quoted(key)}", one_of(self._known), near, key_position=True)
        raise self._problem(None, found_text(plain_data(self._node)), f"one of the keys {listed(self._known)}")

    def _check_keys(self, operation: Operation, form: _Form) -> None:
        problems: list[Problem] = []
        known = (str(operation), *form.keys)
        missing = form.value if form.value not in self._entries else None
        near: str | None
        for key in self._entries:
            if key in known:
                continue
            name = str(key)
            if missing is not None and (nearest(name, (missing,)) or name in ("to", "by", "value")):
                # The value under a wrong key is one mistake, not also the lack of the right one.
                near, missing = missing, None
            else:
                near = nearest(name, [other for other in known if other not in self._entries])
            found = f"the unknown key {quoted(name)}"
            problems += self._problem(key, found, one_of(known), near, key_position=True).problems
        if missing is not None:
            problems += self._problem(missing, "nothing", _EXPECTED_VALUE[operation]).problems
        if problems:
            raise ChangeError(problems)

    def _value(self, operation: Operation, key: str) -> Any:
        value = plain_data(self._entries[key].node)
        if operation is Operation.SHIFT:
            if not isinstance(value, str):
                raise self._problem(key, found_text(value), SPAN_EXPECTED)
            try:
                return read_span(value)
            except Mistake as mistake:
                raise self._problem(key, found_text(value), mistake.expected) from None
        return value

    def _before(self) -> Key | None:
        if "before" not in self._entries:
            return None
        value = plain_data(self._entries["before"].node)
        if value is None or isinstance(value, (list, dict)):
            raise self._problem("before", found_text(value), "the key that the new one comes before")
        return value if isinstance(value, date) else str(value)

    def _problem(
        self,
        key: Key | None,
        found: str,
        expected: str | None,
        suggestion: str | None = None,
        *,
        key_position: bool = False,
        note: str | None = None,
    ) -> ChangeError:
        position, path = self._node.position, self._path
        if key is not None:
            path = (*path, key)
            if key in self._entries:
                entry = self._entries[key]
                position = entry.key_position if key_position else entry.node.position
        return refusal(position, path, found, expected, suggestion=suggestion, note=note)


_EXPECTED_VALUE = {
    Operation.SET: "the value to set",
    Operation.ADD: "the value to add",
    Operation.SCALE: "the number to multiply with",
    Operation.INCREASE: "the number to add",
    Operation.SHIFT: SPAN_EXPECTED,
}
