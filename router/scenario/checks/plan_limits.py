"""Checks of the horizon and of limits over the whole plan."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from router.reading.key_path import KeyPath
from router.scenario.base import FIRST_DAY, LAST_DAY
from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import Names
from router.scenario.checks.span import MOST_PERIODS, MOST_YEARS, periods_of, years_of
from router.scenario.limits import ProviderShare
from router.scenario.scenario import Scenario

_ROUNDING = 1e-9


def horizon_findings(scenario: Scenario) -> Iterator[Finding]:
    """Mistakes in periods and slices."""
    horizon = scenario.horizon
    periods, years = periods_of(horizon), years_of(horizon)
    if periods > MOST_PERIODS:
        yield Finding(("horizon", "periods"), found=f"{periods} periods", expected=f"at most {MOST_PERIODS}", at="key")
    elif years > MOST_YEARS:
        yield Finding(("horizon", "periods"), found=f"{years:,.0f} years", expected=f"at most {MOST_YEARS}", at="key")
    total = math.fsum(part.share_of_hours for part in horizon.slices)
    if abs(total - 1.0) > _ROUNDING:
        yield Finding(
            ("horizon", "slices"),
            found=f"shares of hours that sum to {total:.10g}",
            expected="shares that sum to 1 (100 %)",
            at="key",
        )
    seen: set[str] = set()
    for index, part in enumerate(horizon.slices):
        if part.name in seen:
            yield Finding(
                ("horizon", "slices", index, "name"),
                found=f"a second slice {part.name!r}",
                expected="each name once",
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
    lost = _pools_are_lost(scenario, names)
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
        if limit.provider in names.providers and not lost:
            yield from _provider_has_measure(scenario, limit, path)
    if not lost:
        yield from _shares_together(scenario)


def _pools_are_lost(scenario: Scenario, names: Names) -> bool:
    """Whether pools were refused or name no provider, so that nothing can be said of what a provider has."""
    return (
        len(names.pools) > len(scenario.pools)
        or len(names.instance_types) > len(scenario.instance_types)
        or any(pool.provider not in names.providers for pool in scenario.pools.values())
    )


def _measured_providers(scenario: Scenario, measure: str) -> set[str]:
    """Providers with a pool that counts: accelerators are not measured where only CPUs are, and the other way."""
    providers = set()
    for pool in scenario.pools.values():
        kind = scenario.instance_types.get(pool.instance_type)
        if kind is None or (kind.accelerator is not None) == (measure == "accelerators"):
            providers.add(pool.provider)
    return providers


def _provider_has_measure(scenario: Scenario, limit: ProviderShare, path: KeyPath) -> Iterator[Finding]:
    if limit.min_share > 0 and limit.provider not in _measured_providers(scenario, limit.measure):
        what = "with accelerators" if limit.measure == "accelerators" else "without accelerators (vcpus count these)"
        yield Finding(
            (*path, "min_share"),
            found=f"{limit.min_share:g} of the {limit.measure} at {limit.provider}, which has no pool {what}",
            expected="0, or such a pool",
        )


def _shares_together(scenario: Scenario) -> Iterator[Finding]:
    """Bounds of several limits that contradict each other on some day; each contradiction is told once."""
    limits = scenario.limits.provider_shares
    told: set[tuple[str, str]] = set()
    for first, opening in limits.items():
        day = opening.start or FIRST_DAY
        active = {
            name: limit
            for name, limit in limits.items()
            if limit.measure == opening.measure and _lies_in(day, limit) and limit.min_share <= limit.max_share
        }
        if first not in active:
            continue
        path = ("limits", "provider_shares", first)
        smallest: dict[str, float] = {}
        largest: dict[str, float] = {}
        for limit in active.values():
            smallest[limit.provider] = max(smallest.get(limit.provider, 0.0), limit.min_share)
            largest[limit.provider] = min(largest.get(limit.provider, 1.0), limit.max_share)
        clash = [name for name in smallest if smallest[name] > largest[name]]
        measured = _measured_providers(scenario, opening.measure)
        most = math.fsum(largest.get(name, 1.0) for name in measured)
        least = math.fsum(smallest.values())
        if clash and ("clash", clash[0]) not in told:
            told.add(("clash", clash[0]))
            yield Finding(
                path,
                found=f"a smallest share of {clash[0]} of {smallest[clash[0]]:g} beside a largest of "
                f"{largest[clash[0]]:g}",
                expected="limits of a provider that can all be kept",
                at="key",
            )
        elif least > 1 + _ROUNDING and ("least", opening.measure) not in told:
            told.add(("least", opening.measure))
            yield Finding(
                (*path, "min_share"),
                found=f"smallest shares that sum to {least:.4g}",
                expected="at most 1 over all providers",
            )
        elif measured and most < 1 - _ROUNDING and ("most", opening.measure) not in told:
            told.add(("most", opening.measure))
            yield Finding(
                (*path, "max_share"),
                found=f"largest shares that sum to {most:.4g} over the providers with pools",
                expected="at least 1: something runs somewhere",
            )


def _lies_in(day: date, limit: ProviderShare) -> bool:
    return (limit.start or FIRST_DAY) <= day < (limit.end or LAST_DAY)
