"""Draws of several factors from their distributions, correlated where asked, the same for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from router.arrays import FloatArray
from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.whatif.distribution import QuantileFunction, quantile_function
from router.whatif.factors import Correlation, DrawFactor

Drawn = tuple[tuple[str, float], ...]
"""Name and value of every factor, in the file's order."""


def draw(
    factors: Mapping[str, DrawFactor], correlations: Sequence[Correlation], count: int, seed: int, folder: Path
) -> tuple[Drawn, ...]:
    """``count`` draws. More draws begin with the same ones, so that a longer run goes on from a shorter one.

    Every factor has a stream of random numbers of its own, of the seed and its name: its draws stay the same when
    factors that are not correlated with it come, go or change places. Correlations hold between normal scores (a
    Gaussian copula): each factor keeps its distribution, whatever goes with it. ``seed``: at least 0; ``folder``: what
    files are relative to.

    Raises Mistake, with a path that starts at the entry of draws: what `quantile_function` refuses, no factor,
    correlations of unknown factors, of a factor with itself, given twice, or that cannot hold all at once.
    """
    if not factors:
        raise Mistake("at least one factor", path=("factors",))
    quantiles = {name: _quantiles(name, factor, folder) for name, factor in factors.items()}
    given = _checked(correlations, list(factors))
    scores: dict[str, FloatArray] = {}
    for group in _groups(factors, given):
        scores |= _correlated(group, given, {name: _stream(name, count, seed) for name in group})
    columns = [quantile(_probabilities(scores[name])).tolist() for name, quantile in quantiles.items()]
    return tuple(tuple(zip(factors, row, strict=True)) for row in zip(*columns, strict=True))


def _quantiles(name: str, factor: DrawFactor, folder: Path) -> QuantileFunction:
    try:
        return quantile_function(factor, folder)
    except Mistake as mistake:
        raise Mistake(
            mistake.expected,
            found=mistake.found,
            suggestion=mistake.suggestion,
            path=("factors", name, *mistake.path),
            at_key=mistake.at_key,
            note=mistake.note,
        ) from None


def _checked(correlations: Sequence[Correlation], names: Sequence[str]) -> dict[frozenset[str], float]:
    given: dict[frozenset[str], float] = {}
    for index, correlation in enumerate(correlations):
        path = ("correlations", index, "between")
        for place, name in enumerate(correlation.between):
            if name not in names:
                found = f"the unknown factor {quoted(name)}"
                raise Mistake(one_of(names), found=found, suggestion=nearest(name, names), path=(*path, place))
        pair = frozenset(correlation.between)
        if len(pair) == 1:
            raise Mistake("two factors", found=f"{quoted(correlation.between[0])} twice", path=path)
        if pair in given:
            first, second = correlation.between
            found = f"the correlation of {quoted(first)} and {quoted(second)} a second time"
            raise Mistake("every pair once", found=found, path=path)
        given[pair] = correlation.is_
    return given


def _groups(names: Mapping[str, object], pairs: Mapping[frozenset[str], float]) -> Iterator[list[str]]:
    """The factors that are correlated with each other, directly or by way of others; in the order of their names."""
    left = set(names)
    while left:
        reached = [min(left)]
        for name in reached:
            near = {other for pair in pairs if name in pair for other in pair}
            reached += sorted(near - set(reached))
        left -= set(reached)
        yield sorted(reached)


def _correlated(
    group: Sequence[str], pairs: Mapping[frozenset[str], float], independent: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    matrix = np.eye(len(group))
    for row, name in enumerate(group):
        for column, other in enumerate(group[:row]):
            matrix[row, column] = matrix[column, row] = pairs.get(frozenset((name, other)), 0.0)
    try:
        mixing = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise Mistake(
            "correlations that can hold all at once (their matrix positive definite)",
            found=f"correlations of {', '.join(group)} that contradict each other",
            path=("correlations",),
            note="pairs that are not given count as uncorrelated",
        ) from None
    scores: dict[str, FloatArray] = {}
    for row, name in enumerate(group):
        # Added up one by one: a product of matrices may round otherwise for another count of draws.
        scores[name] = sum(
            (mixing[row, column] * independent[other] for column, other in enumerate(group[: row + 1])),
            start=np.zeros_like(independent[name]),
        )
    return scores


def _stream(name: str, count: int, seed: int) -> FloatArray:
    """Standard normal numbers that only the seed and the name decide, (count,)."""
    of_name = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big")
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, of_name])))
    return generator.standard_normal(count)


def _probabilities(scores: FloatArray) -> FloatArray:
    # Late: importing it takes longer than reading a file.
    from scipy.special import ndtr

    probabilities: FloatArray = ndtr(scores)
    # Never 0 or 1, which some distributions answer with infinity.
    return np.clip(probabilities, np.finfo(np.float64).tiny, 1 - np.finfo(np.float64).epsneg)
