"""Demand is met or counted unserved, also after the loss of a provider; spot serves its share at most."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.model.rows import Rows, Term, bounded, make_rows, row_ids

AXES = ("stream", "period", "slice")


def served_or_unserved(serve: Ids, pair_stream: Ids, unserved: Ids) -> Rows:
    """``sum_p serve[s,p,t,h] + unserved[s,t,h]`` for every stream, period and slice with demand.

    serve (N, T, H) column ids of firm and spot pairs; pair_stream (N,); unserved (S, T, H) column ids.
    """
    ids = row_ids(unserved >= 0)
    terms: list[Term] = [(ids[pair_stream], serve, 1.0), (ids, unserved, 1.0)]
    return make_rows("demand_met", AXES, ids, terms)


def demand_met(terms: Rows, demand: FloatArray) -> Rows:
    """``sum_p serve[s,p,t,h] + unserved[s,t,h] >= D[s,t,h]``.

    terms of served_or_unserved; demand (S, T, H) in the workload's unit.
    """
    return bounded(terms, lower=_of_rows(terms, demand))


def served_after_loss(
    serve: Ids, pair_stream: Ids, pair_provider: Ids, providers: int, unserved: Ids, survive: FloatArray
) -> Rows:
    """``sum_{p not in k} serve[s,p,t,h] + unserved[s,t,h]`` for every provider k where s may run.

    pair_provider (N,) index of the pair's provider; survive (S,) the share a, 0 where none is asked.
    """
    may_run = np.zeros((len(survive), providers), dtype=bool)
    may_run[pair_stream, pair_provider] = True
    asked = (unserved >= 0) & (survive > 0)[:, None, None]
    ids = row_ids(may_run[:, :, None, None] & asked[:, None, :, :])
    terms: list[Term] = [(ids, unserved[:, None, :, :], 1.0)]
    for lost in range(providers):
        elsewhere = (pair_provider != lost) & (survive[pair_stream] > 0)
        terms.append((ids[pair_stream[elsewhere], lost], serve[elsewhere], 1.0))
    return make_rows("survive_provider_loss", ("stream", "provider", "period", "slice"), ids, terms)


def survive_provider_loss(terms: Rows, survive: FloatArray, demand: FloatArray) -> Rows:
    """``sum_{p not in k} serve[s,p,t,h] + unserved[s,t,h] >= a[s] * D[s,t,h]`` for every provider k where s may run.

    terms of served_after_loss; survive (S,) the share a; demand (S, T, H).
    """
    return bounded(terms, lower=survive[terms.keys["stream"]] * _of_rows(terms, demand))


def served_on_spot(serve: Ids, pair_stream: Ids, pair_spot: BoolArray, streams: int) -> Rows:
    """``sum_p serve_spot[s,p,t,h]`` for every stream on spot. pair_spot (N,) bool."""
    on_spot = np.zeros((streams, *serve.shape[1:]), dtype=bool)
    np.logical_or.at(on_spot, pair_stream[pair_spot], serve[pair_spot] >= 0)
    ids = row_ids(on_spot)
    terms: list[Term] = [(ids[pair_stream[pair_spot]], serve[pair_spot], 1.0)]
    return make_rows("spot_share", AXES, ids, terms)


def spot_share(terms: Rows, share: FloatArray, demand: FloatArray) -> Rows:
    """``sum_p serve_spot[s,p,t,h] <= max_share[s] * D[s,t,h]`` for every stream on spot.

    terms of served_on_spot; share (S,) max_share; demand (S, T, H).
    """
    return bounded(terms, upper=share[terms.keys["stream"]] * _of_rows(terms, demand))


def _of_rows(rows: Rows, values: FloatArray) -> FloatArray:
    """Of values (S, T, H) those of each row, shape (r,)."""
    return np.asarray(values[rows.keys["stream"], rows.keys["period"], rows.keys["slice"]])
