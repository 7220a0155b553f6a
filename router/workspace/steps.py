"""The steps of an editing session, as a journal has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from router.change.change import Change
from router.workspace.processes import Process


@dataclass(frozen=True, slots=True)
class Header:
    """Which session a journal is of. ``path``: the scenario's file, absolute; None for one that has none yet.

    ``file_sha256``: of the file's bytes when it was opened, in hexadecimal. ``started`` knows its time zone.
    """

    router_version: str
    path: str | None
    file_sha256: str | None
    process: Process
    started: datetime


@dataclass(frozen=True, slots=True)
class Apply:
    """Changes were made as one. ``words``: the line that tells them, for a list of what was lost.

    ``whatif``: the name of the what-if that they are; empty for edits made one by one.
    """

    changes: tuple[Change, ...]
    words: str
    whatif: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """The last step was taken back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """The last undone step was made again."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """One of the changes since the file was saved was taken back alone: the entry ``index`` of the history."""

    index: int


@dataclass(frozen=True, slots=True)
class Saved:
    """The scenario was written to a file, which is the session's file from then on."""

    path: str
    file_sha256: str


Step = Apply | Undo | Redo | TakeBack | Saved
