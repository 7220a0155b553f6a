"""Replaying a session: exactly where its file is as it was, else as far as the file takes it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.change.history import History
from router.change.tree import plain
from router.scenario.scenario import Scenario
from router.workspace.journal import Recorded, read_journal
from router.workspace.replay import perform, replay
from router.workspace.steps import Apply
from tests.change.random_changes import form, scenario_of
from tests.workspace.sessions import TINY, Edited, walk

_DEMAND = ("workloads", "chat", "streams", "us", "demand")
_CAPACITY = ("pools", "aws-h100", "capacity")


def _set(path: tuple[Any, ...], value: Any) -> Change:
    return Change(path, Operation.SET, value)


def _with(*changes: Change) -> Scenario:
    return apply_all(TINY, changes).scenario


def _recorded(edited: Edited) -> Recorded:
    return read_journal(edited.journal.path)


@pytest.mark.parametrize("seed", range(18))
def test_a_session_comes_back_with_all_that_can_be_undone_and_done_again(tmp_path: Path, seed: int) -> None:
    scenario = scenario_of(seed)
    edited = Edited(tmp_path, scenario)
    saved = scenario
    rng = random.Random(seed)
    for _ in range(50):
        made = len(edited.steps)
        edited.at_random(rng)
        if len(edited.steps) > made and not edited.history.entries:
            saved = edited.history.scenario
    recorded = _recorded(edited)
    gone, there = replay(recorded, None), replay(recorded, saved)
    again = History(there.base)
    for step in there.steps:
        perform(again, step)
    expected = walk(edited.history)
    for history in (gone.history, there.history, again):
        assert walk(history) == expected
    assert gone.is_exact
    assert there.is_exact
    assert there.refused == there.overwritten == ()


def test_undoing_what_was_saved_comes_back(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(("whole_instances_up_to",), 5))
    edited.saved()
    saved = edited.history.scenario
    edited.undo()
    replayed = replay(_recorded(edited), saved)
    assert replayed.is_exact
    assert form(replayed.history.scenario) == form(TINY)
    assert len(replayed.history.entries) == 1
    assert form(replayed.history.redo()) == form(saved)


def test_changes_move_to_a_file_that_was_changed_elsewhere(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(_CAPACITY, 9))
    edited.apply(Change(("workloads", "fine-tune"), Operation.REMOVE))
    changed = _with(_set(("name",), "renamed"))
    replayed = replay(_recorded(edited), changed)
    assert not replayed.is_exact
    assert (replayed.refused, replayed.overwritten) == ((), ())
    assert replayed.base is changed
    scenario = replayed.history.scenario
    assert (scenario.name, scenario.pools["aws-h100"].capacity, list(scenario.workloads)) == ("renamed", 9, ["chat"])
    again = History(replayed.base)
    for step in replayed.steps:
        perform(again, step)
    assert form(again.scenario) == form(scenario)
    assert form(again.undo()) == form(_with(_set(("name",), "renamed"), _set(_CAPACITY, 9)))
    again.redo()
    assert walk(again) == walk(replayed.history)


def test_what_no_longer_applies_is_told_one_line_each(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(("workloads", "fine-tune", "deadline"), TINY.horizon.start.replace(day=28)))
    edited.apply(_set(_CAPACITY, 9))
    edited.apply(_set(("workloads", "fine-tune", "value_of_unserved_usd"), 7))
    changed = _with(Change(("workloads", "fine-tune"), Operation.REMOVE))
    replayed = replay(_recorded(edited), changed)
    assert replayed.history.scenario.pools["aws-h100"].capacity == 9
    assert len(replayed.history.entries) == 1
    assert len(replayed.refused) == 2
    assert replayed.refused[0].startswith("deadline of fine-tune: ")
    assert "workloads.fine-tune: found the unknown key 'fine-tune', expected 'chat'" in replayed.refused[0]
    assert not any("\n" in line for line in replayed.refused)


def test_what_was_changed_on_both_sides_is_told(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(_CAPACITY, 9))
    edited.apply(Change(_DEMAND, Operation.SCALE, 2))
    replayed = replay(_recorded(edited), _with(_set(_CAPACITY, 7)))
    assert replayed.history.scenario.pools["aws-h100"].capacity == 9
    assert [line.partition(":")[0] for line in replayed.overwritten] == ["capacity of aws-h100"]
    assert replayed.overwritten[0].endswith("the file has got another value there since")


def test_only_what_was_not_saved_moves(tmp_path: Path) -> None:
    """The saved change is in the file, or someone has changed it there: it is not made a second time."""
    edited = Edited(tmp_path, TINY)
    edited.apply(Change(_CAPACITY, Operation.SCALE, 2))
    edited.saved()
    edited.apply(_set(("whole_instances_up_to",), 5))
    replayed = replay(_recorded(edited), _with(_set(_CAPACITY, 7)))
    assert replayed.history.scenario.pools["aws-h100"].capacity == 7
    assert replayed.history.scenario.whole_instances_up_to == 5
    assert len(replayed.history.entries) == 1


def test_an_offer_is_found_by_what_it_is(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    price = TINY.offers[1].usd_per_hour
    assert isinstance(price, float)
    edited.apply(Change(("offers", 1, "usd_per_hour"), Operation.SCALE, 2))
    moved = _with(Change(("offers", len(TINY.offers)), Operation.ADD, plain(TINY.offers[0])), _gone(0))
    assert moved.offers[0] == TINY.offers[1]
    replayed = replay(_recorded(edited), moved)
    assert replayed.refused == replayed.overwritten == ()
    assert replayed.history.scenario.offers[0].usd_per_hour == price * 2
    without = _with(_gone(1), Change(("pools", "oracle-h100"), Operation.REMOVE))
    replayed = replay(_recorded(edited), without)
    assert form(replayed.history.scenario) == form(without)
    assert len(replayed.refused) == 1


def _gone(index: int) -> Change:
    return Change(("offers", index), Operation.REMOVE)


def test_a_scenario_of_a_format_no_longer_known(tmp_path: Path) -> None:
    """The changes are made to what the file holds; what only the old scenario knew is told."""
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(("whole_instances_up_to",), 5))
    edited.saved()
    edited.apply(_set(_CAPACITY, 9))
    edited.apply(_set(_CAPACITY, 3))
    edited.undo()
    edited.undo()
    edited.undo()
    edited.apply(_set(_DEMAND, 1000))
    path = edited.journal.path
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":0'))
    replayed = replay(read_journal(path), TINY)
    assert replayed.history.scenario.workloads["chat"].kind == "inference"
    assert len(replayed.history.entries) == 1
    assert len(replayed.refused) == 1
    assert replayed.refused[0].startswith("undone: whole instances up to")
    assert replayed.refused[0].endswith("what was there before that is not known")


def test_a_what_if_comes_back_by_its_name(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    late, grows = _set(_CAPACITY, 7), Change(_DEMAND, Operation.SCALE, 1.5)
    edited.apply(late, grows, whatif="late")
    edited.apply(grows)
    edited.apply(late, whatif="again")
    edited.take_back(2)
    recorded = _recorded(edited)
    assert recorded.outline.entries[0].words == "what-if: late (2 changes)"
    there = replay(recorded, TINY)
    assert there.is_exact
    assert [entry.whatif for entry in there.history.entries] == ["late", ""]
    there.history.undo()
    assert [entry.whatif for entry in there.history.entries] == ["late", "", "again"]
    moved = replay(recorded, _with(_set(("description",), "changed elsewhere")))
    assert not moved.is_exact
    assert [entry.whatif for entry in moved.history.entries] == ["late", ""]
    assert [step.whatif for step in moved.steps if isinstance(step, Apply)] == ["late", ""]


def test_a_journal_from_before_there_were_what_ifs_is_read(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    edited.apply(_set(_CAPACITY, 7))
    assert b"whatif" not in edited.journal.path.read_bytes()
    assert [entry.whatif for entry in replay(_recorded(edited), TINY).history.entries] == [""]
