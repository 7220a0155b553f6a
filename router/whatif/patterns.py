"""Paths to many places at once: `pools[accelerator=GB300].capacity`, `workloads.*.streams[geography=eu].demand`.

A key may be a glob (`*` for any letters, `?` for one), and the entries of a mapping or list may be filtered. A path
without either means what it means everywhere (`router.change.path_text`), and a name that has such letters itself is
that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from router.change.change import Operation
from router.change.error import ChangeError, refusal
from router.change.offer_names import offer_parts
from router.change.path_syntax import WrittenStep, written_steps
from router.change.path_text import Target, target_along
from router.change.tree import key_in, value_at
from router.reading.expectation import counted, listed
from router.reading.found import quoted
from router.reading.key_path import KeyPath
from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Mistake
from router.scenario.base import Part
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.whatif.filters import candidates_of, filtered, fits, has_glob

_NEEDS_A_VALUE = (Operation.SCALE, Operation.INCREASE, Operation.SHIFT, Operation.REMOVE)
"""What is done to a value that is there: a pattern passes by what an entry leaves out."""


def read_targets(
    text: str, scenario: Scenario, at: Position, operation: Operation = Operation.SET
) -> tuple[Target, ...]:
    """All that a path text addresses in a scenario, in file order, at least one; for REMOVE the last first.

    ``at``: where the text stands. Raises ChangeError for what is no path, leads nowhere, or matches nothing.
    """
    try:
        steps = written_steps(text)
    except Mistake as mistake:
        raise refusal(at, (), mistake.found or quoted(text), mistake.expected) from None
    targets = _Expansion(scenario, at, operation).along(steps)
    if operation in _NEEDS_A_VALUE and any(map(_is_pattern, steps)):
        given = [target for target in targets if _is_given(scenario, target.path, at)]
        if not given:
            others = f", as in {counted(len(targets) - 1, 'other place')} that match" if len(targets) > 1 else ""
            raise refusal(at, targets[0].path, f"nothing{others}", f"something to {operation.value}")
        targets = given
    # What is removed first must not move what is removed next.
    return tuple(reversed(targets) if operation is Operation.REMOVE else targets)


def _is_pattern(step: WrittenStep) -> bool:
    return step.form != "quoted" and (has_glob(step.text) or (step.form == "bare" and "=" in step.text))


def _is_given(scenario: Scenario, path: KeyPath, at: Position) -> bool:
    holder = value_at(scenario, path[:-1], at)
    if isinstance(holder, Part):
        name = str(path[-1])
        return name in holder.model_fields_set and getattr(holder, name) is not None
    return True


class _Expansion:
    """Replaces the patterns of a path, one after another, by each of the keys and indices that they match."""

    def __init__(self, scenario: Scenario, at: Position, operation: Operation) -> None:
        self._scenario = scenario
        self._at = at
        self._operation = operation

    def along(self, steps: Sequence[WrittenStep]) -> list[Target]:
        place = next((index for index, step in enumerate(steps) if _is_pattern(step)), None)
        if place is None:
            return [target_along(steps, self._scenario, self._at, self._operation)]
        before, rest = steps[:place], steps[place + 1 :]
        path = target_along(before, self._scenario, self._at).path if before else ()
        targets: list[Target] = []
        errors: list[ChangeError] = []
        for step in self._matching(steps[place], path):
            try:
                targets += self.along([*before, step, *rest])
            except ChangeError as error:
                # Not every entry leads on: training has no streams, not every workload has a stream `eu`.
                errors.append(error)
        if not targets:
            raise min(errors, key=_helpfulness)
        return targets

    def _matching(self, step: WrittenStep, path: KeyPath) -> list[WrittenStep]:
        """The keys or indices that one pattern matches, at least one."""
        holder = value_at(self._scenario, path, self._at)
        if isinstance(holder, Mapping):
            key = key_in(holder, step.text)
            if key is not None:
                return [WrittenStep(str(key), "quoted")]
        elif not isinstance(holder, list):
            found = f"the pattern {quoted(step.text)}"
            raise refusal(self._at, path, found, "a pattern only for the names of a mapping or the entries of a list")
        entries = candidates_of(holder)
        if not entries:
            raise refusal(
                self._at, path, f"the pattern {quoted(step.text)}", "something to choose from: nothing is there"
            )
        if step.form == "bare" and "=" in step.text:
            try:
                indices = filtered(step.text, entries, self._scenario)
            except Mistake as mistake:
                raise refusal(
                    self._at,
                    path,
                    mistake.found or quoted(step.text),
                    mistake.expected,
                    suggestion=mistake.suggestion,
                ) from None
        else:
            indices = self._like(step.text, [entry.name for entry in entries], holder, path)
        if isinstance(holder, list):
            return [WrittenStep(str(index), "bare") for index in indices]
        return [WrittenStep(str(entries[index].name), "quoted") for index in indices]

    def _like(self, pattern: str, names: Sequence[str | None], holder: Any, path: KeyPath) -> list[int]:
        """Indices of the entries whose name a glob matches; of offers, parts of the name in their order."""
        if isinstance(holder, list) and all(isinstance(entry, Offer) for entry in holder):
            wanted = [part.strip() for part in pattern.split("/")]
            indices = [index for index, offer in enumerate(holder) if fit_in_order(wanted, offer_parts(offer))]
        elif isinstance(holder, list):
            indices = list(range(len(holder))) if pattern == "*" else []
        else:
            indices = [index for index, name in enumerate(names) if name is not None and fits(name, (pattern,))]
        if not indices:
            known = [name for name in names if name is not None]
            expected = f"a pattern that matches one of {listed(known)}" if known else "`*` for all entries, or a filter"
            raise refusal(
                self._at,
                path,
                f"nothing that {quoted(pattern)} matches",
                expected,
                suggestion=_nearest_pattern(pattern, known),
            )
        return indices


def fit_in_order(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether the wanted patterns match parts of a name, in the same order."""
    rest = iter(parts)
    return all(any(fnmatchcase(part, pattern) for part in rest) for pattern in wanted)


def _nearest_pattern(pattern: str, names: Sequence[str]) -> str | None:
    """The name that is nearest to what the pattern says: of `azrue-*`, one that begins with `azure-`."""
    wanted = pattern.replace("*", "").replace("?", "")
    near = nearest(wanted, names)
    if near is not None or not wanted:
        return near
    beginnings = dict.fromkeys(name[: len(wanted)] for name in names)
    if pattern.endswith("*") and not has_glob(pattern[:-1]):
        beginning = nearest(wanted, beginnings)
        return f"{beginning}*" if beginning is not None else None
    return None


def _helpfulness(error: ChangeError) -> tuple[bool, int, int]:
    """Of several reasons why nothing matches, one that knows what was meant, else that got far and knows most names."""
    problem = error.problems[0]
    steps = problem.path.count(".") + problem.path.count("[")
    return (problem.suggestion is None, -steps, -len(problem.expected or ""))
