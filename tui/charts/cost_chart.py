"""Cash over time as stacked bars: a colour and a fill letter for each provider, the amounts at the side."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from router.report.letters import Letters
from router.view.cost_stack import EIGHTHS, CostStack
from tui.widgets.fitting import cut

_COLOURS = 8
_LABEL = 9
_AXIS_ROWS = 2
_GAP_FROM = 3
_LEGEND_NAME = 12
_LEGEND_MONEY = 8
LEGEND_WIDTH = 2 + _LEGEND_NAME + _LEGEND_MONEY
_BESIDE_FROM = 90


class CostChart(Widget):
    """Draws a `CostStack`; the legend stands beside the bars where there is room, else above them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"cost-chart--provider-{at}" for at in range(_COLOURS)),
        "cost-chart--axis",
        "cost-chart--total",
    }

    class Resized(Message):
        """There is room for other bars."""

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._stack: CostStack | None = None
        self._bar = 1
        self._when_empty = ""

    @property
    def bars_width(self) -> int:
        """Cells that bars have room in."""
        legend = LEGEND_WIDTH + 1 if self._legend_beside else 0
        return max(8, self.size.width - _LABEL - legend)

    @property
    def _legend_beside(self) -> bool:
        return self.size.width >= _BESIDE_FROM

    def show(self, stack: CostStack | None, bar: int, when_empty: str = "") -> None:
        """Other bars, `bar` cells wide; without any, the words that say why."""
        self._stack, self._bar, self._when_empty = stack, bar, when_empty
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Other bars fit."""
        self.post_message(self.Resized())

    def render(self) -> RenderResult:
        """Legend, bars, axis."""
        stack = self._stack
        if stack is None:
            return Content(self._when_empty)
        if stack.top_usd_per_month <= 0:
            return Content("Nothing is paid in the horizon, or credits are as large as costs at all times.")
        legend = self._legend(stack)
        head = [] if self._legend_beside else _in_lines(legend, self.size.width)
        foot = ["Credits above a provider's costs are not drawn."] if stack.has_credits else []
        height = max(3, self.size.height - len(head) - len(foot) - _AXIS_ROWS)
        bars = [*self._bars(stack, height), *self._axis(stack)]
        if self._legend_beside:
            blank = Content(" " * LEGEND_WIDTH)
            beside = [*legend, *([blank] * len(bars))]
            bars = [
                Content.assemble(bar.pad_right(max(0, self._wide - bar.cell_length)), " ", each)
                for bar, each in zip(bars, beside, strict=False)
            ]
        return Content("\n").join([*head, *bars, *(Content.styled(line, self._style("axis")) for line in foot)])

    @property
    def _wide(self) -> int:
        return _LABEL + self.bars_width

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"cost-chart--{name}")

    def _fill(self, provider: int) -> str:
        return self._letters.fills[provider % len(self._letters.fills)]

    def _legend(self, stack: CostStack) -> list[Content]:
        lines = [
            Content.assemble(
                (self._fill(at) * 2, self._style(f"provider-{at % _COLOURS}")),
                f" {cut(name, _LEGEND_NAME - 1, pad=self._legend_beside)}",
                (usd.rjust(_LEGEND_MONEY) if self._legend_beside else f" {usd}", self._style("total")),
            )
            for at, (name, usd) in enumerate(stack.legend())
        ]
        return lines[::-1] if self._legend_beside else lines

    def _bars(self, stack: CostStack, height: int) -> list[Content]:
        owners, ends = stack.owners(height).tolist(), stack.ends(height).tolist()
        lines = []
        for row, scale in enumerate(stack.scale(height)):
            floor = (height - 1 - row) * EIGHTHS
            parts: list[tuple[str, Style | str]] = [
                (f"{scale:>{_LABEL - 2}} ", self._style("axis")),
                (self._letters.side, self._style("axis")),
            ]
            for group, owner in enumerate(owners[row]):
                top = int(ends[-1][group]) - floor
                parts += self._cell(owner, top, ends, group)
            lines.append(Content.assemble(*parts))
        return lines

    def _cell(self, owner: int, top: int, ends: list[list[int]], group: int) -> list[tuple[str, Style | str]]:
        """One row of one bar. `top`: eighths of the row below the bar's top."""
        gap = 1 if self._bar >= _GAP_FROM else 0
        width = self._bar - gap
        if top <= 0:
            return [(" " * self._bar, "")]
        if top >= EIGHTHS:
            letter = self._fill(owner)
            style = self._style(f"provider-{owner % _COLOURS}")
        else:
            # The bar ends within this row, with the last provider that has a part at its top.
            last = next(at for at, row in enumerate(ends) if row[group] == ends[-1][group])
            step = top * (len(self._letters.steps) - 1) // EIGHTHS
            letter = self._letters.steps[max(1, step)]
            style = Style(foreground=self._style(f"provider-{last % _COLOURS}").foreground)
        return [(letter * width, style), (" " * gap, "")]

    def _axis(self, stack: CostStack) -> list[Content]:
        ticks = stack.ticks(self._bar)
        at = {cell for cell, _ in ticks}
        length = self._bar * len(stack.groups)
        line = "".join(self._letters.tick if cell in at else self._letters.line for cell in range(length))
        labels = ""
        for cell, label in ticks:
            labels = labels.ljust(cell) + label
        style = self._style("axis")
        unit = "a month"
        return [
            Content.styled(f"{unit:>{_LABEL - 2}} {self._letters.corner}{line}", style),
            Content.styled(f"{'':>{_LABEL}}{labels}", style),
        ]


def _in_lines(parts: list[Content], width: int) -> list[Content]:
    """Parts beside each other in as many lines as it takes."""
    lines: list[list[Content]] = [[]]
    for part in parts:
        if lines[-1] and sum(each.cell_length + 2 for each in lines[-1]) + part.cell_length > width:
            lines.append([])
        lines[-1].append(part)
    return [Content("  ").join(line) for line in lines]
