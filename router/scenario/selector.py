"""Selectors: which pools and purchase options something applies to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from router.scenario.base import Name, Part

PurchaseOption = Literal["on_demand", "spot", "reserved", "contract"]


class Selector(Part):
    """Every key given must match (any of its names); a key left out matches everything.

    `exclude` takes away what it matches.
    """

    providers: list[Name] | None = None
    regions: list[Name] | None = None
    geographies: list[Name] | None = None
    accelerators: list[Name] | None = Field(default=None, description="Accelerator kinds; `none` means CPU only.")
    instance_types: list[Name] | None = None
    pools: list[Name] | None = None
    purchase_options: list[PurchaseOption] | None = None
    exclude: Selector | None = None
