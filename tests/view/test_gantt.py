"""Rows of a timeline in letters, its head, and which part of the horizon is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.report.letters import letters_for
from router.report.time_axis import TimeAxis
from router.view.gantt import GanttRole, gantt_head, gantt_name, gantt_row, legend, row_words, slack_text, today_column
from router.view.timeline import Grouping, Timeline, timeline
from router.view.timeline_table import timeline_table, why_not_shown
from router.view.timeline_window import LEAST_DAYS, TimelineWindow, whole_window
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

UTF, ASCII = letters_for("utf-8"), letters_for("ascii")
LONG_AGO = date(2000, 1, 1)


def small(grouping: Grouping = Grouping.POOL) -> Timeline:
    """The small sample: four months from 2027-01-01 on, 120 days."""
    return timeline(small_plan(), small_scenario(), grouping)


def drawn(row: int, columns: int = 120, today: date = LONG_AGO, found: Timeline | None = None) -> str:
    """A row in letters; 120 columns are a day each."""
    found = found or small()
    return "".join(text for text, _ in gantt_row(found, row, whole_window(found).axis(columns), UTF, today))


def test_a_run_in_its_time_with_its_deadline() -> None:
    line = drawn(1)
    # From day 0 to 44, in it the day on which it ends; the last day before the deadline of 20 February is day 49.
    assert line == "█" * 45 + "░" * 4 + "◆" + " " * 70


def test_a_run_on_spot_has_a_letter_of_its_own() -> None:
    assert "▒" in drawn(3)
    assert "█" not in drawn(3)


def test_what_is_left_out_says_why_where_it_might_run() -> None:
    line = drawn(5)
    assert line.startswith(" unserved: no pool holds a gang of 512 accelerators before the deadline ")
    roles = {role for _, role in gantt_row(small(), 5, whole_window(small()).axis(120), UTF, LONG_AGO)}
    assert GanttRole.ALERT in roles
    assert drawn(5, 10).startswith(" unserved:"), "cut where there is no room"


def test_headings_show_how_much_of_the_pool_runs_hold() -> None:
    assert drawn(0)[0] == "▄"
    assert drawn(0)[59 + 1] == " "


def test_the_line_of_today() -> None:
    day = date(2027, 4, 20)
    assert drawn(1, today=day)[109] == "│"
    axis = whole_window(small()).axis(120)
    assert today_column(axis, day) == 109
    assert today_column(axis, date(2026, 12, 31)) is None
    assert today_column(axis, date(2027, 5, 1)) is None
    assert gantt_head(axis, UTF, day)[1][109] == "▼"
    assert "v" in gantt_head(axis, ASCII, day)[1]


@pytest.mark.parametrize(
    ("end", "columns", "years", "parts"),
    [
        (date(2027, 1, 1), 32, "2025            2026            ", "Q1 Q2  Q3  Q4   Q1 Q2  Q3  Q4   "),
        (date(2027, 1, 1), 12, "2025  2026  ", "┴     ┴     "),
        (date(2027, 1, 1), 8, "    2026", "┴   ┴   "),
        (date(2025, 3, 1), 8, "2025    ", "01  02  "),
        (date(2125, 1, 1), 3, "   ", "┴┴┴"),
    ],
)
def test_the_head(end: date, columns: int, years: str, parts: str) -> None:
    assert gantt_head(TimeAxis(date(2025, 1, 1), end, columns), UTF, LONG_AGO) == (years, parts)


def test_the_head_begins_with_the_year_under_way_unless_the_next_needs_the_room() -> None:
    assert gantt_head(TimeAxis(date(2026, 7, 1), date(2028, 1, 1), 18), UTF, LONG_AGO)[0].startswith("2026  2027")
    assert gantt_head(TimeAxis(date(2026, 11, 1), date(2028, 1, 1), 14), UTF, LONG_AGO)[0].strip() == "2027"


@given(first=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(1, 4000), columns=st.integers(1, 200))
def test_every_line_is_as_long_as_the_axis(first: date, days: int, columns: int) -> None:
    axis = TimeAxis(first, first + timedelta(days=days), columns)
    assert all(len(line) == columns for line in gantt_head(axis, UTF, date(2025, 5, 5)))
    found = small()
    for row in range(len(found.rows)):
        assert sum(len(text) for text, _ in gantt_row(found, row, axis, UTF, date(2027, 2, 2))) == columns


def test_all_in_ascii() -> None:
    found = timeline(frontier_plan(), frontier_scenario())
    axis = whole_window(found).axis(80)
    text = legend(ASCII) + "".join(gantt_head(axis, ASCII, axis.start))
    for row in range(len(found.rows)):
        text += "".join(part for part, _ in gantt_row(found, row, axis, ASCII, axis.start))
    assert text.isascii()


def test_names_and_words() -> None:
    found = small()
    assert [gantt_name(row) for row in found.rows] == [
        "aws-h100",
        "  fine-tune",
        "oracle-h100",
        "  evaluate",
        "! unserved",
        "  ! distil",
    ]
    assert row_words(found, 0) == "aws-h100: 1 run; they hold up to 40 % of its instances"
    assert row_words(found, 1) == found.rows[1].line
    assert row_words(found, 4) == "unserved: 1 job"
    assert [slack_text(found.rows[row]) for row in (0, 1, 5)] == ["", "6 d", ""]
    assert slack_text(replace(found.rows[1], slack_days=-0.5)) == "late"
    assert slack_text(replace(found.rows[1], slack_days=1.0)) == "24 h"


def test_a_run_after_its_deadline_says_so() -> None:
    row = replace(small().rows[1], slack_days=-1.0)
    assert row.line.endswith("; 1 day after the deadline 2027-02-20")


def test_which_period_a_question_is_about() -> None:
    found = small()
    assert [found.period_of(row) for row in found.rows] == [0, 0, 2, 2, 0, 0]


def test_zooming_stays_in_the_horizon() -> None:
    whole = whole_window(small())
    assert (whole.start, whole.end, whole.is_whole) == (date(2027, 1, 1), date(2027, 5, 1), True)
    assert whole.zoomed(-3) == whole
    closer = whole.zoomed(1, date(2027, 1, 1))
    assert (closer.start, closer.days) == (date(2027, 1, 1), 60)
    assert whole.zoomed(1).start == date(2027, 1, 31), "around the middle"
    assert whole.zoomed(20).days == LEAST_DAYS
    assert closer.zoomed(-1) == whole
    assert whole.zoomed(1, date(2030, 1, 1)) == whole.zoomed(1), "what is out of sight cannot stay where it is"


def test_scrolling_stays_in_the_horizon() -> None:
    window = whole_window(small()).zoomed(2)
    assert window.scrolled(1).start == window.start + timedelta(days=window.days // 8)
    assert window.scrolled(100) == window.at_last()
    assert window.at_last().end == date(2027, 5, 1)
    assert window.scrolled(-100) == window.at_first()
    assert window.at_first().start == date(2027, 1, 1)


def test_a_row_is_brought_into_sight() -> None:
    found = small()
    window = whole_window(found).zoomed(3).at_first()
    seen = window.showing(found.rows[3])
    start = found.rows[3].start
    assert start is not None
    assert seen.start <= start < seen.end
    assert seen.days == window.days
    assert window.showing(found.rows[1]) == window, "in sight already"
    assert window.showing(found.rows[0]) == window, "headings have no time"


def test_a_window_on_another_horizon() -> None:
    found = small()
    whole = whole_window(found)
    longer = replace(found, periods=tuple(frontier_plan().periods))
    assert whole.fitted_to(longer) == whole_window(longer)
    part = whole.zoomed(1)
    moved = part.fitted_to(longer)
    assert isinstance(moved, TimelineWindow)
    assert moved.days == part.days
    assert moved.first <= moved.start < moved.end <= moved.last


def test_the_table_and_why_there_is_none() -> None:
    table = timeline_table(small())
    assert [row[0] for row in table] == ["job", "fine-tune", "evaluate", "distil"]
    assert {len(row) for row in table} == {len(table[0])}
    assert table[1][9:] == ["firm", "6", ""]
    assert table[2][9] == "spot"
    assert table[3][9] == ""
    scenario = small_scenario()
    assert why_not_shown(small_plan(), scenario) == ""
    assert why_not_shown(None, scenario).startswith("No plan yet")
    assert why_not_shown(empty_plan(), scenario) == "The plan has no training runs."
    without = scenario.model_copy(update={"workloads": {"chat": scenario.workloads["chat"]}})
    assert why_not_shown(empty_plan(), without) == "The scenario has no training jobs."
    left_out = small_plan().model_copy(update={"runs": []})
    assert why_not_shown(left_out, scenario) == "", "what is left out is shown"
