"""What the comparison of two plans shows, page by page: tables, amounts with bars, or contracts' courses."""

from __future__ import annotations

from dataclasses import dataclass

from router.report.table import Table
from router.report.tables.difference_rows import NOT_DISCOUNTED
from router.view.amount_changes import AmountChanges
from router.view.compare import Comparison, PairedCurves


@dataclass(frozen=True)
class ComparePage:
    """One page. What it has not got is empty; `heading` is said above courses, `when_empty` where it has nothing."""

    key: str
    title: str
    tables: tuple[Table, ...] = ()
    amounts: AmountChanges | None = None
    curves: tuple[PairedCurves, ...] = ()
    when_empty: str = ""
    heading: str = ""


PAGES: tuple[tuple[str, str], ...] = (
    ("headline", "Headline"),
    ("cause", "Cause"),
    ("provider", "Provider"),
    ("workload", "Workload"),
    ("year", "Year"),
    ("moves", "Moves"),
    ("contracts", "Contracts"),
    ("burn-down", "Burn-down"),
    ("unserved", "Unserved"),
    ("runs", "Runs"),
)
"""Keys and titles of the pages, in their order; they are there whatever the plans are."""

_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "moves": (("moves", "served"), "Nothing moves from one pool to another."),
    "contracts": (("window-changes", "tier-changes"), "No commitment window and no price tier changes."),
    "unserved": (("unserved-changes", "breach-changes"), "What is left out, and which limits are broken, is the same."),
    "runs": (("run-changes", "reservation-changes"), "No training run and no reservation changes."),
}


def compare_pages(found: Comparison) -> tuple[ComparePage, ...]:
    """All pages of a comparison, in the order of `PAGES`."""
    return tuple(_page(key, title, found) for key, title in PAGES)


def page_rows(page: ComparePage) -> list[list[str]]:
    """A page as rows of texts, each table's titles above its rows; the points of courses are not among them."""
    rows: list[list[str]] = []
    if page.amounts is not None:
        total = page.amounts.total_usd
        rows.append([page.amounts.title, "before", "after", "change"])
        amounts = zip(
            (*page.amounts.names, "all"),
            (*page.amounts.before_usd, total[0]),
            (*page.amounts.after_usd, total[1]),
            (*page.amounts.change_usd, total[2]),
            strict=True,
        )
        rows += [[name, *(f"{usd:.2f}" for usd in each)] for name, *each in amounts]
    for table in page.tables:
        rows.append([column.title for column in table.columns])
        rows += [
            [column.text(cell) for column, cell in zip(table.columns, row.cells, strict=True)] for row in table.rows
        ]
    if page.curves:
        rows.append([f"commitment ({NOT_DISCOUNTED})", "before", "after"])
        rows += [[pair.name, *pair.verdicts] for pair in page.curves]
    return rows


def _page(key: str, title: str, found: Comparison) -> ComparePage:
    amounts = dict(zip(("cause", "provider", "workload", "year"), found.amounts, strict=True))
    if key == "headline":
        more = (found.tables[each] for each in ("difference", "biggest-changes") if each in found.tables)
        return ComparePage(key, title, (found.headline, *more))
    if key in amounts:
        return ComparePage(key, title, amounts=amounts[key], when_empty="Neither plan costs anything.")
    if key == "burn-down":
        heading = f"Drawdown and shortfalls ({NOT_DISCOUNTED})"
        none = "Neither plan has commitments."
        return ComparePage(key, title, curves=found.curves, when_empty=none, heading=heading)
    keys, when_empty = _TABLES[key]
    tables = tuple(found.tables[each] for each in keys if each in found.tables)
    return ComparePage(key, title, tables, when_empty=when_empty)
