"""The two lines below a grid: about the cell under the cursor, or the edit under way.

Always two lines, so that an edit that begins or ends moves nothing else on the screen.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.grid.edit_bar import EditBar


class CellArea(Vertical):
    """Shows one of the two."""

    def compose(self) -> ComposeResult:
        """Both; the style sheet shows one."""
        yield Static(id="cell-line", markup=False)
        yield EditBar(id="edit-bar")
