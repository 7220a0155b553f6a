"""Quantile functions against scipy's distributions, their bounds, and what a CSV file may hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from router.reading.problems import Mistake
from router.whatif.distribution import quantile_function
from router.whatif.factors import DrawFactor

GRID = np.linspace(0.001, 0.999, 999)
NORMAL = {"normal": {"mean": 10, "deviation": 2}}
LOGNORMAL = {"lognormal": {"median": 3, "sigma": 0.4}}
TRIANGULAR = {"triangular": {"low": 0, "mode": 2, "high": 6}}
UNIFORM = {"uniform": {"low": -1, "high": 4}}
PEERS = [
    (NORMAL, stats.norm(10, 2)),
    (LOGNORMAL, stats.lognorm(s=0.4, scale=3)),
    (TRIANGULAR, stats.triang(c=2 / 6, loc=0, scale=6)),
    ({"triangular": {"low": 1, "mode": 1, "high": 2}}, stats.triang(c=0, loc=1, scale=1)),
    ({"triangular": {"low": 1, "mode": 2, "high": 2}}, stats.triang(c=1, loc=1, scale=1)),
    (UNIFORM, stats.uniform(-1, 5)),
]


def _factor(distribution: dict[str, Any], **more: Any) -> DrawFactor:
    return DrawFactor.model_validate({**distribution, **more})


@pytest.mark.parametrize(("distribution", "peer"), PEERS, ids=lambda value: str(value)[:20])
def test_quantiles_are_those_of_scipy(distribution: dict[str, Any], peer: Any) -> None:
    found = quantile_function(_factor(distribution), Path())(GRID)
    np.testing.assert_allclose(found, peer.ppf(GRID), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("distribution", "peer"), PEERS, ids=lambda value: str(value)[:20])
@pytest.mark.parametrize(("begin", "end"), [(0.2, 0.7), (0.0, 0.4), (0.6, 1.0), (0.45, 0.46)])
def test_bounds_cut_the_distribution_off(distribution: dict[str, Any], peer: Any, begin: float, end: float) -> None:
    bounds = {}
    if begin > 0:
        bounds["at_least"] = float(peer.ppf(begin))
    if end < 1:
        bounds["at_most"] = float(peer.ppf(end))
    found = quantile_function(_factor(distribution, **bounds), Path())(GRID)
    np.testing.assert_allclose(found, peer.ppf(begin + GRID * (end - begin)), rtol=1e-8, atol=1e-10)
    # Nothing heaps up at a bound, as it would if draws were only clipped.
    assert len(np.unique(found)) == len(GRID)


@given(
    distribution=st.sampled_from([NORMAL, LOGNORMAL, TRIANGULAR, UNIFORM]),
    low=st.floats(-5, 12),
    width=st.floats(0.01, 20),
    whole=st.booleans(),
    probabilities=st.lists(st.floats(1e-300, 1 - 1e-16), min_size=2, max_size=20),
)
def test_quantiles_rise_and_stay_within_bounds(
    distribution: dict[str, Any], low: float, width: float, whole: bool, probabilities: list[float]
) -> None:
    factor = _factor(distribution, at_least=low, at_most=low + width, whole=whole)
    try:
        quantile = quantile_function(factor, Path())
    except Mistake:
        return
    values = quantile(np.sort(np.array(probabilities)))
    assert np.all(np.diff(values) >= 0)
    assert np.all((values >= low) & (values <= low + width))
    assert not whole or np.all(values == np.rint(values))


def test_whole_numbers_are_the_nearest() -> None:
    exact = quantile_function(_factor(TRIANGULAR), Path())(GRID)
    whole = quantile_function(_factor(TRIANGULAR, whole=True), Path())(GRID)
    assert np.array_equal(whole, np.rint(exact))
    assert set(whole) == {0, 1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("bounds", "key", "found"),
    [
        ({"at_least": 100}, "at_least", "100, with which next to nothing of the distribution is left"),
        ({"at_most": -100}, "at_most", "-100, with which next to nothing of the distribution is left"),
        ({"at_least": 50, "at_most": 51}, "at_least", "50, with which next to nothing of the distribution is left"),
        ({"at_least": -51, "at_most": -50}, "at_most", "-50, with which next to nothing of the distribution is left"),
        ({"at_least": 10.2, "at_most": 10.8, "whole": True}, "at_most", "10.8, with no whole number between it and"),
    ],
)
def test_bounds_that_leave_nothing(bounds: dict[str, Any], key: str, found: str) -> None:
    with pytest.raises(Mistake) as caught:
        quantile_function(_factor(NORMAL, **bounds), Path())
    assert caught.value.path == (key,)
    assert (caught.value.found or "").startswith(found)


def _observed(folder: Path, text: str | bytes, column: str = "usd", **bounds: Any) -> DrawFactor:
    (folder / "prices.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return _factor({"empirical": {"file": "prices.csv", "column": column}}, **bounds)


def test_observed_values_come_as_often_as_they_were_observed(tmp_path: Path) -> None:
    text = '\ufeffday, usd\r\n2027-01-01,3\r\n\r\n2027-01-02,"1,000"\r\n2027-01-03,$2\r\n2027-01-04,50 %\r\n'
    quantile = quantile_function(_observed(tmp_path, text), tmp_path)
    assert quantile(np.array([1e-300, 0.24, 0.26, 0.51, 0.76, 1 - 1e-16])).tolist() == [0.5, 0.5, 2, 3, 1000, 1000]
    shares = np.unique(quantile(np.linspace(0.0005, 0.9995, 1000)), return_counts=True)[1]
    assert shares.tolist() == [250] * 4


def test_bounds_leave_some_of_the_observed(tmp_path: Path) -> None:
    factor = _observed(tmp_path, "usd\n1\n2\n3\n4\n", at_least=2, at_most=3)
    assert set(quantile_function(factor, tmp_path)(GRID)) == {2, 3}
    with pytest.raises(Mistake, match="a bound that leaves some of them") as caught:
        quantile_function(_observed(tmp_path, "usd\n1\n", at_least=2), tmp_path)
    assert caught.value.found == "2, with which no value of the column 'usd' is left"
    assert caught.value.path == ("at_least",)


def test_what_is_expected_is_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text("usd\n1\n")
    factor = _factor({"empirical": {"file": "price.csv", "column": "usd"}})
    with pytest.raises(Mistake) as caught:
        quantile_function(factor, tmp_path)
    mistake = caught.value
    assert (mistake.found, mistake.expected) == ("no such file at 'price.csv'", "an existing CSV file")
    assert mistake.suggestion == "prices.csv"
    with pytest.raises(Mistake, match="a CSV file"):
        quantile_function(_factor({"empirical": {"file": ".", "column": "usd"}}), tmp_path)


@pytest.mark.parametrize(
    ("text", "key", "found", "expected", "suggestion"),
    [
        ("day,usd_per_hour\n1,2\n", "column", "the unknown column 'usd'", "one of day, usd_per_hour", None),
        ("day,USD\n1,2\n", "column", "the unknown column 'usd'", "one of day, USD", "USD"),
        ("", "column", "the unknown column 'usd'", "a header line in the file, which has none", None),
        ("usd,usd\n1,2\n", "column", "2 columns 'usd'", "one of that name", None),
        ("usd\n", "file", "no line below the header of 'prices.csv'", "a file with a line of values", None),
        ("day,usd\n1,2\n\n3,abc\n", "column", "text 'abc' in line 4 of 'prices.csv'", "a number", None),
        ("day,usd\n1\n", "column", "empty text in line 2 of 'prices.csv'", "a number", None),
        ("usd\n1.5 m\n", "column", "text '1.5 m' in line 2 of 'prices.csv'", "a number", "1.5 M"),
        ("usd\nnan\n", "column", "text 'nan' in line 2 of 'prices.csv'", "a number", None),
        ('usd\n"1\n', "file", "line 2 of 'prices.csv', which is no CSV (unexpected end of data)", None, None),
        (b"usd\n\xff\n", "file", "the byte 0xff, which is not UTF-8 at 'prices.csv'", "UTF-8 text", None),
    ],
)
def test_files_with_mistakes(
    tmp_path: Path, text: str | bytes, key: str, found: str, expected: str | None, suggestion: str | None
) -> None:
    with pytest.raises(Mistake) as caught:
        quantile_function(_observed(tmp_path, text), tmp_path)
    mistake = caught.value
    assert (mistake.path, mistake.found, mistake.suggestion) == (("empirical", key), found, suggestion)
    assert expected is None or mistake.expected == expected


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "price.csv").touch()
    factor = _factor({"empirical": {"file": "prices.csv", "column": "usd"}})
    with pytest.raises(Mistake) as caught:
        quantile_function(factor, tmp_path)
    assert caught.value.path == ("empirical", "file")
    assert caught.value.suggestion == "price.csv"
    (tmp_path / "prices.csv").mkdir()
    with pytest.raises(Mistake) as caught:
        quantile_function(factor, tmp_path)
    assert (caught.value.found or "").startswith("a folder")


def test_scipy_is_not_imported_before_it_is_needed() -> None:
    code = "import router.whatif.sampling, sys; print([name for name in sys.modules if name.startswith('scipy')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert ran.stdout.strip() == "[]"
