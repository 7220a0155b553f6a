"""The tornado: how far each factor moves the cost, the widest swing on top."""

from __future__ import annotations

from html import escape

from router.answer.points import Point
from router.answer.tornado import Tornado
from router.report.difference_words import signed_money
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import ACROSS, BLUE, ORANGE, category_axis, figure, money_axis, pattern
from router.report.whatif.words import factor_words, proof_sentence
from router.whatif.value_words import value_words


def tornado_figure(found: Tornado) -> Figure:
    """Bars from nothing to the cheapest and to the dearest case, with the factor's value at their ends."""
    rows = found.rows
    sides = (
        ("cheaper", BLUE, [row.lowest for row in rows], "left"),
        ("dearer", ORANGE, [row.highest for row in rows], "right"),
    )
    traces: list[Figure] = []
    for index, (name, color, points, _) in enumerate(sides):
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "y": list(range(len(rows))),
                "x": [_toward(point, name) for point in points],
                "text": [
                    f" {escape(value_words(point.value, row.factor.percent))} " if _toward(point, name) else ""
                    for row, point in zip(rows, points, strict=True)
                ],
                "textposition": "outside",
                "cliponaxis": False,
                "hoverinfo": "skip",
                "marker": pattern(index, color),
            }
        )
    every = [(at, row, point) for at, row in enumerate(rows) for point in row.points]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "each value",
            "y": [at for at, _, _ in every],
            "x": [point.difference_usd for _, _, point in every],
            "text": [
                f"{escape(factor_words(row.factor, point.value))}: {signed_money(point.difference_usd)}"
                f"<br>{proof_sentence(point.proof)}"
                for _, row, point in every
            ],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": "#1a1d21"}},
        }
    )
    ends = [point.difference_usd for _, _, point in every]
    axis = money_axis(min(ends), max(ends), signed=True, most=ACROSS)
    low, high = axis["range"]
    # The values at the ends of the bars need room.
    axis["range"] = [low - 0.18 * (high - low), high + 0.18 * (high - low)]
    return figure(
        traces,
        110 + 52 * len(rows),
        barmode="overlay",
        bargap=0.45,
        xaxis=axis,
        yaxis=category_axis([row.factor.title for row in rows]),
    )


def _toward(point: Point, side: str) -> float:
    """The difference on that side of nothing; 0 where the point lies on the other."""
    usd = point.difference_usd
    return min(0.0, usd) if side == "cheaper" else max(0.0, usd)
