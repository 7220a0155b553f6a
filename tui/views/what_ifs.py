"""What-ifs of the open scenario: switched on and off, planned beside the screen, compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from router.view.whatif_detail import ChangeTeller, detail_lines, status_words
from router.view.whatif_list import ItemKind, WhatIfItem, whatif_items, whatif_rows
from router.whatif.case import BASE
from router.workspace.shown import Shown
from router.workspace.whatif_steps import count_on
from tui.views.planning_what_ifs import PlanningWhatIfs
from tui.widgets.block_list import BlockList
from tui.widgets.what_if_list import WhatIfList, WhatIfTitles

if TYPE_CHECKING:
    from router.workspace.whatif_shelf import Shelf
    from tui.views.compare import CompareView

_LOOK_SECONDS = 2.0
"""Between looks at the files on disk, while the view is in front."""


class WhatIfsView(PlanningWhatIfs):
    """The list, and below it what the one under the cursor does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "switch", "On, off"),
        Binding("r", "plan_all", "Plan all"),
        Binding("c", "compare('base')", "Compare"),
        Binding("n", "compare('now')", "Compare with now"),
        Binding("f", "mark", "From this"),
        Binding("W", "app.save_what_if", "Save as what-if"),
        Binding("o", "open_file", "Open a file"),
        Binding("escape", "stop", "Stop planning", show=False),
    ]
    HELP = """# What-ifs

Questions asked of the open scenario, from what-if files: those beside its file and in the folder `whatif` there, your
own about shipped scenarios, those that come with the product, and files opened with `o`. Mistakes in a file are told
below its name.

`Space` or `Enter` switches the one under the cursor on: its changes, and those of what it extends, become one step in
the scenario under edit, planned live as any edit. Switched off, exactly that step is taken back; where a later change
needs it, nothing happens and the reason is told. The first line counts those that are ON.

`r` plans each what-if alone on the scenario as saved, beside the screen and quickly: what it costs, and against the
base; `~` stands where the gap is larger than the difference, so that it is not proved which is dearer, `!` where more
is missed or left out than in the base. `r` again looks for better plans of those whose gap is wide. `Escape` stops it,
as leaving the view does.

`c` compares the one under the cursor with the base (page by page), `n` with the scenario as edited now; `f` marks one
to compare from instead of the base (`»`). `W` saves the changes since the file was saved as a what-if."""

    @dataclass
    class Listed(Message):
        """The files were read."""

        shelf: Shelf

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._teller: ChangeTeller | None = None
        self._from = BASE

    def compose(self) -> ComposeResult:
        """How many are on and planned; the list; what the chosen one does."""
        yield Static(id="what-if-status", markup=False)
        yield WhatIfTitles(id="what-if-titles")
        yield WhatIfList(id="what-if-list")
        with VerticalScroll(id="what-if-detail"):
            yield Static(id="what-if-words", markup=False)

    def on_mount(self) -> None:
        """Files change on disk; another one under the cursor has other words."""
        self.set_interval(_LOOK_SECONDS, self._look)
        self.watch(self.query_one(WhatIfList), "item", self._draw_words, init=False)

    def start(self) -> None:
        """Keys go to the list; the files are read as they are now."""
        self.query_one(WhatIfList).focus()
        self._read()

    def show(self, shown: Shown) -> None:
        """Which are on now; the files again where another scenario is the saved one."""
        shelf = self.router.desk.shelf
        if shelf is not None and shelf is not self._shelf and shelf.scenario is self.router.workspace.saved_scenario:
            self._take(shelf)
        elif self._shelf is not None and not self._is_fresh:
            self._stop()
            self._read()
        self._draw()

    def _look(self) -> None:
        if self.router.view is self:
            self._read()

    @work(thread=True, group="what-if files", exclusive=True, description="read what-if files")
    def _read(self) -> None:
        workspace = self.router.workspace
        shelf = self.router.desk.read(workspace.saved_scenario, self.router.opened.path)
        self.post_message(self.Listed(shelf))

    def on_what_ifs_view_listed(self, message: Listed) -> None:
        """The list, if it is of the scenario that is open."""
        if message.shelf is not self._shelf and message.shelf.scenario is self.router.workspace.saved_scenario:
            self._take(message.shelf)
            self._draw()

    def _take(self, shelf: Shelf) -> None:
        before = self._shelf
        had_none = before is None or before.scenario is not shelf.scenario or len(before.cases) == 1
        self._shelf = shelf
        self._answered = self.router.desk.answered(shelf)
        if self._teller is None or self._teller.scenario is not shelf.scenario:
            self._teller = ChangeTeller(shelf.scenario)
        if self._from not in shelf.cases:
            self._from = BASE
        if had_none:
            self._draw()
            self.call_after_refresh(self.query_one(WhatIfList).to_first_what_if)

    def _draw(self) -> None:
        files = () if self._shelf is None else self._shelf.files
        self._items = whatif_items(
            files,
            on=frozenset(self.router.what_ifs_on()),
            answered=self._answered,
            waiting=self._waiting,
            compare_from=self._from,
        )
        listed = self.query_one(WhatIfList)
        listed.show(self._items)
        self.query_one(WhatIfTitles).show(listed.columns)
        self._draw_words()

    def _draw_words(self) -> None:
        status = "reading what-if files"
        if self._shelf is not None:
            on = count_on(self.router.workspace.changes)
            gap = self.router.settings.gap
            status = status_words(self._items, self._answered, working=self._working, on=on, gap=gap)
        self.query_one("#what-if-status", Static).update(status)
        chosen = self.query_one(WhatIfList).chosen
        lines: tuple[str, ...] = ()
        if self._teller is not None:
            lines = detail_lines(chosen, self._teller, self._answered)
        title = Content.styled(lines[0] if lines else "", "bold")
        words = self.query_one("#what-if-words", Static)
        words.set_class(chosen is not None and chosen.case is not None, "-rows")
        words.update(Content("\n").join([title, *map(Content, lines[1:])]))

    def on_block_list_opened(self, message: BlockList.Opened) -> None:
        """Enter or a double click."""
        self.action_switch()

    def action_switch(self) -> None:
        """The one under the cursor goes on, or off again."""
        chosen = self._chosen(ItemKind.WHAT_IF)
        if chosen is not None and chosen.case is not None:
            self.router.switch_what_if(chosen.key, chosen.case)

    def _chosen(self, *kinds: ItemKind) -> WhatIfItem | None:
        """What is under the cursor, if it is of such a kind and of the scenario that is open."""
        if not self._is_fresh:
            self.notify("The what-if files are being read.", timeout=2)
            return None
        chosen = self.query_one(WhatIfList).chosen
        if chosen is None or chosen.kind not in kinds:
            self.notify("Choose a what-if first.", timeout=2)
            return None
        return chosen

    def action_mark(self) -> None:
        """The next comparison begins with the one under the cursor; once more: with the base again."""
        chosen = self._chosen(ItemKind.BASE, ItemKind.WHAT_IF)
        if chosen is not None:
            self._from = BASE if chosen.key == self._from else chosen.key
            self._draw()

    async def action_compare(self, with_what: str) -> None:
        """The one under the cursor against the base, the one marked, or the scenario as edited now."""
        chosen = self._chosen(ItemKind.BASE, ItemKind.WHAT_IF)
        if chosen is None or self._shelf is None:
            return
        shelf, before, after = self._shelf, self._from, chosen.key
        if with_what == "now":
            before, after = chosen.key, "now"
        if before == after:
            self.notify("This one is what the comparison begins with: choose another, or n.", timeout=4)
            return
        self._stop()
        view = cast("CompareView", await self.router.go_to_view("compare"))
        view.compare_cases(shelf, before, after)

    @work
    async def action_open_file(self) -> None:
        """A what-if file by its path."""
        from tui.dialogs.open_what_if import OpenWhatIf

        given: Path | None = await self.app.push_screen_wait(OpenWhatIf())
        if given is not None:
            self.router.desk.add(given)
            await self.router.what_ifs_changed()
            self.query_one(WhatIfList).find(str(given))

    def cell_text(self) -> str:
        """The name of the one under the cursor, as the command line takes it."""
        chosen = self.query_one(WhatIfList).chosen
        return "" if chosen is None else chosen.key

    def table(self) -> list[list[str]]:
        """All what-ifs with what is known of them."""
        return whatif_rows(self._items)
