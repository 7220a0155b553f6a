"""Checks of the horizon and of limits over the whole plan."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import Names
from router.scenario.scenario import Scenario

MOST_PERIODS = 5000
MOST_YEARS = 100


def horizon_findings(scenario: Scenario) -> Iterator[Finding]:
    """Mistakes in periods and slices."""
    horizon = scenario.horizon
    periods = sum(group.count for group in horizon.periods)
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
    years = sum(group.count * days[group.every] for group in horizon.periods) / 366
    if periods > MOST_PERIODS:
        yield Finding(("horizon", "periods"), found=f"{periods} periods", expected=f"at most {MOST_PERIODS}", at="key")
    if years > MOST_YEARS or horizon.start.year + years > 9000:
        yield Finding(("horizon", "periods"), found=f"{years:,.0f} years", expected=f"at most {MOST_YEARS}", at="key")
    total = math.fsum(part.share_of_hours for part in horizon.slices)
    if abs(total - 1.0) > 1e-9:
        yield Finding(
            ("horizon", "slices"),
            found=f"shares of hours that sum to {total:.6g}",
            expected="shares that sum to 1",
            at="key",
        )
    seen: set[str] = set()
    for index, part in enumerate(horizon.slices):
        if part.name in seen:
            yield Finding(
                ("horizon", "slices", index, "name"), found=f"a second slice {part.name!r}", expected="names once"
            )
        seen.add(part.name)


def limit_findings(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Mistakes and contradictions in limits."""
    years: set[int] = set()
    for index, ceiling in enumerate(scenario.limits.cash):
        if ceiling.year in years:
            yield Finding(
                ("limits", "cash", index, "year"),
                found=f"a second ceiling for {ceiling.year}",
                expected="one ceiling a year",
            )
        years.add(ceiling.year)
    smallest: dict[str, float] = defaultdict(float)
    for name, limit in scenario.limits.provider_shares.items():
        path = ("limits", "provider_shares", name)
        yield from unknown((*path, "provider"), limit.provider, names.providers, "provider")
        if limit.min_share > limit.max_share:
            yield Finding(
                (*path, "min_share"),
                found=f"{limit.min_share:g}",
                expected=f"at most max_share, {limit.max_share:g}",
            )
        if limit.start is not None and limit.end is not None and limit.end <= limit.start:
            yield Finding((*path, "end"), found=str(limit.end), expected=f"a day after the start, {limit.start}")
        if limit.start is None and limit.end is None:
            smallest[limit.measure] += limit.min_share
            if smallest[limit.measure] > 1 + 1e-9:
                yield Finding(
                    (*path, "min_share"),
                    found=f"smallest shares that sum to {smallest[limit.measure]:.4g}",
                    expected="at most 1 over all providers",
                )
