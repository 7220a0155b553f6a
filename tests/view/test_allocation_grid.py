"""Allocations as a grid: folded rows, texts, alerts, the line on a cell, what a row is about."""

from __future__ import annotations

import numpy as np
import pytest

from router.report.letters import letters_for
from router.view.allocation_choice import AllocationChoice, KnownAllocations
from router.view.allocation_grid import AllocationGrid, allocation_grid, flat_key, row_about, subject_of
from router.view.allocation_words import allocation_words, title_words
from router.view.allocations import Measure, allocations
from router.view.grid import Cells
from router.view.pivot import Pivot, Place, RowKey
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario
from tests.scenarios import offer, pool, scenario, service
from tests.solving import answer

UTF = letters_for("utf-8")


def small(
    pivot: Pivot | None = None, measure: Measure = Measure.UNITS, folded: frozenset[RowKey] = frozenset()
) -> AllocationGrid:
    """The small sample."""
    choice = AllocationChoice(pivot or Pivot(), measure, folded)
    return allocation_grid(allocations(small_plan(), small_scenario(), choice.pivot), choice, UTF)


def test_rows_that_are_folded_away_are_not_in_the_grid() -> None:
    whole, folded = small(), small(folded=frozenset({(("chat",),)}))
    assert len(folded.rows) == len(whole.rows) - 3
    assert folded.rows[0].name == "▸ chat"
    assert whole.rows[0].name == "▾ chat"
    assert folded.rows[1].key == ("coders",) == folded.row_of(1).key[0]
    assert folded.text(1, 0) == whole.text(4, 0)
    assert whole.groups == {(("chat",),), (("coders",),), (("fine-tune",),), (("evaluate",),), (("distil",),)}


def test_ascii_signs() -> None:
    found = allocations(small_plan(), small_scenario())
    grid = allocation_grid(found, AllocationChoice(folded=frozenset({(("chat",),)})), letters_for("ascii"))
    assert [row.name for row in grid.rows][:2] == ["+ chat", "- coders"]
    assert all(row.name.isascii() and "".join(row.facts).isascii() for row in grid.rows)


@pytest.mark.parametrize("measure", list(Measure))
def test_texts_are_those_of_the_allocations_and_what_is_left_out_is_told_in_units(measure: Measure) -> None:
    grid = small(measure=measure)
    for row, line in enumerate(grid.rows):
        is_left_out = "unserved" in line.name
        for column in range(4):
            text = grid.found.text(grid.at[row], column, Measure.UNITS if is_left_out else measure)
            assert grid.text(row, column) == text
            assert bool(text) == bool(np.isfinite(grid.values[row, column]))
        assert bool(grid.alerts[row].any()) == is_left_out


def test_keys_are_unique_in_every_pivot() -> None:
    for place in Place:
        for by_stream in (False, True):
            for places_first in (False, True):
                found = allocations(frontier_plan(), frontier_scenario(), Pivot(place, by_stream, places_first))
                keys = [flat_key(row.key) for row in found.rows]
                assert len(set(keys)) == len(keys)


def test_marks_are_those_of_the_rows_in_sight() -> None:
    folded = small(folded=frozenset({(("chat",),)}))
    moved = np.zeros((len(folded.found.rows), 4), dtype=bool)
    moved[1, 2] = moved[5, 3] = True
    assert np.argwhere(folded.marked(moved)).tolist() == [[2, 3]]


def test_the_line_on_a_cell() -> None:
    grid = small()
    line = allocation_words(grid, Cells(1, 0, 1, 0), 1, 0)
    assert line.startswith("chat > aws-h100, 2027-01: ")
    assert " instances; " in line
    assert " accelerators; " in line
    assert " of its demand" in line
    left = next(row for row, found in enumerate(grid.rows) if found.key == ("chat", ">"))
    column = int(np.argmax(grid.alerts[left]))
    assert allocation_words(grid, Cells(left, column, left, column), left, column).endswith(
        "of its demand   ! left unserved"
    )
    empty = int(np.argmin(grid.alerts[left]))
    assert allocation_words(grid, Cells(left, empty, left, empty), left, empty).endswith(": nothing")
    run = next(row for row, found in enumerate(grid.rows) if found.key == ("fine-tune",))
    assert allocation_words(grid, Cells(run, 0, run, 0), run, 0).count("8 instances") == 1, "not told twice"
    assert "2 cells" in allocation_words(grid, Cells(1, 0, 1, 1), 1, 1)


