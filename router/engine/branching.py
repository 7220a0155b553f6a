"""A small best-first tree over price tiers and runs: few columns, each with a large effect on the bound."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from router.engine.check import INTEGRALITY
from router.engine.incumbent import Incumbent
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import ColumnKind, LinearProgram

STAGE = "branching"


@dataclass(order=True)
class _Node:
    bound: float
    order: int
    fixed: dict[int, float] = field(compare=False)
    answer: LinearAnswer = field(compare=False)


def branch(
    warm: WarmLinearProgram,
    program: LinearProgram,
    root: LinearAnswer,
    incumbent: Incumbent,
    dive_from: Callable[[LinearAnswer, dict[int, float]], None],
    most_nodes: int,
    stop: StopSignal,
) -> None:
    """Split on tiers, then on runs, until the plan is within the gap or ``most_nodes`` are solved.

    At a node with whole tiers ``dive_from(answer, fixed)`` looks for a plan. Nodes whose tiers and runs are
    whole but whose instances are not stay open and hold the bound down. The bound goes to ``incumbent``;
    the bounds of ``warm`` are the program's again on return.
    """
    order = 0
    settled_bound = np.inf
    open_nodes = [_Node(root.objective, order, {}, root)]
    while open_nodes and not stop.reason:
        incumbent.raise_bound(min(open_nodes[0].bound, settled_bound, incumbent.objective), STAGE)
        if incumbent.closed or open_nodes[0].bound >= incumbent.cutoff or order >= most_nodes:
            return
        node = heapq.heappop(open_nodes)
        column = _column_to_split(program, node.answer)
        if column is None or program.kind[column] != ColumnKind.SWITCH:
            dive_from(node.answer, node.fixed)
        if column is None:
            settled_bound = min(settled_bound, node.bound)
            continue
        for value in (1.0, 0.0):
            order += 1
            fixed = {**node.fixed, column: value}
            answer = _solve_with(warm, program, fixed, stop)
            if answer.status is LinearStatus.OPTIMAL:
                bound = max(node.bound, answer.objective)
                if bound < incumbent.cutoff:
                    heapq.heappush(open_nodes, _Node(bound, order, fixed, answer))
                else:
                    settled_bound = min(settled_bound, bound)
            elif answer.status is not LinearStatus.INFEASIBLE:
                return
    if not open_nodes and not stop.reason:
        incumbent.raise_bound(min(settled_bound, incumbent.objective), STAGE)


def _column_to_split(program: LinearProgram, answer: LinearAnswer) -> int | None:
    for kind in (ColumnKind.SWITCH, ColumnKind.RUN):
        columns = np.flatnonzero(program.kind == kind)
        values = answer.values[columns]
        distance = np.abs(values - np.round(values))
        if len(columns) and distance.max() > INTEGRALITY:
            return int(columns[np.argmax(distance)])
    return None


def _solve_with(
    warm: WarmLinearProgram, program: LinearProgram, fixed: dict[int, float], stop: StopSignal
) -> LinearAnswer:
    split = np.flatnonzero((program.kind == ColumnKind.SWITCH) | (program.kind == ColumnKind.RUN))
    warm.set_column_bounds(split, program.lower[split], program.upper[split])
    columns = np.fromiter(fixed.keys(), dtype=np.int64, count=len(fixed))
    values = np.fromiter(fixed.values(), dtype=np.float64, count=len(fixed))
    warm.set_column_bounds(columns, values, values)
    answer = warm.solve(stop)
    warm.set_column_bounds(split, program.lower[split], program.upper[split])
    return answer
