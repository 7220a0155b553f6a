"""A form filled with plain data of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from router.scenario.base import Part
from router.scenario.scenario import Scenario
from router.view.forms.form import NAME, OWN_NAME, FieldId, Form, Held, Subject
from router.view.forms.specs import FieldSpec, GroupSpec, entry_specs, specs_of
from router.view.forms.values import value_text


def opened_form(scenario: Scenario, subject: Subject, model: type[Part], name: str, data: Mapping[str, Any]) -> Form:
    """A form with plain data of an entry in its fields."""
    filling = _Filling()
    if subject.collection != "offers":
        filling.put(OWN_NAME, name, name)
    for spec in specs_of(model):
        if isinstance(spec, FieldSpec):
            filling.field(spec, (), data)
        else:
            filling.group(spec, data.get(spec.path[0]))
    filling.mark_bare((), data)
    fixed = {"kind": data["kind"]} if "kind" in data else {}
    texts = {field: held.text for field, held in filling.held.items()}
    return Form(
        scenario,
        subject,
        model,
        fixed,
        texts,
        filling.slots,
        filling.held,
        filling.bare,
        filling.slots,
        filling.next_slot,
    )


class _Filling:
    """Fields being filled from plain data."""

    def __init__(self) -> None:
        self.held: dict[FieldId, Held] = {}
        self.slots: dict[FieldId, tuple[int, ...]] = {}
        self.bare: dict[FieldId, Any] = {}
        self.next_slot = 0

    def put(self, field: FieldId, text: str, value: Any) -> None:
        self.held[field] = Held(text, value)

    def field(self, spec: FieldSpec, above: FieldId, data: Mapping[str, Any]) -> None:
        value: Any = data
        for step in spec.path:
            value = value.get(step) if isinstance(value, Mapping) else None
        self.put((*above, *spec.path), value_text(value, spec), value)

    def group(self, group: GroupSpec, value: Any) -> None:
        entries = list(value.items()) if isinstance(value, Mapping) else [("", entry) for entry in value or ()]
        slots = []
        for name, entry in entries:
            inside: FieldId = (*group.path, self.next_slot)
            slots.append(self.next_slot)
            self.next_slot += 1
            if group.has_names:
                self.put((*inside, NAME), str(name), name)
            for spec in entry_specs(group.entry):
                self.field(spec, inside, entry)
            self.mark_bare(inside, entry)
        self.slots[group.path] = tuple(slots)

    def mark_bare(self, above: FieldId, data: Mapping[str, Any]) -> None:
        """Remember parts that are there with nothing in them."""
        for key, value in data.items():
            if value in ({}, []):
                self.bare[(*above, key)] = value
