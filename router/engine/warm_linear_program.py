"""A linear program kept alive inside the solver, edited and solved again from its last basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_update_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as mathopt

from router.arrays import FloatArray
from router.engine.free_rounding import FreeRounding
from router.engine.mathopt_arrays import (
    basis_message,
    dense_values,
    fill_matrix_update,
    fill_sparse_vector,
    program_message,
)
from router.engine.matrix_edit import with_coefficients
from router.engine.settings import LinearBackend
from router.engine.solver_process import BasisRequest, find_basis
from router.engine.stop_signal import SolverLeftRunningError, StopSignal
from router.model.linear_program import LinearProgram


class LinearStatus(Enum):
    """How a linear solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class LinearAnswer:
    """Outcome of one solve; arrays are empty unless OPTIMAL. Shapes: (n,), (m,), (n,)."""

    status: LinearStatus
    objective: float = np.inf
    values: FloatArray = field(default_factory=lambda: np.zeros(0))
    row_duals: FloatArray = field(default_factory=lambda: np.zeros(0))
    reduced_costs: FloatArray = field(default_factory=lambda: np.zeros(0))
    iterations: int = 0
    message: str = ""


@dataclass(frozen=True)
class _Attempt:
    solver_type: Any
    algorithm: Any
    presolve: Any
    fresh: bool


_GLOP, _PDLP, _HIGHS = (
    parameters_pb2.SOLVER_TYPE_GLOP,
    parameters_pb2.SOLVER_TYPE_PDLP,
    parameters_pb2.SOLVER_TYPE_HIGHS,
)
_DUAL, _PRIMAL, _ANY = (
    parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX,
    parameters_pb2.LP_ALGORITHM_PRIMAL_SIMPLEX,
    parameters_pb2.LP_ALGORITHM_UNSPECIFIED,
)
_OFF, _ON = parameters_pb2.EMPHASIS_OFF, parameters_pb2.EMPHASIS_MEDIUM

# Dual simplex without presolve keeps its basis from solve to solve. The others are for when it fails.
_ATTEMPTS = {
    LinearBackend.GLOP: (
        _Attempt(_GLOP, _DUAL, _OFF, fresh=False),
        _Attempt(_GLOP, _PRIMAL, _OFF, fresh=True),
        _Attempt(_GLOP, _DUAL, _ON, fresh=True),
        _Attempt(_HIGHS, _ANY, _ON, fresh=True),
    ),
    LinearBackend.HIGHS: (
        _Attempt(_HIGHS, _ANY, _ON, fresh=True),
        _Attempt(_GLOP, _DUAL, _OFF, fresh=True),
    ),
    LinearBackend.PDLP: (
        _Attempt(_PDLP, _ANY, _ON, fresh=True),
        _Attempt(_GLOP, _DUAL, _OFF, fresh=True),
    ),
}


_ROWS_FOR_INTERIOR_POINT = 5_000
"""From here on HiGHS' interior point and crossover find a first basis sooner than GLOP does from nothing.
24 thousand columns, 16 thousand rows, one after the other on 2 busy cores: HiGHS 10 s, GLOP's dual simplex 29 s."""


