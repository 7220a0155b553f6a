"""What someone chose to see of allocations, and those of the last few plans, gathered once each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.view.allocations import WORKLOAD_POOL, Allocations, Measure, allocations
from router.view.pivot import Pivot, Place, RowKey

_PLACES, _MEASURES = tuple(Place), tuple(Measure)
_KEPT = 4


@dataclass(frozen=True)
class AllocationChoice:
    """The rows, what their cells count, and the groups that are folded."""

    pivot: Pivot = WORKLOAD_POOL
    measure: Measure = Measure.UNITS
    folded: frozenset[RowKey] = frozenset()

    def by_next_place(self) -> AllocationChoice:
        """Pools gathered in the next way."""
        place = _PLACES[(_PLACES.index(self.pivot.place) + 1) % len(_PLACES)]
        return self.with_pivot(replace(self.pivot, place=place))

    def by_streams(self) -> AllocationChoice:
        """Streams apart, or together as their workload."""
        return self.with_pivot(replace(self.pivot, by_stream=not self.pivot.by_stream))

    def turned(self) -> AllocationChoice:
        """Places above workloads, or workloads above places."""
        return self.with_pivot(replace(self.pivot, places_first=not self.pivot.places_first))

    def by_pool(self) -> AllocationChoice:
        """Pools as the first rows."""
        return self.with_pivot(Pivot(Place.POOL, self.pivot.by_stream, places_first=True))

    def with_pivot(self, pivot: Pivot) -> AllocationChoice:
        """Other rows, none of them folded."""
        return replace(self, pivot=pivot, folded=frozenset())

    def by_next_measure(self) -> AllocationChoice:
        """The next thing to count."""
        return self.with_measure((_MEASURES.index(self.measure) + 1) % len(_MEASURES))

    def with_measure(self, at: int) -> AllocationChoice:
        """The thing to count at a position of `measure_titles`."""
        return replace(self, measure=_MEASURES[at])

    def with_fold(self, group: RowKey) -> AllocationChoice:
        """A group folded, or unfolded where it is."""
        return replace(self, folded=self.folded ^ {group})

    def with_all_folded(self, groups: Collection[RowKey]) -> AllocationChoice:
        """All groups folded, or none where all are."""
        return replace(self, folded=frozenset() if self.folded.issuperset(groups) else frozenset(groups))

    @property
    def titles(self) -> tuple[tuple[str, ...], int]:
        """What can be counted, and which of it is."""
        return tuple(measure.value for measure in _MEASURES), _MEASURES.index(self.measure)


class KnownAllocations:
    """Of the last few plans and pivots."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Pivot], Allocations] = {}

    def of(self, plan: Plan, scenario: Scenario, pivot: Pivot) -> Allocations:
        """The allocations of a plan. Where the plan is known by another pivot, its scenario is taken from there:
        the plan before an edit is of the scenario before it."""
        key = id(plan), pivot
        mine = next((each for each in self._known.values() if each.plan is plan), None)
        known = self._known.pop(key, None)
        if known is None or known.plan is not plan:
            known = allocations(plan, scenario if mine is None else mine.scenario, pivot)
        self._known[key] = known
        while len(self._known) > _KEPT:
            self._known.pop(next(iter(self._known)))
        return known
