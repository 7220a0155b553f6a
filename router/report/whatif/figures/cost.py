"""How the total cost spreads over draws."""

from __future__ import annotations

import numpy as np

from router.answer.uncertainty import Uncertainty
from router.report import numbers
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import ACROSS, GRID, LINE, RED, figure, money_axis, see_through
from router.report.whatif.words import case_words, counted


def cost_figure(found: Uncertainty) -> Figure:
    """How many draws cost how much, with the middle, the ends of 9 in 10, and the case that they start from."""
    costs = np.asarray(found.costs_usd)
    counts, edges = np.histogram(costs, bins=_bins(len(costs)))
    words = [
        f"{numbers.money(low)} to {numbers.money(high)}: {counted(int(count), 'draw')}"
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]
    trace: Figure = {
        "type": "bar",
        "x": ((edges[1:] + edges[:-1]) / 2).tolist(),
        "y": counts.tolist(),
        "width": (edges[1:] - edges[:-1]).tolist(),
        "text": words,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": see_through(LINE, 0.7), "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
    }
    low, _, middle, _, high = found.cost_usd.percentiles
    lines = [(low, "5 %", LINE, "dot"), (middle, "50 %", LINE, "solid"), (high, "95 %", LINE, "dot")]
    ends = [float(edges[0]), float(edges[-1])]
    if found.reference_cost_usd is not None:
        lines.append((found.reference_cost_usd, case_words(found.reference), RED, "dash"))
        ends += [found.reference_cost_usd]
    shapes: list[Figure] = []
    notes: list[Figure] = []
    for at, (usd, name, color, dash) in enumerate(lines):
        line = {"color": color, "width": 2, "dash": dash}
        shapes.append({"type": "line", "x0": usd, "x1": usd, "yref": "paper", "y0": 0, "y1": 1, "line": line})
        notes.append({"x": usd, "yref": "paper", "y": 1 if at < 3 else 1.1, "yanchor": "bottom", "text": name})
    axis = money_axis(min(ends), max(ends), zero=False, most=ACROSS)
    return figure(
        [trace],
        340,
        margin={"l": 16, "r": 16, "t": 56, "b": 40},
        showlegend=False,
        bargap=0,
        shapes=shapes,
        annotations=[note | {"showarrow": False} for note in notes],
        xaxis=axis | {"showgrid": False, "zeroline": False},
        yaxis={"gridcolor": GRID, "automargin": True},
    )


def _bins(count: int) -> int:
    """As many as tell something: about twice the cube root of the draws, 5 to 40."""
    return int(min(40, max(5, round(2 * count ** (1 / 3)))))
