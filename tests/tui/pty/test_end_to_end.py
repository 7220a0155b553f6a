"""The whole app in a real pseudo-terminal: edited, killed, recovered, saved."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import TINY
from tests.tui.pty.terminal import Terminal, terminal
from tests.workspace.whatif_sample import GROWTH, growth_in

Start = Callable[..., AbstractContextManager[Terminal]]
_COST = re.compile(r"\$[\d.]+ [kM]?")


@pytest.fixture
def tiny_file(tmp_path: Path) -> Path:
    """A copy of the tiny scenario."""
    return Path(shutil.copy(TINY, tmp_path / "tiny.yaml"))


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts `router` in a folder of its own."""

    def started(*arguments: str | Path, **how: Any) -> AbstractContextManager[Terminal]:
        return terminal(*arguments, home=tmp_path / "home", cwd=tmp_path, **how)

    return started


def cost(screen: Terminal) -> str:
    """The cost in the headline."""
    found = _COST.search(screen.line(1))
    return found.group() if found else ""


def planned(screen: Terminal) -> None:
    """Until the plan on the screen is the proven one of what was edited."""
    screen.wait_for(lambda: "proved" in screen.line(1) and "STALE" not in screen.line(1))


def journals(folder: Path) -> list[Path]:
    """Those there are."""
    return list((folder / "home").rglob("*.journal"))


def test_edited_killed_recovered_saved(start: Start, tiny_file: Path, tmp_path: Path) -> None:
    comments = [line for line in tiny_file.read_text().splitlines() if "#" in line]
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("chat", "$681 k")
        planned(screen)
        before = cost(screen)
        screen.press("480", "enter")
        screen.wait_for(lambda: cost(screen) not in ("", before))
        planned(screen)
        edited = cost(screen)
        assert "+$" in screen.line(1)
        screen.press("u")
        screen.wait_for(lambda: cost(screen) == before)
        planned(screen)
        assert "unsaved" not in screen.text
        screen.press("up", "480", "enter")
        screen.wait_for(lambda: cost(screen) == edited)
        screen.see("1 unsaved change")
        screen.kill()
    assert tiny_file.read_text() == TINY.read_text()
    assert len(journals(tmp_path)) == 1
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("Unsaved changes of an earlier session", "1 unsaved change")
        screen.press("enter")
        screen.see("● 1 unsaved change", "480•")
        screen.wait_for(lambda: cost(screen) == edited)
        screen.press("ctrl+s")
        screen.see("Saved:")
        screen.wait_for(lambda: "unsaved" not in screen.line(0))
        screen.press("q")
        assert screen.code() == 0
    text = tiny_file.read_text()
    assert "[480, 320, 400]" in text
    assert [line for line in text.splitlines() if "#" in line] == comments
    assert not journals(tmp_path)


