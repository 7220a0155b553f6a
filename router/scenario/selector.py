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

    providers: Names | None = None
    regions: Names | None = None
    geographies: Names | None = None
    accelerators: Names | None = Field(default=None, description="Accelerator kinds; `none` means CPU only.")
    instance_types: Names | None = None
    pools: Names | None = None
    purchase_options: Annotated[list[PurchaseOption], Field(min_length=1)] | None = None
    exclude: Selector | None = None
