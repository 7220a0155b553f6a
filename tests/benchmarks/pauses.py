"""Does the interpreter stay responsive? `python -m tests.benchmarks.pauses [SCENARIO...]`.

A ticker sleeps 5 ms again and again while a session answers edits and searches; how long it slept too long is how long
every other thread, a screen's among them, stood still. With and without the quiet collector, which an app switches on.
"""

from __future__ import annotations

import argparse
import threading
import time
from contextlib import nullcontext

import numpy as np

from router.engine.settings import EngineSettings
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.session.events import Event
from router.session.quiet_collector import quiet_collector
from router.session.session import Session
from tests.benchmarks.child import print_line
from tests.benchmarks.random_edits import EditMaker

TICK = 0.005


class Ticker:
    """Notes by how much each tick came late, in seconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def _tick(self) -> None:
        last = time.perf_counter()
        while not self._stop.is_set():
            time.sleep(TICK)
            now = time.perf_counter()
            self.late.append(now - last - TICK)
            last = now

    def __enter__(self) -> Ticker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def run(scenario: Scenario, edits: int, pause: float, quiet: bool) -> np.ndarray:
    """Lateness of all ticks, in milliseconds."""

    def nobody(_event: Event) -> None:
        """Plans are not looked at."""

    with Session(scenario, EngineSettings(relative_gap=1e-4, time_limit_seconds=30), nobody) as session:
        session.wait_until_idle()
        maker, done = EditMaker(scenario, 1), 0
        with quiet_collector() if quiet else nullcontext(), Ticker() as ticker:
            while done < edits:
                _, changes = maker.next()
                try:
                    session.apply(changes)
                except ScenarioError:
                    continue
                maker.scenario = session.scenario
                done += 1
                time.sleep(pause)
        return 1e3 * np.array(ticker.late)


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=["frontier-lab"], help="files or names of shipped scenarios")
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--pause", type=float, default=0.4, help="seconds between edits")
    chosen = parser.parse_args()
    print_line(
        f"{'scenario':20}{'collector':>12}{'ticks':>8}{'p50 ms':>9}{'p99 ms':>9}{'longest ms':>12}{'over 30 ms':>12}"
    )
    for name in chosen.scenarios:
        scenario = load_scenario(scenario_path(name))
        for quiet in (False, True):
            late = run(scenario, chosen.edits, chosen.pause, quiet)
            print_line(
                f"{scenario.name[:19]:20}{'quiet' if quiet else 'as it is':>12}{len(late):8}{np.median(late):9.1f}"
                f"{np.quantile(late, 0.99):9.1f}{late.max():12.1f}{int((late > 30).sum()):12}"
            )


if __name__ == "__main__":
    main()
