"""A canvas that can be drawn before anything was drawn on it, without colours too."""

from __future__ import annotations

from textual.strip import Strip
from textual_hires_canvas import Canvas


class StyledCanvas(Canvas):
    """Canvas gives lines of no style until it knows its size, and Textual's NO_COLOR filter fails on those."""

    def render_line(self, y: int) -> Strip:
        """A line of the canvas, blank where there is none yet."""
        strip = super().render_line(y)
        return strip if strip.cell_length else Strip.blank(self.size.width, self.rich_style)
