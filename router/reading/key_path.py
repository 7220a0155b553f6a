"""Key paths such as `workloads[3].streams[0].demand`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

Key = str | datetime.date
"""What may stand before the colon of a mapping."""

Step = str | int | datetime.date
"""One step of a key path: a key of a mapping, or the index of a list entry."""

KeyPath = tuple[Step, ...]

_PLAIN_KEY = re.compile(r"[\w-]+", re.UNICODE)
_LONGEST_KEY_SHOWN = 60


def path_text(path: Sequence[Step]) -> str:
    """The path as a user writes it; keys that hold dots, spaces or brackets stand in quotes.

    >>> path_text(("workloads", 3, "demand"))
    'workloads[3].demand'
    >>> path_text(("instances", "p5.48xlarge", "count"))
    "instances['p5.48xlarge'].count"
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
            continue
        key = str(step)
        if len(key) > _LONGEST_KEY_SHOWN:
            key = key[: _LONGEST_KEY_SHOWN - 1] + "…"
        if _PLAIN_KEY.fullmatch(key):
            text += f".{key}" if text else key
        else:
            text += f"[{key!r}]"
    return text
