"""Cash of each calendar year: of the base, and what each what-if changes."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.comparison import comparisons
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.difference_rows import NOT_DISCOUNTED
from router.report.whatif.tables.cells import WHATIF, signed
from router.whatif.case import BASE


def years_table(answer: Answer, most_years: int = 12) -> Table:
    """Cash by calendar year: the base's, then what each what-if changes."""
    base = answer.base
    years = sorted({year for each in comparisons(answer) for year in (amount.name for amount in each.cash_by_year_usd)})
    shown = years if len(years) <= most_years else years[: max(1, most_years - 1)]
    later = years[len(shown) :]
    titles = [*shown, f"{later[0]}-{later[-1][2:]}" if len(later) > 1 else later[0]] if later else shown
    several = len(titles) != 1
    rows = []
    if base is not None and years:
        cash = base.cash_by_year_usd
        cells: list[Cell] = [cash.get(year, 0.0) for year in shown]
        cells += [sum(cash.get(year, 0.0) for year in later)] if later else []
        rows.append(Row((BASE, *cells, *([base.cash_usd] if several else [])), "subtotal"))
    for each in comparisons(answer):
        changes = {amount.name: amount.change for amount in each.cash_by_year_usd}
        cells = [signed(changes.get(year, 0.0)) for year in shown]
        cells += [signed(sum(changes.get(year, 0.0) for year in later))] if later else []
        total = [signed(each.cash_usd.change, always=True)] if several else []
        rows.append(Row((each.after, *cells, *total)))
    return Table(
        key="cash-by-year",
        title=f"Cash by calendar year ({NOT_DISCOUNTED})",
        columns=(
            WHATIF,
            *(Column(title, Unit.USD) for title in titles),
            *([Column("all", Unit.USD)] if several else []),
        ),
        rows=tuple(rows),
        footnotes=("The base's cash; below it, what each what-if adds (+) or saves (-).",) if rows else (),
        when_empty="No cash is paid.",
    )
