"""The burn-down of one commitment as curves: what remains against the even pace, and what is to be known beside it."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Grid
from textual_hires_canvas import Canvas, HiResMode
from textual_plot import PlotWidget
from textual_plot.plot_widget import Legend

from router.view.burn_down_marks import Mark, MarkKind, TierLine, burn_down_marks, even_pace_points, tier_lines
from router.view.contracts import CommitmentCurve
from tui.charts.axes import MoneyAxis, YearAxis
from tui.charts.styled_canvas import StyledCanvas

PACE_SIGN, TIER_SIGN, ZERO_SIGN, BOUNDARY_SIGN, REMAINING_SIGN = "·", "╌", "─", "│", "⠒"
_PACE_POINTS = 160


class BurnDownPlot(PlotWidget):
    """Draws with signs of its own for each thing, so that it reads without colours. The wheel and dragging zoom."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "burn-down--remaining",
        "burn-down--pace",
        "burn-down--boundary",
        "burn-down--short",
        "burn-down--carried",
        "burn-down--window",
        "burn-down--tier",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        # The keys stay with the grid.
        self.can_focus = False
        self._curve: CommitmentCurve | None = None
        self._marks: tuple[Mark, ...] = ()
        self._tiers: tuple[TierLine, ...] = ()
        self._years, self._money = YearAxis(), MoneyAxis()
        self.set_x_formatter(self._years)
        self.set_y_formatter(self._money)

    def compose(self) -> ComposeResult:
        """As PlotWidget does, on canvases that can do without colours."""
        with Grid():
            for name in ("margin-top", "margin-left", "plot", "margin-bottom"):
                yield StyledCanvas(1, 1, id=name)
        yield Legend(id="legend")

    def on_mount(self) -> None:
        """Narrow margins: the room is for the curve."""
        self.margin_top, self.margin_bottom = 0, 1

    @property
    def curve(self) -> CommitmentCurve | None:
        """What is drawn."""
        return self._curve

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is written into it."""
        return self._marks

    @property
    def tiers(self) -> tuple[TierLine, ...]:
        """The tier levels drawn into it."""
        return self._tiers

    def show_curve(self, curve: CommitmentCurve, at: int | None) -> None:
        """Another curve or another window of it; what was zoomed into stays while the commitment is the same."""
        before, self._curve = self._curve, curve
        self._marks, self._tiers = burn_down_marks(curve, at), tier_lines(curve)
        if before is None or before.name != curve.name:
            self.show_all()
        self._draw()

    def show_all(self) -> None:
        """The whole curve again."""
        self.set_xlimits(None, None)
        self.set_ylimits(None, None)

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        if self.is_mounted and self._curve is not None:
            self._draw()

    def _draw(self) -> None:
        curve = self._curve
        if curve is None:
            return
        self.clear()
        self.scatter(*even_pace_points(curve, _PACE_POINTS), marker=PACE_SIGN, marker_style=self._style("pace"))
        for window in curve.windows:
            # One line each: PlotWidget does not lift its pen at NaN.
            self.plot(
                window.years,
                window.remaining_usd,
                line_style=self._style("remaining"),
                hires_mode=HiResMode.BRAILLE,
            )

    def _style(self, name: str) -> str:
        style = self.get_component_rich_style(f"burn-down--{name}")
        return str(Style(color=style.color, bold=style.bold, dim=style.dim)) if style.color else "none"

    def _render_plot(self) -> None:
        region = self._scale_rectangle
        self._years.most, self._money.most = max(2, region.width // 7), max(2, region.height // 2)
        super()._render_plot()
        if self._curve is None or region.width <= 0 or region.height <= 0:
            return
        canvas = self.query_one("#plot", Canvas)
        if not canvas.size:
            return
        self._lay_row(canvas, 0.0, ZERO_SIGN, self._style("boundary"))
        for year in self._curve.boundary_years:
            self._lay_column(canvas, float(year))
        taken: set[tuple[int, int]] = set()
        for mark in self._marks:
            self._write(canvas, mark, taken)
        for line in self._tiers:
            self._lay_tier(canvas, line, taken)

    def _is_free(self, canvas: Canvas, x: int, y: int) -> bool:
        return self._scale_rectangle.contains(x, y) and canvas.get_pixel(x, y)[0] in (" ", PACE_SIGN)

    def _lay_row(self, canvas: Canvas, usd: float, sign: str, style: str) -> None:
        """A line across where the curve goes below nothing."""
        _, y = self.get_pixel_from_coordinate(self._x_min, usd)
        if self._y_min < 0 < self._y_max:
            for x in range(self._scale_rectangle.x, self._scale_rectangle.right):
                if self._is_free(canvas, x, y):
                    canvas.set_pixel(x, y, sign, style)

    def _lay_column(self, canvas: Canvas, year: float) -> None:
        """Where a window ends and the next begins; the frame says it at both ends of the curve."""
        x, _ = self.get_pixel_from_coordinate(year, self._y_min)
        if self._x_min < year < self._x_max:
            for y in range(self._scale_rectangle.y, self._scale_rectangle.bottom):
                if self._is_free(canvas, x, y):
                    canvas.set_pixel(x, y, BOUNDARY_SIGN, self._style("boundary"))

    def _lay_tier(self, canvas: Canvas, line: TierLine, taken: set[tuple[int, int]]) -> None:
        first, y = self.get_pixel_from_coordinate(line.from_year, line.remaining_usd)
        last, _ = self.get_pixel_from_coordinate(line.to_year, line.remaining_usd)
        style = self._style("tier")
        for x in range(first, last + 1):
            if self._is_free(canvas, x, y) and (x, y) not in taken:
                canvas.set_pixel(x, y, TIER_SIGN, style)
        room = range(first + 1, first + 1 + len(line.text))
        if first < last - len(line.text) and all(self._scale_rectangle.contains(x, y) for x in room):
            self._put(canvas, room.start, y, line.text, style, taken)

    def _write(self, canvas: Canvas, mark: Mark, taken: set[tuple[int, int]]) -> None:
        """A mark's text left of its point or a line below, or its sign alone where the text would cover another."""
        x, y = self.get_pixel_from_coordinate(mark.year, mark.remaining_usd)
        region = self._scale_rectangle
        y = min(max(y, region.y), region.bottom - 1)
        if not region.x <= x <= region.right:
            return
        below = min(y + 1, region.bottom - 1)
        for text, row in ((mark.text, y), (mark.text, below), (mark.sign, y), (mark.sign, below)):
            end = x + len(text) // 2 if mark.kind is MarkKind.WINDOW else x
            first = max(region.x, min(end, region.right) - len(text))
            if self._put(canvas, first, row, text, self._style(mark.kind), taken):
                return

    def _put(self, canvas: Canvas, first: int, y: int, text: str, style: str, taken: set[tuple[int, int]]) -> bool:
        """The text, if nothing else is written there; whether it was."""
        cells = {(first + at, y) for at in range(-1, len(text) + 1)}
        if cells & taken or not self._scale_rectangle.contains(first + len(text) - 1, y):
            return False
        for at, letter in enumerate(text):
            canvas.set_pixel(first + at, y, letter, style)
        taken |= cells
        return True
