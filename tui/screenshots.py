"""Pictures of the real app for README: `python -m tui.screenshots` writes them anew.

Each is taken of `frontier-lab` with the plan that comes with it, without a terminal, after some keys were pressed.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from router.reading.write import write_whole
from router.workspace.folders import HOME_VARIABLE
from router.workspace.settings import Settings
from tui.app import RouterApp
from tui.opening import open_named
from tui.recording import Recording

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Picture:
    """``keys``: pressed once the plan is proved, one after another."""

    name: str
    view: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)
    theme: str = "textual-dark"


PICTURES = (
    Picture("overview", "overview"),
    Picture("demand", "demand", ("down", "down", *["shift+right"] * 5, *"*1.5", "enter")),
    Picture("allocations", "allocations"),
    Picture("capacity", "capacity", ("m",)),
    Picture("contracts", "contracts"),
    Picture("timeline", "timeline"),
    Picture("light", "demand", theme="textual-light"),
    Picture("small", "demand", size=(80, 24)),
)


async def take(picture: Picture) -> str:
    """The app as SVG."""
    settings = Settings.model_validate({"first_view": picture.view, "theme": picture.theme})
    app = RouterApp(open_named("frontier-lab"), settings, Recording())
    async with app.run_test(size=picture.size) as pilot:
        await _until_planned(app)
        for key in picture.keys:
            await pilot.press(key)
        await _until_planned(app)
        await pilot.pause(1.0)
        svg = app.export_screenshot(title="router")
    app.workspace.stop()
    return svg


async def _until_planned(app: RouterApp) -> None:
    waited = 0.0
    while app.workspace.shown.solver.is_working or app.workspace.shown.found is None:
        await asyncio.sleep(0.05)
        waited += 0.05
        if waited > _PATIENCE_SECONDS:
            return


def main(names: list[str]) -> None:
    """Writes the pictures of these names; of all, where none is given."""
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        FOLDER.mkdir(parents=True, exist_ok=True)
        for picture in PICTURES:
            if not names or picture.name in names:
                write_whole(FOLDER / f"{picture.name}.svg", asyncio.run(take(picture)))


if __name__ == "__main__":
    main(sys.argv[1:])
