"""A linear program kept alive inside the solver, edited and solved again from its last basis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as mathopt

from router.arrays import BoolArray, FloatArray, Ids, equal_arrays, is_identity
from router.engine.basis import Basis, carried_basis, idle_places, statuses_of
from router.engine.free_rounding import FreeRounding
from router.engine.ghosts import WithGhosts, followed_by
from router.engine.mathopt_arrays import basis_message, dense_values, program_message
from router.engine.program_update import Numbering, update_message
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


class _SolverFailedError(Exception):
    """A solver reported that it cannot go on."""


@dataclass(frozen=True)
class _Solved:
    """The basis that a solve ended with, and what it is the basis of."""

    basis: Any
    numbers: Numbering
    program: LinearProgram


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


_MOST_GHOSTS = 0.1
"""Share of the columns that ghosts may be before the basis has to do without them."""


class WarmLinearProgram:
    """The relaxation of a program (integer columns taken as continuous), open to edits.

    Edits are collected and handed over at the next ``solve``. Not safe for two threads at once. ``scaled``: whether
    GLOP scales the matrix anew at every solve; without, a solve takes less time and a new coefficient costs less.
    """

    def __init__(
        self,
        program: LinearProgram,
        backend: LinearBackend = LinearBackend.GLOP,
        threads: int = 1,
        *,
        scaled: bool = True,
    ) -> None:
        self._backend = backend
        self._threads = threads
        self._scaled = scaled
        self._program = _with_own_bounds(program)
        self._ghosts = WithGhosts.of(self._program)
        self._numbers = Numbering.of(program)
        self._handed: LinearProgram | None = None
        self._handed_numbers = self._numbers
        self._rounding: FreeRounding | None = None
        self._solver: Any = None
        self._basis: Any = None
        self._solved: _Solved | None = None
        self._seek_basis = False
        self.start_afresh()
        self.iterations = 0
        """Iterations of all solves so far."""
        self.cold_starts = 0
        """Solves that did not start from a basis of their own."""

    @property
    def program(self) -> LinearProgram:
        """The program with all edits so far; not to be written to."""
        return self._program

    def set_column_bounds(self, columns: NDArray[Any], lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some columns; ``lower`` and ``upper`` one number or one per column."""
        self._program.lower[columns] = lower
        self._program.upper[columns] = upper

    def set_row_bounds(self, rows: NDArray[Any], lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some rows; ``lower`` and ``upper`` one number or one per row."""
        self._program.row_lower[rows] = lower
        self._program.row_upper[rows] = upper

    def become(self, program: LinearProgram, column_origin: Ids, row_origin: Ids) -> None:
        """Another program from here on, from the same basis as far as it goes.

        column_origin (n,), row_origin (m,): where its columns and rows stood until now, -1 for new ones.
        """
        real = _with_own_bounds(program)
        if is_identity(column_origin, self._program.columns) and is_identity(row_origin, self._program.rows):
            following = self._whole().with_same_shape(real)
            if following is not None:
                if not _same_prices(self._program, real):
                    self._rounding = None
                self._program, self._ghosts = real, following
                return
        if self._solver is None and self._basis is not None:
            self._carry_unused_basis(real, column_origin, row_origin)
            return
        dispensable = self._dispensable()
        self._ghosts, columns, rows = followed_by(self._whole(), real, column_origin, row_origin, *dispensable)
        self._numbers = self._numbers.after(columns, rows)
        self._program, self._rounding = real, None

    def _carry_unused_basis(self, real: LinearProgram, column_origin: Ids, row_origin: Ids) -> None:
        """Another program before the first solve: only the basis to start from knows numbers yet, no solver does."""
        numbers = self._numbers.after(column_origin, row_origin)
        basis = carried_basis(self._basis, self._numbers, numbers, self._whole().program, real)
        column, row = statuses_of(basis, numbers, numbers)
        self._program, self._ghosts, self._rounding = real, WithGhosts.of(real), None
        self._numbers = Numbering.of(real)
        self._set_basis(column, row)

    def _whole(self) -> WithGhosts:
        """The program with ghosts and the bounds as edited by now."""
        following = self._ghosts.with_same_shape(self._program)
        assert following is not None
        return following

    def _dispensable(self) -> tuple[BoolArray, BoolArray]:
        """Columns and rows, in the order of the current numbers, that may be taken out if they are ghosts.

        Those that the last basis does not need; all that it knows once ghosts are many, for they slow every solve down.
        """
        here = self._ghosts
        if self._solved is None or not here.has_ghosts:
            return np.zeros(len(self._numbers.columns), bool), np.zeros(len(self._numbers.rows), bool)
        solved = self._solved.numbers
        if here.program.columns - here.columns > _MOST_GHOSTS * here.columns:
            return np.isin(self._numbers.columns, solved.columns), np.isin(self._numbers.rows, solved.rows)
        return idle_places(self._solved.basis, solved, self._numbers)

    def start_like(self, other: WarmLinearProgram) -> None:
        """The next solve starts from the last basis of another relaxation with the same columns and rows."""
        if other._solved is None or other._ghosts.has_ghosts or len(other._numbers.columns) != self._program.columns:
            return
        solved = other._solved
        column, row = statuses_of(solved.basis, solved.numbers, other._numbers)
        self._set_basis(column, row)
        self._seek_basis = False

    @property
    def has_basis(self) -> bool:
        """Whether the next solve starts from a basis."""
        return self._basis is not None or self._solved is not None

    def basis(self) -> Basis | None:
        """The last basis found, as one of the program as it stands; None before the first."""
        solved = self._solved
        if solved is None:
            return None
        basis, numbers = solved.basis, solved.numbers
        here = self._own_numbers()
        if self._numbers is not numbers or self._ghosts.has_ghosts:
            basis, numbers = carried_basis(basis, numbers, here, solved.program, self._program), here
        column, row = statuses_of(basis, numbers, here)
        return Basis(column.astype(np.int8), row.astype(np.int8))

    def start_from(self, basis: Basis) -> None:
        """The first solve starts from this basis of the program. Raises ValueError where it is of another shape."""
        shape = (self._program.columns, self._program.rows)
        if (len(basis.columns), len(basis.rows)) != shape:
            raise ValueError(f"a basis of {len(basis.columns)} columns and {len(basis.rows)} rows, expected {shape}")
        self._set_basis(basis.columns, basis.rows)
        self._seek_basis = False

    def _own_numbers(self) -> Numbering:
        """The numbers without those of ghosts."""
        here = self._numbers
        columns, rows = here.columns[: self._program.columns], here.rows[: self._program.rows]
        return Numbering(columns, rows, here.next_column, here.next_row)

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
            except _SolverFailedError as error:
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
        if not self._scaled and attempt.solver_type == _GLOP and not attempt.fresh:
            parameters.scaling = _OFF
        if attempt.solver_type == _PDLP:
            parameters.pdlp.num_threads = self._threads
            criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
            criteria.eps_optimal_relative = criteria.eps_optimal_absolute = 1e-8
        if np.isfinite(stop.remaining_seconds):
            parameters.time_limit.FromMicroseconds(int(1e6 * stop.remaining_seconds) + 1)
        result = stop.run(lambda interrupter: self._call(attempt, parameters, interrupter))
        own = attempt.fresh
        return self._read(result, stop, Numbering.of(self._program) if own else self._numbers, own)

    def _start_from_interior_point(self, stop: StopSignal) -> None:
        """A first basis for GLOP from HiGHS; without one GLOP starts from nothing."""
        answer = find_basis(BasisRequest(self._whole().program, stop.remaining_seconds), stop)
        self.iterations += answer.iterations
        if answer.column_status is not None and answer.row_status is not None:
            self._set_basis(answer.column_status, answer.row_status)

    def _set_basis(self, column_status: NDArray[Any], row_status: NDArray[Any]) -> None:
        """The next solve starts from these statuses, which are in the order of the program with its ghosts."""
        columns, rows = np.argsort(self._numbers.columns), np.argsort(self._numbers.rows)
        numbers = self._numbers.columns[columns], self._numbers.rows[rows]
        self._basis = basis_message(column_status[columns], row_status[rows], *numbers)

    def _call(self, attempt: _Attempt, parameters: Any, interrupter: Any) -> Any:
        if attempt.fresh:
            solver = self._new(attempt)
        else:
            self._hand_over(attempt)
            solver = self._solver
        model_parameters = model_parameters_pb2.ModelSolveParametersProto()
        if self._basis is not None and not attempt.fresh:
            model_parameters.initial_basis.CopyFrom(self._basis)
            self._basis = None
        no_callback = callback_pb2.CallbackRegistrationProto()
        return _told(lambda: solver.solve(parameters, model_parameters, None, no_callback, None, interrupter))

    def _new(self, attempt: _Attempt) -> Any:
        message = program_message(self._program, with_integers=False)
        return _told(lambda: mathopt.new(attempt.solver_type, message, parameters_pb2.SolverInitializerProto()))

    def _hand_over(self, attempt: _Attempt) -> None:
        """The live solver gets the edits since the last call, or there is a new one."""
        whole = self._whole().program
        if self._solver is not None and self._handed is not None:
            update = update_message(self._handed, whole, self._handed_numbers, self._numbers)
            if self._solved is not None and self._numbers is not self._solved.numbers and self._basis is None:
                solved = self._solved
                self._basis = carried_basis(solved.basis, solved.numbers, self._numbers, solved.program, whole)
            solver = self._solver
            if not _told(lambda: solver.update(update)):
                self._solver = self._basis = None
        if self._solver is None:
            if self._basis is None:
                self.cold_starts += 1
            self._ghosts, self._numbers = WithGhosts.of(self._program), Numbering.of(self._program)
            whole = self._program
            self._solver = self._new(attempt)
        self._handed, self._handed_numbers = _with_own_bounds(whole), self._numbers

    def _read(self, result: Any, stop: StopSignal, numbers: Numbering, fresh: bool) -> LinearAnswer:
        reason = result.termination.reason
        iterations = int(
            result.solve_stats.simplex_iterations
            + result.solve_stats.barrier_iterations
            + result.solve_stats.first_order_iterations
        )
        if reason == result_pb2.TERMINATION_REASON_OPTIMAL and result.solutions:
            solution = result.solutions[0]
            n, m = self._program.columns, self._program.rows
            columns = (numbers.columns[:n], numbers.column_places[:n], len(numbers.columns))
            rows = (numbers.rows[:m], numbers.row_places[:m], len(numbers.rows))
            if not fresh and self._handed is not None and solution.HasField("basis"):
                self._solved = _Solved(solution.basis, numbers, self._handed)
            values = dense_values(solution.primal_solution.variable_values, *columns)
            if self._rounding is None:
                self._rounding = FreeRounding(self._program)
            return LinearAnswer(
                LinearStatus.OPTIMAL,
                float(solution.primal_solution.objective_value),
                self._rounding.settled(values, self._program),
                dense_values(solution.dual_solution.dual_values, *rows),
                dense_values(solution.dual_solution.reduced_costs, *columns),
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


def _told(call: Callable[[], Any]) -> Any:
    """The call's result. MathOpt reports a solver's bad status as an exception of its own making."""
    try:
        return call()
    except Exception as error:
        raise _SolverFailedError(str(error)) from error


def _with_own_bounds(program: LinearProgram) -> LinearProgram:
    """The program with bounds that are edited in place."""
    return replace(
        program,
        lower=program.lower.copy(),
        upper=program.upper.copy(),
        row_lower=program.row_lower.copy(),
        row_upper=program.row_upper.copy(),
    )


def _same_prices(before: LinearProgram, after: LinearProgram) -> bool:
    """Whether objective and coefficients are the same (same shape taken for granted)."""
    return equal_arrays(before.objective, after.objective) and equal_arrays(before.values, after.values)
