"""The `router` command: all that is headless, and the app."""

from __future__ import annotations

import sys

from router.cli.main import run as run_router


def run() -> None:
    """Without arguments, in a terminal, the app opens on the default scenario."""
    in_terminal = sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty()
    run_router({"tui": "tui.command"}, default="tui" if in_terminal else None)
