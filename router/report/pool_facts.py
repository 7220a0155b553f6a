"""What a report says about a pool: where it is and what one of its instances holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from router.scenario.scenario import Scenario
    from router.scenario.series import Steps

CPU = "CPU"
"""The kind of an instance type without accelerators."""

NOT_KNOWN = "not in the scenario"


@dataclass(frozen=True)
class PoolFacts:
    """A pool with what its instance type holds, per instance."""

    pool: str
    provider: str
    region: str
    instance_type: str
    kind: str
    accelerators: int
    vcpu: int


class PoolBook:
    """Facts of all pools of a scenario, by name; a pool that it does not know gets facts that say so."""

    def __init__(self, scenario: Scenario) -> None:
        self._facts: dict[str, PoolFacts] = {}
        for name, pool in scenario.pools.items():
            held = scenario.instance_types.get(pool.instance_type)
            counted = held is not None and held.accelerators > 0
            self._facts[name] = PoolFacts(
                pool=name,
                provider=pool.provider,
                region=pool.region,
                instance_type=pool.instance_type,
                kind=(held.accelerator or CPU) if held is not None and counted else CPU,
                accelerators=held.accelerators if held is not None else 0,
                vcpu=held.vcpu if held is not None else 0,
            )

    def __getitem__(self, pool: str) -> PoolFacts:
        known = self._facts.get(pool)
        return known or PoolFacts(pool, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, 0, 0)


def least_value(steps: Steps, start: date, end: date) -> float:
    """The smallest value of steps on any day from `start` up to `end`; 0 before the first date.

    This is how docs/model.md section 1 reads a capacity.
    """
    if not isinstance(steps, dict):
        return float(steps)
    within = [value for day, value in steps.items() if start < day < end]
    before = max((day for day in steps if day <= start), default=None)
    return min([steps[before] if before is not None else 0.0, *within])
