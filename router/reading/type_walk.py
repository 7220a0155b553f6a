"""Follows the location of a pydantic error through the model's types and the data at once.

Such a location mixes keys and indexes with labels of union members (`('purchase', 'spot', 'rate')` where
`spot` is a tag and no key), and gives keys that are dates as `datetime.date(2026, 1, 1)`.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, Discriminator, RootModel, Tag
from pydantic.fields import FieldInfo

from router.reading.key_path import KeyPath, Step

KEY_LABEL = "[key]"
"""What pydantic ends a location with where a mapping's key is wrong."""


@dataclass(frozen=True)
class Typed:
    """A type without its wrappings: what `Annotated` and `Field` add is in `metadata`."""

    annotation: Any
    metadata: tuple[Any, ...] = ()

    @property
    def model(self) -> type[BaseModel] | None:
        """The type where it is a model."""
        annotation = self.annotation
        return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


@dataclass(frozen=True)
class Located:
    """Where a pydantic error belongs. `unions` has, for each union on the way, the length of the path there
    and the member's label; `typed` is the type at the end, None where it could not be followed."""

    path: KeyPath
    unions: tuple[tuple[int, str], ...]
    typed: Typed | None
    at_key: bool


def locate(model: type[BaseModel], location: Sequence[int | str], data: object) -> Located:
    """Follows a location from the top of `data`, which was validated as `model`."""
    typed: Typed | None = Typed(model)
    path: list[Step] = []
    unions: list[tuple[int, str]] = []
    container: Typed | None = None
    at_key = False
    for element in location:
        if element == KEY_LABEL:
            at_key = True
            typed = _key_type(container) if container is not None else None
            continue
        typed = _bare(typed) if typed is not None else None
        if typed is not None and is_union(typed):
            member, is_tagged = _member(typed, str(element))
            if not is_tagged:
                unions.append((len(path), str(element)))
            typed = member
            continue
        container = typed
        typed = _child(typed, element) if typed is not None else None
        step = _step(data, element)
        path.append(step)
        data = _value(data, step)
    return Located(tuple(path), tuple(unions), unwrapped(typed) if typed is not None else None, at_key)


def unwrapped(typed: Typed) -> Typed:
    """The type without `Annotated`, type aliases and `None` as an alternative."""
    annotation, metadata = typed.annotation, list(typed.metadata)
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *added = get_args(annotation)
            for item in added:
                metadata.extend([item, *item.metadata] if isinstance(item, FieldInfo) else [item])
        elif hasattr(annotation, "__value__"):
            annotation = annotation.__value__
        elif origin in (Union, types.UnionType):
            members = [member for member in get_args(annotation) if member is not types.NoneType]
            if len(members) == len(get_args(annotation)):
                return Typed(annotation, tuple(metadata))
            annotation = members[0] if len(members) == 1 else Union[tuple(members)]  # noqa: UP007
        else:
            return Typed(annotation, tuple(metadata))


def is_union(typed: Typed) -> bool:
    """Whether the (unwrapped) type has alternatives other than None."""
    return get_origin(typed.annotation) in (Union, types.UnionType)


def members(typed: Typed) -> list[Typed]:
    """The alternatives of a union, unwrapped."""
    return [unwrapped(Typed(member)) for member in get_args(typed.annotation)]


def discriminator_of(typed: Typed) -> str | Discriminator | None:
    """The key (or function) that tells the members of a union apart, or None."""
    for item in typed.metadata:
        if isinstance(item, Discriminator):
            return item.discriminator if isinstance(item.discriminator, str) else item
        if isinstance(item, FieldInfo) and item.discriminator is not None:
            return item.discriminator
    return None


def field_of(model: type[BaseModel], name: str) -> FieldInfo | None:
    """The field that a key of the file names: by its alias, or by its own name."""
    for field_name, field in model.model_fields.items():
        if name in (field.alias, field.validation_alias, field_name):
            return field
    return None


def field_names(model: type[BaseModel]) -> list[str]:
    """The keys a mapping for this model may have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def typed_field(field: FieldInfo) -> Typed:
    """The type of a field with what `Field(...)` adds."""
    return Typed(field.annotation, (field, *field.metadata))


def _bare(typed: Typed) -> Typed:
    """The type whose keys or members the next element of a location names."""
    typed = unwrapped(typed)
    while typed.model is not None and issubclass(typed.model, RootModel):
        typed = unwrapped(typed_field(typed.model.model_fields["root"]))
    return typed


def _member(union: Typed, label: str) -> tuple[Typed | None, bool]:
    """The member of a union that a label names, and whether the label is a discriminator's tag."""
    alternatives = get_args(union.annotation)
    discriminator = discriminator_of(union)
    if discriminator is not None:
        for alternative in alternatives:
            if label in _tags(Typed(alternative), discriminator):
                return Typed(alternative), True
        return None, True
    # A member's label is its type's name, or one that holds it: `function-after[check(), Spot]`.
    named = [(_name(typed), typed) for typed in members(union)]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for name, typed in named:
            if fits(label.casefold(), name):
                return typed, False
    return None, False


def _name(typed: Typed) -> str:
    return str(getattr(typed.annotation, "__name__", typed.annotation)).casefold()


def tags_of(union: Typed) -> list[str]:
    """The tags of a discriminated union; none for another type."""
    discriminator = discriminator_of(union)
    if discriminator is None or not is_union(union):
        return []
    alternatives = get_args(union.annotation)
    return [tag for alternative in alternatives for tag in _tags(Typed(alternative), discriminator)]


def _tags(alternative: Typed, discriminator: str | Discriminator) -> list[str]:
    if get_origin(alternative.annotation) is Annotated:
        tags = [item.tag for item in get_args(alternative.annotation)[1:] if isinstance(item, Tag)]
        if tags:
            return tags
    typed = unwrapped(alternative)
    if is_union(typed):
        return [tag for member in get_args(typed.annotation) for tag in _tags(Typed(member), discriminator)]
    if typed.model is None or not isinstance(discriminator, str):
        return []
    field = field_of(typed.model, discriminator)
    values = literal_values(unwrapped(typed_field(field))) if field is not None else []
    return [str(getattr(value, "value", value)) for value in values]


def literal_values(typed: Typed) -> list[Any]:
    """The values of a `Literal`, none for another type."""
    return list(get_args(typed.annotation)) if get_origin(typed.annotation) is Literal else []


def _child(typed: Typed, element: int | str) -> Typed | None:
    if typed.model is not None:
        field = field_of(typed.model, str(element))
        return typed_field(field) if field is not None else None
    origin, arguments = get_origin(typed.annotation), get_args(typed.annotation)
    if not arguments or not isinstance(origin, type):
        return None
    if issubclass(origin, Mapping):
        return Typed(arguments[1])
    if origin is tuple and Ellipsis not in arguments:
        inside = isinstance(element, int) and 0 <= element < len(arguments)
        return Typed(arguments[element]) if inside and isinstance(element, int) else None
    return Typed(arguments[0])


def _key_type(mapping: Typed) -> Typed | None:
    arguments = get_args(mapping.annotation)
    return Typed(arguments[0]) if arguments else None


def _step(data: object, element: int | str) -> Step:
    """The key of `data` that an element of a location means."""
    if isinstance(data, dict) and element not in data:
        for key in data:
            if repr(key) == element or str(key) == element:
                return cast(Step, key)
    return element


def _value(data: object, step: Step) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None
