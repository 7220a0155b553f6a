"""The plan: the answer in domain words. `plan.json` is this, field by field."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from router.scenario.selector import PurchaseOption


class Record(BaseModel):
    """Base of every record of a plan: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ScenarioReference(Record):
    """The scenario a plan answers."""

    name: str
    sha256: str = Field(description="SHA-256 of the checked scenario's canonical JSON (includes merged).")


class SolveRecord(Record):
    """How the plan was found and how good it is proved to be."""

    status: Literal["optimal", "feasible"] = Field(description="optimal: within the gap asked for.")
    cost_usd: float = Field(description="The bill's discounted total: what the plan minimises.")
    lower_bound_usd: float = Field(description="No plan costs less (discounted).")
    gap: float = Field(description="(cost - bound) / |cost|.")
    gap_asked: float
    closed_by: str = Field(description="Which stage reached the gap, or what stopped the search.")
    columns: int
    rows: int
    nonzeros: int
    integer_columns: int
    threads: int


class PeriodRecord(Record):
    """One period. `end` is the first day after it."""

    index: int
    start: date
    end: date
    hours: float
    slice_hours: dict[str, float]
    discount_factor: float


class ServingRecord(Record):
    """Units of a stream provisioned in a pool."""

    workload: str
    stream: str
    pool: str
    period: int
    slice: str
    spot: bool
    quantity: float
    instances: float


class RunRecord(Record):
    """A training job's run. Holds `instances` from first to last period, pays for `hours`."""

    workload: str
    pool: str
    spot: bool
    accelerators: int
    instances: int
    first_period: int
    last_period: int
    start: date
    end: date = Field(description="The day on which it ends.")
    hours: float


class RentalRecord(Record):
    """Instances rented on a billing line (on_demand, contract or spot)."""

    pool: str
    purchase_option: PurchaseOption
    contract: str | None
    period: int
    slice: str
    instances: float


class ReservationRecord(Record):
    """Instances reserved from the start of a period."""

    pool: str
    term_months: int
    contract: str | None
    first_period: int
    start: date
    end: date
    instances: float


class LocalCallsRecord(Record):
    """Calls of an agent stream answered within the provider it runs at (units of the called demand)."""

    workload: str
    stream: str
    calls: str
    provider: str
    period: int
    slice: str
    quantity: float


class WindowRecord(Record):
    """A commitment's window: what was promised, drawn down, carried and missed."""

    contract: str
    commitment: str
    start: date
    end: date
    counted_from: date = Field(description="First day of the window that the plan counts.")
    counted_to: date = Field(description="First day after the window or the horizon.")
    full_promise_usd: float
    promise_usd: float = Field(description="Prorated by days where the horizon cuts the window.")
    spent_to_date_usd: float
    drawdown_usd: float
    carried_in_usd: float
    carried_out_usd: float
    shortfall_usd: float
    shortfall_paid_usd: float
    settled_in_period: int
    met_on: date | None = Field(description="Day on which drawdown reaches the promise, if it does.")


class TierRecord(Record):
    """A tier window: spend, the level reached and the credit."""

    contract: str
    start: date
    end: date
    spend_usd: float
    level: int = Field(description="Index of the level reached; -1 below the first.")
    credit_usd: float
    settled_in_period: int


class UnservedRecord(Record):
    """Demand left out: of a stream, or a training job as a whole (stream, slice None)."""

    workload: str
    stream: str | None
    period: int
    slice: str | None
    quantity: float
    demand: float
    value_usd: float
    because: str = Field(description="The limit that caused it, in words.")


class BreachRecord(Record):
    """A limit that the plan does not keep."""

    limit: str = Field(description="Key path of the limit in the scenario, such as limits.cash[0].")
    period: int | None
    slice: str | None
    amount: float = Field(description="USD above a ceiling; accelerators or vCPUs outside a share.")
    words: str


class BillCategory(StrEnum):
    """Categories of cost, as docs/model.md section 6 defines them."""

    USAGE = "usage"
    RESERVATION = "reservation"
    RESERVATION_AFTER_HORIZON = "reservation_after_horizon"
    SHORTFALL = "shortfall"
    TIER_CREDIT = "tier_credit"
    DATA_TRANSFER = "data_transfer"
    MIGRATION = "migration"
    UNSERVED = "unserved"
    BREACH = "breach"


NOT_CASH = frozenset({BillCategory.RESERVATION_AFTER_HORIZON, BillCategory.UNSERVED, BillCategory.BREACH})
"""Categories that are not paid to anyone within the horizon."""


class BillLine(Record):
    """One line of the bill.

    `item` names what is billed: a pool for usage and reservations, `workload/stream` for transfer to users,
    calls, migration and unserved demand, the workload for a dataset or an unserved job, `contract/commitment` for a
    shortfall, the contract for a tier credit, the limit's key path for a breach.
    """

    period: int
    category: BillCategory
    provider: str | None
    item: str
    purchase_option: PurchaseOption | None = None
    contract: str | None = None
    quantity: float = Field(description="In `unit`.")
    unit: str = Field(description="instance-hours, GB, units, unit-hours, USD, jobs, accelerator-hours, vcpu-hours.")
    usd_per_unit: float
    amount_usd: float = Field(description="Rounded to cents; negative for a credit.")


class Totals(Record):
    """Sums of the bill. All but `cost_usd` are undiscounted."""

    cost_usd: float = Field(description="Discounted, with unserved value and breaches.")
    cash_usd: float = Field(description="What is paid within the horizon.")
    by_category_usd: dict[str, float]
    by_provider_usd: dict[str, float] = Field(description="Cash by provider; `-` where there is none.")
    cash_by_year_usd: dict[str, float] = Field(description="As the cash ceilings count it.")


class AuditRecord(Record):
    """What the second opinion said when the plan was made."""

    passed: bool
    checks: int
    differences: list[str]


class Plan(Record):
    """The answer to a scenario."""

    format: Literal["router-plan/1"] = "router-plan/1"
    router_version: str
    scenario: ScenarioReference
    solve: SolveRecord
    periods: list[PeriodRecord]
    totals: Totals
    windows: list[WindowRecord]
    tiers: list[TierRecord]
    runs: list[RunRecord]
    reservations: list[ReservationRecord]
    unserved: list[UnservedRecord]
    breaches: list[BreachRecord]
    notes: list[str] = Field(
        description="What a reader must know: disabled workloads, prorated windows, what is whole."
    )
    serving: list[ServingRecord]
    rentals: list[RentalRecord]
    local_calls: list[LocalCallsRecord]
    bill: list[BillLine]
    audit: AuditRecord | None = None
