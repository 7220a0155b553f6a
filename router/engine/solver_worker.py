"""The process that runs one solver: request on standard input, answer on standard output."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as mathopt

from router.engine.mathopt_arrays import dense_values, fill_sparse_vector, program_message
from router.engine.settings import IntegerBackend
from router.engine.solver_process import (
    BasisAnswer,
    BasisRequest,
    IntegerAnswer,
    IntegerRequest,
    PricesAnswer,
    PricesRequest,
)

_SOLVERS = {
    IntegerBackend.HIGHS: parameters_pb2.SOLVER_TYPE_HIGHS,
    IntegerBackend.SCIP: parameters_pb2.SOLVER_TYPE_GSCIP,
    IntegerBackend.CP_SAT: parameters_pb2.SOLVER_TYPE_CP_SAT,
}

_HAND_OVER_SECONDS = 1.0
"""To start, to notice the time limit and to send the answer."""

_WATCH_SECONDS = 0.5

_PRESOLVED_FROM = 5_000
"""Columns from which HiGHS may simplify a program first. The one in OR-Tools 9.15 loses the optimum of about one in
sixty small random plans that way (tests/engine/lost_optimum.npz is one; HiGHS 1.16 and SCIP find it), and without takes
as long: 84 s for 120 plans, 85 s with. Large ones take far longer without."""


def integer_answer(request: IntegerRequest) -> IntegerAnswer:
    """Solve the request in this process."""
    program = request.program
    parameters = parameters_pb2.SolveParametersProto(relative_gap_tolerance=request.relative_gap)
    if np.isfinite(request.time_limit_seconds):
        # The plan found must be home before the caller's deadline ends this process.
        seconds = request.time_limit_seconds - min(_HAND_OVER_SECONDS, 0.2 * request.time_limit_seconds)
        parameters.time_limit.FromMicroseconds(int(1e6 * seconds) + 1)
    if request.node_limit is not None:
        parameters.node_limit = request.node_limit
    if request.backend is IntegerBackend.CP_SAT:
        parameters.threads = request.threads
    if request.backend is IntegerBackend.HIGHS and (program.columns < _PRESOLVED_FROM or request.no_presolve):
        parameters.presolve = parameters_pb2.EMPHASIS_OFF
    model_parameters = model_parameters_pb2.ModelSolveParametersProto()
    if request.hint is not None and request.backend is not IntegerBackend.HIGHS:
        hint = model_parameters.solution_hints.add()
        fill_sparse_vector(hint.variable_values, np.arange(program.columns), request.hint)
    try:
        result = _solve(program_message(program), _SOLVERS[request.backend], parameters, model_parameters)
    except Exception as error:
        # MathOpt reports a solver's bad status as an exception of its own making.
        return IntegerAnswer(message=f"{request.backend}: {error}")
    return _read(result, program.columns)


def _read(result: Any, columns: int) -> IntegerAnswer:
    termination = result.termination
    if termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE:
        return IntegerAnswer(infeasible=True)
    bound = float(termination.objective_bounds.dual_bound)
    out_of_time = termination.limit == result_pb2.LIMIT_TIME
    if not result.solutions:
        name = result_pb2.TerminationReasonProto.Name(termination.reason)
        message = name.removeprefix("TERMINATION_REASON_").lower()
        return IntegerAnswer(lower_bound=bound, time_ran_out=out_of_time, message=message)
    primal = result.solutions[0].primal_solution
    return IntegerAnswer(
        dense_values(primal.variable_values, np.arange(columns)),
        float(primal.objective_value),
        bound,
        time_ran_out=out_of_time,
    )


def basis_answer(request: BasisRequest) -> BasisAnswer:
    """Solve the relaxation by interior point and crossover in this process."""
    parameters = parameters_pb2.SolveParametersProto(lp_algorithm=parameters_pb2.LP_ALGORITHM_BARRIER)
    result = _relaxation(request, parameters, "basis")
    if isinstance(result, str):
        return BasisAnswer(message=result)
    basis = result.solutions[0].basis
    return BasisAnswer(
        np.array(basis.variable_status.values, dtype=np.int8),
        np.array(basis.constraint_status.values, dtype=np.int8),
        int(result.solve_stats.barrier_iterations + result.solve_stats.simplex_iterations),
    )


def prices_answer(request: PricesRequest) -> PricesAnswer:
    """Solve the relaxation by interior point without crossover in this process."""
    parameters = parameters_pb2.SolveParametersProto()
    parameters.highs.string_options["solver"] = "ipm"
    parameters.highs.string_options["run_crossover"] = "off"
    # Without kkt_tolerance HiGHS calls a rough answer "unknown", and MathOpt then hands nothing back.
    for name in ("kkt_tolerance", "ipm_optimality_tolerance"):
        parameters.highs.double_options[name] = request.tolerance
    result = _relaxation(request, parameters, "dual_solution")
    if isinstance(result, str):
        return PricesAnswer(message=result)
    solution = result.solutions[0]
    return PricesAnswer(
        dense_values(solution.primal_solution.variable_values, np.arange(request.program.columns)),
        dense_values(solution.dual_solution.dual_values, np.arange(request.program.rows)),
        int(result.solve_stats.barrier_iterations),
    )


def _relaxation(request: BasisRequest | PricesRequest, parameters: Any, wanted: str) -> Any:
    """HiGHS's result for the relaxation, or why it holds no solution with the field ``wanted``."""
    if np.isfinite(request.time_limit_seconds):
        parameters.time_limit.FromMicroseconds(int(1e6 * request.time_limit_seconds) + 1)
    message = program_message(request.program, with_integers=False)
    model_parameters = model_parameters_pb2.ModelSolveParametersProto()
    try:
        result = _solve(message, parameters_pb2.SOLVER_TYPE_HIGHS, parameters, model_parameters)
    except Exception as error:
        return f"HiGHS: {error}"
    if not result.solutions or not result.solutions[0].HasField(wanted):
        return str(result_pb2.TerminationReasonProto.Name(result.termination.reason))
    return result


def _solve(message: Any, solver_type: Any, parameters: Any, model_parameters: Any) -> Any:
    return mathopt.solve(
        message,
        solver_type,
        parameters_pb2.SolverInitializerProto(),
        parameters,
        model_parameters,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )


def end_with_caller(caller: int) -> None:
    """End this process when the one that asked is no more (killed, say): nobody reads the answer."""
    while os.getppid() == caller:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def main() -> None:
    """Solvers print to standard output as they like, so the answer goes out by a copy of it."""
    threading.Thread(target=end_with_caller, args=(os.getppid(),), daemon=True).start()
    reply = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = pickle.loads(sys.stdin.buffer.read())
    with os.fdopen(reply, "wb") as stream:
        answer: BasisAnswer | PricesAnswer | IntegerAnswer
        if isinstance(request, BasisRequest):
            answer = basis_answer(request)
        elif isinstance(request, PricesRequest):
            answer = prices_answer(request)
        else:
            answer = integer_answer(request)
        pickle.dump(answer, stream, protocol=5)


if __name__ == "__main__":
    main()
