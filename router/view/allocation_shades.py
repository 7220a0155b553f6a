"""How dark the rows of allocations are: parts of a demand, or of a capacity."""

from __future__ import annotations

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.plan.document import Plan
from router.report.pool_facts import PoolBook
from router.report.pool_use import pool_capacity
from router.scenario.scenario import Scenario
from router.view.pivot import LEFT_OUT, Member, Pivot, RowKey, place_members
from router.view.plan_amounts import Amounts


def share_of_demand(units: FloatArray, amounts: Amounts, keys: tuple[RowKey, ...], group_row: Ids) -> FloatArray:
    """Each row's part of all amounts of its group, with what is left out, shape (R, T). units (R, T)."""
    asked = np.zeros_like(units)
    np.add.at(asked, group_row, amounts.units)
    return _part(units, asked[_group_of(keys)])


def share_of_capacity(
    plan: Plan, scenario: Scenario, pivot: Pivot, keys: tuple[RowKey, ...], counted: FloatArray, on_vcpu: BoolArray
) -> FloatArray:
    """Each row's part of the accelerators (or vCPUs) of its place, shape (R, T). counted (R, T); on_vcpu (R,)."""
    book, capacity = PoolBook(scenario), pool_capacity(plan, scenario)[0]
    number = {key[0]: at for at, key in enumerate(keys) if len(key) == 1}
    places = [number[member] for member in place_members(pivot.place, scenario)]
    facts = [book[pool] for pool in scenario.pools]
    there = np.zeros((2, *counted.shape))
    for kind, each in enumerate(([fact.accelerators for fact in facts], [fact.vcpu for fact in facts])):
        np.add.at(there[kind], places, capacity * np.array(each)[:, None])
    group_of = _group_of(keys)
    return _part(counted, np.where(on_vcpu[:, None], there[1, group_of], there[0, group_of]))


def shade_unserved(share: FloatArray, amounts: Amounts, keys: tuple[RowKey, ...], member_row: Ids) -> None:
    """In the group of what is left out: the part of its demand that each workload lacks, and for the group the worst.

    Writes to share (R, T).
    """
    mine = [at for at, key in enumerate(keys) if key[0] == LEFT_OUT and len(key) > 1]
    for row in mine:
        whole = amounts.units[_of_demand(amounts, keys[row][1])].sum(axis=0)
        share[row] = _part(amounts.units[member_row == row].sum(axis=0), whole)
    if mine:
        share[mine[0] - 1] = share[mine].max(axis=0)


def _of_demand(amounts: Amounts, demand: Member) -> BoolArray:
    workload, streams = demand[0], demand[1:]
    return np.array(
        [
            name == workload and (not streams or stream == streams[0])
            for name, stream in zip(amounts.workloads, amounts.streams, strict=True)
        ],
        dtype=bool,
    )


def _group_of(keys: tuple[RowKey, ...]) -> Ids:
    """The row of each row's group, shape (R,)."""
    return np.asarray(np.maximum.accumulate([at if len(key) == 1 else 0 for at, key in enumerate(keys)]), np.int64)


def _part(some: FloatArray, whole: FloatArray) -> FloatArray:
    return np.divide(some, whole, out=np.zeros_like(some), where=whole > 0)
