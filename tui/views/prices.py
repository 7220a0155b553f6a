"""Prices by offer and period."""

from __future__ import annotations

from router.view.grid import Grid
from router.view.price_grid import price_grid
from router.workspace.shown import Shown
from tui.actions.structure import StructureActions
from tui.views.editing import EDITING_HELP, EditingView


class PricesView(StructureActions, EditingView):
    """What an instance-hour costs, before a contract's discounts."""

    COLLECTION = "offers"
    HELP = f"# Prices\n\nUSD per instance-hour of each offer, before a contract's discounts.\n{EDITING_HELP}"

    def make_grid(self, shown: Shown) -> Grid:
        """Of the scenario as edited."""
        return price_grid(shown.scenario, self.router.letters)

    def saved_grid(self) -> Grid:
        """Of the file."""
        return price_grid(self.router.workspace.saved_scenario, self.router.letters)
