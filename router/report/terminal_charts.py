"""The charts of a report in the terminal: stacked cash, burn-down, pool heat map.

Drawn in letters and not by a plotting library: parts of a stack must be told apart without colour and in
ASCII, and the app draws the same lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from rich.text import Text

from router.reading.position import printable
from router.report import numbers
from router.report.charts import BurnDown, CostOverTime, Utilisation
from router.report.layout import folded, text_width
from router.report.letters import Letters
from router.report.time_axis import TimeAxis

COLORS = ("cyan", "yellow", "magenta", "green", "blue", "red", "bright_cyan", "bright_yellow")
_LABEL = 9
_STACK_HEIGHT = 12
_LABELLED = 4
_BURN_DOWN_HEIGHT = 5
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 20.0)
_NAME_WIDTH = 30
_CELL = 5


def cost_chart(cost: CostOverTime, width: int, letters: Letters) -> list[Text]:
    """Cash a month, stacked by provider, over time."""
    axis = _axis(cost.boundaries[0], cost.boundaries[-1], width)
    period_at = [_period_at(cost, axis, column) for column in range(axis.columns)]
    stacks = [
        [max(0.0, cost.usd_per_month[provider][period]) for provider in range(len(cost.providers))]
        for period in period_at
    ]
    highest = _round_top(max((sum(stack) for stack in stacks), default=0.0), _STACK_HEIGHT // _LABELLED)
    if highest <= 0:
        return [Text("Credits are as large as costs at all times.")]
    rows: list[list[tuple[str, int]]] = [[] for _ in range(_STACK_HEIGHT)]
    for stack in stacks:
        tops, total = [], 0.0
        for amount in stack:
            total += amount
            tops.append(round(total / highest * _STACK_HEIGHT))
        for level in range(_STACK_HEIGHT):
            owner = next((index for index, top in enumerate(tops) if level < top), -1)
            rows[level].append((letters.fills[owner % len(letters.fills)] if owner >= 0 else " ", owner))
    lines = [_legend(cost, letters)]
    for level in range(_STACK_HEIGHT - 1, -1, -1):
        value = highest * (level + 1) / _STACK_HEIGHT
        line = Text(_label(value if (level + 1) % _LABELLED == 0 else None) + letters.side)
        for letter, owner in rows[level]:
            line.append(letter, COLORS[owner % len(COLORS)] if owner >= 0 else "")
        lines.append(line)
    lines += _axis_lines(axis, letters)
    if any(amount < 0 for row in cost.usd_per_month for amount in row):
        lines.append(Text("A provider's credits above its costs are not drawn.", "dim"))
    return lines


def burn_down_charts(burn_downs: Sequence[BurnDown], width: int, letters: Letters) -> list[Text]:
    """What is left of each commitment's promise over time, one small chart for each."""
    days = [point.day for burn_down in burn_downs for window in burn_down.windows for point in window.points]
    if not days:
        return []
    axis = _axis(min(days), max(days), width)
    lines = []
    for number, burn_down in enumerate(burn_downs):
        lines += [Text()] if number else []
        lines += _burn_down_lines(burn_down, axis, letters, COLORS[number % len(COLORS)])
    return lines + _axis_lines(axis, letters)


def heat_map(held: Utilisation, width: int, letters: Letters) -> list[Text]:
    """Percent of each pool in use, with a shade beside it; columns are groups of periods."""
    names = [letters.text(printable(name)) for name in held.pools]
    name_width = min(_NAME_WIDTH, max(text_width(name) for name in names))
    heads = [_head(group.label) for group in held.groups]
    cell = _cell_width(held)
    first = Text(" " * name_width)
    second = Text(" " * name_width)
    previous = ""
    for upper, lower in heads:
        first.append((upper if upper != previous else "").rjust(cell), "bold")
        second.append(lower.rjust(cell), "bold")
        previous = upper
    lines = [first, second] if any(lower for _, lower in heads) else [first]
    for name, shares in zip(names, held.share, strict=True):
        line = Text(_cut(name, name_width))
        for share in shares:
            line.append_text(_cell(share, cell, letters))
        lines.append(line)
    return lines + [Text(line, "dim") for line in folded(_scale(letters), width)]


