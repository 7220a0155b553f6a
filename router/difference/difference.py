"""The difference between two plans: one function, made of one module for each kind of change."""

from __future__ import annotations

import numpy as np

from router.difference.breaches import breach_changes
from router.difference.contracts import tier_changes, window_changes
from router.difference.cost import cost_change
from router.difference.digest import PlanDigest, digest
from router.difference.document import ComparedPlan, HorizonChange, PlanDifference
from router.difference.reservations import reservation_changes
from router.difference.runs import run_changes
from router.difference.streams import stream_changes
from router.difference.timeline import Timeline, timeline
from router.difference.unserved import unserved_changes
from router.plan.document import Plan


def difference(before: Plan | PlanDigest, after: Plan | PlanDigest) -> PlanDifference:
    """What differs from one plan to another, of the same scenario or of any two.

    Everything is matched by name and date, so that workloads, pools, contracts and horizons may differ. Half of the
    work is to read the plans: who compares one plan with many passes its `digest`. Raises DifferenceError where a plan
    contradicts itself (a record names a period or slice there is not, the total is not the bill's).
    """
    old = before if isinstance(before, PlanDigest) else digest(before)
    new = after if isinstance(after, PlanDigest) else digest(after)
    time = timeline(old.boundaries, new.boundaries)
    moves, served = stream_changes(old, new, time)
    return PlanDifference(
        before=_compared(old),
        after=_compared(new),
        horizon=_horizon(old, new, time),
        cost=cost_change(old, new),
        moves=moves,
        served=served,
        runs=run_changes(old, new),
        windows=window_changes(old.plan, new.plan),
        tiers=tier_changes(old.plan, new.plan),
        reservations=reservation_changes(old, new),
        unserved=unserved_changes(old.plan, new.plan, time),
        breaches=breach_changes(old.plan, new.plan),
    )


def _compared(plan: PlanDigest) -> ComparedPlan:
    solve = plan.plan.solve
    return ComparedPlan(
        scenario=plan.plan.scenario,
        status=solve.status,
        lower_bound_usd=solve.lower_bound_usd,
        gap=solve.gap,
        start=plan.boundaries[0],
        end=plan.boundaries[-1],
    )


def _horizon(old: PlanDigest, new: PlanDigest, time: Timeline) -> HorizonChange:
    common = time.common
    start, end = time.span(common) if np.any(common) else (None, None)
    return HorizonChange(
        same_horizon=(old.boundaries[0], old.boundaries[-1]) == (new.boundaries[0], new.boundaries[-1]),
        same_periods=time.same_periods,
        common_start=start,
        common_end=end,
    )
