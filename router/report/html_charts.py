"""Chart data as plotly figures: plain mappings, so that building them needs no plotly."""

from __future__ import annotations

import json
from datetime import date, timedelta
from html import escape
from typing import Any

from router.report import numbers
from router.report.charts import BurnDown, CostOverTime, Utilisation

Figure = dict[str, Any]
"""`data` and `layout` as plotly.js takes them."""

COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c", "#b8a900")
"""Okabe and Ito's colours, which people who see few colours can tell apart."""

_DAYS_WITH_MONTHS = 550
_PATTERNS = ("", "/", "x", "-", "\\", "|", "+", ".")


def cost_figure(cost: CostOverTime) -> Figure:
    """Stacked bars as wide as their periods: USD a month by provider."""
    middles, widths = [], []
    for start, end in zip(cost.boundaries, cost.boundaries[1:], strict=False):
        days = (end - start).days
        middles.append((start + timedelta(days=days / 2)).isoformat())
        widths.append(days * 86_400_000 * 0.94)
    traces = []
    for index, (name, rates, amounts) in enumerate(zip(cost.providers, cost.usd_per_month, cost.usd, strict=True)):
        traces.append(
            {
                "type": "bar",
                "name": escape(name),
                "x": middles,
                "width": widths,
                "y": list(rates),
                "customdata": [
                    [label, numbers.money(amount)] for label, amount in zip(cost.labels, amounts, strict=True)
                ],
                "hovertemplate": f"{escape(name)}, %{{customdata[0]}}<br>%{{customdata[1]}} in the period"
                "<extra></extra>",
                "marker": {
                    "color": COLORS[index % len(COLORS)],
                    # Patterns tell providers apart in print and without colours.
                    "pattern": {
                        "shape": _PATTERNS[index % len(_PATTERNS)],
                        "bgcolor": COLORS[index % len(COLORS)],
                        "fgcolor": "rgba(255,255,255,0.55)",
                        "size": 7,
                        "solidity": 0.18,
                    },
                },
            }
        )
    layout = _layout("USD a month", height=380)
    layout["barmode"] = "relative"
    layout["xaxis"] |= _dates(cost.boundaries[0], cost.boundaries[-1])
    return {"data": traces, "layout": layout}


def burn_down_figure(burn_down: BurnDown) -> Figure:
    """What is left to spend in each window, as filled lines that start again with each window."""
    days: list[str | None] = []
    left: list[float | None] = []
    words: list[str | None] = []
    for window in burn_down.windows:
        for point in window.points:
            days.append(point.day.isoformat())
            left.append(max(0.0, point.remaining_usd))
            over = point.remaining_usd < 0
            words.append(
                f"{numbers.money(-point.remaining_usd)} above" if over else f"{numbers.money(left[-1] or 0)} left"
            )
        days.append(None)
        left.append(None)
        words.append(None)
    missed = [window for window in burn_down.windows if window.shortfall_usd > 0]
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "fill": "tozeroy",
            "name": "left to spend",
            "x": days,
            "y": left,
            "text": words,
            "hovertemplate": "%{x|%Y-%m-%d}<br>%{text}<extra></extra>",
            "line": {"color": COLORS[0]},
            "connectgaps": False,
        }
    ]
    if missed:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": "shortfall",
                "x": [window.points[-1].day.isoformat() for window in missed],
                "y": [max(0.0, window.points[-1].remaining_usd) for window in missed],
                "text": [f"short {numbers.money(window.shortfall_usd)}" for window in missed],
                "textposition": "top left",
                "hoverinfo": "text",
                "marker": {"color": COLORS[5], "symbol": "x", "size": 9},
            }
        )
    layout = _layout("USD left", height=260)
    layout["showlegend"] = False
    points = [point.day for window in burn_down.windows for point in window.points]
    if points:
        layout["xaxis"] |= _dates(min(points), max(points))
    return {"data": traces, "layout": layout}


def utilisation_figure(held: Utilisation) -> Figure:
    """Pools by periods: percent of capacity held."""
    labels = [group.label for group in held.groups]
    percent = [[None if share is None else 100.0 * share for share in row] for row in held.share]
    words = [
        [
            "no capacity"
            if share is None
            else f"{numbers.count(used)} of {numbers.count(there)} instances ({numbers.share(share)})"
            for used, there, share in zip(used_row, there_row, share_row, strict=True)
        ]
        for used_row, there_row, share_row in zip(held.held, held.capacity, held.share, strict=True)
    ]
    trace = {
        "type": "heatmap",
        "x": labels,
        "y": [escape(name) for name in held.pools],
        "z": percent,
        "text": words,
        "hovertemplate": "%{y}, %{x}<br>%{text}<extra></extra>",
        "zmin": 0,
        "zmax": 100,
        "colorscale": "Cividis",
        "xgap": 1,
        "ygap": 1,
        "colorbar": {"title": {"text": "%"}, "thickness": 12},
    }
    if len(labels) * len(held.pools) <= 700:
        trace["texttemplate"] = "%{z:.0f}"
    layout = _layout("", height=120 + 24 * len(held.pools))
    layout["margin"] = {"l": 70, "r": 20, "t": 10, "b": 70}
    layout["xaxis"] = {"type": "category", "tickangle": -45, "nticks": 30, "showgrid": False}
    layout["yaxis"] = {"autorange": "reversed", "automargin": True, "type": "category", "showgrid": False}
    return {"data": [trace], "layout": layout}


def figure_json(figure: Figure) -> str:
    """JSON that is safe within a script element: no letter of it can end the element."""
    text = json.dumps(figure, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _dates(start: date, end: date) -> Figure:
    """A date axis from `start` to `end`, with a tick at each month where there are few of them."""
    axis: Figure = {"range": [start.isoformat(), end.isoformat()]}
    if (end - start).days <= _DAYS_WITH_MONTHS:
        axis |= {"dtick": "M1", "tick0": "2000-01-01", "tickformat": "%Y-%m"}
    return axis


def _layout(title: str, height: int) -> Figure:
    return {
        "height": height,
        "margin": {"l": 70, "r": 20, "t": 24, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {"type": "date", "showgrid": False},
        "yaxis": {
            "title": {"text": title},
            "tickprefix": "$",
            "exponentformat": "B",
            "rangemode": "tozero",
            "automargin": True,
        },
        "hoverlabel": {"align": "left"},
    }
