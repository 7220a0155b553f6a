"""What was edited since the file was saved; each change can be taken back alone."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from router.workspace.shown import Shown
from tui.frame.choices import Choices
from tui.views.view import View


class ChangesView(View):
    """Changes in their order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace,t", "take_back", "Take this one back"),
        Binding("W", "app.save_what_if", "Save as what-if"),
    ]
    HELP = """# Changes

Each step since the file was saved, in order. `Delete` takes the one under the cursor back alone, and makes the later
ones again on what was there before it; where a later one needs it, nothing is changed and the reason is told. A
what-if that is on is one step. `W` saves all of them together as a what-if, in a file of what-ifs."""

    def compose(self) -> ComposeResult:
        """The list, or that it is empty."""
        yield Static(id="changes-title", markup=False)
        yield Choices(id="changes-list", markup=False)

    def show(self, shown: Shown) -> None:
        """The steps as they are now."""
        workspace = self.router.workspace
        options = self.query_one(OptionList)
        lines = [f"{at}. {workspace.words_of(entry)}" for at, entry in enumerate(workspace.changes, 1)]
        at = options.highlighted
        options.clear_options()
        options.add_options(lines)
        if lines:
            options.highlighted = len(lines) - 1 if at is None else min(at, len(lines) - 1)
        title = "Changes since the file was saved" if lines else "Nothing was changed since the file was saved."
        self.query_one("#changes-title", Static).update(title)

    def action_take_back(self) -> None:
        """The change under the cursor."""
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.router.workspace.changes):
            self.notify("Nothing to take back.", timeout=3)
            return
        self.router.take_back(at)

    def table(self) -> list[list[str]]:
        """Number and words."""
        workspace = self.router.workspace
        rows = [[str(at), workspace.words_of(entry)] for at, entry in enumerate(workspace.changes, 1)]
        return [["#", "change"], *rows]
