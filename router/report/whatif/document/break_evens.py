"""Break-evens in the document."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from router.answer.break_even import BreakEvenAnswer, Cheaper, Crossing
from router.plan.document import Record
from router.report.whatif.break_even_words import break_even_sentences
from router.report.whatif.document.parts import ProofRecord, proof_record
from router.whatif.question import BreakEven


class TrialRecord(Record):
    """Both what-ifs planned at a value."""

    value: float | date
    first_usd: float
    second_usd: float
    difference_usd: float = Field(description="First minus second.")
    cheaper: Cheaper
    proof: ProofRecord


class CrossingRecord(Record):
    """Where the cheaper of the two changes."""

    value: float | date
    low: float | date = Field(description="It lies from here")
    high: float | date = Field(description="to here.")
    before: Cheaper
    after: Cheaper
    same_from: float | date | None = Field(description="Both cost the same from here")
    same_to: float | date | None = Field(description="to here.")
    narrow: bool = Field(description="Whether low and high are as near as was asked for.")
    proved_up_to: float | date | None = Field(description="Below it, the nearest value that is proved.")
    proved_from: float | date | None = Field(description="Above it, the nearest value that is proved.")


class BreakEvenRecord(Record):
    """A value at which two what-ifs cost the same."""

    name: str
    title: str
    factor: str
    first: str
    second: str
    low: float | date = Field(description="Looked for from here")
    high: float | date = Field(description="to here.")
    within: float
    value: float | date | None = Field(description="The break-even; None for none, or for several.")
    cheaper_throughout: Cheaper | None
    crossings: list[CrossingRecord]
    trials: list[TrialRecord]
    failure: str | None
    words: list[str]


def break_even_record(asked: BreakEven, found: BreakEvenAnswer) -> BreakEvenRecord:
    """A break-even; values are days where it is about days."""

    def at(value: float) -> float | date:
        return date.fromordinal(round(value)) if asked.is_date else value

    def known(value: float | None) -> float | date | None:
        return None if value is None else at(value)

    def crossing_record(crossing: Crossing) -> CrossingRecord:
        same = crossing.same
        return CrossingRecord(
            value=at(crossing.value),
            low=at(crossing.before.value),
            high=at(crossing.after.value),
            before=crossing.before.cheaper,
            after=crossing.after.cheaper,
            same_from=known(None if same is None else same.start.value),
            same_to=known(None if same is None else same.end.value),
            narrow=crossing.narrow,
            proved_up_to=known(crossing.proved_before),
            proved_from=known(crossing.proved_after),
        )

    return BreakEvenRecord(
        name=asked.name,
        title=asked.title,
        factor=asked.factor,
        first=asked.first,
        second=asked.second,
        low=at(asked.low),
        high=at(asked.high),
        within=asked.within,
        value=known(found.value),
        cheaper_throughout=found.cheaper_throughout,
        crossings=[crossing_record(crossing) for crossing in found.crossings],
        trials=[
            TrialRecord(
                value=at(trial.value),
                first_usd=trial.first_usd,
                second_usd=trial.second_usd,
                difference_usd=trial.difference_usd,
                cheaper=trial.cheaper,
                proof=proof_record(trial.proof),
            )
            for trial in found.trials
        ],
        failure=found.failure or None,
        words=list(break_even_sentences(asked, found)),
    )
