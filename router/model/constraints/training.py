"""One run per training job."""

from __future__ import annotations

import numpy as np

from router.arrays import Ids
from router.model.rows import Rows, make_rows, row_ids


def one_run_per_job(run: Ids, run_job: Ids, unserved_job: Ids) -> Rows:
    """``sum_{candidates of j} run + unserved_job[j] = 1``.

    run (C,) column ids; run_job (C,); unserved_job (J,) column ids. Gang sizes, earliest start and deadline have
    shaped the candidates (router/problem/runs.py).
    """
    ids = row_ids(np.ones(len(unserved_job), dtype=bool))
    terms = [(ids[run_job], run, 1.0), (ids, unserved_job, 1.0)]
    return make_rows("one_run_per_job", ("job",), ids, list(terms), lower=1.0, upper=1.0)
