"""The report in the terminal: widths, plain text, golden text."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from router.plan.document import Plan
from router.report.layout import folded, lay_out
from router.report.letters import letters_for
from router.report.table import Column, Row, Table, Unit
from router.report.terminal import render_terminal, report_lines
from router.scenario.scenario import Scenario

from .sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

GOLDEN = Path(__file__).parent / "golden"


def printed(plan: Plan, scenario: Scenario, width: int, *, charts: bool = True, encoding: str = "utf-8") -> str:
    """What a console that is no terminal gets."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    render_terminal(plan, scenario, Console(file=stream, width=width), charts=charts)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 120])
def test_golden(width: int) -> None:
    """The whole report of the small plan. UPDATE_GOLDEN=1 writes it anew: read the difference before you keep it."""
    text = printed(small_plan(), small_scenario(), width)
    path = GOLDEN / f"small_{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 81, 93, 100, 120, 137, 160, 200, 240, 400])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    for plan, scenario in (
        (small_plan(), small_scenario()),
        (frontier_plan(), frontier_scenario()),
        (empty_plan(), small_scenario()),
    ):
        assert max(cell_len(line) for line in printed(plan, scenario, width).splitlines()) <= width


def test_a_narrow_console_gets_what_80_columns_get() -> None:
    wide = [line.plain for line in report_lines(small_plan(), small_scenario(), 80)]
    assert [line.plain for line in report_lines(small_plan(), small_scenario(), 20)] == wide


def test_plain_text_has_no_escapes_and_no_trailing_blanks() -> None:
    text = printed(small_plan(), small_scenario(), 80)
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=True, color_system="truecolor")
    render_terminal(small_plan(), small_scenario(), console)
    assert "\x1b[31m" not in stream.getvalue()
    monkeypatch.delenv("NO_COLOR")
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=True, color_system="truecolor")
    render_terminal(small_plan(), small_scenario(), console)
    assert "\x1b[31m" in stream.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_ascii_where_blocks_cannot_be_written(encoding: str) -> None:
    text = printed(small_plan(), small_scenario(), 80, encoding=encoding)
    assert text.isascii()
    assert "## aws   ++ oracle" in text


def test_names_that_cannot_be_written_become_question_marks() -> None:
    plan = small_plan().model_copy(update={"notes": ["größer → 大"]})
    assert "gr??er ? ?" in printed(plan, small_scenario(), 80, encoding="ascii")
    assert "größer ? ?" in printed(plan, small_scenario(), 80, encoding="latin-1")
    assert "größer → 大" in printed(plan, small_scenario(), 80)


def test_control_characters_and_markup_in_names_are_harmless() -> None:
    reference = small_plan().scenario.model_copy(update={"name": "[red]x[/red]\x1b]0;title\x07"})
    text = printed(small_plan().model_copy(update={"scenario": reference}), small_scenario(), 80)
    assert "[red]x[/red]\\x1b]0;title\\x07" in text
    assert "\x1b" not in text


def test_charts_can_be_left_out() -> None:
    text = printed(small_plan(), small_scenario(), 80, charts=False)
    assert "Burn-down" not in text
    assert "How full" not in text
    assert "Who runs where" in text


def test_wider_consoles_show_more_columns() -> None:
    narrow, wide = (printed(frontier_plan(), frontier_scenario(), width) for width in (80, 200))
    assert "Not shown for want of width: From, Carried in, Carried out, Shortfall." in narrow
    assert "Not shown" not in wide
    assert "2026-27" in narrow
    assert "H2      H1      H2" in wide


def test_the_import_is_light() -> None:
    code = (
        "import sys, router.plan.document, router.scenario.scenario\n"
        "before = set(sys.modules)\n"
        "import router.report.terminal\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "heavy = new & {'plotly', 'numpy', 'scipy', 'pandas', 'ortools', 'plotext', 'click', 'textual'}\n"
        "sys.exit(', '.join(heavy) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@given(st.text(max_size=60), st.integers(min_value=2, max_value=30))
def test_folding_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    text = "".join(letter for letter in text if letter.isprintable())
    lines = folded(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_text_is_folded_at_blanks_then_at_hyphens() -> None:
    assert folded("stargate-uae-central-gb200-nvl72", 16) == ["stargate-uae-", "central-gb200-", "nvl72"]
    assert folded("posttrain-2026-winter", 14) == ["posttrain-", "2026-winter"]
    assert folded("on 2027-01-15", 9) == ["on", "2027-01-1", "5"]
    assert folded("no pool holds a gang", 9) == ["no pool", "holds a", "gang"]
    assert folded("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert folded("", 4) == [""]


def test_columns_leave_in_their_order() -> None:
    table = Table(
        "t",
        "T",
        (
            Column("Name", least_width=8),
            Column("First", Unit.COUNT, drop_order=2),
            Column("Second", Unit.COUNT, drop_order=1),
            Column("Empty", Unit.COUNT, drop_order=9),
        ),
        (Row(("a name", 1.0, 2.0, None)),),
    )
    letters = letters_for("utf-8")
    assert lay_out(table, 40, letters).dropped == ()
    assert lay_out(table, 17, letters).dropped == ("First",)
    assert lay_out(table, 8, letters).dropped == ("First", "Second")
    assert lay_out(table, 3, letters).squeezed


def test_wide_letters_keep_columns_in_line() -> None:
    table = Table("t", "T", (Column("A"), Column("B", Unit.COUNT)), (Row(("大阪", 1.0)), Row(("abcd", 22.0))))
    layout = lay_out(table, 40, letters_for("utf-8"))
    assert [cell_len(line) for row in layout.rows for line in row.lines] == [8, 8]
