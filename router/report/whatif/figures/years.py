"""Cash by calendar year: what each what-if adds or saves."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from router.answer.comparison import Comparison
from router.report.difference_words import signed_money
from router.report.html_charts import COLORS, Figure
from router.report.whatif.figures.layout import figure, money_axis, pattern


def years_figure(found: Sequence[Comparison]) -> Figure:
    """A group of bars for each year, in it one for each what-if."""
    years = sorted({amount.name for each in found for amount in each.cash_by_year_usd})
    traces: list[Figure] = []
    every: list[float] = [0.0]
    for index, each in enumerate(found):
        changes = {amount.name: amount.change for amount in each.cash_by_year_usd}
        amounts = [changes.get(year, 0.0) for year in years]
        every += amounts
        traces.append(
            {
                "type": "bar",
                "name": escape(each.after),
                "x": years,
                "y": amounts,
                "text": [signed_money(amount) for amount in amounts],
                "textposition": "none",
                "hovertemplate": f"{escape(each.after)}, %{{x}}: %{{text}}<extra></extra>",
                "marker": pattern(index, COLORS[index % len(COLORS)]),
            }
        )
    return figure(
        traces,
        360,
        barmode="group",
        xaxis={"type": "category", "showgrid": False},
        yaxis=money_axis(min(every), max(every), signed=True),
    )
