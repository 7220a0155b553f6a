"""A lost session's changes made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from router.change.change import Change
from router.change.error import ChangeError, numbered
from router.change.history import History
from router.change.scenario_after import scenario_after
from router.change.tree import plain, value_at
from router.reading.key_path import KeyPath
from router.reading.problems import ScenarioError
from router.scenario.scenario import Scenario
from router.workspace.journal import JournalError, Recorded
from router.workspace.offers_found import in_terms_of
from router.workspace.outline import OutlineEntry
from router.workspace.step_words import step_words
from router.workspace.steps import Apply, Redo, Saved, Step, TakeBack, Undo


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """A session as it was, or as much of it as the file on disk takes.

    ``steps`` lead from a history of ``base`` to ``history``. ``is_exact``: it is what the session had, with all that
    can be undone and done again. Else: ``refused`` has a line for each change that does not apply to the file as it is
    now; ``overwritten`` one for each that does, where the file has got another value there since.
    """

    history: History
    base: Scenario
    steps: tuple[Step, ...]
    is_exact: bool
    refused: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """A session as it was, and what its file held then."""

    history: History
    base: Scenario
    saved: Scenario


def replay(recorded: Recorded, scenario: Scenario | None) -> Replayed:
    """The session of a journal made again; ``scenario``: what its file holds now, None where there is no file.

    Where the file holds what it held, or is gone, the session is as it was. Where it was changed, the changes that
    were not saved are made to what it holds now, as far as they apply. Raises JournalError where there is no scenario
    to make them to.
    """
    rebuilt = _rebuilt(recorded)
    if rebuilt is None:
        if scenario is None:
            raise JournalError("the scenario that this session started from cannot be read, and its file is gone")
        return _moved(recorded.outline.entries, None, scenario)
    if scenario is None or scenario == rebuilt.saved:
        steps = tuple(stamped.step for stamped in recorded.steps)
        return Replayed(rebuilt.history, rebuilt.base, steps, is_exact=True)
    entries = [
        OutlineEntry(told.words, entry.changes, entry.whatif)
        for told, entry in zip(recorded.outline.entries, rebuilt.history.entries, strict=True)
    ]
    return _moved(entries, rebuilt.saved, scenario)


def perform(history: History, step: Step) -> None:
    """Makes one step. Raises ChangeError or IndexError where it cannot be made."""
    match step:
        case Apply(changes, _, whatif):
            history.apply(changes, whatif=whatif)
        case Undo():
            history.undo()
        case Redo():
            history.redo()
        case TakeBack(index):
            history.take_back(index)
        case Saved():
            history.saved()


def _rebuilt(recorded: Recorded) -> _Rebuilt | None:
    """None where this version of the router no longer takes the scenario or a step."""
    if recorded.base is None:
        return None
    try:
        base = saved = Scenario.model_validate(recorded.base.scenario)
        history = History(base)
        for stamped in recorded.steps:
            perform(history, stamped.step)
            if isinstance(stamped.step, Saved):
                saved = history.scenario
    except (ValidationError, ChangeError):
        return None
    return _Rebuilt(history, base, saved)


def _moved(entries: Sequence[OutlineEntry], origin: Scenario | None, target: Scenario) -> Replayed:
    """Changes made to ``origin``, made to another scenario instead."""
    history = History(target)
    steps: list[Step] = []
    refused: list[str] = []
    overwritten: list[str] = []
    current = origin
    for entry in entries:
        if entry.changes is None:
            refused.append(f"{entry.words}: what was there before that is not known")
            continue
        try:
            changes = in_terms_of(entry.changes, current, history.scenario)
            before = history.scenario
            history.apply(changes, whatif=entry.whatif)
        except ScenarioError as error:
            refused.append(f"{entry.words}: {_reason(error)}")
        else:
            steps.append(Apply(changes, step_words(changes, before, entry.whatif), entry.whatif))
            if origin is not None and _differs(entry.changes, origin, changes, target):
                overwritten.append(f"{entry.words}: the file has got another value there since")
        for change in entry.changes:
            current = scenario_after(current, change)
    return Replayed(history, target, tuple(steps), False, tuple(refused), tuple(overwritten))


def _differs(was: Sequence[Change], origin: Scenario, now: Sequence[Change], target: Scenario) -> bool:
    """Whether a value to be changed is another in the target than where the changes come from."""
    return any(_held(origin, one.path) != _held(target, other.path) for one, other in zip(was, now, strict=True))


def _held(scenario: Scenario, path: KeyPath) -> object:
    try:
        return plain(value_at(scenario, path, numbered(0)))
    except ChangeError:
        return None


def _reason(error: ScenarioError) -> str:
    """What is wrong, without a place in a text that the user never saw."""
    return "; ".join(str(replace(problem, position=numbered(0))).partition(": ")[2] for problem in error.problems)
