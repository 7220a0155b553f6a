"""How the values of several factors come together: all with all, in pairs, or one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from router.reading.expectation import counted
from router.reading.problems import Mistake
from router.whatif.case import FactorValue
from router.whatif.factors import MOST_CASES, SweepFactor
from router.whatif.question import SweepMode

Combination = tuple[tuple[str, FactorValue], ...]
"""Name and value of every factor, in the file's order."""


def combinations(factors: Mapping[str, SweepFactor], mode: SweepMode) -> tuple[Combination, ...]:
    """The combinations of a sweep, each once.

    Of a grid, neighbours differ in one factor by one step, as each is planned from what its neighbour left: the last
    factor runs up and then down again while those before it stand. One at a time begins with all factors at their base.

    Raises Mistake, with a path that starts at the sweep: no factor, lists of different lengths to be paired, a factor
    without base of which only one is to vary, more than MOST_CASES.
    """
    if not factors:
        raise Mistake("at least one factor", path=("factors",))
    values = {name: factor.values_in_order() for name, factor in factors.items()}
    counts = [len(column) for column in values.values()]
    match mode:
        case SweepMode.GRID:
            _check_count(prod(counts), f"{' x '.join(map(str, counts))} combinations")
            rows = _snake(list(values.values()))
        case SweepMode.PAIRED:
            _check_lengths(values)
            rows = zip(*values.values(), strict=True)
        case SweepMode.ONE_AT_A_TIME:
            _check_count(sum(counts) + 1, counted(sum(counts) + 1, "combination"))
            rows = _one_at_a_time(factors, values)
    return tuple(tuple(zip(values, row, strict=True)) for row in rows)


def _snake(columns: Sequence[Sequence[FactorValue]]) -> Iterator[tuple[FactorValue, ...]]:
    if not columns:
        yield ()
        return
    # The rest is walked once for each value of the first: forwards, then backwards, so that it never jumps.
    rest = list(_snake(columns[1:]))
    for index, value in enumerate(columns[0]):
        for row in reversed(rest) if index % 2 else rest:
            yield (value, *row)


def _one_at_a_time(
    factors: Mapping[str, SweepFactor], values: Mapping[str, Sequence[FactorValue]]
) -> Iterator[tuple[FactorValue, ...]]:
    bases: list[FactorValue] = []
    for name, factor in factors.items():
        if factor.base is None:
            expected = "the value while other factors vary, as the mode is `one_at_a_time`"
            raise Mistake(expected, found="nothing", path=("factors", name, "base"))
        bases.append(factor.base)
    yield tuple(bases)
    for place, column in enumerate(values.values()):
        for value in column:
            if value != bases[place]:
                yield (*bases[:place], value, *bases[place + 1 :])


def _check_lengths(values: Mapping[str, Sequence[FactorValue]]) -> None:
    first, *others = values
    for name in others:
        if len(values[name]) != len(values[first]):
            found = counted(len(values[name]), "value")
            expected = f"{counted(len(values[first]), 'value')} as {first!r} has, as the mode is `paired`"
            raise Mistake(expected, found=found, path=("factors", name))


def _check_count(count: int, found: str) -> None:
    if count > MOST_CASES:
        raise Mistake(f"at most {MOST_CASES:,}", found=found, path=("factors",))
