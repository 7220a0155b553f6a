"""The bill as a table to search in: which lines are shown, in what order, and what they sum to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.plan.document import BillCategory
from router.report import numbers
from router.report.csv_tables import bill_csv
from router.view.bill_columns import CENTS, BillColumns, BillField, category_words
from router.view.word_match import holds, holds_letters, words_of

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

SHOWN_FIELDS = tuple(each for each in BillField if each is not BillField.YEAR)
"""The columns of the table of lines."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column to sort by. What has no text stands last either way."""

    by: BillField
    is_descending: bool = False


@dataclass(frozen=True)
class BillFilter:
    """Which lines to show: all that every part lets through. An empty part lets all through.

    `text`: each of its words is in the line's item, provider, category, contract, purchase option or period. Words that
    no line has are looked for letter by letter. `first_period` and `last_period` are both in it.
    """

    text: str = ""
    categories: frozenset[BillCategory] = frozenset()
    providers: frozenset[str | None] = frozenset()
    first_period: int | None = None
    last_period: int | None = None


@dataclass(frozen=True)
class BillLines:
    """The m lines shown, in their order: indices into the bill (m,). All amounts undiscounted.

    `cash_usd` is the part of `sum_usd` that is paid within the horizon; `share_of_bill` is of the sum of all lines,
    None where that is 0. `loose_words` are those that no line has and that were found letter by letter.
    """

    columns: BillColumns
    lines: Ids
    sum_usd: float
    cash_usd: float
    share_of_bill: float | None
    loose_words: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """m."""
        return len(self.lines)

    @property
    def words(self) -> str:
        """What is shown in one line: `314 of 4,102 lines: $38.0 B, 4.2 % of the bill`."""
        total = self.columns.count
        of_all = (
            numbers.whole(total) if self.count == total else f"{numbers.whole(self.count)} of {numbers.whole(total)}"
        )
        share = (
            "" if self.share_of_bill is None or self.count == total else f", {_share(self.share_of_bill)} of the bill"
        )
        loose = f" (letters of {', '.join(self.loose_words)} in order)" if self.loose_words else ""
        return f"{of_all} line{'' if total == 1 else 's'}: {numbers.money(self.sum_usd)}{share}{loose}"

    def shares(self) -> FloatArray:
        """Each line's share of the sum of those shown (m,); NaN where that is 0."""
        cents = self.columns.cents[self.lines]
        whole = int(cents.sum())
        return np.asarray(cents / whole if whole else np.full(len(cents), np.nan))

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a row, one for each of `SHOWN_FIELDS`. Raises IndexError where there is no such row."""
        return tuple(self.cell(row, each) for each in SHOWN_FIELDS)

    def cell(self, row: int, by: BillField) -> str:
        """One text of a row. Raises IndexError where there is no such row."""
        columns, line = self.columns, int(self.lines[row])
        match by:
            case BillField.QUANTITY:
                return numbers.count(float(columns.quantity[line]))
            case BillField.PRICE:
                return numbers.price(float(columns.usd_per_unit[line]))
            case BillField.AMOUNT:
                return numbers.money(int(columns.cents[line]) / CENTS)
            case _:
                return columns.texts[by].name(line)

    def rows_of(self, lines: Ids | Sequence[int]) -> Ids:
        """The rows in which lines of the bill are shown, those that are; in order."""
        return np.flatnonzero(np.isin(self.lines, np.asarray(lines, dtype=np.int64)))

    def row_about(self, key: tuple[str, ...]) -> int | None:
        """The first row about a pool (`pools`, name), a workload or stream (`workloads`, ...) or a contract.

        None where no line shown is about it.
        """
        kind, *rest = key
        if kind in ("pools", "workloads"):
            name = "/".join(rest)
            codes = _codes(self.columns, BillField.ITEM, lambda item: item == name or item.startswith(f"{name}/"))
            found = codes[self.columns.texts[BillField.ITEM].code[self.lines]]
        else:
            of_item = _codes(self.columns, BillField.ITEM, lambda item: item == "/".join(key))
            of_contract = _codes(self.columns, BillField.CONTRACT, lambda contract: contract == kind)
            found = of_item[self.columns.texts[BillField.ITEM].code[self.lines]]
            if not found.any():
                found = of_contract[self.columns.texts[BillField.CONTRACT].code[self.lines]]
        return int(np.argmax(found)) if found.any() else None

    def selection(self, rows: Ids | Sequence[int]) -> str:
        """What selected rows sum to, to the cent: `3 lines: $1,204.50`. Raises IndexError for a row there is not."""
        usd = self.columns.sum_usd(self.lines[np.asarray(rows, dtype=np.int64)])
        cents = f"{abs(usd):,.2f}".removesuffix(".00")
        return f"{numbers.whole(len(rows))} line{'' if len(rows) == 1 else 's'}: {'-' if usd < 0 else ''}${cents}"


def bill_lines(
    columns: BillColumns,
    wanted: BillFilter | None = None,
    sort: Sequence[SortKey] = (),
    within: Ids | None = None,
) -> BillLines:
    """The lines that a filter lets through, in the bill's order or sorted by the first key, then the second.

    Lines that are equal in all keys keep the bill's order. `within`: indices into the bill; no other line is shown.
    """
    wanted = wanted or BillFilter()
    keep, loose = _kept(columns, wanted)
    if within is not None:
        keep &= np.isin(np.arange(columns.count), within)
    lines = np.flatnonzero(keep)
    if sort:
        lines = lines[np.lexsort([_rank(columns, key)[lines] for key in reversed(sort)])]
    cents = columns.cents[lines]
    every = int(columns.cents.sum())
    return BillLines(
        columns=columns,
        lines=np.asarray(lines, dtype=np.int64),
        sum_usd=int(cents.sum()) / CENTS,
        cash_usd=int(cents[columns.is_cash[lines]].sum()) / CENTS,
        share_of_bill=int(cents.sum()) / every if every else None,
        loose_words=loose,
    )


def lines_csv(shown: BillLines, plan: Plan, scenario: Scenario) -> str:
    """The lines shown, in their order, as the bill's CSV (`router.report.csv_tables.bill_csv`).

    `plan` is the one whose bill the lines are of.
    """
    if len(plan.bill) != shown.columns.count:
        raise ValueError(f"lines_csv: found a bill of {len(plan.bill)} lines, expected {shown.columns.count}")
    return bill_csv(plan.model_copy(update={"bill": [plan.bill[line] for line in shown.lines.tolist()]}), scenario)


def _kept(columns: BillColumns, wanted: BillFilter) -> tuple[BoolArray, tuple[str, ...]]:
    keep = np.ones(columns.count, dtype=np.bool_)
    if wanted.categories:
        keep &= _is_named(columns, BillField.CATEGORY, {category_words(category) for category in wanted.categories})
    if wanted.providers:
        keep &= _is_named(columns, BillField.PROVIDER, wanted.providers)
    if wanted.first_period is not None:
        keep &= columns.period >= wanted.first_period
    if wanted.last_period is not None:
        keep &= columns.period <= wanted.last_period
    loose = []
    for word in words_of(wanted.text):
        found = holds(word, columns.kind_texts)[columns.kind] | holds(word, columns.period_texts)[columns.period]
        if not found.any():
            found = holds_letters(word, columns.kind_texts)[columns.kind]
            if found.any():
                loose.append(word)
        keep &= found
    return keep, tuple(loose)


def _codes(columns: BillColumns, by: BillField, wanted: Callable[[str], bool]) -> BoolArray:
    """Whether each name of a column is wanted; the last place is that of lines without a name."""
    return np.array([*(wanted(name) for name in columns.texts[by].names), False], dtype=np.bool_)


def _is_named(columns: BillColumns, by: BillField, names: frozenset[str | None] | set[str]) -> BoolArray:
    column = columns.texts[by]
    # The last place is that of lines without a name, whose code is -1.
    wanted = np.array([*(name in names for name in column.names), None in names], dtype=np.bool_)
    return np.asarray(wanted[column.code])


def _rank(columns: BillColumns, key: SortKey) -> Ids | FloatArray:
    match key.by:
        case BillField.QUANTITY:
            values: Ids | FloatArray = columns.quantity
        case BillField.PRICE:
            values = columns.usd_per_unit
        case BillField.AMOUNT:
            values = columns.cents
        case _:
            column = columns.texts[key.by]
            return np.where(column.code < 0, len(column.names), -column.code) if key.is_descending else column.rank()
    return -values if key.is_descending else values


def _share(value: float) -> str:
    return numbers.share(value) if value >= 0 else f"-{numbers.share(-value)}"
