"""What sweeps and draws vary, as the file says it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from router.reading.problems import Mistake
from router.reading.yaml_reader import read_yaml_text
from router.whatif.factor_value import factor_value
from router.whatif.factors import MOST_CASES, Correlation, DrawFactor, FactorName, SweepFactor
from tests.whatif.told import told


class _File(BaseModel):
    factors: dict[FactorName, SweepFactor] = {}
    drawn: dict[FactorName, DrawFactor] = {}
    correlations: list[Correlation] = []


def _line(where: str, found: str) -> str:
    column, path = where.split(" ")
    return f"file.yaml:1:{column}: {path}: found {found}"


def _swept(text: str) -> tuple[Any, ...]:
    data = read_yaml_text(f"factors: {{x: {text}}}\n", "file.yaml").data
    return _File.model_validate(data).factors["x"].values_in_order()


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3, 3.0),
        (0.25, 0.25),
        ("80 %", 0.8),
        ("-15%", -0.15),
        ("1.2 M", 1.2e6),
        ("$10 B", 1e10),
        ("250_000", 250_000.0),
        (date(2027, 1, 31), date(2027, 1, 31)),
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-W01-1", "2027-W01-1"),
        ("2027-01", "2027-01"),
        ("2 quarters", "2 quarters"),
        ("oracle", "oracle"),
    ],
)
def test_values(value: object, read: object) -> None:
    found = factor_value(value)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[0, 3, 6]", (0.0, 3.0, 6.0)),
        ("[a, b]", ("a", "b")),
        ("{values: [5 %, 10 %], base: 0 %, title: Discount}", (0.05, 0.1)),
        ("{from: 80 %, to: 120 %, steps: 5}", (0.8, 0.9, 1.0, 1.1, 1.2)),
        ("{from: 0.3, to: 0, steps: 4}", (0.3, 0.2, 0.1, 0.0)),
        ("{from: $1 B, to: $4 B, steps: 4}", (1e9, 2e9, 3e9, 4e9)),
        ("{from: 2027-01-01, to: 2027-01-02, steps: 2}", (date(2027, 1, 1), date(2027, 1, 2))),
        ("{from: 2027-01-01, to: 2027-01-06, steps: 3}", (date(2027, 1, 1), date(2027, 1, 3), date(2027, 1, 6))),
        ("{from: 2027-03-01, to: 2027-01-01, steps: 2, base: 2027-02-01}", (date(2027, 3, 1), date(2027, 1, 1))),
    ],
)
def test_sweeps(text: str, values: tuple[object, ...]) -> None:
    assert _swept(text) == values


@given(
    first=st.decimals(-1000, 1000, places=3),
    last=st.decimals(-1000, 1000, places=3),
    steps=st.integers(2, 40),
)
def test_points_are_evenly_spaced_with_both_ends(first: Any, last: Any, steps: int) -> None:
    if first == last:
        return
    factor = SweepFactor.model_validate({"from": float(first), "to": float(last), "steps": steps})
    values = factor.values_in_order()
    assert (values[0], values[-1], len(values)) == (float(first), float(last), steps)
    step = (Fraction(last) - Fraction(first)) / (steps - 1)
    assert values == tuple(float(Fraction(first) + step * place) for place in range(steps))


@given(st.dates(date(1970, 1, 1), date(2200, 12, 31)), st.dates(date(1970, 1, 1), date(2200, 12, 31)), st.data())
def test_days_are_all_different_and_in_order(first: date, last: date, data: Any) -> None:
    if first == last:
        return
    steps = data.draw(st.integers(2, min(50, abs((last - first).days) + 1)))
    values = SweepFactor.model_validate({"from": first, "to": last, "steps": steps}).values_in_order()
    assert (values[0], values[-1], len(set(values))) == (first, last, steps)
    assert sorted(values, reverse=last < first) == list(values)


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (
            "5",
            "14 factors.x",
            "5, expected a list of values, or a mapping with `values`, or with `from`, `to` and `steps`",
        ),
        ("{}", "14 factors.x", "an empty mapping, expected a list of values, or a mapping with `values`, or with"),
        ("[]", "14 factors.x", "an empty list, expected a list of at least one value"),
        ("[1, true]", "18 factors.x[1]", "true, expected a number, a date or text"),
        ("[1, [2]]", "18 factors.x[1]", "a list of 1 entry, expected a number, a date or text"),
        ("[1, ~]", "18 factors.x[1]", "nothing, expected a number, a date or text"),
        ('["", 1]', "15 factors.x[0]", "empty text, expected a number, a date or text"),
        (
            "[.nan]",
            "15 factors.x[0]",
            ".nan, expected a number such as 250_000, 1.5 k, 12 M, $38 B or 1.2 T; it must be finite",
        ),
        (
            "[1.2 m]",
            "15 factors.x[0]",
            "text '1.2 m', expected a number such as 250_000, 1.5 k, 12 M, $38 B or 1.2 T; did you mean '1.2 M'?",
        ),
        ("[80 %, 90 %%]", "21 factors.x[1]", "text '90 %%', expected a number, as the first value is"),
        ("[2027-01-01, 5]", "27 factors.x[1]", "5, expected a date, as the first value is"),
        ("[0001-01-01]", "15 factors.x[0]", "the date 0001-01-01, expected a date from 1970-01-01 to 2200-12-31"),
        ("['2027-01-32']", "15 factors.x[0]", "text '2027-01-32', expected a day of the calendar (year-month-day)"),
        ("['0001-01-01']", "15 factors.x[0]", "text '0001-01-01', expected a date from 1970-01-01 to 2200-12-31"),
        ("[2027-01-01 12:00:00]", "15 factors.x[0]", "the time 2027-01-01 12:00:00, expected a number, a date or text"),
        ("[1, 100 %]", "18 factors.x[1]", "text '100 %' a second time, expected every value once"),
        ("{values: 5}", "23 factors.x.values", "5, expected a list of values"),
        ("{values: [1, true]}", "27 factors.x.values[1]", "true, expected a number, a date or text"),
        ("{values: [1], base: a}", "34 factors.x.base", "text 'a', expected a number, as the first value is"),
        ("{values: [1], steps: 2}", "28 factors.x.steps", "both `values` and `steps`, expected one of them"),
        ("{from: 1, steps: 2}", "11 factors.x.to", "nothing, expected the last value"),
        ("{to: 1, steps: 2}", "11 factors.x.from", "nothing, expected the first value"),
        ("{from: 1, to: 2}", "11 factors.x.steps", "nothing, expected the number of points, ends included"),
        (
            "{from: 1, to: 2, steps: 1}",
            "38 factors.x.steps",
            "1, expected a whole number of at least 2 and at most 100000",
        ),
        ("{from: 1, to: 2, steps: 200_000}", "38 factors.x.steps", "200000, expected"),
        ("{from: 1, to: 1, steps: 2}", "28 factors.x.to", "1, expected another value than `from`"),
        (
            "{from: 1, to: 2027-01-01, steps: 2}",
            "28 factors.x.to",
            "the date 2027-01-01, expected a number, as `from` is",
        ),
        ("{from: a, to: b, steps: 2}", "21 factors.x.from", "text 'a', expected a number or a date"),
        (
            "{from: 2027-01-01, to: 2027-01-03, steps: 4}",
            "56 factors.x.steps",
            "4, expected at most 3, the days from 2027-01-01 to 2027-01-03",
        ),
        (
            "{valeus: [1]}",
            "15 factors.x.valeus",
            "the unknown key 'valeus', expected one of values, from, to, steps, base, title; did you mean 'values'?",
        ),
        ("{values: [1], title: ''}", "35 factors.x.title", "empty text, expected text that is not empty"),
    ],
)
def test_mistakes_of_sweeps(text: str, where: str, found: str) -> None:
    (line,) = told(_File, f"factors: {{x: {text}}}")
    assert line.startswith(_line(where, found))


@pytest.mark.parametrize("name", ["$x", "a{b", "c}"])
def test_names_that_no_placeholder_can_have(name: str) -> None:
    (line,) = told(_File, f"factors: {{'{name}': [1]}}")
    assert line == f"file.yaml:1:11: factors['{name}']: found the key '{name}', expected a name without '$' and braces"


def test_numbers_of_distributions() -> None:
    text = "drawn: {x: {normal: {mean: 100 %, deviation: 0.2}, at_least: -1 k, at_most: 2 M, whole: true, title: X}}"
    data = read_yaml_text(text, "file.yaml").data
    factor = _File.model_validate(data).drawn["x"]
    assert factor.model_dump(exclude_none=True) == {
        "normal": {"mean": 1.0, "deviation": 0.2},
        "at_least": -1000.0,
        "at_most": 2e6,
        "whole": True,
        "title": "X",
    }
    assert factor.distribution is factor.normal


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (
            "{}",
            "12 drawn.x",
            "an empty mapping, expected one of the keys normal, lognormal, triangular, uniform, empirical",
        ),
        (
            "3",
            "12 drawn.x",
            "3, expected a mapping with the keys normal, lognormal, triangular, uniform, empirical, at_least",
        ),
        (
            "{normal: {mean: 1, deviation: 1}, uniform: {low: 0, high: 1}}",
            "46 drawn.x.uniform",
            "both `normal` and `uniform`, expected one distribution",
        ),
        ("{normal: {mean: 1}}", "13 drawn.x.normal.deviation", "nothing, expected a number above 0"),
        ("{normal: {mean: 1, deviation: 0}}", "42 drawn.x.normal.deviation", "0, expected a number above 0"),
        (
            "{normal: {mean: true, deviation: 1}}",
            "28 drawn.x.normal.mean",
            "true, expected a number such as 1.2, 80 % or 1.5 k",
        ),
        ("{normal: {mean: .inf, deviation: 1}}", "28 drawn.x.normal.mean", ".inf, expected a finite number"),
        (
            "{normal: {mean: one, deviation: 1}}",
            "28 drawn.x.normal.mean",
            "text 'one', expected a number such as 250_000",
        ),
        ("{lognormal: {median: 0, sigma: 1}}", "33 drawn.x.lognormal.median", "0, expected a number above 0"),
        ("{lognormal: {median: 1, sigma: 30 k}}", "43 drawn.x.lognormal.sigma", "text '30 k', expected"),
        ("{triangular: {low: 0, mode: 3, high: 2}}", "40 drawn.x.triangular.mode", "3, expected a number from 0 to 2"),
        (
            "{triangular: {low: 2, mode: 2, high: 2}}",
            "49 drawn.x.triangular.high",
            "2, expected a number above 2, which is `low`",
        ),
        ("{uniform: {low: 1, high: 0}}", "37 drawn.x.uniform.high", "0, expected a number above 1, which is `low`"),
        (
            "{uniform: {low: 0, high: 1}, at_least: 2, at_most: 1}",
            "63 drawn.x.at_most",
            "1, expected a number above 2, which is `at_least`",
        ),
        ("{uniform: {low: 0, high: 1}, whole: 1}", "48 drawn.x.whole", "1, expected true or false"),
        ("{empirical: {file: a.csv}}", "13 drawn.x.empirical.column", "nothing, expected text"),
        (
            "{normall: {mean: 1, deviation: 1}}",
            "13 drawn.x.normall",
            "the unknown key 'normall', expected one of normal, lognormal, triangular",
        ),
    ],
)
def test_mistakes_of_distributions(text: str, where: str, found: str) -> None:
    lines = told(_File, f"drawn: {{x: {text}}}")
    assert lines[0].startswith(_line(where, found))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{between: [a], is: 0}",
            "correlations[0].between: found a list of 1 entry, expected a list of at least 2 entries",
        ),
        ("{between: [a, b], is: 1}", "correlations[0].is: found 1, expected a number above -1 and below 1"),
        ("{between: [a, b], is: -1.5}", "correlations[0].is: found -1.5, expected a number above -1 and below 1"),
        ("{between: [a, b]}", "correlations[0].is: found nothing, expected a number above -1 and below 1"),
    ],
)
def test_mistakes_of_correlations(text: str, message: str) -> None:
    (line,) = told(_File, f"correlations: [{text}]")
    assert message in line


def test_a_share_is_a_correlation() -> None:
    assert Correlation.model_validate({"between": ["a", "b"], "is": "60 %"}).is_ == 0.6


@given(st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.none() | st.dates())
def test_any_value_is_read_or_refused(value: Any) -> None:
    try:
        read = factor_value(value)
    except Mistake:
        return
    assert factor_value(read) == read


_ANY_DATA = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["values", "from", "to", "steps", "base", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(_ANY_DATA)
def test_any_data_is_a_factor_or_a_mistake(data: Any) -> None:
    try:
        factor = SweepFactor.model_validate(data)
    except ValidationError:
        return
    assert factor.values_in_order()


def test_a_long_list_is_read_in_no_time_and_one_too_long_is_refused() -> None:
    longest = SweepFactor.model_validate(list(range(MOST_CASES)))
    assert len(longest.values_in_order()) == MOST_CASES
    with pytest.raises(ValidationError, match="at most 100000 values"):
        SweepFactor.model_validate(list(range(MOST_CASES + 1)))
