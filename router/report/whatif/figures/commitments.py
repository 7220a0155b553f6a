"""Commitments in draws: drawdown against the promise, and the chance of a shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from router.answer.shortfall import CommitmentSpread, WindowSpread
from router.report import numbers
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import (
    ACROSS,
    GRID,
    LINE,
    ORANGE,
    RED,
    category_axis,
    figure,
    money_axis,
    nice_ticks,
    see_through,
)
from router.report.whatif.words import chance_words, window_words


def drawdown_figure(commitment: CommitmentSpread) -> Figure:
    """For each window the drawdown between percentiles, with a line at its promise."""
    windows = commitment.windows
    places = list(range(len(windows)))
    fifth, quarter, middle, three_quarters, last = (
        [window.drawdown_usd.percentiles[at] for window in windows] for at in range(5)
    )
    words = [_window_text(window) for window in windows]

    def bar(name: str, low: Sequence[float], high: Sequence[float], width: float, opacity: float) -> Figure:
        return {
            "type": "bar",
            "name": name,
            "x": places,
            "base": list(low),
            "y": [top - bottom for bottom, top in zip(low, high, strict=True)],
            "width": width,
            "text": words,
            "textposition": "none",
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"color": see_through(LINE, opacity)},
        }

    traces: list[Figure] = [
        bar("5 to 95 %", fifth, last, 0.28, 0.3),
        bar("25 to 75 %", quarter, three_quarters, 0.5, 0.4),
        _lines("50 %", places, middle, 0.25, LINE),
        _lines("promise", places, [window.promise_usd.median for window in windows], 0.4, RED),
    ]
    ends = [*fifth, *last, *(window.promise_usd.median for window in windows)]
    return figure(
        traces,
        320,
        barmode="overlay",
        xaxis={
            "tickvals": places,
            "ticktext": [window_words(window.start, window.end).replace(" to ", "<br>to ") for window in windows],
            "range": [-0.6, len(windows) - 0.4],
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
        yaxis=money_axis(min(ends), max(ends)),
    )


def chance_figure(commitments: Sequence[CommitmentSpread]) -> Figure:
    """The chance of a shortfall of each commitment, with the interval that draws leave."""
    shares = [100 * commitment.chance.share for commitment in commitments]
    words = [
        f"<b>{chance_words(commitment.chance)}</b>"
        + (f"<br>{numbers.money(commitment.when_missed_usd)} if so" if commitment.when_missed_usd else "")
        for commitment in commitments
    ]
    trace: Figure = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(commitments))),
        "x": shares,
        "customdata": [
            f"{escape(commitment.name)}: short in {numbers.whole(commitment.chance.hits)} of "
            f"{numbers.whole(commitment.chance.count)} draws"
            for commitment in commitments
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": ORANGE},
        "error_x": {
            "type": "data",
            "array": [100 * (commitment.chance.high - commitment.chance.share) for commitment in commitments],
            "arrayminus": [100 * (commitment.chance.share - commitment.chance.low) for commitment in commitments],
            "color": "#8c8c8c",
        },
    }
    notes = [
        {
            "x": 100 * commitment.chance.high,
            "y": at,
            "text": text,
            "showarrow": False,
            "align": "left",
            "xanchor": "left",
            "xshift": 8,
        }
        for at, (commitment, text) in enumerate(zip(commitments, words, strict=True))
    ]
    highest = max(100 * commitment.chance.high for commitment in commitments)
    ticks = nice_ticks(0, max(10.0, highest), ACROSS)
    return figure(
        [trace],
        90 + 56 * len(commitments),
        margin={"l": 16, "r": 116, "t": 24, "b": 40},
        showlegend=False,
        bargap=0.5,
        annotations=notes,
        xaxis={
            "range": [0, max(10.0, highest) * 1.02],
            "tickvals": ticks,
            "ticktext": [f"{tick:g} %" for tick in ticks],
            "gridcolor": GRID,
            "zeroline": False,
        },
        yaxis=category_axis([commitment.name for commitment in commitments]),
    )


def _lines(name: str, places: Sequence[int], amounts: Sequence[float], half: float, color: str) -> Figure:
    """A level line at each place, that far to both sides."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, usd in zip(places, amounts, strict=True):
        x += [place - half, place + half, None]
        y += [usd, usd, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "connectgaps": False,
        "line": {"color": color, "width": 3},
    }


def _window_text(window: WindowSpread) -> str:
    low, quarter, middle, three_quarters, high = map(numbers.money, window.drawdown_usd.percentiles)
    return (
        f"{window_words(window.start, window.end)}<br>promise {numbers.money(window.promise_usd.median)}"
        f"<br>5 %: {low}<br>25 %: {quarter}<br>50 %: {middle}<br>75 %: {three_quarters}<br>95 %: {high}"
        f"<br>short in {chance_words(window.chance)}"
    )
