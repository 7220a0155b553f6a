"""Answers as a document, `router-whatif/1`: what `router whatif --json` prints and `answer.json` holds.

Money in US dollars. Costs, bounds, differences and causes are discounted, as the plans minimise them; cash, drawdown,
shortfalls and the value of unserved demand are not. A difference is the case minus what it is compared with. A date
`end` is the first day after. Factors' values are numbers, texts, or dates as ISO 8601 texts.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from router.answer.answer import Answer
from router.answer.comparison import comparisons
from router.answer.uncertainty import uncertainty
from router.plan.document import Record
from router.report.whatif.document.break_evens import BreakEvenRecord, break_even_record
from router.report.whatif.document.cases import CaseRecord, QuestionRecord, case_record, question_record
from router.report.whatif.document.comparisons import ComparisonRecord, comparison_record
from router.report.whatif.document.draws import DrawsRecord, draws_record
from router.report.whatif.document.sweeps import SweepRecord, sweep_record


class AnswerRecord(Record):
    """Everything that is known of one question."""

    question: QuestionRecord
    cases: list[CaseRecord] = Field(description="What-ifs (the base first), then those of sweeps, then draws.")
    comparisons: list[ComparisonRecord] = Field(description="Each what-if with a plan against the base.")
    sweeps: list[SweepRecord]
    draws: list[DrawsRecord]
    break_evens: list[BreakEvenRecord]
    failed: list[str] = Field(description="Cases without a plan.")
    not_planned: list[str]


class WhatIfDocument(Record):
    """The answers to one what-if file or several."""

    format: Literal["router-whatif/1"] = "router-whatif/1"
    router_version: str
    percentile_definition: str
    answers: list[AnswerRecord] = Field(description="In the order of the files.")


def answer_record(answer: Answer) -> AnswerRecord:
    """Everything that is known of a question."""
    asked = {each.name: each for each in answer.question.break_evens}
    spreads = [uncertainty(answer, draws) for draws in answer.draws]
    return AnswerRecord(
        question=question_record(answer.question),
        cases=[case_record(answer, case) for case in answer.question.cases],
        comparisons=[comparison_record(found) for found in comparisons(answer)],
        sweeps=[sweep_record(answer, sweep) for sweep in answer.sweeps],
        draws=[draws_record(found) for found in spreads if found is not None],
        break_evens=[
            break_even_record(asked[name], found) for name, found in answer.break_evens.items() if name in asked
        ],
        failed=[each.name for each in answer.failures],
        not_planned=list(answer.not_planned),
    )
