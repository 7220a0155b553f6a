"""What a form has for each part of a scenario, found from the part's own types: fields, and groups of further parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from router.change.tree import adapter, plain
from router.reading.type_walk import Typed, is_union, members, typed_field, unwrapped
from router.scenario.base import Part, Sourced
from router.scenario.contract import Commitment, Contract
from router.scenario.offer import Offer
from router.scenario.series import Points
from router.scenario.workload import Agents
from router.view.forms.labels import label_of

Names = tuple[str, ...]


class FieldKind(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    VALUE = "value"
    """A number, a date, or in brackets anything else that YAML has."""
    CHOICE = "choice"
    NAMES = "names"
    """Names with commas between them."""
    STEPS = "steps"
    SERIES = "series"
    LINES = "lines"
    """Lines of YAML."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a part; ``path`` leads to it through the parts that it lies in.

    ``holder`` and ``name``: the innermost part's type and the field in it. ``default``: what leaving it empty means.
    """

    path: Names
    holder: type[Part]
    name: str
    kind: FieldKind
    label: str
    help: str
    is_required: bool
    is_common: bool
    in_percent: bool = False
    choices: Names = ()
    default: Any = None


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A mapping (``has_names``) or list of parts, each with fields of its own."""

    path: Names
    entry: type[Part]
    has_names: bool
    label: str
    one: str
    help: str
    is_required: bool
    is_common: bool


Spec = FieldSpec | GroupSpec

_NOT_ASKED = ("kind",)
_COMMON: dict[type[Part], Names] = {
    Agents: ("calls",),
    Offer: ("region", "term_months", "contract", "source", "as_of", "assumption"),
    Commitment: ("window", "amount_usd"),
    Contract: ("discounts", "commitments"),
}
"""Optional fields that are shown at once all the same."""

_ONE = {"streams": "stream", "gangs": "gang", "calls": "call", "discounts": "discount", "commitments": "commitment"}


@cache
def specs_of(model: type[Part]) -> tuple[Spec, ...]:
    """Fields and groups of a part: what must be there first, then what is common, where figures come from last."""
    found = [*_specs(model, (), may_nest=True)]
    order = {id(spec): at for at, spec in enumerate(found)}

    def rank(spec: Spec) -> tuple[bool, bool, bool, int]:
        is_origin = spec.path[-1] in Sourced.model_fields
        return not spec.is_common, is_origin, isinstance(spec, GroupSpec), order[id(spec)]

    return tuple(sorted(found, key=rank))


@cache
def entry_specs(model: type[Part]) -> tuple[FieldSpec, ...]:
    """Fields of a part that is an entry of a group; groups in it are lines of YAML."""
    found = [spec for spec in _specs(model, (), may_nest=False) if isinstance(spec, FieldSpec)]
    return tuple(sorted(found, key=lambda spec: (not spec.is_common, spec.path[-1] in Sourced.model_fields)))


def _specs(
    model: type[Part], above: Names, *, may_nest: bool, in_optional: bool = False, of_contract: bool = False
) -> Iterator[Spec]:
    of_contract = of_contract or model is Contract
    for name, field in model.model_fields.items():
        if name in _NOT_ASKED:
            continue
        path = (*above, name)
        if name == "purchase_options" and above[:1] == ("eligible",) and not of_contract:
            # A workload chooses pools, not how they are rented.
            continue
        typed = unwrapped(typed_field(field))
        part = typed.model if not is_union(typed) else None
        if part is not None and not above:
            is_optional = not field.is_required()
            yield from _specs(_part(part), path, may_nest=False, in_optional=is_optional, of_contract=of_contract)
            continue
        is_common = not in_optional and (field.is_required() or name in _COMMON.get(model, ()))
        group = _group(typed) if may_nest else None
        if group is not None:
            entry, has_names = group
            yield GroupSpec(
                path,
                entry,
                has_names,
                label_of(path),
                _ONE.get(name, name),
                field.description or "",
                field.is_required(),
                is_common,
            )
            continue
        yield _field(model, name, path, typed, field, is_common=is_common, in_optional=in_optional)


def _part(model: type[Any]) -> type[Part]:
    assert issubclass(model, Part)
    return model


def _group(typed: Typed) -> tuple[type[Part], bool] | None:
    """The type of the parts in a mapping or list, and whether they have names."""
    origin, arguments = get_origin(typed.annotation), get_args(typed.annotation)
    if origin not in (dict, list):
        return None
    held = unwrapped(Typed(arguments[-1])).annotation
    if isinstance(held, type) and issubclass(held, Part):
        return held, origin is dict
    return None


def _field(
    model: type[Part], name: str, path: Names, typed: Typed, field: FieldInfo, *, is_common: bool, in_optional: bool
) -> FieldSpec:
    kind = _kind(typed)
    default = None if field.is_required() else field.default
    return FieldSpec(
        path,
        model,
        name,
        kind,
        label_of(path),
        field.description or "",
        field.is_required() and not in_optional,
        is_common,
        kind is FieldKind.VALUE and _takes_percent(model, name),
        _choices(typed) if kind in (FieldKind.CHOICE, FieldKind.NAMES) else (),
        plain(default) if not isinstance(default, Part) else None,
    )


def _kind(typed: Typed) -> FieldKind:
    kinds = members(typed) if is_union(typed) else [typed]
    annotations = [unwrapped(kind).annotation for kind in kinds]
    if Points in annotations:
        return FieldKind.SERIES
    if any(get_origin(kind) is dict and unwrapped(Typed(get_args(kind)[0])).annotation is date for kind in annotations):
        return FieldKind.STEPS
    if all(kind is bool or get_origin(kind) is Literal for kind in annotations):
        return FieldKind.CHOICE
    if annotations == [str]:
        return FieldKind.TEXT
    if len(annotations) == 1:
        only = annotations[0]
        if get_origin(only) is list and _group(kinds[0]) is None:
            return FieldKind.NAMES
        if get_origin(only) in (dict, list) or (isinstance(only, type) and issubclass(only, Part)):
            return FieldKind.LINES
    return FieldKind.VALUE


def _choices(typed: Typed) -> Names:
    found: list[str] = []
    for kind in members(typed) if is_union(typed) else [typed]:
        annotation = unwrapped(kind).annotation
        if get_origin(annotation) is list:
            annotation = unwrapped(Typed(get_args(annotation)[0])).annotation
        if annotation is bool:
            found += ["true", "false"]
        elif get_origin(annotation) is Literal:
            found += [str(value) for value in get_args(annotation)]
    return tuple(found)


def _takes_percent(model: type[Part], name: str) -> bool:
    try:
        adapter(model, name).validate_python("5 %")
    except ValidationError:
        return False
    return True
