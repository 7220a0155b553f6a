"""How fast an edit is answered: `python -m tests.benchmarks.edits [SCENARIO...] --edits 200`.

The same edits go through the first answer of a session (change, arrays, held linear program, bound, plan), and beside
it, on the same matrix, through a warm GLOP of the relaxation and a warm HiGHS (highspy). Now and then the relaxation is
also solved cold. One process, one after the other, so that noise of the machine hits all alike. `--alone` leaves the
others out: no solver then finds the processor's caches full of another's matrix.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from router.change.apply import apply_all
from router.engine.settings import EngineSettings
from router.engine.solve import solve
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.model.alignment import align
from router.plan.pipeline import plan_from
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.session.bound import RowPrices, bound_at
from router.session.first_answer import FirstAnswer, as_solution
from router.session.models import model_after
from router.session.quiet_collector import quiet_collector
from tests.benchmarks.child import print_line
from tests.benchmarks.random_edits import DEMAND, EditMaker
from tests.benchmarks.warm_highs import WarmHighs

SETTINGS = EngineSettings(relative_gap=1e-3, time_limit_seconds=300)


@dataclass
class Times:
    """Seconds of every edit, by what was done."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, what: str, since: float) -> float:
        """Note the time since a moment; now."""
        now = time.perf_counter()
        self.seconds[what].append(now - since)
        return now


def run(path: Path, edits: int, seed: int, cold_every: int, alone: bool) -> None:
    """Print the table of a scenario."""
    scenario = load_scenario(path)
    model = model_after(scenario, None)
    program = model.program
    size = f"{program.columns:,} columns, {program.rows:,} rows, {len(program.values):,} nonzeros"
    print_line(f"\n{path.stem}: {size}, {edits} edits")
    begun = time.perf_counter()
    values = solve(program, SETTINGS, blocks=model.blocks).values
    print_line(
        f"opened (solved from nothing to a gap of {SETTINGS.relative_gap:g}) in {time.perf_counter() - begun:.1f} s"
    )
    glop, highs = WarmLinearProgram(program, scaled=False), WarmHighs(program)
    prices = None
    if not alone:
        prices = RowPrices(model, glop.solve(StopSignal()).row_duals)
        highs.solve()
    begun = time.perf_counter()
    first = FirstAnswer(SETTINGS)
    first.hold(scenario, model, values, None if alone else glop)
    first.plan(scenario, model, StopSignal())
    print_line(f"first solve of the held program: {time.perf_counter() - begun:.1f} s")
    maker = EditMaker(scenario, seed)
    by_kind: dict[str, Times] = defaultdict(Times)
    cold, gaps, refused, done = [], [], 0, 0
    colds_before = (first.warm.cold_starts if first.warm else 0) + glop.cold_starts
    cold_kinds: dict[str, int] = defaultdict(int)
    while done < edits:
        kind, changes = maker.next()
        moment = time.perf_counter()
        try:
            scenario = apply_all(maker.scenario, changes).scenario
        except ScenarioError:
            refused += 1
            continue
        if not changes:
            continue
        done += 1
        times = by_kind[kind]
        start = moment
        moment = times.add("change applied and checked", moment)
        maker.scenario = scenario
        before, model = model, model_after(scenario, model)
        moment = times.add("arrays and matrix", moment)
        answer = first.plan(scenario, model, StopSignal())
        moment = times.add("held program solved", moment)
        bound = bound_at(prices, model)
        moment = times.add("bound", moment)
        if answer is None:
            print_line(f"no plan after: {kind}")
            continue
        solution = as_solution(model, answer, bound, SETTINGS)
        moment = times.add("checked", moment)
        plan_from(scenario, model, solution, SETTINGS)
        times.add("plan made", moment)
        times.add("answer, all of it", start)
        gaps.append(solution.gap)
        if alone:
            continue
        alignment = align(before, model)
        glop.become(model.program, alignment.columns, alignment.rows)
        moment = time.perf_counter()
        relaxed = glop.solve(StopSignal())
        times.add("bare warm GLOP", moment)
        prices = RowPrices(model, relaxed.row_duals)
        if alignment.is_identity:
            highs.become(model.program)
            moment = time.perf_counter()
            highs.solve()
            times.add("bare warm HiGHS", moment)
        else:
            highs = WarmHighs(model.program)
            highs.solve()
        if done % cold_every == 0:
            moment = time.perf_counter()
            WarmLinearProgram(model.program).solve(StopSignal())
            cold.append(time.perf_counter() - moment)
        colds = (first.warm.cold_starts if first.warm else 0) + glop.cold_starts
        if colds > colds_before:
            cold_kinds[kind] += colds - colds_before
            colds_before = colds
    _print(by_kind, cold, [] if alone else gaps)
    print_line(f"linear programs solved cold after the start: {dict(cold_kinds) or 'none'}; edits refused: {refused}")


