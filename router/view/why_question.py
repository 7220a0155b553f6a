"""What may be asked about a plan, from what is under a cursor, and the questions next to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from router.change.offer_names import offer_name
from router.problem.calendar import build_calendar
from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.scenario.workload import Training
from router.why.periods import period_at, period_name

_CAPACITY = re.compile(r"capacity of (\S+) in (\S+)(?: .*)?")


class Subject(StrEnum):
    """What a question is about."""

    OVERVIEW = "overview"
    STREAM = "stream"
    JOB = "job"
    POOL = "pool"
    PROVIDER = "provider"
    CONTRACT = "contract"
    OFFER = "offer"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``names``: of a STREAM the workload and, where it is given, the stream; of a CONTRACT it and, where
    given, the commitment; of an OFFER its position in the file; of a LIMIT its name.

    ``period`` None: the plan chooses where most is spent, or it does not matter; ``part``: the time slice, alike.
    """

    subject: Subject
    names: tuple[str, ...] = ()
    period: int | None = None
    part: str | None = None


OVERVIEW = Question(Subject.OVERVIEW)


def question_of(key: tuple[str, ...], period: int, scenario: Scenario) -> Question:
    """What is asked with the key of a grid's row and a period. Raises Mistake where there is nothing to ask."""
    at = min(max(0, period), build_calendar(scenario.horizon).periods - 1)
    head, rest = (key[0], key[1:]) if key else ("", ())
    name = rest[0] if rest else ""
    if head == "workloads" and name in scenario.workloads:
        workload = scenario.workloads[name]
        if isinstance(workload, Training):
            return Question(Subject.JOB, (name,))
        return Question(
            Subject.STREAM, tuple(given for given in rest[:2] if given == name or given in workload.streams), at
        )
    if head == "pools" and name in scenario.pools:
        return Question(Subject.POOL, (name,), at)
    if head == "offers" and name.isdecimal() and int(name) < len(scenario.offers):
        return Question(Subject.OFFER, (name,), at)
    if head in scenario.contracts:
        return Question(Subject.CONTRACT, (head, *([name] if name in scenario.contracts[head].commitments else [])), at)
    if head in scenario.providers:
        return Question(Subject.PROVIDER, (head,), at)
    found = "/".join(key) or "nothing"
    raise Mistake("a workload, pool, price or contract of the scenario to ask about", found=found)


def question_of_limit(name: str, scenario: Scenario) -> Question:
    """What one more of a limit is worth; the limit by the name that answers give it."""
    found = _CAPACITY.fullmatch(name)
    if found is not None and found[1] in scenario.pools:
        period = period_at(build_calendar(scenario.horizon), found[2])
        if period is not None:
            return Question(Subject.POOL, (found[1],), period)
    return Question(Subject.LIMIT, (name,))


def question_words(question: Question, scenario: Scenario) -> str:
    """A question in words: `Why is chat/us where it is in 2026-07, peak?`"""
    when = _when(question, scenario)
    name = "/".join(question.names)
    match question.subject:
        case Subject.OVERVIEW:
            return "What is worth asking about this plan?"
        case Subject.STREAM:
            return f"Why is {name} where it is{when}?"
        case Subject.JOB:
            return f"Why does {name} run where and when it does?"
        case Subject.POOL:
            return f"What is one more instance of {name} worth{when}?"
        case Subject.PROVIDER:
            return f"What is one more instance of {name}'s pools worth{when}?"
        case Subject.CONTRACT:
            return f"What is a dollar of {name}'s promise worth?"
        case Subject.OFFER:
            at = int(name)
            offer = offer_name(scenario.offers[at]) if at < len(scenario.offers) else f"offer {at}"
            return f"What limits {offer}{when}?"
        case Subject.LIMIT:
            return f"What is one more worth: {name}?"


def later(question: Question, periods: int, scenario: Scenario) -> Question | None:
    """The same in another period, so many later; None where it is of no period or there is none further."""
    if question.period is None:
        return None
    at = question.period + periods
    return replace(question, period=at) if 0 <= at < build_calendar(scenario.horizon).periods else None


def next_slice(question: Question, scenario: Scenario) -> Question | None:
    """The same in the next time slice, the first after the last; None where it is of no slice or there is only one."""
    slices = build_calendar(scenario.horizon).slices
    if question.subject is not Subject.STREAM or len(slices) < 2:
        return None
    at = slices.index(question.part) + 1 if question.part in slices else 0
    return replace(question, part=slices[at % len(slices)])


def _when(question: Question, scenario: Scenario) -> str:
    calendar = build_calendar(scenario.horizon)
    if question.period is None or question.period >= calendar.periods:
        return ""
    part = f", {question.part}" if question.part is not None and len(calendar.slices) > 1 else ""
    return f" in {period_name(calendar, question.period)}{part}"
