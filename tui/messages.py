"""What threads tell the app."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from router.session.events import Event
from router.workspace.comparer import Differences


@dataclass
class SessionTold(Message):
    """The session has something new. ``source``: which session, since one may have been closed meanwhile."""

    event: Event
    source: int


@dataclass
class Compared(Message):
    """How the plan differs from others."""

    differences: Differences
