"""The answer in the terminal: widths, what is told, golden text."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from router.answer.answer import Answer
from router.report.letters import letters_for
from router.report.whatif.tables import answer_tables
from router.report.whatif.terminal import render_answer
from router.whatif.case import Case
from tests.answer.made_up import answered, failed, full_answer, question

GOLDEN = Path(__file__).parent / "golden"


@cache
def made_up() -> Answer:
    return full_answer(count=60)


def printed(answer: Answer, width: int, encoding: str = "utf-8") -> str:
    """What a console that is no terminal gets."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    render_answer(answer, Console(file=stream, width=width))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 120])
def test_golden(width: int) -> None:
    """UPDATE_GOLDEN=1 writes it anew: read the difference before you keep it."""
    text = printed(made_up(), width)
    path = GOLDEN / f"answer_{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 93, 100, 120, 160, 240])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    assert max(cell_len(line) for line in printed(made_up(), width).splitlines()) <= width


def test_plain_letters_where_no_others_can_be_written() -> None:
    assert printed(made_up(), 80, "ascii").isascii()


def test_every_figure_of_the_comparison_is_there_at_80_columns() -> None:
    """Cost, difference, share, shortfall, unserved, moves and gap of the dearest what-if, on one line."""
    (line,) = [
        line for line in printed(made_up(), 80).splitlines() if line.startswith("all-of-it") and "0.04 %" in line
    ]
    figures = "$38.7 B +$12.2 B +46 % $357 M $7.10 B 8.4 % 0.04 %"
    assert " ".join(line.split()) == f"all-of-it {figures}"


def test_a_difference_within_the_gaps_is_marked_and_told() -> None:
    text = printed(made_up(), 80)
    assert "+$7.62 M ~" in text
    assert "~ not proved, within the gaps" in text
    assert "not proved: between -$3.00 M and +$18.2 M" in " ".join(text.split())


def test_what_has_no_plan_and_what_was_not_planned_is_told() -> None:
    text = printed(made_up(), 120)
    assert "No plan at all: NO PLAN: the search found no plan in 5 s" in text
    assert "Not planned: not-yet." in text
    assert "59 of 60 draws (seed 7); 1 without a plan, left out" in text


def test_every_title_with_money_says_in_which() -> None:
    for table in answer_tables(made_up()):
        if any(column.unit.value == "usd" for column in table.columns) and "what it may cost" not in table.title:
            assert "discounted" in table.title, table.title


def test_keys_are_unique() -> None:
    keys = [table.key for table in answer_tables(made_up())]
    assert len(keys) == len(set(keys))


def test_only_the_base() -> None:
    answer = Answer(question(), {"base": answered("base")})
    tables = answer_tables(answer)
    assert [table.key for table in tables] == ["answer"]
    assert "$26.5 B" in printed(answer, 80)


def test_a_base_without_a_plan() -> None:
    cases = (Case("base", "The scenario as it is"), Case("other", "Another"))
    answer = Answer(question(whatifs=cases), {"base": failed("base"), "other": answered("other")})
    text = " ".join(printed(answer, 80).split())
    assert "NO PLAN" in text
    assert "Another: $26.5 B" in text


def test_nothing_planned_at_all() -> None:
    answer = Answer(made_up().question, {})
    text = printed(answer, 80)
    assert "Not planned" in text


def test_many_providers_years_and_commitments_are_joined_to_fit() -> None:
    names = [f"provider-{number:02d}" for number in range(14)]
    base = answered("base").outcome
    assert base is not None
    windows = tuple(
        replace(base.windows[0], contract=f"contract-{name}", shortfall_usd=1e6 * at) for at, name in enumerate(names)
    )
    wide = replace(
        base,
        cash_by_provider_usd=dict.fromkeys(names, 1000000000.0),
        cash_by_year_usd={str(2026 + at): 1e9 for at in range(14)},
        windows=windows,
    )
    cases = (Case("base", "base"), Case("other", "other"))
    found = {name: replace(answered(name), outcome=wide) for name in ("base", "other")}
    answer = Answer(question(whatifs=cases), found)
    lines = printed(answer, 80).splitlines()
    assert max(map(cell_len, lines)) <= 80
    text = " ".join(" ".join(lines).split())
    assert "others: " in text
    assert "provider-00" in text
    tables = {table.key: table for table in answer_tables(answer, 80, letters_for("utf-8"))}
    assert any("-" in column.title for column in tables["cash-by-year"].columns)


def test_limits_broken_are_told() -> None:
    base = answered("base").outcome
    assert base is not None
    broken = replace(base, cost_usd=base.cost_usd * 2, broken_limits=("limits.cash[0]",))
    cases = (Case("base", "base"), Case("other", "Too dear"))
    answer = Answer(
        question(whatifs=cases), {"base": answered("base"), "other": replace(answered("other"), outcome=broken)}
    )
    assert "breaks limits.cash[0]" in " ".join(printed(answer, 80).split())


def test_the_largest_changes_of_workloads_are_shown_in_the_order_of_the_what_ifs() -> None:
    table = next(table for table in answer_tables(made_up()) if table.key == "workloads")
    every = [row.cells for row in table.rows]
    (short,) = (table for table in answer_tables(made_up(), most_rows=1) if table.key == "workloads")
    # Twice as many rows as other lists: those of the most money, not the first ones.
    assert [row.cells[:2] for row in short.rows] == [("agents-3x", "agents"), ("all-of-it", "agents")]
    assert short.footnotes[0] == f"{len(every) - 2} smaller rows not shown."
    assert [cells[0] for cells in every if cells[0]] == ["gb300-late", "agents-3x", "all-of-it"]


def test_a_base_that_many_factors_share_is_told_once() -> None:
    answer = made_up()
    (table,) = (table for table in answer_tables(answer) if table.key == "sweep-each")
    assert "Oracle's price = 100 %" in table.footnotes[0]
    first = answer.question.sweeps[0]
    alike = replace(first, factors=tuple(replace(factor, percent=True) for factor in first.factors))
    changed = replace(answer, question=replace(answer.question, sweeps=(alike,)))
    (table,) = (table for table in answer_tables(changed) if table.key == "sweep-each")
    assert table.footnotes[0].endswith(": 100 %, but Slip of Oracle's GB300, months = 0 %.")


def test_a_provider_of_next_to_nothing_has_no_column() -> None:
    base = answered("base").outcome
    assert base is not None
    cash = base.cash_by_provider_usd | {"-": 1e3}
    cases = (Case("base", "base"), Case("other", "other"))
    outcomes = {
        case.name: replace(answered(case.name), outcome=replace(base, cash_by_provider_usd=cash)) for case in cases
    }
    (table,) = (each for each in answer_tables(Answer(question(whatifs=cases), outcomes)) if each.key == "providers")
    assert "no provider" not in [column.title for column in table.columns]
    assert "Below 0.1 % in every case: cash to no provider." in table.footnotes
