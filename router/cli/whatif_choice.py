"""`--only`: which parts of a question are planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from router.reading.expectation import one_of
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.whatif.case import BASE, Case
from router.whatif.question import BreakEven, Draws, Question, Sweep


@dataclass(frozen=True)
class Choice:
    """What is planned: what-ifs, cases of sweeps, draws, break-evens."""

    whatifs: tuple[Case, ...]
    swept: tuple[Case, ...]
    drawn: tuple[Case, ...]
    break_evens: tuple[BreakEven, ...]

    @classmethod
    def of(cls, question: Question, only: Sequence[str]) -> Choice:
        """Everything, or what is named with what it is compared with. Raises ScenarioError for an unknown name."""
        sweeps, draws = question.sweeps, question.draws
        if not only:
            return cls(question.whatifs, _cases(sweeps), _cases(draws), question.break_evens)
        groups: list[Sweep | Draws] = [*sweeps, *draws]
        known = [case.name for case in question.whatifs] + [group.name for group in groups]
        known += [each.name for each in question.break_evens]
        unknown = [name for name in only if name not in known]
        if unknown:
            raise ScenarioError([_problem(question, name, known) for name in unknown])
        needed = {BASE, *only, *(group.extends for group in groups if group.name in only)}
        return cls(
            tuple(case for case in question.whatifs if case.name in needed),
            _cases([sweep for sweep in sweeps if sweep.name in only]),
            _cases([each for each in draws if each.name in only]),
            tuple(each for each in question.break_evens if each.name in only),
        )


def _cases(groups: Sequence[Sweep] | Sequence[Draws]) -> tuple[Case, ...]:
    return tuple(case for group in groups for case in group.cases)


def _problem(question: Question, name: str, known: list[str]) -> Problem:
    found = f"--only {quoted(name)}, which it does not ask"
    return Problem(Position(question.file, 0, 0), "", found, one_of(known), nearest(name, known))
