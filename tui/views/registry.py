"""The app's views: their names, their letters, and where each is found, so that none is imported before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from tui.views.view import View


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """``letter``: the key after `g` that goes there. ``short``: the tab's title where room is short."""

    name: str
    letter: str
    title: str
    short: str
    what: str
    kind: str

    @property
    def module(self) -> str:
        """Where its class is."""
        return f"tui.views.{self.name.replace('-', '_')}"

    def make(self) -> View:
        """The view itself, imported now."""
        return cast("type[View]", getattr(import_module(self.module), self.kind))(id=f"view-{self.name}")


VIEWS: tuple[ViewEntry, ...] = (
    ViewEntry("overview", "o", "Overview", "Over", "cost, contracts, what is left out", "OverviewView"),
    ViewEntry("demand", "d", "Demand", "Dem", "edit workloads period by period", "DemandView"),
    ViewEntry("capacity", "c", "Capacity", "Cap", "edit pools; how full they are", "CapacityView"),
    ViewEntry("prices", "p", "Prices", "Price", "edit prices", "PricesView"),
    ViewEntry("contracts", "k", "Contracts", "Contr", "edit promises; burn-down", "ContractsView"),
    ViewEntry("allocations", "a", "Allocations", "Alloc", "who runs where", "AllocationsView"),
    ViewEntry("timeline", "t", "Timeline", "Time", "training runs over pools", "TimelineView"),
    ViewEntry("bill", "b", "Bill", "Bill", "every line of cost", "BillView"),
    ViewEntry("why", "w", "Why", "Why", "why here, what else it would cost", "WhyView"),
    ViewEntry("what-ifs", "i", "What-ifs", "What", "switch what-ifs on and off, compare them", "WhatIfsView"),
    ViewEntry("compare", "m", "Compare", "Cmp", "two plans side by side", "CompareView"),
    ViewEntry("changes", "h", "Changes", "Chg", "what was edited since saved", "ChangesView"),
    ViewEntry("log", "l", "Log", "Log", "what the solver does", "LogView"),
)


def view_entry(name: str) -> ViewEntry:
    """The view of a name. Raises KeyError."""
    for entry in VIEWS:
        if entry.name == name:
            return entry
    raise KeyError(name)
