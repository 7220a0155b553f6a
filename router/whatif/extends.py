"""What-ifs that build on each other: whose changes come before whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.whatif.case import BASE

DEEPEST = 50
"""What-ifs that extend one another."""


def lineage(name: str, extends: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All what-ifs of which a what-if has the changes, in the order in which they are made; itself is the last.

    Each is there once, also where several ways lead to it: at its first place. `base` has no changes and is left out.
    Raises Mistake for a circle, an unknown name and more than DEEPEST inside one another, with the path from the
    what-if to the name that is wrong (``('extends', index)``); what is wrong with those it extends, they tell.
    """
    order: dict[str, None] = {}
    _visit(name, extends, [], order)
    return tuple(order)


def check_extended(name: str, names: Sequence[str], others: Sequence[str], path: tuple[str | int, ...]) -> None:
    """Raises Mistake, at a path, unless a name is that of a what-if. ``others``: names that cannot be extended."""
    if name == BASE or name in names:
        return
    note = "only one of `whatifs` can stand here" if name in others else None
    known = [*names, BASE]
    found = f"the unknown what-if {quoted(name)}"
    raise Mistake(one_of(known), found=found, suggestion=nearest(name, known), path=path, note=note)


def _visit(name: str, extends: Mapping[str, Sequence[str]], chain: Sequence[str], order: dict[str, None]) -> None:
    if name in order or name in chain[1:]:
        # In a circle further on: its own what-ifs tell.
        return
    way = [*chain, name]
    if name in chain:
        found = f"what-ifs that extend each other ({' -> '.join(way)})"
        raise Mistake("no circle", found=found, path=("extends", extends[chain[0]].index(way[1])))
    if len(way) > DEEPEST:
        found = f"what-ifs that extend each other deeper than {DEEPEST}"
        expected = f"at most {DEEPEST} inside one another"
        raise Mistake(expected, found=found, path=("extends", extends[chain[0]].index(way[1])))
    for extended in extends[name]:
        if extended in extends:
            _visit(extended, extends, way, order)
    order[name] = None
