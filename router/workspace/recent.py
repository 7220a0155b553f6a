"""The scenario files that were opened last: `recent.json` in the state folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from router.reading.write import write_whole

FILE = "recent.json"
MOST = 20


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A scenario file, absolute, and when it was last opened or saved."""

    path: str
    opened: datetime


def recent_files(folder: Path) -> tuple[RecentFile, ...]:
    """Those that are there, newest first, at most 20. A list that is missing or cannot be read is empty."""
    return tuple(file for file in _read(folder) if os.path.isfile(file.path))


def remember(folder: Path, path: Path | str, opened: datetime) -> None:
    """Puts a file at the top of the list. ``opened`` knows its time zone.

    The list is written whole: of two apps at once the later one's holds, and neither's is torn. Files that are gone
    stay in it: their disk may come back. Raises OutputError.
    """
    newest = RecentFile(os.path.abspath(path), opened)
    others = (file for file in _read(folder) if file.path != newest.path)
    files = sorted([newest, *others], key=lambda file: file.opened, reverse=True)[:MOST]
    entries = [{"path": file.path, "opened": file.opened.isoformat()} for file in files]
    write_whole(folder / FILE, json.dumps(entries, indent=1) + "\n")


def _read(folder: Path) -> list[RecentFile]:
    try:
        entries = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    files = [_recent_file(entry) for entry in entries] if isinstance(entries, list) else []
    return sorted((file for file in files if file is not None), key=lambda file: file.opened, reverse=True)[:MOST]


def _recent_file(entry: Any) -> RecentFile | None:
    """The file of an entry of the list; None for one that is none, which is left out."""
    try:
        opened = datetime.fromisoformat(entry["opened"])
        path = entry["path"]
    except (LookupError, TypeError, ValueError):
        return None
    if not isinstance(path, str) or not os.path.isabs(path) or "\0" in path or opened.tzinfo is None:
        return None
    return RecentFile(path, opened)
