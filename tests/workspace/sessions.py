"""Editing sessions for the tests of journals and recovery: each step of a history is journalled, as the app does."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from router.change.change import Change
from router.change.error import ChangeError
from router.change.history import History
from router.reading.source_file import sha256
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.workspace.journal import Journal
from router.workspace.processes import this_process
from router.workspace.step_words import step_words
from router.workspace.steps import Apply, Header, Redo, Saved, Step, TakeBack, Undo
from tests.change.random_changes import CONFIGS, form, random_change

ROOT = CONFIGS.parent
TINY = load_scenario(CONFIGS / "tiny.yaml")


def header(path: Path | str | None = None, *, pid: int | None = None, started: str | None = "gone") -> Header:
    """Of a session that has ended: its process is none that runs. ``pid`` None: this process's number."""
    process = replace(this_process(), started=started)
    content = Path(path).read_bytes() if path is not None else None
    return Header(
        router_version="0.1.0",
        path=None if path is None else str(path),
        file_sha256=None if content is None else sha256(content),
        process=process if pid is None else replace(process, pid=pid),
        started=datetime.now(UTC),
    )


class Edited:
    """A history and its journal; ``steps`` has all that were journalled."""

    def __init__(self, folder: Path, scenario: Scenario, path: Path | None = None) -> None:
        self.history = History(scenario)
        self.journal = Journal.open(folder, header(path), scenario)
        self.path = path
        self.steps: list[Step] = []

    def apply(self, *changes: Change, whatif: str = "") -> None:
        """Raises ChangeError, and then journals nothing."""
        before = self.history.scenario
        self.history.apply(changes, whatif=whatif)
        self.record(Apply(changes, step_words(changes, before, whatif), whatif))

    def undo(self) -> None:
        self.history.undo()
        self.record(Undo())

    def redo(self) -> None:
        self.history.redo()
        self.record(Redo())

    def take_back(self, index: int) -> None:
        self.history.take_back(index)
        self.record(TakeBack(index))

    def saved(self, file_sha256: str = "0" * 64) -> None:
        self.history.saved()
        self.record(Saved(str(self.path or "/nowhere.yaml"), file_sha256))

    def record(self, step: Step) -> None:
        self.journal.append(step)
        self.steps.append(step)

    def at_random(self, rng: random.Random, *, with_saves: bool = True) -> None:
        """One step of any kind, if it can be made."""
        kind = rng.choice(["apply"] * 8 + ["undo"] * 4 + ["redo"] * 3 + ["take back"] * 3 + ["save"] * with_saves)
        entries = len(self.history.entries)
        try:
            if kind == "apply":
                changes = [random_change(self.history.scenario, rng) for _ in range(rng.choice([1, 1, 2]))]
                self.apply(*changes, whatif=rng.choice(["", "", "", "late", "grows"]))
            elif kind == "undo" and self.history.can_undo:
                self.undo()
            elif kind == "redo" and self.history.can_redo:
                self.redo()
            elif kind == "take back" and entries:
                self.take_back(rng.randrange(entries))
            elif kind == "save":
                self.saved()
        except ChangeError:
            return


def walk(history: History) -> list[str]:
    """The scenarios that undoing and doing again lead through, each with how many changes are not saved then."""
    states = [_state(history)]
    while history.can_redo:
        history.redo()
        states.append(_state(history))
    while history.can_undo:
        history.undo()
        states.append(_state(history))
    return states


def _state(history: History) -> str:
    whatifs = [entry.whatif for entry in history.entries]
    return f"{len(history.entries)} {whatifs} {form(history.scenario)}"


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python that runs some code and knows the router and its tests."""
    command: Sequence[str] = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
