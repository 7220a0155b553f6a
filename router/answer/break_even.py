"""At which value two what-ifs cost the same: what a search by bisection found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from router.answer.proof import Proof


class Cheaper(StrEnum):
    """Which of the two what-ifs costs less."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"
    """They cost the same to the solver's tolerance."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Both what-ifs planned at a value of the factor. ``proof`` is of the first against the second. Discounted."""

    value: float
    first_usd: float
    second_usd: float
    proof: Proof

    @property
    def difference_usd(self) -> float:
        """Cost of the first minus cost of the second."""
        return self.first_usd - self.second_usd

    @property
    def cheaper(self) -> Cheaper:
        """Which plan found costs less."""
        if abs(self.difference_usd) <= self.proof.tolerance_usd:
            return Cheaper.NEITHER
        return Cheaper.FIRST if self.difference_usd < 0 else Cheaper.SECOND


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to ``end`` (trials, both in it) the same one is the cheaper at every value that was tried."""

    cheaper: Cheaper
    start: Trial
    end: Trial


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the cheaper of the two changes: between ``before`` and ``after``, trials beside each other.

    Between them lies at most what was asked for (``narrow``), or stands a stretch over which both cost the same.
    ``proved_before`` and ``proved_after``: the values nearest to it at which the bounds prove which one is cheaper;
    None where none that was tried on that side is proved. Between these two the gaps leave open where it lies.
    """

    before: Trial
    after: Trial
    same: Stretch | None
    narrow: bool
    proved_before: float | None
    proved_after: float | None

    @property
    def value(self) -> float:
        """Where it lies: on a straight line between both trials.

        Of a stretch over which both cost the same, the middle, or the end at which one becomes the cheaper.
        """
        if self.same is not None:
            start, end = self.same.start.value, self.same.end.value
            if self.before.cheaper == Cheaper.NEITHER:
                return end
            return start if self.after.cheaper == Cheaper.NEITHER else (start + end) / 2
        low, high = self.before.difference_usd, self.after.difference_usd
        span = self.after.value - self.before.value
        return self.before.value + span * (low / (low - high) if low * high < 0 else 0.5)

    @property
    def is_swap(self) -> bool:
        """Whether one is the cheaper before and the other after; else both cost the same for a while in between."""
        return self.before.cheaper != self.after.cheaper


@dataclass(frozen=True)
class BreakEvenAnswer:
    """What was found, for the break-even ``name``. ``trials`` in order of value: each is a plan that was made.

    ``stretches`` cover all that was tried; ``crossings`` lie between them. More than one: the difference rises and
    falls. ``failure`` says why there is nothing to tell, in one line; the other fields are empty then, but for the
    trials made until then. Values are days as ordinals where ``is_date``.
    """

    name: str
    is_date: bool
    trials: tuple[Trial, ...]
    stretches: tuple[Stretch, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    failure: str = ""

    @property
    def value(self) -> float | None:
        """Where both cost the same; None where that is nowhere, or in more places than one."""
        return self.crossings[0].value if len(self.crossings) == 1 else None

    @property
    def cheaper_throughout(self) -> Cheaper | None:
        """The one that is cheaper (or `neither`) over the whole range; None where that changes or nothing is known."""
        return self.stretches[0].cheaper if len(self.stretches) == 1 else None
