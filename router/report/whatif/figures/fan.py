"""Fans: cash over time in draws, between percentiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from router.answer.fan import Fan
from router.answer.spread import PERCENTILES
from router.arrays import FloatArray
from router.report import numbers
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import LINE, RED, figure, money_axis, see_through

_HEIGHT = 360


def cumulative_figure(fan: Fan, reference: str) -> Figure:
    """Cash paid until each day: from nothing at the start to all of it at the end."""
    days = [day.isoformat() for day in fan.boundaries]
    amounts = np.concatenate([np.zeros((len(PERCENTILES), 1)), fan.cumulative_usd], axis=1)
    line = None
    if fan.reference_cash_usd is not None:
        line = np.concatenate([[0.0], np.cumsum(fan.reference_cash_usd)])
    return _fan_figure(days, amounts, line, reference, "linear")


def rate_figure(fan: Fan, reference: str) -> Figure:
    """Cash of each period as USD a month, so that months and quarters can stand side by side, in steps."""
    days = [day.isoformat() for day in fan.boundaries]
    rates = _held(fan.cash_usd / fan.months)
    line = None if fan.reference_cash_usd is None else _held(fan.reference_cash_usd / fan.months)
    return _fan_figure(days, rates, line, reference, "hv")


def _held(rates: FloatArray) -> FloatArray:
    """The last period's rate once more, so that its step has an end."""
    return np.concatenate([rates, rates[..., -1:]], axis=-1)


def _fan_figure(
    days: Sequence[str], amounts: FloatArray, line: FloatArray | None, reference: str, shape: str
) -> Figure:
    outer, inner = see_through(LINE, 0.22), see_through(LINE, 0.42)
    low, quarter, middle, three_quarters, high = amounts.tolist()
    edge: Figure = {
        "type": "scatter",
        "mode": "lines",
        "x": list(days),
        "line": {"width": 0, "shape": shape},
        "hoverinfo": "skip",
    }
    words = [
        f"{day}<br>5 %: {numbers.money(row[0])}<br>25 %: {numbers.money(row[1])}<br>50 %: {numbers.money(row[2])}"
        f"<br>75 %: {numbers.money(row[3])}<br>95 %: {numbers.money(row[4])}"
        for day, row in zip(days, amounts.T.tolist(), strict=True)
    ]
    traces: list[Figure] = [
        edge | {"y": low, "showlegend": False},
        edge | {"y": high, "fill": "tonexty", "fillcolor": outer, "name": "5 to 95 %"},
        edge | {"y": quarter, "showlegend": False},
        edge | {"y": three_quarters, "fill": "tonexty", "fillcolor": inner, "name": "25 to 75 %"},
        {
            "type": "scatter",
            "mode": "lines",
            "name": "50 %",
            "x": list(days),
            "y": middle,
            "text": words,
            "hovertemplate": "%{text}<extra></extra>",
            "line": {"color": LINE, "width": 2.5, "shape": shape},
        },
    ]
    ends = [float(amounts.min()), float(amounts.max())]
    if line is not None:
        ends += [float(line.min()), float(line.max())]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": reference,
                "x": list(days),
                "y": line.tolist(),
                "hoverinfo": "skip",
                "line": {"color": RED, "width": 2, "dash": "dash", "shape": shape},
            }
        )
    return figure(
        traces,
        _HEIGHT,
        xaxis={"type": "date", "showgrid": False, "range": [days[0], days[-1]], "nticks": 7},
        yaxis=money_axis(min(ends), max(ends)),
    )