RIVALS = ("bare warm GLOP", "bare warm HiGHS")

STEPS = (
    "change applied and checked",
    "arrays and matrix",
    "held program solved",
    "bound",
    "checked",
    "plan made",
    "answer, all of it",
    "bare warm GLOP",
    "bare warm HiGHS",
)


def _print(by_kind: dict[str, Times], cold: list[float], gaps: list[float]) -> None:
    everything = _joined(by_kind.values())
    demand = _joined(times for kind, times in by_kind.items() if kind in DEMAND)
    groups = (everything, demand)
    print_line(f"{'milliseconds':28}{'all: p50':>10}{'p95':>8}{'demand: p50':>14}{'p95':>8}")
    for step in STEPS:
        print_line(f"{step:28}" + "".join(f"{part:11.1f}" for part in _percentiles(groups, step)))
    if cold:
        print_line(f"{'cold relaxation':28}{1e3 * np.median(cold):11.0f}")
    for rival in RIVALS if gaps else ():
        pairs = zip(_percentiles(groups, "held program solved"), _percentiles(groups, rival), strict=True)
        print_line(f"{'held over ' + rival:28}" + "".join(f"{ours / theirs:10.2f}x" for ours, theirs in pairs))
    if gaps:
        print_line(f"gap of the first answer: median {np.median(gaps):.1e}, p95 {np.quantile(gaps, 0.95):.1e}")
    columns = ("answer, all of it", "held program solved", "bare warm GLOP")
    print_line(f"{'kind':22}{'count':>6}" + "".join(f"{name:>22}" for name in columns) + "   (p50, p95)")
    for kind, times in sorted(by_kind.items(), key=lambda item: -len(item[1].seconds[STEPS[0]])):
        figures = "".join(f"{_at(times, step, 50):14.1f}{_at(times, step, 95):8.1f}" for step in columns)
        print_line(f"{kind:22}{len(times.seconds[STEPS[0]]):6}{figures}")


def _percentiles(groups: Iterable[Times], step: str) -> list[float]:
    return [_at(times, step, percentile) for times in groups for percentile in (50, 95)]


def _joined(parts: Iterable[Times]) -> Times:
    result = Times()
    for times in parts:
        for what, seconds in times.seconds.items():
            result.seconds[what].extend(seconds)
    return result


def _at(times: Times, what: str, percentile: float) -> float:
    seconds = times.seconds.get(what)
    return 1e3 * float(np.percentile(seconds, percentile)) if seconds else float("nan")


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", default=["frontier-lab"], help="files or names of shipped scenarios")
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold-every", type=int, default=50)
    parser.add_argument("--alone", action="store_true", help="only the session's answers")
    chosen = parser.parse_args()
    with quiet_collector():
        for name in chosen.scenarios:
            run(scenario_path(name), chosen.edits, chosen.seed, chosen.cold_every, chosen.alone)


if __name__ == "__main__":
    main()
