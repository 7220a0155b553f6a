"""Whatever is pressed, clicked or resized, the app goes on, and undoing all of it leads back to what was opened."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.tui.conftest import OpenApp
from tests.tui.driving import Driver
from tests.workspace.whatif_sample import growth_in
from tui.dialogs.question import Question
from tui.forms.form_screen import FormScreen
from tui.views.registry import VIEWS

SEEDS = range(8)
KEYS_OF_EACH = 630
"""Together at least 5,000."""

_BURST = 7
_MOVES = ["up", "down", "left", "right"]
_FAR = ["home", "end", "pageup", "pagedown", "ctrl+home", "ctrl+end", "tab", "shift+tab"]
_SELECTS = ["shift+up", "shift+down", "shift+left", "shift+right", "shift+home", "shift+end", "V", "ctrl+a"]
_TYPED = list("0123456789.+-*=%")
_LETTERS = [*"abcdefghijklmnopqrstuvwxyzDEJKLHRSUWYX", "space", "backspace", "delete", "f2"]
_SIGNS = list("<>()[]?;,:'")
_CONTROLS = ["ctrl+f", "ctrl+o", "ctrl+p", "ctrl+s", "ctrl+q", "ctrl+r", "ctrl+v", "ctrl+c", "ctrl+y", "ctrl+z"]
_SIZES = [(120, 40), (80, 24), (200, 60), (40, 12), (20, 6)]
"""Smaller than that, Textual itself fails where it wraps lines to no width."""
_KINDS: list[tuple[list[str], int]] = [
    (_MOVES, 26),
    (_FAR, 6),
    (_SELECTS, 6),
    (_TYPED, 16),
    (["enter"], 12),
    (["escape"], 10),
    (_LETTERS, 16),
    (_SIGNS, 3),
    (_CONTROLS, 5),
    (["slash"], 2),
]


def _key(rng: random.Random, driver: Driver) -> str:
    kinds, weights = zip(*_KINDS, strict=True)
    key = rng.choice(rng.choices(kinds, weights)[0])
    # A slash in a file's name could lead out of the test's own folder.
    return "escape" if key == "slash" and isinstance(driver.app.focused, Input) else key


async def _press_at_random(driver: Driver, rng: random.Random, count: int, pressed: list[str]) -> None:
    while len(pressed) < count:
        kind = rng.random()
        if kind < 0.03:
            size = rng.choice(_SIZES)
            pressed.append(f"resize {size}")
            await driver.pilot.resize_terminal(*size)
        elif kind < 0.08:
            x, y = rng.randrange(driver.app.size.width), rng.randrange(driver.app.size.height)
            pressed.append(f"click {x}, {y}")
            driver.click_at(x, y, times=rng.choice([1, 1, 1, 2]))
        elif kind < 0.10:
            entry = rng.choice(VIEWS)
            pressed.append(f"view {entry.name}")
            await driver.app.go_to_view(entry.name)
        elif kind < 0.11:
            pressed.append("paste")
            driver.app.post_message(events.Paste(rng.choice(["5", "1\t2", "x", "", "7\n8"])))
        else:
            for _ in range(rng.randint(1, _BURST)):
                key = _key(rng, driver)
                pressed.append(key)
                driver.send(key)
        await driver.settle(rounds=3)


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_key_breaks_the_app(
    open_app: OpenApp, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    growth_in(Path.cwd())
    rng = random.Random(seed)
    pressed: list[str] = []
    async with open_app(view=rng.choice(VIEWS).name, size=rng.choice(_SIZES[:3])) as driver:
        left: list[object] = []
        stays: Callable[..., None] = lambda *result, **_: left.append(result)  # noqa: E731
        monkeypatch.setattr(driver.app, "exit", stays)
        try:
            await _press_at_random(driver, rng, KEYS_OF_EACH, pressed)
            await _answers_still(driver)
        except BaseException as error:
            error.add_note(f"seed {seed}, after {len(pressed)} keys: {' '.join(pressed[-40:])}")
            raise


async def _answers_still(driver: Driver) -> None:
    """A key still does what it does, and undoing everything leads back to what was opened, by value."""
    await driver.pilot.resize_terminal(120, 40)
    for _ in range(20):
        if len(driver.app.screen_stack) == 1:
            break
        # What was typed into a form is given up where it asks: Escape alone would go back to it.
        below, top = driver.app.screen_stack[-2:]
        leaves = isinstance(top, Question) and isinstance(below, FormScreen)
        await driver.press("l" if leaves else "escape")
    await driver.no_dialog()
    await driver.app.go_to_view("demand")
    await driver.press("escape", "escape", "ctrl+home", "down", "right")
    assert driver.cursor == (1, 1)
    await driver.edit("77")
    assert driver.value(1, 1) == 77
    workspace = driver.app.workspace
    while workspace.can_undo:
        workspace.undo()
    assert workspace.scenario == driver.app.opened.scenario
    await driver.planned()
    assert "STALE" not in driver.text
