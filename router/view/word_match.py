"""Which texts hold the words that someone types."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from router.arrays import BoolArray

BETWEEN = "\n"
"""Stands between two names in one text: no word that is typed goes across it."""


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, in small letters."""
    return tuple(typed.lower().split())


def holds(word: str, texts: Sequence[str]) -> BoolArray:
    """Which texts (n,), all in small letters, have the word in them."""
    return np.fromiter((word in text for text in texts), dtype=np.bool_, count=len(texts))


def holds_letters(word: str, texts: Sequence[str]) -> BoolArray:
    """Which texts (n,) have a name with the word's letters in order, any others between: `azgb3`, `azure-gb300`."""
    found = (any(_in_order(word, name) for name in text.split(BETWEEN)) for text in texts)
    return np.fromiter(found, dtype=np.bool_, count=len(texts))


def _in_order(word: str, text: str) -> bool:
    at = -1
    for letter in word:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True
