"""A long value on a few lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from router.view.forms.whole_text import whole_text

RAMP = ", ".join(f"20{year}-{month:02}: {year * 100 + month}" for year in range(26, 36) for month in (1, 4, 7, 10))


def test_dates_stay_beside_their_levels() -> None:
    assert whole_text("2026-01: 500, 2026-04: 800, 2026-07: 1200", 30, 0) == (
        "2026-01: 500, 2026-04: 800,",
        "2026-07: 1200",
    )


def test_the_lines_around_the_cursor_are_shown_and_the_rest_is_marked() -> None:
    start, middle, end = (whole_text(RAMP, 60, at) for at in (0, len(RAMP) // 2, len(RAMP)))
    assert start[0].startswith("2026-01: 2601")
    assert start[-1].endswith(" ...")
    assert middle[0].startswith("... ")
    assert middle[-1].endswith(" ...")
    assert RAMP[len(RAMP) // 2 :][:12] in " ".join(middle)
    assert end[0].startswith("... ")
    assert end[-1].endswith("2035-10: 3510")


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert whole_text("x" * 25, 10, 0) == ("x" * 10, "x" * 10, "x" * 5)


@given(st.text(alphabet="a1:, -", max_size=300), st.integers(12, 80), st.integers(0, 300))
def test_no_line_is_too_long_and_what_fits_is_all_there(text: str, width: int, cursor: int) -> None:
    lines = whole_text(text, width, cursor)
    assert len(lines) <= 4
    assert all(len(line) <= width for line in lines)
    if not any("..." in line for line in lines):
        assert "".join("".join(lines).split()) == "".join(text.split())
