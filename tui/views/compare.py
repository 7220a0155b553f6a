"""Two plans side by side."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from router.difference.failure import DifferenceError
from router.scenario.shipped import shipped_names
from router.view.compare import ComparedSide, Comparison, comparison
from router.view.compare_pages import PAGES, ComparePage, compare_pages, page_rows
from router.view.compare_sides import SideChoice, side_choices, side_words, what_if_choices
from router.whatif.case import BASE
from router.workspace.folders import FolderError, state_folder
from router.workspace.recent import recent_files
from router.workspace.shown import Shown
from router.workspace.whatif_shelf import Shelf
from tui.comparing import side_from_case, side_from_file
from tui.views.loading_sides import LoadingSides, Which
from tui.what_ifs import planner_settings
from tui.widgets.choice_strip import ChoiceStrip
from tui.widgets.compared_page import ComparedPage

_TITLES: dict[Which, str] = {"before": "Compare from", "after": "Compare to"}
_ON_ITS_WAY = "The comparison comes once the plan is there."


@dataclass
class _Pair:
    """Both sides, as they were compared or are to be."""

    before: ComparedSide
    after: ComparedSide

    def is_same(self, other: _Pair | None) -> bool:
        """Whether these are the very same plans under the same names."""
        return (
            other is not None
            and self.before.plan is other.before.plan
            and self.after.plan is other.after.plan
            and (self.before.name, self.after.name) == (other.before.name, other.after.name)
        )


class CompareView(LoadingSides):
    """Which two plans, which page of their comparison, and the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "choose('before')", "From"),
        Binding("n", "choose('after')", "To"),
        Binding("t", "turn_page(1)", "Next table"),
        Binding("T", "turn_page(-1)", "Table before", show=False),
        Binding("escape", "cancel", "Cancel", show=False),
    ]
    HELP = """# Compare

Two plans side by side: what each costs and misses, what makes the difference by cause, provider, workload and year
(bars to the right are more, to the left less), what moves from where to where, how contracts burn down in both, what is
left out, which runs change. What the plan counts, money of later periods discounted, and what is paid or missed, not
discounted, differ by much: each table says which it is.

`b` chooses the plan to compare from, `n` the one to compare to: that of the saved file, the one as edited now, the one
before the last change, that of a what-if or of another scenario (planned here where no plan is at hand; `Escape`
cancels) or a plan.json. `t` and `T` turn the tables."""

    @dataclass
    class Done(Message):
        """A comparison was made, or why it could not be."""

        pair: _Pair
        found: Comparison | None
        error: str = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wanted: _Pair | None = None
        self._pages: dict[str, ComparePage] = {}
        self._page = PAGES[0][0]

    def compose(self) -> ComposeResult:
        """What is compared, the pages, the page."""
        yield Static(id="compare-sides", markup=False)
        yield ChoiceStrip(PAGES, id="compare-pages")
        with VerticalScroll(id="compare-body"):
            yield ComparedPage(self.router.letters, id="compare-page")

    def start(self) -> None:
        """Keys go to the page, which scrolls."""
        self.query_one("#compare-body").focus()

    def show(self, shown: Shown) -> None:
        """The plans of this state."""
        self._shown = shown
        self.set_class(shown.is_stale, "-stale")
        self.query_one(ChoiceStrip).current = self._page
        self._compare()

    def _choices(self) -> tuple[SideChoice, ...]:
        assert self._shown is not None
        return side_choices(self._shown, self.router.workspace.saved_scenario)

    def _side(self, which: Which) -> ComparedSide | None:
        chosen = self._chosen[which]
        if isinstance(chosen, ComparedSide):
            return chosen
        return next(choice.side for choice in self._choices() if choice.key == chosen)

    def _compare(self) -> None:
        before, after = self._side("before"), self._side("after")
        self._tell_sides(before, after)
        page = self.query_one(ComparedPage)
        if before is None or after is None:
            self._wanted, self._pages = None, {}
            page.say(_ON_ITS_WAY if self._loading else "There is nothing to compare yet. b and n choose other plans.")
            return
        pair = _Pair(before, after)
        if before.plan is after.plan:
            self._wanted, self._pages = pair, {}
            same = "Both sides are the same plan. Edit something, or choose another with b and n."
            page.say(_ON_ITS_WAY if self._loading else same)
            return
        if pair.is_same(self._wanted):
            return
        self._wanted = pair
        self._work_out(pair)

    def _tell_sides(self, before: ComparedSide | None, after: ComparedSide | None) -> None:
        if self._loading:
            self._tell_loading()
            return
        words = []
        for which, side in (("b  from  ", before), ("n  to    ", after)):
            words.append(f"{which}{'no such plan yet' if side is None else side_words(side)}")
        if self._shown is not None and self._shown.is_stale and self._chosen["after"] == "now":
            words[1] += "  (from before the last edit)"
        self.query_one("#compare-sides", Static).update("\n".join(words))

    @work(thread=True, group="comparison", exclusive=True, description="compare two plans")
    def _work_out(self, pair: _Pair) -> None:
        try:
            found = comparison(pair.before, pair.after)
        except (DifferenceError, OverflowError) as error:
            self.post_message(self.Done(pair, None, str(error)))
        else:
            self.post_message(self.Done(pair, found))

    def on_compare_view_done(self, message: Done) -> None:
        """The page of these two plans, if they are still the ones."""
        if not message.pair.is_same(self._wanted):
            return
        if message.found is None:
            self._pages = {}
            self.query_one(ComparedPage).say(message.error)
            return
        self._pages = {page.key: page for page in compare_pages(message.found)}
        self._show_page()

    def _show_page(self) -> None:
        self.query_one(ChoiceStrip).current = self._page
        page = self._pages.get(self._page)
        if page is not None and self._wanted is not None:
            self.query_one(ComparedPage).show(page, (self._wanted.before.name, self._wanted.after.name))

    def on_choice_strip_chosen(self, message: ChoiceStrip.Chosen) -> None:
        """A page was clicked."""
        self._turn_to(message.key)

    def _turn_to(self, key: str) -> None:
        self._page = key
        self.query_one("#compare-body", VerticalScroll).scroll_home(animate=False)
        self._show_page()

    def action_turn_page(self, by: int) -> None:
        """The next page, or the one before."""
        keys = [key for key, _ in PAGES]
        self._turn_to(keys[(keys.index(self._page) + by) % len(keys)])

    @work
    async def action_choose(self, which: Which) -> None:
        """Ask which plan stands on a side."""
        from tui.dialogs.choose_side import ChooseSide

        shelf = await self.router.read_what_ifs()

        try:
            recent = [(file.path, "recent") for file in recent_files(state_folder())]
        except FolderError:
            recent = []
        files = [*recent, *((name, "shipped") for name in shipped_names())]
        chosen = await self.app.push_screen_wait(
            ChooseSide(_TITLES[which], self._choices(), what_if_choices(shelf), files)
        )
        if chosen is None:
            return
        kind, given = chosen
        self._give_up(which)
        if kind == "plan":
            self._chosen[which] = given
            self._compare()
        elif kind == "what-if":
            self._load_case(which, shelf, given)
        else:
            self._load(which, given)

    def compare_cases(self, shelf: Shelf, before: str, after: str) -> None:
        """Two what-ifs by their keys; the base's stands for the scenario as saved, `now` for the one as edited."""
        wanted: tuple[tuple[Which, str], ...] = (("before", before), ("after", after))
        for which, key in wanted:
            self._give_up(which)
            if key in shelf.cases and key != BASE:
                self._load_case(which, shelf, key)
            else:
                self._chosen[which] = "saved" if key == BASE else key
        self._compare()

    def _load(self, which: Which, given: str) -> None:
        workspace, settings = self.router.workspace, self.router.settings
        known = (workspace.saved_scenario, workspace.shown.plan_scenario, workspace.scenario)
        interrupt = threading.Event()
        self._begin(which, interrupt.set, lambda tell: side_from_file(given, known, settings, tell, interrupt))

    def _load_case(self, which: Which, shelf: Shelf, key: str) -> None:
        desk = self.router.desk
        planner = desk.make_planner(shelf.scenario, planner_settings(self.router.settings))
        self._begin(which, planner.stop, lambda tell: side_from_case(desk, planner, shelf, key, tell))

    def table(self) -> list[list[str]]:
        """The page that is shown, numbers in full."""
        page = self._pages.get(self._page)
        return [] if page is None else page_rows(page)
