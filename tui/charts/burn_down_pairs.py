"""What is left of each promise over time: the first plan on the left, the second on the right, on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.style import Style

from router.report.letters import Letters
from router.view.compare import PairedCurves
from router.view.cost_stack import EIGHTHS
from router.view.curve_bars import CurveBars, PairedBars, paired_bars
from tui.widgets.fitting import cut

_HEIGHT = 5
_LABEL = 9
_BETWEEN = 3
SHORT_SIGN = "!"


def burn_down_lines(
    pairs: Sequence[PairedCurves],
    names: tuple[str, str],
    width: int,
    letters: Letters,
    style_of: Callable[[str], Style],
) -> list[Content]:
    """For each commitment a title, how it ends in either plan, and both courses."""
    each = max(8, (width - _LABEL - _BETWEEN) // 2)
    lines: list[Content] = []
    for number, pair in enumerate(pairs):
        if number:
            lines.append(Content(""))
        lines.append(Content.styled(cut(pair.name, width), style_of("title")))
        heads = [_verdict(name, verdict, each, style_of) for name, verdict in zip(names, pair.verdicts, strict=True)]
        lines.append(Content.assemble(" " * _LABEL, heads[0], " " * _BETWEEN, heads[1]))
        lines += _charts(paired_bars(pair, each - 1), letters, style_of)
    lines.append(Content.styled(f"{SHORT_SIGN} under the axis: a window that is missed ends there.", style_of("dim")))
    return lines


def _verdict(name: str, verdict: str, width: int, style_of: Callable[[str], Style]) -> Content:
    style = style_of("alert" if verdict.startswith("SHORT") else "dim")
    return Content.styled(cut(f"{name}: {verdict}", width, pad=True), style)


def _charts(bars: PairedBars, letters: Letters, style_of: Callable[[str], Style]) -> list[Content]:
    sides = [_rows(side, bars.top_usd, letters) for side in (bars.before, bars.after)]
    dim, gap = style_of("dim"), " " * (_BETWEEN - 1)
    lines = []
    for row in range(_HEIGHT):
        label = bars.top_words if row == 0 else ""
        lines.append(
            Content.assemble(
                (f"{label:>{_LABEL - 1}}{letters.side}", dim),
                (sides[0][row], style_of("before")),
                (f" {gap}{letters.side}", dim),
                (sides[1][row], style_of("after")),
            )
        )
    ticks = dict(bars.ticks)
    width = len(bars.before.left_usd)
    axes = []
    for side in (bars.before, bars.after):
        marks = [letters.tick if at in ticks else letters.line for at in range(width)]
        axes.append("".join(SHORT_SIGN if short else mark for mark, short in zip(marks, side.is_short, strict=True)))
    labels = ""
    for column, label in bars.ticks:
        if column >= len(labels) + (1 if labels else 0):
            labels = labels.ljust(column) + label
    labels = labels.ljust(width)
    lines.append(Content.styled(f"{'':>{_LABEL - 1}}{letters.corner}{axes[0]} {gap}{letters.corner}{axes[1]}", dim))
    lines.append(Content.styled(f"{'':>{_LABEL}}{labels} {gap} {labels}".rstrip(), dim))
    return lines


def _rows(side: CurveBars, top_usd: float, letters: Letters) -> list[str]:
    heights = side.eighths(top_usd, _HEIGHT).tolist()
    finest = len(letters.steps) - 1
    rows = []
    for row in range(_HEIGHT):
        floor = (_HEIGHT - 1 - row) * EIGHTHS
        steps = [max(0, min(EIGHTHS, height - floor)) for height in heights]
        rows.append("".join(letters.steps[-(-step * finest // EIGHTHS)] for step in steps))
    return rows
