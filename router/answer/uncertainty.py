"""What draws say: how cost, cash and drawdown spread, what may be missed, and which factors matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from router.answer.answer import Answer
from router.answer.chance import Chance, chance_of
from router.answer.fan import Fan, fan_of
from router.answer.points import number_of
from router.answer.rank import Explains, rank_correlation
from router.answer.shortfall import CommitmentSpread, commitment_spreads
from router.answer.spread import Spread, spread_of
from router.whatif.case import Case
from router.whatif.question import Draws


@dataclass(frozen=True)
class Uncertainty:
    """Statistics over the ``count`` draws that have a plan (at least one) of ``asked``.

    ``failed``: draws without a plan, in no figure here; the rest of ``asked`` was not planned yet. ``reference``: the
    what-if that the draws start from; ``reference_cost_usd`` and ``difference_usd`` (cost of a draw minus that) are
    None where it has no plan. ``costs_usd``: of each draw, in their order. Costs and their difference are discounted,
    all else is not. ``unserved``: chance that any demand is left out; ``limits_broken``: that any limit is.
    ``bound_usd``: of the lower bounds: as each draw's cheapest plan costs at least its bound and at most its cost, the
    percentiles of the cheapest plans lie between those of ``bound_usd`` and of ``cost_usd``. ``gap``: of the gaps.
    """

    draws: Draws
    asked: int
    count: int
    failed: int
    reference: str
    reference_cost_usd: float | None
    costs_usd: tuple[float, ...]
    cost_usd: Spread
    bound_usd: Spread
    gap: Spread
    difference_usd: Spread | None
    dearer: Chance | None
    cash_usd: Spread
    cash_by_year_usd: tuple[tuple[str, Spread], ...]
    unserved_usd: Spread
    unserved: Chance
    limits_broken: Chance
    commitments: tuple[CommitmentSpread, ...]
    fan: Fan | None
    explains: tuple[Explains, ...]

    @property
    def not_planned(self) -> int:
        """Draws that nothing is known of."""
        return self.asked - self.count - self.failed

    @property
    def worst_commitment(self) -> CommitmentSpread | None:
        """The commitment with the largest mean shortfall; None where none is missed."""
        worst = max(self.commitments, key=lambda each: each.mean_usd, default=None)
        return worst if worst is not None and worst.chance.hits else None


def uncertainty(answer: Answer, draws: Draws) -> Uncertainty | None:
    """Statistics of draws; None where not one has a plan."""
    planned = [(case, outcome) for case in draws.cases if (outcome := answer.outcome(case.name)) is not None]
    if not planned:
        return None
    outcomes = [outcome for _, outcome in planned]
    count = len(outcomes)
    tried = sum(case.name in answer.answered for case in draws.cases)
    reference_name, reference = answer.reference(draws)
    costs = [outcome.cost_usd for outcome in outcomes]
    differences = None if reference is None else [cost - reference.cost_usd for cost in costs]
    unserved = [sum(outcome.unserved_usd.values()) for outcome in outcomes]
    years = sorted({year for outcome in outcomes for year in outcome.cash_by_year_usd})
    return Uncertainty(
        draws=draws,
        asked=len(draws.cases),
        count=count,
        failed=tried - count,
        reference=reference_name,
        reference_cost_usd=None if reference is None else reference.cost_usd,
        costs_usd=tuple(costs),
        cost_usd=_spread(costs),
        bound_usd=_spread([outcome.lower_bound_usd for outcome in outcomes]),
        gap=_spread([outcome.gap for outcome in outcomes]),
        difference_usd=None if differences is None else _spread(differences),
        dearer=None if differences is None else chance_of(sum(usd > 0 for usd in differences), count),
        cash_usd=_spread([outcome.cash_usd for outcome in outcomes]),
        cash_by_year_usd=tuple(
            (year, _spread([outcome.cash_by_year_usd.get(year, 0.0) for outcome in outcomes])) for year in years
        ),
        unserved_usd=_spread(unserved),
        unserved=chance_of(sum(usd > 0.005 for usd in unserved), count),
        limits_broken=chance_of(sum(bool(outcome.broken_limits) for outcome in outcomes), count),
        commitments=commitment_spreads(outcomes),
        fan=fan_of(outcomes, reference, answer.question.scenario.horizon),
        explains=_explains(draws, [case for case, _ in planned], costs),
    )


def _explains(draws: Draws, cases: Sequence[Case], costs: Sequence[float]) -> tuple[Explains, ...]:
    """Factors by how strongly the cost goes with them, the strongest first."""
    found = []
    for factor in draws.factors:
        values = [number_of(dict(case.factors)[factor.name]) for case in cases]
        known = [value for value in values if value is not None]
        correlation = rank_correlation(known, costs) if len(known) == len(costs) else None
        found.append(Explains(factor.name, factor.title, correlation, len(costs)))
    return tuple(sorted(found, key=lambda each: -abs(each.correlation or 0.0)))


def _spread(amounts: Sequence[float]) -> Spread:
    spread = spread_of(amounts)
    assert spread is not None
    return spread
