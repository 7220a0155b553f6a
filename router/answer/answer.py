"""A question with what came of it: the one thing that tables, JSON, CSV and pages are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from router.answer.break_even import BreakEvenAnswer
from router.outcome.outcome import Outcome
from router.sweep.answered import Answered
from router.whatif.case import BASE, Case
from router.whatif.question import Draws, Question, Sweep

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Answer:
    """What came of the cases of ``question``, by name, and of its break-evens, by name.

    A case without an entry was not planned (yet): only some were asked for, or the run was interrupted. Cases may
    have failed (`Answered.outcome` None); nothing here takes a case that has no outcome for one that costs nothing.
    """

    question: Question
    answered: Mapping[str, Answered]
    break_evens: Mapping[str, BreakEvenAnswer] = field(default_factory=dict)

    def outcome(self, name: str) -> Outcome | None:
        """Figures of a case, None where it failed or was not planned."""
        found = self.answered.get(name)
        return found.outcome if found is not None else None

    @property
    def base(self) -> Outcome | None:
        """Figures of the base scenario."""
        return self.outcome(BASE)

    @property
    def failures(self) -> tuple[Answered, ...]:
        """Cases that have no plan, in the question's order."""
        found = (self.answered.get(case.name) for case in self.question.cases)
        return tuple(answered for answered in found if answered is not None and answered.outcome is None)

    @property
    def not_planned(self) -> tuple[str, ...]:
        """Names of the cases that nothing is known of, in the question's order."""
        return tuple(case.name for case in self.question.cases if case.name not in self.answered)

    @property
    def whatifs(self) -> tuple[Case, ...]:
        """What-ifs that were planned or tried, the base first."""
        return self._tried(self.question.whatifs)

    @property
    def sweeps(self) -> tuple[Sweep, ...]:
        """Sweeps of which at least one case was planned or tried."""
        return tuple(sweep for sweep in self.question.sweeps if self._tried(sweep.cases))

    @property
    def draws(self) -> tuple[Draws, ...]:
        """Draws of which at least one case was planned or tried."""
        return tuple(draws for draws in self.question.draws if self._tried(draws.cases))

    def reference(self, group: Sweep | Draws) -> tuple[str, Outcome | None]:
        """What the cases of a sweep or of draws are compared with: the what-if they start from, else the base.

        The base takes the place of a what-if that has no plan of its own; it has none either where None is given.
        """
        for name in (group.extends, BASE):
            outcome = self.outcome(name)
            if outcome is not None:
                return name, outcome
        return group.extends, None

    def title(self, name: str) -> str:
        """The title of a what-if, its name where there is no what-if of that name."""
        return next((case.title for case in self.question.whatifs if case.name == name), name)

    def _tried(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        return tuple(case for case in cases if case.name in self.answered)
