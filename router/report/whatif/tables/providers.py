"""Which provider is paid which share of the cash."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.causes import NO_PROVIDER
from router.report import numbers
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.cost import OTHERS
from router.report.tables.difference_rows import NOT_DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, largest, planned, role_of
from router.report.whatif.words import provider_words

_LEAST_SHARE = 0.001
"""A provider that is paid less of the cash in every case has no column of its own."""


def providers_table(answer: Answer, most_providers: int = 8) -> Table:
    """Share of each provider in the cash: of the base, then of each what-if."""
    outcomes = planned(answer)
    shares = {name: outcome.share_by_provider for name, outcome in outcomes}
    names = list(dict.fromkeys(provider for share in shares.values() for provider in share))

    def weight(provider: str) -> float:
        return max(share.get(provider, 0.0) for share in shares.values())

    small = [provider for provider in names if weight(provider) < _LEAST_SHARE]
    shown, joined = largest([provider for provider in names if provider not in small], weight, most_providers)
    rows = []
    for name, _ in outcomes:
        cells: list[Cell] = [shares[name].get(provider) for provider in shown]
        cells += [sum(shares[name].get(provider, 0.0) for provider in joined)] if joined else []
        rows.append(Row((name, *cells), role_of(name)))
    titles = [provider_words(provider) for provider in shown] + ([OTHERS] if joined else [])
    notes = [f"{OTHERS}: {', '.join(map(provider_words, joined))}."] if joined else []
    if small:
        told = ["cash to no provider" if provider == NO_PROVIDER else provider for provider in small]
        notes.append(f"Below {numbers.share(_LEAST_SHARE)} in every case: {', '.join(told)}.")
    return Table(
        key="providers",
        title=f"Share of each provider in the cash ({NOT_DISCOUNTED})",
        columns=(WHATIF, *(Column(title, Unit.SHARE) for title in titles)),
        rows=tuple(rows) if names else (),
        footnotes=tuple(notes) if names else (),
        when_empty="No cash is paid.",
    )
