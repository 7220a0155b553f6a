"""The line in which cells are edited: what is typed, and what it would do, checked at each key."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.actions import SkipAction, parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, Static

from router.scenario.scenario import Scenario
from router.view.entry_preview import Preview, entry_preview
from router.view.grid import Cells, Grid
from router.view.grid_edit import cells_words
from tui.grid.cell_editor import CellEditor

_LONGEST = 60
"""Letters of an entry: more is no number."""


class EntryField(Input):
    """Acts on the keys that end an edit in their turn.

    As priority bindings they would come before digits that are still waiting; and keys that were typed behind them,
    before the focus has moved back, are the grid's.
    """

    def on_key(self, event: Key) -> None:
        """A key for the edit, for the grid, or for the text itself."""
        bar = next(widget for widget in self.ancestors if isinstance(widget, EditBar))
        if bar.take_end(event):
            event.stop()
            event.prevent_default()


class EditBar(Vertical):
    """Shown while cells are edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("enter", "confirm(1, 0)", "Apply"),
        Binding("tab", "confirm(0, 1)", "Apply, next column", show=False),
        Binding("shift+tab", "confirm(0, -1)", "Apply, column before", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._subject: tuple[Grid, Cells, Scenario, float] | None = None
        self._preview: Preview | None = None
        self._editor: CellEditor | None = None

    def compose(self) -> ComposeResult:
        """A label, the input, and the line that says what it would do."""
        with Horizontal():
            yield Static(id="edit-subject", markup=False)
            yield EntryField(id="edit-input", compact=True, select_on_focus=False, max_length=_LONGEST)
        yield Static(id="edit-preview", markup=False)

    def edit(
        self, editor: CellEditor, grid: Grid, cells: Cells, typed: str, scenario: Scenario, step_share: float
    ) -> None:
        """Begin to edit cells for an editor, which is told how it ends."""
        self._editor = editor
        self._subject = (grid, cells, scenario, step_share)
        self.query_one("#edit-subject", Static).update(f"{cells_words(grid, cells)} = ")
        field = self.query_one(EntryField)
        with self.prevent(Input.Changed):
            field.value = typed
        field.cursor_position = len(typed)
        self._tell_area(is_editing=True)
        self.screen.set_focus(field)
        self._check(typed)

    def take_key(self, key: Key) -> bool:
        """A key that came to the grid before the focus had moved here; False where nothing is edited."""
        if not self.is_editing:
            return False
        field = self.query_one(EntryField)
        if self.take_end(key):
            return True
        if key.is_printable and key.character is not None:
            field.insert_text_at_cursor(key.character)
        else:
            for binding in field._bindings.key_to_bindings.get(key.key, []):
                _, name, arguments = parse(binding.action)
                # Those that scroll skip themselves: there is nothing to scroll in one line.
                with suppress(SkipAction):
                    getattr(field, f"action_{name}")(*arguments)
        self._check(field.value)
        return True

    def take_end(self, key: Key) -> bool:
        """A key that ends the edit, or one that came here after its end and is the grid's."""
        if not self.is_editing:
            return self._editor is not None and self._editor.take_late(key)
        match key.key:
            case "enter":
                self.action_confirm(1, 0)
            case "tab":
                self.action_confirm(0, 1)
            case "shift+tab":
                self.action_confirm(0, -1)
            case "escape":
                self.action_leave()
            case _:
                return False
        return True

    @property
    def is_editing(self) -> bool:
        """Whether something is being typed."""
        return self._subject is not None

    @on(Input.Changed)
    def _on_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._check(event.value)

    def _check(self, text: str) -> None:
        if self._subject is None:
            return
        grid, cells, scenario, step_share = self._subject
        self._preview = entry_preview(grid, cells, text, scenario, step_share)
        line = self.query_one("#edit-preview", Static)
        line.set_class(not self._preview.is_valid, "-wrong")
        line.update(self._preview.words if self._preview.is_valid else f"✗ {self._preview.words}")

    def action_confirm(self, rows: int, columns: int) -> None:
        """Apply what was typed, if it can be."""
        self._check(self.query_one(EntryField).value)
        if self._preview is None or not self._preview.is_valid:
            self.app.bell()
            return
        preview = self._preview
        self._close()
        if self._editor is not None:
            self._editor.entry_made(preview, rows, columns)

    def action_leave(self) -> None:
        """Leave the cells as they are."""
        self._close()
        if self._editor is not None:
            self._editor.entry_left()

    def _close(self) -> None:
        self._subject, self._preview = None, None
        self._tell_area(is_editing=False)

    def _tell_area(self, *, is_editing: bool) -> None:
        # The area and not the bar has the class: its other line goes while this one is there.
        if isinstance(self.parent, Widget):
            self.parent.set_class(is_editing, "-editing")
