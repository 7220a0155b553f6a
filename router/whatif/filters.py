"""Filters of pattern paths: `accelerator=GB300`, `provider=oracle, purchase_option=spot|reserved`, `kind!=agents`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from router.change.offer_names import offer_name
from router.problem.pools import NO_ACCELERATOR
from router.reading.expectation import listed, one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.base import Part
from router.scenario.offer import ANY_REGION, Offer, Pool
from router.scenario.scenario import Scenario

NOTHING = "none"
"""What a filter calls a key that an entry leaves out."""
_EXPECTED = "a filter such as accelerator=GB300, provider=aws|oracle or kind!=training"
_CONDITION = re.compile(r"\s*([^=!,|]+?)\s*(!?=)\s*([^=!]*?)\s*")
_MOST_CONDITIONS = 20


class Candidate(NamedTuple):
    """What a filter chooses among: an entry of a mapping with its name, or of a list (``name``: an offer's or None)."""

    name: str | None
    value: Any


class Condition(NamedTuple):
    """One condition of a filter: the value of a key is like one of the patterns, or, ``negated``, like none."""

    key: str
    patterns: tuple[str, ...]
    negated: bool


def has_glob(text: str) -> bool:
    """Whether a text stands for many: `*` for any letters, `?` for one."""
    return "*" in text or "?" in text


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name is like any of the patterns."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def read_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of a filter, all of which must hold. Raises Mistake."""
    conditions = []
    parts = text.split(",")
    if len(parts) > _MOST_CONDITIONS:
        raise Mistake(f"at most {_MOST_CONDITIONS} conditions", found=f"a filter of {len(parts)}")
    for part in parts:
        match = _CONDITION.fullmatch(part)
        patterns = tuple(pattern.strip() for pattern in match[3].split("|")) if match else ()
        if match is None or not all(patterns):
            raise Mistake(_EXPECTED, found=f"the filter {quoted(text)}")
        conditions.append(Condition(match[1], patterns, match[2] == "!="))
    return tuple(conditions)


def filtered(text: str, candidates: list[Candidate], scenario: Scenario) -> list[int]:
    """Indices of the entries that a filter chooses, at least one.

    Raises Mistake for a filter that is none, a key that none of the entries has, and where no entry is chosen.
    """
    chosen = list(range(len(candidates)))
    for condition in read_conditions(text):
        values = [_values(candidates[index], condition.key, scenario) for index in chosen]
        if all(held is None for held in values):
            raise _unknown_key(condition.key, candidates, scenario)
        kept = [
            index
            for index, held in zip(chosen, values, strict=True)
            if held is not None and any(fits(value, condition.patterns) for value in held) != condition.negated
        ]
        if not kept:
            raise _no_match(condition, [value for held in values for value in held or ()])
        chosen = kept
    return chosen


def _unknown_key(key: str, candidates: list[Candidate], scenario: Scenario) -> Mistake:
    known = _keys(candidates, scenario)
    if any(isinstance(entry.value, Part) and key in type(entry.value).model_fields for entry in candidates):
        found = f"the key {quoted(key)} in a filter, which holds no plain text"
    else:
        found = f"the unknown key {quoted(key)} in a filter"
    return Mistake(one_of(known) if known else "no filter here", found=found, suggestion=nearest(key, known))


def _no_match(condition: Condition, values: list[str]) -> Mistake:
    known = sorted(dict.fromkeys(values))
    text = f"{condition.key}{'!=' if condition.negated else '='}{'|'.join(condition.patterns)}"
    suggestion = (
        None if condition.negated else next(filter(None, (nearest(one, known) for one in condition.patterns)), None)
    )
    where = f"{condition.key} among {listed(known)}" if known else "something to choose from"
    return Mistake(where, found=f"nothing with {text}", suggestion=suggestion)


def _keys(candidates: list[Candidate], scenario: Scenario) -> list[str]:
    keys: dict[str, None] = {}
    for entry in candidates:
        if entry.name is not None:
            keys["name"] = None
        if isinstance(entry.value, Part):
            keys |= dict.fromkeys(type(entry.value).model_fields)
        if isinstance(entry.value, Pool | Offer):
            keys |= dict.fromkeys(("accelerator", "geography"))
    # What all leave out chooses nothing.
    return [key for key in keys if any(_values(entry, key, scenario) not in (None, (NOTHING,)) for entry in candidates)]


def _values(entry: Candidate, key: str, scenario: Scenario) -> tuple[str, ...] | None:
    """What an entry has at the key of a filter, as texts; None where it cannot have the key, or holds no plain text."""
    part = entry.value
    if key == "name" and entry.name is not None:
        return (entry.name,)
    if isinstance(part, Pool | Offer):
        if key == "accelerator":
            return (accelerator_of(part, scenario),)
        if key == "geography":
            return (geography_of(part, scenario),)
    if not isinstance(part, Part) or key not in type(part).model_fields:
        return None
    return _texts(getattr(part, key))


def _texts(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return (NOTHING,)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str | int):
        return (str(value),)
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def accelerator_of(part: Pool | Offer, scenario: Scenario) -> str:
    """The accelerator kind of a pool or offer, `none` for one of CPUs or of an unknown instance type."""
    kind = scenario.instance_types.get(part.instance_type)
    return (kind.accelerator if kind is not None else None) or NO_ACCELERATOR


def geography_of(part: Pool | Offer, scenario: Scenario) -> str:
    """The geography of a pool or offer; `any` for an offer for all regions, `none` for an unknown region."""
    if part.region == ANY_REGION:
        return ANY_REGION
    provider = scenario.providers.get(part.provider)
    region = provider.regions.get(part.region) if provider is not None else None
    return region.geography if region is not None else NOTHING


def candidates_of(holder: Any) -> list[Candidate]:
    """What a filter or glob may choose among in a mapping or list."""
    if isinstance(holder, Mapping):
        return [Candidate(str(key), value) for key, value in holder.items()]
    return [Candidate(offer_name(value) if isinstance(value, Offer) else None, value) for value in holder]
