"""Factors that a file gives in percent are told in percent."""

from __future__ import annotations

import pytest

from tests.whatif.asking import HEAD, asked


@pytest.mark.parametrize(
    ("factor", "percent"),
    [
        ("{from: 80 %, to: 120 %, steps: 3}", True),
        ("{from: 80%, to: 120%, steps: 3, base: 100%, title: 3 times}", True),
        ("[80 %, 120 %]", True),
        ("{values: [80 %, 120 %]}", True),
        ("[0, 20 %]", True),
        ("[0.8, 1.2]", False),
        ("[80 %, 1.2]", False),
        ("{values: [80 %, 120 %], base: 1}", False),
        ("[0]", False),
    ],
)
def test_sweeps(factor: str, percent: bool) -> None:
    text = f"{HEAD}sweeps:\n  s:\n    factors: {{f: {factor}}}\n    changes: [{{growth: chat, by: $f}}]\n"
    (sweep,) = asked(text).sweeps
    assert sweep.factors[0].percent is percent
    assert sweep.cases[-1].title.endswith(" %") is percent


@pytest.mark.parametrize(
    ("factor", "percent"),
    [
        ("{normal: {mean: 0 %, deviation: 3 %}, at_least: -10 %}", True),
        ("{lognormal: {median: 100 %, sigma: 0.69}, at_most: 400 %}", True),
        ("{lognormal: {median: 1, sigma: 0.69}, at_most: 400 %}", False),
        ("{uniform: {low: 0, high: 3}}", False),
    ],
)
def test_draws(factor: str, percent: bool) -> None:
    changes = "[{growth: chat, per_year: $f}]"
    text = f"{HEAD}draws:\n  d:\n    count: 3\n    factors: {{f: {factor}}}\n    changes: {changes}\n"
    (draws,) = asked(text).draws
    assert draws.factors[0].percent is percent
    assert draws.cases[0].title.endswith(" %") is percent


def test_percent_only_changes_words() -> None:
    text = f"{HEAD}sweeps:\n  s:\n    factors: {{f: FACTOR}}\n    changes: [{{growth: chat, by: $f}}]\n"
    shares, percents = (asked(text.replace("FACTOR", each)) for each in ("[0.8, 1.2]", "[80 %, 120 %]"))
    assert shares.sha256 == percents.sha256
    assert [case.factors for case in shares.cases] == [case.factors for case in percents.cases]
    assert [case.title for case in percents.sweeps[0].cases] == ["s: f 80 %", "s: f 120 %"]


def test_titles_have_amounts_as_a_file_has_them() -> None:
    text = f"{HEAD}sweeps:\n  s:\n    factors: {{f: [250 k]}}\n    changes: [{{growth: chat, by: $f}}]\n"
    assert asked(text).cases[-1].title == "s: f 250 k"
