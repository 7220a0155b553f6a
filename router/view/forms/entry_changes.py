"""The changes that put an entry, as a form has it, into the scenario."""

from __future__ import annotations

from collections.abc import Iterator

from router.change.change import Change, Operation
from router.change.tree import plain
from router.scenario.base import Part
from router.view.forms.form import Form
from router.view.forms.part_changes import part_changes
from router.view.forms.references import references


def changes_of(form: Form, name: str, part: Part) -> Iterator[Change]:
    """The changes that put an entry into the scenario: added, or of what differs; renamed, with all who name it."""
    subject = form.subject
    if subject.key is None:
        if subject.collection == "offers":
            at = len(form.scenario.offers) if subject.before is None else subject.before
            yield Change(("offers", at), Operation.ADD, plain(part))
        else:
            before = None if subject.before is None else str(subject.before)
            yield Change((subject.collection, name), Operation.ADD, plain(part), before=before)
        return
    old = getattr(form.scenario, subject.collection)[subject.key]
    if not form.has_name or name == subject.key:
        yield from part_changes(old, part, subject.path)
        return
    # In the old one's place; and before that goes, so that what must not be empty never is.
    yield Change((subject.collection, name), Operation.ADD, plain(part), before=str(subject.key))
    yield Change(subject.path, Operation.REMOVE)
    for path in references(form.scenario, subject.collection, str(subject.key)):
        if path[:2] == subject.path:
            path = (subject.collection, name, *path[2:])
        yield Change(path, Operation.SET, name)
