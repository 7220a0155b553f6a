"""What becomes of commitments in draws: drawdown of each window, chance and size of shortfalls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from router.answer.chance import Chance, chance_of
from router.answer.spread import Spread, spread_of
from router.outcome.outcome import Outcome, WindowFigures

_CENT = 0.005
_OF_THE_PROMISE = 1e-9
"""A miss smaller than this share of the promise is the solver's rounding."""


@dataclass(frozen=True, slots=True)
class WindowSpread:
    """A window over the draws that have it. Amounts are not discounted.

    ``when_missed_usd``: mean shortfall of the draws that miss it, None where none does.
    """

    contract: str
    commitment: str
    start: date
    end: date
    promise_usd: Spread
    drawdown_usd: Spread
    chance: Chance
    when_missed_usd: float | None

    @property
    def promise_varies(self) -> bool:
        """Whether the draws promise different amounts."""
        return self.promise_usd.most - self.promise_usd.least > _CENT


@dataclass(frozen=True, slots=True)
class CommitmentSpread:
    """A commitment over all its windows, over the draws that have it.

    ``chance`` that any window is missed; ``when_missed_usd``: mean shortfall, all windows together, of the draws that
    miss any; ``mean_usd`` over all draws; ``worst_usd`` the most of any draw.
    """

    contract: str
    commitment: str
    chance: Chance
    when_missed_usd: float | None
    mean_usd: float
    worst_usd: float
    windows: tuple[WindowSpread, ...]

    @property
    def name(self) -> str:
        """`contract/commitment`."""
        return f"{self.contract}/{self.commitment}"


def commitment_spreads(outcomes: Sequence[Outcome]) -> tuple[CommitmentSpread, ...]:
    """Every commitment that any outcome has, in the order in which they come; windows in order of time."""
    windows: dict[tuple[str, str], dict[tuple[date, date], list[WindowFigures]]] = {}
    missed: dict[tuple[str, str], list[float]] = {}
    for outcome in outcomes:
        sums: dict[tuple[str, str], float] = {}
        for window in outcome.windows:
            name = window.contract, window.commitment
            windows.setdefault(name, {}).setdefault((window.start, window.end), []).append(window)
            sums[name] = sums.get(name, 0.0) + _missed_usd(window)
        for name, usd in sums.items():
            missed.setdefault(name, []).append(usd)
    return tuple(_commitment(name, missed[name], windows[name]) for name in windows)


def _commitment(
    name: tuple[str, str], missed: Sequence[float], windows: dict[tuple[date, date], list[WindowFigures]]
) -> CommitmentSpread:
    hits = [usd for usd in missed if usd > 0]
    return CommitmentSpread(
        contract=name[0],
        commitment=name[1],
        chance=chance_of(len(hits), len(missed)),
        when_missed_usd=sum(hits) / len(hits) if hits else None,
        mean_usd=sum(missed) / len(missed),
        worst_usd=max(missed),
        windows=tuple(_window(windows[dates]) for dates in sorted(windows)),
    )


def _window(drawn: Sequence[WindowFigures]) -> WindowSpread:
    missed = [usd for usd in map(_missed_usd, drawn) if usd > 0]
    promise, drawdown = (
        spread_of([getattr(window, field) for window in drawn]) for field in ("promise_usd", "drawdown_usd")
    )
    assert promise is not None
    assert drawdown is not None
    first = drawn[0]
    return WindowSpread(
        contract=first.contract,
        commitment=first.commitment,
        start=first.start,
        end=first.end,
        promise_usd=promise,
        drawdown_usd=drawdown,
        chance=chance_of(len(missed), len(drawn)),
        when_missed_usd=sum(missed) / len(missed) if missed else None,
    )


def _missed_usd(window: WindowFigures) -> float:
    """The shortfall, 0 where it is only rounding."""
    least = max(_CENT, _OF_THE_PROMISE * abs(window.promise_usd))
    return window.shortfall_usd if window.shortfall_usd > least else 0.0
