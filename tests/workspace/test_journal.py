"""Journals: what is in them after each step, and what is read of those that were torn or damaged."""

from __future__ import annotations

import errno
import json
import os
import random
from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.scenario.scenario import Scenario
from router.workspace.journal import Journal, JournalError, read_journal
from router.workspace.steps import Apply, Redo, Step, Undo
from tests.change.random_changes import form, scenario_of
from tests.workspace.sessions import TINY, Edited, header


def _limit(number: float) -> Change:
    return Change(("whole_instances_up_to",), Operation.SET, number)


def _three_steps(folder: Path) -> Edited:
    edited = Edited(folder, TINY)
    for number in (1, 2, 3):
        edited.apply(_limit(number))
    return edited


def test_each_step_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    edited = Edited(tmp_path, TINY)
    assert read_journal(edited.journal.path).base is None
    rng = random.Random(1)
    for _ in range(60):
        edited.at_random(rng)
        recorded = read_journal(edited.journal.path)
        assert [stamped.step for stamped in recorded.steps] == edited.steps
        assert recorded.damage is None
    assert len(edited.steps) > 20


@pytest.mark.parametrize("seed", range(12))
def test_the_scenario_comes_back_exactly(tmp_path: Path, seed: int) -> None:
    """Numbers to the last bit, the order of keys, and which keys are given."""
    scenario = scenario_of(seed)
    journal = Journal.open(tmp_path, header(), scenario)
    journal.append(Apply((), ""))
    base = read_journal(journal.path).base
    assert base is not None
    assert form(Scenario.model_validate(base.scenario)) == form(scenario)


def test_the_header_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a b.yaml"
    path.write_text("x")
    for of in (header(path), header(None, started=None)):
        journal = Journal.open(tmp_path, of, TINY)
        recorded = read_journal(journal.path)
        assert recorded.header == of
        assert (recorded.path, recorded.file_sha256) == (of.path, of.file_sha256)


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    assert Journal.open(tmp_path, header(), TINY).path.stat().st_mode & 0o077 == 0


