"""Reuse: what was made before is taken over where it would come out the same.

Everything between a scenario and its program is made by functions of their arguments alone. A build remembers every
result with its arguments; the next build takes a result over where all arguments are the same objects, and makes it
again where one is not. What is made again and comes out bit for bit as before is taken over all the same, down to
single arrays, so that a change goes no further than what it changes. Whoever holds an object that was made earlier
may therefore compare by identity first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from operator import is_
from typing import Any, TypeVar, TypeVarTuple, cast

import numpy as np
from numpy.typing import NDArray

Arguments = TypeVarTuple("Arguments")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Made:
    """A result with the arguments it was made from and, where it was made in parts, its parts."""

    arguments: tuple[Any, ...]
    result: Any
    parts: Mapping[Hashable, Made]


class Reuse:
    """One build. ``made`` holds what it has made or taken over, for the next build to start from."""

    def __init__(self, earlier: Mapping[Hashable, Made] | None = None) -> None:
        self._earlier = {} if earlier is None else earlier
        self.made: dict[Hashable, Made] = {}

    def take(self, key: Hashable, build: Callable[[*Arguments], R], *arguments: *Arguments) -> R:
        """``build(*arguments)``, taken over from the earlier build where the arguments are the same.

        ``key`` names the result among all of this build. ``build`` must be a pure function of its arguments.
        """
        earlier = self._earlier.get(key)
        if earlier is None or not same(earlier.arguments, arguments):
            result = build(*arguments)
            earlier = Made(arguments, result if earlier is None else unchanged(result, earlier.result), {})
        self.made[key] = earlier
        return cast(R, earlier.result)

    def take_in_parts(self, key: Hashable, build: Callable[[Reuse, *Arguments], R], *arguments: *Arguments) -> R:
        """``build(parts, *arguments)``: as ``take``, for a function that takes its parts over from ``parts``."""
        earlier = self._earlier.get(key)
        if earlier is None or not same(earlier.arguments, arguments):
            parts = Reuse(None if earlier is None else earlier.parts)
            result = build(parts, *arguments)
            earlier = Made(arguments, result if earlier is None else unchanged(result, earlier.result), parts.made)
        self.made[key] = earlier
        return cast(R, earlier.result)


def same(one: Any, other: Any) -> bool:
    """Whether two arguments are the same: one object, tuples of the same, or equal plain values.

    Anything else is not looked into: what is equal and not the same is made again, which is slower and never wrong.
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and (all(map(is_, one, other)) or all(map(same, one, other)))
    return isinstance(one, (int, str, date, float)) and _equal_values(one, other)


def unchanged(new: T, old: object) -> T:
    """The old object where the new one says the same bit for bit, else the new one with such parts of the old."""
    return cast(T, _unchanged(new, old))


def _unchanged(new: Any, old: Any) -> Any:
    if new is old or type(new) is not type(old):
        return new
    if isinstance(new, np.ndarray):
        return old if equal_bits(new, old) else new
    if isinstance(new, (int, str, date, float)):
        return old if _equal_values(new, old) else new
    if isinstance(new, tuple):
        return _unchanged_tuple(new, old)
    if isinstance(new, dict):
        if list(new) != list(old):
            return new
        kept = _unchanged_tuple(tuple(new.values()), tuple(old.values()))
        return old if all(map(is_, kept, old.values())) else dict(zip(new, kept, strict=True))
    if is_dataclass(new) and not isinstance(new, type):
        names = [field.name for field in fields(new)]
        kept = tuple(_unchanged(getattr(new, name), getattr(old, name)) for name in names)
        if all(part is getattr(old, name) for name, part in zip(names, kept, strict=True)):
            return old
        return type(new)(**dict(zip(names, kept, strict=True)))
    return new


def _unchanged_tuple(new: tuple[Any, ...], old: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(new) != len(old):
        return new
    kept = tuple(map(_unchanged, new, old))
    return old if all(map(is_, kept, old)) else kept


def _equal_values(one: Any, other: Any) -> bool:
    if isinstance(one, float):
        # Zero has two signs, which count as different bits.
        return bool(one == other and math.copysign(1.0, one) == math.copysign(1.0, other))
    return bool(one == other)


CHUNK = 1 << 16
"""Elements compared at a time, so that arrays that differ early are told apart early."""


def equal_bits(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether two arrays hold the same type, shape and bits (nan equals itself, 0.0 is not -0.0)."""
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    if one.dtype.kind not in "fib":
        return bool(np.array_equal(one, other))
    if one.size <= CHUNK:
        return one.tobytes() == other.tobytes()
    whole = np.dtype(f"i{one.dtype.itemsize}")
    flat = np.ascontiguousarray(one).reshape(-1).view(whole)
    flat_other = np.ascontiguousarray(other).reshape(-1).view(whole)
    return all(
        np.array_equal(flat[start : start + CHUNK], flat_other[start : start + CHUNK])
        for start in range(0, len(flat), CHUNK)
    )
