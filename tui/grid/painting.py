"""How a line of a grid looks: texts and styles from left to right."""

from __future__ import annotations

from collections.abc import Callable

from rich.color import Color
from rich.style import Style

from router.arrays import BoolArray
from router.view.grid import Cells, Grid, GridRow
from tui.grid.geometry import Geometry

Pieces = list[tuple[str, Style]]
_BRIGHTNESS = (0.299, 0.587, 0.114)
"""How bright red, green and blue are to the eye (ITU-R BT.601)."""
_BRIGHT = 140.0
_DEEP = 0.25
_STANDS_OUT = Style(bold=True, underline=True)

ALERT, CHANGED, MOVED = "!", "•", "»"
"""Signs that stand where colours alone would say it: a problem, edited since saved, moved by the last edit."""


class Painter:
    """Draws for one geometry and theme."""

    def __init__(self, style_of: Callable[[str], Style], geometry: Geometry) -> None:
        self._geometry = geometry
        self._styles: dict[str, Style] = {}
        self._style_of = style_of

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self._style_of(name)
        return style

    def header(self, grid: Grid, shown: range, column: int) -> Pieces:
        """Titles of facts and columns; that of the cursor's column stands out."""
        header, here = self._style("header"), self._style("header") + self._style("cursor-line")
        pieces: Pieces = [(_cut(grid.name, self._geometry.name), header)]
        for at, width in zip(self._geometry.facts, self._geometry.fact_widths, strict=True):
            fact = grid.facts[at]
            pieces.append((_set(fact.title, width, fact.to_the_right) + " ", header))
        for at in shown:
            style = here if at == column else header
            pieces.append((_set(grid.columns[at].label, self._geometry.cell - 1, to_the_right=True) + " ", style))
        return pieces

    def row(
        self,
        grid: Grid,
        row: int,
        shown: range,
        *,
        cursor: tuple[int, int],
        selected: Cells,
        changed: BoolArray | None,
        moved: BoolArray | None,
        stale: bool,
    ) -> Pieces:
        """The name, the facts and the cells in sight."""
        line = grid.rows[row]
        here = self._style("cursor-line") if row == cursor[0] else Style.null()
        pieces = self._leading(grid, line, here)
        alerts = grid.alerts[row]
        for at in shown:
            style = self._style("heading" if line.is_heading else "cell") + here
            if line.is_off:
                style += self._style("off")
            if grid.shades is not None:
                style += self._shade(float(grid.shades[row, at]))
            signs = ""
            if changed is not None and changed[at]:
                style, signs = style + self._style("changed"), signs + CHANGED
            if moved is not None and moved[at]:
                style, signs = style + self._style("moved"), signs + MOVED
            if alerts[at]:
                # On a deep shade the colour of alerts cannot be read: the sign says it.
                deep = grid.shades is not None and float(grid.shades[row, at]) > _DEEP
                style, signs = style + (_STANDS_OUT if deep else self._style("alert")), signs + ALERT
            if (row, at) == cursor:
                style += self._style("cursor")
            elif selected.count > 1 and selected.holds(row, at):
                style += self._style("selected")
            if stale:
                style += Style(italic=True)
            pieces.append((self._cell(grid, line, row, at, signs or " "), style))
        return pieces

    def _cell(self, grid: Grid, line: GridRow, row: int, at: int, signs: str) -> str:
        width = self._geometry.cell - len(signs)
        if line.shown is None:
            text = grid.text(row, at)
        else:
            text = line.shown[at] * width if len(line.shown[at]) == 1 else line.shown[at]
        return _set(text, width, to_the_right=True) + signs

    def _leading(self, grid: Grid, line: GridRow, here: Style) -> Pieces:
        style = self._style("heading" if line.is_heading else "name") + here
        fact_style = self._style("fact") + here
        if line.is_off:
            style, fact_style = style + self._style("off"), fact_style + self._style("off")
        pieces: Pieces = [(_cut("  " * line.depth + line.name, self._geometry.name), style)]
        for at, width in zip(self._geometry.facts, self._geometry.fact_widths, strict=True):
            text = line.facts[at] if at < len(line.facts) else ""
            pieces.append((_set(text, width, grid.facts[at].to_the_right) + " ", fact_style))
        return pieces

    def _shade(self, share: float) -> Style:
        """A cell's background between nothing and the theme's shade."""
        if not share > 0:
            return Style.null()
        name = f"shade-{round(min(1.0, share) * 8)}"
        style = self._styles.get(name)
        if style is None:
            full = self._style("shade").bgcolor
            empty = self._style("cell").bgcolor
            style = self._styles[name] = _blend(empty, full, round(min(1.0, share) * 8) / 8)
        return style


def _blend(empty: object, full: object, share: float) -> Style:
    if not isinstance(full, Color):
        return Style.null()
    to = full.get_truecolor()
    start = empty.get_truecolor() if isinstance(empty, Color) else to
    mixed = [round(low + (high - low) * share) for low, high in zip(start, to, strict=True)]
    bright = sum(weight * part for weight, part in zip(_BRIGHTNESS, mixed, strict=True)) > _BRIGHT
    return Style(color="black" if bright else "white", bgcolor=Color.from_rgb(*mixed))


def _set(text: str, width: int, to_the_right: bool) -> str:
    cut = text if len(text) <= width else text[: max(0, width - 1)] + "…"
    return cut.rjust(width) if to_the_right else cut.ljust(width)


def _cut(text: str, width: int) -> str:
    return _set(text, width - 1, to_the_right=False) + " "
