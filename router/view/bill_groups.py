"""The bill's lines summed by what they have in common: category, provider, item, year, period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray, Ids
from router.report.table import Cell, Column, Row, Table, Unit
from router.view.bill import BillLines
from router.view.bill_columns import CENTS, NUMBER_FIELDS, BillField

NONE_WORDS = {
    BillField.PROVIDER: "no provider",
    BillField.CONTRACT: "no contract",
    BillField.OPTION: "no purchase option",
}
"""How a group of lines without such a text is named."""


@dataclass(frozen=True)
class BillGroups:
    """G groups of the lines shown. `names` has for each group a text for each field grouped by.

    `line_counts`, `cents` (G,); `shares` (G,) of the sum of all lines shown, NaN where that is 0. `group_of` (m,) is
    the group of each line shown.
    """

    fields: tuple[BillField, ...]
    shown: BillLines
    names: tuple[tuple[str, ...], ...]
    line_counts: Ids
    cents: Ids
    shares: FloatArray
    group_of: Ids

    @property
    def count(self) -> int:
        """G."""
        return len(self.names)

    def usd(self, group: int) -> float:
        """The exact sum of a group, in USD."""
        return int(self.cents[group]) / CENTS

    def lines_of(self, group: int) -> Ids:
        """The lines of a group, in the order shown: indices into the bill."""
        return np.asarray(self.shown.lines[self.group_of == group])


def bill_groups(shown: BillLines, fields: Sequence[BillField], *, by_amount: bool = True) -> BillGroups:
    """The lines shown in groups: the largest amount (by size, whatever its sign) first, or in the fields' order.

    Raises ValueError for no field, for one given twice and for one that holds numbers.
    """
    if not fields or len(set(fields)) < len(fields) or NUMBER_FIELDS & set(fields):
        found = ", ".join(fields) or "nothing"
        expected = ", ".join(each for each in BillField if each not in NUMBER_FIELDS)
        raise ValueError(f"group by: found {found}, expected some of {expected}, each once")
    columns, lines = shown.columns, shown.lines
    ranks = np.stack([columns.texts[each].rank()[lines] for each in fields])
    unique, group_of = np.unique(ranks, axis=1, return_inverse=True)
    group_of = np.asarray(group_of, dtype=np.int64).ravel()
    count = unique.shape[1]
    cents = np.zeros(count, dtype=np.int64)
    np.add.at(cents, group_of, columns.cents[lines])
    order = np.argsort(-np.abs(cents), kind="stable") if by_amount else np.arange(count)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    texts = [(*columns.texts[each].names, NONE_WORDS.get(each, f"no {each}")) for each in fields]
    whole = int(cents.sum())
    return BillGroups(
        fields=tuple(fields),
        shown=shown,
        names=tuple(
            tuple(names[rank] for names, rank in zip(texts, ranks_of, strict=True))
            for ranks_of in unique.T[order].tolist()
        ),
        line_counts=np.asarray(np.bincount(group_of, minlength=count)[order], dtype=np.int64),
        cents=cents[order],
        shares=np.asarray(cents[order] / whole if whole else np.full(count, np.nan)),
        group_of=place[group_of] if count else group_of,
    )


def groups_table(groups: BillGroups) -> Table:
    """The groups as a table, with the sum of all in its last row."""
    rows = [
        Row((*names, float(groups.line_counts[at]), groups.usd(at), _share(float(groups.shares[at]))))
        for at, names in enumerate(groups.names)
    ]
    if len(rows) > 1:
        blank: tuple[Cell, ...] = (None,) * (len(groups.fields) - 1)
        total = groups.shown.sum_usd
        rows.append(Row(("all", *blank, float(groups.shown.count), total, 1.0 if total else None), "total"))
    return Table(
        key="bill-groups",
        title=f"Bill by {' and '.join(groups.fields)}",
        columns=(
            *(Column(each.capitalize()) for each in groups.fields),
            Column("Lines", Unit.COUNT, drop_order=2),
            Column("Amount", Unit.USD),
            Column("Share", Unit.SHARE, drop_order=1),
        ),
        rows=tuple(rows),
        footnotes=("Undiscounted. Share: of the lines shown.",) if rows else (),
        when_empty="No line of the bill is shown.",
    )


def _share(share: float) -> float | None:
    return None if np.isnan(share) else share
