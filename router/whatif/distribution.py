"""Quantile functions of the distributions that draws come from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from router.arrays import FloatArray
from router.reading.expectation import one_of
from router.reading.found import found_text, quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake, ScenarioError
from router.reading.quantity import parse_quantity, parse_share
from router.reading.source_file import decoded, read_bytes
from router.whatif.factors import DrawFactor, Empirical, Lognormal, Normal, Triangular, Uniform

QuantileFunction = Callable[[FloatArray], FloatArray]
"""From probabilities above 0 and below 1 to values, of the same shape."""

_LEAST_LIKELY = 1e-6
"""Bounds that hold less of a distribution are a slip, and floating-point numbers would tell little of what is there."""


@dataclass(frozen=True)
class _Distribution:
    below: Callable[[float], float]
    """The probability of smaller values."""
    quantile: QuantileFunction


def quantile_function(factor: DrawFactor, folder: Path) -> QuantileFunction:
    """Of the factor's distribution, cut off at its bounds: the inverse of the cumulative distribution within them.

    ``folder``: what an empirical distribution's file is relative to. Raises Mistake, with a path that starts at the
    factor: a file or column that is not there or holds no numbers, bounds that next to nothing lies within.
    """
    distribution = factor.distribution
    low = -math.inf if factor.at_least is None else factor.at_least
    high = math.inf if factor.at_most is None else factor.at_most
    if isinstance(distribution, Empirical):
        within = _resampled(distribution, folder, low, high)
    else:
        within = _cut(_analytic(distribution), low, high)
    return _whole(within, low, high) if factor.whole else within


def _cut(distribution: _Distribution, low: float, high: float) -> QuantileFunction:
    begin = 0.0 if low == -math.inf else distribution.below(low)
    end = 1.0 if high == math.inf else distribution.below(high)
    if end - begin < _LEAST_LIKELY:
        key, bound = ("at_least", low) if begin > 0.5 or high == math.inf else ("at_most", high)
        found = f"{bound:g}, with which next to nothing of the distribution is left"
        raise Mistake("a bound that leaves more of it", found=found, path=(key,))

    def quantile(probabilities: FloatArray) -> FloatArray:
        # Rounding may lead a hair beyond a bound.
        return np.clip(distribution.quantile(begin + probabilities * (end - begin)), low, high)

    return quantile


def _whole(quantile: QuantileFunction, low: float, high: float) -> QuantileFunction:
    least, most = np.ceil(low), np.floor(high)
    if least > most:
        found = f"{high:g}, with no whole number between it and {low:g}"
        raise Mistake("bounds with a whole number within, as `whole` is true", found=found, path=("at_most",))
    return lambda probabilities: np.clip(np.rint(quantile(probabilities)), least, most)


def _analytic(distribution: Normal | Lognormal | Triangular | Uniform) -> _Distribution:
    match distribution:
        case Normal(mean=mean, deviation=deviation):
            return _Distribution(
                lambda value: _normal_below((value - mean) / deviation),
                lambda probabilities: mean + deviation * normal_scores(probabilities),
            )
        case Lognormal(median=median, sigma=sigma):
            return _Distribution(
                lambda value: _normal_below(math.log(value / median) / sigma) if value > 0 else 0.0,
                lambda probabilities: median * np.exp(sigma * normal_scores(probabilities)),
            )
        case Triangular(low=low, mode=mode, high=high):
            return _triangular(low, mode, high)
        case Uniform(low=low, high=high):
            return _Distribution(
                lambda value: min(1.0, max(0.0, (value - low) / (high - low))),
                lambda probabilities: low + (high - low) * probabilities,
            )


def normal_scores(probabilities: FloatArray) -> FloatArray:
    """The standard normal distribution's quantiles."""
    # Late: importing it takes longer than reading a file.
    from scipy.special import ndtri

    scores: FloatArray = ndtri(probabilities)
    return scores


def _normal_below(score: float) -> float:
    return 0.5 * math.erfc(-score / math.sqrt(2))


def _triangular(low: float, mode: float, high: float) -> _Distribution:
    width = high - low
    at_mode = (mode - low) / width

    def below(value: float) -> float:
        if value <= low:
            return 0.0
        if value >= high:
            return 1.0
        if value < mode:
            return (value - low) ** 2 / (width * (mode - low))
        return 1.0 - (high - value) ** 2 / (width * (high - mode))

    def quantile(probabilities: FloatArray) -> FloatArray:
        rising = low + np.sqrt(probabilities * width * (mode - low))
        falling = high - np.sqrt((1 - probabilities) * width * (high - mode))
        return np.where(probabilities < at_mode, rising, falling)

    return _Distribution(below, quantile)


def _resampled(empirical: Empirical, folder: Path, low: float, high: float) -> QuantileFunction:
    observed = np.sort(np.array(_column(empirical, folder), dtype=np.float64))
    observed = observed[(observed >= low) & (observed <= high)]
    if not len(observed):
        key, bound = ("at_least", low) if low > -math.inf else ("at_most", high)
        found = f"{bound:g}, with which no value of the column {quoted(empirical.column)} is left"
        raise Mistake("a bound that leaves some of them", found=found, path=(key,))

    def quantile(probabilities: FloatArray) -> FloatArray:
        index = (probabilities * len(observed)).astype(np.intp)
        return observed[np.minimum(index, len(observed) - 1)]

    return quantile


def _column(empirical: Empirical, folder: Path) -> list[float]:
    rows = csv.reader(io.StringIO(_text(empirical, folder), newline=""), strict=True)
    at_file, at_column = ("empirical", "file"), ("empirical", "column")
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if empirical.column not in header:
            expected = one_of(header) if any(header) else "a header line in the file, which has none"
            near = nearest(empirical.column, header)
            raise Mistake(
                expected, found=f"the unknown column {quoted(empirical.column)}", suggestion=near, path=at_column
            )
        if header.count(empirical.column) > 1:
            found = f"{header.count(empirical.column)} columns {quoted(empirical.column)}"
            raise Mistake("one of that name", found=found, path=at_column)
        place = header.index(empirical.column)
        numbers = []
        for row in rows:
            if any(cell.strip() for cell in row):
                cell = row[place] if place < len(row) else ""
                numbers.append(_cell_number(cell, rows.line_num, empirical))
    except csv.Error as error:
        found = f"line {rows.line_num} of {quoted(empirical.file)}, which is no CSV ({error})"
        raise Mistake("comma-separated values", found=found, path=at_file) from None
    if not numbers:
        raise Mistake(
            "a file with a line of values", found=f"no line below the header of {quoted(empirical.file)}", path=at_file
        )
    return numbers


def _text(empirical: Empirical, folder: Path) -> str:
    try:
        return decoded(read_bytes(folder / empirical.file, empirical.file, "CSV"), empirical.file)
    except ScenarioError as error:
        (problem,) = error.problems
        raise Mistake(
            problem.expected,
            found=f"{problem.found} at {quoted(empirical.file)}",
            suggestion=problem.suggestion,
            path=("empirical", "file"),
            note=problem.note,
        ) from None


def _cell_number(cell: str, line: int, empirical: Empirical) -> float:
    try:
        return parse_share(cell) if cell.rstrip().endswith("%") else parse_quantity(cell)
    except Mistake as mistake:
        raise Mistake(
            "a number",
            found=f"{found_text(cell)} in line {line} of {quoted(empirical.file)}",
            suggestion=mistake.suggestion,
            path=("empirical", "column"),
        ) from None
