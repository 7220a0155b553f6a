"""The journal of the app: what the disk refuses is written once there is room, and said until then."""

from __future__ import annotations

from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.scenario.load import load_scenario
from router.workspace.folders import journal_folder
from router.workspace.journal import Journal, JournalError, read_journal
from router.workspace.steps import Apply, Step
from tests.tui.conftest import OpenApp
from tui.recording import Recording

STEP = Apply((Change(("workloads", "chat", "throughput", "H100"), Operation.SCALE, 2),), "throughput doubled")


def steps_on_disk() -> int:
    """In the only journal there is."""
    (path,) = journal_folder().glob("*.journal")
    return len(read_journal(path).steps)


def test_steps_that_came_before_there_was_room_are_written_then(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    recording = Recording()
    recording.tell = told.append

    def refuse(*_: object) -> Journal:
        raise JournalError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(Journal, "open", refuse)
        recording.begin(load_scenario(tiny), tiny, "0")
        recording.record(STEP)
        recording.record(STEP)
        recording.retry()
        assert recording.is_in_trouble
    assert told == ["the disk is full; what you change is lost if the app is killed"]
    recording.retry()
    assert not recording.is_in_trouble
    assert steps_on_disk() == 2
    recording.record(STEP)
    assert steps_on_disk() == 3
    recording.end(clean=True)


def test_steps_that_a_journal_could_not_take_are_tried_again(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    recording = Recording()
    recording.tell = told.append
    recording.begin(load_scenario(tiny), tiny, "0")
    with monkeypatch.context() as full:

        def refuse(_descriptor: int, _content: bytes) -> int:
            raise OSError(28, "No space left on device")

        full.setattr("router.workspace.journal.os.write", refuse)
        recording.record(STEP)
        recording.record(STEP)
        assert recording.is_in_trouble
        assert len(told) == 1
    recording.retry()
    assert not recording.is_in_trouble
    assert steps_on_disk() == 2
    recording.end(clean=True)


async def test_the_headline_says_it_as_long_as_it_is_so(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(plans=False) as driver:
        with monkeypatch.context() as full:

            def refuse(_journal: Journal, *_steps: Step) -> None:
                raise JournalError("the disk is full")

            full.setattr(Journal, "append", refuse)
            await driver.edit("260")
            await driver.see("1 unsaved change, NOT JOURNALLED")
        driver.app.recording.retry()
        await driver.edit("270")
        await driver.wait_for(lambda: "NOT JOURNALLED" not in driver.text)
