"""Cash ceilings per calendar year."""

from __future__ import annotations

import numpy as np

from router.arrays import Ids
from router.model.costs import CostEntries
from router.model.rows import Rows, Term, make_rows, row_ids
from router.problem.limits import CashCeilings


def cash_ceiling(entries: CostEntries, cash_over: Ids, cash: CashCeilings, usd_per_unit: float) -> Rows:
    """``sum of what is paid in the year <= usd + cash_over``.

    A cost entry counts by the share of its period's hours in the year, a shortfall or tier credit by the
    period's last day.
    cash_over (Y,) column ids.
    """
    ids = row_ids(np.ones(len(cash.usd), dtype=bool))
    terms: list[Term] = [(ids, cash_over, -1.0)]
    for ceiling in range(len(cash.usd)):
        by_hours = cash.by_hours[ceiling][entries.period]
        share = np.where(entries.settled, cash.by_last_day[ceiling][entries.period], by_hours)
        paid = np.where(entries.is_cash, share * entries.usd, 0.0) / usd_per_unit
        terms.append((ceiling, entries.column, paid))
    return make_rows("cash_ceiling", ("ceiling",), ids, terms, upper=cash.usd / usd_per_unit)
