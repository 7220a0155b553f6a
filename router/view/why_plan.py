"""The plan that questions are asked of: its explainer, made once, from a basis that is at hand where there is one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from router.engine.basis import Basis
from router.engine.settings import LinearBackend
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.alignment import align
from router.model.model import Model
from router.why.explainer import Explainer

if TYPE_CHECKING:
    from router.session.events import PlanFound
    from router.session.search import Root


def is_same_plan(one: PlanFound | None, other: PlanFound | None) -> bool:
    """Whether two plans found are the same decisions of the same model, so that all answers hold for both."""
    if one is None or other is None:
        return False
    return one is other or (
        one.model is other.model and bool(np.array_equal(one.solution.values, other.solution.values))
    )


class AskedPlan:
    """Keeps the explainer of the plan asked last, and its linear program for the next. For one thread."""

    def __init__(self) -> None:
        self._found: PlanFound | None = None
        self._explainer: Explainer | None = None
        self._model: Model | None = None
        self._warm: WarmLinearProgram | None = None
        self._basis: Basis | None = None
        self._outdated = threading.Event()
        self._stop = StopSignal().or_when(lambda: self._outdated.is_set())
        self.cold_starts = 0
        """Programs that were begun without a basis."""

    def explainer(self, found: PlanFound, root: Root | None, outdated: threading.Event) -> Explainer:
        """The explainer of a plan. ``root``: a basis near it; ``outdated`` ends its solves, with NoPricesError.

        Raises NoPricesError where the plan's program cannot be solved again.
        """
        self._outdated = outdated
        if self._explainer is not None and is_same_plan(self._found, found):
            return self._explainer
        if self._explainer is not None:
            self._explainer.release()
            self._explainer = None
        warm = self._warm_for(found.model, root)
        self._explainer = Explainer(found.model, found.solution.values, warm, self._stop)
        self._found, self._basis = found, warm.basis()
        return self._explainer

    def interrupted(self) -> None:
        """The last question was ended before its time: the next begins at the plan again."""
        if self._warm is not None and self._basis is not None and self._explainer is not None:
            self._warm.start_from(self._basis)

    def _warm_for(self, model: Model, root: Root | None) -> WarmLinearProgram:
        if self._warm is not None and self._model is model:
            return self._warm
        before = self._start(model, root)
        if before is None:
            self.cold_starts += 1
            warm = WarmLinearProgram(model.program, LinearBackend.GLOP, scaled=False)
        else:
            # Made anew, so that it holds the model's columns and rows and no others.
            known, basis = before
            warm = WarmLinearProgram(known.program, LinearBackend.GLOP, scaled=False)
            warm.start_from(basis)
            if known is not model:
                alignment = align(known, model)
                warm.become(model.program, alignment.columns, alignment.rows)
        self._model, self._warm, self._basis = model, warm, None
        return warm

    def _start(self, model: Model, root: Root | None) -> tuple[Model, Basis] | None:
        """A model with a basis to start from: of the same model, else of the plan asked before, else any."""
        if root is not None and root.model is model:
            return root.model, root.basis
        basis = None if self._warm is None else self._warm.basis()
        if basis is not None and self._model is not None:
            return self._model, basis
        return None if root is None else (root.model, root.basis)
