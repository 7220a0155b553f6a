"""What several suspicions need: which pools a workload may use, what they cost, when they exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from router.scenario.checks.names import NO_ACCELERATOR, VCPU
from router.scenario.checks.prices import offers_of
from router.scenario.dates import period_boundaries
from router.scenario.offer import Offer, Pool
from router.scenario.scenario import Scenario
from router.scenario.selector import PurchaseOption, Selector
from router.scenario.series import Steps
from router.scenario.workload import Serving, Stream, Training


@dataclass(frozen=True)
class Facts:
    """A checked scenario with its horizon's dates and each pool's offers looked up once."""

    scenario: Scenario

    @cached_property
    def boundaries(self) -> list[date]:
        """First days of the periods, and the first day after the horizon."""
        return period_boundaries(self.scenario.horizon)

    @property
    def start(self) -> date:
        """First day of the horizon."""
        return self.boundaries[0]

    @property
    def end(self) -> date:
        """First day after the horizon."""
        return self.boundaries[-1]

    @cached_property
    def offers(self) -> dict[str, list[Offer]]:
        """Each pool's offers, whether its price exists within the horizon or not."""
        return {name: offers_of(pool, self.scenario) for name, pool in self.scenario.pools.items()}

    def exists(self, offer: Offer) -> bool:
        """Whether an offer has a price in any period."""
        prices = offer.usd_per_hour
        if isinstance(prices, Mapping) and min(prices) > self.boundaries[-2]:
            return False
        contract = self.scenario.contracts.get(offer.contract or "")
        return contract is None or self.overlaps(contract.start, contract.end)

    def overlaps(self, start: date, end: date) -> bool:
        """Whether the dates share a day with the horizon."""
        return start < self.end and end > self.start

    def largest(self, steps: Steps) -> float:
        """The largest value within the horizon."""
        if not isinstance(steps, Mapping):
            return steps
        days = sorted(steps)
        holds = [day for day, following in zip(days, [*days[1:], self.end], strict=True) if following > self.start]
        return max((steps[day] for day in holds if day < self.end), default=0.0)

    def matches(self, selector: Selector, name: str, option: PurchaseOption | None = None) -> bool:
        """Whether a selector matches a pool (and purchase option, where one is given)."""
        pool = self.scenario.pools[name]
        kind = self.scenario.instance_types[pool.instance_type]
        region = self.scenario.providers[pool.provider].regions[pool.region]
        for names, value in (
            (selector.providers, pool.provider),
            (selector.regions, pool.region),
            (selector.geographies, region.geography),
            (selector.accelerators, kind.accelerator or NO_ACCELERATOR),
            (selector.instance_types, pool.instance_type),
            (selector.pools, name),
        ):
            if names is not None and value not in names:
                return False
        if option is not None and selector.purchase_options is not None and option not in selector.purchase_options:
            return False
        return selector.exclude is None or not self.matches(selector.exclude, name, option)

    def units(self, workload: Training | Serving, pool: Pool) -> float:
        """Units of a workload per instance of a pool, 0 where it has none."""
        kind = self.scenario.instance_types[pool.instance_type]
        table = workload.throughput
        if pool.instance_type in table:
            return table[pool.instance_type]
        if kind.accelerator is not None:
            return table.get(kind.accelerator, 0.0) * kind.accelerators
        return table.get(VCPU, 0.0) * kind.vcpu

    def allows(self, workload: Serving, stream: Stream, pool: Pool) -> bool:
        """Whether residency and latency let a stream be served in a pool."""
        region = self.scenario.providers[pool.provider].regions[pool.region]
        residency = stream.residency if stream.residency is not None else workload.residency
        if residency is not None and region.geography not in residency:
            return False
        latency = stream.max_latency_ms if stream.max_latency_ms is not None else workload.max_latency_ms
        return latency is None or region.latency_ms.get(stream.geography, latency + 1) <= latency
