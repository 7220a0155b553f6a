"""Providers, their regions, accelerators and instance types."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from router.scenario.base import Count, Name, NonNegative, Positive, Sourced, Text, WholeNumber


class Region(Sourced):
    """A region of a provider: the geography it lies in and how far users are."""

    geography: Name = Field(description="Where it lies, as streams and residency name it: us, eu.")
    latency_ms: dict[Name, NonNegative] = Field(
        default={}, description="Round trip in milliseconds from users of each geography."
    )


class Provider(Sourced):
    """A cloud: its regions and what leaving it costs."""

    title: Text | None = Field(default=None, description="Name in reports.")
    regions: Annotated[dict[Name, Region], Field(min_length=1)] = Field(description="Regions by name.")
    egress_usd_per_gb: NonNegative = Field(
        default=0.0, description="USD per gigabyte that leaves the provider (to users or to another provider)."
    )


class Accelerator(Sourced):
    """An accelerator kind: GPU, TPU or custom chip."""

    vendor: Text | None = Field(default=None, description="Who makes it.")
    memory_gib: Positive | None = Field(default=None, description="Memory of one, in GiB.")
    dense_bf16_tflops: Positive | None = Field(
        default=None, description="Peak dense BF16 TFLOPS of one, for readers; throughput is stated by workload."
    )


class InstanceType(Sourced):
    """What a provider rents as one unit: a server, or a whole rack."""

    provider: Name = Field(description="Who rents it out.")
    accelerator: Name | None = Field(default=None, description="The kind; left out for CPU only.")
    accelerators: Annotated[WholeNumber, Field(ge=0, le=1_000_000)] = Field(default=0, description="How many it has.")
    vcpu: Count = Field(description="Virtual CPUs.")
    memory_gib: Positive | None = Field(default=None, description="Main memory in GiB.")
