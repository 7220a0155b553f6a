"""What goes wrong with a cluster in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from router.reading.position import printable
from router.sweep.workers import WorkersError

_LONGEST = 300


@contextmanager
def told() -> Iterator[None]:
    """Whatever fails in the block is a WorkersError."""
    try:
        yield
    except WorkersError:
        raise
    except Exception as error:
        raise WorkersError(f"the cluster failed: {one_line(error)}") from error


def one_line(error: BaseException) -> str:
    """The first line of an error that has words, else its name."""
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return printable(first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…")
