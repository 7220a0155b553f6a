"""The difference between two plans, in domain words: what `--json` prints as `router-difference/1`.

Changes are after minus before. Costs that are marked discounted are what the plan minimises; all other amounts are
undiscounted. A date `end` is the first day after.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from router.plan.document import Record, RunRecord, ScenarioReference, TierRecord, WindowRecord


class ChangeKind(StrEnum):
    """What became of a thing. `changed`: there before and after, neither simply more nor simply less."""

    CAME = "came"
    WENT = "went"
    GREW = "grew"
    SHRANK = "shrank"
    MOVED = "moved"
    CHANGED = "changed"


class AmountChange(Record):
    """An amount before and after, to the cent. `change_usd` is exactly after minus before."""

    name: str | None = Field(default=None, description="What is paid for; None for what belongs to no name.")
    before_usd: float
    after_usd: float
    change_usd: float


class ComparedPlan(Record):
    """One of the two plans."""

    scenario: ScenarioReference
    status: Literal["optimal", "feasible"]
    lower_bound_usd: float = Field(description="No plan costs less (discounted).")
    gap: float = Field(description="(cost - bound) / |cost|.")
    start: date = Field(description="First day of the horizon.")
    end: date


class HorizonChange(Record):
    """How the two plans' time compares. Quantities are compared over the common time only, cost over each horizon."""

    same_horizon: bool
    same_periods: bool
    common_start: date | None = Field(description="First day that both plan; None where they share no day.")
    common_end: date | None


class CostChange(Record):
    """Total cost (discounted) and its parts, which sum to it exactly; cash (undiscounted)."""

    total: AmountChange
    by_cause: list[AmountChange] = Field(description="By category of the bill (router.plan.document.BillCategory).")
    by_provider: list[AmountChange] = Field(description="None: what no provider is paid, such as unserved demand.")
    by_workload: list[AmountChange] = Field(
        description="Usage and reservations of a pool go to the workloads in it by instance-hours, period by period, "
        "spot and firm apart; transfer, migration and unserved value to their own. None: idle pools, contracts, limits."
    )
    cash: AmountChange
    cash_by_year: list[AmountChange]
    change_at_least_usd: float = Field(description="The cheapest possible plans differ by no less (from both bounds).")
    change_at_most_usd: float = Field(description="The cheapest possible plans differ by no more.")


class Move(Record):
    """Quantity of a stream that left one pool and is served in another instead, in the same periods.

    In each period, what pools lost and what other pools gained is paired as far as both go; what is left over is
    growth or decline of the stream and no move. The largest leavers go to the largest arrivals
    (`router.difference.pairing`). `start` and `end` are of the first and last period with such a move.
    """

    workload: str
    stream: str
    from_pool: str
    to_pool: str
    start: date
    end: date
    unit_hours: float = Field(description="Workload's units times hours.")
    instance_hours_from: float = Field(description="What the quantity took in the pool that it left.")
    instance_hours_to: float
    usd_from: float = Field(description="Its share of the first plan's cost of the pool that it left.")
    usd_to: float = Field(description="Its share of the second plan's cost of the pool that it went to.")


class ServedChange(Record):
    """A stream of which more or less is served. Over the time that both plans share."""

    workload: str
    stream: str
    kind: ChangeKind
    start: date = Field(description="Of the first period that differs.")
    end: date
    unit_hours_before: float
    unit_hours_after: float
    then_unit_hours_before: float = Field(description="Of unit_hours_before, what lies between the two dates.")
    then_unit_hours_after: float
    usd_before: float = Field(description="Its share of the cost of the pools it is in.")
    usd_after: float

    @property
    def share(self) -> float | None:
        """What comes (below 0: goes) from start to end, of what was served in that time; None where nothing was."""
        before = self.then_unit_hours_before
        return self.then_unit_hours_after / before - 1.0 if before > 0 else None

    @property
    def quantity_usd(self) -> float:
        """What the quantity that came or went costs, at the average of the plan that serves more of it."""
        before, after = self.unit_hours_before, self.unit_hours_after
        usd = self.usd_after if after > before else self.usd_before
        return usd * (after - before) / max(before, after)


