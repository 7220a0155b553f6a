"""Workloads: training jobs, inference services and agent fleets."""

from __future__ import annotations

from collections.abc import Mapping
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
    TrueOrFalse,
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

    provider: Name = Field(description="Where it lies.")
    gigabytes: NonNegative = Field(description="Size; charged as egress where the run is elsewhere.")


class Gang(Part):
    """A number of accelerators that train together, and how well they scale."""

    accelerators: Count = Field(description="How many train together.")
    efficiency: PositiveShare = Field(default=1.0, description="Throughput over that of as many working alone.")


class Training(Sourced):
    """A training job: done by one run, in one pool, without a break, or unserved."""

    kind: Literal["training"] = Field(description="A training job.")
    title: Text | None = Field(default=None, description="Name in reports.")
    enabled: TrueOrFalse = Field(default=True, description="false: stays in the file, but is not planned.")
    eligible: Selector = Field(
        default=Selector(), description="Pools it may run in; left out: all for which it has a throughput."
    )
    work: Positive = Field(description="Units of work, such as H100-hours.")
    throughput: Throughput = Field(description="Units of work per hour.")
    gangs: Annotated[list[Gang], Field(min_length=1)] = Field(description="Sizes it may run in; the plan takes one.")
    earliest_start: Day = Field(description="The run starts at the start of a period on or after this day.")
    deadline: Day = Field(description="The run must end on or before the start of this day.")
    value_of_unserved_usd: NonNegative = Field(description="What leaving the job out costs.")
    spot: SpotUse | None = Field(default=None, description="Left out: never on spot.")
    dataset: Dataset | None = Field(default=None, description="Data that it reads once.")


class Stream(Part):
    """A part of a workload with a demand series of its own."""

    geography: Name = Field(description="Where its users are.")
    demand: Series = Field(
        description="Number, `points`, `steps`, `values`, or `start` and `growth_per_year`, in the unit."
    )
    slice_multipliers: dict[Name, Factor] | None = Field(
        default=None, description="Instead of the horizon's demand multipliers."
    )
    residency: Names | None = Field(
        default=None, description="Geographies it must be served in; instead of the workload's."
    )
    max_latency_ms: Positive | None = Field(default=None, description="Instead of the workload's.")


class Serving(Sourced):
    """What inference and agents have in common: streams served in any number of pools at once."""

    title: Text | None = Field(default=None, description="Name in reports.")
    enabled: TrueOrFalse = Field(default=True, description="false: stays in the file, but is not planned.")
    unit: Text = Field(description="The unit of demand, such as `M tokens/s` or `agents`.")
    eligible: Selector = Field(
        default=Selector(), description="Pools it may run in; left out: all for which it has a throughput."
    )
    throughput: Throughput = Field(description="Units of demand served at once.")
    value_of_unserved_usd_per_unit_hour: NonNegative = Field(description="What an hour without one unit costs.")
    streams: Annotated[dict[Name, Stream], Field(min_length=1)] = Field(
        description="Parts with a demand of their own, by name."
    )
    spot: SpotUse | None = Field(default=None, description="Left out: never on spot.")
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

    kind: Literal["inference"] = Field(description="An inference service.")


class Call(Part):
    """Calls of an agent fleet to an inference service."""

    workload: Name = Field(description="Name of the inference workload.")
    units_per_unit: Positive = Field(description="Units of the inference demand that one unit of agents causes.")
    gb_per_unit_hour: NonNegative = Field(
        description="Gigabytes per unit of inference demand and hour; charged as egress where they cross providers."
    )


class Agents(Serving):
    """A fleet of CPU agents."""

    kind: Literal["agents"] = Field(description="A fleet of CPU agents.")
    calls: list[Call] = Field(default=[], description="Inference that the agents call.")


Workload = Annotated[Training | Inference | Agents, Field(discriminator="kind")]


def enabled_workloads(workloads: Mapping[str, Workload]) -> dict[str, Workload]:
    """The workloads that are planned, in file order."""
    return {name: workload for name, workload in workloads.items() if workload.enabled}


def disabled_workloads(workloads: Mapping[str, Workload]) -> tuple[str, ...]:
    """Names of the workloads that stay in the file without being planned, in file order."""
    return tuple(name for name, workload in workloads.items() if not workload.enabled)