def test_saving_elsewhere_moves_the_session_there(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("x")
    edited = Edited(tmp_path, TINY, path)
    edited.apply(_limit(1))
    edited.path = tmp_path / "other.yaml"
    edited.saved("abc")
    recorded = read_journal(edited.journal.path)
    assert (recorded.path, recorded.file_sha256) == (str(edited.path), "abc")
    assert not recorded.outline.entries


def test_a_clean_end_leaves_nothing_and_another_leaves_all(tmp_path: Path) -> None:
    kept, gone = _three_steps(tmp_path), _three_steps(tmp_path)
    kept.journal.close(clean=False)
    gone.journal.close(clean=True)
    gone.journal.close(clean=True)
    assert list(tmp_path.iterdir()) == [kept.journal.path]
    with pytest.raises(JournalError, match="is closed"):
        kept.journal.append(Undo())


def test_torn_at_every_byte(tmp_path: Path) -> None:
    """A kill in the middle of a write: all whole lines are there, and nothing is said of the torn one."""
    edited = _three_steps(tmp_path)
    content = edited.journal.path.read_bytes()
    ends = [index + 1 for index, byte in enumerate(content) if byte == ord("\n")]
    torn = tmp_path / "torn.journal"
    torn.write_bytes(content)
    for length in range(len(content), -1, -1):
        os.truncate(torn, length)
        whole = sum(end <= length for end in ends)
        if whole == 0:
            with pytest.raises(JournalError, match="this is no journal"):
                read_journal(torn)
            continue
        recorded = read_journal(torn)
        assert [stamped.step for stamped in recorded.steps] == edited.steps[: max(0, whole - 2)]
        assert recorded.damage is None


_BAD_LINES = (
    b"",
    b"\0" * 40,
    b"\xff\xfe",
    b"{",
    b"[]",
    b"3",
    b"NaN",
    b"[" * 100_000,
    b'{"step": "jump", "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "undo"}',
    b'{"step": "undo", "at": "2026-01-01"}',
    b'{"step": "undo", "at": 3}',
    b'{"step": "redo", "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "take_back", "index": 9, "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "take_back", "index": true, "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "apply", "changes": 3, "words": "", "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "apply", "changes": [3], "words": "", "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "apply", "changes": [], "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "saved", "path": 1, "file_sha256": "", "at": "2026-01-01T00:00:00+00:00"}',
    b'{"step": "base", "scenario": []}',
    b'{"step": "base", "scenario": {}}',
    b'{"step": {}, "at": "2026-01-01T00:00:00+00:00"}',
)


@pytest.mark.parametrize("bad", _BAD_LINES, ids=lambda bad: repr(bad[:40]))
def test_all_before_a_damaged_line_is_read_and_the_rest_told(tmp_path: Path, bad: bytes) -> None:
    edited = _three_steps(tmp_path)
    lines = edited.journal.path.read_bytes().splitlines(keepends=True)
    damaged = tmp_path / "damaged.journal"
    damaged.write_bytes(b"".join([*lines[:4], bad + b"\n", lines[4]]))
    recorded = read_journal(damaged)
    assert [stamped.step for stamped in recorded.steps] == edited.steps[:2]
    assert recorded.damage == "line 5 of the journal is damaged; it and 1 after it are lost"


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b'{"journal": 2}', b'{"journal": 1}', b"\xff", b'{"journal": 1, "process": 3}', b"[1]", b"null"],
)
def test_what_has_no_header_is_no_journal(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "x.journal"
    path.write_bytes(line + b"\n")
    with pytest.raises(JournalError, match=r"x\.journal: this is no journal") as raised:
        read_journal(path)
    assert "\n" not in str(raised.value)


def test_steps_without_a_scenario_are_damage(tmp_path: Path) -> None:
    edited = _three_steps(tmp_path)
    lines = edited.journal.path.read_bytes().splitlines(keepends=True)
    edited.journal.path.write_bytes(b"".join([lines[0], *lines[2:]]))
    recorded = read_journal(edited.journal.path)
    assert (recorded.steps, recorded.damage) == ((), "line 2 of the journal is damaged; it and 2 after it are lost")


def test_no_folder_to_write_in(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for folder in (file, tmp_path / "missing"):
        with pytest.raises(JournalError, match="no journal can be kept: no") as raised:
            Journal.open(folder, header(), TINY)
        assert "\n" not in str(raised.value)
    with pytest.raises(JournalError, match="cannot be read"):
        read_journal(tmp_path)


def test_a_full_disk_is_told_and_nothing_is_missing_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = _three_steps(tmp_path)
    before = edited.journal.path.read_bytes()
    write = os.write
    parts = iter([50])

    def full(descriptor: int, content: bytes) -> int:
        """Takes a part of what is to be written, then no more."""
        part = next(parts, None)
        if part is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content[:part])

    later: list[Step] = [Apply((_limit(4),), "limit: 4"), Undo(), Redo()]
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        for step in later[:2]:
            with pytest.raises(JournalError, match="the last steps are not on disk: no space left on device") as raised:
                edited.journal.append(step)
            assert "\n" not in str(raised.value)
            assert edited.journal.path.read_bytes() == before
    edited.journal.append(later[2])
    assert [stamped.step for stamped in read_journal(edited.journal.path).steps] == [*edited.steps, *later]


def test_a_disk_that_does_not_say_that_it_has_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = _three_steps(tmp_path)

    def broken(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", broken)
        with pytest.raises(JournalError, match="the last steps are not on disk: input/output error"):
            edited.journal.append(Undo())
    edited.journal.append(Redo())
    assert [stamped.step for stamped in read_journal(edited.journal.path).steps] == [*edited.steps, Undo(), Redo()]


def test_a_value_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, header(), TINY)
    with pytest.raises(JournalError, match="a step cannot be written: a object is no value of a scenario"):
        journal.append(Apply((Change(("name",), Operation.SET, object()),), ""))
    journal.append(Apply((_limit(1),), "limit"))
    assert len(read_journal(journal.path).steps) == 1


def test_lines_are_json(tmp_path: Path) -> None:
    edited = _three_steps(tmp_path)
    lines = edited.journal.path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).get("step", "header") for line in lines] == ["header", "base", *["apply"] * 3]
