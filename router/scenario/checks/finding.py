"""One mistake that a check found, by key path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from router.reading.key_path import KeyPath


@dataclass(frozen=True)
class Finding:
    """What is wrong at a key path. ``candidates`` are the valid names; ``found`` describes the value."""

    path: KeyPath
    expected: str | None = None
    found: str | None = None
    candidates: tuple[str, ...] | None = None
    at: Literal["key", "value"] = "value"


def unknown(path: KeyPath, value: str, candidates: Iterable[str], kind: str) -> Iterable[Finding]:
    """A finding where ``value`` is not one of the candidates; ``kind`` says what they are."""
    names = tuple(candidates)
    if value not in names:
        expected = None if names else f"the name of {kind}, but none is defined"
        yield Finding(path, expected=expected, found=f"unknown {kind} {value!r}", candidates=names)
