"""How much of what is provisioned stands by for the loss of a provider."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray
from router.plan.document import Plan
from router.problem.calendar import build_calendar
from router.problem.reuse import Reuse
from router.problem.streams import build_streams
from router.scenario.scenario import Scenario
from router.view.pivot import LEFT_OUT, Member


@dataclass(frozen=True)
class Standby:
    """Demand and what is provisioned beyond it: averages over the hours of a period, (T,), in the workload's unit."""

    demand: FloatArray
    beyond: FloatArray


class StandbyBook:
    """Standby of the workloads of a plan that must survive the loss of a provider."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self._of_streams: dict[Member, Standby] = {}
        calendar = build_calendar(scenario.horizon)
        asked = {
            name: workload
            for name, workload in scenario.workloads.items()
            if workload.enabled and getattr(workload, "survive_provider_loss", None)
        }
        if not asked or len(plan.periods) != calendar.periods:
            return
        streams = build_streams(Reuse(), asked, scenario.horizon.slices, calendar)
        row_of = {pair: row for row, pair in enumerate(zip(streams.workloads, streams.streams, strict=True))}
        part_of = {name: at for at, name in enumerate(calendar.slices)}
        provisioned = np.zeros_like(streams.demand)
        for record in plan.serving:
            row, part = row_of.get((record.workload, record.stream)), part_of.get(record.slice)
            if row is not None and part is not None:
                provisioned[row, record.period, part] += record.quantity
        share = calendar.slice_hours / calendar.slice_hours.sum(axis=1, keepdims=True)
        # Slice by slice: what one has too much of is no use to another.
        beyond = (np.maximum(0.0, provisioned - streams.demand) * share).sum(axis=2)
        demand = (streams.demand * share).sum(axis=2)
        self._of_streams = {pair: Standby(demand[row], beyond[row]) for pair, row in row_of.items()}

    def of(self, demand: Member) -> Standby | None:
        """Of a workload, or of its stream; None where it need not survive the loss of a provider."""
        mine = [each for pair, each in self._of_streams.items() if demand != LEFT_OUT and pair[: len(demand)] == demand]
        if not mine:
            return None
        return Standby(np.sum([each.demand for each in mine], axis=0), np.sum([each.beyond for each in mine], axis=0))
