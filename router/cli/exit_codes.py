"""Exit codes of every command (design: section 6 of the README)."""

from __future__ import annotations

DONE = 0
UNSERVED_OR_DIFFERENT = 1
"""Demand left unserved or a limit broken under --strict; or an audit that found differences."""
BAD_INPUT = 2
NO_PLAN = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
