"""What is said of a plan that contradicts itself and so cannot be compared."""

from __future__ import annotations


class DifferenceError(ValueError):
    """A plan that cannot be compared: one line with the key, what was found and what was expected."""
