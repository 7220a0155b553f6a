"""What all figures share: layout, axes of money and of values, colours that serve on light and dark paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from textwrap import wrap

from router.report import numbers
from router.report.difference_words import signed_money
from router.report.html_charts import COLORS, Figure
from router.whatif.case import FactorValue
from router.whatif.value_words import value_words

BLUE, ORANGE, GREEN, PINK, SKY, RED, GREY, OLIVE = COLORS
LINE = "#2b8cd6"
"""Of lines and bands: seen well on white and on dark paper."""
GRID = "rgba(128,128,128,0.25)"
ZERO = "rgba(128,128,128,0.9)"
LEGEND: Figure = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"}
PATTERNS = ("", "/", "x", "-", "\\", "|", "+", ".")
_LABEL_WIDTH = 20
MOST_TICKS = 6
ACROSS = 5
"""Ticks of an axis below a chart: amounts are wide, and phones narrow."""


def figure(traces: Sequence[Figure], height: int, **layout: object) -> Figure:
    """A figure with the page's look; `layout` goes over it."""
    return {
        "data": list(traces),
        "layout": {
            "height": height,
            "margin": {"l": 16, "r": 16, "t": 24, "b": 40},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "legend": LEGEND,
            "hoverlabel": {"align": "left"},
            **layout,
        },
    }


def money_axis(low: float, high: float, *, signed: bool = False, zero: bool = True, most: int = MOST_TICKS) -> Figure:
    """An axis over amounts, with ticks written as everywhere; 0 is on it where `zero`."""
    if zero:
        low, high = min(0.0, low), max(0.0, high)
    ticks = nice_ticks(low, high, most)
    words = signed_money if signed else numbers.money
    return {
        "tickvals": ticks,
        "ticktext": [_short(words(tick)) for tick in ticks],
        "range": padded(low, high),
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": ZERO,
        "zerolinewidth": 1,
        "automargin": True,
    }


def value_axis(values: Sequence[FactorValue], title: str, percent: bool = False) -> Figure:
    """An axis over a factor's values: dates, numbers (written as everywhere), or texts side by side."""
    axis: Figure = {"title": axis_title(title), "showgrid": False, "automargin": True, "zeroline": False}
    if any(isinstance(value, str) for value in values):
        return axis | {"type": "category"}
    known = [value for value in values if isinstance(value, (int, float))]
    if len(known) < len(values):
        return axis | {"type": "date"}
    ticks = nice_ticks(min(known), max(known)) if known else []
    return axis | {
        "type": "linear",
        "tickvals": ticks,
        "ticktext": [value_words(tick, percent) for tick in ticks],
    }


def category_axis(names: Sequence[str]) -> Figure:
    """An axis of names from top to bottom. Their places are numbers: names need not differ."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [label(name) for name in names],
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def axis_title(text: str) -> Figure:
    """A title beside an axis, no larger than its ticks."""
    return {"text": escape(text), "font": {"size": 13}}


def axis_value(value: FactorValue) -> float | str:
    """A value as it stands on its axis."""
    if isinstance(value, str):
        return escape(value)
    return value if isinstance(value, (int, float)) else value_words(value)


def label(text: str) -> str:
    """A name beside an axis, folded where it is long."""
    parts = wrap(text, _LABEL_WIDTH, break_long_words=True) or [""]
    shown = parts if len(parts) <= 3 else [*parts[:2], f"{parts[2][: _LABEL_WIDTH - 3]}..."]
    return "<br>".join(escape(part) for part in shown)


def pattern(index: int, color: str) -> Figure:
    """How bars of a series are filled: patterns tell them apart in print and without colours."""
    return {
        "color": color,
        "pattern": {
            "shape": PATTERNS[index % len(PATTERNS)],
            "bgcolor": color,
            "fgcolor": "rgba(255,255,255,0.55)",
            "size": 7,
            "solidity": 0.18,
        },
    }


def see_through(color: str, opacity: float) -> str:
    """A colour `#rrggbb` that lets the paper through."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def padded(low: float, high: float, share: float = 0.08) -> list[float]:
    """The range with some room at both ends, but none beyond 0 where it ends there."""
    room = (high - low) * share or abs(high) * share or 1.0
    return [low - room if low else -room * 0.25 * (high > 0), high + room if high else room * 0.25 * (low < 0)]


def nice_ticks(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """Round numbers, about ``most`` of them, from ``low`` to ``high``."""
    span = high - low
    if span <= 0:
        return [low]
    step = 10.0 ** math.floor(math.log10(span / most))
    step *= next(factor for factor in (1, 2, 2.5, 5, 10) if span / (step * factor) <= most)
    first = math.ceil(low / step - 1e-9)
    return [round(at * step, 10) + 0.0 for at in range(first, math.floor(high / step + 1e-9) + 1)]


def _short(money: str) -> str:
    """`$2 B` for `$2.00 B`: a tick's zeros say nothing."""
    number, _, suffix = money.partition(" ")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {suffix}".rstrip()
