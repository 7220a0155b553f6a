"""Makes the kept plans that are shipped: `python -m router.kept.ship [NAME...]`, all shipped scenarios without a name.

To be run after every change to a shipped scenario, to the model or to the version: tests/kept/test_shipped.py tells.
Each is solved until its gap is 1e-4, or for ten minutes and to a gap of 1e-3 at most (whole instances prove slowly),
and written to configs/kept/.
"""

from __future__ import annotations

import sys
from pathlib import Path

from router.engine.settings import EngineSettings
from router.engine.solve import solve
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import WarmLinearProgram
from router.kept.container import read_kept
from router.kept.folder import ENDING, shipped_kept_folder
from router.kept.keep import keep_solution
from router.plan.reference import scenario_reference
from router.reading.problems import ScenarioError
from router.reading.write import OutputError, write_whole
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path, shipped_names
from router.session.models import model_after
from router.session.search import Root

COMMAND = "python -m router.kept.ship"
SHIPPED_GAP, WIDEST_GAP = 1e-4, 1e-3
"""What is asked for, and what is shipped where time runs out."""

_MOST_SECONDS = 600.0


class ShipError(Exception):
    """No plan that may be shipped; one line."""


def kept_path(name: str) -> Path:
    """Where the kept plan of a shipped scenario lies."""
    return shipped_kept_folder() / f"{name}{ENDING}"


def ship(name: str) -> str:
    """Solve a shipped scenario, write its kept plan and say so in a line. Raises ShipError, OutputError."""
    scenario = load_scenario(scenario_path(name))
    settings = EngineSettings(relative_gap=SHIPPED_GAP, time_limit_seconds=_MOST_SECONDS)
    model = model_after(scenario, None)
    solution = solve(model.program, settings, blocks=model.blocks)
    if solution.gap > WIDEST_GAP:
        raise ShipError(f"{name}: expected a gap of {WIDEST_GAP} at most, found {solution.gap} ({solution.closed_by})")
    relaxation = WarmLinearProgram(model.program, settings.linear_backend, settings.threads, scaled=False)
    relaxation.solve(StopSignal())
    basis = relaxation.basis()
    content = None if basis is None else keep_solution(scenario, model, solution, Root(model, basis), settings)
    kept = None if content is None else read_kept(content, scenario_reference(scenario).sha256)
    if content is None or kept is None or kept.plan.audit is None or not kept.plan.audit.passed:
        raise ShipError(f"{name}: the plan cannot be kept, or its audit failed")
    shipped_kept_folder().mkdir(exist_ok=True)
    write_whole(kept_path(name), content)
    told = kept.plan.solve
    return (
        f"{name}: {told.cost_usd:,.0f} USD, gap {solution.gap:.1e}, at the start {told.gap:.1e}, {len(content):,} bytes"
    )


def main(names: list[str]) -> None:
    """Ship the named scenarios, or all; ends the program with a line where one cannot be."""
    for name in names or shipped_names():
        try:
            sys.stdout.write(ship(name) + "\n")
        except (ShipError, ScenarioError, OutputError) as error:
            sys.exit(str(error))
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
