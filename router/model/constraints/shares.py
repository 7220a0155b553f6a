"""Share limits of providers."""

from __future__ import annotations

import numpy as np

from router.arrays import FloatArray, Ids
from router.model.constraints.capacity import Use
from router.model.rows import Rows, Term, make_rows, row_ids
from router.problem.limits import ProviderShares

AXES = ("share", "period", "slice")


def provider_share_max(use: Use, share_over: Ids, shares: ProviderShares) -> Rows:
    """``sum_{p of provider} m * held - max_share * sum_p m * held <= share_over`` in every slice.

    share_over (Q, T, H) column ids, -1 where the limit does not apply.
    """
    return _share("provider_share_max", use, share_over, shares, shares.max_share, -1.0)


def provider_share_min(use: Use, share_under: Ids, shares: ProviderShares) -> Rows:
    """``sum_{p of provider} m * held - min_share * sum_p m * held >= -share_under`` in every slice.

    share_under (Q, T, H) column ids, -1 where the limit does not apply.
    """
    return _share("provider_share_min", use, share_under, shares, shares.min_share, 1.0)


def _share(family: str, use: Use, slack: Ids, shares: ProviderShares, bound: FloatArray, sign: float) -> Rows:
    ids = row_ids(slack >= 0)
    # m(p) * (1 - bound) for the provider's pools, -m(p) * bound for the others.
    weight = shares.weight * (shares.of_provider - bound[:, None])
    terms: list[Term] = [(ids, slack, sign)]
    for limit in range(len(bound)):
        per_unit = weight[limit, use.pair_pool] / use.throughput
        terms.append((ids[limit][None], use.serve, per_unit[:, None, None]))
        run = use.hold_run
        per_run = weight[limit, use.run_pool[run]] * use.run_instances[run]
        terms.append((ids[limit, use.hold_period], use.run[run][:, None], per_run[:, None]))
    if sign < 0:
        return make_rows(family, AXES, ids, terms, upper=0.0)
    return make_rows(family, AXES, ids, terms, lower=np.float64(0.0))
