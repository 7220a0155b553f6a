"""The app: its frame, the views in it, and the open scenario that they all show."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from textual import work
from textual.app import App, ComposeResult
from textual.widgets import ContentSwitcher

from router.change.change import Change
from router.model.model import Model
from router.plan.document import Plan
from router.plan.reference import scenario_reference
from router.reading.problems import ScenarioError
from router.report.difference_words import Names
from router.report.letters import Letters, letters_for
from router.session.events import Event, PlanFound, SearchEnded
from router.view.file_choice import short_path, unsaved_words
from router.view.headline import Headline, demand_value, headline
from router.view.overview import biggest_changes
from router.view.solver_log import SolverLog
from router.workspace.comparer import Comparer, Differences
from router.workspace.save import Saved
from router.workspace.settings import Settings
from router.workspace.shown import Shown
from router.workspace.whatif_desk import WhatIfDesk
from router.workspace.whatif_steps import count_on
from router.workspace.workspace import Workspace
from tui.actions.editing import EditingActions
from tui.actions.exporting import ExportActions
from tui.actions.files import FileActions
from tui.actions.going import GoingActions
from tui.actions.recovering import RecoveryActions
from tui.actions.settings import SettingsActions
from tui.actions.what_ifs import WhatIfActions
from tui.commands import RouterCommands
from tui.frame.headline_bar import HeadlineBar
from tui.frame.key_line import KeyLine
from tui.frame.tab_strip import TabStrip
from tui.keeping import Keeper
from tui.messages import Compared, SessionTold
from tui.opening import Opened, sha256_of
from tui.planning import load_engine, start_session
from tui.recording import Recording
from tui.views.registry import view_entry
from tui.views.view import View
from tui.what_ifs import make_planner, read

_STYLES = Path(__file__).parent / "styles"
_TICK_SECONDS = 0.1
_KEEP_AFTER_SECONDS = 0.5
_DISK_SECONDS = 1.0


class RouterApp(
    EditingActions, WhatIfActions, FileActions, RecoveryActions, SettingsActions, ExportActions, GoingActions
):
    """One scenario at a time. Views are made when they first come to the front."""

    TITLE = "Multicloud Router"
    CSS_PATH = [*sorted(_STYLES.glob("*.tcss"))]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    COMMANDS = App.COMMANDS | {RouterCommands}

    def __init__(self, opened: Opened, settings: Settings, recording: Recording) -> None:
        super().__init__()
        self.settings = settings
        self.recording = recording
        self.opened = opened
        self.log_book = SolverLog()
        self.comparer = Comparer()
        self.desk = WhatIfDesk(read, make_planner)
        self.differences: Differences | None = None
        self._session_number = 0
        self.keeper = Keeper()
        self.one_file_action = asyncio.Lock()
        self._has_engine = False
        self._demand_value: tuple[Model, float] | None = None
        self.workspace = self._workspace_of(opened)

    def _workspace_of(self, opened: Opened, known: Plan | None = None) -> Workspace:
        """``known``: a plan at hand, which may be of the very scenario."""
        plan = None if opened.kept is None else opened.kept.plan
        if plan is None and known is not None and known.scenario == scenario_reference(opened.scenario):
            plan = known
        return Workspace(
            opened.scenario, opened.path, plan, self._on_shown, self.recording.record, history=opened.history
        )

    def compose(self) -> ComposeResult:
        """The frame: headline, tabs, the view in front, keys."""
        yield HeadlineBar(id="headline")
        yield TabStrip(id="tabs")
        yield ContentSwitcher(id="views")
        yield KeyLine(id="keys")

    async def on_mount(self) -> None:
        """The first view with the plan at hand; then the engine."""
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else "textual-dark"
        # Before there is anything to type into: every step is on disk before it is shown.
        self.recording.tell = self.tell_trouble
        self.begin_journal()
        await self.go_to_view(self.settings.first_view)
        self._show_headline()
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        self.set_interval(_TICK_SECONDS, self._tick)
        self.set_interval(_DISK_SECONDS, self.watch_disk)
        self.call_after_refresh(self._start_engine)
        self.call_after_refresh(self.offer_lost_sessions)
        self._end_on_signals()
        self.remember_file(self.opened.path)
        for notice in self.opened.notices:
            self.notify(notice, severity="warning", timeout=10, markup=False)

    def _end_on_signals(self) -> None:
        """A signal ends the app with the terminal as it was; its journal stays, for the next start."""
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, ValueError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(number, partial(self.exit, return_code=128 + number))

    @work(thread=True, group="engine", description="start the engine")
    def _start_engine(self) -> None:
        load_engine()
        self.call_from_thread(self._engine_came)

    def _engine_came(self) -> None:
        self._has_engine = True
        self.start_planning()

    def start_planning(self) -> None:
        """A session for the open scenario, in place of any before; once the engine is there."""
        if not self._has_engine:
            return
        self._session_number += 1
        number = self._session_number

        def tell(event: Event) -> None:
            self.post_message(SessionTold(event, number))

        self.workspace.start(start_session(self.workspace.saved_scenario, self.settings, self.opened.kept, tell))

    def open_workspace(self, opened: Opened) -> None:
        """Another scenario, or the same one read anew."""
        self._session_number += 1
        self._close(self.workspace)
        known = self.workspace.shown.saved_plan
        self.opened = opened
        self.log_book = SolverLog()
        self.differences = None
        self.workspace = self._workspace_of(opened, known)
        self.start_planning()
        self._on_shown(self.workspace.shown)

    @work(thread=True, group="close", description="end a session")
    def _close(self, workspace: Workspace) -> None:
        workspace.stop()

    def on_session_told(self, message: SessionTold) -> None:
        """Plans and the ends of searches, of the session that is open."""
        if message.source != self._session_number:
            return
        self.log_book.note(message.event)
        self.workspace.take(message.event)
        if isinstance(message.event, SearchEnded):
            self._keep_later()

    def _keep_later(self) -> None:
        """Once nobody has changed anything for a moment."""
        if self.plan_to_keep() is not None:
            self.set_timer(_KEEP_AFTER_SECONDS, self._keep)

    def plan_to_keep(self) -> PlanFound | None:
        """What is worth keeping for the next start and was not kept yet."""
        return self.keeper.wanted(self.workspace.shown, began_kept=self.opened.kept is not None)

    @work(thread=True, group="keep", exclusive=True, description="keep the plan")
    def _keep(self) -> None:
        found, session = self.plan_to_keep(), self.workspace.session
        if found is not None and session is not None:
            self.keeper.keep(found, session)

    def _on_shown(self, shown: Shown) -> None:
        if not self.is_up:
            return
        self.log_book.asked(shown.version, shown.solver)
        if not shown.is_saved:
            self.keeper.interrupt()
        self._show_headline()
        view = self.view
        if view is not None:
            view.show(shown)
        if shown.plan is not None and not shown.is_stale:
            self._compare(shown)

    @work(thread=True, group="compare", exclusive=True, description="compare plans")
    def _compare(self, shown: Shown) -> None:
        differences = self.comparer.compare(shown)
        if differences is not None:
            self.post_message(Compared(differences))

    def on_compared(self, message: Compared) -> None:
        """What moved, for the views that tell it."""
        if message.differences.plan is self.workspace.shown.plan:
            self.differences = message.differences
            if self.view is not None:
                self.view.show_differences(message.differences)

    def saved_to(self, saved: Saved) -> None:
        """The scenario is in this file from now on."""
        self.opened = replace(self.opened, path=saved.path, state=saved.state)
        self.workspace.saved(saved.path, sha256_of(saved.state))
        self._keep_later()

    async def why(self, key: tuple[str, ...], period: int) -> None:
        """Why the plan does what it does with a thing in a period."""
        view = await self.go_to_view("why")
        view.ask(key, period)

    def more_commands(self) -> list[tuple[str, str, str]]:
        """Commands that have no key: what it is, a word on it, its action."""
        themes = [
            (f"Theme {name}", "dark" if theme.dark else "light", f"use_theme('{name}')")
            for name, theme in sorted(self.available_themes.items())
        ]
        return [
            ("Search longer", "for a better plan of the scenario as it stands", "search_again"),
            ("Edit settings", "settings.yaml in $EDITOR", "edit_settings"),
            *themes,
        ]

    def _show_headline(self) -> None:
        shown, workspace = self.workspace.shown, self.workspace
        bar = self.query_one(HeadlineBar)
        bar.file = f"{shown.scenario.name}  {short_path(workspace.path)}" if workspace.path else shown.scenario.name
        count = len(workspace.changes)
        bar.unsaved = unsaved_words(
            count, is_journalled=not self.recording.is_in_trouble, whatifs=count_on(workspace.changes)
        )
        bar.headline = self._headline(shown)

    def _headline(self, shown: Shown) -> Headline:
        saved, found = shown.saved_plan, shown.found
        if found is not None and (self._demand_value is None or self._demand_value[0] is not found.model):
            self._demand_value = found.model, demand_value(found.model.problem)
        state = shown.solver
        if state.is_working:
            state = replace(state, seconds=time.monotonic() - shown.asked_at)
        return headline(
            shown.plan,
            state,
            saved_cost_usd=None if saved is None else saved.totals.cost_usd,
            is_stale=shown.is_stale,
            demand_value_usd=None if self._demand_value is None else self._demand_value[1],
        )

    def _tick(self) -> None:
        if self.is_up and self.workspace.shown.solver.is_working:
            self._show_headline()

    @property
    def is_up(self) -> bool:
        """Whether the frame is there: not while the app leaves, when clocks and threads still tell."""
        return self.is_running and not self._closing and not self._closed

    @property
    def view(self) -> View | None:
        """The view in front."""
        if not self.is_up:
            return None
        switcher = self.query_one("#views", ContentSwitcher)
        found = switcher.visible_content
        return found if isinstance(found, View) else None

    async def go_to_view(self, name: str) -> View:
        """Bring a view to the front, made now where it was not."""
        entry = view_entry(name)
        switcher = self.query_one("#views", ContentSwitcher)
        view_id = f"view-{name}"
        if not switcher.query(f"#{view_id}"):
            await switcher.add_content(entry.make(), id=view_id)
        switcher.current = view_id
        self.query_one(TabStrip).current = name
        view = self.view
        assert view is not None
        view.show(self.workspace.shown)
        if self.differences is not None:
            view.show_differences(self.differences)
        view.start()
        return view

    def change(self, changes: Sequence[Change]) -> bool:
        """Make changes; whether the scenario took them. What is wrong with them is told."""
        try:
            self.workspace.apply(changes)
        except ScenarioError as error:
            self.tell_error(error)
            return False
        return True

    @property
    def letters(self) -> Letters:
        """What bars and sparklines are drawn with."""
        return letters_for(self.console.encoding)

    def words_of_moves(self, differences: Differences) -> tuple[str, tuple[str, ...]]:
        """What the last change moved, in words."""
        names = Names(self.workspace.shown.plan_scenario, self.opened.scenario)
        told = biggest_changes(differences.to_before, names, "Nothing was changed yet.", most=5)
        return "What the last change moved", told.lines or (told.when_empty,)

    def tell_error(self, error: Exception) -> None:
        """What went wrong, in its own words."""
        if isinstance(error, ScenarioError) and len(error.problems) > 1:
            from tui.dialogs.problems import ProblemsDialog

            self.push_screen(ProblemsDialog(error))
            return
        self.notify(str(error), severity="error", timeout=8, markup=False)
