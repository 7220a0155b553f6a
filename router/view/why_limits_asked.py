"""The limits that a question about a pool, a provider, a price or a limit is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from router.change.offer_names import offer_name
from router.reading.problems import Mistake
from router.report import numbers
from router.scenario.scenario import Scenario
from router.view.why_question import Question, Subject
from router.why.explainer import Explainer
from router.why.find import LimitQuestion, index_of
from router.why.limit import Limit


class LimitsAsked:
    """Finds the limits of a plan that questions ask about."""

    def __init__(self, explainer: Explainer, scenario: Scenario) -> None:
        self._explainer = explainer
        self._scenario = scenario
        self._problem = explainer.book.problem

    def asked(self, question: Question) -> tuple[tuple[str, ...], list[Limit]]:
        """What is to be said before anything is computed, and the limits that are asked about."""
        problem, limits = self._problem, self._explainer.limits
        period = question.period or 0
        name = question.names[0]
        match question.subject:
            case Subject.LIMIT:
                return (), [LimitQuestion(problem, name).limit(self._explainer.book, limits)]
            case Subject.POOL:
                pool = index_of(problem.pools.names, name, "a pool of the plan")
                return self._of_pools([pool], period)
            case Subject.PROVIDER:
                provider = index_of(problem.pools.providers, name, "a provider with pools in the plan")
                return self._of_pools(np.flatnonzero(problem.pools.provider == provider).tolist(), period)
            case _:
                return self._of_offer(int(name), period)

    def _of_pools(self, pools: Sequence[int], period: int) -> tuple[tuple[str, ...], list[Limit]]:
        limits, capacity = self._explainer.limits, self._problem.pools.capacity
        there = [pool for pool in pools if capacity[pool, period] > 0]
        asked = [limits.capacity(pool, period) for pool in there]
        spot = [limits.spot_capacity(pool, period) for pool in there if len(pools) == 1]
        asked += [limit for limit in spot if len(limit.shift.rows) + len(limit.shift.columns)]
        when = self._explainer.book.period(period)
        none = [self._problem.pools.names[pool] for pool in pools if pool not in there]
        return ((f"No instances in {when}: {', '.join(none)}.",) if none else ()), asked

    def _of_offer(self, offer: int, period: int) -> tuple[tuple[str, ...], list[Limit]]:
        book, problem, limits = self._explainer.book, self._problem, self._explainer.limits
        if offer >= len(self._scenario.offers):
            raise Mistake(f"an offer from 0 to {len(self._scenario.offers) - 1}", found=str(offer))
        lines, cohorts = book.lines_of_offer(offer), np.flatnonzero(problem.cohorts.offer == offer)
        pools = sorted({*problem.lines.pool[lines].tolist(), *problem.cohorts.pool[cohorts].tolist()})
        name = offer_name(self._scenario.offers[offer])
        when = book.period(period)
        if not pools:
            return (f"{name} is for no pool of the plan: nothing is rented at that price.",), []
        rented = float(book.rented[lines, period].sum(axis=0).max(initial=0.0))
        covers = cohorts[problem.cohorts.covers[cohorts, period]]
        ids = book.model.columns.ids("reserve")[covers]
        rented += sum(book.value(int(column)) for column in ids)
        start = f"{name}: {numbers.count(rented)} instances in {when}."
        capped = limits.offer(offer, period, reserved=not len(lines)) if self._is_capped(offer, period) else None
        words, asked = self._of_pools(pools, period)
        return (start, *words), [*([] if capped is None else [capped]), *asked]

    def _is_capped(self, offer: int, period: int) -> bool:
        lines, cohorts = self._problem.lines, self._problem.cohorts
        rented, reserved = lines.max_instances[lines.offer == offer], cohorts.max_instances[cohorts.offer == offer]
        return bool(np.isfinite(rented[:, period]).any() or np.isfinite(reserved[:, period]).any())
