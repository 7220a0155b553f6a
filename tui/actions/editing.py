"""Undo, redo, and taking one change back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from router.reading.problems import ScenarioError
from tui.actions.base import Actions


class EditingActions(Actions):
    """What can be done to changes already made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,ctrl+z", "undo", "Undo"),
        Binding("U,ctrl+y", "redo", "Redo", show=False),
    ]

    def action_undo(self) -> None:
        """The last step is taken back."""
        if not self.workspace.can_undo:
            self.notify("Nothing to undo.", timeout=3)
            return
        self.workspace.undo()

    def action_redo(self) -> None:
        """The step undone last is made again."""
        if not self.workspace.can_redo:
            self.notify("Nothing to redo.", timeout=3)
            return
        self.workspace.redo()

    def action_search_again(self) -> None:
        """The solver looks for a better plan once more."""
        self.workspace.search_again()

    def take_back(self, index: int) -> None:
        """One change is taken back alone."""
        try:
            self.workspace.take_back(index)
        except ScenarioError as error:
            self.tell_error(error)
