"""Amounts of two plans by name, with what changed as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from router.plan.document import BillCategory
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.tables.cost import CATEGORY_WORDS, NO_PROVIDER
from router.report.tables.difference import NO_WORKLOAD
from router.report.tables.difference_rows import DISCOUNTED, NOT_DISCOUNTED
from router.view.signed_bars import SignedBars, signed_bars

if TYPE_CHECKING:
    from router.difference.document import AmountChange, CostChange


@dataclass(frozen=True)
class AmountChanges:
    """N amounts in USD, before, after and the change, and the sum of all. In the order in which they are shown."""

    title: str
    names: tuple[str, ...]
    before_usd: tuple[float, ...]
    after_usd: tuple[float, ...]
    change_usd: tuple[float, ...]
    total_usd: tuple[float, float, float]

    def bars(self, width: int) -> SignedBars:
        """The changes as bars in `width` cells."""
        return signed_bars(self.change_usd, width)

    def texts(self) -> tuple[tuple[str, str, str, str], ...]:
        """Name, before, after and change of each."""
        rows = zip(self.names, self.before_usd, self.after_usd, self.change_usd, strict=True)
        return tuple((name, numbers.money(old), numbers.money(new), signed_money(by)) for name, old, new, by in rows)


def cost_changes(cost: CostChange) -> tuple[AmountChanges, ...]:
    """Cost by cause, by provider and by workload (discounted), cash by year (undiscounted)."""
    causes = sorted(cost.by_cause, key=lambda amount: list(CATEGORY_WORDS).index(BillCategory(str(amount.name))))
    amounts = (
        (f"Cost by cause ({DISCOUNTED})", [(_cause(each), each) for each in causes]),
        (f"Cost by provider ({DISCOUNTED})", [(each.name or NO_PROVIDER, each) for each in cost.by_provider]),
        (f"Cost by workload ({DISCOUNTED})", [(each.name or NO_WORKLOAD, each) for each in cost.by_workload]),
    )
    years = [(str(each.name), each) for each in cost.cash_by_year]
    return (
        *(_changes(title, named, cost.total) for title, named in amounts),
        _changes(f"Cash by year ({NOT_DISCOUNTED})", years, cost.cash),
    )


def _cause(amount: AmountChange) -> str:
    return CATEGORY_WORDS[BillCategory(str(amount.name))]


def _changes(title: str, amounts: Sequence[tuple[str, AmountChange]], total: AmountChange) -> AmountChanges:
    return AmountChanges(
        title=title,
        names=tuple(name for name, _ in amounts),
        before_usd=tuple(amount.before_usd for _, amount in amounts),
        after_usd=tuple(amount.after_usd for _, amount in amounts),
        change_usd=tuple(amount.change_usd for _, amount in amounts),
        total_usd=(total.before_usd, total.after_usd, total.change_usd),
    )
