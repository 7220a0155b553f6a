"""A form checked as the file would be: what is wrong, at which field, and what confirming it would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from router.change.apply import unchecked
from router.change.change import Change
from router.change.error import ChangeError, document_of, numbered
from router.change.tree import plain
from router.reading.found import quoted
from router.reading.key_path import KeyPath, path_text
from router.reading.position import Position
from router.reading.problems import Problem
from router.reading.validation import problem_at, problems_from
from router.report.change_words import changes_words
from router.scenario.base import Name, Part
from router.scenario.checks.every import findings
from router.scenario.checks.finding import Finding
from router.scenario.scenario import Scenario
from router.view.forms.assembled import Assembled, assembled
from router.view.forms.entry_changes import changes_of
from router.view.forms.form import KINDS, NAME, OWN_NAME, FieldId, Form
from router.view.forms.inner_path import inner_path
from router.view.forms.lines_text import line_of
from router.view.forms.mistake_words import mistake_words
from router.view.forms.specs import FieldKind

_PROMISE = "amount_usd"
_NOWHERE = Position("form", 0, 0)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong in a field, in one line. ``suggestion``: what was probably meant.

    ``is_blank``: nothing is wrong yet, but it must be typed and nobody has.
    """

    words: str
    suggestion: str | None = None
    is_blank: bool = False


@dataclass(frozen=True)
class Checked:
    """``at_fields``: what is wrong by field; ``elsewhere``: what is wrong with other parts of the scenario then.

    ``changes``: what confirming makes, as one step; none where anything is wrong or nothing differs.
    """

    at_fields: dict[FieldId, FieldProblem] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it can be confirmed."""
        return not self.at_fields and not self.elsewhere

    def words(self, form: Form) -> str:
        """What is wrong, or what confirming changes, in one line."""
        if self.at_fields and not self.elsewhere and all(problem.is_blank for problem in self.at_fields.values()):
            return f"Still to be typed: {self._labels(form)}."
        if not self.is_valid:
            count = len(self.at_fields) + len(self.elsewhere)
            return f"{count} mistake{'' if count == 1 else 's'}: {'; '.join(self._told(form))}"
        if not self.changes:
            return "Nothing is changed."
        return "; ".join(changes_words(self.changes, form.scenario))

    def _told(self, form: Form) -> Iterator[str]:
        """What is wrong elsewhere, and the fields at which the rest is told."""
        yield from self.elsewhere
        if self.at_fields:
            yield f"at {self._labels(form)}"

    def _labels(self, form: Form) -> str:
        labels = {item.id: item.label for item in form.fields}
        return "; ".join(labels.get(found, str(found[-1])) for found in self.at_fields)


class _Named(Part):
    name: Name


def checked(form: Form) -> Checked:
    """Everything wrong with a form, in one go, in the words of a file's checks."""
    work = _Checking(form)
    part = work.format()
    if part is not None:
        work.whole(part)
    wrong = {item.id: work.wrong[item.id] for item in form.fields if item.id in work.wrong}
    wrong |= {place: problem for place, problem in work.wrong.items() if place not in wrong}
    is_valid = not wrong and not work.elsewhere
    return Checked(wrong, tuple(dict.fromkeys(work.elsewhere)), work.changes if is_valid else ())


