"""Small random scenarios with every feature in odd places: dates off the period boundaries, cut windows, ramps."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from router.scenario.scenario import Scenario

START = date(2026, 1, 31)


def random_scenario(seed: int) -> Scenario:
    """The scenario of a seed: three providers, up to eight pools, three services, three jobs."""
    rng = random.Random(seed)
    data: dict[str, Any] = {
        "format": 1,
        "name": f"random {seed}",
        "horizon": _horizon(rng),
        "accelerators": {"chip": {}, "gpu": {}},
        "providers": {name: _provider(rng, name) for name in ("a", "b", "c")},
        "instance_types": {
            f"{name}-{kind}": {"provider": name, "vcpu": rng.choice([8, 96]), **more}
            for name in ("a", "b", "c")
            for kind, more in (
                ("gpu", {"accelerator": "gpu", "accelerators": rng.choice([4, 8, 72])}),
                ("cpu", {}),
            )
        },
        "whole_instances_up_to": rng.choice([0, 20, 1000]),
    }
    data["pools"] = {
        f"{name}-{kind}-{region}": {
            "provider": name,
            "region": f"{name}{region}",
            "instance_type": f"{name}-{kind}",
            "capacity": _steps(rng, 5, 30, whole=True),
            "spot_capacity": rng.choice([0, 3, {_day(rng).isoformat(): 4}]),
        }
        for name in ("a", "b", "c")
        for kind in ("gpu", "cpu")
        for region in (1, 2)
        if rng.random() < 0.7 or region == 1
    }
    data["contracts"] = {
        f"{name}{index}": _contract(rng, name)
        for name, index in (("a", 1), ("a", 2), ("b", 1), ("c", 1))
        if rng.random() < 0.8
    }
    data["offers"] = _offers(rng, data)
    data["workloads"] = _workloads(rng)
    data["limits"] = _limits(rng)
    return Scenario.model_validate(data)


def _day(rng: random.Random) -> date:
    return START + timedelta(days=rng.randint(-20, 250))


def _steps(rng: random.Random, low: float, high: float, whole: bool = False) -> Any:
    def value() -> float:
        return rng.randint(int(low), int(high)) if whole else round(rng.uniform(low, high), 3)

    if rng.random() < 0.5:
        return value()
    first = START - timedelta(days=rng.choice([0, 30, -40]))
    days = [first, *(_day(rng) for _ in range(2))]
    return {day.isoformat(): value() for day in sorted(set(days))}


def _horizon(rng: random.Random) -> dict[str, Any]:
    groups = rng.choice(
        [
            [("month", 4)],
            [("week", 2), ("month", 2), ("quarter", 1)],
            [("month", 3), ("quarter", 2)],
            [("day", 3), ("month", 2)],
            [("year", 2)],
        ]
    )
    return {
        "start": START.isoformat(),
        "periods": [{"every": every, "count": count} for every, count in groups],
        "slices": [
            {"name": "peak", "share_of_hours": 0.2, "demand_multiplier": 1.7},
            {"name": "base", "share_of_hours": 0.8, "demand_multiplier": 0.9},
        ],
        "discount_rate": rng.choice([0, 0.08]),
        "reservation_payments_after_horizon": rng.choice([0, 0.5, 1]),
    }


def _provider(rng: random.Random, name: str) -> dict[str, Any]:
    latency = {"us": rng.randint(10, 60), "eu": rng.randint(10, 120)}
    return {
        "egress_usd_per_gb": rng.choice([0, 0.05, 0.09]),
        "regions": {
            f"{name}1": {"geography": "us", "latency_ms": latency},
            f"{name}2": {"geography": "eu", "latency_ms": {"eu": 15}},
        },
    }


def _contract(rng: random.Random, provider: str) -> dict[str, Any]:
    start = START + timedelta(days=rng.randint(-300, 60))
    end = start + timedelta(days=rng.choice([100, 365, 800]))
    contract: dict[str, Any] = {"provider": provider, "start": start.isoformat(), "end": end.isoformat()}
    if rng.random() < 0.4:
        contract["eligible"] = {"accelerators": ["gpu"], "exclude": {"purchase_options": ["spot"]}}
    contract["discounts"] = [
        {"discount": 0.3, "applies_to": {"purchase_options": ["reserved"]}},
        {"discount": rng.choice([0.1, 0.2]), "applies_to": {"accelerators": ["gpu"]}},
    ]
    if rng.random() < 0.6:
        contract["tiers"] = {
            "method": rng.choice(["graduated", "all_units"]),
            "window": rng.choice(["contract_year", "calendar_year", "term"]),
            "levels": [
                {"from_usd": 20_000, "discount": 0.05},
                {"from_usd": 400_000, "discount": rng.choice([0.02, 0.12])},
            ],
        }
    commitments: dict[str, Any] = {}
    for name in ("first", "second")[: rng.randint(0, 2)]:
        commitments[name] = {
            "window": rng.choice(["contract_year", "calendar_year", "term"]),
            "amount_usd": rng.choice([50_000, 500_000, 5_000_000]),
            "shortfall_rate": rng.choice([1, 0.6]),
            "carry_forward": rng.choice([False, True, {"max_share": 0.1}]),
            **({"spent_to_date_usd": 30_000} if rng.random() < 0.5 and start < START < end else {}),
        }
    if rng.random() < 0.3:
        middle = start + (end - start) / 2
        commitments["dated"] = {
            "windows": [
                {"start": start.isoformat(), "end": middle.isoformat(), "amount_usd": 60_000},
                {"start": middle.isoformat(), "end": end.isoformat(), "amount_usd": 90_000},
            ],
            "carry_forward": True,
        }
    contract["commitments"] = commitments
    return contract


def _offers(rng: random.Random, data: dict[str, Any]) -> list[dict[str, Any]]:
    offers: list[dict[str, Any]] = []
    for name, instance in data["instance_types"].items():
        offer = {"provider": instance["provider"], "instance_type": name, "assumption": "random"}
        scale = instance.get("accelerators", 1)
        offers.append({**offer, "purchase_option": "on_demand", "usd_per_hour": _steps(rng, 2 * scale, 4 * scale)})
        if rng.random() < 0.7:
            spot = {"purchase_option": "spot", "interruption_rate": rng.choice([0, 0.05])}
            offers.append({**offer, **spot, "usd_per_hour": _steps(rng, 0.5 * scale, 2 * scale)})
        for term in (1, 12):
            if rng.random() < 0.6:
                reserved = {"purchase_option": "reserved", "term_months": term}
                offers.append({**offer, **reserved, "usd_per_hour": _steps(rng, scale, 3 * scale)})
        if rng.random() < 0.5:
            region = f"{instance['provider']}1"
            price = round(rng.uniform(2 * scale, 3 * scale), 3)
            limit = {"max_instances": _steps(rng, 1, 9, whole=True)} if rng.random() < 0.5 else {}
            offers.append({**offer, "region": region, "purchase_option": "on_demand", "usd_per_hour": price, **limit})
        for contract, terms in data["contracts"].items():
            if terms["provider"] == instance["provider"] and rng.random() < 0.5:
                own = {"purchase_option": "contract", "contract": contract, "max_instances": rng.randint(1, 12)}
                offers.append({**offer, **own, "usd_per_hour": _steps(rng, scale, 2 * scale)})
    return offers


def _demand(rng: random.Random, size: float) -> Any:
    early, late = START - timedelta(days=10), START + timedelta(days=70)
    return rng.choice(
        [
            size,
            {"start": size, "growth_per_year": 0.5},
            {"steps": {(START + timedelta(days=5)).isoformat(): size, late.isoformat(): size / 3}},
            {"points": {early.isoformat(): size, late.isoformat(): size * 2}},
        ]
    )


def _workloads(rng: random.Random) -> dict[str, Any]:
    def service(size: float, throughput: dict[str, float], value: float) -> dict[str, Any]:
        found: dict[str, Any] = {
            "unit": "units",
            "throughput": throughput,
            "value_of_unserved_usd_per_unit_hour": value,
            "streams": {
                "us": {"geography": "us", "demand": _demand(rng, size)},
                "eu": {
                    "geography": "eu",
                    "demand": _demand(rng, size / 2),
                    "residency": ["eu"],
                    "slice_multipliers": {"peak": 1, "base": 2},
                },
            },
            "egress_gb_per_unit_hour": rng.choice([0, 0.3]),
            "migration_usd_per_unit": rng.choice([0, 3]),
        }
        if rng.random() < 0.6:
            found["spot"] = {"max_share": rng.choice([0.3, 1]), "interruption_overhead_hours": rng.choice([0, 2])}
        if rng.random() < 0.5:
            found["survive_provider_loss"] = rng.choice([0.4, 0.8])
        if rng.random() < 0.3:
            found["max_latency_ms"] = 50
        return found

    chat = {"kind": "inference", **service(60, {"gpu": 1}, rng.choice([3, 30]))}
    agents = {"kind": "agents", **service(100, {"vcpu": 1, "b-cpu": 50}, 2)}
    agents["calls"] = [{"workload": "chat", "units_per_unit": 0.2, "gb_per_unit_hour": 0.1}]
    found = {"chat": chat, "agents": agents}
    for index in range(3):
        start = _day(rng)
        job: dict[str, Any] = {
            "kind": "training",
            "work": rng.randint(1000, 20000),
            "throughput": {"gpu": 1},
            "gangs": [{"accelerators": 8}, {"accelerators": 30, "efficiency": 0.9}],
            "earliest_start": (start - timedelta(days=30)).isoformat(),
            "deadline": (start + timedelta(days=rng.randint(20, 120))).isoformat(),
            "value_of_unserved_usd": rng.choice([10_000, 1_000_000]),
            "dataset": {"provider": "a", "gigabytes": 5000},
        }
        if rng.random() < 0.5:
            job["spot"] = {"interruption_overhead_hours": 1}
        found[f"job-{index}"] = job
    return found


def _limits(rng: random.Random) -> dict[str, Any]:
    limits: dict[str, Any] = {"cash": [], "provider_shares": {}}
    if rng.random() < 0.6:
        limits["cash"] = [
            {"year": 2026, "usd": rng.choice([200_000, 2_000_000]), "breach_penalty": 3},
            {"year": 2027, "usd": 1_000_000},
        ]
    if rng.random() < 0.6:
        limits["provider_shares"]["a.most"] = {
            "provider": "a",
            "max_share": 0.5,
            "start": _day(rng).isoformat(),
            "breach_penalty_usd_per_hour": rng.choice([0.1, 50]),
        }
        limits["provider_shares"]["b least"] = {"provider": "b", "measure": "vcpus", "min_share": 0.4}
    return limits
