"""Drives the app without a terminal: keys in, the screen as text out."""

from __future__ import annotations

import asyncio
import builtins
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.errors import NoWidget
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from router.scenario.scenario import Scenario
from router.workspace.settings import Settings
from tui.app import RouterApp
from tui.grid.grid_view import GridView
from tui.opening import Opened, open_file
from tui.recording import Recording

LARGE, SMALL = (120, 40), (80, 24)
PATIENCE_SECONDS = 20.0
_CHARACTERS = {"tab": "\t", "enter": "\r", "space": " "}
_ROUNDS = 10
"""From a key to what it leads to, messages go through some hands: app, focus, all that is around it, app, view."""


SomeWidget = TypeVar("SomeWidget", bound=Widget)


class StillApp(RouterApp):
    """The app without an engine: what it opened with is all that it shows, so that each picture of it is the same."""

    def _start_engine(self) -> None:  # type: ignore[override]
        """Not here."""

    def start_planning(self) -> None:
        """Not here."""


def screen_text(app: RouterApp) -> str:
    """What the screen says, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@dataclass
class Driver:
    """One open app and the file that it edits."""

    app: RouterApp
    pilot: Pilot[None]
    path: Path

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_text(self.app)

    @property
    def line(self) -> str:
        """The headline's second line: cost, change, solver."""
        return self.text.splitlines()[1]

    @property
    def scenario(self) -> Scenario:
        """As edited."""
        return self.app.workspace.scenario

    @property
    def view_name(self) -> str:
        """Of the view in front."""
        return "" if self.app.view is None or self.app.view.id is None else self.app.view.id.removeprefix("view-")

    @property
    def cost_usd(self) -> float:
        """Of the plan shown."""
        plan = self.app.workspace.shown.plan
        assert plan is not None
        return plan.totals.cost_usd

    @property
    def grid(self) -> GridView:
        """The grid of the view in front."""
        assert self.app.view is not None
        return self.app.view.query_one(GridView)

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor in that grid."""
        return self.grid.row, self.grid.column

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """First row and column, last row and column of what is selected there."""
        cells = self.grid.cells
        return cells.first_row, cells.first_column, cells.last_row, cells.last_column

    def value(self, row: int, column: int) -> float:
        """A number in that grid."""
        assert self.grid.grid is not None
        return float(self.grid.grid.values[row, column])

    async def press(self, *keys: str) -> None:
        """Textual's names of keys, or single characters; each is worked off before the next."""
        for key in keys:
            self.send(key)
            await self.settle()

    def send(self, key: str) -> None:
        """A key, not waited for. (`Pilot.press` sleeps 40 ms for each.)"""
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else _CHARACTERS.get(name))
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    def click_at(self, x: int, y: int, times: int = 1) -> None:
        """A click anywhere on the screen, not waited for. (`Pilot.click` sleeps 60 ms for each.)"""
        screen = self.app.screen
        for chain in range(1, times + 1):
            for kind in (events.MouseMove, events.MouseDown, events.MouseUp, events.Click):
                button = 0 if kind is events.MouseMove else 1
                try:
                    widget, _ = screen.get_widget_at(x, y)
                except NoWidget:
                    return
                more: dict[str, Any] = {"chain": chain} if kind is events.Click else {}
                event = kind(widget, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y, **more)
                event.set_sender(self.app)
                screen._forward_event(event)

    async def settle(self, rounds: int = _ROUNDS) -> None:
        """Until every widget has worked off its messages, and those that came of them; then it is drawn."""
        for _ in range(rounds):
            await self.pilot._wait_for_screen()
        self.fail_with_the_app()
        self.app.screen._on_timer_update()

    async def type(self, text: str) -> None:
        """Character by character."""
        await self.press(*text)

    async def edit(self, text: str) -> None:
        """Type over the cells and confirm."""
        await self.press(*text, "enter")

    async def go(self, view: str) -> None:
        """To a view, by `g` and its letter."""
        from tui.views.registry import view_entry

        await self.press("g")
        await self.press(view_entry(view).letter)
        await self.wait_for(lambda: self.app.view is not None and self.app.view.id == f"view-{view}")
        await self.settle()

    async def wait_for(self, is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Until something is so. Fails with the screen where it never is."""
        until = time.monotonic() + seconds
        while not is_so():
            self.fail_with_the_app()
            assert time.monotonic() < until, f"waited {seconds} s in vain; the screen:\n{self.text}"
            await asyncio.sleep(0.005)
        await self.settle()

    def fail_with_the_app(self) -> None:
        """What the app failed with, if it did."""
        if self.app._exception is not None:
            raise self.app._exception

    async def see(self, *words: str) -> None:
        """Until the screen says all of these."""
        await self.wait_for(lambda: all(word in self.text for word in words))

    async def planned(self) -> None:
        """Until the engine has planned what is shown, and the search has ended."""
        shown = self.app.workspace
        await self.wait_for(
            lambda: (
                shown.session is not None
                and self.app.workspace.shown.found is not None
                and not self.app.workspace.shown.is_stale
                and not self.app.workspace.shown.solver.is_working
            )
        )

    async def dialog(self, kind: builtins.type[Screen[Any]]) -> None:
        """Until a dialog is open and drawn."""
        await self.wait_for(lambda: isinstance(self.app.screen, kind))

    async def no_dialog(self) -> None:
        """Until the views have the keys again."""
        try:
            await self.wait_for(lambda: len(self.app.screen_stack) == 1)
        except AssertionError as error:
            error.add_note(f"open: {self.app.screen_stack}")
            raise

    def one(self, kind: builtins.type[SomeWidget], selector: str | None = None) -> SomeWidget:
        """A widget of the screen in front."""
        return self.app.screen.query_one(selector, kind) if selector else self.app.screen.query_one(kind)

    def told(self) -> list[str]:
        """What was notified and still stands."""
        return [note.message for note in self.app._notifications]


@asynccontextmanager
async def driven(
    path: Path,
    *,
    view: str = "demand",
    size: tuple[int, int] = LARGE,
    plans: bool = True,
    settings: Settings | None = None,
    opened: Opened | None = None,
) -> AsyncIterator[Driver]:
    """The app on a file, its engine ended at the end. ``plans`` False: it has none."""
    chosen = (settings or Settings()).model_copy(update={"first_view": view})
    app = (RouterApp if plans else StillApp)(opened or open_file(path), chosen, Recording())
    try:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot, path)
            await driver.wait_for(lambda: app.view is not None and app.recording._journal is not None)
            yield driver
    finally:
        app.workspace.stop()
        app.recording.end(clean=True)


def without_place(opened: Opened) -> Opened:
    """The same under a name that is alike everywhere, for pictures."""
    return replace(opened, path=Path("tiny.yaml"))
