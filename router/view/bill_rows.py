"""The bill's lines and its groups as rows of a table, with what each can be sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from router.arrays import FloatArray, Ids
from router.report import numbers
from router.report.letters import Letters
from router.view.bill import SHOWN_FIELDS, BillLines
from router.view.bill_columns import CENTS, NUMBER_FIELDS, BillField
from router.view.bill_groups import BillGroups
from router.view.table_rows import RowColumn

SHARE_TITLE = "Share"
_SHARE_WIDTH = 7
_NUMBER_WIDTH = 9
_BAR_WIDTH = 24
_WIDEST_TEXT = 40
_DROP_ORDER = {
    BillField.UNIT: 6,
    BillField.OPTION: 5,
    BillField.PRICE: 4,
    BillField.CONTRACT: 3,
    BillField.QUANTITY: 2,
    BillField.PROVIDER: 1,
}
_SHARE_DROP_ORDER = 7
_LEAST = {BillField.ITEM: 16, BillField.CATEGORY: 13}


@dataclass(frozen=True)
class LineRows:
    """A row for each line shown: the fields of `SHOWN_FIELDS`, then its share of the lines shown."""

    shown: BillLines

    @property
    def count(self) -> int:
        """How many lines are shown."""
        return self.shown.count

    @cached_property
    def columns(self) -> tuple[RowColumn, ...]:
        """As wide as the widest text of the whole bill, so that columns stay where they are while one searches."""
        share = RowColumn(SHARE_TITLE, _SHARE_WIDTH, _SHARE_WIDTH, to_the_right=True, drop_order=_SHARE_DROP_ORDER)
        return (*(self._column(each) for each in SHOWN_FIELDS), share)

    @cached_property
    def _shares(self) -> FloatArray:
        return self.shown.shares()

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a line, digits under digits."""
        texts = zip(SHOWN_FIELDS, self.shown.cells(row), strict=True)
        cells = (numbers.aligned(text) if each in NUMBER_FIELDS else text for each, text in texts)
        return (*cells, _share_text(float(self._shares[row])))

    def plain(self, row: int) -> tuple[str, ...]:
        """The texts of a line with its numbers in full, for spreadsheets; without the share."""
        columns, line = self.shown.columns, int(self.shown.lines[row])
        full = {
            BillField.QUANTITY: repr(float(columns.quantity[line])),
            BillField.PRICE: repr(float(columns.usd_per_unit[line])),
            BillField.AMOUNT: f"{int(columns.cents[line]) / CENTS:.2f}",
        }
        return tuple(full.get(each) or self.shown.cell(row, each) for each in SHOWN_FIELDS)

    @property
    def plain_titles(self) -> tuple[str, ...]:
        """Titles of what `plain` gives."""
        return tuple(SHOWN_FIELDS)

    def _column(self, each: BillField) -> RowColumn:
        title = each.capitalize()
        if each in NUMBER_FIELDS:
            return RowColumn(
                title, _NUMBER_WIDTH, _NUMBER_WIDTH, to_the_right=True, drop_order=_DROP_ORDER.get(each, 0)
            )
        column = self.shown.columns.texts[each]
        used = [column.names[code] for code in np.unique(column.code).tolist() if code >= 0]
        width = max(len(title) + 2, min(_WIDEST_TEXT, max((len(name) for name in used), default=0)))
        return RowColumn(title, width, min(width, _LEAST.get(each, width)), drop_order=_DROP_ORDER.get(each, 0))


@dataclass(frozen=True)
class GroupRows:
    """A row for each group: its name, how many lines, amount, share and the share as a bar. `order` (G,): the groups
    in the order shown."""

    groups: BillGroups
    letters: Letters
    order: Ids

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.order)

    @cached_property
    def columns(self) -> tuple[RowColumn, ...]:
        """The name is as wide as the widest."""
        title = " and ".join(self.groups.fields).capitalize()
        widest = max((len(self._name(at)) for at in range(self.groups.count)), default=0)
        width = max(len(title) + 2, min(_WIDEST_TEXT, widest))
        return (
            RowColumn(title, width, min(width, 16)),
            RowColumn("Lines", _NUMBER_WIDTH, _NUMBER_WIDTH, to_the_right=True, drop_order=1),
            RowColumn("Amount", _NUMBER_WIDTH, _NUMBER_WIDTH, to_the_right=True),
            RowColumn(SHARE_TITLE, _SHARE_WIDTH, _SHARE_WIDTH, to_the_right=True, drop_order=2),
            RowColumn("", _BAR_WIDTH, 8, drop_order=3),
        )

    def _name(self, group: int) -> str:
        return ", ".join(self.groups.names[group])

    def name(self, row: int) -> str:
        """The name of a row's group."""
        return self._name(int(self.order[row]))

    def lines_of(self, row: int) -> Ids:
        """The lines of a row's group: indices into the bill."""
        return self.groups.lines_of(int(self.order[row]))

    def selection(self, rows: Sequence[int]) -> str:
        """What the lines of selected groups sum to, to the cent: `2 groups, 96 lines: $1,204.50`."""
        groups = self.order[np.asarray(rows, dtype=np.int64)]
        shown = np.flatnonzero(np.isin(self.groups.group_of, groups))
        return f"{numbers.whole(len(rows))} group{'' if len(rows) == 1 else 's'}, {self.groups.shown.selection(shown)}"

    @property
    def plain_titles(self) -> tuple[str, ...]:
        """Titles of what `plain` gives."""
        return (" and ".join(self.groups.fields), "lines", "amount")

    @cached_property
    def _longest(self) -> float:
        return float(np.abs(self.groups.cents).max(initial=0))

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a group."""
        group = int(self.order[row])
        share = float(self.groups.shares[group])
        length = abs(int(self.groups.cents[group])) / self._longest if self._longest else 0.0
        bar = self.letters.bar(length, _BAR_WIDTH).replace(self.letters.empty, " ") if length else ""
        return (
            self._name(group),
            numbers.whole(int(self.groups.line_counts[group])),
            numbers.aligned(numbers.money(self.groups.usd(group))),
            _share_text(share),
            bar,
        )

    def plain(self, row: int) -> tuple[str, ...]:
        """The texts of a group with its amount in full, for spreadsheets."""
        group = int(self.order[row])
        return (self._name(group), str(int(self.groups.line_counts[group])), f"{self.groups.usd(group):.2f}")


def group_rows(groups: BillGroups, letters: Letters, column: int = 2, *, is_descending: bool = True) -> GroupRows:
    """The groups as rows, sorted by name (column 0), number of lines (1) or amount (2 and all others)."""
    if column == 0:
        order = np.array(sorted(range(groups.count), key=lambda at: groups.names[at]), dtype=np.int64)
        return GroupRows(groups, letters, order[::-1] if is_descending else order)
    values = groups.line_counts if column == 1 else groups.cents
    order = np.argsort(-values if is_descending else values, kind="stable")
    return GroupRows(groups, letters, np.asarray(order, dtype=np.int64))


def _share_text(share: float) -> str:
    if np.isnan(share):
        return ""
    return numbers.share(share) if share >= 0 else f"-{numbers.share(-share)}"