def test_killed_in_the_middle_of_typing(start: Start, tiny_file: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        planned(screen)
        screen.press("480", "enter")
        screen.see("1 unsaved change")
        screen.press("up", "7")
        screen.kill()
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("1 unsaved change")
        screen.press("enter")
        screen.see("480•")


def test_small_and_resized(start: Start, tiny_file: Path) -> None:
    with start("tui", "--view", "demand", tiny_file, size=(80, 24)) as screen:
        screen.see("chat", "240", "320", "400", "$681 k")
        assert "Fill right" in screen.line(23)
        screen.resize(120, 40)
        screen.wait_for(lambda: "Fill right" in screen.line(39))
        screen.see("unserved costs")
        screen.resize(60, 15)
        screen.wait_for(lambda: "Fill right" in screen.line(14))
        screen.see("240")
        screen.press("q")
        assert screen.code() == 0


def test_the_terminal_is_left_as_it_was(start: Start, tiny_file: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("chat")
        screen.press("q")
        assert screen.code() == 0
        assert screen.raw.count(b"\x1b[?1049h") == screen.raw.count(b"\x1b[?1049l") == 1
        assert b"\x1b[?25h" in screen.raw.split(b"\x1b[?1049l")[-2][-200:] + screen.raw.split(b"\x1b[?1049l")[-1]
        for mode in (b"1000", b"1003", b"1006", b"2004"):
            assert screen.raw.rfind(b"\x1b[?" + mode + b"l") > screen.raw.rfind(b"\x1b[?" + mode + b"h")


def test_quit_with_unsaved_changes_asks(start: Start, tiny_file: Path, tmp_path: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("chat")
        screen.press("480", "enter")
        screen.see("1 unsaved change")
        screen.press("ctrl+q")
        screen.see("Save before you leave?")
        screen.press("escape")
        screen.wait_for(lambda: "Save before you leave?" not in screen.text)
        screen.press("q")
        screen.see("Save before you leave?")
        screen.press("d")
        assert screen.code() == 0
    assert tiny_file.read_text() == TINY.read_text()
    assert not journals(tmp_path)


def test_the_first_key_is_journalled_however_early_it_comes(start: Start, tiny_file: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.wait_for(lambda: b"\x1b[?1049h" in screen.raw)
        screen.press("480", "enter")
        screen.see("1 unsaved change")
        screen.kill()
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("Unsaved changes of an earlier session")


def test_a_closed_terminal_leaves_a_journal(start: Start, tiny_file: Path, tmp_path: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("chat")
        screen.press("480", "enter")
        screen.see("1 unsaved change")
        screen.child.kill(signal.SIGHUP)
        screen.code()
    assert len(journals(tmp_path)) == 1
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("Unsaved changes of an earlier session")


@pytest.mark.parametrize("text", ["format: 1\nname: [", "name: x", "", "\0"])
def test_a_bad_file_is_told_without_a_screen(start: Start, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with start("tui", path) as screen:
        assert screen.code() == 2
        assert b"\x1b[?1049h" not in screen.raw
        assert "bad.yaml" in screen.text
        assert "Traceback" not in screen.text


def test_a_missing_file_and_a_wrong_view(start: Start, tmp_path: Path) -> None:
    for arguments, told in ((["tui", "nowhere.yaml"], "nowhere.yaml"), (["tui", "--view", "demnad"], "demand")):
        with start(*arguments) as screen:
            assert screen.code() == 2
            assert told in screen.text
            assert b"\x1b[?1049h" not in screen.raw


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "linux", "COLORTERM": ""}, {"LANG": "C", "LC_ALL": "C"}],
)
def test_other_terminals(start: Start, tiny_file: Path, environment: dict[str, str]) -> None:
    with start("tui", "--view", "demand", tiny_file, environment=environment) as screen:
        screen.see("chat", "240", "$681 k")
        if "NO_COLOR" in environment:
            colours = set(re.findall(rb"38;2;(\d+);(\d+);(\d+)", screen.raw))
            assert all(len(set(colour)) == 1 for colour in colours)
        screen.press("q")
        assert screen.code() == 0


def test_ctrl_c_copies_and_does_not_end_it(start: Start, tiny_file: Path) -> None:
    with start("tui", "--view", "demand", tiny_file) as screen:
        screen.see("chat")
        screen.press("ctrl+c")
        screen.see("Copied")
        screen.press("q")
        assert screen.code() == 0


def test_a_what_if_that_was_on_is_on_again_after_a_kill(start: Start, tiny_file: Path) -> None:
    growth = growth_in(tiny_file.parent)
    with start("tui", "--view", "what-ifs", tiny_file) as screen:
        screen.see("Chat grows by half", "[ ] Oracle's H100 a month late")
        planned(screen)
        before = cost(screen)
        screen.press("down", " ")
        screen.see("[x] Chat grows by half", "1 what-if ON")
        screen.wait_for(lambda: cost(screen) not in ("", before))
        planned(screen)
        on = cost(screen)
        screen.kill()
    assert growth.read_text() == GROWTH
    with start("tui", "--view", "what-ifs", tiny_file) as screen:
        screen.see("Unsaved changes of an earlier session", "what-if: grows (1 change)")
        screen.press("enter")
        screen.see("[x] Chat grows by half", "1 what-if ON")
        screen.wait_for(lambda: cost(screen) == on)
        planned(screen)
        screen.press("down", " ")
        screen.see("[ ] Chat grows by half")
        screen.wait_for(lambda: cost(screen) == before)
        assert "unsaved" not in screen.line(0)
