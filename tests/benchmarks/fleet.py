"""Generated supply: providers with regions, pools with ramps, offers of every kind, contracts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

START = date(2026, 1, 1)
GEOGRAPHIES = ("north-america", "europe", "asia", "gulf")
PROVIDERS = ("azure", "aws", "oracle", "gulf-cloud", "harbor", "meridian", "tundra", "basalt")
# USD per accelerator-hour on demand, units of work against an H100, accelerators and vCPUs of an instance.
ACCELERATORS: dict[str, tuple[float, float, int, int]] = {
    "h100": (3.1, 1.0, 8, 192),
    "gb200": (5.6, 2.5, 72, 2592),
    "h200": (3.7, 1.35, 8, 192),
    "gb300": (6.9, 3.3, 72, 2592),
    "mi300x": (2.7, 1.05, 8, 192),
    "trainium2": (1.6, 0.6, 16, 192),
}
CPU_TYPES: dict[str, tuple[int, float]] = {"cpu-general": (96, 0.041), "cpu-arm": (192, 0.034)}


@dataclass
class PoolPlan:
    """What the demand generator must know of a pool; ``level`` is the capacity by year."""

    name: str
    provider: str
    region: str
    geography: str
    accelerator: str
    units: float
    instances: list[int]
    spot: bool
    usd_per_hour: float
    accelerators: int


@dataclass
class Fleet:
    """The supply half of a scenario as plain data, and the pools' plans."""

    providers: dict[str, Any] = field(default_factory=dict)
    instance_types: dict[str, Any] = field(default_factory=dict)
    pools: dict[str, Any] = field(default_factory=dict)
    offers: list[dict[str, Any]] = field(default_factory=list)
    contracts: dict[str, Any] = field(default_factory=dict)
    plans: list[PoolPlan] = field(default_factory=list)
    years: int = 7


def build_fleet(rng: np.random.Generator, providers: int, pools: int, years: int, whole: bool) -> Fleet:
    """``pools`` pools over ``providers`` providers; small ones, in whole instances, where ``whole`` is set."""
    fleet = Fleet(years=years)
    names = [PROVIDERS[index % len(PROVIDERS)] for index in range(providers)]
    kinds = list(ACCELERATORS)[: 3 if pools < 12 else 6]
    cpus = list(CPU_TYPES)[: 1 if pools < 24 else 2]
    for name in names:
        fleet.providers[name] = {
            "egress_usd_per_gb": round(float(rng.uniform(0.02, 0.09)), 4),
            "regions": {},
        }
    # Round robin over providers, then over geographies and kinds, so that every size has some of each.
    for index in range(pools):
        provider = names[index % providers]
        turn = index // providers
        geography = GEOGRAPHIES[(index + turn) % (3 if pools < 12 else 4)]
        accelerator = "none" if turn % 3 == 2 else kinds[(turn + index) % len(kinds)]
        cpu = cpus[turn % len(cpus)]
        _add_pool(fleet, rng, provider, geography, accelerator, cpu, turn, whole)
    _add_contracts(fleet, rng, names)
    return fleet


def _add_pool(
    fleet: Fleet,
    rng: np.random.Generator,
    provider: str,
    geography: str,
    accelerator: str,
    cpu: str,
    turn: int,
    whole: bool,
) -> None:
    region = f"{provider}-{geography}-{turn // len(GEOGRAPHIES) + 1}"
    if region not in fleet.providers[provider]["regions"]:
        far = {
            other: int(20 if other == geography else 90 + 60 * abs(GEOGRAPHIES.index(other) - place))
            for place in [GEOGRAPHIES.index(geography)]
            for other in GEOGRAPHIES
        }
        fleet.providers[provider]["regions"][region] = {"geography": geography, "latency_ms": far}
    if accelerator == "none":
        count, (vcpu, rate) = 0, CPU_TYPES[cpu]
        usd, units, label = vcpu * rate, float(vcpu), cpu
    else:
        price, speed, count, vcpu = ACCELERATORS[accelerator]
        usd, units, label = price * count, speed * count, accelerator
    kind = f"{provider}-{label}"
    if kind not in fleet.instance_types:
        entry: dict[str, Any] = {"provider": provider, "vcpu": vcpu}
        if count:
            entry |= {"accelerator": accelerator, "accelerators": count}
        fleet.instance_types[kind] = entry
    usd *= float(rng.uniform(0.88, 1.12))
    size = rng.uniform(8, 30) if whole else rng.uniform(0.6, 1.8) * (40_000 / usd)
    levels = [max(2, int(size * (1 + 0.45 * year * rng.uniform(0.6, 1.4)))) for year in range(fleet.years)]
    levels = sorted(levels)
    name = f"{region}-{label}"
    suffix = 2
    while name in fleet.pools:
        name, suffix = f"{region}-{label}-{suffix}", suffix + 1
    has_spot = bool(rng.random() < 0.55)
    month = int(rng.integers(1, 12))
    steps = {START: levels[0]}
    steps |= {date(START.year + year, month, 15): levels[year] for year in range(1, fleet.years)}
    pool: dict[str, Any] = {
        "provider": provider,
        "region": region,
        "instance_type": kind,
        "capacity": steps,
    }
    if has_spot:
        pool["spot_capacity"] = max(1, int(levels[0] * rng.uniform(0.15, 0.3)))
    fleet.pools[name] = pool
    fleet.plans.append(PoolPlan(name, provider, region, geography, accelerator, units, levels, has_spot, usd, count))
    _add_offers(fleet, rng, fleet.plans[-1], kind)


