"""Runs the user's editor on a file."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path


def run_editor(command: Sequence[str], path: Path) -> str | None:
    """Waits for the editor; one line on what went wrong, None where nothing did."""
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        return f"{command[0]}: cannot be started: {error.strerror or error}"
    return f"{command[0]} ended with {done.returncode}" if done.returncode else None
