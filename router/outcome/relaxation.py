"""The base's relaxation, warm: what the search for better plans of a case starts from."""

from __future__ import annotations

import threading
from dataclasses import replace

from router.engine.settings import EngineSettings
from router.engine.solution import Solution
from router.engine.solve import improve
from router.engine.warm_linear_program import LinearAnswer, WarmLinearProgram
from router.kept.kept_start import KeptStart
from router.model.alignment import align
from router.model.model import Model
from router.outcome.effort import Effort


class Relaxation:
    """Made at the first search, for most cases need none."""

    def __init__(self, model: Model, start: KeptStart, settings: EngineSettings) -> None:
        self._model = model
        self._basis = start.relaxation
        self._settings = settings
        self._warm: WarmLinearProgram | None = None

    def search(
        self,
        model: Model,
        held: LinearAnswer | None,
        lower_bound: float,
        effort: Effort,
        interrupt: threading.Event | None,
    ) -> Solution:
        """The best plan found of a case from the one with the base's runs held. ``lower_bound`` in money units."""
        settings = replace(self._settings, relative_gap=effort.gap, time_limit_seconds=effort.search_seconds)
        warm = self._become(model)
        stop = threading.Event() if interrupt is None else interrupt
        return improve(warm, model.program, held, lower_bound, settings, lambda _: None, stop, model.blocks)

    def _become(self, model: Model) -> WarmLinearProgram:
        if self._warm is None:
            settings = self._settings
            self._warm = WarmLinearProgram(self._model.program, settings.linear_backend, settings.threads, scaled=False)
            self._warm.start_from(self._basis)
        if model is not self._model:
            alignment = align(self._model, model)
            self._warm.become(model.program, alignment.columns, alignment.rows)
            self._model = model
        return self._warm
