"""Cases of every kind, for tests and benchmarks: demand from one cell to all of it, and a planner's other edits."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from router.change.apply import apply_all
from router.change.change import Change, Dates, Operation
from router.problem.calendar import build_calendar
from router.reading.problems import ScenarioError
from router.scenario.scenario import Scenario
from router.scenario.workload import Inference, Training
from router.whatif.case import Case
from tests.benchmarks.random_edits import EditMaker

Path = tuple[str, ...]


@dataclass(frozen=True)
class _Source:
    scenario: Scenario
    paths: Sequence[Path]
    random: random.Random
    numbers: np.random.Generator

    def factor(self) -> float:
        """A few percent up or down."""
        return self.random.choice([0.9, 0.95, 0.98, 1.02, 1.05, 1.1])

    def lognormal(self) -> float:
        """Median 1, sigma 0.25."""
        return float(np.exp(self.numbers.normal(0.0, 0.25)))


def _scaled(paths: Sequence[Path], factor: float) -> list[Change]:
    return [Change(path, Operation.SCALE, factor) for path in paths]


def one_cell(source: _Source) -> list[Change]:
    """Demand of a stream in a period."""
    starts = build_calendar(source.scenario.horizon).starts
    first = source.random.randrange(len(starts) - 1)
    dates = Dates(starts[first], starts[first + 1])
    return [Change(source.random.choice(source.paths), Operation.SCALE, source.factor(), dates)]


def whole_series(source: _Source) -> list[Change]:
    """Demand of a stream over the horizon."""
    return _scaled([source.random.choice(source.paths)], source.factor())


def one_workload(source: _Source) -> list[Change]:
    """Demand of all streams of a workload."""
    name = source.random.choice(sorted({path[1] for path in source.paths}))
    return _scaled([path for path in source.paths if path[1] == name], source.factor())


def inference_in_europe(source: _Source) -> list[Change]:
    """Demand of all inference in Europe, between -15 % and +15 %."""
    paths = [path for path in source.paths if _is_european_inference(source.scenario, path)]
    return _scaled(paths, source.random.uniform(0.85, 1.15))


def two_factors(source: _Source) -> list[Change]:
    """All inference by one lognormal draw and all agents by another."""
    factors = {True: source.lognormal(), False: source.lognormal()}
    workloads = source.scenario.workloads
    return [Change(path, Operation.SCALE, factors[isinstance(workloads[path[1]], Inference)]) for path in source.paths]


def every_stream(source: _Source) -> list[Change]:
    """Each stream by a lognormal draw of its own."""
    return [Change(path, Operation.SCALE, source.lognormal()) for path in source.paths]


Kind = Callable[[_Source], list[Change]]

KINDS: tuple[Kind, ...] = (one_cell, whole_series, one_workload, inference_in_europe, two_factors, every_stream)
"""From the smallest to the largest."""


def demand_cases(scenario: Scenario, kind: Kind, count: int, seed: int) -> list[Case]:
    """Cases of one kind."""
    paths = [
        ("workloads", name, "streams", stream, "demand")
        for name, workload in scenario.workloads.items()
        if not isinstance(workload, Training)
        for stream in workload.streams
    ]
    source = _Source(scenario, paths, random.Random(seed), np.random.default_rng(seed))
    return [_case(kind.__name__, number, paths, kind(source)) for number in range(count)]


def _case(group: str, number: int, paths: Sequence[Path], changes: list[Change]) -> Case:
    """As one of draws with a factor for each stream, 1 where it is not changed."""
    factors = {change.path: float(change.value) for change in changes}
    named = tuple((f"{path[1]}/{path[3]}", factors.get(path, 1.0)) for path in paths)
    return Case(f"{group}/{number}", group, tuple(changes), group=group, factors=named)


def edit_cases(scenario: Scenario, count: int, seed: int) -> list[Case]:
    """A planner's edits, each to the scenario itself: demand, prices, capacity, dates, contracts, jobs, workloads."""
    maker, cases = EditMaker(scenario, seed), list[Case]()
    while len(cases) < count:
        name, changes = maker.next()
        try:
            apply_all(scenario, changes)
        except ScenarioError:
            continue
        if changes:
            cases.append(Case(f"{name}/{len(cases)}", name, tuple(changes)))
    return cases


def _is_european_inference(scenario: Scenario, path: Path) -> bool:
    workload = scenario.workloads[path[1]]
    return isinstance(workload, Inference) and workload.streams[path[3]].geography == "eu"
