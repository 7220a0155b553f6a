"""Turns what pydantic found wrong into problems with positions and a user's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ValidationError

from router.reading.document import Document
from router.reading.expectation import one_of
from router.reading.failure import Failure, failure_from
from router.reading.found import found_text, quoted
from router.reading.key_path import KeyPath, Step, path_text
from router.reading.nearest import nearest
from router.reading.problems import Problem


def problems_from(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """One problem for each mistake that pydantic found in `document.data` validated as `model`.

    What the members of a union say about one value is told as one problem. Sorted by position.
    """
    failures = [failure_from(details, document, model) for details in error.errors(include_url=False)]
    # A mistyped key is one mistake, not also the lack of the right one.
    mistyped = {failure.meant_key() for failure in failures}
    told = [failure for failure in failures if not (failure.is_missing_key and failure.located.path in mistyped)]
    problems = dict.fromkeys(_problems(told, 0))
    return sorted(problems, key=lambda problem: problem.position)


def problem_at(
    document: Document,
    path: Sequence[Step],
    expected: str | None = None,
    *,
    found: str | None = None,
    candidates: Iterable[str] | None = None,
    at: Literal["key", "value"] = "value",
    note: str | None = None,
) -> Problem:
    """A problem with the value (or key) at `path`, for checks that are made after the schema's.

    `candidates` are the valid names: the nearest is suggested and, where `expected` is None, they are listed.
    `found` replaces the description of the value.
    """
    try:
        value: object = document.value_of(path)
    except KeyError:
        value = None
    if at == "key" and path:
        value = str(path[-1])
    suggestion = None
    if candidates is not None:
        names = list(candidates)
        suggestion = nearest(str(value), names)
        if expected is None:
            expected = one_of(names) if names else "no name, as none is defined"
    if found is None:
        found = quoted(value) if candidates is not None and isinstance(value, str) else found_text(value)
    return Problem(document.position_of(path, at=at), path_text(path), found, expected, suggestion, note)


def _problems(failures: Sequence[Failure], depth: int) -> list[Problem]:
    """The problems of failures that share the first `depth` unions on the way to them."""
    problems = [failure.problem() for failure in failures if len(failure.located.unions) <= depth]
    unions: dict[KeyPath, dict[str, list[Failure]]] = {}
    for failure in failures:
        if len(failure.located.unions) > depth:
            length, label = failure.located.unions[depth]
            by_member = unions.setdefault(failure.located.path[:length], {})
            by_member.setdefault(label, []).append(failure)
    for path, by_member in unions.items():
        meant = [member for member in by_member.values() if _fits_outside(member, len(path))]
        if meant:
            # The value has the form of these members; the one with the fewest mistakes was meant.
            problems.extend(_problems(min(meant, key=len), depth + 1))
        else:
            every = [failure for member in by_member.values() for failure in member]
            problems.append(_joined(_problems(every, depth + 1)))
    return problems


def _fits_outside(failures: Iterable[Failure], length: int) -> bool:
    """Whether what is wrong lies inside the value at the union, which itself has the right form."""
    return any(len(failure.located.path) > length or failure.is_check_of_model for failure in failures)


def _joined(problems: Sequence[Problem]) -> Problem:
    expected = " or ".join(dict.fromkeys(problem.expected for problem in problems if problem.expected))
    suggestion = next((problem.suggestion for problem in problems if problem.suggestion), None)
    return replace(problems[0], expected=expected or None, suggestion=suggestion)
