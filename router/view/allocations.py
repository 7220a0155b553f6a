"""Who runs where, period by period, as a heat map: a row for each workload and, below it, the places that serve it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.plan.document import Plan
from router.report import numbers
from router.report.period_groups import period_label
from router.report.pool_facts import PoolBook
from router.report.table import RowRole
from router.scenario.scenario import Scenario
from router.view.allocation_shades import shade_unserved, share_of_capacity, share_of_demand
from router.view.allocation_standby import StandbyBook
from router.view.pivot import LEFT_OUT, Pivot, RowKey, label_of, lay_out
from router.view.plan_amounts import UNSERVED, Amounts, amounts_of

ACCELERATORS, VCPUS = "accelerators", "vCPUs"
WORKLOAD_POOL = Pivot()
_NOTHING = 1e-9


class Measure(StrEnum):
    """What the cells count."""

    UNITS = "units"
    INSTANCES = "instances"
    ACCELERATORS = "accelerators"


@dataclass(frozen=True)
class AllocationRow:
    """A row. ``unit``: of its units, empty where the units of its workloads differ; ``counted``: what it is in beside
    instances, accelerators or (where it has none) vCPUs; ``members``: rows below it that it can be folded over.

    The role of what is left unserved is "alert".
    """

    key: RowKey
    label: str
    depth: int
    unit: str
    counted: str
    members: int
    role: RowRole


@dataclass(frozen=True)
class Allocations:
    """R rows over T periods; a group's row is the sum of those below it, without what is left unserved.

    units, instances, accelerators (R, T): averages over the hours of a period (a training run counts with all its
    instances in each period that it holds); nan where a row has no such number: units of different kinds, instances of
    unserved demand. share (R, T), 0 to 1, for shading: the part of the workload's demand (of what it was given and what
    it lacks) or, with places first, of the place's capacity that the row takes; the same whatever is counted.
    spot_share (R, T): the part of the row's instances on spot. ``group_row``, ``member_row`` (B,): rows of ``amounts``.
    """

    pivot: Pivot
    columns: tuple[str, ...]
    rows: tuple[AllocationRow, ...]
    units: FloatArray
    instances: FloatArray
    accelerators: FloatArray
    share: FloatArray
    spot_share: FloatArray
    plan: Plan = field(repr=False, compare=False)
    scenario: Scenario = field(repr=False, compare=False)
    amounts: Amounts = field(repr=False, compare=False)
    group_row: Ids = field(repr=False, compare=False)
    member_row: Ids = field(repr=False, compare=False)

    @cached_property
    def standby(self) -> StandbyBook:
        """What of it stands by for the loss of a provider."""
        return StandbyBook(self.plan, self.scenario)

    def values(self, measure: Measure) -> FloatArray:
        """What is counted, shape (R, T)."""
        return {
            Measure.UNITS: self.units,
            Measure.INSTANCES: self.instances,
            Measure.ACCELERATORS: self.accelerators,
        }[measure]

    def unit(self, row: int, measure: Measure) -> str:
        """What a row's cells are in."""
        match measure:
            case Measure.UNITS:
                return self.rows[row].unit
            case Measure.INSTANCES:
                return "instances"
            case Measure.ACCELERATORS:
                return self.rows[row].counted

    def text(self, row: int, period: int, measure: Measure) -> str:
        """A cell as it is read; empty where there is nothing."""
        value = float(self.values(measure)[row, period])
        if not value > _NOTHING:
            return ""
        unit = self.unit(row, measure)
        # Units such as `k agents` have a scale already.
        return numbers.quantity(value, unit).removesuffix(unit).rstrip()

    def shown(self, folded: Collection[RowKey] = ()) -> tuple[int, ...]:
        """Rows that are to be seen where the groups of these keys are folded."""
        return tuple(at for at, row in enumerate(self.rows) if row.depth == 0 or row.key[:1] not in folded)

    def words(self, measure: Measure) -> str:
        """What cells and shades mean, in one line for the header."""
        counted = {
            Measure.UNITS: "units of each workload",
            Measure.INSTANCES: "instances",
            Measure.ACCELERATORS: "accelerators, vCPUs where there are none",
        }[measure]
        shade = "the place's capacity" if self.pivot.places_first else "the workload's demand"
        return f"{self.pivot.words}: {counted}, average over the period's hours; shade: part of {shade}"


