"""A small best-first tree over price tiers and runs: few columns, each with a large effect on the bound."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from router.engine.check import INTEGRALITY
from router.engine.incumbent import Incumbent
from router.engine.stop_signal import StopSignal
from router.engine.warm_linear_program import LinearAnswer, LinearStatus, WarmLinearProgram
from router.model.linear_program import ColumnKind, LinearProgram

STAGE = "branching"


@dataclass(order=True)
class OpenNode:
    """A part of the program that may hold a cheaper plan: columns ``fixed``, answer of its relaxation."""

    bound: float
    order: int
    fixed: dict[int, float] = field(compare=False)
    answer: LinearAnswer = field(compare=False)


@dataclass
class Frontier:
    """What branching leaves: all plans are in ``open_nodes`` or cost at least ``pruned_bound``."""

    open_nodes: list[OpenNode]
    pruned_bound: float = np.inf

    @property
    def lower_bound(self) -> float:
        """Proven for the whole program; infinite when no plan exists."""
        return min([self.pruned_bound, *(node.bound for node in self.open_nodes)])


def branch(
    warm: WarmLinearProgram,
    program: LinearProgram,
    root: LinearAnswer,
    incumbent: Incumbent,
    dive_from: Callable[[OpenNode], None],
    kinds: Sequence[ColumnKind],
    most_nodes: int,
    stop: StopSignal,
) -> Frontier:
    """Split on columns of ``kinds`` in turn, until the plan is within the gap or ``most_nodes`` are solved.

    ``dive_from`` looks for a plan at nodes whose tiers are whole. Nodes with nothing left to split are
    left for the integer solver. The bound goes to ``incumbent``; the
    bounds of ``warm`` are the program's again on return.
    """
    solved = 0
    waiting = [OpenNode(root.objective, 0, {}, root)]
    left = Frontier([])
    while waiting:
        bound = min(waiting[0].bound, left.lower_bound)
        incumbent.raise_bound(min(bound, incumbent.objective), STAGE)
        if incumbent.closed or solved >= most_nodes or stop.reason:
            break
        node = heapq.heappop(waiting)
        if node.bound >= incumbent.cutoff:
            left.pruned_bound = min(left.pruned_bound, node.bound)
            continue
        column = _column_to_split(program, node.answer, kinds)
        if column is None or program.kind[column] != ColumnKind.SWITCH:
            dive_from(node)
        if column is None:
            left.open_nodes.append(node)
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
    left.open_nodes += waiting
    left.open_nodes.sort()
    incumbent.raise_bound(min(left.lower_bound, incumbent.objective), STAGE)
    return left


def _column_to_split(program: LinearProgram, answer: LinearAnswer, kinds: Sequence[ColumnKind]) -> int | None:
    for kind in kinds:
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
