"""Valid scenarios, drawn: as the values that a YAML file holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]

names = st.from_regex(r"[A-Za-z][A-Za-z0-9._/ -]{0,10}[a-z0-9]", fullmatch=True) | st.sampled_from(
    ["p5.48xlarge", "no", "1e9", "2026-01-01", "true", "Süd"]
)
numbers = st.one_of(
    st.integers(0, 10**12),
    st.floats(0, 1e12, allow_nan=False),
    st.sampled_from(["38 B", "$1.5 M", "250 k", "1_000", "7,500"]),
)
positive = st.one_of(st.integers(1, 10**9), st.floats(1e-6, 1e9), st.sampled_from(["10 M", "2.5 k"]))
shares = st.one_of(st.floats(0.0, 1.0), st.sampled_from(["5 %", "12.5%", "100 %"]))
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
steps = st.one_of(numbers, st.dictionaries(days, numbers, min_size=1, max_size=3))
demands = st.one_of(
    numbers,
    st.fixed_dictionaries({"points": st.dictionaries(days, numbers, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"steps": st.dictionaries(days, numbers, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"start": numbers, "growth_per_year": st.one_of(st.floats(-0.9, 9), st.just("40 %"))}),
)
texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=15)


@st.composite
def selectors(draw: st.DrawFn, known: dict[str, list[str]]) -> Data:
    """Selectors of names that exist."""
    keys = draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=2))
    selector: Data = {key: draw(st.lists(st.sampled_from(known[key]), min_size=1, max_size=2)) for key in keys}
    if draw(st.booleans()):
        selector["exclude"] = {"pools": draw(st.lists(st.sampled_from(known["pools"]), min_size=1, max_size=1))}
    return selector


@st.composite
def horizons(draw: st.DrawFn) -> Data:
    """Horizons of up to 30 periods with one or two slices."""
    every = st.sampled_from(["day", "week", "month", "quarter", "year"])
    group = st.fixed_dictionaries({"every": every, "count": st.integers(1, 10)})
    peak = draw(st.integers(1, 99))
    slices = [
        {"name": "peak", "share_of_hours": f"{peak} %", "demand_multiplier": draw(st.floats(0, 5))},
        {"name": "base", "share_of_hours": (100 - peak) / 100},
    ]
    horizon: Data = {"start": draw(days), "periods": draw(st.lists(group, min_size=1, max_size=3)), "slices": slices}
    if draw(st.booleans()):
        horizon |= {"discount_rate": draw(shares), "reservation_payments_after_horizon": draw(shares)}
    return horizon


@st.composite
def contracts(draw: st.DrawFn, provider: str, known: dict[str, list[str]]) -> Data:
    """Contracts with discounts, tiers and one commitment."""
    start = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    end = start.replace(year=start.year + draw(st.integers(1, 5)), day=min(start.day, 28))
    kind = st.sampled_from(["contract_year", "calendar_year", "term"])
    carry = st.one_of(st.booleans(), st.fixed_dictionaries({"max_share": st.sampled_from(["25 %", 0.1, 2])}))
    levels = [{"from_usd": usd, "discount": draw(st.floats(-0.5, 0.9))} for usd in draw(st.sampled_from([[0], [5, 9]]))]
    window: Data = {"start": start, "end": end, "amount_usd": draw(numbers)}
    return {
        "provider": provider,
        "start": start,
        "end": end,
        "eligible": draw(selectors(known)),
        "discounts": [{"discount": draw(shares.filter(lambda share: share not in (1.0, "100 %")))}],
        "tiers": {"method": draw(st.sampled_from(["graduated", "all_units"])), "window": draw(kind), "levels": levels},
        "commitments": {
            "main": {"window": draw(kind), "amount_usd": draw(numbers), "carry_forward": draw(carry)},
            "dated": {"windows": [window], "shortfall_rate": draw(shares)},
        },
        "assumption": draw(texts),
    }


@st.composite
def scenarios(draw: st.DrawFn) -> Data:
    """Scenarios in which every part of the format may appear."""
    providers = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    regions = {name: f"{name}-region" for name in providers}
    kinds = {name: f"{name}-kind" for name in providers}
    pools = {f"{name}-pool": name for name in providers}
    known = {
        "providers": providers,
        "regions": list(regions.values()),
        "geographies": ["us"],
        "accelerators": ["chip", "none"],
        "instance_types": list(kinds.values()),
        "pools": list(pools),
    }
    capacity = {name: draw(steps) for name in pools}
    contract_of = {f"{name}-contract": name for name in providers if draw(st.booleans())}
    chips = draw(st.integers(1, 72))
    stream = {
        "geography": draw(st.sampled_from(["us", "asia"])),
        "demand": draw(demands),
        "slice_multipliers": {"peak": draw(st.floats(0, 9)), "base": draw(st.sampled_from(["90 %", 1]))},
        "residency": ["us"],
        "max_latency_ms": draw(positive),
    }
    serving: Data = {
        "unit": draw(texts),
        "enabled": draw(st.booleans()),
        "eligible": draw(selectors(known)),
        "throughput": {draw(st.sampled_from(["chip", "vcpu", *kinds.values()])): draw(positive)},
        "value_of_unserved_usd_per_unit_hour": draw(numbers),
        "streams": {"one": stream, "two": {"geography": "us", "demand": draw(demands)}},
        "spot": {"max_share": draw(shares), "interruption_overhead_hours": draw(numbers)},
        "survive_provider_loss": draw(shares),
        "egress_gb_per_unit_hour": draw(numbers),
    }
    horizon = draw(horizons())
    job: Data = {
        "kind": "training",
        "enabled": draw(st.booleans()),
        "work": draw(positive),
        "throughput": {"chip": draw(positive)},
        "gangs": [{"accelerators": "16 k", "efficiency": "90 %"}, {"accelerators": draw(st.integers(1, 999))}],
        "earliest_start": horizon["start"],
        "deadline": date(2051, 1, 1),
        "value_of_unserved_usd": draw(numbers),
        "dataset": {"provider": providers[0], "gigabytes": draw(numbers)},
    }
    call = {"workload": "chat", "units_per_unit": draw(positive), "gb_per_unit_hour": draw(numbers)}
    return {
        "format": 1,
        "name": draw(names),
        "horizon": horizon,
        "sources": {"list": {"title": draw(texts), "retrieved": draw(days)}},
        "accelerators": {"chip": {"memory_gib": draw(positive)}},
        "providers": {
            name: {
                "regions": {region: {"geography": "us", "latency_ms": {"us": 1, "asia": draw(numbers)}}},
                "egress_usd_per_gb": draw(numbers),
            }
            for name, region in regions.items()
        },
        "instance_types": {
            kind: {"provider": name, "accelerator": "chip", "accelerators": chips, "vcpu": 8}
            for name, kind in kinds.items()
        },
        "pools": {
            pool: {
                "provider": name,
                "region": regions[name],
                "instance_type": kinds[name],
                "capacity": capacity[pool],
                "spot_capacity": capacity[pool],
                "whole_instances": draw(st.sampled_from([True, False, "auto"])),
            }
            for pool, name in pools.items()
        },
        "offers": [
            {
                "provider": name,
                "region": draw(st.sampled_from([region, "any"])),
                "instance_type": kinds[name],
                "usd_per_hour": draw(numbers),
                "source": "list",
                "as_of": draw(days),
                **option,
            }
            for name, region in regions.items()
            for option in (
                {"purchase_option": "on_demand", "max_instances": draw(steps)},
                {"purchase_option": "spot", "interruption_rate": draw(numbers)},
                {"purchase_option": "reserved", "term_months": draw(st.integers(1, 60))},
            )
        ],
        "contracts": {name: draw(contracts(provider, known)) for name, provider in contract_of.items()},
        "workloads": {
            "chat": {**serving, "kind": "inference"},
            "bots": {**serving, "kind": "agents", "calls": [call], "migration_usd_per_unit": draw(numbers)},
            "train": job,
        },
        "limits": {
            "cash": [{"year": 2030, "usd": draw(numbers), "breach_penalty": draw(positive)}],
            "provider_shares": {"first": {"provider": providers[0], "min_share": draw(shares)}},
        },
        "whole_instances_up_to": draw(numbers),
    }
