"""The process that runs one integer solver: request on standard input, answer on standard output."""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as mathopt

from router.engine.integer_program import IntegerAnswer, IntegerRequest
from router.engine.mathopt_arrays import dense_values, fill_sparse_vector, program_message
from router.engine.settings import IntegerBackend

_SOLVERS = {
    IntegerBackend.HIGHS: parameters_pb2.SOLVER_TYPE_HIGHS,
    IntegerBackend.SCIP: parameters_pb2.SOLVER_TYPE_GSCIP,
    IntegerBackend.CP_SAT: parameters_pb2.SOLVER_TYPE_CP_SAT,
}


def answer_to(request: IntegerRequest) -> IntegerAnswer:
    """Solve the request in this process."""
    program = request.program
    parameters = parameters_pb2.SolveParametersProto(relative_gap_tolerance=request.relative_gap)
    if np.isfinite(request.time_limit_seconds):
        parameters.time_limit.FromMicroseconds(int(1e6 * request.time_limit_seconds) + 1)
    if request.node_limit is not None:
        parameters.node_limit = request.node_limit
    if request.backend is IntegerBackend.CP_SAT:
        parameters.threads = request.threads
    model_parameters = model_parameters_pb2.ModelSolveParametersProto()
    if request.hint is not None and request.backend is not IntegerBackend.HIGHS:
        hint = model_parameters.solution_hints.add()
        fill_sparse_vector(hint.variable_values, np.arange(program.columns), request.hint)
    try:
        result = mathopt.solve(
            program_message(program),
            _SOLVERS[request.backend],
            parameters_pb2.SolverInitializerProto(),
            parameters,
            model_parameters,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
    except Exception as error:
        # MathOpt reports a solver's bad status as an exception of its own making.
        return IntegerAnswer(message=f"{request.backend}: {error}")
    return _read(result, program.columns)


def _read(result: Any, columns: int) -> IntegerAnswer:
    termination = result.termination
    if termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE:
        return IntegerAnswer(infeasible=True)
    bound = float(termination.objective_bounds.dual_bound)
    if not result.solutions:
        name = result_pb2.TerminationReasonProto.Name(termination.reason)
        return IntegerAnswer(lower_bound=bound, message=name.removeprefix("TERMINATION_REASON_").lower())
    primal = result.solutions[0].primal_solution
    return IntegerAnswer(dense_values(primal.variable_values, columns), float(primal.objective_value), bound)


def main() -> None:
    """Solvers print to standard output as they like, so the answer goes out by a copy of it."""
    reply = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = pickle.loads(sys.stdin.buffer.read())
    with os.fdopen(reply, "wb") as stream:
        pickle.dump(answer_to(request), stream)


if __name__ == "__main__":
    main()
