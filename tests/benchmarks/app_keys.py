"""From the Enter that confirms a demand edit to the plan that follows it on the screen, in a pseudo-terminal.

`python -m tests.benchmarks.app_keys [SCENARIO] [--edits 100]`. Half of the edits are of one cell, half of a row's whole
series; each starts once the search for the one before has ended, so that the engine holds the best plan that it finds
(or after `--patience` seconds). A plan is there when the stale mark, which the edit sets at once, is gone again.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.tui.pty.terminal import Terminal, terminal

_STALE = "STALE"
_WORKING = ("solving", "searching")


@dataclass(frozen=True)
class Edit:
    """Milliseconds until the stale mark and until the plan; whether the cost that is written changed."""

    whole_series: bool
    marked: float
    planned: float
    cost_changed: bool


def is_working(screen: Terminal) -> bool:
    """Whether the headline says that a better answer may come."""
    return any(word in screen.line(1) for word in _WORKING)


_WINDOW_SECONDS = 0.3


def answer(screen: Terminal, key: str) -> tuple[float, float, bool]:
    """Press a key; milliseconds until the mark and until it has gone again, and whether the written cost is new.

    What comes is only stamped while it comes: to draw it takes longer than the app takes to make it.
    """
    before = screen.line(1)
    start = time.perf_counter()
    screen.press(key)
    marked = 0.0
    while time.perf_counter() - start < 60:
        chunks: list[tuple[float, bytes]] = []
        until = time.perf_counter() + _WINDOW_SECONDS
        while time.perf_counter() < until:
            content = screen.take(0.01)
            if content:
                chunks.append((1000 * (time.perf_counter() - start), content))
        for at, content in chunks:
            screen.draw(content)
            is_stale = _STALE in screen.line(1)
            if is_stale and not marked:
                marked = at
            if not is_stale and (marked or screen.line(1) != before):
                return marked or at, at, screen.line(1).split("gap")[0] != before.split("gap")[0]
    raise TimeoutError(f"no plan after {key}:\n{screen.text}")


def edits(screen: Terminal, count: int, seed: int, patience: float) -> list[Edit]:
    """Random edits of demand: up or down by some percent, then undone by the next of the same row."""
    rng = random.Random(seed)
    told: list[Edit] = []
    while len(told) < count:
        whole = len(told) % 2 == 1
        screen.press("\x1b[1;5H", *(["down"] * rng.randint(1, 30)), *(["right"] * rng.randint(0, 11)))
        screen.rest(0.1)
        if whole:
            screen.press("V")
        typed = f"{rng.choice('+-')}{rng.choice([1, 2, 5, 10, 20])}%"
        screen.press(typed)
        screen.rest(0.1)
        if "✗" in screen.text or not _is_editing(screen):
            # A heading, or a cell that cannot be edited so.
            screen.press("escape", "escape")
            continue
        marked, planned, changed = answer(screen, "enter")
        told.append(Edit(whole, marked, planned, changed))
        screen.press("escape")
        screen.wait_for(lambda: _STALE not in screen.line(1), 60)
        until = time.perf_counter() + patience
        while is_working(screen) and time.perf_counter() < until:
            screen.read(0.05)
        sys.stderr.write(f"{len(told)}: {'series' if whole else 'cell'} {typed}: {marked:.0f}, {planned:.0f} ms\n")
    return told


def _is_editing(screen: Terminal) -> bool:
    """Whether the edit line is open: the footer offers to leave it."""
    return "esc Leave" in screen.text


def table(told: list[Edit]) -> str:
    """Medians and tails of all, of single cells, and of whole series."""
    lines = [
        "| edits | count | stale mark p50 ms | p95 | plan p50 ms | p95 | longest | over 100 ms |",
        "| --- " * 8 + "|",
    ]
    for name, some in (
        ("all", told),
        ("one cell", [each for each in told if not each.whole_series]),
        ("whole series", [each for each in told if each.whole_series]),
    ):
        marked, planned = np.array([each.marked for each in some]), np.array([each.planned for each in some])
        half, tail = np.percentile(planned, [50, 95])
        lines.append(
            f"| {name} | {len(some)} | {np.percentile(marked, 50):.0f} | {np.percentile(marked, 95):.0f} "
            f"| {half:.0f} | {tail:.0f} | {planned.max():.0f} | {int((planned > 100).sum())} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="frontier-lab")
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with terminal(
            "tui", "--view", "demand", given.scenario, home=home / "home", cwd=home, size=(160, 45)
        ) as screen:
            screen.see("audit ok", seconds=120)
            screen.wait_for(lambda: "proved" in screen.line(1) or "ended" in screen.line(1), 120)
            told = edits(screen, given.edits, given.seed, given.patience)
    sys.stdout.write(table(told) + "\n")


if __name__ == "__main__":
    main()
