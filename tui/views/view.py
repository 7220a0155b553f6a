"""What all views of the app have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical

from router.workspace.comparer import Differences
from router.workspace.shown import Shown

if TYPE_CHECKING:
    from tui.app import RouterApp


class View(Vertical):
    """A view shows one side of the plan. It is told what to show; it asks the app for changes.

    ``HELP``: what `?` says of it, in Markdown, above its keys.
    """

    HELP: ClassVar[str] = ""

    @property
    def router(self) -> RouterApp:
        """The app."""
        return cast("RouterApp", self.app)

    def show(self, shown: Shown) -> None:
        """Show this state. Called when the view comes to the front and, while it is there, when anything changes."""
        raise NotImplementedError

    def show_differences(self, differences: Differences) -> None:
        """What moved, for views that tell it."""

    def start(self) -> None:
        """The view has come to the front: the keys go to what matters most in it."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """Bring something into sight, in a period where that is given; whether it is here."""
        return False

    def ask(self, key: tuple[str, ...], period: int) -> None:
        """A question about something in a period; for the view that answers such."""

    def cell_text(self) -> str:
        """What is under the cursor, to copy."""
        return ""

    def table(self) -> list[list[str]]:
        """All that the view shows, as a table with its titles first, to copy and to export."""
        return []