class _Checking:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.wrong: dict[FieldId, FieldProblem] = {}
        self.elsewhere: list[str] = []
        self.changes: tuple[Change, ...] = ()
        self.name = ""

    def format(self) -> Part | None:
        """The entry where its format is right, fields with mistakes as they were before; None where that is not it."""
        typed = assembled(self.form)
        for place, mistake in typed.mistakes.items():
            found = "" if mistake.found else f"found {quoted(self.form.texts[place])}, "
            self.wrong[place] = FieldProblem(found + mistake_words(mistake), mistake.suggestion)
        self._name(typed.name)
        part = self._validated(typed)
        if part is not None and not self.wrong:
            return part
        # What else is wrong, such as an unknown name, is told at once too.
        rest = assembled(self.form, frozenset(self.wrong))
        self.name = self.name if OWN_NAME not in self.wrong else str(self.form.held[OWN_NAME].value)
        try:
            return self.form.model.model_validate(rest.data)
        except ValidationError:
            return None

    def _name(self, name: str) -> None:
        self.name = name
        subject = self.form.subject
        if not self.form.has_name or name == subject.key:
            return
        try:
            _Named(name=name)
        except ValidationError as error:
            for problem in problems_from(error, document_of({"name": name}, _NOWHERE), _Named):
                self._tell(OWN_NAME, problem)
            return
        if name in getattr(self.form.scenario, subject.collection):
            kind = KINDS[subject.collection]
            self.wrong[OWN_NAME] = FieldProblem(f"found {quoted(name)}, expected a new name: there is a {kind} of it")

    def _validated(self, typed: Assembled) -> Part | None:
        try:
            return self.form.model.model_validate(typed.data)
        except ValidationError as error:
            for problem in problems_from(error, document_of(typed.data, _NOWHERE), self.form.model):
                self._tell(typed.field_at(problem.path), problem)
        return None

    def whole(self, part: Part) -> None:
        """The scenario with the entry in it, checked."""
        changes = tuple(changes_of(self.form, self.name, part))
        try:
            after = unchecked(self.form.scenario, changes, [numbered(at) for at in range(len(changes))]).scenario
        except ChangeError as error:
            self.elsewhere += [f"{problem.path}: {mistake_words(problem)}" for problem in error.problems]
            return
        self.changes = changes
        if not changes:
            return
        known = frozenset(self.wrong)
        typed = assembled(self.form, known)
        entry = self._entry(after)
        for finding in findings(after):
            if finding.path[: len(entry)] == entry:
                self._found(typed, finding, finding.path[len(entry) :], known)
            else:
                problem = problem_at(
                    document_of(plain(after), _NOWHERE),
                    finding.path,
                    finding.expected,
                    found=finding.found,
                    candidates=finding.candidates,
                    at=finding.at,
                )
                self.elsewhere.append(f"{problem.path}: {mistake_words(problem)}")

    def _entry(self, after: Scenario) -> KeyPath:
        subject = self.form.subject
        if self.form.has_name:
            return (subject.collection, self.name)
        at = subject.key if subject.key is not None else subject.before
        return (subject.collection, len(after.offers) - 1 if at is None else at)

    def _found(self, typed: Assembled, finding: Finding, path: KeyPath, known: frozenset[FieldId]) -> None:
        problem = problem_at(
            document_of(typed.data, _NOWHERE),
            path,
            finding.expected,
            found=finding.found,
            candidates=finding.candidates,
            at=finding.at,
        )
        place = typed.field_at(path_text(path)) if path else None
        if place is None:
            place = self.form.fields[0].id
        if place not in known:
            self._tell(place, problem)

    def _tell(self, place: FieldId | None, problem: Problem) -> None:
        if place is None:
            self.elsewhere.append(f"{problem.path}: {mistake_words(problem)}")
            return
        place = self._promise_left_out(place) or place
        if place in self.wrong:
            return
        if self._is_blank(place):
            self.wrong[place] = FieldProblem("to be typed", is_blank=True)
        else:
            self.wrong[place] = FieldProblem(self._at_line(place, problem) + mistake_words(problem), problem.suggestion)

    def _is_blank(self, place: FieldId) -> bool:
        """Whether a field that must be filled was never filled."""
        if place not in self.form.held or self.form.held[place].text or self.form.texts[place]:
            return False
        if place[-1] == _PROMISE:
            return True
        spec = next((item.spec for item in self.form.fields if item.id == place), None)
        return spec is not None and spec.is_required

    def _promise_left_out(self, place: FieldId) -> FieldId | None:
        """A commitment needs a promise or windows: the first of them, where what is wrong is that it has neither."""
        promise, windows = (*place[:-1], _PROMISE), (*place[:-1], "windows")
        texts = self.form.texts
        return promise if place[-1:] == (NAME,) and texts.get(promise) == texts.get(windows) == "" else None

    def _at_line(self, place: FieldId, problem: Problem) -> str:
        """Line and key, for what is wrong inside lines of YAML."""
        shown = next((item for item in self.form.fields if item.id == place), None)
        if shown is None or shown.spec is None or shown.spec.kind is not FieldKind.LINES:
            return ""
        typed = assembled(self.form)
        own = next((path for path, held in typed.places.items() if held == place), ())
        inner = inner_path(typed.data, own, problem.path)
        if not inner:
            return ""
        line = line_of(self.form.texts[place], inner)
        return f"line {line}, {path_text(inner)}: " if line is not None else ""
