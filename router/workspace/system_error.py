"""What the system says of a file, in words for one line."""

from __future__ import annotations

from router.reading.position import printable

_LONGEST_PATH_SHOWN = 200


def told(path: object, what: str, error: OSError | ValueError) -> str:
    """`PATH: WHAT: no space left on device`, on one line however odd the path."""
    text = str(path)
    shown = text if len(text) <= _LONGEST_PATH_SHOWN else f"{text[: _LONGEST_PATH_SHOWN - 1]}…"
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return printable(f"{shown}: {what}: {reason[:1].lower()}{reason[1:]}")
