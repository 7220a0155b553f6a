"""Bars by cause: what makes a what-if dearer or cheaper than the base."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from router.answer.causes import Cause
from router.answer.comparison import Comparison
from router.report.difference_words import signed_money
from router.report.html_charts import COLORS, Figure
from router.report.whatif.figures.layout import ACROSS, LEGEND, category_axis, figure, money_axis, pattern
from router.report.whatif.words import CAUSE_WORDS, proof_sentence


def causes_figure(found: Sequence[Comparison]) -> Figure:
    """For each what-if a bar to the right of what adds to the cost and one to the left of what saves.

    A diamond marks the difference of the two, with a line over what the bounds leave open.
    """
    changes = [{part.cause: part.change_usd for part in each.by_cause()} for each in found]
    traces: list[Figure] = []
    for index, cause in enumerate(Cause):
        amounts = [change.get(cause, 0.0) for change in changes]
        if not any(abs(amount) >= 0.005 for amount in amounts):
            continue
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": CAUSE_WORDS[cause],
                "y": list(range(len(found))),
                "x": amounts,
                "text": [signed_money(amount) for amount in amounts],
                "textposition": "none",
                "hovertemplate": f"{CAUSE_WORDS[cause]}: %{{text}}<extra></extra>",
                "marker": pattern(index, COLORS[index]),
            }
        )
    differences = [each.difference_usd for each in found]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "difference",
            "y": list(range(len(found))),
            "x": differences,
            "text": [signed_money(usd) for usd in differences],
            "customdata": [f"{escape(each.after)}: {proof_sentence(each.proof)}" for each in found],
            "hovertemplate": "%{text}<br>%{customdata}<extra></extra>",
            "marker": {"symbol": "diamond", "size": 10, "color": "#ffffff", "line": {"color": "#1a1d21", "width": 2}},
            "error_x": {
                "type": "data",
                "array": [each.proof.most_usd - each.difference_usd for each in found],
                "arrayminus": [each.difference_usd - each.proof.least_usd for each in found],
                "color": "#8c8c8c",
                "thickness": 2,
            },
        }
    )
    more = [sum(max(0.0, usd) for usd in change.values()) for change in changes]
    less = [sum(min(0.0, usd) for usd in change.values()) for change in changes]
    ends = [*more, *less, *(end for each in found for end in (each.proof.least_usd, each.proof.most_usd))]
    axis = money_axis(min(ends), max(ends), signed=True, most=ACROSS)
    notes = [
        {
            "x": max(end, each.proof.most_usd, 0.0),
            "y": at,
            "text": f"<b>{signed_money(each.difference_usd)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 10,
        }
        for at, (end, each) in enumerate(zip(more, found, strict=True))
    ]
    return figure(
        traces,
        140 + 40 * len(found),
        # The amounts beside the bars need room, as does a legend of several lines on a phone.
        margin={"l": 16, "r": 76, "t": 24, "b": 40},
        legend=LEGEND | {"entrywidth": 108},
        barmode="relative",
        bargap=0.5,
        annotations=notes,
        xaxis=axis,
        yaxis=category_axis([each.after for each in found]),
    )
