"""The plan of the base with its runs held, turned into that of one case after another by a warm linear program."""

from __future__ import annotations

from router.engine.held_program import HeldProgram
from router.engine.settings import EngineSettings
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer
from router.kept.kept_start import KeptStart
from router.model.alignment import Alignment, align
from router.model.linear_program import ColumnKind
from router.model.model import Model
from router.scenario.scenario import Scenario
from router.session.first_answer import changed_jobs, job_of_column


class HeldBase:
    """Every case starts from what the base's plan decided, whatever was planned before it; for one thread.

    Where nothing but runs and switches is whole, the linear program goes on from the basis of the case before: that
    decides how long a solve takes, not its optimum. Whole instances are rounded from the optimum found, and there may
    be several: with them every case starts from the base's basis in a solver of its own.
    """

    def __init__(self, scenario: Scenario, model: Model, start: KeptStart, settings: EngineSettings) -> None:
        self._scenario = scenario
        self._model = self._standing = model
        self._start = start
        self._settings = settings
        self._has_whole = bool((model.program.kind == ColumnKind.WHOLE).any())
        self._held = self._at_base()
        self._decided = self._held.decided

    @property
    def cold_starts(self) -> int:
        """Linear programs of the solver at hand that were solved from nothing."""
        return self._held.warm.cold_starts

    def plan(self, scenario: Scenario, model: Model, of_base: Alignment, stop: StopSignal) -> LinearAnswer | None:
        """The cheapest plan found of a case; None where there is none with the runs held (yet).

        ``of_base``: where its columns and rows stand in the base's model.
        """
        if self._has_whole:
            self._held, self._standing = self._at_base(), self._model
        here = of_base if self._standing is self._model else align(self._standing, model)
        self._held.become(
            model.program,
            job_of_column(model),
            here.columns,
            here.rows,
            changed_jobs(self._scenario, scenario, model),
            self._decided.carried(model.program, of_base.columns),
        )
        self._standing = model
        if model is self._model:
            # The base's own plan, to the cent, as a session tells it first.
            answer = self._held.stand(stop)
            if answer is not None:
                return answer
        return self._held.plan(stop)

    def _at_base(self) -> HeldProgram:
        start, model = self._start, self._model
        held = HeldProgram(model.program, job_of_column(model), start.values, self._settings)
        held.start_from(start.held, start.empty_promise)
        return held
