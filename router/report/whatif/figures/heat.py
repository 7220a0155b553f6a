"""Two factors together: the difference in cost as a heat map around nothing."""

from __future__ import annotations

from html import escape

from router.answer.grid import Grid
from router.report.difference_words import signed_money
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import axis_title, figure, label
from router.report.whatif.tables.cells import OPEN_MARK
from router.report.whatif.words import factor_words, proof_sentence
from router.whatif.value_words import value_words

_MOST_WORDS = 60
_SCALE = [[0.0, "#0b4f86"], [0.25, "#5b9bd0"], [0.5, "#e8e8e4"], [0.75, "#f0a35e"], [1.0, "#a8480b"]]
"""Blue for cheaper, orange for dearer, pale around nothing: told apart also by who sees few colours."""


def heat_figure(grid: Grid, largest_usd: float) -> Figure:
    """Rows and columns as in the table. The colours reach to ``largest_usd`` on both sides of nothing."""
    amounts, words, texts = [], [], []
    for value, row in zip(grid.row_values, grid.points, strict=True):
        amounts.append([None if point is None else point.difference_usd for point in row])
        texts.append(
            [
                ""
                if point is None
                else signed_money(point.difference_usd) + ("" if point.proof.proved else f" {OPEN_MARK}")
                for point in row
            ]
        )
        words.append(
            [
                f"{escape(factor_words(grid.row_factor, value))}<br>"
                f"{escape(factor_words(grid.column_factor, column))}<br>"
                + (
                    "no plan"
                    if point is None
                    else f"{signed_money(point.difference_usd)}, {proof_sentence(point.proof)}"
                )
                for column, point in zip(grid.column_values, row, strict=True)
            ]
        )
    limit = largest_usd or 1.0
    trace: Figure = {
        "type": "heatmap",
        "x": list(range(len(grid.column_values))),
        "y": list(range(len(grid.row_values))),
        "z": amounts,
        "text": texts,
        "customdata": words,
        "hovertemplate": "%{customdata}<extra></extra>",
        "hoverongaps": True,
        "zmin": -limit,
        "zmax": limit,
        "colorscale": _SCALE,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
    }
    if len(grid.row_values) * len(grid.column_values) <= _MOST_WORDS:
        trace["texttemplate"] = "%{text}"
    missing = [
        {"x": column, "y": row, "text": "no plan", "showarrow": False}
        for row, line in enumerate(grid.points)
        for column, point in enumerate(line)
        if point is None
    ]
    return figure(
        [trace],
        110 + 38 * len(grid.row_values),
        annotations=missing,
        margin={"l": 16, "r": 16, "t": 8, "b": 40},
        xaxis=_axis(
            [value_words(value, grid.column_factor.percent) for value in grid.column_values], grid.column_factor.title
        ),
        # Its title stands in the line above: names of factors are longer than a map is high.
        yaxis=_axis([value_words(value, grid.row_factor.percent) for value in grid.row_values], "")
        | {"range": [len(grid.row_values) - 0.5, -0.5]},
    )


def _axis(names: list[str], title: str) -> Figure:
    return {
        "title": axis_title(title),
        "tickvals": list(range(len(names))),
        "ticktext": [label(name) for name in names],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
