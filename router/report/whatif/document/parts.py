"""What several records of the document are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from router.answer.chance import Chance
from router.answer.comparison import Amount
from router.answer.proof import Proof, Verdict
from router.answer.spread import PERCENTILES, Spread
from router.plan.document import Record
from router.whatif.case import FactorValue
from router.whatif.question import Factor

FactorRecordValue = float | str
"""Dates are texts."""


class AmountRecord(Record):
    """An amount on both sides."""

    name: str
    before: float
    after: float
    change: float


class ProofRecord(Record):
    """What the bounds prove of a difference in cost."""

    verdict: Verdict
    least_usd: float = Field(description="The cheapest possible plans differ by no less.")
    most_usd: float = Field(description="The cheapest possible plans differ by no more.")


class FactorRecord(Record):
    """What is varied."""

    name: str
    title: str
    base: FactorRecordValue | None


class SpreadRecord(Record):
    """An amount over draws."""

    count: int
    mean: float
    standard_error: float | None = Field(description="Of the mean.")
    least: float
    most: float
    percentiles: dict[str, float] = Field(description="5, 25, 50, 75, 95; see percentile_definition.")


class ChanceRecord(Record):
    """How often something comes about in draws."""

    hits: int
    count: int
    share: float
    low: float = Field(description="Wilson's interval at 95 %.")
    high: float


def plain(value: FactorValue) -> float | str:
    """A factor's value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def amount_record(amount: Amount) -> AmountRecord:
    """An amount on both sides."""
    return AmountRecord(name=amount.name, before=amount.before, after=amount.after, change=amount.change)


def amount_records(amounts: Iterable[Amount]) -> list[AmountRecord]:
    """Several amounts."""
    return [amount_record(amount) for amount in amounts]


def proof_record(proof: Proof) -> ProofRecord:
    """What is proved."""
    return ProofRecord(verdict=proof.verdict, least_usd=proof.least_usd, most_usd=proof.most_usd)


def factor_record(factor: Factor) -> FactorRecord:
    """What is varied."""
    base = None if factor.base is None else plain(factor.base)
    return FactorRecord(name=factor.name, title=factor.title, base=base)


def spread_record(spread: Spread) -> SpreadRecord:
    """An amount over draws."""
    return SpreadRecord(
        count=spread.count,
        mean=spread.mean,
        standard_error=spread.standard_error,
        least=spread.least,
        most=spread.most,
        percentiles={str(name): usd for name, usd in zip(PERCENTILES, spread.percentiles, strict=True)},
    )


def chance_record(chance: Chance) -> ChanceRecord:
    """How often something comes about."""
    return ChanceRecord(hits=chance.hits, count=chance.count, share=chance.share, low=chance.low, high=chance.high)
