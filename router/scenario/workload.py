"""Workloads: training jobs, inference services and agent fleets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import (
    Count,
    Day,
    Factor,
    Name,
    NonNegative,
    Part,
    Positive,
    PositiveShare,
    Share,
    Sourced,
    Text,
)
from router.scenario.selector import Names, Selector
from router.scenario.series import Series

Throughput = Annotated[dict[Name, Positive], Field(min_length=1)]
"""What one accelerator, vCPU or instance does, by accelerator kind, `vcpu` or instance type.

An instance type's own entry (per instance) comes before its accelerator kind's (per accelerator) and,
for an instance type without accelerators, `vcpu` (per vCPU). Pools for which there is none are not eligible.
"""


class SpotUse(Part):
    """How far a workload may run on spot, and what an interruption costs it."""

    max_share: Share = Field(default=1.0, description="Share of the demand that spot may serve.")
    interruption_overhead_hours: NonNegative = Field(
        default=0.0, description="Work lost per interruption, in instance-hours."
    )


class Dataset(Part):
    """Data that a training job reads once, and the provider where it lies."""

    provider: Name
    gigabytes: NonNegative


class Gang(Part):
    """A number of accelerators that train together, and how well they scale."""

    accelerators: Count
    efficiency: PositiveShare = Field(default=1.0, description="Throughput over that of as many working alone.")


class Training(Sourced):
    """A training job: done by one run, in one pool, without a break, or unserved."""

    kind: Literal["training"]
    title: Text | None = None
    eligible: Selector = Selector()
    work: Positive = Field(description="Units of work, such as H100-hours.")
    throughput: Throughput = Field(description="Units of work per hour.")
    gangs: Annotated[list[Gang], Field(min_length=1)]
    earliest_start: Day = Field(description="The run starts at the start of a period on or after this day.")
    deadline: Day = Field(description="The run must end on or before the start of this day.")
    value_of_unserved_usd: NonNegative
    spot: SpotUse | None = None
    dataset: Dataset | None = None


class Stream(Part):
    """A part of a workload with a demand series of its own."""

    geography: Name
    demand: Series
    slice_multipliers: dict[Name, Factor] | None = Field(
        default=None, description="Instead of the horizon's demand multipliers."
    )
    residency: Names | None = Field(
        default=None, description="Geographies it must be served in; instead of the workload's."
    )
    max_latency_ms: Positive | None = Field(default=None, description="Instead of the workload's.")


class Serving(Sourced):
    """What inference and agents have in common: streams served in any number of pools at once."""

    title: Text | None = None
    unit: Text = Field(description="The unit of demand, such as `M tokens/s` or `agents`.")
    eligible: Selector = Selector()
    throughput: Throughput = Field(description="Units of demand served at once.")
    value_of_unserved_usd_per_unit_hour: NonNegative
    streams: Annotated[dict[Name, Stream], Field(min_length=1)]
    spot: SpotUse | None = None
    residency: Names | None = Field(default=None, description="Geographies it must be served in; left out: anywhere.")
    max_latency_ms: Positive | None = Field(default=None, description="Round trip from its users, milliseconds.")
    survive_provider_loss: Share | None = Field(
        default=None, description="Share of demand still served when any one provider is lost."
    )
    egress_gb_per_unit_hour: NonNegative = Field(default=0.0, description="Traffic to users.")
    migration_usd_per_unit: NonNegative = Field(
        default=0.0, description="Cost of moving one unit of demand from one pool to another."
    )


class Inference(Serving):
    """An inference service."""

    kind: Literal["inference"]


class Call(Part):
    """Calls of an agent fleet to an inference service."""

    workload: Name
    units_per_unit: Positive = Field(description="Units of the inference demand that one unit of agents causes.")
    gb_per_unit_hour: NonNegative = Field(
        description="Gigabytes per unit of inference demand and hour; charged as egress where they cross providers."
    )


class Agents(Serving):
    """A fleet of CPU agents."""

    kind: Literal["agents"]
    calls: list[Call] = []


Workload = Annotated[Training | Inference | Agents, Field(discriminator="kind")]