class WarmLinearProgram:
    """The relaxation of a program (integer columns taken as continuous), open to edits.

    Edits are collected and handed over at the next ``solve``. Not safe for two threads at once.
    """

    def __init__(self, program: LinearProgram, backend: LinearBackend = LinearBackend.GLOP, threads: int = 1) -> None:
        self._backend = backend
        self._threads = threads
        self._program = replace(
            program,
            objective=program.objective.copy(),
            lower=program.lower.copy(),
            upper=program.upper.copy(),
            row_lower=program.row_lower.copy(),
            row_upper=program.row_upper.copy(),
        )
        self._edited_columns = np.zeros(program.columns, dtype=np.bool_)
        self._edited_prices = np.zeros(program.columns, dtype=np.bool_)
        self._edited_rows = np.zeros(program.rows, dtype=np.bool_)
        self._edited_entries: dict[tuple[int, int], float] = {}
        self._rounding: FreeRounding | None = None
        self._solver: Any = None
        self._basis: Any = None
        self._seek_basis = False
        self.start_afresh()
        self.iterations = 0
        """Iterations of all solves so far."""

    @property
    def program(self) -> LinearProgram:
        """The program with all edits so far; not to be written to."""
        return self._program

    def set_column_bounds(self, columns: NDArray[Any], lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some columns; ``lower`` and ``upper`` one number or one per column."""
        self._program.lower[columns] = lower
        self._program.upper[columns] = upper
        self._edited_columns[columns] = True

    def set_row_bounds(self, rows: NDArray[Any], lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some rows; ``lower`` and ``upper`` one number or one per row."""
        self._program.row_lower[rows] = lower
        self._program.row_upper[rows] = upper
        self._edited_rows[rows] = True

    def set_objective(self, columns: NDArray[Any], objective: ArrayLike) -> None:
        """New objective coefficients of some columns."""
        self._program.objective[columns] = objective
        self._rounding = None
        self._edited_prices[columns] = True

    def set_coefficients(self, rows: NDArray[Any], columns: NDArray[Any], values: FloatArray) -> None:
        """New matrix coefficients at distinct (row, column) pairs; 0 takes an entry out of effect."""
        self._program = with_coefficients(self._program, rows, columns, values)
        self._rounding = None
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        self._edited_entries.update(zip(pairs, values.tolist(), strict=True))

    def start_afresh(self) -> None:
        """Before an edit that moves most of the answer: the next solve of a large program does not start from
        the last basis, from which the simplex method would take longer than an interior point method.
        """
        large = self._program.rows >= _ROWS_FOR_INTERIOR_POINT
        self._seek_basis = large and self._backend is LinearBackend.GLOP

    def solve(self, stop: StopSignal) -> LinearAnswer:
        """Solve with all edits so far, from the last basis. Never raises for a solver's failure."""
        failures: list[str] = []
        if self._seek_basis:
            self._seek_basis = False
            self._start_from_interior_point(stop)
        for attempt in _ATTEMPTS[self._backend]:
            if stop.reason:
                return LinearAnswer(LinearStatus.STOPPED)
            try:
                answer = self._try(attempt, stop)
            except SolverLeftRunningError:
                self._solver = None
                return LinearAnswer(LinearStatus.STOPPED)
            except Exception as error:
                # MathOpt reports a solver's bad status as an exception of its own making.
                self._solver = None
                failures.append(str(error))
                continue
            self.iterations += answer.iterations
            if answer.status is not LinearStatus.FAILED:
                return answer
            failures.append(answer.message)
        return LinearAnswer(LinearStatus.FAILED, message="; ".join(failures))

    def _try(self, attempt: _Attempt, stop: StopSignal) -> LinearAnswer:
        parameters = parameters_pb2.SolveParametersProto(lp_algorithm=attempt.algorithm, presolve=attempt.presolve)
        if attempt.solver_type == _PDLP:
            parameters.pdlp.num_threads = self._threads
            criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
            criteria.eps_optimal_relative = criteria.eps_optimal_absolute = 1e-8
        if np.isfinite(stop.remaining_seconds):
            parameters.time_limit.FromMicroseconds(int(1e6 * stop.remaining_seconds) + 1)
        result = stop.run(lambda interrupter: self._call(attempt, parameters, interrupter))
        return self._read(result, stop)

    def _start_from_interior_point(self, stop: StopSignal) -> None:
        """A first basis for GLOP from HiGHS; without one GLOP starts from nothing."""
        answer = find_basis(BasisRequest(self._program, stop.remaining_seconds), stop)
        self.iterations += answer.iterations
        if answer.column_status is not None and answer.row_status is not None:
            self._basis = basis_message(answer.column_status, answer.row_status)

    def _call(self, attempt: _Attempt, parameters: Any, interrupter: Any) -> Any:
        if attempt.fresh:
            solver = self._new(attempt)
        else:
            if self._solver is not None and not self._solver.update(self._take_edits()):
                self._solver = None
            if self._solver is None:
                self._take_edits()
                self._solver = self._new(attempt)
            solver = self._solver
        model_parameters = model_parameters_pb2.ModelSolveParametersProto()
        if self._basis is not None and not attempt.fresh:
            model_parameters.initial_basis.CopyFrom(self._basis)
            self._basis = None
        return solver.solve(
            parameters,
            model_parameters,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter,
        )

    def _new(self, attempt: _Attempt) -> Any:
        message = program_message(self._program, with_integers=False)
        return mathopt.new(attempt.solver_type, message, parameters_pb2.SolverInitializerProto())

    def _take_edits(self) -> model_update_pb2.ModelUpdateProto:
        """The edits since the last call, as a message for the live solver."""
        update, now = model_update_pb2.ModelUpdateProto(), self._program
        columns = np.flatnonzero(self._edited_columns)
        if len(columns):
            fill_sparse_vector(update.variable_updates.lower_bounds, columns, now.lower[columns])
            fill_sparse_vector(update.variable_updates.upper_bounds, columns, now.upper[columns])
        rows = np.flatnonzero(self._edited_rows)
        if len(rows):
            fill_sparse_vector(update.linear_constraint_updates.lower_bounds, rows, now.row_lower[rows])
            fill_sparse_vector(update.linear_constraint_updates.upper_bounds, rows, now.row_upper[rows])
        priced = np.flatnonzero(self._edited_prices)
        if len(priced):
            fill_sparse_vector(update.objective_updates.linear_coefficients, priced, now.objective[priced])
        if self._edited_entries:
            pairs = sorted(self._edited_entries)
            values = np.array([self._edited_entries[pair] for pair in pairs])
            rows, columns = np.array(pairs).T
            fill_matrix_update(update, rows, columns, values)
        self._edited_columns[:] = self._edited_rows[:] = self._edited_prices[:] = False
        self._edited_entries = {}
        return update

    def _read(self, result: Any, stop: StopSignal) -> LinearAnswer:
        reason = result.termination.reason
        iterations = int(
            result.solve_stats.simplex_iterations
            + result.solve_stats.barrier_iterations
            + result.solve_stats.first_order_iterations
        )
        if reason == result_pb2.TERMINATION_REASON_OPTIMAL and result.solutions:
            solution = result.solutions[0]
            values = dense_values(solution.primal_solution.variable_values, self._program.columns)
            if self._rounding is None:
                self._rounding = FreeRounding(self._program)
            return LinearAnswer(
                LinearStatus.OPTIMAL,
                float(solution.primal_solution.objective_value),
                self._rounding.settled(values, self._program),
                dense_values(solution.dual_solution.dual_values, self._program.rows),
                dense_values(solution.dual_solution.reduced_costs, self._program.columns),
                iterations,
            )
        if reason == result_pb2.TERMINATION_REASON_INFEASIBLE:
            return LinearAnswer(LinearStatus.INFEASIBLE, iterations=iterations)
        if reason == result_pb2.TERMINATION_REASON_UNBOUNDED:
            return LinearAnswer(LinearStatus.UNBOUNDED, -np.inf, iterations=iterations)
        if stop.reason or result.termination.limit == result_pb2.LIMIT_TIME:
            return LinearAnswer(LinearStatus.STOPPED, iterations=iterations)
        name = result_pb2.TerminationReasonProto.Name(reason).removeprefix("TERMINATION_REASON_").lower()
        return LinearAnswer(
            LinearStatus.FAILED, iterations=iterations, message=f"{name} {result.termination.detail}".strip()
        )
