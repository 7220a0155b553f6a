"""The line above an entry of a group, and the line that adds one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from router.view.forms.form import GroupHeading
from tui.forms.messages import EntryAsked


class GroupRow(Vertical):
    """What the entry is called, and a button that takes it away; or one that adds another."""

    def __init__(self, heading: GroupHeading) -> None:
        super().__init__()
        self.heading = heading
        self._title = Static(heading.title, classes="title", markup=False)
        self._mistake = Static(classes="mistake", markup=False)

    def compose(self) -> ComposeResult:
        """Title and button in a line."""
        heading = self.heading
        with Horizontal():
            if heading.slot is None:
                yield Button(f"+ {heading.title}", compact=True, classes="add")
            else:
                yield self._title
                yield Button("remove", compact=True, classes="remove")
        yield self._mistake

    @on(Button.Pressed)
    def asked(self, event: Button.Pressed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(EntryAsked(self.heading.spec, self.heading.slot))

    def retitle(self, title: str) -> None:
        """The entry was renamed."""
        self._title.update(title)

    def tell(self, mistake: str) -> None:
        """What is wrong with the group; nothing where nothing is."""
        self._mistake.update(f"! {mistake}" if mistake else "")
        self.set_class(bool(mistake), "-wrong")
