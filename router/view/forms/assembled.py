"""What is typed in a form put together as plain data, as a file would have it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from router.reading.found import quoted
from router.reading.key_path import KeyPath, path_text
from router.reading.problems import Mistake
from router.view.forms.form import NAME, OWN_NAME, FieldId, Form, FormField, GroupHeading
from router.view.forms.specs import FieldKind, GroupSpec
from router.view.forms.values import read_value


@dataclass(frozen=True)
class Assembled:
    """``data``: the entry; ``mistakes``: of fields whose text cannot be read, left out of it.

    ``places``: the fields by the paths, within the entry, of what they hold.
    """

    name: str
    data: dict[str, Any]
    mistakes: dict[FieldId, Mistake]
    places: dict[KeyPath, FieldId]

    def field_at(self, path: str) -> FieldId | None:
        """The field in which what is at a path, written as text, was typed; or that of what holds it."""
        best, length = None, -1
        for place, field in self.places.items():
            text = path_text(place)
            if len(text) > length and (path == text or path.startswith((f"{text}.", f"{text}["))):
                best, length = field, len(text)
        return best


def assembled(form: Form, as_before: Collection[FieldId] = ()) -> Assembled:
    """The entry as typed; ``as_before``: fields of which what they held when the form was opened is taken.

    An entry of a group that was not there then is left out where one of its fields is among these.
    """
    work = _Assembly(form, as_before)
    work.all()
    return Assembled(work.name, work.data, work.mistakes, work.places)


class _Assembly:
    def __init__(self, form: Form, as_before: Collection[FieldId]) -> None:
        self.form = form
        self.as_before = as_before
        self.data: dict[str, Any] = dict(form.fixed)
        self.mistakes: dict[FieldId, Mistake] = {}
        self.places: dict[KeyPath, FieldId] = {}
        self.name = ""

    def all(self) -> None:
        if self.form.has_name:
            self.name = str(self._value(OWN_NAME))
        for item in self.form.items:
            if isinstance(item, FormField) and item.spec is not None and item.depth == 0:
                self._put(self.data, (), item)
            elif isinstance(item, GroupHeading) and item.slot is None:
                self._group(item.spec)
        self._put_bare(self.data, (), ())

    def _group(self, group: GroupSpec) -> None:
        self.places[group.path] = group.path
        named: dict[str, Any] = {}
        listed: list[Any] = []
        for slot in self.form.slots[group.path]:
            inside: FieldId = (*group.path, slot)
            fields = [item for item in self.form.fields if item.id[: len(inside)] == inside]
            if any(field.id in self.as_before and field.id not in self.form.held for field in fields):
                continue
            name = str(self._value((*inside, NAME))) if group.has_names else ""
            path: KeyPath = (*group.path, name if group.has_names else len(listed))
            if group.has_names and name in named:
                self.mistakes[(*inside, NAME)] = Mistake(
                    f"another name: each {group.one} has its own", found=f"a second {group.one} {quoted(name)}"
                )
                continue
            entry: dict[str, Any] = {}
            first = (*inside, NAME) if group.has_names else fields[0].id
            self.places[path] = first
            for field in fields:
                if field.spec is not None:
                    self._put(entry, path, field)
            self._put_bare(entry, inside, path)
            if group.has_names:
                named[name] = entry
            else:
                listed.append(entry)
        if named or listed:
            self.data[group.path[0]] = named or listed

    def _put(self, entry: dict[str, Any], above: KeyPath, field: FormField) -> None:
        assert field.spec is not None
        steps = field.spec.path
        self.places[(*above, *steps)] = field.id
        # What is wrong with the part that holds several fields is told at the first of them.
        for length in range(1, len(steps)):
            self.places.setdefault((*above, *steps[:length]), field.id)
        value = self._value(field.id, field)
        if value is None:
            return
        for step in steps[:-1]:
            entry = entry.setdefault(step, {})
        entry[steps[-1]] = value

    def _value(self, field: FieldId, shown: FormField | None = None) -> Any:
        """What a field holds; None where it is left empty or cannot be read."""
        text, held = self.form.texts[field], self.form.held.get(field)
        if held is not None and (text == held.text or field in self.as_before):
            return held.value
        if shown is None or shown.spec is None:
            return text
        if not (text if shown.spec.kind is FieldKind.TEXT else text.strip()):
            return None
        try:
            return read_value(text, shown.spec, self.form.scenario.horizon.start)
        except Mistake as mistake:
            self.mistakes[field] = mistake
            return None

    def _put_bare(self, entry: dict[str, Any], inside: FieldId, above: KeyPath) -> None:
        """Parts that were there with nothing in them stay, where nothing was typed in them either."""
        for field, nothing in self.form.bare.items():
            if field[:-1] == inside and str(field[-1]) not in entry and not any(self._typed_in(field)):
                entry[str(field[-1])] = type(nothing)()

    def _typed_in(self, part: FieldId) -> Iterator[bool]:
        for field, text in self.form.texts.items():
            if field[: len(part)] == part:
                held = self.form.held.get(field)
                yield held is None or text != held.text
