"""Pages of a comparison, courses side by side, and what can be compared."""

from __future__ import annotations

import math

import numpy as np
import pytest

from router.engine.progress import Progress
from router.view.compare import ComparedSide, comparison, paired_curves
from router.view.compare_pages import PAGES, compare_pages, page_rows
from router.view.compare_sides import side_choices, side_words
from router.view.cost_stack import EIGHTHS
from router.view.curve_bars import paired_bars
from router.view.search_words import search_words
from router.workspace.shown import after_change, opened
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

SMALL = ComparedSide("small", small_plan(), small_scenario())
LARGE = ComparedSide("large", frontier_plan(), frontier_scenario())


def test_there_is_every_page_whatever_the_plans_are() -> None:
    empty = ComparedSide("empty", empty_plan(), small_scenario())
    for pair in ((SMALL, LARGE), (SMALL, SMALL), (empty, empty)):
        pages = compare_pages(comparison(*pair))
        assert [(page.key, page.title) for page in pages] == list(PAGES)
        for page in pages:
            assert page.tables or page.curves or (page.amounts and page.amounts.names) or page.when_empty


def test_pages_as_rows_add_up() -> None:
    pages = {page.key: page for page in compare_pages(comparison(SMALL, LARGE))}
    for key in ("cause", "provider", "workload", "year"):
        rows = page_rows(pages[key])
        assert [row[0] for row in rows][-1] == "all"
        assert sum(float(row[3]) for row in rows[1:-1]) == pytest.approx(float(rows[-1][3]), abs=1.0)
    assert page_rows(pages["headline"])[0] == ["What", "small", "large", "Change"]
    burn_down = page_rows(pages["burn-down"])
    assert burn_down[0] == ["commitment (not discounted)", "before", "after"]
    assert any(row[1] == "not there" for row in burn_down[1:])


@pytest.mark.parametrize("width", [2, 10, 50, 200])
def test_courses_share_scale_and_time(width: int) -> None:
    for pair in paired_curves(LARGE, SMALL):
        bars = paired_bars(pair, width)
        for side, curve in ((bars.before, pair.before), (bars.after, pair.after)):
            assert side.left_usd.shape == side.is_short.shape == (width,)
            heights = side.eighths(bars.top_usd, 5)
            assert heights.min() >= 0
            assert heights.max() <= 5 * EIGHTHS
            if curve is None:
                assert np.isnan(side.left_usd).all()
                assert not side.is_short.any()
            else:
                missed = sum(window.shortfall_usd > 0 for window in curve.windows)
                assert min(1, missed) <= side.is_short.sum() <= missed
        for column, label in bars.ticks:
            assert 0 <= column <= width - len(label)


def test_a_course_begins_with_its_promise() -> None:
    pair = paired_curves(LARGE, LARGE)[0]
    assert pair.after is not None
    bars = paired_bars(pair, 100)
    assert bars.after.left_usd[0] == pytest.approx(pair.after.windows[0].remaining_usd[0], rel=0.05)
    np.testing.assert_array_equal(bars.before.left_usd, bars.after.left_usd)
    assert bars.top_usd >= np.nanmax(bars.after.left_usd)
    assert bars.after.eighths(0.0, 5).tolist() == [0] * 100


def test_what_can_be_compared() -> None:
    scenario, plan = small_scenario(), small_plan()
    shown = opened(scenario, plan, 0.0)
    saved, now, previous = side_choices(shown, scenario)
    assert (saved.key, now.key, previous.key) == ("saved", "now", "previous")
    assert saved.side is not None
    assert saved.side.plan is plan
    assert previous.side is None
    assert previous.what == "nothing was changed yet"
    edited = after_change(shown, scenario, 1, 0.0, is_saved=False)
    _, now, previous = side_choices(edited, scenario)
    assert "from before the last edit" in now.what
    assert previous.side is not None
    assert previous.side.scenario is scenario
    assert side_words(saved.side).startswith(f"saved: {plan.scenario.name}, $")
    assert all(choice.side is None for choice in side_choices(opened(scenario, None, 0.0), scenario))


def test_how_far_a_search_is() -> None:
    unknown = Progress("relaxation", 0.51, -math.inf, math.inf, math.inf)
    assert search_words(unknown) == "solving, 0.5 s"
    assert search_words(Progress("search", 3.2, 0.9e9, 1e9, 0.1)) == "solving, 3.2 s: best plan $1.00 B, gap 10 %"
