"""The price grid: what an instance-hour costs by offer and period, before a contract's discounts."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray
from router.change.offer_names import offer_name
from router.problem.calendar import build_calendar
from router.problem.values import average, offered
from router.report.letters import Letters
from router.scenario.offer import Offer
from router.scenario.scenario import Scenario
from router.view.grid import CellUnit, Fact, Grid, GridRow, OverTime
from router.view.periods import period_columns
from router.view.sparkline import sparkline

TREND_WIDTH = 8

_FACTS = (
    Fact("region", 12, drop_order=2),
    Fact("option", 12, drop_order=0),
    Fact("trend", TREND_WIDTH, drop_order=1),
)


def price_grid(scenario: Scenario, letters: Letters) -> Grid:
    """List and contract prices: the average by days over each period."""
    calendar = build_calendar(scenario.horizon)
    rows: list[GridRow] = []
    values: list[FloatArray] = []
    for provider in scenario.providers:
        mine = [(at, offer) for at, offer in enumerate(scenario.offers) if offer.provider == provider]
        if mine:
            rows.append(
                GridRow((provider,), provider, provider, CellUnit.USD_PER_UNIT, None, ("", "", ""), is_heading=True)
            )
            values.append(np.full(calendar.periods, np.nan))
        for at, offer in mine:
            there = offered(offer.usd_per_hour, calendar)
            line = np.where(there, average(offer.usd_per_hour, calendar), np.nan)
            rows.append(
                GridRow(
                    ("offers", str(at)),
                    offer.instance_type,
                    f"price of {offer_name(offer)}",
                    CellUnit.USD_PER_UNIT,
                    OverTime(("offers", at, "usd_per_hour")),
                    (offer.region, _option(offer), sparkline(line, TREND_WIDTH, letters)),
                    "USD per instance-hour",
                )
            )
            values.append(line)
    table = np.array(values).reshape(len(rows), calendar.periods)
    return Grid("prices", _FACTS, period_columns(calendar), tuple(rows), table, np.zeros(table.shape, dtype=np.bool_))


def _option(offer: Offer) -> str:
    if offer.term_months is not None:
        return f"{offer.term_months} months"
    return offer.contract or offer.purchase_option.replace("_", " ")
