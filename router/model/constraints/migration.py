"""Migration: what leaves a pool beyond the fall of demand."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray, Ids
from router.model.rows import Rows, Term, make_rows, row_ids
from router.problem.streams import PlaceTable


def migration(serve: Ids, places: PlaceTable, moved: Ids, kept: FloatArray, slice_share: FloatArray) -> Rows:
    """``moved[s,p,t] >= q[s,t] * x[s,p,t-1] - x[s,p,t]``.

    ``x`` is the mean over slices, ``q = min(1, d[s,t] / d[s,t-1])``.

    serve (N, T, H), moved (M, T) column ids; kept (S, T) of kept_share; slice_share (H,).
    """
    ids = row_ids(moved >= 0)
    keep = kept[places.stream]
    pairs = np.flatnonzero(places.of_pair >= 0)
    place = places.of_pair[pairs]
    before = -keep[place][:, 1:, None] * slice_share
    terms: list[Term] = [
        (ids, moved, 1.0),
        (ids[place][:, :, None], serve[pairs], slice_share[None, None, :]),
        (ids[place][:, 1:, None], serve[pairs][:, :-1], before),
    ]
    return make_rows("migration", ("place", "period"), ids, terms, lower=0.0)
