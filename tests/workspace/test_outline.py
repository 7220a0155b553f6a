"""The outline of a session has the entries that its history has."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.workspace.outline import Outline
from router.workspace.steps import Apply, Redo, Saved, Step, TakeBack, Undo
from tests.workspace.sessions import TINY, Edited


def _outline(steps: list[Step]) -> Outline:
    outline = Outline()
    for step in steps:
        outline.take(step)
    return outline


@pytest.mark.parametrize("seed", range(20))
def test_an_outline_follows_the_history(tmp_path: Path, seed: int) -> None:
    edited = Edited(tmp_path, TINY)
    rng = random.Random(seed)
    outline = Outline()
    for _ in range(40):
        made = len(edited.steps)
        edited.at_random(rng)
        for step in edited.steps[made:]:
            outline.take(step)
        entries = edited.history.entries
        assert len(outline.entries) == len(entries)
        for told, entry in zip(outline.entries, entries, strict=True):
            assert told.changes is None or told.changes == entry.changes
            assert told.whatif == entry.whatif


def test_words_tell_what_is_not_saved_and_what_was_done_last() -> None:
    one, two = (Apply((Change(("name",), Operation.SET, name),), f"name: {name}") for name in ("one", "two"))
    outline = _outline([one, two])
    assert [entry.words for entry in outline.entries] == ["name: one", "name: two"]
    assert outline.last == "name: two"
    assert _outline([one, two, Undo()]).last == "undone: name: two"
    assert _outline([one, two, Undo(), Redo()]).last == "made again: name: two"
    alone = _outline([one, two, TakeBack(0)])
    assert (alone.last, [entry.words for entry in alone.entries]) == ("taken back: name: one", ["name: two"])
    after = _outline([one, two, Saved("/x.yaml", ""), Undo()])
    assert [(entry.words, entry.changes) for entry in after.entries] == [("undone: name: two", None)]
    assert not _outline([one, Saved("/x.yaml", ""), Undo(), Redo()]).entries


@pytest.mark.parametrize("step", [Undo(), Redo(), TakeBack(0), TakeBack(-1)])
def test_a_step_that_cannot_follow_is_refused(step: Step) -> None:
    outline = Outline()
    with pytest.raises(IndexError):
        outline.take(step)
    assert not outline.entries
