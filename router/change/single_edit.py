"""One value set, added or removed in a scenario, and what takes it back.

Only the parts on the way to the value are made anew; everything else stays the same object. The fields on that way are
validated again by their types, which takes what is already a part of a scenario as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from router.change.change import Change, Operation
from router.change.error import ChangeError, document_of, refusal, unknown_name
from router.change.tree import adapter, field_name, index_in, key_in, leads_through, new_key, plain, shared
from router.reading.found import found_text
from router.reading.key_path import Key, KeyPath, path_text
from router.reading.position import Position
from router.reading.validation import problems_from
from router.scenario.base import Part
from router.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Edited:
    """The scenario after an edit, and the change that takes the edit back exactly."""

    scenario: Scenario
    inverse: Change


def edited(scenario: Scenario, change: Change, at: Position) -> Edited:
    """The scenario after a change that is SET, ADD or REMOVE without dates, of a path that is not empty.

    Checked against the schema, not against the rest of the scenario. Raises ChangeError.
    """
    edit = _Edit(scenario, change, at)
    result = edit.in_part(scenario, 0)
    if not isinstance(result, Scenario) or edit.inverse is None:
        raise TypeError("a path starts at the scenario")
    return Edited(result, edit.inverse)


class _Edit:
    """One edit on its way down the path and up again.

    ``inverse`` is found on the way down: the outermost key that the edit brings into the scenario is what to remove.
    """

    def __init__(self, scenario: Scenario, change: Change, at: Position) -> None:
        self._scenario = scenario
        self._operation = change.operation
        self._path = change.path
        self._value = change.value
        self._before = change.before
        self._at = at
        self.inverse: Change | None = None

    def in_part(self, part: Part, depth: int) -> Part:
        """The part with the edit made; ``depth`` is the length of the path to it."""
        path = self._path[: depth + 1]
        name = field_name(part, path, self._at)
        old = getattr(part, name)
        given = name in part.model_fields_set
        if self._operation is Operation.ADD and depth + 1 == len(self._path) and isinstance(old, list):
            # The path of a list itself: behind its last entry.
            self._path = (*self._path, len(old))
        if not given:
            self._taken_back_by(Operation.REMOVE, path)
        if depth + 1 == len(self._path):
            return self._field(part, name, given, path)
        if old is None or (not given and not isinstance(old, (Part, dict, list))):
            # What is left out is made of what is set inside it and the defaults of the rest.
            self._taken_back_by(Operation.SET, path, old)
            return self._with(part, name, self._built(old, depth + 1), path)
        return self._with(part, name, self._in_value(old, depth + 1), path)

    def _taken_back_by(self, operation: Operation, path: KeyPath, old: Any = None, before: Key | None = None) -> None:
        if self.inverse is None:
            self.inverse = Change(path, operation, shared(old), before=before)

    def _field(self, part: Part, name: str, given: bool, path: KeyPath) -> Part:
        old = getattr(part, name)
        if self._before is not None:
            found = f"before {str(self._before)!r}"
            raise refusal(self._at, path, found, "none: the keys of a part have their own order")
        if self._operation is Operation.ADD and given:
            raise self._exists(old, path)
        if self._operation is not Operation.REMOVE:
            self._taken_back_by(Operation.SET, path, old)
            return self._with(part, name, self._value, path)
        if type(part).model_fields[name].is_required():
            raise refusal(self._at, path, "`remove`", "a value: this key must be there")
        if not given:
            raise refusal(self._at, path, "nothing to remove", "a key that is there; it is left out already")
        self._taken_back_by(Operation.SET, path, old)
        values = {key: value for key, value in part.__dict__.items() if key != name}
        return type(part).model_construct(_fields_set=part.model_fields_set - {name}, **values)

    def _with(self, part: Part, name: str, value: Any, path: KeyPath) -> Part:
        try:
            valid = adapter(type(part), name).validate_python(value)
        except ValidationError as error:
            raise self._refused(path, value, error) from None
        return part.model_copy(update={name: valid})

    def _built(self, nothing: Any, depth: int) -> Any:
        """Plain data for what is left out, with the rest of the path in it."""
        if self._operation is Operation.REMOVE:
            raise refusal(self._at, self._path, "nothing to remove", "a key that is there")
        if depth == len(self._path):
            return self._value
        step = self._path[depth]
        if not isinstance(step, int):
            return {step: self._built(nothing, depth + 1)}
        if step != 0 or self._operation is not Operation.ADD or depth + 1 < len(self._path):
            raise leads_through(nothing, self._path[: depth + 1], self._at)
        return [self._value]

    def _in_value(self, value: Any, depth: int) -> Any:
        if isinstance(value, Part):
            return self.in_part(value, depth)
        if isinstance(value, dict):
            return self._in_mapping(value, depth)
        if isinstance(value, list):
            return self._in_list(value, depth)
        raise leads_through(value, self._path[: depth + 1], self._at)

    def _in_mapping(self, mapping: dict[Any, Any], depth: int) -> dict[Any, Any]:
        path = self._path[: depth + 1]
        key = key_in(mapping, path[-1])
        last = depth + 1 == len(self._path)
        if last and self._operation is Operation.ADD:
            return self._added(mapping, path)
        if key is None:
            note = "`add` makes a new one" if last and self._operation is Operation.SET else None
            raise unknown_name(self._at, path, map(str, mapping), note)
        if not last:
            return mapping | {key: self._in_value(mapping[key], depth + 1)}
        if self._operation is Operation.SET:
            self._taken_back_by(Operation.SET, path, mapping[key])
            return mapping | {key: self._value}
        keys = list(mapping)
        following = keys[keys.index(key) + 1 :]
        self._taken_back_by(Operation.ADD, path, mapping[key], following[0] if following else None)
        return {name: value for name, value in mapping.items() if name != key}

    def _added(self, mapping: dict[Any, Any], path: KeyPath) -> dict[Any, Any]:
        key = key_in(mapping, path[-1])
        if key is not None:
            raise self._exists(mapping[key], path)
        key = new_key(mapping, path[-1])
        self._taken_back_by(Operation.REMOVE, (*path[:-1], key))
        if self._before is None:
            return mapping | {key: self._value}
        before = key_in(mapping, self._before)
        if before is None:
            raise unknown_name(self._at, (*path[:-1], self._before), map(str, mapping), "a new key comes before it")
        result: dict[Any, Any] = {}
        for name, value in mapping.items():
            if name == before:
                result[key] = self._value
            result[name] = value
        return result

    def _in_list(self, entries: list[Any], depth: int) -> list[Any]:
        path = self._path[: depth + 1]
        last = depth + 1 == len(self._path)
        adds = last and self._operation is Operation.ADD
        index = index_in(entries, path, self._at, more=1 if adds else 0)
        if not last:
            return [*entries[:index], self._in_value(entries[index], depth + 1), *entries[index + 1 :]]
        if self._before is not None:
            raise refusal(self._at, path, f"before {str(self._before)!r}", "none: an entry of a list has its index")
        if adds:
            self._taken_back_by(Operation.REMOVE, path)
            return [*entries[:index], self._value, *entries[index:]]
        if self._operation is Operation.SET:
            self._taken_back_by(Operation.SET, path, entries[index])
            return [*entries[:index], self._value, *entries[index + 1 :]]
        self._taken_back_by(Operation.ADD, path, entries[index])
        return [*entries[:index], *entries[index + 1 :]]

    def _exists(self, old: Any, path: KeyPath) -> ChangeError:
        found = found_text(plain(old))
        return refusal(self._at, path, found, "a key that is not there yet", note="`set` changes what is there")

    def _refused(self, path: KeyPath, value: Any, error: ValidationError) -> ChangeError:
        """The error in a user's words: the whole is validated as a file that has the value is."""
        data: Any = self._scenario.model_dump()
        holder = data
        for step in path[:-1]:
            holder = holder[key_in(holder, step) if isinstance(holder, dict) else step]
        holder[path[-1]] = plain(value)
        try:
            Scenario.model_validate(data)
        except ValidationError as of_whole:
            return ChangeError(problems_from(of_whole, document_of(data, self._at), Scenario))
        raise AssertionError(f"{path_text(path)} is refused alone and not in the whole") from error
