"""What-ifs planned in a process of its own, so that the screen never waits for the interpreter."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.whatif.case import Case
from router.workspace.case_planner import CasePlannerError, PlannerSettings

COMMAND = (sys.executable, "-m", "router.workspace.planner_child")


@dataclass(frozen=True, slots=True)
class Begin:
    """The first thing that the process is told."""

    scenario: Scenario
    settings: PlannerSettings


@dataclass(frozen=True, slots=True)
class Ask:
    """Plan these cases. ``whole``: the plan itself and not only its figures."""

    cases: tuple[Case, ...]
    search_seconds: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The process cannot go on; ``reason`` in one line."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """All that was asked is answered."""


Told = str | Answered | Plan | Failed | Done
"""What the process says; a text tells how far it is."""


class PlannerProcess:
    """A CasePlanner. The process begins with the first question and lasts until `stop`, or as long as this one does."""

    def __init__(self, scenario: Scenario, settings: PlannerSettings, command: Sequence[str] = COMMAND) -> None:
        self._scenario = scenario
        self._settings = settings
        self._command = command
        self._one_question = threading.Lock()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def outcomes(self, cases: Sequence[Case], search_seconds: float) -> Generator[str | Answered, None, None]:
        """What comes of each case."""
        for told in self._ask(Ask(tuple(cases), search_seconds, whole=False)):
            if isinstance(told, (str, Answered)):
                yield told

    def plan(self, case: Case, search_seconds: float) -> Generator[str | Plan, None, None]:
        """The plan of a case."""
        for told in self._ask(Ask((case,), search_seconds, whole=True)):
            if isinstance(told, Answered):
                raise CasePlannerError(told.failure)
            if isinstance(told, (str, Plan)):
                yield told

    def stop(self) -> None:
        """The process ends."""
        with self._starting:
            self._is_stopped = True
            process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _ask(self, question: Ask) -> Iterator[Told]:
        with self._one_question:
            process, is_new = self._begun()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                if is_new:
                    pickle.dump(Begin(self._scenario, self._settings), process.stdin)
                pickle.dump(question, process.stdin)
                process.stdin.flush()
                while not isinstance(told := pickle.load(process.stdout), Done):
                    if isinstance(told, Failed):
                        raise CasePlannerError(told.reason)
                    yield told
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                reason = "cancelled" if self._is_stopped else "the process that plans what-ifs has ended"
                self._forget(process)
                raise CasePlannerError(reason) from None
            except GeneratorExit:
                # Nobody waits for the rest: what is still to come must not be taken for answers to the next question.
                self._forget(process)
                raise

    def _begun(self) -> tuple[subprocess.Popen[bytes], bool]:
        """The process, and whether it knows nothing yet. What it is told waits outside the lock: `stop` must not."""
        with self._starting:
            if self._is_stopped:
                raise CasePlannerError("cancelled")
            is_new = self._process is None
            if self._process is None:
                try:
                    # A session of its own: keys that interrupt the terminal's programs are not for it.
                    self._process = subprocess.Popen(
                        self._command,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        start_new_session=True,
                    )
                except OSError as error:
                    raise CasePlannerError(f"no process can be started: {error.strerror or error}") from None
            return self._process, is_new

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        with self._starting:
            if self._process is process:
                self._process = None
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            # A reader in another thread may hold it; then it is closed with the process's last reference.
            with suppress(OSError, ValueError, RuntimeError):
                stream.close()
