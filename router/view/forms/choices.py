"""Names that a field may hold, and what is typed completed to one of them."""

from __future__ import annotations

from router.scenario.checks.names import NO_ACCELERATOR, VCPU
from router.scenario.offer import ANY_REGION, Offer
from router.view.forms.form import FieldId, Form, FormField
from router.view.forms.specs import FieldKind

_MOST_SHOWN = 12


def choices_of(form: Form, field: FormField) -> tuple[str, ...]:
    """The valid names for a field, none where any text goes; a region's are those of the provider typed."""
    spec, names = field.spec, form.names
    if spec is None:
        return ()
    if spec.choices:
        return spec.choices
    provider = _typed(form, (*field.id[:-1], "provider"))
    match spec.name:
        case "provider" | "providers":
            return names.providers
        case "region":
            regions = names.regions.get(provider, names.all_regions)
            return (*regions, ANY_REGION) if spec.holder is Offer else regions
        case "regions":
            return names.all_regions
        case "instance_type":
            own = tuple(name for name, kind in form.scenario.instance_types.items() if kind.provider == provider)
            return own or names.instance_types
        case "instance_types":
            return names.instance_types
        case "geography":
            return names.user_geographies
        case "geographies" | "residency":
            return names.geographies
        case "accelerators" if spec.kind is FieldKind.NAMES:
            return (*names.accelerators, NO_ACCELERATOR)
        case "pools":
            return names.pools
        case "workload":
            return names.inference
        case "contract":
            return names.contracts
        case "source":
            return tuple(form.scenario.sources)
        case "throughput":
            return (*names.accelerators, VCPU, *names.instance_types)
        case "slice_multipliers":
            return names.slices
    return ()


def completed(typed: str, choices: tuple[str, ...], *, is_list: bool) -> str | None:
    """What is typed with its last name completed to the first that begins so; None where none does."""
    before, name = _last(typed, is_list)
    if not name:
        return None
    fits = next((choice for choice in choices if choice.casefold().startswith(name.casefold())), None)
    return None if fits is None or fits == name else before + fits


def next_choice(typed: str, choices: tuple[str, ...], *, is_list: bool) -> str | None:
    """What is typed with another last name: the one after it, the first where it is none of them."""
    if not choices:
        return None
    before, name = _last(typed, is_list)
    at = choices.index(name) + 1 if name in choices else 0
    return before + choices[at % len(choices)]


def with_choice(typed: str, choice: str, *, is_list: bool) -> str:
    """What is typed with a name chosen: in a list, added to those there."""
    if not is_list:
        return choice
    names = [name.strip() for name in typed.split(",") if name.strip()]
    return ", ".join(names if choice in names else [*names, choice])


def shown_choices(choices: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """The first of them, and how many are left out."""
    return choices[:_MOST_SHOWN], max(0, len(choices) - _MOST_SHOWN)


def completed_in(form: Form, field: FormField, typed: str) -> str | None:
    """What is typed in a field completed to a valid name."""
    return completed(typed, choices_of(form, field), is_list=_is_list(field))


def next_choice_in(form: Form, field: FormField, suggestion: str | None) -> str | None:
    """A field's text with what was probably meant, or else with the next valid name; None where it has no names."""
    typed = form.texts[field.id]
    choices = choices_of(form, field)
    if field.spec is not None and field.spec.kind is FieldKind.LINES:
        keys = _keys(typed)
        missing = next((choice for choice in choices if choice not in keys), None)
        return None if missing is None else _with_line(typed, missing)
    if suggestion is not None:
        return _last(typed, _is_list(field))[0] + suggestion
    return next_choice(typed, choices, is_list=_is_list(field))


def with_choice_in(form: Form, field: FormField, choice: str) -> str:
    """A field's text with a name chosen."""
    typed = form.texts[field.id]
    if field.spec is not None and field.spec.kind is FieldKind.LINES:
        return typed if choice in _keys(typed) else _with_line(typed, choice)
    return with_choice(typed, choice, is_list=_is_list(field))


def _is_list(field: FormField) -> bool:
    return field.spec is not None and field.spec.kind is FieldKind.NAMES


def _keys(lines: str) -> list[str]:
    return [line.partition(":")[0].strip() for line in lines.splitlines()]


def _with_line(lines: str, key: str) -> str:
    above = lines.rstrip()
    return f"{above}{chr(10) if above else ''}{key}: "


def _last(typed: str, is_list: bool) -> tuple[str, str]:
    if not is_list or "," not in typed:
        return "", typed
    before, _, name = typed.rpartition(",")
    kept = name[: len(name) - len(name.lstrip())] or " "
    return f"{before},{kept}", name.lstrip()


def _typed(form: Form, field: FieldId) -> str:
    return form.texts.get(field, "").strip()
