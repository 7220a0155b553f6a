"""The overview of made-up plans."""

from __future__ import annotations

from datetime import date

import pytest

from router.difference.difference import difference
from router.report.difference_words import Names
from router.view.overview import biggest_changes, overview, unserved_items
from tests.difference.making import plan
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

TODAY = date(2027, 2, 1)


def test_the_small_plan() -> None:
    found = overview(small_plan(), small_scenario(), TODAY)
    assert found.cost.providers == ("aws", "oracle", "no provider")
    assert len(found.commitments) == 1
    assert found.unserved_usd == pytest.approx(411_800)
    assert [row.cells[0] for row in found.breaches.rows] == ["limits.cash[0]"]
    assert found.notes == tuple(small_plan().notes)
    assert found.since_saved.when_empty == "No saved plan to compare with."
    assert found.since_before.when_empty == "Nothing was edited yet."


def test_what_is_left_out_is_told_with_when_how_much_and_why() -> None:
    job, part = unserved_items(small_plan(), small_scenario())
    assert (job.what, job.stream, job.how_much, job.share) == ("distil", None, "whole job", 1.0)
    assert job.when == "from 2027-02-01"
    assert "no pool holds a gang of 512" in job.because
    assert (part.what, part.when) == ("chat/eu", "2027-02 to 2027-03")
    # 20 of 200 and 35 of 200 in the peak's quarter of the hours, 4 of 100 in the base of February.
    hours = [28 * 24, 31 * 24]
    missing = 20 * 0.25 * hours[0] + 4 * 0.75 * hours[0] + 35 * 0.25 * hours[1]
    demand = 200 * 0.25 * hours[0] + 100 * 0.75 * hours[0] + 200 * 0.25 * hours[1]
    assert part.share == pytest.approx(missing / demand)
    assert part.how_much == f"at most 35 k tokens/s, {missing / demand * 100:.1f} %"
    (peak,) = unserved_items(frontier_plan(), frontier_scenario())
    assert peak.how_much.endswith("% in peak")


def test_changes_against_both_plans() -> None:
    before = plan([("chat", "us", "azure-us", 0, 8), ("agents", "us", "azure-us", 0, 2)])
    after = plan([("chat", "us", "aws-us", 0, 8), ("agents", "us", "azure-us", 0, 3)])
    names = Names(None, small_scenario())
    found = biggest_changes(difference(before, after), names, "none")
    assert len(found.lines) == len(found.usd) == 2
    assert found.lines[0].startswith("chat/us: ")
    assert list(found.usd) == sorted(found.usd, reverse=True)
    assert found.usd[0] == pytest.approx(4 * 744 * 10)
    assert len(biggest_changes(difference(before, after), names, "none", most=1).lines) == 1
    same = biggest_changes(difference(before, before), names, "none")
    assert (same.lines, same.when_empty) == ((), "The plans are the same.")
    shown = overview(after, small_scenario(), TODAY, since_saved=difference(before, after))
    assert shown.since_saved.lines == found.lines
    assert shown.since_before.lines == ()


def test_a_plan_with_nothing_in_it() -> None:
    found = overview(empty_plan(), small_scenario(), TODAY)
    assert not any((found.unserved, found.commitments, found.notes))
    assert found.breaches.rows == ()
