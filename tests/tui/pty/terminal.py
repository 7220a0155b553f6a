"""The app in a real pseudo-terminal: bytes in, the screen as a terminal would show it out."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[3]
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+c": "\x03",
}
PATIENCE_SECONDS = 30.0
_NOT_OURS = ("NO_COLOR", "VISUAL", "EDITOR", "COLUMNS", "LINES")
"""Variables that would say otherwise than the terminal; pytest-xdist sets the last two."""


class Terminal:
    """A program under a pseudo-terminal, and the screen that it has drawn."""

    def __init__(
        self, arguments: list[str], home: Path, cwd: Path, size: tuple[int, int], environment: dict[str, str]
    ) -> None:
        """``size``: columns and rows."""
        columns, rows = size
        variables = {
            **{name: value for name, value in os.environ.items() if name not in _NOT_OURS},
            "ROUTER_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **environment,
        }
        self.started = time.perf_counter()
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", "tui", *arguments],
            env=variables,
            cwd=str(cwd),
            dimensions=(rows, columns),
            timeout=None,
        )
        self.child.delaybeforesend = None
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""

    @property
    def text(self) -> str:
        """What the screen says."""
        return "\n".join(self.screen.display)

    def line(self, number: int) -> str:
        """One line of it."""
        return str(self.screen.display[number])

    def read(self, seconds: float = 0.02) -> bool:
        """Take in what the program writes, for so long at most; False once it has ended."""
        content = self.take(seconds)
        if content:
            self.draw(content)
        return content is not None

    def take(self, seconds: float) -> bytes | None:
        """What the program has written, not drawn yet; None once it has ended."""
        try:
            return self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return b""
        except pexpect.EOF:
            return None

    def draw(self, content: bytes) -> None:
        """Show it on the screen."""
        self.raw += content
        self._stream.feed(_plain(content))

    def press(self, *keys: str) -> None:
        """Keys by name, or texts as they are."""
        self.child.send("".join(KEYS.get(key, key) for key in keys))

    def wait_for(self, is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
        """Until something is so; the seconds it took. Fails with the screen where it never is."""
        start = time.perf_counter()
        while not is_so():
            alive = self.read()
            passed = time.perf_counter() - start
            assert alive or is_so(), f"the program has ended; the screen:\n{self.text}"
            assert passed < seconds, f"waited {seconds} s in vain; the screen:\n{self.text}"
        return time.perf_counter() - start

    def see(self, *words: str, seconds: float = PATIENCE_SECONDS) -> float:
        """Until the screen says all of these; the seconds it took."""
        return self.wait_for(lambda: all(word in self.text for word in words), seconds)

    def rest(self, seconds: float = 0.3) -> None:
        """Until nothing was drawn for so long; ten times as long at most, since a clock may be on the screen."""
        started = quiet_since = time.perf_counter()
        while (now := time.perf_counter()) - quiet_since < seconds and now - started < 10 * seconds:
            before = len(self.raw)
            if not self.read():
                return
            if len(self.raw) != before:
                quiet_since = time.perf_counter()

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a window is dragged."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def code(self, seconds: float = PATIENCE_SECONDS) -> int:
        """The exit code, once it has ended; negative: the signal."""
        until = time.perf_counter() + seconds
        while self.read(0.05):
            assert time.perf_counter() < until, f"it does not end; the screen:\n{self.text}"
        self.child.close()
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)


def _plain(content: bytes) -> bytes:
    """Without the queries that pyte would print: modes are asked for and the keyboard's protocol is set."""
    for sequence in (b"\x1b[>1u", b"\x1b[<u", b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[>4;1m", b"\x1b[>4;0m"):
        content = content.replace(sequence, b"")
    return content


@contextmanager
def terminal(
    *arguments: str | Path,
    home: Path,
    cwd: Path,
    size: tuple[int, int] = (120, 40),
    environment: dict[str, str] | None = None,
) -> Iterator[Terminal]:
    """`router` with these arguments; killed at the end if it still runs."""
    opened = Terminal([str(argument) for argument in arguments], home, cwd, size, environment or {})
    try:
        yield opened
    finally:
        opened.child.close(force=True)
