"""A lost session in words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from router.workspace.lost_words import lost_words
from router.workspace.recovery import FileNow, LostSession

NOTHING: Any = None


def lost(count: int = 1, **more: Any) -> LostSession:
    """A session with so many changes."""
    parts: dict[str, Any] = {
        "journal": Path("x.journal"),
        "path": "/a/b.yaml",
        "when": datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
        "changes": tuple(f"change {at}" for at in range(1, count + 1)),
        "last": "",
        "file": FileNow.SAME,
        "damage": None,
        "may_run_on": None,
        "is_old": False,
        "recorded": NOTHING,
    }
    return LostSession(**{**parts, **more})


def test_one_change_and_many() -> None:
    head, count, *rest = lost_words(lost())
    assert head.startswith("/a/b.yaml, 2026-03-0")
    assert count == "1 unsaved change"
    assert rest == ["  change 1"]
    _, count, *rest = lost_words(lost(5))
    assert count == "5 unsaved changes"
    assert rest == ["  change 3", "  change 4", "  change 5", "  and 2 before"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"file": FileNow.CHANGED}, "changed since"),
        ({"file": FileNow.GONE}, "is gone"),
        ({"file": FileNow.NONE, "path": None}, "never saved"),
        ({"may_run_on": "north"}, "may still be open on north"),
        ({"damage": "line 7 of the journal is damaged"}, "line 7 of the journal is damaged"),
        ({"path": None}, "a new scenario"),
        ({"changes": ()}, "0 unsaved changes"),
    ],
)
def test_what_is_special_is_said(more: dict[str, Any], words: str) -> None:
    assert words in "\n".join(lost_words(lost(**more)))
