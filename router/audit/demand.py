"""Demand met or declared unserved, with any one provider lost too, and the share on spot."""

from __future__ import annotations

import numpy as np

from router.audit.decisions import Decisions
from router.audit.facts import Facts
from router.audit.report import Ledger


def check_demand(facts: Facts, decisions: Decisions, ledger: Ledger) -> None:
    """demand_met, survive_provider_loss, spot_share; unserved is what these leave and no more."""
    for index, stream in enumerate(facts.streams):
        demand = stream.demand
        by_provider = decisions.provided[index]
        provided = by_provider.sum(axis=0)
        unserved = decisions.unserved[index]
        scale = np.maximum(np.abs(provided), demand)

        def where(period: int, part: int, label: str = stream.label) -> str:
            return f"{label}, {facts.place(period, part)}"

        ledger.at_least("demand_met", provided + unserved, demand, where, scale)
        missing = np.maximum(0.0, demand - provided)
        share = stream.workload.survive_provider_loss
        if share is not None:
            for name in sorted({facts.scenario.pools[pool].provider for pool in stream.firm}):
                outside = provided - by_provider[facts.provider_index[name]]

                def without(period: int, part: int, label: str = stream.label, lost: str = name) -> str:
                    return f"{label} without {lost}, {facts.place(period, part)}"

                ledger.at_least("survive_provider_loss", outside + unserved, share * demand, without, scale)
                missing = np.maximum(missing, share * demand - outside)
        ledger.at_most("unserved_quantity", unserved, missing, where, scale, "what is missing, no more than")

        spot_limit = stream.workload.spot.max_share * demand if stream.workload.spot else 0.0 * demand
        ledger.at_most("spot_share", decisions.spot[index], spot_limit, where, scale)