def heat_map_groups(pools: Sequence[str], width: int) -> int:
    """How many groups of periods a heat map of these pools can show."""
    name_width = min(_NAME_WIDTH, max((text_width(name) for name in pools), default=0))
    return max(1, (width - name_width) // (_CELL + 1))


def _burn_down_lines(burn_down: BurnDown, axis: TimeAxis, letters: Letters, color: str) -> list[Text]:
    left: list[float | None] = []
    for column in range(axis.columns):
        day = axis.middle(column)
        inside = [window.remaining_at(day) for window in burn_down.windows]
        left.append(next((value for value in inside if value is not None), None))
    highest = max([0.0, *(value for value in left if value is not None)])
    missed = [window for window in burn_down.windows if window.shortfall_usd > 0]
    many = len(burn_down.windows) > 1
    if missed:
        verdict = f"SHORT by {numbers.money(sum(window.shortfall_usd for window in missed))}"
        verdict += f" in {len(missed)} of {len(burn_down.windows)} windows" if many else ""
    else:
        verdict = f"all {len(burn_down.windows)} windows met" if many else "met"
    name = letters.text(printable(f"{burn_down.contract}/{burn_down.commitment}"))
    title = folded(f"{name}: {verdict}", axis.columns + _LABEL + 1)
    lines = [Text(line, "bold") for line in title]
    if highest <= 0:
        return [*lines, Text("Nothing is left to spend at any time.", "dim")]
    finest = len(letters.steps) - 1
    for level in range(_BURN_DOWN_HEIGHT - 1, -1, -1):
        line = Text(_label(highest if level == _BURN_DOWN_HEIGHT - 1 else None) + letters.side)
        for value in left:
            height = max(0.0, value or 0.0) / highest * _BURN_DOWN_HEIGHT - level
            step = int(max(0.0, min(1.0, height)) * finest + 0.5)
            if level == 0 and value is not None and value > highest * 1e-6:
                step = max(1, step)
            line.append(letters.steps[step], color)
        lines.append(line)
    return lines


def _round_top(highest: float, steps: int) -> float:
    """The least sum of `steps` equal round amounts that is not below `highest`."""
    if highest <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(highest / steps))
    return steps * power * next(part for part in _ROUND if steps * power * part >= highest * (1 - 1e-12))


def _axis(start: date, end: date, width: int) -> TimeAxis:
    return TimeAxis(start, end, max(10, width - _LABEL - 1))


def _axis_lines(axis: TimeAxis, letters: Letters) -> list[Text]:
    line, labels = axis.lines(letters.corner, letters.line, letters.tick)
    return [Text(" " * _LABEL + line), Text(" " * _LABEL + labels)]


def _label(value: float | None) -> str:
    return ("" if value is None else numbers.money(value)).rjust(_LABEL - 1) + " "


def _period_at(cost: CostOverTime, axis: TimeAxis, column: int) -> int:
    day = axis.middle(column)
    return max(0, sum(1 for boundary in cost.boundaries[:-1] if boundary <= day) - 1)


def _legend(cost: CostOverTime, letters: Letters) -> Text:
    legend = Text()
    for index, name in enumerate(cost.providers):
        legend.append("   " if index else "")
        legend.append(letters.fills[index % len(letters.fills)] * 2, COLORS[index % len(COLORS)])
        legend.append(f" {letters.text(printable(name))}")
    return legend


def _head(label: str) -> tuple[str, str]:
    """A label in two lines: `2027 Q1` as 2027 and Q1, `2027-03` as 2027 and 03."""
    if len(label) <= 4:
        return label, ""
    return label[:4], label[4:].strip().removeprefix("-") if label[4] != "-" or len(label) > 7 else label[5:]


def _cell_width(held: Utilisation) -> int:
    return _CELL + 1 if any(len(_head(group.label)[1]) >= _CELL for group in held.groups) else _CELL


def _cell(share: float | None, width: int, letters: Letters) -> Text:
    if share is None:
        return Text(letters.missing.rjust(width), "dim")
    percent = share * 100
    # 100 only where it is full.
    digits = "<1" if 0 < percent < 0.5 else "99" if 99.5 <= percent < 99.9999 else f"{percent:.0f}"
    shade = letters.shades[min(len(letters.shades) - 1, int(percent / 25) + (1 if percent >= 0.5 else 0))]
    style = "red" if percent > 100.5 else "yellow" if percent >= 90 else "green" if percent >= 50 else ""
    return Text(f"{digits:>{width - 1}}{shade}", style)


def _scale(letters: Letters) -> str:
    low, middle, high, full = tuple(letters.shades[1:])
    return (
        f"Percent of capacity held in the busiest slice: {low} below 25, {middle} below 50, {high} below 75, "
        f"{full} from 75; {letters.missing} no capacity."
    )


def _cut(name: str, width: int) -> str:
    while text_width(name) > width:
        name = name[:-2] + "~"
    return name + " " * (width - text_width(name))
