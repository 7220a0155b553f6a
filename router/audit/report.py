"""What the audit says: findings, and how many checks were made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from router.audit.tolerance import QUANTITY


@dataclass(frozen=True)
class Finding:
    """One thing that is not as docs/model.md defines it. `rule` is the name of the limit or definition."""

    rule: str
    where: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: found {self.found}, expected {self.expected}"


@dataclass(frozen=True)
class AuditReport:
    """The second opinion on a plan. `unserved` and `breaches` count what is declared: that is no finding."""

    passed: bool
    checks: int
    findings: tuple[Finding, ...]
    unserved: int = 0
    breaches: int = 0


def number(value: float) -> str:
    """A number as a finding shows it: all that matters of it, and no more.

    >>> number(0.30000000000000004), number(1250000.0)
    ('0.3', '1250000')
    """
    return f"{value:.12g}"


class AuditStoppedError(Exception):
    """Nobody waits for this audit any more."""


@dataclass
class Ledger:
    """Counts checks and collects findings while the audit runs. ``is_wanted`` is asked before each check."""

    checks: int = 0
    findings: list[Finding] = field(default_factory=list)
    is_wanted: Callable[[], bool] = lambda: True

    def _go_on(self) -> None:
        if not self.is_wanted():
            raise AuditStoppedError

    def find(self, rule: str, where: str, found: object, expected: object) -> None:
        """Add a finding (floats are shown short). The check itself is counted by who made it."""
        shown = [number(value) if isinstance(value, float) else str(value) for value in (found, expected)]
        line = [" ".join(text.split()) for text in (where, *shown)]
        self.findings.append(Finding(rule, *line))

    def require(self, holds: bool, rule: str, where: str, found: object, expected: object) -> bool:
        """One check; its answer is returned."""
        self._go_on()
        self.checks += 1
        if not holds:
            self.find(rule, where, found, expected)
        return holds

    def at_most(
        self,
        rule: str,
        left: NDArray[np.float64],
        right: NDArray[np.float64],
        where: Callable[..., str],
        scale: NDArray[np.float64] | float = 0.0,
        words: str = "at most",
    ) -> None:
        """Check `left <= right` elementwise; `where` is given the indices of an element that does not hold.

        A row may be off by QUANTITY times its scale: the larger of 1, both sides and `scale`.
        """
        self._go_on()
        left, right = np.broadcast_arrays(left, right)
        self.checks += left.size
        finite = np.where(np.isfinite(right), np.abs(right), 0.0)
        allowed = QUANTITY * np.maximum(np.maximum(1.0, scale), np.maximum(np.abs(left), finite))
        for indices in zip(*np.nonzero(~(left <= right + allowed) | ~np.isfinite(left)), strict=True):
            place = where(*(int(index) for index in indices))
            self.find(rule, place, float(left[indices]), f"{words} {number(float(right[indices]))}")

    def at_least(
        self,
        rule: str,
        left: NDArray[np.float64],
        right: NDArray[np.float64],
        where: Callable[..., str],
        scale: NDArray[np.float64] | float = 0.0,
    ) -> None:
        """Check `left >= right` elementwise, as `at_most`."""
        self._go_on()
        left, right = np.broadcast_arrays(left, right)
        self.checks += left.size
        allowed = QUANTITY * np.maximum(np.maximum(1.0, scale), np.maximum(np.abs(left), np.abs(right)))
        for indices in zip(*np.nonzero(~(left >= right - allowed) | ~np.isfinite(left)), strict=True):
            place = where(*(int(index) for index in indices))
            self.find(rule, place, float(left[indices]), f"at least {number(float(right[indices]))}")
