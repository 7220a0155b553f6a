"""A form over one entry of a scenario: what is typed in its fields, and which entries its groups have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from router.reading.key_path import Key, KeyPath
from router.scenario.base import Part
from router.scenario.checks.names import Names, names_of
from router.scenario.scenario import Scenario
from router.view.forms.specs import FieldSpec, GroupSpec, entry_specs, specs_of

Collection = Literal["workloads", "pools", "offers", "contracts"]
"""What of a scenario has forms."""

FieldId = tuple[str | int, ...]
"""A field of a form: its path, with a number that stays the same for each entry of a group."""

NAME = "=name"
"""Last step of the id of the field with an entry's own name; no key of a file has '=' in it."""

OWN_NAME: FieldId = (NAME,)

KINDS: Mapping[Collection, str] = {
    "workloads": "workload",
    "pools": "pool",
    "offers": "price",
    "contracts": "contract",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is of. ``key``: the entry that it edits, None for a new one.

    ``before``: of a new one, the key that it comes before, None for last; among offers, its index.
    """

    collection: Collection
    key: Key | int | None
    before: Key | int | None = None

    @property
    def path(self) -> KeyPath:
        """The path of the entry that is edited."""
        assert self.key is not None
        return (self.collection, self.key)


@dataclass(frozen=True, slots=True)
class Held:
    """What a field held when the form was opened: its text, and the plain data behind it (None: left out)."""

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as a form shows it; ``spec`` None: the field with a name."""

    id: FieldId
    spec: FieldSpec | None
    label: str
    is_common: bool
    depth: int


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """The line above an entry of a group, ``slot`` its number; or, with ``slot`` None, the line that adds one."""

    id: FieldId
    spec: GroupSpec
    slot: int | None
    title: str
    is_common: bool


Item = FormField | GroupHeading


@dataclass(frozen=True)
class Form:
    """``model``: the type of the entry; ``fixed``: what no field asks for, such as the kind of a workload.

    ``texts``: by field; ``slots``: the entries of each group, in order; ``held``: what fields held when the form was
    opened; ``bare``: parts that were there with nothing in them, with that. ``samples``: fields that nobody typed,
    with the text they were given; ``told_first``: where the form's values come from, in one line.
    """

    scenario: Scenario
    subject: Subject
    model: type[Part]
    fixed: Mapping[str, Any]
    texts: Mapping[FieldId, str]
    slots: Mapping[FieldId, tuple[int, ...]]
    held: Mapping[FieldId, Held]
    bare: Mapping[FieldId, Any]
    opened_slots: Mapping[FieldId, tuple[int, ...]]
    next_slot: int
    samples: Mapping[FieldId, str] = field(default_factory=dict)
    told_first: str = ""

    def is_sample(self, place: FieldId) -> bool:
        """Whether a field still holds what it was given and nobody typed."""
        return place in self.samples and self.texts.get(place, "").strip() == self.samples[place].strip()

    @property
    def notice(self) -> str:
        """What to know before typing; empty where all is the entry's own."""
        if self.told_first or not any(map(self.is_sample, self.samples)):
            return self.told_first
        return "Values marked ~ are samples: change what differs."

    @property
    def has_name(self) -> bool:
        """Whether the entry has a name: an offer is called by what it is."""
        return self.subject.collection != "offers"

    @property
    def title(self) -> str:
        """What the form is for."""
        kind = str(self.fixed.get("kind", KINDS[self.subject.collection]))
        if self.subject.key is None:
            return f"New {kind}" if kind != "inference" else "New inference service"
        name = f" {self.subject.key}" if self.has_name else ""
        return f"Edit {KINDS[self.subject.collection]}{name}"

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed, added or taken away."""
        return self.slots != self.opened_slots or any(
            text != self.held[field].text for field, text in self.texts.items() if field in self.held
        )

    @cached_property
    def names(self) -> Names:
        """All names that the scenario defines."""
        return names_of(self.scenario)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All that the form shows, from top to bottom."""
        return tuple(self._items())

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        """All fields."""
        return tuple(item for item in self.items if isinstance(item, FormField))

    def _items(self) -> Iterator[Item]:
        if self.has_name:
            yield FormField(OWN_NAME, None, "name", True, 0)
        for spec in specs_of(self.model):
            if isinstance(spec, FieldSpec):
                yield FormField(spec.path, spec, spec.label, spec.is_common, 0)
            else:
                yield from self._group(spec)

    def _group(self, group: GroupSpec) -> Iterator[Item]:
        for at, slot in enumerate(self.slots[group.path]):
            inside: FieldId = (*group.path, slot)
            name = self.texts[(*inside, NAME)] if group.has_names else str(at + 1)
            yield GroupHeading(inside, group, slot, f"{group.one} {name}", group.is_common)
            if group.has_names:
                yield FormField((*inside, NAME), None, "name", group.is_common, 1)
            for spec in entry_specs(group.entry):
                is_common = group.is_common and spec.is_common
                yield FormField((*inside, *spec.path), spec, spec.label, is_common, 1)
        yield GroupHeading(group.path, group, None, f"add a {group.one}", group.is_common)

    def with_text(self, field: FieldId, text: str) -> Form:
        """The form with something else typed in a field."""
        return replace(self, texts={**self.texts, field: text})

    def with_entry(self, group: GroupSpec) -> Form:
        """The form with one more entry in a group, like the last one there."""
        slots = self.slots[group.path]
        slot = self.next_slot
        added: dict[FieldId, str] = {}
        for spec in entry_specs(group.entry):
            inside: FieldId = (*group.path, slot, *spec.path)
            like: FieldId = (*group.path, slots[-1], *spec.path) if slots else ()
            added[inside] = self.texts[like] if like and spec.is_common else ""
        if group.has_names:
            taken = {self.texts[(*group.path, other, NAME)] for other in slots}
            added[(*group.path, slot, NAME)] = unique_name(group.one, taken)
        return replace(
            self,
            texts={**self.texts, **added},
            samples={**self.samples, **{place: text for place, text in added.items() if text and place[-1] != NAME}},
            slots={**self.slots, group.path: (*slots, slot)},
            next_slot=slot + 1,
        )

    def without_entry(self, group: GroupSpec, slot: int) -> Form:
        """The form without an entry of a group."""
        inside = (*group.path, slot)
        return replace(
            self,
            texts={field: text for field, text in self.texts.items() if field[: len(inside)] != inside},
            slots={**self.slots, group.path: tuple(other for other in self.slots[group.path] if other != slot)},
        )


def unique_name(wanted: str, taken: Mapping[str, Any] | set[str]) -> str:
    """The name itself where it is free, else with the first number behind it that is: `chat`, `chat-2`."""
    if wanted not in taken:
        return wanted
    base, _, number = wanted.rpartition("-")
    if not base or not number.isdecimal():
        base = wanted
    return next(name for count in range(2, len(taken) + 3) if (name := f"{base}-{count}") not in taken)
