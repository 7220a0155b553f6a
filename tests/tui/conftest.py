"""What tests of the app share: a home of its own, a copy of the tiny scenario with its kept plan, no real clipboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pyperclip
import pytest

from tests.tui.driving import Driver, driven

TINY = Path(__file__).parents[2] / "configs" / "tiny.yaml"
OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def app_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app works in; its settings, journals and kept plans are beside it."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("ROUTER_HOME", str(tmp_path / "home"))
    for name in ("NO_COLOR", "VISUAL", "EDITOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(work)

    def no_clipboard(*_: object) -> str:
        raise pyperclip.PyperclipException("none in tests")

    monkeypatch.setattr(pyperclip, "copy", no_clipboard)
    monkeypatch.setattr(pyperclip, "paste", no_clipboard)
    return work


@pytest.fixture
def tiny(app_home: Path) -> Path:
    """A copy of the tiny scenario, whose kept plan is shipped, so that a plan is there at once."""
    return Path(shutil.copy(TINY, app_home / "tiny.yaml"))


@pytest.fixture
def open_app(tiny: Path) -> OpenApp:
    """`async with open_app(view="demand", size=(80, 24)) as driver:`; on the tiny scenario unless a path is given.

    ``plans=False``: without an engine, for what needs no new plan. See `driven` in tests/tui/driving.py.
    """

    def opened(path: Path = tiny, **how: Any) -> AbstractAsyncContextManager[Driver]:
        return driven(path, **how)

    return opened