@pytest.mark.parametrize("places_first", [False, True])
def test_what_stands_by_for_the_loss_of_a_provider_is_told(places_first: bool) -> None:
    # 8 units, of which 6 must outlive either provider: 12 are provisioned. `quiet` has no more than its demand.
    chat, quiet = service(8, survive_provider_loss=0.75), service(4)
    pools = {"north": pool(), "south": pool("south")}
    given = scenario(pools=pools, offers=[offer(), offer("south", 12)], workloads={"chat": chat, "quiet": quiet})
    pivot = Pivot(places_first=places_first)
    found = allocations(answer(given).plan, given, pivot)
    grid = allocation_grid(found, AllocationChoice(pivot), UTF)

    def words(key: tuple[str, ...]) -> str:
        row = grid.row_at(key)
        assert row is not None
        return allocation_words(grid, Cells(row, 0, row, 0), row, 0)

    if places_first:
        assert "; chat has 4 units standby" in words(("south", ">", "chat"))
        assert "standby" not in words(("south",))
        assert "standby" not in words(("north", ">", "quiet"))
    else:
        whole = words(("chat",))
        beyond = "4 units standby for the loss of a provider (demand 8)"
        assert f": 12 units provisioned, of it {beyond}; " in whole
        assert f"of all that its workload has and lacks; chat has {beyond}" in words(("chat", ">", "south"))
        assert "standby" not in words(("quiet",))
        assert "100 % of its demand" in words(("quiet",))


def test_the_title_says_what_shades_are() -> None:
    assert title_words(small()) == "workload > pool, provisioned, average; shade: part of the workload's demand"
    turned = small(Pivot(Place.REGION, True, True))
    assert title_words(turned) == "region > stream, provisioned, average; shade: part of the place's capacity"
    assert " of the place's capacity" in allocation_words(turned, Cells(1, 0, 1, 0), 1, 0)


def test_what_a_row_is_about_and_back() -> None:
    grid = small(Pivot(by_stream=True))
    assert subject_of(grid.found, grid.row_of(1)) == ("workloads", "chat", "us")
    turned = small(Pivot(places_first=True))
    assert subject_of(turned.found, turned.row_of(0)) == ("pools", "aws-h100")
    assert subject_of(turned.found, turned.row_of(1)) == ("workloads", "chat")
    assert subject_of(small(Pivot(Place.PROVIDER, places_first=True)).found, turned.row_of(0)) is None
    left_out = next(row for row in turned.found.rows if row.key == ((),))
    assert subject_of(turned.found, left_out) is None
    for found in (grid, turned):
        for row in found.found.rows:
            subject = subject_of(found.found, row)
            if subject is not None:
                about = row_about(found, subject)
                assert about is not None
                assert subject_of(found.found, about) == subject


def test_what_is_not_here_is_not_found() -> None:
    grid = small()
    for key in ((), ("workloads",), ("workloads", "none"), ("pools", "aws-h100"), ("offers", "0")):
        assert row_about(grid, key) is None


def test_an_empty_plan_is_no_error() -> None:
    grid = allocation_grid(allocations(empty_plan(), small_scenario()), AllocationChoice(), UTF)
    assert not grid.alerts.any()
    assert all(grid.text(row, 0) == "" for row in range(len(grid.rows)))


def test_choices() -> None:
    choice = AllocationChoice()
    assert choice.by_next_place().pivot.place is Place.PROVIDER
    assert choice.by_next_place().by_next_place().by_next_place().by_next_place() == choice
    assert choice.by_streams().pivot.by_stream
    assert choice.turned().pivot.places_first
    assert choice.turned().turned() == choice
    assert choice.by_next_place().by_streams().by_pool().pivot == Pivot(Place.POOL, True, True)
    assert choice.by_next_measure().titles == (("units", "instances", "accelerators"), 1)
    assert choice.with_measure(2).by_next_measure() == choice
    one, two = (("chat",),), (("coders",),)
    assert choice.with_fold(one).folded == {one}
    assert choice.with_fold(one).with_fold(one) == choice
    assert choice.with_fold(one).with_all_folded([one, two]).folded == {one, two}
    assert choice.with_all_folded([one, two]).with_all_folded([one, two]) == choice
    assert choice.with_fold(one).turned().folded == frozenset(), "the rows are others"


def test_allocations_are_gathered_once_a_plan_and_pivot() -> None:
    known, plan, scenario = KnownAllocations(), small_plan(), small_scenario()
    first = known.of(plan, scenario, Pivot())
    assert known.of(plan, small_scenario(), Pivot()) is first
    turned = known.of(plan, small_scenario(), Pivot(places_first=True))
    assert turned.pivot.places_first
    assert turned.scenario is scenario, "that which the plan was first shown with"
    for _ in range(4):
        known.of(small_plan().model_copy(), scenario, Pivot())
    assert known.of(plan, scenario, Pivot()) is not first
