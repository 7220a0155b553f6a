"""How many what-ifs a second on one core: `python -m tests.benchmarks.whatif_rate [KIND...] --cases 60`.

Each kind is planned in a process of its own by a planner that starts from the kept plan. Processor time (solver
threads included) is counted, as the machine may have other work to do; garbage is collected as in the product.
`--order similar`: as the product orders draws. `edits`: a planner's edits of all sorts, not of demand alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from router.engine.settings import EngineSettings
from router.outcome import warm_planner
from router.outcome.order import by_similarity
from router.outcome.prepare import prepare
from router.outcome.warm_planner import WarmPlanner
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.session.quiet_collector import quiet_collector
from router.whatif.case import Case
from tests.benchmarks.child import machine, measured, print_line
from tests.outcome.cases import KINDS, demand_cases, edit_cases

PARTS = ("apply", "model", "solve", "bound", "figures")
EDITS = "edits"
_NAMES = {kind.__name__: kind for kind in KINDS}


class Clock:
    """Processor milliseconds of each part, case by case."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)

    def timed(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time noted."""

        def timed(*arguments: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return call(*arguments, **named)
            finally:
                self.spent[part].append(1e3 * (time.process_time() - begun))

        return timed

    def watch(self, planner: WarmPlanner) -> None:
        """Time the parts of a planner that is to plan from now on."""
        for name, part in (("apply_all", "apply"), ("model_after", "model")):
            setattr(warm_planner, name, self.timed(part, getattr(warm_planner, name)))
        for name, part in (("proven_bound", "bound"), ("outcome_of", "figures")):
            setattr(warm_planner, name, self.timed(part, getattr(warm_planner, name)))
        held: Any = planner._held
        held.plan = self.timed("solve", held.plan)


def cases_of(kind: str, scenario: Scenario, count: int, seed: int) -> list[Case]:
    """Cases of a kind by its name."""
    return edit_cases(scenario, count, seed) if kind == EDITS else demand_cases(scenario, _NAMES[kind], count, seed)


def run(name: str, kind: str, count: int, order: str, seed: int) -> dict[str, Any]:
    """Plan the cases of a kind; figures for a row of the table."""
    scenario, settings = load_scenario(scenario_path(name)), EngineSettings(relative_gap=1e-3)
    planner = WarmPlanner(scenario, prepare(scenario, None, settings), settings)
    cases = cases_of(kind, scenario, count, seed)
    if order == "similar":
        cases = by_similarity(cases)
    planner.outcome(cases_of(kind, scenario, 1, seed + 1)[0])
    clock, gaps, memory = Clock(), [], {}
    clock.watch(planner)
    with quiet_collector():
        plan = clock.timed("all", planner.outcome)
        for number, case in enumerate(cases, 1):
            gaps.append(plan(case).gap)
            if number in (100, 1000) or number == len(cases):
                memory[str(number)] = _megabytes()
    return {"spent": clock.spent, "gaps": gaps, "memory": memory, "cold": planner.cold_starts}


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _row(kind: str, made: dict[str, Any]) -> str:
    spent = made["spent"]
    whole = np.array(spent["all"])
    parts = "".join(f"{np.median(spent[part]):9.1f}" for part in PARTS)
    gaps = f"{np.median(made['gaps']):11.1e}{np.quantile(made['gaps'], 0.95):9.1e}"
    memory = ", ".join(f"{count}: {size:.0f}" for count, size in made["memory"].items())
    rate = 1e3 / whole.mean()
    middle, high = np.quantile(whole, [0.5, 0.95])
    return f"{kind:21}{len(whole):6}{rate:8.1f}{middle:9.1f}{high:9.1f}{parts}{gaps}  {memory}"


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=[*_NAMES, EDITS], help=", ".join([*_NAMES, EDITS]))
    parser.add_argument("--scenario", default="frontier-lab")
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--order", choices=["given", "similar"], default="given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", action="store_true", help="one kind in this process, as JSON")
    chosen = parser.parse_args()
    if chosen.one:
        made = run(chosen.scenario, chosen.kinds[0], chosen.cases, chosen.order, chosen.seed)
        print_line(json.dumps(made))
        return
    print_line(f"{machine()}\n{chosen.scenario}, order {chosen.order}, processor milliseconds a case")
    head = "".join(f"{part:>9}" for part in PARTS)
    print_line(f"{'kind':21}{'cases':>6}{'a second':>8}{'p50':>9}{'p95':>9}{head}{'gap p50':>11}{'p95':>9}  MB after")
    for kind in chosen.kinds:
        options = ("--scenario", chosen.scenario, "--cases", str(chosen.cases), "--order", chosen.order)
        seed = ("--seed", str(chosen.seed), "--one")
        print_line(_row(kind, measured("tests.benchmarks.whatif_rate", kind, *options, *seed).answer))


if __name__ == "__main__":
    main()
