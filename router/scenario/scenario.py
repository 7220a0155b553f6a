"""The root of a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Name, NonNegative, Part
from router.scenario.contract import Contract
from router.scenario.horizon import Horizon
from router.scenario.limits import Limits
from router.scenario.offer import Offer, Pool, SourceEntry
from router.scenario.provider import Accelerator, InstanceType, Provider
from router.scenario.workload import Workload


class Scenario(Part):
    """Everything a plan is made from."""

    format: Literal[1] = Field(description="Version of the scenario format.")
    name: Name
    description: str | None = None
    horizon: Horizon
    sources: dict[Name, SourceEntry] = {}
    accelerators: dict[Name, Accelerator] = {}
    providers: Annotated[dict[Name, Provider], Field(min_length=1)]
    instance_types: Annotated[dict[Name, InstanceType], Field(min_length=1)]
    pools: Annotated[dict[Name, Pool], Field(min_length=1)]
    offers: Annotated[list[Offer], Field(min_length=1)]
    contracts: dict[Name, Contract] = {}
    workloads: Annotated[dict[Name, Workload], Field(min_length=1)]
    limits: Limits = Limits()
    whole_instances_up_to: NonNegative = Field(
        default=100.0,
        description="Pools never larger than this are rented in whole instances; larger ones continuously.",
    )