def _add_offers(fleet: Fleet, rng: np.random.Generator, plan: PoolPlan, kind: str) -> None:
    here = {
        "provider": plan.provider,
        "region": plan.region,
        "instance_type": kind,
        "assumption": "generated",
    }
    if any(offer.items() >= here.items() for offer in fleet.offers):
        return
    falls = rng.uniform(0.86, 0.97)

    def falling(usd: float) -> dict[date, float]:
        return {date(START.year + year, 1, 1): round(float(usd * falls**year), 4) for year in range(fleet.years)}

    fleet.offers.append({**here, "purchase_option": "on_demand", "usd_per_hour": falling(plan.usd_per_hour)})
    if plan.spot:
        fleet.offers.append(
            {
                **here,
                "purchase_option": "spot",
                "usd_per_hour": falling(plan.usd_per_hour * rng.uniform(0.35, 0.6)),
                "interruption_rate": round(float(rng.uniform(0.002, 0.03)), 4),
            }
        )
    for months, share in ((12, 0.74), (36, 0.55)):
        if months <= 12 * fleet.years and rng.random() < 0.6:
            fleet.offers.append(
                {
                    **here,
                    "purchase_option": "reserved",
                    "term_months": months,
                    "usd_per_hour": falling(plan.usd_per_hour * share * rng.uniform(0.95, 1.05)),
                }
            )
    if plan.provider in PROVIDERS[:3] and rng.random() < 0.6:
        fleet.offers.append(
            {
                **here,
                "purchase_option": "contract",
                "contract": f"{plan.provider}-main",
                "usd_per_hour": falling(plan.usd_per_hour * rng.uniform(0.6, 0.8)),
                "max_instances": max(1, int(plan.instances[0] * rng.uniform(0.4, 0.9))),
            }
        )


def _yearly_spend(fleet: Fleet, provider: str, year: int) -> float:
    return sum(
        plan.instances[year] * plan.usd_per_hour * 0.9**year * 8766 * 0.62
        for plan in fleet.plans
        if plan.provider == provider
    )


def _add_contracts(fleet: Fleet, rng: np.random.Generator, names: list[str]) -> None:
    years = fleet.years
    for place, provider in enumerate(names[:3]):
        begin = date(START.year, [1, 1, 4][place], 1)
        end = date(begin.year + years - (1 if place == 2 and years > 2 else 0), begin.month, 1)
        count = end.year - begin.year
        spend = [_yearly_spend(fleet, provider, min(year, years - 1)) for year in range(count)]
        contract: dict[str, Any] = {
            "provider": provider,
            "start": begin,
            "end": end,
            "discounts": [
                {"discount": 0.09, "applies_to": {"purchase_options": ["on_demand"]}},
                {"discount": 0.04, "applies_to": {"purchase_options": ["spot", "reserved"]}},
            ],
        }
        if provider == "aws":
            contract["eligible"] = {"exclude": {"accelerators": ["trainium2"]}}
        if place == 0:
            commitment: dict[str, Any] = {
                "window": "contract_year",
                "amount_usd": [float(round(usd * rng.uniform(0.55, 1.1))) for usd in spend],
                "carry_forward": {"max_share": 0.25},
            }
        elif place == 1:
            commitment = {"window": "term", "amount_usd": float(round(sum(spend) * 0.8))}
        else:
            commitment = {
                "window": "contract_year",
                "amount_usd": [float(round(usd * rng.uniform(0.7, 1.15))) for usd in spend],
                "carry_forward": True,
            }
        contract["commitments"] = {"spend": commitment}
        fleet.contracts[f"{provider}-main"] = contract
    # A second contract of the first provider, for CPUs: the plan chooses where such spend is billed.
    fleet.contracts[f"{names[0]}-cpu"] = {
        "provider": names[0],
        "start": date(START.year, 7, 1),
        "end": date(START.year + max(1, years - 2), 7, 1),
        "eligible": {"accelerators": ["none"], "purchase_options": ["on_demand", "reserved"]},
        "discounts": [{"discount": 0.12}],
        "commitments": {
            "growth": {
                "window": "calendar_year",
                "amount_usd": float(round(0.15 * _yearly_spend(fleet, names[0], 0))),
                "shortfall_rate": 0.8,
            }
        },
    }
