"""Which entries of a list became which of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any


@dataclass
class ListMatch:
    """``pairs``: index before and after of what stayed or changed in place. ``added``: indices of new entries by the
    index before of the pair that they come behind, None for the front."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    added: dict[int | None, list[int]] = field(default_factory=dict)


def matched(old: list[Any], new: list[Any]) -> ListMatch:
    """The entries of ``old`` in ``new``: equal ones first, what differs between those by its order."""
    match = ListMatch()
    last: int | None = None
    for before, after in _runs(old, new):
        for offset in range(max(len(before), len(after))):
            if offset < len(before) and offset < len(after):
                last = before[offset]
                match.pairs.append((last, after[offset]))
            elif offset < len(after):
                match.added.setdefault(last, []).append(after[offset])
    return match


def _runs(old: list[Any], new: list[Any]) -> list[tuple[range, range]]:
    is_plain = not any(isinstance(value, (Mapping, list)) for value in (*old, *new))
    if len(old) == len(new) and is_plain:
        # Numbers by period: each is its period's, whatever its neighbours are.
        return [(range(len(old)), range(len(new)))]
    texts = [_text(value) for value in old], [_text(value) for value in new]
    blocks = SequenceMatcher(None, *texts, autojunk=False).get_opcodes()
    return [(range(start, end), range(new_start, new_end)) for _, start, end, new_start, new_end in blocks]


def _text(value: Any) -> str:
    """Equal for equal data, whatever the order of keys."""
    if isinstance(value, Mapping):
        return repr(sorted((str(key), _text(held)) for key, held in value.items()))
    if isinstance(value, list):
        return repr([_text(held) for held in value])
    return repr(float(value)) if isinstance(value, int) and not isinstance(value, bool) else repr(value)
