"""A mistake in one line, as the checks of files tell it."""

from __future__ import annotations

from router.reading.problems import Mistake, Problem


def mistake_words(mistake: Problem | Mistake) -> str:
    """What was found, what was expected, what may have been meant."""
    words = f"found {mistake.found}" if mistake.found else ""
    if mistake.expected:
        words += f"{', ' if words else ''}expected {mistake.expected}"
    if mistake.note:
        words += f"{'; ' if words else ''}{mistake.note}"
    if mistake.suggestion is not None:
        words += f"; did you mean {mistake.suggestion!r}?"
    return words
