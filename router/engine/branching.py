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

_KINDS = (ColumnKind.SWITCH, ColumnKind.RUN)
"""What is split, in this order: few columns that move much."""


@dataclass(order=True)
class OpenNode:
    """A part of the program that may hold a cheaper plan: columns ``fixed``, answer of its relaxation."""

    bound: float
    order: int
    fixed: dict[int, float] = field(compare=False)
    answer: LinearAnswer = field(compare=False)


def branch(
    warm: WarmLinearProgram,
    program: LinearProgram,
    root: LinearAnswer,
    incumbent: Incumbent,
    dive_from: Callable[[OpenNode], None],
    most_nodes: int,
    stop: StopSignal,
) -> None:
    """Split on tiers, then runs, until the plan is within the gap or ``most_nodes`` are solved.

    ``dive_from`` looks for a plan at nodes whose tiers are whole. The bound goes to ``incumbent``; the bounds of
    ``warm`` are the program's again on return.
    """
    solved = 0
    waiting = [OpenNode(root.objective, 0, {}, root)]
    # What is not looked into any further: pruned, or nothing left to split.
    left_bound = np.inf
    while waiting:
        incumbent.raise_bound(min(waiting[0].bound, left_bound, incumbent.objective), STAGE)
        if incumbent.closed or solved >= most_nodes or stop.reason:
            break
        node = heapq.heappop(waiting)
        if node.bound >= incumbent.cutoff:
            left_bound = min(left_bound, node.bound)
            continue
        column = _column_to_split(program, node.answer)
        if column is None or program.kind[column] != ColumnKind.SWITCH:
            dive_from(node)
        if column is None:
            left_bound = min(left_bound, node.bound)
            continue
        for value in (1.0, 0.0):
            solved += 1
            fixed = {**node.fixed, column: value}
            answer = _solve_with(warm, program, fixed, stop)
            if answer.status is LinearStatus.OPTIMAL:
                heapq.heappush(waiting, OpenNode(max(node.bound, answer.objective), solved, fixed, answer))
            elif answer.status is not LinearStatus.INFEASIBLE:
                # Stopped, or every solver gave up: the node stays open as it was.
                heapq.heappush(waiting, node)
                solved = most_nodes
                break
    incumbent.raise_bound(min([left_bound, incumbent.objective, *(node.bound for node in waiting)]), STAGE)


def _column_to_split(program: LinearProgram, answer: LinearAnswer) -> int | None:
    for kind in _KINDS:
        columns = np.flatnonzero(program.kind == kind)
        values = answer.values[columns]
        distance = np.abs(values - np.round(values))
        if len(columns) and distance.max() > INTEGRALITY:
            return int(columns[np.argmax(distance)])
    return None


def _solve_with(
    warm: WarmLinearProgram, program: LinearProgram, fixed: dict[int, float], stop: StopSignal
) -> LinearAnswer:
    split = np.flatnonzero(np.isin(program.kind, _KINDS))
    warm.set_column_bounds(split, program.lower[split], program.upper[split])
    columns = np.fromiter(fixed.keys(), dtype=np.int64, count=len(fixed))
    values = np.fromiter(fixed.values(), dtype=np.float64, count=len(fixed))
    warm.set_column_bounds(columns, values, values)
    answer = warm.solve(stop)
    warm.set_column_bounds(split, program.lower[split], program.upper[split])
    return answer
