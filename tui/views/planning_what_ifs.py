"""The part of the view of what-ifs that has them planned beside the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, work
from textual.message import Message

from router.view.whatif_detail import wide_gaps
from router.view.whatif_list import WhatIfItem
from router.whatif.case import BASE
from router.workspace.case_planner import CasePlannerError
from router.workspace.whatif_desk import once_each, unknown_keys
from tui.views.view import View
from tui.what_ifs import SEARCH_SECONDS, planner_settings

if TYPE_CHECKING:
    from router.sweep.answered import Answered
    from router.workspace.whatif_shelf import Shelf


class PlanningWhatIfs(View):
    """Asks for answers round by round, and shows them as they come, until another view is in front."""

    @dataclass
    class Told(Message):
        """What came of a case, or how far the planning is. ``number``: of which round."""

        number: int
        words: str
        key: str = ""
        answered: Answered | None = None

    @dataclass
    class Ended(Message):
        """All was planned, or why no more will be."""

        number: int
        reason: str = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shelf: Shelf | None = None
        self._items: tuple[WhatIfItem, ...] = ()
        self._answered: dict[str, Answered] = {}
        self._rounds = 0
        self._waiting: set[str] = set()
        self._working = ""

    @property
    def _is_fresh(self) -> bool:
        """Whether what is listed is of the scenario as it is in its file now."""
        return self._shelf is not None and self._shelf.scenario is self.router.workspace.saved_scenario

    def _draw(self) -> None:
        """The list with what is known now."""
        raise NotImplementedError

    def action_plan_all(self) -> None:
        """Those not planned yet; where there are none, a search for those whose gap is wide."""
        if self._shelf is None or not self._is_fresh or self._waiting:
            return
        unknown = unknown_keys(self._shelf, self._answered)
        keys = once_each(self._shelf, unknown or wide_gaps(self._items, self._answered, self.router.settings.gap))
        if not keys or len(self._shelf.cases) == len([BASE]):
            self.notify("Nothing left to plan.", timeout=2)
            return
        self._rounds += 1
        self._waiting, self._working = set(keys), "beginning"
        self._work_out(self._shelf, keys, 0.0 if unknown else SEARCH_SECONDS, self._rounds)
        self._draw()

    @work(thread=True, group="what-ifs", description="plan what-ifs")
    def _work_out(self, shelf: Shelf, keys: list[str], seconds: float, number: int) -> None:
        reason = ""
        try:
            for told in self.router.desk.work_out(shelf, keys, planner_settings(self.router.settings), seconds):
                if isinstance(told, str):
                    self.post_message(self.Told(number, told))
                else:
                    self.post_message(self.Told(number, "", *told))
        except CasePlannerError as error:
            reason = str(error)
        self.post_message(self.Ended(number, reason))

    def on_planning_what_ifs_told(self, message: Told) -> None:
        """How far it is, or what came of one."""
        if message.number != self._rounds or self._shelf is None:
            return
        if message.answered is not None:
            self._waiting.discard(message.key)
            self._answered = self.router.desk.answered(self._shelf)
        self._working = message.words or f"planning, {len(self._waiting)} left"
        self._draw()

    def on_planning_what_ifs_ended(self, message: Ended) -> None:
        """No more will come of this round."""
        if message.number != self._rounds:
            return
        self._waiting, self._working = set(), ""
        if message.reason:
            self.notify(message.reason, title="What-ifs are not planned", severity="error", timeout=8, markup=False)
        self._draw()

    def action_stop(self) -> None:
        """No more is planned; what is known stays."""
        if self._waiting:
            self._stop()
            self.notify("Stopped.", timeout=2)
            self._draw()

    def _stop(self) -> None:
        self._rounds += 1
        self._waiting, self._working = set(), ""
        self.router.desk.stop()

    def on_hide(self, event: events.Hide) -> None:
        """Another view is in front: the machine is its own again."""
        self._stop()

    def on_unmount(self) -> None:
        """Nobody is left to tell."""
        self.router.desk.stop()
