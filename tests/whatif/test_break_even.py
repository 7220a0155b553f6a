"""Break-evens: a factor whose best value is looked for."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.change import Change, Operation
from router.reading.problems import ScenarioError
from tests.whatif.asking import HEAD, asked, told

DEAL = """
whatifs:
  deal: {changes: [{set: contracts.oracle-ucm.commitments.year.amount_usd, to: 700 k}]}
"""
DISCOUNT = """
solve_for:
  worth-it:
    title: Which discount
    between: [deal, base]
    factor: discount
    from: 25 %
    to: 45 %
    changes:
      - set: contracts.oracle-ucm.discounts[0].discount
        to: $discount
"""
DAY = """
solve_for:
  when:
    between: [base, base]
    factor: day
    from: 2026-01-15
    to: 2026-03-15
    changes:
      - outage: oracle
        during: "$day.."
"""


def test_numbers() -> None:
    question = asked(HEAD + DEAL + DISCOUNT)
    (found,) = question.break_evens
    assert (found.name, found.title, found.factor) == ("worth-it", "Which discount", "discount")
    assert (found.first, found.second, found.is_date) == ("deal", "base", False)
    assert (found.low, found.high) == (0.25, 0.45)
    assert found.within == pytest.approx(0.0002)
    assert found.percent
    assert found.value_words(0.31237) == "31.24 %"
    case = found.case_at(0.3)
    assert (case.name, case.title, case.group) == ("worth-it/0.3", "Which discount: discount 30 %", "worth-it")
    assert case.factors == (("discount", 0.3),)
    path = ("contracts", "oracle-ucm", "discounts", 0, "discount")
    assert case.changes == (*question.whatifs[1].changes, Change(path, Operation.SET, 0.3))
    assert len(case.at) == len(case.changes)


def test_days() -> None:
    (found,) = asked(HEAD + DAY).break_evens
    assert found.is_date
    assert not found.percent
    assert found.value_words(date(2026, 2, 1).toordinal() + 0.4) == "2026-02-01"
    assert (found.low, found.high) == (date(2026, 1, 15).toordinal(), date(2026, 3, 15).toordinal())
    assert found.within == 1
    case = found.case_at(date(2026, 2, 1).toordinal() + 0.4)
    assert case.factors == (("day", date(2026, 2, 1)),)
    assert case.changes[0].dates is not None
    assert case.changes[0].dates.start == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        (DISCOUNT, "0.1 %", 0.001),
        (DISCOUNT, "0.05", 0.05),
        (DAY, "7 days", 7),
        (DAY, "2 weeks", 14),
        (DAY, "0.5", 1),
    ],
)
def test_how_exactly(text: str, within: str, expected: float) -> None:
    text = HEAD + DEAL + text.replace("    changes:", f"    within: {within}\n    changes:")
    assert asked(text).break_evens[0].within == pytest.approx(expected)


def test_a_value_beyond_what_can_be_is_refused() -> None:
    (found,) = asked(HEAD + DEAL + DISCOUNT).break_evens
    with pytest.raises(ScenarioError) as caught:
        found.case_at(1.5)
    (problem,) = caught.value.problems
    assert str(problem).startswith("file.yaml:16:13: contracts.oracle-ucm.discounts[0].discount: found 1.5, expected ")
    assert problem.note == "in worth-it, discount 150 %"


HEAD_OF = HEAD + "solve_for:\n  s:\n"
CHANGES = "    changes: [{growth: chat, by: $p}]\n"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "    between: [base]\n    factor: p\n    from: 1\n    to: 2\n" + CHANGES,
            [
                "file.yaml:5:14: solve_for.s.between: found a list of 1 entry, expected two what-ifs, such as "
                "[with-deal, base]"
            ],
        ),
        (
            "    between: [base, y]\n    factor: p\n    from: 1\n    to: 2\n" + CHANGES,
            ["file.yaml:5:21: solve_for.s.between[1]: found the unknown what-if 'y', expected 'base'"],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: 2\n    to: 2\n" + CHANGES,
            ["file.yaml:8:9: solve_for.s.to: found 2, expected a value above 2, which is `from`"],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: 2026-01-01\n    to: 3\n" + CHANGES,
            ["file.yaml:8:9: solve_for.s.to: found 3, expected a date, as `from` is one"],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: a\n    to: 3\n" + CHANGES,
            ["file.yaml:7:11: solve_for.s.from: found text 'a', expected a number, a share or a date"],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: 1\n    to: 3\n    within: 0\n" + CHANGES,
            [
                "file.yaml:9:13: solve_for.s.within: found 0, expected a number or share above 0; for dates, days "
                "such as 7 days"
            ],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: 1\n    to: 3\n    within: 5\n" + CHANGES,
            ["file.yaml:9:13: solve_for.s.within: found 5, expected less than from `from` to `to`"],
        ),
        (
            "    between: [base, base]\n    factor: q\n    from: 1\n    to: 3\n    changes: [{growth: chat, by: 2}]\n",
            [
                "file.yaml:6:5: solve_for.s.factor: found the factor 'q', which no change uses, expected a factor "
                "that a change names: $q"
            ],
        ),
        (
            "    between: [base, base]\n    factor: p\n    from: -1\n    to: 3\n" + CHANGES,
            [
                "file.yaml:9:34: solve_for.s.changes[0].by: found -1, expected a number of at least 0 and at most "
                "1000000; in s, p -1"
            ],
        ),
    ],
)
def test_break_evens_that_are_refused(text: str, messages: list[str]) -> None:
    assert told(HEAD_OF + text) == messages
