"""Answers as CSV: for spreadsheets, and safe to open in one. Money in USD to the cent; costs are discounted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from router.answer.answer import Answer
from router.answer.causes import NO_PROVIDER
from router.answer.comparison import comparison
from router.answer.proof import proof
from router.outcome.outcome import Outcome
from router.report.csv_text import csv_text
from router.whatif.case import BASE, Case, FactorValue
from router.whatif.question import Draws, Sweep
from router.whatif.value_words import value_words

_FIGURES = (
    "cost_usd",
    "lower_bound_usd",
    "gap",
    "difference_usd",
    "difference_least_usd",
    "difference_most_usd",
    "proved",
    "cash_usd",
    "shortfall_usd",
    "unserved_usd",
)


def comparison_csv(answer: Answer) -> str:
    """A line for each what-if, the base first.

    After the figures come cash by year (`cash_2027_usd`), share of the cash by provider (`share_aws`) and shortfall by
    commitment (`shortfall_CONTRACT/COMMITMENT_usd`). `verdict`: dearer, cheaper, same, within the gaps. A what-if
    without a plan has its `failure`.
    """
    known = [(case, answer.outcome(case.name)) for case in answer.whatifs]
    outcomes = [outcome for _, outcome in known if outcome is not None]
    years = sorted({year for outcome in outcomes for year in outcome.cash_by_year_usd})
    providers = _names(outcome.cash_by_provider_usd for outcome in outcomes)
    commitments = _names(outcome.shortfall_usd for outcome in outcomes)
    columns = (
        "whatif",
        "title",
        *_FIGURES,
        "verdict",
        "share_moved",
        "limits_broken",
        "found_by",
        "failure",
        *(f"cash_{year}_usd" for year in years),
        *(f"share_{provider}" for provider in providers),
        *(f"shortfall_{name}_usd" for name in commitments),
    )
    rows: list[tuple[object, ...]] = []
    for case, outcome in known:
        if outcome is None:
            empty = (None,) * (len(_FIGURES) + 4)
            rows.append((case.name, case.title, *empty, answer.answered[case.name].failure, *_nothing(columns)))
            continue
        against = comparison(answer, case.name)
        shortfall, shares = outcome.shortfall_usd, outcome.share_by_provider
        rows.append(
            (
                case.name,
                case.title,
                *_figures(outcome, answer.base),
                None if against is None or case.name == BASE else against.proof.verdict.value,
                None if against is None or case.name == BASE else against.share_moved,
                len(outcome.broken_limits),
                outcome.found_by,
                None,
                *(_cents(outcome.cash_by_year_usd.get(year, 0.0)) for year in years),
                *(shares.get(provider, 0.0) for provider in providers),
                *(_cents(shortfall[name]) if name in shortfall else None for name in commitments),
            )
        )
    return csv_text(columns, (row[: len(columns)] for row in rows))


def cases_csv(answer: Answer) -> str:
    """A line for each case that was planned or tried, with the values of all factors.

    `reference` is the what-if that the difference is against: the base, or what a sweep or draws start from.
    """
    factors = _names(dict(case.factors) for case in answer.question.cases)
    columns = ("case", "group", "title", *(f"factor_{name}" for name in factors), "reference", *_FIGURES, "failure")
    groups: list[Sweep | Draws] = [*answer.question.sweeps, *answer.question.draws]
    references = {group.name: answer.reference(group) for group in groups}
    rows: list[tuple[object, ...]] = []
    for case in answer.question.cases:
        answered = answer.answered.get(case.name)
        if answered is None:
            continue
        reference, outcome = references.get(case.group or "", (BASE, answer.base))
        figures = (None,) * len(_FIGURES) if answered.outcome is None else _figures(answered.outcome, outcome)
        rows.append(
            (
                case.name,
                case.group,
                case.title,
                *_factor_cells(case, factors),
                reference,
                *figures,
                answered.failure if answered.outcome is None else None,
            )
        )
    return csv_text(columns, rows)


def causes_csv(answer: Answer) -> str:
    """A line for each what-if, cause and provider with a change in cost: these add up to the difference."""
    columns = ("whatif", "cause", "provider", "before_usd", "after_usd", "change_usd")
    rows: list[tuple[object, ...]] = []
    for case in answer.whatifs:
        found = comparison(answer, case.name)
        if found is None or case.name == BASE:
            continue
        for part in found.causes:
            amounts = (part.before_usd, part.after_usd, part.change_usd)
            provider = None if part.provider == NO_PROVIDER else part.provider
            rows.append((case.name, part.cause.value, provider, *map(_cents, amounts)))
    return csv_text(columns, rows)


def _figures(outcome: Outcome, reference: Outcome | None) -> tuple[object, ...]:
    """Cells under `_FIGURES`."""
    against = None if reference is None else proof(reference, outcome)
    return (
        _cents(outcome.cost_usd),
        _cents(outcome.lower_bound_usd),
        outcome.gap,
        None if against is None else _cents(against.difference_usd),
        None if against is None else _cents(against.least_usd),
        None if against is None else _cents(against.most_usd),
        None if against is None else ("yes" if against.proved else "no"),
        _cents(outcome.cash_usd),
        _cents(sum(outcome.shortfall_usd.values())),
        _cents(sum(outcome.unserved_usd.values())),
    )


def _factor_cells(case: Case, factors: Sequence[str]) -> list[object]:
    values = dict(case.factors)
    return [_plain(values[name]) if name in values else None for name in factors]


def _plain(value: FactorValue) -> object:
    return value if isinstance(value, (int, float)) else value_words(value)


def _cents(usd: float) -> str:
    return f"{usd + 0.0:.2f}"


def _names(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(name for group in groups for name in group))


def _nothing(columns: Sequence[str]) -> tuple[None, ...]:
    return (None,) * len(columns)