def allocations(plan: Plan, scenario: Scenario, pivot: Pivot = WORKLOAD_POOL) -> Allocations:
    """The heat map of a plan of this scenario. Raises DifferenceError for a plan with a period or slice of its own."""
    amounts = amounts_of(plan)
    layout = lay_out(pivot, amounts, scenario)
    rows = len(layout.keys)
    served = np.array([pool != UNSERVED for pool in amounts.pools], dtype=bool)
    # A group's total is what it has; what it lacks stands in a row of its own. All are left out in the group of those.
    in_group = served if not pivot.places_first else np.ones(amounts.count, dtype=bool)
    gathered = _Gathered(rows, amounts, layout.group_row, layout.member_row, in_group)

    book = PoolBook(scenario)
    each = np.array([book[pool].accelerators for pool in amounts.pools], dtype=np.float64)
    vcpu = np.array([book[pool].vcpu for pool in amounts.pools], dtype=np.float64)
    units_of = [
        unit_of(scenario, workload, pool) for workload, pool in zip(amounts.workloads, amounts.pools, strict=True)
    ]
    units = gathered.sums(amounts.units)
    instances = gathered.sums(amounts.instances)
    has_accelerators = gathered.any(each > 0)
    on_vcpu = ~has_accelerators & gathered.any((each == 0) & (vcpu > 0))
    counted = np.where(
        on_vcpu[:, None],
        gathered.sums(amounts.instances * vcpu[:, None]),
        gathered.sums(amounts.instances * each[:, None]),
    )
    on_spot = gathered.sums(amounts.instances * amounts.spot[:, None])
    if pivot.places_first:
        share = share_of_capacity(plan, scenario, pivot, layout.keys, counted, on_vcpu)
        shade_unserved(share, amounts, layout.keys, layout.member_row)
    else:
        share = share_of_demand(units, amounts, layout.keys, layout.group_row)
    mixed, names = gathered.units(units_of)
    units[mixed] = np.nan
    no_place = np.array([LEFT_OUT in key for key in layout.keys], dtype=bool)
    instances[no_place] = counted[no_place] = np.nan
    return Allocations(
        pivot=pivot,
        columns=tuple(map(period_label, plan.periods)),
        rows=_rows(layout.keys, names, on_vcpu, scenario, pivot),
        units=units,
        instances=instances,
        accelerators=counted,
        share=np.clip(share, 0.0, 1.0),
        spot_share=np.divide(on_spot, instances, out=np.zeros_like(on_spot), where=instances > 0),
        plan=plan,
        scenario=scenario,
        amounts=amounts,
        group_row=layout.group_row,
        member_row=layout.member_row,
    )


@dataclass(frozen=True)
class _Gathered:
    """Amounts gathered in their member's row and, where ``in_group``, in their group's."""

    rows: int
    amounts: Amounts
    group_row: Ids
    member_row: Ids
    in_group: BoolArray

    def sums(self, values: FloatArray) -> FloatArray:
        """Sums of values (B, T) by row, shape (R, T)."""
        found = np.zeros((self.rows, values.shape[1]))
        np.add.at(found, self.member_row, values)
        np.add.at(found, self.group_row[self.in_group], values[self.in_group])
        return found

    def any(self, mask: BoolArray) -> BoolArray:
        """Rows of which any amount is in the mask (B,), shape (R,)."""
        found = np.zeros(self.rows, dtype=bool)
        found[self.member_row[mask]] = True
        found[self.group_row[mask & self.in_group]] = True
        return found

    def units(self, of_amounts: list[str]) -> tuple[BoolArray, list[str]]:
        """Rows with units of more than one kind (R,), and the one unit of the others."""
        found: list[set[str]] = [set() for _ in range(self.rows)]
        for at, unit in enumerate(of_amounts):
            found[self.member_row[at]].add(unit)
            if self.in_group[at]:
                found[self.group_row[at]].add(unit)
        mixed = np.array([len(units) > 1 for units in found], dtype=bool)
        return mixed, [next(iter(units)) if len(units) == 1 else "" for units in found]


def _rows(
    keys: tuple[RowKey, ...], units: list[str], on_vcpu: BoolArray, scenario: Scenario, pivot: Pivot
) -> tuple[AllocationRow, ...]:
    below: dict[RowKey, int] = {}
    for key in keys:
        if len(key) > 1:
            below[key[:1]] = below.get(key[:1], 0) + 1
    return tuple(
        AllocationRow(
            key=key,
            label=label_of(key[-1]),
            depth=len(key) - 1,
            unit=units[at] or ("" if pivot.places_first else unit_of(scenario, key[0][0])),
            counted=VCPUS if on_vcpu[at] else ACCELERATORS,
            members=below.get(key, 0),
            role="alert" if LEFT_OUT in key else "plain" if len(key) > 1 else "subtotal",
        )
        for at, key in enumerate(keys)
    )


def unit_of(scenario: Scenario, workload: str, pool: str | None = None) -> str:
    """The unit of a workload's amount; runs are counted in instances, and jobs left out one by one."""
    known = scenario.workloads.get(workload)
    if known is None:
        return "units"
    return known.unit if known.kind != "training" else "jobs" if pool == UNSERVED else "instances"
