"""Affinity of agents to the inference that they call."""

from __future__ import annotations

import numpy as np

from router.arrays import Ids
from router.model.rows import Rows, Term, make_rows, row_ids
from router.problem.streams import CallTable


def local_calls_made(serve: Ids, pair_stream: Ids, pair_provider: Ids, local: Ids, calls: CallTable) -> Rows:
    """``local[a,k,t,h] <= u * sum_{p of k} serve[a,p,t,h]``: no more local calls than agents at the provider make.

    serve (N, T, H); pair_stream, pair_provider (N,); local (A, K, T, H) column ids.
    """
    ids = row_ids(local >= 0)
    terms: list[Term] = [(ids, local, 1.0)]
    for call in range(len(calls.stream)):
        pairs = pair_stream == calls.stream[call]
        terms.append((ids[call, pair_provider[pairs]], serve[pairs], -calls.units_per_unit[call]))
    return make_rows("local_calls_made", ("call", "provider", "period", "slice"), ids, terms, upper=0.0)


def local_calls_answered(
    serve: Ids, pair_workload: Ids, pair_provider: Ids, local: Ids, calls: CallTable, workloads: int
) -> Rows:
    """``sum_{a calling w} local[a,k,t,h] <= sum_{streams of w, p of k} serve``: no more than inference there answers.

    pair_workload (N,) index of the pair's workload.
    """
    asked = np.zeros((workloads, *local.shape[1:]), dtype=bool)
    np.logical_or.at(asked, calls.workload, local >= 0)
    ids = row_ids(asked)
    called = np.isin(pair_workload, calls.workload)
    terms: list[Term] = [
        (ids[calls.workload], local, 1.0),
        (ids[pair_workload[called], pair_provider[called]], serve[called], -1.0),
    ]
    return make_rows("local_calls_answered", ("workload", "provider", "period", "slice"), ids, terms, upper=0.0)
