"""Lost sessions: which are offered, and that nothing of them is missing."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from router.change.change import Change, Operation
from router.workspace import journal as journal_module
from router.workspace.journal import Journal, JournalError, read_journal
from router.workspace.processes import this_process
from router.workspace.recovery import FileNow, discard, find_lost, living, resume
from router.workspace.replay import replay
from router.workspace.steps import Apply, Header, Undo
from tests.change.random_changes import CONFIGS, form
from tests.workspace.sessions import TINY, Edited, header, python, walk

_LIMIT = ("whole_instances_up_to",)


def _limit(number: float) -> Change:
    return Change(_LIMIT, Operation.SET, number)


def _lost(folder: Path, *numbers: float, path: Path | None = None) -> Edited:
    edited = Edited(folder, TINY, path)
    for number in numbers:
        edited.apply(_limit(number))
    edited.journal.close(clean=False)
    return edited


def _running(folder: Path, path: Path | None) -> Journal:
    journal = Journal.open(folder, replace(header(path), process=this_process()), TINY)
    journal.append(Apply((_limit(1),), "limit"))
    return journal


def test_what_a_lost_session_tells(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes((CONFIGS / "tiny.yaml").read_bytes())
    edited = Edited(tmp_path, TINY, path)
    edited.apply(Change(("workloads", "chat", "streams", "us", "demand"), Operation.SCALE, 1.5))
    edited.apply(_limit(4))
    edited.undo()
    (lost,) = find_lost(tmp_path)
    assert lost.path == str(path)
    assert len(lost.changes) == 1
    assert lost.changes[0].startswith("demand of chat/us: x 1.5")
    assert lost.last.startswith("undone: whole instances up to: ")
    assert lost.file is FileNow.SAME
    assert abs(lost.when - datetime.now(UTC)) < timedelta(minutes=1)
    assert (lost.damage, lost.may_run_on, lost.is_old) == (None, None, False)
    path.write_text("other")
    assert find_lost(tmp_path)[0].file is FileNow.CHANGED
    path.unlink()
    assert find_lost(tmp_path)[0].file is FileNow.GONE
    discard(lost)
    discard(lost)
    assert find_lost(tmp_path) == ()


def test_newest_first_and_old_ones_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {1: 2, 2: 40, 3: 0, 4: 35, 5: 29}
    for number, ago in days.items():

        class Then(datetime):
            @classmethod
            def now(cls, tz: object = None, ago: int = ago) -> datetime:  # type: ignore[override]
                return datetime.now(UTC) - timedelta(days=ago)

        with monkeypatch.context() as then:
            then.setattr(journal_module, "datetime", Then)
            _lost(tmp_path, number)
    found = find_lost(tmp_path)
    assert [session.recorded.steps[0].step for session in found] == [
        read.recorded.steps[0].step for read in sorted(found, key=lambda session: session.when, reverse=True)
    ]
    assert [session.is_old for session in found] == [False, False, False, True, True]
    assert (found[0].when - found[-1].when).days == 40


def test_a_session_without_unsaved_changes_is_no_loss(tmp_path: Path) -> None:
    looked = Edited(tmp_path, TINY)
    looked.journal.close(clean=False)
    undone = Edited(tmp_path, TINY)
    undone.apply(_limit(1))
    undone.undo()
    saved = Edited(tmp_path, TINY)
    saved.apply(_limit(1))
    saved.saved()
    (tmp_path / "other.txt").write_text("not ours")
    assert find_lost(tmp_path) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def test_a_living_session_is_not_offered_and_told_of(tmp_path: Path) -> None:
    path, other = tmp_path / "s.yaml", tmp_path / "t.yaml"
    for file in (path, other):
        file.write_bytes(b"x")
    journal = _running(tmp_path, path)
    assert find_lost(tmp_path) == ()
    # Of this process itself nothing is told.
    assert living(tmp_path, path) is None
    code = (
        "import sys; from pathlib import Path; from tests.workspace import test_recovery as t;"
        "t._running(Path(sys.argv[1]), Path(sys.argv[2])); print('open', flush=True); input()"
    )
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    child = python(code, tmp_path, link)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        found = living(tmp_path, path)
        assert found is not None
        assert (found.process.pid, found.is_sure) == (child.pid, True)
        assert living(tmp_path, other) is None
        assert find_lost(tmp_path) == ()
    finally:
        child.kill()
        child.communicate()
    assert living(tmp_path, path) is None
    assert [session.path for session in find_lost(tmp_path)] == [str(link)]
    journal.close(clean=True)


def test_a_session_on_another_machine_is_offered_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"x")
    away = header(path)
    away = replace(away, process=replace(away.process, host="elsewhere"))
    journal = Journal.open(tmp_path, away, TINY)
    assert find_lost(tmp_path) == ()
    assert journal.path.exists()
    journal.append(Apply((_limit(1),), "limit"))
    assert [session.may_run_on for session in find_lost(tmp_path)] == ["elsewhere"]
    found = living(tmp_path, path)
    assert found is not None
    assert not found.is_sure


def test_damage_is_told_and_what_is_before_it_offered(tmp_path: Path) -> None:
    whole = _lost(tmp_path, 1, 2, 3).journal.path
    lines = whole.read_bytes().splitlines(keepends=True)
    whole.write_bytes(b"".join([*lines[:3], b"\0\0\0\n", *lines[4:]]))
    (lost,) = find_lost(tmp_path)
    assert (len(lost.changes), lost.damage) == (1, "line 4 of the journal is damaged; it and 1 after it are lost")
    whole.write_bytes(b"".join([lines[0], b"\0\0\0\n", *lines[2:]]))
    (lost,) = find_lost(tmp_path)
    assert lost.changes == ()
    with pytest.raises(JournalError, match="its file is gone"):
        replay(lost.recorded, None)
    assert form(replay(lost.recorded, TINY).history.scenario) == form(TINY)


def test_what_is_no_journal_is_left_alone_but_for_old_scraps(tmp_path: Path) -> None:
    scrap, fresh, foreign = (tmp_path / f"{name}.journal" for name in ("scrap", "fresh", "foreign"))
    scrap.write_bytes(b'{"journ')
    fresh.write_bytes(b"")
    foreign.write_bytes(b'{"journal": 99}\n')
    (tmp_path / "folder.journal").mkdir()
    long_ago = time.time() - 7200
    for path in (scrap, foreign):
        os.utime(path, (long_ago, long_ago))
    assert find_lost(tmp_path) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.journal", "foreign.journal", "fresh.journal"]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for folder in (file, tmp_path / "missing"):
        assert find_lost(folder) == ()
        assert living(folder, file) is None


def test_a_session_goes_on_where_it_was(tmp_path: Path) -> None:
    edited = _lost(tmp_path, 1, 2, 3)
    (lost,) = find_lost(tmp_path)
    replayed = replay(lost.recorded, TINY)
    mine: Header = replace(header(), process=this_process())
    journal = resume(tmp_path, lost, replayed, mine)
    assert [path.name for path in tmp_path.iterdir()] == [journal.path.name]
    journal.append(Undo())
    again = replay(read_journal(journal.path), TINY)
    edited.history.undo()
    assert walk(again.history) == walk(edited.history)
    journal.close(clean=True)


def test_what_was_lost_stays_where_no_new_journal_can_be_written(tmp_path: Path) -> None:
    _lost(tmp_path, 1)
    (lost,) = find_lost(tmp_path)
    with pytest.raises(JournalError, match="no journal can be kept"):
        resume(tmp_path / "missing", lost, replay(lost.recorded, TINY), header())
    assert len(find_lost(tmp_path)) == 1


_EDITOR = """
import sys
from pathlib import Path
from tests.workspace.sessions import TINY, header
from tests.workspace.test_recovery import _limit
from router.workspace.journal import Journal
from router.workspace.processes import this_process
from router.workspace.steps import Apply
from dataclasses import replace
journal = Journal.open(Path(sys.argv[1]), replace(header(), process=this_process()), TINY)
for number in range(1, 1_000_000):
    journal.append(Apply((_limit(number % 97 + 1),), f"limit {number}"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("shown", [1, 40, 333])
def test_after_kill_9_at_most_the_keystroke_in_flight_is_missing(tmp_path: Path, shown: int) -> None:
    child = python(_EDITOR, tmp_path)
    assert child.stdout is not None
    try:
        for _ in range(shown):
            last = int(child.stdout.readline())
    finally:
        os.kill(child.pid, signal.SIGKILL)
    # What it told as done before the end came.
    last = max([last, *map(int, child.stdout.read().split())])
    child.communicate()
    (lost,) = find_lost(tmp_path)
    assert lost.damage is None
    assert len(lost.changes) in (last, last + 1)
    replayed = replay(lost.recorded, TINY)
    assert replayed.is_exact
    assert len(replayed.history.entries) == len(lost.changes)
    assert replayed.history.scenario.whole_instances_up_to == len(lost.changes) % 97 + 1
