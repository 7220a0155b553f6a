"""What-ifs against the base in the document."""

from __future__ import annotations

from pydantic import Field

from router.answer.causes import Cause
from router.answer.comparison import Comparison
from router.plan.document import Record
from router.report.whatif.document.parts import AmountRecord, ProofRecord, amount_record, amount_records, proof_record


class CauseChangeRecord(Record):
    """A part of a difference in cost."""

    cause: Cause
    provider: str = Field(description="`-` for none.")
    before_usd: float
    after_usd: float
    change_usd: float


class CommitmentChangeRecord(Record):
    """A commitment over all its windows."""

    name: str
    promise_usd: AmountRecord
    drawdown_usd: AmountRecord
    shortfall_usd: AmountRecord


class UnservedChangeRecord(Record):
    """What a workload is not served."""

    workload: str
    usd: AmountRecord
    units: AmountRecord


class ComparisonRecord(Record):
    """A what-if against the base."""

    before: str
    after: str
    cost_usd: AmountRecord
    share: float | None = Field(description="The difference over the first's cost.")
    proof: ProofRecord
    causes: list[CauseChangeRecord] = Field(description="Adding up to the difference in cost; none without a change.")
    cash_usd: AmountRecord
    cash_by_year_usd: list[AmountRecord]
    commitments: list[CommitmentChangeRecord]
    unserved: list[UnservedChangeRecord]
    moved_units: list[AmountRecord] = Field(description="Units that migrate within each plan, by workload.")
    provider_shares: list[AmountRecord] = Field(description="Of the cash.")
    share_moved: float = Field(description="Of the cash, to another provider than before.")
    limits_broken: list[str] = Field(description="By the second only.")
    limits_mended: list[str] = Field(description="Broken by the first only.")


def comparison_record(found: Comparison) -> ComparisonRecord:
    """A what-if against the other."""
    return ComparisonRecord(
        before=found.before,
        after=found.after,
        cost_usd=amount_record(found.cost_usd),
        share=found.share,
        proof=proof_record(found.proof),
        causes=[
            CauseChangeRecord(
                cause=part.cause,
                provider=part.provider,
                before_usd=part.before_usd,
                after_usd=part.after_usd,
                change_usd=part.change_usd,
            )
            for part in found.causes
        ],
        cash_usd=amount_record(found.cash_usd),
        cash_by_year_usd=amount_records(found.cash_by_year_usd),
        commitments=[
            CommitmentChangeRecord(
                name=each.name,
                promise_usd=amount_record(each.promise_usd),
                drawdown_usd=amount_record(each.drawdown_usd),
                shortfall_usd=amount_record(each.shortfall_usd),
            )
            for each in found.commitments
        ],
        unserved=[
            UnservedChangeRecord(workload=each.workload, usd=amount_record(each.usd), units=amount_record(each.units))
            for each in found.unserved
        ],
        moved_units=amount_records(found.moved_units),
        provider_shares=amount_records(found.shares),
        share_moved=found.share_moved,
        limits_broken=list(found.limits_broken),
        limits_mended=list(found.limits_mended),
    )
