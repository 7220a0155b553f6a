"""What a scenario file must hold itself, over what it includes, so that both together make a scenario.

Data here are plain: mappings, lists and single values as the scenario has them (25 % is 0.25).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from router.change.tree import key_in


class CannotOverride(Exception):  # noqa: N818  (a signal: the caller writes the included data into the file)
    """What is wanted cannot be laid over the included files: a list of theirs would have to lose an entry."""


class _Hidden:
    """A single value of an included file that the file itself replaces, so that it is not known here."""


_HIDDEN = _Hidden()


def same(one: Any, other: Any) -> bool:
    """Whether plain data are equal; `true` is no number, and the order of keys does not count."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def own_data(own: Any, scenario: Any, depth: int = 0) -> Any:
    """What a file gives, with the values and in the order that the scenario has them.

    ``own``: the same as its YAML gives it. Entries that it only takes away from an included file are None.
    """
    if isinstance(own, Mapping) and isinstance(scenario, Mapping):
        named = {key_in(scenario, key): key for key in own}
        result = {key: own_data(own[named[key]], scenario[key], depth + 1) for key in scenario if key in named}
        result.update({key: None for key in own if key_in(scenario, key) is None})
        return result
    if isinstance(own, list) and isinstance(scenario, list) and depth == 1:
        # Lists at the top are joined, the included first.
        return scenario[len(scenario) - len(own) :]
    return scenario


def below_data(below: Any, own: Any, scenario: Any, depth: int = 0) -> Any:
    """What the included files give, with the values that the scenario has where it does not replace them."""
    if isinstance(below, Mapping) and isinstance(own, Mapping) and isinstance(scenario, Mapping):
        result = {}
        for key, value in below.items():
            at, mine = key_in(scenario, key), key_in(own, key)
            if at is not None and mine is None:
                result[at] = scenario[at]
            elif at is not None:
                result[at] = below_data(value, own[mine], scenario[at], depth + 1)
            else:
                result[key] = _hidden(value)
        return result
    if isinstance(below, list) and isinstance(own, list) and isinstance(scenario, list) and depth == 1:
        return scenario[: len(below)]
    return _hidden(below)


def wanted_data(below: Any, own: Any, scenario: Any, depth: int = 0) -> Any:
    """What the file has to give so that, laid over ``below``, the scenario is made; ``own`` is what it gives now.

    Raises CannotOverride.
    """
    if isinstance(below, Mapping) and isinstance(scenario, Mapping):
        return _wanted_entries(below, own if isinstance(own, Mapping) else {}, scenario, depth)
    if isinstance(below, list) != isinstance(scenario, list):
        raise CannotOverride
    if isinstance(below, list) and depth == 1:
        if not same(scenario[: len(below)], below):
            raise CannotOverride
        return scenario[len(below) :]
    return scenario


def _wanted_entries(
    below: Mapping[Any, Any], own: Mapping[Any, Any], scenario: Mapping[Any, Any], depth: int
) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key, value in scenario.items():
        if key not in below:
            result[key] = value
        elif key in own or not same(below[key], value):
            result[key] = wanted_data(below[key], own.get(key), value, depth + 1)
    result.update({key: None for key in below if key not in scenario})
    return result


def _hidden(below: Any) -> Any:
    if isinstance(below, Mapping):
        return {key: _hidden(value) for key, value in below.items()}
    return [_HIDDEN] * len(below) if isinstance(below, list) else _HIDDEN
