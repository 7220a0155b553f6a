"""The root of a scenario file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from router.reading.problems import Mistake
from router.scenario.base import Name, NonNegative, Part, Text
from router.scenario.contract import Contract
from router.scenario.horizon import Horizon
from router.scenario.limits import Limits
from router.scenario.offer import Offer, Pool, SourceEntry
from router.scenario.provider import Accelerator, InstanceType, Provider
from router.scenario.workload import Workload


def _known_format(value: Any) -> Any:
    if value != 1 or isinstance(value, bool):
        raise Mistake("1, the version of the scenario format that this router reads")
    return value


class Scenario(Part):
    """Everything a plan is made from."""

    format: Annotated[Literal[1], BeforeValidator(_known_format)] = Field(description="Version of the scenario format.")
    name: Name = Field(description="Name in plans and reports.")
    description: Text | None = Field(default=None, description="For readers.")
    horizon: Horizon = Field(description="The planned time.")
    sources: dict[Name, SourceEntry] = Field(default={}, description="Where figures are published, by id.")
    accelerators: dict[Name, Accelerator] = Field(default={}, description="Accelerator kinds by name.")
    providers: Annotated[dict[Name, Provider], Field(min_length=1)] = Field(description="Clouds by name.")
    instance_types: Annotated[dict[Name, InstanceType], Field(min_length=1)] = Field(
        description="What is rented as one unit, by name."
    )
    pools: Annotated[dict[Name, Pool], Field(min_length=1)] = Field(description="Capacity by name.")
    offers: Annotated[list[Offer], Field(min_length=1)] = Field(description="Prices.")
    contracts: dict[Name, Contract] = Field(default={}, description="Contracts by name.")
    workloads: Annotated[dict[Name, Workload], Field(min_length=1)] = Field(description="What has to run, by name.")
    limits: Limits = Field(default=Limits(), description="Over the whole plan.")
    whole_instances_up_to: NonNegative = Field(
        default=100.0,
        description="Pools never larger than this are rented in whole instances; larger ones continuously.",
    )
