"""What a what-if file asks: a base scenario, and everything that is to be compared with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from router.scenario.scenario import Scenario
from router.whatif.case import Case, FactorValue
from router.whatif.value_words import value_words, value_words_within


class SweepMode(StrEnum):
    """How the values of several factors come together."""

    GRID = "grid"
    """Every value of each with every value of the others."""
    PAIRED = "paired"
    """The first of each, the second of each, and so on."""
    ONE_AT_A_TIME = "one_at_a_time"
    """Each factor through its values while the others stay at their `base`: what a tornado chart shows."""


@dataclass(frozen=True)
class Factor:
    """What a sweep or draws vary. ``base``: its value where the others vary; None where none was given.

    ``percent``: the file gives its values in percent, so readers get them in percent; the values are shares of one.
    """

    name: str
    title: str
    base: FactorValue | None = None
    percent: bool = False


@dataclass(frozen=True)
class Sweep:
    """Cases over values of factors. ``extends``: the what-if that all of them start from; `base` for none."""

    name: str
    title: str
    mode: SweepMode
    factors: tuple[Factor, ...]
    cases: tuple[Case, ...]
    extends: str


@dataclass(frozen=True)
class Draws:
    """Monte Carlo: cases drawn from distributions with a seed."""

    name: str
    title: str
    seed: int
    factors: tuple[Factor, ...]
    cases: tuple[Case, ...]
    extends: str


@dataclass(frozen=True)
class BreakEven:
    """At which value of a factor does ``first`` cost what ``second`` does?

    ``low``, ``high``: where to look: numbers, or days as proleptic ordinals where ``is_date``. ``within``: how exactly.
    ``case_at(value)`` is the first what-if with the factor at that value. Raises ScenarioError where the value is none.
    ``percent``: as of a Factor.
    """

    name: str
    title: str
    factor: str
    first: str
    second: str
    low: float
    high: float
    within: float
    is_date: bool
    case_at: Callable[[float], Case]
    percent: bool = False

    def value_words(self, value: float) -> str:
        """A value of the factor for readers, a day from its ordinal; to no more digits than it is looked for."""
        if self.is_date:
            return value_words(date.fromordinal(round(value)))
        return value_words_within(value, self.within, self.percent)


@dataclass(frozen=True)
class Question:
    """A what-if file, read and checked. ``file`` is its name in messages; ``stem`` names it in reports and folders.

    ``whatifs`` begins with the base itself. ``sha256`` is of everything that decides what is planned: the base
    scenario and all cases.
    """

    file: str
    stem: str
    title: str
    question: str | None
    answer: str | None
    scenario_name: str
    scenario: Scenario
    whatifs: tuple[Case, ...]
    sweeps: tuple[Sweep, ...]
    draws: tuple[Draws, ...]
    break_evens: tuple[BreakEven, ...]
    sha256: str

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases: what-ifs, then those of sweeps, then draws."""
        swept = [case for sweep in self.sweeps for case in sweep.cases]
        drawn = [case for draws in self.draws for case in draws.cases]
        return (*self.whatifs, *swept, *drawn)
