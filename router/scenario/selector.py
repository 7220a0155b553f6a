"""Selectors: which pools and purchase options something applies to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from router.scenario.base import Name, Part

PurchaseOption = Literal["on_demand", "spot", "reserved", "contract"]

Names = Annotated[list[Name], Field(min_length=1)]


class Selector(Part):
    """Every key given must match (any of its names); a key left out matches everything.

    `exclude` takes away what it matches.
    """

    providers: Names | None = Field(default=None, description="Any of these.")
    regions: Names | None = Field(default=None, description="Any of these.")
    geographies: Names | None = Field(default=None, description="Any of these, of the region.")
    accelerators: Names | None = Field(default=None, description="Accelerator kinds; `none` means CPU only.")
    instance_types: Names | None = Field(default=None, description="Any of these.")
    pools: Names | None = Field(default=None, description="Any of these.")
    purchase_options: Annotated[list[PurchaseOption], Field(min_length=1)] | None = Field(
        default=None, description="Any of these; only in contracts."
    )
    exclude: Selector | None = Field(default=None, description="What this matches is taken away.")
