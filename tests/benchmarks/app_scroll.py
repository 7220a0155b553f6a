"""Scrolling a grid of 500 workloads by 84 periods in a pseudo-terminal: from a key to the screen that follows it.

`python -m tests.benchmarks.app_scroll [--workloads 500] [--periods 84]`. First key by key, then with keys held down
(30 a second), where the longest time without a new screen is what one would notice. The solver works meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.tui.pty.terminal import Terminal, terminal

_WINDOW_SECONDS = 0.2
_FIRST, _LAST = ("escape", "\x1b[1;5H", "down"), ("escape", "\x1b[1;5F")
"""To the first cell below the heading, and to the last one."""
_HELD_EVERY_SECONDS = 1 / 30
SIZE = (160, 45)


def scenario(workloads: int, periods: int) -> str:
    """A scenario file: two pools, services of one stream with a demand of their own in each period."""
    rng = np.random.default_rng(1)
    lines = [
        "format: 1",
        "name: wide",
        f"horizon: {{start: 2026-01-01, periods: [{{every: month, count: {periods}}}]}}",
        "accelerators: {H100: {}}",
        "providers: {aws: {regions: {us-east-1: {geography: us}}}, oracle: {regions: {us-ashburn-1: {geography: us}}}}",
        "instance_types:",
        "  p5.48xlarge: {provider: aws, accelerator: H100, accelerators: 8, vcpu: 192}",
        "  BM.GPU.H100.8: {provider: oracle, accelerator: H100, accelerators: 8, vcpu: 224}",
        "pools:",
        "  aws: {provider: aws, region: us-east-1, instance_type: p5.48xlarge, capacity: 20000}",
        "  oracle: {provider: oracle, region: us-ashburn-1, instance_type: BM.GPU.H100.8, capacity: 9000}",
        "offers:",
        "  - {provider: aws, instance_type: p5.48xlarge, usd_per_hour: 55, purchase_option: on_demand,",
        "     assumption: made up}",
        "  - {provider: oracle, instance_type: BM.GPU.H100.8, usd_per_hour: 50, purchase_option: on_demand,",
        "     assumption: made up}",
        "workloads:",
    ]
    for at in range(workloads):
        demand = ", ".join(str(value) for value in rng.integers(100, 100_000, periods))
        lines.append(
            f"  service-{at:03}: {{kind: inference, unit: tokens/s, throughput: {{H100: 1000}}, "
            "value_of_unserved_usd_per_unit_hour: 5, "
            f"streams: {{us: {{geography: us, demand: {{values: [{demand}]}}}}}}}}"
        )
    return "\n".join(lines) + "\n"


def cell_line(screen: Terminal) -> str:
    """The line about the cell under the cursor."""
    found = next((line for line in screen.screen.display if line.lstrip().startswith("service-") and ":" in line), "")
    return str(found)


def step(screen: Terminal, key: str) -> float | None:
    """Press a key; milliseconds until the line about the cell, drawn last, has changed; None where it does not."""
    before = cell_line(screen)
    start = time.perf_counter()
    screen.press(key)
    chunks: list[tuple[float, bytes]] = []
    while time.perf_counter() - start < _WINDOW_SECONDS:
        content = screen.take(0.005)
        if content:
            chunks.append((1000 * (time.perf_counter() - start), content))
    found = None
    for at, content in chunks:
        screen.draw(content)
        if found is None and cell_line(screen) != before:
            found = at
    return found


def held(screen: Terminal, key: str, seconds: float) -> float:
    """Hold a key; the longest milliseconds without anything new from the app."""
    start = last = time.perf_counter()
    longest, pressed, chunks = 0.0, 0, []
    while (now := time.perf_counter()) - start < seconds:
        if now - start >= pressed * _HELD_EVERY_SECONDS:
            screen.press(key)
            pressed += 1
        content = screen.take(0.002)
        if content:
            arrived = time.perf_counter()
            longest = max(longest, arrived - last)
            last = arrived
            chunks.append(content)
    for content in chunks:
        screen.draw(content)
    screen.rest(0.5)
    return 1000 * longest


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workloads", type=int, default=500)
    parser.add_argument("--periods", type=int, default=84)
    parser.add_argument("--steps", type=int, default=40)
    given = parser.parse_args()
    out = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "wide.yaml"
        path.write_text(scenario(given.workloads, given.periods))
        with terminal("tui", "--view", "demand", path, home=home / "home", cwd=home, size=SIZE) as screen:
            out(f"opened after {screen.see('service-001', seconds=120):.1f} s\n\n")
            screen.rest(1.0)
            out("| key | steps | p50 ms | p95 | longest | held down: longest pause ms |\n" + "| --- " * 6 + "|\n")
            there_and_back = (("down", "up"), ("pagedown", "pageup"), ("right", "left"), ("\x1b[1;2B", "\x1b[1;2A"))
            names = {"\x1b[1;2B": "shift+down", "\x1b[1;2A": "shift+up"}
            for pair in there_and_back:
                for key, corner in zip(pair, (_FIRST, _LAST), strict=True):
                    screen.press(*corner)
                    screen.rest(0.5)
                    took = [ms for _ in range(given.steps) if (ms := step(screen, key)) is not None]
                    screen.press(*corner)
                    screen.rest(0.5)
                    pause = held(screen, key, 2.0)
                    tail = np.percentile(took, [50, 95]) if took else (np.nan, np.nan)
                    out(
                        f"| {names.get(key, key)} | {len(took)} | {tail[0]:.0f} | {tail[1]:.0f} "
                        f"| {max(took, default=np.nan):.0f} | {pause:.0f} |\n"
                    )
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
