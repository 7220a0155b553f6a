"""Which provider is paid which share of the cash."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.comparison import comparison
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.cost import OTHERS
from router.report.tables.difference_rows import NOT_DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, largest, planned, role_of
from router.report.whatif.words import provider_words
from router.whatif.case import BASE


def providers_table(answer: Answer, most_providers: int = 8) -> Table:
    """Share of each provider in the cash: of the base, then of each what-if, with what goes to others."""
    outcomes = planned(answer)
    shares = {name: outcome.share_by_provider for name, outcome in outcomes}
    names = list(dict.fromkeys(provider for share in shares.values() for provider in share))

    def weight(provider: str) -> float:
        return max(share.get(provider, 0.0) for share in shares.values())

    shown, joined = largest(names, weight, most_providers)
    rows = []
    for name, _ in outcomes:
        against = comparison(answer, name) if name != BASE else None
        cells: list[Cell] = [shares[name].get(provider) for provider in shown]
        cells += [sum(shares[name].get(provider, 0.0) for provider in joined)] if joined else []
        moved = None if against is None else against.share_moved
        rows.append(Row((name, *cells, moved), role_of(name)))
    titles = [provider_words(provider) for provider in shown] + ([OTHERS] if joined else [])
    notes = ["Moves: share of the cash that goes to another provider than in the base."]
    notes += [f"{OTHERS}: {', '.join(map(provider_words, joined))}."] if joined else []
    return Table(
        key="providers",
        title=f"Share of each provider in the cash ({NOT_DISCOUNTED})",
        columns=(WHATIF, *(Column(title, Unit.SHARE) for title in titles), Column("Moves", Unit.SHARE)),
        rows=tuple(rows) if names else (),
        footnotes=tuple(notes) if names else (),
        when_empty="No cash is paid.",
    )
