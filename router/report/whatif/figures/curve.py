"""The cost over the values of a factor, with what the bounds leave open, and where two what-ifs cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from router.answer.break_even import BreakEvenAnswer
from router.answer.curve import Curve
from router.answer.points import number_of
from router.answer.proof import Proof
from router.report.difference_words import signed_money
from router.report.html_charts import Figure
from router.report.whatif.figures.layout import LINE, RED, axis_value, figure, money_axis, see_through, value_axis
from router.report.whatif.words import proof_sentence
from router.whatif.case import FactorValue
from router.whatif.question import BreakEven
from router.whatif.value_words import value_words

_HEIGHT = 340


def curve_figure(course: Curve) -> Figure:
    """The difference at each value; bars where values are texts."""
    values = [point.value for point in course.points]
    proofs = [point.proof for point in course.points]
    return difference_figure(values, proofs, course.factor.title, course.factor.percent)


def break_even_figure(asked: BreakEven, found: BreakEvenAnswer) -> Figure:
    """The difference at every value that was tried, with the break-even marked and what is not proved shaded."""
    values: list[FactorValue] = [_value(asked, trial.value) for trial in found.trials]
    drawn = difference_figure(
        values,
        [trial.proof for trial in found.trials],
        asked.factor,
        asked.percent,
    )
    shapes: list[Figure] = []
    marks: list[Figure] = []
    first, last = found.trials[0].value, found.trials[-1].value
    low, high = drawn["layout"]["yaxis"]["range"]
    top = -low > 0.6 * (high - low)
    for crossing in found.crossings:
        start = first if crossing.proved_before is None else crossing.proved_before
        end = last if crossing.proved_after is None else crossing.proved_after
        shapes.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": axis_value(_value(asked, start)),
                "x1": axis_value(_value(asked, end)),
                "y0": 0,
                "y1": 1,
                "line": {"width": 0},
                "fillcolor": "rgba(128,128,128,0.22)",
                "layer": "below",
            }
        )
        marks.append(
            {
                "x": axis_value(_value(asked, crossing.value)),
                "y": 0,
                "text": f"<b>{asked.value_words(crossing.value)}</b>",
                "showarrow": True,
                "arrowhead": 2,
                "arrowcolor": RED,
                "ax": 0,
                "ay": 42 if top else -42,
            }
        )
    drawn["layout"] |= {"shapes": shapes, "annotations": marks}
    return drawn


def difference_figure(
    values: Sequence[FactorValue], proofs: Sequence[Proof], title: str, percent: bool = False
) -> Figure:
    """Differences in cost with what the bounds leave open: a line over numbers and days, bars over texts."""
    places = [axis_value(value) for value in values]
    differences = [proof.difference_usd for proof in proofs]
    words = [
        f"{escape(value_words(value, percent))}: {signed_money(proof.difference_usd)}<br>{proof_sentence(proof)}"
        for value, proof in zip(values, proofs, strict=True)
    ]
    ordered = all(number_of(value) is not None for value in values)
    traces: list[Figure] = []
    if ordered and any(not proof.exact for proof in proofs):
        outline = {"type": "scatter", "mode": "lines", "x": places, "hoverinfo": "skip", "line": {"width": 0}}
        traces += [
            outline | {"y": [proof.least_usd for proof in proofs], "showlegend": False},
            outline
            | {
                "y": [proof.most_usd for proof in proofs],
                "fill": "tonexty",
                "fillcolor": see_through(LINE, 0.25),
                "name": "what the gaps leave open",
            },
        ]
    drawn: Figure = {
        "x": places,
        "y": differences,
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "name": "difference in cost",
    }
    if ordered:
        line = {"color": LINE, "width": 2}
        traces.append(drawn | {"type": "scatter", "mode": "lines+markers", "line": line, "marker": {"size": 7}})
    else:
        traces.append(drawn | {"type": "bar", "textposition": "none", "marker": {"color": LINE}})
    # Wide gaps must not press the line flat: of the band, half as much again as the line goes over is shown.
    room = (max(differences) - min(0.0, *differences)) / 2 or max(proof.most_usd - proof.least_usd for proof in proofs)
    low, high = min(differences) - room, max(differences) + room
    ends = [min(high, max(low, end)) for proof in proofs for end in (proof.least_usd, proof.most_usd)]
    return figure(
        traces,
        _HEIGHT,
        xaxis=value_axis(values, title, percent),
        yaxis=money_axis(min(ends), max(ends), signed=True),
        showlegend=len(traces) > 1,
    )


def _value(asked: BreakEven, value: float) -> FactorValue:
    return date.fromordinal(round(value)) if asked.is_date else value
