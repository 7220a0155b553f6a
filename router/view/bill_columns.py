"""The lines of a bill as columns: arrays and texts that are made once and then searched, sorted and summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.plan.document import NOT_CASH, BillCategory
from router.report.period_groups import period_label
from router.report.tables.cost import CATEGORY_WORDS, OPTION_WORDS
from router.view.word_match import BETWEEN

if TYPE_CHECKING:
    from router.plan.document import BillLine, Plan

CENTS = 100


class BillField(StrEnum):
    """What a line has, in the order in which it is shown."""

    PERIOD = "period"
    YEAR = "year"
    CATEGORY = "category"
    PROVIDER = "provider"
    ITEM = "item"
    OPTION = "option"
    CONTRACT = "contract"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    AMOUNT = "amount"


NUMBER_FIELDS = frozenset({BillField.QUANTITY, BillField.PRICE, BillField.AMOUNT})
_SEARCHED = (BillField.ITEM, BillField.PROVIDER, BillField.CATEGORY, BillField.CONTRACT, BillField.OPTION)


@dataclass(frozen=True)
class Coded:
    """A column of texts: `names` in their order, `code` (n,) the name of each line, -1 where it has none."""

    names: tuple[str, ...]
    code: Ids

    def name(self, line: int) -> str:
        """The text of a line, empty where it has none."""
        code = int(self.code[line])
        return self.names[code] if code >= 0 else ""

    def rank(self) -> Ids:
        """A number for each line to sort by (n,): as `names` are ordered, what has no name last."""
        return np.where(self.code >= 0, self.code, len(self.names))


@dataclass(frozen=True)
class BillColumns:
    """All n lines of a bill. `cents` (n,) are whole, undiscounted; the sum of any lines is exact.

    `texts` has the columns that are no numbers, periods and categories in their own order and all others by letters.
    Lines that share item, provider, category, contract and purchase option are of one `kind` (n,); `kind_texts` are
    these in small letters, to search in.
    """

    period: Ids
    cents: Ids
    quantity: FloatArray
    usd_per_unit: FloatArray
    is_cash: BoolArray
    texts: dict[BillField, Coded]
    kind: Ids
    kind_texts: tuple[str, ...]
    period_texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """n."""
        return len(self.cents)

    def sum_usd(self, lines: Ids | Sequence[int]) -> float:
        """The exact sum of lines, in USD."""
        return int(self.cents[np.asarray(lines, dtype=np.int64)].sum()) / CENTS


def bill_columns(plan: Plan) -> BillColumns:
    """The bill of a plan as columns."""
    lines = plan.bill
    labels = tuple(period_label(period) for period in plan.periods)
    period = np.fromiter((line.period for line in lines), dtype=np.int64, count=len(lines))
    years = sorted({record.start.year for record in plan.periods})
    year_of = np.array([years.index(record.start.year) for record in plan.periods], dtype=np.int64)
    categories = tuple(CATEGORY_WORDS.values())
    place = {category: at for at, category in enumerate(CATEGORY_WORDS)}
    category = np.fromiter((place[line.category] for line in lines), dtype=np.int64, count=len(lines))
    texts = {
        BillField.PERIOD: Coded(labels, period),
        BillField.YEAR: Coded(tuple(map(str, years)), year_of[period] if len(lines) else period),
        BillField.CATEGORY: Coded(categories, category),
        BillField.PROVIDER: _coded(line.provider for line in lines),
        BillField.ITEM: _coded(line.item for line in lines),
        BillField.OPTION: _coded(_option(line) for line in lines),
        BillField.CONTRACT: _coded(line.contract for line in lines),
        BillField.UNIT: _coded(line.unit for line in lines),
    }
    kind, kind_texts = _kinds(texts)
    not_cash = [place[each] for each in NOT_CASH]
    amounts = np.fromiter((line.amount_usd for line in lines), dtype=np.float64, count=len(lines))
    return BillColumns(
        period=period,
        cents=np.asarray(np.rint(amounts * CENTS).astype(np.int64)),
        quantity=np.fromiter((line.quantity for line in lines), dtype=np.float64, count=len(lines)),
        usd_per_unit=np.fromiter((line.usd_per_unit for line in lines), dtype=np.float64, count=len(lines)),
        is_cash=~np.isin(category, not_cash),
        texts=texts,
        kind=kind,
        kind_texts=kind_texts,
        period_texts=tuple(label.lower() for label in labels),
    )


def category_words(category: BillCategory) -> str:
    """What a category is called in the column of categories."""
    return CATEGORY_WORDS[category]


def _option(line: BillLine) -> str | None:
    return None if line.purchase_option is None else OPTION_WORDS.get(line.purchase_option, line.purchase_option)


def _coded(texts: Iterable[str | None]) -> Coded:
    given = list(texts)
    names = tuple(sorted({text for text in given if text is not None}, key=lambda text: (text.lower(), text)))
    code: dict[str | None, int] = {name: at for at, name in enumerate(names)}
    code[None] = -1
    return Coded(names, np.fromiter((code[text] for text in given), dtype=np.int64, count=len(given)))


def _kinds(texts: dict[BillField, Coded]) -> tuple[Ids, tuple[str, ...]]:
    codes = np.stack([texts[field].code for field in _SEARCHED])
    unique, kind = np.unique(codes, axis=1, return_inverse=True)
    columns = [texts[field].names for field in _SEARCHED]
    joined = tuple(
        BETWEEN.join(names[code] for names, code in zip(columns, codes_of, strict=True) if code >= 0).lower()
        for codes_of in unique.T.tolist()
    )
    return np.asarray(kind, dtype=np.int64).ravel(), joined
