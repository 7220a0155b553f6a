"""Cases in the document: what was asked, and the figures of each plan."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from router.answer.answer import Answer
from router.outcome.outcome import Outcome
from router.plan.document import Record
from router.report.whatif.document.parts import FactorRecordValue, plain
from router.scenario.dates import period_boundaries
from router.whatif.case import Case
from router.whatif.question import Question


class QuestionRecord(Record):
    """What was asked."""

    file: str
    stem: str
    title: str
    question: str | None
    answer: str | None = Field(description="What the file says the answer was when it was written.")
    scenario: str
    sha256: str = Field(description="Of the base scenario and all cases.")
    discount_rate: float = Field(description="Per year; costs are discounted to the first boundary.")
    period_boundaries: list[date] = Field(description="T + 1 days, of the base scenario.")


class CauseRecord(Record):
    """A part of a plan's cost."""

    category: str = Field(description="Category of the bill.")
    provider: str = Field(description="`-` for none.")
    usd: float


class WindowOfCase(Record):
    """A commitment's window in a plan."""

    contract: str
    commitment: str
    start: date
    end: date
    promise_usd: float
    drawdown_usd: float = Field(description="With what was carried in.")
    shortfall_usd: float


class FiguresRecord(Record):
    """Figures of a plan."""

    cost_usd: float
    lower_bound_usd: float = Field(description="No plan costs less.")
    gap: float = Field(description="(cost - bound) / |cost|.")
    cash_usd: float
    shortfall_usd: dict[str, float] = Field(description="By contract/commitment, over all windows.")
    unserved_usd: dict[str, float] = Field(description="Value by workload.")
    unserved_units: dict[str, float] = Field(description="Unit-hours of streams by workload; 1 for a job left out.")
    moved_units: dict[str, float] = Field(description="Units that migrate from pool to pool, by workload.")
    share_by_provider: dict[str, float] = Field(description="Of the cash.")
    cash_by_year_usd: dict[str, float]
    limits_broken: list[str] = Field(description="Key paths.")
    found_by: str
    causes: list[CauseRecord] | None = Field(description="What-ifs only: adding up to the cost.")
    windows: list[WindowOfCase] | None = Field(description="What-ifs only.")
    cash_by_period_usd: list[float] | None = Field(description="What-ifs only: one for each period.")


class CaseRecord(Record):
    """A case, with its figures or why it has none. Neither: it was not planned."""

    name: str
    title: str
    group: str | None = Field(description="The sweep or draws it belongs to; None for a what-if.")
    factors: dict[str, FactorRecordValue]
    figures: FiguresRecord | None
    failure: str | None


def question_record(question: Question) -> QuestionRecord:
    """What was asked."""
    horizon = question.scenario.horizon
    return QuestionRecord(
        file=question.file,
        stem=question.stem,
        title=question.title,
        question=question.question,
        answer=question.answer,
        scenario=question.scenario_name,
        sha256=question.sha256,
        discount_rate=horizon.discount_rate,
        period_boundaries=period_boundaries(horizon),
    )


def case_record(answer: Answer, case: Case) -> CaseRecord:
    """A case with its figures; those of a what-if in full."""
    answered = answer.answered.get(case.name)
    outcome = answered.outcome if answered is not None else None
    return CaseRecord(
        name=case.name,
        title=case.title,
        group=case.group,
        factors={name: plain(value) for name, value in case.factors},
        figures=None if outcome is None else _figures(outcome, in_full=case.group is None),
        failure=answered.failure if answered is not None and outcome is None else None,
    )


def _figures(outcome: Outcome, *, in_full: bool) -> FiguresRecord:
    return FiguresRecord(
        cost_usd=outcome.cost_usd,
        lower_bound_usd=outcome.lower_bound_usd,
        gap=outcome.gap,
        cash_usd=outcome.cash_usd,
        shortfall_usd=outcome.shortfall_usd,
        unserved_usd=outcome.unserved_usd,
        unserved_units=outcome.unserved_units,
        moved_units=outcome.moved_units,
        share_by_provider=outcome.share_by_provider,
        cash_by_year_usd=outcome.cash_by_year_usd,
        limits_broken=list(outcome.broken_limits),
        found_by=outcome.found_by,
        causes=[
            CauseRecord(category=category, provider=provider, usd=usd)
            for (category, provider), usd in outcome.cost_by_cause_usd.items()
        ]
        if in_full
        else None,
        windows=[
            WindowOfCase(
                contract=window.contract,
                commitment=window.commitment,
                start=window.start,
                end=window.end,
                promise_usd=window.promise_usd,
                drawdown_usd=window.drawdown_usd,
                shortfall_usd=window.shortfall_usd,
            )
            for window in outcome.windows
        ]
        if in_full
        else None,
        cash_by_period_usd=list(outcome.cash_by_period_usd) if in_full else None,
    )
