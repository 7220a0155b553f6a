"""How each view looks, at 80x24 and 120x40: pictures in `__snapshots__`, made anew with `pytest --snapshot-update`.

The tiny scenario with its kept plan and no engine: nothing in the picture depends on a clock, a path or a solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from router.workspace.settings import Settings
from tests.tui.driving import LARGE, SMALL, Driver, StillApp, without_place
from tests.workspace.whatif_sample import BROKEN, SomePlanner, growth_in
from tui.dialogs.save_what_if import SaveWhatIf
from tui.opening import open_file
from tui.recording import Recording
from tui.views.registry import VIEWS

Compare = Callable[..., bool]
_MOST_ROUNDS = 50
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the solver is said to have taken is 0.0 s."""
    monkeypatch.setattr("tui.app.time", SimpleNamespace(monotonic=lambda: 0.0))


class SilentRecording(Recording):
    """A journal's end, without a loose file behind it."""

    def close(self) -> None:
        self.end(clean=True)


@pytest.fixture
def recording() -> Iterator[SilentRecording]:
    with closing(SilentRecording()) as silent:
        yield silent


def _app(tiny: Path, recording: Recording, view: str = "demand", **settings: object) -> StillApp:
    chosen = Settings(first_view=view, highlight_seconds=0, **settings)  # type: ignore[arg-type]
    return StillApp(without_place(open_file(tiny)), chosen, recording)


def _after(app: StillApp, *keys: str, until: str = "") -> Callable[[Pilot[None]], object]:
    """Runs keys, each worked off, and waits until nothing changes any more. ``until``: what is then to be seen."""

    async def run(pilot: Pilot[None]) -> None:
        driver = Driver(app, pilot, Path("tiny.yaml"))
        await driver.wait_for(lambda: app.view is not None)
        app.clear_notifications()
        if app.settings.first_view == "what-ifs":
            await driver.wait_for(lambda: app.desk.shelf is not None and "reading what-if files" not in driver.text)
        for key in keys:
            await driver.press(key)
            if key == "W":
                await driver.dialog(SaveWhatIf)
        await driver.see(until)
        before = ""
        for _ in range(_MOST_ROUNDS):
            if driver.text == before:
                return
            before = driver.text
            await pilot.pause(0.1)
            await driver.settle()
        raise AssertionError(f"the screen does not come to rest:\n{driver.text}")

    return run


@SIZES
@pytest.mark.parametrize("view", [entry.name for entry in VIEWS])
def test_view(snap_compare: Compare, tiny: Path, recording: Recording, view: str, size: tuple[int, int]) -> None:
    app = _app(tiny, recording, view)
    assert snap_compare(app, terminal_size=size, run_before=_after(app))


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("typing", ["*", "1", ".", "2"]),
        ("mistake", ["5", "x"]),
        ("edited", ["4", "8", "0", "enter", "up", "shift+right"]),
        ("selected", ["ctrl+a"]),
        ("help", ["question_mark"]),
        ("go to", ["g"]),
        ("find", ["slash", "h", "1", "0", "0"]),
        ("leave", ["9", "enter", "q"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_state(
    snap_compare: Compare, tiny: Path, recording: Recording, name: str, keys: list[str], size: tuple[int, int]
) -> None:
    app = _app(tiny, recording)
    assert snap_compare(app, terminal_size=size, run_before=_after(app, *keys))


@SIZES
@pytest.mark.parametrize("name", ["listed", "planned", "on", "save as what-if"])
def test_what_ifs(snap_compare: Compare, tiny: Path, recording: Recording, name: str, size: tuple[int, int]) -> None:
    growth_in(tiny.parent)
    growth_in(tiny.parent, "wrong.yaml", BROKEN)
    app = _app(tiny, recording, "what-ifs")
    app.desk.make_planner = SomePlanner()
    keys: list[str] = {
        "listed": [],
        "planned": ["r", "down"],
        "on": ["r", "space", "down", "f", "down", "space"],
        "save as what-if": ["space", "W", *"late"],
    }[name]
    until = "3 of 3 planned · r looks" if "r" in keys else ""
    assert snap_compare(app, terminal_size=size, run_before=_after(app, *keys, until=until))


@pytest.mark.parametrize("theme", ["textual-light", "nord"])
def test_theme(snap_compare: Compare, tiny: Path, recording: Recording, theme: str) -> None:
    app = _app(tiny, recording, theme=theme)
    assert snap_compare(app, terminal_size=LARGE, run_before=_after(app, "right"))


def test_no_colour(snap_compare: Compare, tiny: Path, recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = _app(tiny, recording)
    assert snap_compare(app, terminal_size=LARGE, run_before=_after(app, "right"))
