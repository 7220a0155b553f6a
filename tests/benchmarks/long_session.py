"""Does a session stay right and lean? `python -m tests.benchmarks.long_session [SCENARIO] --edits 10000`.

Every edit waits for its first plan. Every hundredth waits for the search to end: its plan must pass the audit and cost
what a cold solve of the same scenario costs, within the gaps of both. Memory is what of the process is resident.
Without a scenario, one of 2,500 columns is generated.
"""

from __future__ import annotations

import argparse
import gc
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from router.engine.settings import EngineSettings
from router.plan.pipeline import solve_scenario
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.session.events import Event, NoPlan, PlanFound
from router.session.quiet_collector import quiet_collector
from router.session.session import Session
from tests.benchmarks.child import print_line
from tests.benchmarks.generate import generate, write
from tests.benchmarks.random_edits import EditMaker

PAGE_MB = 4096 / 2**20


def resident_mb() -> float:
    """Memory of this process that is in use, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MB


class Latest:
    """The last plan told, and a signal that one of a version is there."""

    def __init__(self) -> None:
        self.plan: PlanFound | None = None
        self.failed: list[NoPlan] = []
        self._told = threading.Condition()
        self._version = -1

    def __call__(self, event: Event) -> None:
        with self._told:
            if isinstance(event, PlanFound):
                self.plan = event
            elif isinstance(event, NoPlan):
                self.failed.append(event)
            else:
                return
            self._version = event.version
            self._told.notify_all()

    def wait(self, version: int, timeout: float) -> bool:
        """Wait for the first plan, or the word that there is none."""
        with self._told:
            return self._told.wait_for(lambda: self._version >= version, timeout)


def run(scenario: Scenario, edits: int, check_every: int, gap: float, search_seconds: float) -> bool:
    """Print the table; whether all held."""
    settings = EngineSettings(relative_gap=gap, time_limit_seconds=search_seconds)
    latest, seconds, memory, wrong, checked = Latest(), [], {}, [], 0
    maker, refused, done = EditMaker(scenario, 1), 0, 0
    begun = time.perf_counter()
    with Session(scenario, settings, latest) as session:
        session.wait_until_idle()
        print_line(f"{'edits':>7}{'memory MB':>11}{'p50 ms':>9}{'p95 ms':>9}{'cold LPs':>10}{'checked':>9}{'wrong':>7}")
        while done < edits:
            _, changes = maker.next()
            if not changes:
                continue
            moment = time.perf_counter()
            try:
                version = session.apply(changes)
            except ScenarioError:
                refused += 1
                continue
            if not latest.wait(version, 120):
                wrong.append(f"edit {done}: no answer in 120 s")
                break
            seconds.append(time.perf_counter() - moment)
            done += 1
            # One edit in three is taken back: figures stay near where they began, and undo is used.
            if done % 3 == 0 and session.history.can_undo:
                latest.wait(session.undo(), 120)
            maker.scenario = session.scenario
            if done % check_every == 0:
                session.wait_until_idle()
                checked += 1
                wrong += _mistakes(session, latest, settings, done)
            if done % max(1, edits // 20) == 0 or done == 1000:
                gc.collect()
                memory[done] = resident_mb()
                recent = 1e3 * np.array(seconds[-max(1, edits // 20) :])
                print_line(
                    f"{done:7}{memory[done]:11.1f}{np.median(recent):9.1f}{np.quantile(recent, 0.95):9.1f}"
                    f"{session.cold_starts:10}{checked:9}{len(wrong):7}"
                )
        wrong += [f"version {event.version}: {event.reason}" for event in latest.failed]
    growth = memory[done] / memory[1000] - 1 if 1000 in memory and done in memory else float("nan")
    print_line(
        f"memory after edit 1,000: {growth:+.1%}; refused by the checks: {refused}; {time.perf_counter() - begun:.0f} s"
    )
    for line in wrong:
        print_line(line)
    return not wrong


def _mistakes(session: Session, latest: Latest, settings: EngineSettings, done: int) -> list[str]:
    found = latest.plan
    if found is None or found.version != session.version:
        return [f"edit {done}: no plan of the last version"]
    plan = found.plan
    if plan.audit is None or not plan.audit.passed:
        return [f"edit {done}: the audit did not pass: {plan.audit}"]
    cold = solve_scenario(session.scenario, settings)
    highest_bound = max(plan.solve.lower_bound_usd, cold.solve.lower_bound_usd)
    cheapest = min(plan.solve.cost_usd, cold.solve.cost_usd)
    cents = 0.005 * (len(plan.bill) + len(cold.bill))
    if highest_bound > cheapest + cents + 1e-9 * abs(cheapest):
        return [f"edit {done}: a bound of {highest_bound:,.2f} above a plan of {cheapest:,.2f}"]
    room = max(made.solve.gap * abs(made.solve.cost_usd) for made in (plan, cold)) + cents
    if abs(plan.solve.cost_usd - cold.solve.cost_usd) > room:
        return [f"edit {done}: {plan.solve.cost_usd:,.2f}, cold {cold.solve.cost_usd:,.2f}: more apart than their gaps"]
    return []


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", help="a file or the name of a shipped scenario")
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--check-every", type=int, default=100)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--search-seconds", type=float, default=20.0)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "generated.yaml"
        if chosen.scenario is None:
            write(generate(2_500), path)
        scenario = load_scenario(path if chosen.scenario is None else scenario_path(chosen.scenario))
    with quiet_collector():
        held = run(scenario, chosen.edits, chosen.check_every, chosen.gap, chosen.search_seconds)
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    main()