class RunChange(Record):
    """A training job whose run came, went, moved to another pool or changed otherwise."""

    workload: str
    kind: ChangeKind
    fields: list[str] = Field(description="What differs: pool, spot, start, end, accelerators, instances, hours.")
    before: RunRecord | None
    after: RunRecord | None
    usd_before: float = Field(description="Its share of the cost of its pool.")
    usd_after: float


class WindowChange(Record):
    """A commitment's window that came, went or changed. Matched by contract, commitment and start; else by overlap."""

    contract: str
    commitment: str
    kind: ChangeKind
    fields: list[str] = Field(description="What differs: dates, promise, drawdown, carried in and out, shortfall.")
    before: WindowRecord | None
    after: WindowRecord | None

    @property
    def shortfall_change_usd(self) -> float:
        """Change of the promise that is missed."""
        return _of(self.after, "shortfall_usd") - _of(self.before, "shortfall_usd")

    @property
    def paid_change_usd(self) -> float:
        """Change of what is paid for the shortfall."""
        return _of(self.after, "shortfall_paid_usd") - _of(self.before, "shortfall_paid_usd")

    @property
    def drawdown_change_usd(self) -> float:
        """Change of drawdown."""
        return _of(self.after, "drawdown_usd") - _of(self.before, "drawdown_usd")


class TierChange(Record):
    """A tier window that came, went or changed. Matched as commitment windows are."""

    contract: str
    kind: ChangeKind
    fields: list[str] = Field(description="What differs: dates, spend, level, credit.")
    before: TierRecord | None
    after: TierRecord | None

    @property
    def credit_change_usd(self) -> float:
        """Change of the credit; positive is cheaper."""
        return _of(self.after, "credit_usd") - _of(self.before, "credit_usd")


class ReservationChange(Record):
    """Instances of which more or fewer are reserved, of one pool, term, contract and start."""

    pool: str
    term_months: int
    contract: str | None
    start: date
    kind: ChangeKind
    instances_before: float
    instances_after: float
    usd_before: float = Field(
        description="Within the horizon, at the plan's average reservation price of pool and contract."
    )
    usd_after: float


class UnservedChange(Record):
    """Demand left out of a stream, or a training job (stream None), that came, went, grew, shrank or changed.

    `changed`: the same quantity at other times or of another value.
    """

    workload: str
    stream: str | None
    kind: ChangeKind
    start: date = Field(description="Of the first period that differs.")
    end: date
    quantity_hours_before: float = Field(description="Unit-hours; 1 for a job.")
    quantity_hours_after: float
    value_usd_before: float
    value_usd_after: float
    because_before: str | None = Field(description="What caused most of it.")
    because_after: str | None


class BreachChange(Record):
    """A limit that is no longer, newly, or otherwise broken. All of its breaches together."""

    limit: str
    kind: ChangeKind
    penalty_usd_before: float
    penalty_usd_after: float
    largest_before: float = Field(description="USD above a ceiling; accelerators or vCPUs outside a share.")
    largest_after: float
    words_before: str | None = Field(description="Of the largest.")
    words_after: str | None


class PlanDifference(Record):
    """What differs from one plan to another. Lists are in order of money, largest first, then of names.

    What is only the solver's rounding is no difference (`router.difference.tolerance`): quantities within a millionth
    of the stream's, contract amounts within a cent or a billionth. Costs are compared to the cent.
    """

    format: Literal["router-difference/1"] = "router-difference/1"
    before: ComparedPlan
    after: ComparedPlan
    horizon: HorizonChange
    cost: CostChange
    moves: list[Move]
    served: list[ServedChange]
    runs: list[RunChange]
    windows: list[WindowChange]
    tiers: list[TierChange]
    reservations: list[ReservationChange]
    unserved: list[UnservedChange]
    breaches: list[BreachChange]

    @property
    def is_empty(self) -> bool:
        """Whether the plans do and cost the same. Bounds, gaps and the scenario's name may differ."""
        cost = self.cost
        amounts = [cost.total, cost.cash, *cost.by_cause, *cost.by_provider, *cost.by_workload, *cost.cash_by_year]
        lists = (self.moves, self.served, self.runs, self.windows, self.tiers)
        more = (self.reservations, self.unserved, self.breaches)
        return (
            self.horizon.same_periods and not any(amount.change_usd for amount in amounts) and not any((*lists, *more))
        )


def _of(record: WindowRecord | TierRecord | None, field: str) -> float:
    return float(getattr(record, field)) if record is not None else 0.0
