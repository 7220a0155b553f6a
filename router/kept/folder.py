"""Where kept plans lie: a folder of the user's, the newest few of them, and the shipped ones."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from router.kept.container import read_kept
from router.kept.kept_plan import KeptPlan
from router.reading.write import OutputError, write_whole
from router.scenario.shipped import shipped_folder

ENDING = ".kept"
MOST_KEPT = 20
"""Kept plans in a folder; those that were not used for longest go."""


def shipped_kept_folder() -> Path:
    """The folder of the kept plans of shipped scenarios."""
    return shipped_folder() / "kept"


def find_kept(scenario_sha256: str, folder: Path | None) -> KeptPlan | None:
    """The kept plan of a scenario (``scenario_reference``), the user's or a shipped one; None without. Never raises."""
    if folder is not None:
        own = _own_path(folder, scenario_sha256)
        kept = read_file(own, scenario_sha256)
        if kept is not None:
            with contextlib.suppress(OSError):
                os.utime(own)
            return kept
    for path in sorted(shipped_kept_folder().glob(f"*{ENDING}")):
        if _mentions(path, scenario_sha256) and (kept := read_file(path, scenario_sha256)) is not None:
            return kept
    return None


def store_kept(content: bytes, scenario_sha256: str, folder: Path) -> bool:
    """Write a kept plan (``keep``), whole or not at all, and drop the oldest beyond MOST_KEPT; whether it was written.

    Makes the folder. A kept plan is a convenience: that it cannot be written is no error.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(_own_path(folder, scenario_sha256), content)
    except (OSError, OutputError):
        return False
    _drop_oldest(folder)
    return True


def read_file(path: Path, scenario_sha256: str) -> KeptPlan | None:
    """The kept plan in a file; None where there is none of this scenario."""
    try:
        return read_kept(path.read_bytes(), scenario_sha256)
    except (OSError, MemoryError):
        return None


_HEADER_BYTES = 4096
"""The header stands within these first bytes."""


def _mentions(path: Path, scenario_sha256: str) -> bool:
    """Whether the header names the scenario: a look at it, so as not to read every shipped one."""
    try:
        with path.open("rb") as file:
            return scenario_sha256.encode() in file.read(_HEADER_BYTES)
    except OSError:
        return False


def _own_path(folder: Path, scenario_sha256: str) -> Path:
    return folder / f"{scenario_sha256}{ENDING}"


def _drop_oldest(folder: Path) -> None:
    # Another router may be at the same work: what is gone is gone.
    with contextlib.suppress(OSError):
        by_age = sorted(folder.glob(f"*{ENDING}"), key=_last_use, reverse=True)
        for path in by_age[MOST_KEPT:]:
            path.unlink(missing_ok=True)


def _last_use(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
