"""Sessions that ended without being closed, and those that still run."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from router.reading.problems import ScenarioError
from router.reading.source_file import read_bytes, sha256
from router.workspace.journal import SUFFIX, Journal, JournalError, Recorded, read_journal
from router.workspace.processes import Process, State, state_of, this_process
from router.workspace.replay import Replayed
from router.workspace.steps import Header
from router.workspace.system_error import told

OLD = timedelta(days=30)
"""Lost sessions older than this are listed after all others."""

_TORN_HEADER_SECONDS = 3600.0


class FileNow(StrEnum):
    """What became of the scenario's file since the session last read or wrote it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NONE = "none"
    """The scenario had no file yet."""


@dataclass(frozen=True, slots=True)
class LostSession:
    """A session that ended with changes that were not saved.

    ``journal``: its journal's file. ``path``: the scenario's file, None for one that had none yet. ``when``: the last
    step. ``changes``: the words of each change that is not saved, in order; ``last``: of the last step, which may have
    been an undo. ``damage``: one line where a part of the journal cannot be read. ``may_run_on``: another machine, on
    which it may still be open; None where it has ended for sure.
    """

    journal: Path
    path: str | None
    when: datetime
    changes: tuple[str, ...]
    last: str
    file: FileNow
    damage: str | None
    may_run_on: str | None
    is_old: bool
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class LivingSession:
    """Another session on the same file. ``is_sure``: it runs on this machine; else it may, on ``process.host``."""

    process: Process
    started: datetime
    is_sure: bool


def find_lost(folder: Path) -> tuple[LostSession, ...]:
    """The sessions that can be recovered, newest first and those older than 30 days last.

    Journals of ended sessions with nothing to recover are removed. A folder that cannot be read holds none. One whose
    journal is damaged is listed even if nothing is left of it.
    """
    now = datetime.now(UTC)
    lost = []
    for path, recorded in _journals(folder):
        state = state_of(recorded.header.process)
        if state is State.RUNNING:
            continue
        if recorded.outline.entries or recorded.damage is not None:
            lost.append(_lost(path, recorded, state, now))
            continue
        with contextlib.suppress(OSError):
            if state is State.ENDED or time.time() - path.stat().st_mtime > OLD.total_seconds():
                path.unlink(missing_ok=True)
    return tuple(sorted(lost, key=lambda session: (session.is_old, -session.when.timestamp())))


def living(folder: Path, path: Path | str) -> LivingSession | None:
    """Another session that has this scenario file open, of several the newest; None where there is none."""
    here = this_process()
    real = os.path.realpath(path)
    found = []
    for _, recorded in _journals(folder):
        process = recorded.header.process
        if process == here or recorded.path is None or os.path.realpath(recorded.path) != real:
            continue
        state = state_of(process)
        if state is not State.ENDED:
            found.append(LivingSession(process, recorded.header.started, state is State.RUNNING))
    return max(found, key=lambda session: (session.is_sure, session.started), default=None)


def discard(lost: LostSession) -> None:
    """Gives up what a lost session holds. Raises JournalError where its journal cannot be removed."""
    try:
        lost.journal.unlink(missing_ok=True)
    except OSError as error:
        raise JournalError(told(lost.journal, "this journal cannot be removed", error)) from None


def resume(folder: Path, lost: LostSession, replayed: Replayed, header: Header) -> Journal:
    """A journal for this session that holds all that was replayed, in place of the lost one's.

    The lost one's goes once the new one is on disk. Raises JournalError; the lost one's journal is then still there.
    """
    journal = Journal.open(folder, header, replayed.base)
    try:
        if replayed.steps:
            journal.append(*replayed.steps)
        discard(lost)
    except JournalError:
        journal.close(clean=True)
        raise
    return journal


def _journals(folder: Path) -> Iterator[tuple[Path, Recorded]]:
    """The journals that can be read. One that a kill left without a whole header is removed after an hour."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX))
    except OSError:
        return
    for path in paths:
        try:
            yield path, read_journal(path)
        except JournalError:
            with contextlib.suppress(OSError):
                if b"\n" not in path.read_bytes() and time.time() - path.stat().st_mtime > _TORN_HEADER_SECONDS:
                    path.unlink(missing_ok=True)


def _lost(path: Path, recorded: Recorded, state: State, now: datetime) -> LostSession:
    when = recorded.steps[-1].at if recorded.steps else recorded.header.started
    return LostSession(
        journal=path,
        path=recorded.path,
        when=when,
        changes=tuple(entry.words for entry in recorded.outline.entries),
        last=recorded.outline.last,
        file=_file_now(recorded),
        damage=recorded.damage,
        may_run_on=recorded.header.process.host if state is State.UNKNOWN else None,
        is_old=now - when > OLD,
        recorded=recorded,
    )


def _file_now(recorded: Recorded) -> FileNow:
    if recorded.path is None:
        return FileNow.NONE
    try:
        content = read_bytes(Path(recorded.path))
    except ScenarioError:
        return FileNow.GONE
    return FileNow.SAME if sha256(content) == recorded.file_sha256 else FileNow.CHANGED
