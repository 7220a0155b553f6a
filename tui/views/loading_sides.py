"""The part of the comparison's view that waits for the plans of its sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from textual import work
from textual.message import Message
from textual.widgets import Static

from router.reading.problems import ScenarioError
from router.reading.write import OutputError
from router.view.compare import ComparedSide
from router.workspace.shown import Shown
from tui.comparing import NoSideError
from tui.views.view import View

Which = Literal["before", "after"]
Tell = Callable[[str], None]
_SIDES: dict[Which, str] = {"before": "from", "after": "to"}


@dataclass
class _Loading:
    """A side whose plan is on its way: how far, and what gives it up."""

    number: int
    stop: Callable[[], None]
    words: str


class LoadingSides(View):
    """Which plan stands on each side; what is not at hand is found beside the screen, both at once if need be."""

    @dataclass
    class Progressed(Message):
        """How far the plan of a file is, in words."""

        which: Which
        number: int
        words: str

    @dataclass
    class SideRead(Message):
        """A file's plan is there, or why it is not."""

        which: Which
        number: int
        side: ComparedSide | None
        error: str = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: Shown | None = None
        self._chosen: dict[Which, str | ComparedSide] = {"before": "saved", "after": "now"}
        self._loads = 0
        self._loading: dict[Which, _Loading] = {}

    def _compare(self) -> None:
        """Another plan stands on a side."""
        raise NotImplementedError

    def _begin(self, which: Which, stop: Callable[[], None], find: Callable[[Tell], ComparedSide]) -> None:
        self._give_up(which)
        self._loads += 1
        self._loading[which] = _Loading(self._loads, stop, "beginning")
        self._tell_loading()
        self._find(which, self._loads, stop, find)

    def _give_up(self, which: Which) -> None:
        loading = self._loading.pop(which, None)
        if loading is not None:
            loading.stop()

    @work(thread=True, group="side", description="the plan of a side")
    def _find(self, which: Which, number: int, stop: Callable[[], None], find: Callable[[Tell], ComparedSide]) -> None:
        def tell(words: str) -> None:
            self.post_message(self.Progressed(which, number, words))

        try:
            side = find(tell)
        except (ScenarioError, OutputError, NoSideError) as error:
            self.post_message(self.SideRead(which, number, None, str(error)))
        else:
            self.post_message(self.SideRead(which, number, side))
        finally:
            stop()

    def on_loading_sides_progressed(self, message: Progressed) -> None:
        """How far the plan of a side is."""
        loading = self._loading.get(message.which)
        if loading is not None and loading.number == message.number:
            loading.words = message.words
            self._tell_loading()

    def _tell_loading(self) -> None:
        words = [f"{_SIDES[which]}: {loading.words}" for which, loading in sorted(self._loading.items(), reverse=True)]
        self.query_one("#compare-sides", Static).update(f"{'; '.join(words)}\nEscape cancels")

    def on_loading_sides_side_read(self, message: SideRead) -> None:
        """The plan of a side is there, or it is told why not."""
        loading = self._loading.get(message.which)
        if loading is None or loading.number != message.number:
            return
        del self._loading[message.which]
        if message.side is None:
            self.notify(message.error, severity="error", timeout=8, markup=False)
        else:
            self._chosen[message.which] = message.side
        if self._shown is not None:
            self._compare()

    def action_cancel(self) -> None:
        """No longer wait for a file's plan."""
        if self._loading:
            for which in tuple(self._loading):
                self._give_up(which)
            self.notify("Cancelled.", timeout=2)
            self._compare()

    def on_unmount(self) -> None:
        """A search has nobody to tell any more."""
        for which in tuple(self._loading):
            self._give_up(which)
