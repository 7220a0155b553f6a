"""Copies and exports: a cell, the table in view, the screen, the plan."""

from __future__ import annotations

from asyncio import to_thread
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from router.reading.write import OutputError
from router.view.exports import ExportKind, exported, table_as_text
from router.view.file_choice import target_of
from tui.actions.base import Actions
from tui.clipboard import put_on_clipboard


class ExportActions(Actions):
    """What leaves the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("Y", "copy_table", "Copy table", show=False),
        Binding("x", "export", "Export"),
    ]

    def copy(self, text: str, cells: int = 1) -> None:
        """A text to the clipboard, and say so."""
        put_on_clipboard(self, text)
        self.notify("Copied." if cells == 1 else f"Copied {cells} cells.", timeout=2)

    def action_copy_cell(self) -> None:
        """The cell under the cursor."""
        text = "" if self.view is None else self.view.cell_text()
        if text:
            self.copy(text)

    def action_copy_table(self) -> None:
        """All that the view shows, with tabs, as spreadsheets take it."""
        table = [] if self.view is None else self.view.table()
        if not table:
            self.notify("Nothing here to copy.", timeout=3)
            return
        self.copy(table_as_text(table), sum(len(line) for line in table))

    @work
    async def action_export(self) -> None:
        """Ask what to write where, and write it."""
        from tui.dialogs.export import ExportDialog

        name = self.workspace.scenario.name
        view = (self.view.id or "view").removeprefix("view-") if self.view is not None else "view"
        screenshot = self.export_screenshot(title=f"{name}: {view}")
        chosen = await self.push_screen_wait(ExportDialog(name, view))
        if chosen is None:
            return
        kind, path = chosen
        shown = self.workspace.shown
        table = [] if self.view is None else self.view.table()
        try:
            if kind is ExportKind.SCREEN:
                content = screenshot
            else:
                content = await to_thread(exported, kind, table, shown.plan, shown.plan_scenario)
            written = write_export(path, content)
        except (OutputError, ValueError) as error:
            self.tell_error(error)
            return
        self.notify(f"Written: {written}", timeout=5, markup=False)


def write_export(path: Path, content: str) -> Path:
    """Writes a file whole; its absolute path. Raises OutputError."""
    from router.reading.write import write_whole

    target = target_of(str(path))
    write_whole(target, content)
    return target
