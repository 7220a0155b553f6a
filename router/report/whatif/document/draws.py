"""Draws in the document: spreads, chances, fan, which factors explain the cost."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from router.answer.fan import Fan
from router.answer.shortfall import CommitmentSpread
from router.answer.spread import PERCENTILES
from router.answer.uncertainty import Uncertainty
from router.arrays import FloatArray
from router.plan.document import Record
from router.report.whatif.document.parts import (
    ChanceRecord,
    FactorRecord,
    SpreadRecord,
    chance_record,
    factor_record,
    spread_record,
)


class WindowSpreadRecord(Record):
    """A window over the draws that have it."""

    start: date
    end: date
    promise_usd: SpreadRecord
    drawdown_usd: SpreadRecord
    chance_of_shortfall: ChanceRecord
    shortfall_if_any_usd: float | None = Field(description="Mean over the draws that have one.")


class CommitmentSpreadRecord(Record):
    """A commitment over the draws that have it."""

    contract: str
    commitment: str
    chance_of_shortfall: ChanceRecord = Field(description="In any window.")
    shortfall_if_any_usd: float | None
    mean_shortfall_usd: float = Field(description="Over all draws.")
    worst_shortfall_usd: float
    windows: list[WindowSpreadRecord]


class FanRecord(Record):
    """Cash over time: for each percentile one amount for each period."""

    count: int
    left_out: int = Field(description="Draws with other periods.")
    boundaries: list[date]
    cash_usd: dict[str, list[float]]
    cumulative_cash_usd: dict[str, list[float]]
    reference_cash_usd: list[float] | None


class ExplainsRecord(Record):
    """How the cost goes with a factor."""

    factor: str
    rank_correlation: float | None = Field(description="Spearman's; None where there are no ranks.")
    count: int
    beyond_chance: bool = Field(description="Further from 0 than 95 of 100 factors without effect.")


class DrawsRecord(Record):
    """Statistics of draws. Those without a plan are in no figure."""

    name: str
    title: str
    seed: int
    extends: str
    factors: list[FactorRecord]
    asked: int
    count: int = Field(description="Draws with a plan: those that figures are from.")
    failed: int
    not_planned: int
    reference: str
    gap: SpreadRecord = Field(description="Each draw's cost may be too high by its gap.")
    cost_usd: SpreadRecord
    lower_bound_usd: SpreadRecord = Field(
        description="Percentiles of the cheapest plans lie between these and cost_usd."
    )
    difference_usd: SpreadRecord | None
    chance_of_costing_more: ChanceRecord | None = Field(description="Than the reference.")
    cash_usd: SpreadRecord
    cash_by_year_usd: dict[str, SpreadRecord]
    unserved_usd: SpreadRecord
    chance_of_unserved: ChanceRecord
    chance_of_limits_broken: ChanceRecord
    commitments: list[CommitmentSpreadRecord]
    fan: FanRecord | None
    explains: list[ExplainsRecord]


def draws_record(found: Uncertainty) -> DrawsRecord:
    """Statistics of draws."""
    return DrawsRecord(
        name=found.draws.name,
        title=found.draws.title,
        seed=found.draws.seed,
        extends=found.draws.extends,
        factors=[factor_record(factor) for factor in found.draws.factors],
        asked=found.asked,
        count=found.count,
        failed=found.failed,
        not_planned=found.not_planned,
        reference=found.reference,
        gap=spread_record(found.gap),
        cost_usd=spread_record(found.cost_usd),
        lower_bound_usd=spread_record(found.bound_usd),
        difference_usd=None if found.difference_usd is None else spread_record(found.difference_usd),
        chance_of_costing_more=None if found.dearer is None else chance_record(found.dearer),
        cash_usd=spread_record(found.cash_usd),
        cash_by_year_usd={year: spread_record(spread) for year, spread in found.cash_by_year_usd},
        unserved_usd=spread_record(found.unserved_usd),
        chance_of_unserved=chance_record(found.unserved),
        chance_of_limits_broken=chance_record(found.limits_broken),
        commitments=[_commitment(each) for each in found.commitments],
        fan=None if found.fan is None else _fan(found.fan),
        explains=[
            ExplainsRecord(
                factor=each.factor,
                rank_correlation=each.correlation,
                count=each.count,
                beyond_chance=each.beyond_chance,
            )
            for each in found.explains
        ],
    )


def _commitment(found: CommitmentSpread) -> CommitmentSpreadRecord:
    return CommitmentSpreadRecord(
        contract=found.contract,
        commitment=found.commitment,
        chance_of_shortfall=chance_record(found.chance),
        shortfall_if_any_usd=found.when_missed_usd,
        mean_shortfall_usd=found.mean_usd,
        worst_shortfall_usd=found.worst_usd,
        windows=[
            WindowSpreadRecord(
                start=window.start,
                end=window.end,
                promise_usd=spread_record(window.promise_usd),
                drawdown_usd=spread_record(window.drawdown_usd),
                chance_of_shortfall=chance_record(window.chance),
                shortfall_if_any_usd=window.when_missed_usd,
            )
            for window in found.windows
        ],
    )


def _fan(fan: Fan) -> FanRecord:
    def by_percentile(amounts: FloatArray) -> dict[str, list[float]]:
        return {str(name): row for name, row in zip(PERCENTILES, amounts.tolist(), strict=True)}

    reference = fan.reference_cash_usd
    return FanRecord(
        count=fan.count,
        left_out=fan.left_out,
        boundaries=list(fan.boundaries),
        cash_usd=by_percentile(fan.cash_usd),
        cumulative_cash_usd=by_percentile(fan.cumulative_usd),
        reference_cash_usd=None if reference is None else reference.tolist(),
    )
