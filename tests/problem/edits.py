"""Random edits of a scenario, of everything that the format has, each leaving a scenario that passes the checks."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from router.scenario.checks.every import findings
from router.scenario.scenario import Scenario
from tests.problem.grafting import graft

Part = dict[str, Any]
Edit = Callable[[Part, random.Random], None]


def edited(scenario: Scenario, rng: random.Random) -> Scenario:
    """The scenario after a random edit; the same scenario where it would not pass the checks."""
    return applied(rng.choice(EDITS), scenario, rng)


def applied(edit: Edit, scenario: Scenario, rng: random.Random) -> Scenario:
    """The scenario after an edit; the same scenario where it would not pass the checks."""
    data = scenario.model_dump()
    try:
        edit(data, rng)
        after = Scenario.model_validate(data)
    except (ValidationError, IndexError):
        return scenario
    return scenario if any(findings(after)) else graft(scenario, after)


def _of_kind(data: Part, *kinds: str) -> list[Part]:
    return [workload for workload in data["workloads"].values() if workload["kind"] in kinds]


def _service(data: Part, rng: random.Random) -> Part:
    return rng.choice(_of_kind(data, "inference", "agents"))


def _stream(data: Part, rng: random.Random) -> Part:
    found: Part = rng.choice(list(_service(data, rng)["streams"].values()))
    return found


def _job(data: Part, rng: random.Random) -> Part:
    return rng.choice(_of_kind(data, "training"))


def _contract(data: Part, rng: random.Random) -> Part:
    found: Part = rng.choice(list(data["contracts"].values()))
    return found


def _commitment(data: Part, rng: random.Random) -> Part:
    found: Part = rng.choice(
        [made for contract in data["contracts"].values() for made in contract["commitments"].values()]
    )
    return found


def _scaled(value: Any, factor: float) -> Any:
    if isinstance(value, dict):
        return {key: _scaled(part, factor) for key, part in value.items()}
    return value * factor


def _moved(day: date, rng: random.Random) -> date:
    return day + timedelta(days=rng.choice([-200, -31, -1, 1, 45, 400]))


def _periods(data: Part) -> int:
    return sum(group["count"] for group in data["horizon"]["periods"])


def _reordered(mapping: Part, rng: random.Random) -> Part:
    names = list(mapping)
    rng.shuffle(names)
    return {name: mapping[name] for name in names}


def demand_scaled(data: Part, rng: random.Random) -> None:
    stream = _stream(data, rng)
    factor = rng.choice([0.0, 0.97, 1.02, 3.0])
    demand = stream["demand"]
    if isinstance(demand, float):
        stream["demand"] = demand * factor
    elif "points" in demand or "steps" in demand:
        stream["demand"] = _scaled(demand, factor)
    elif "values" in demand:
        demand["values"][rng.randrange(len(demand["values"]))] *= factor
    else:
        demand["start"] *= factor


def demand_as_values(data: Part, rng: random.Random) -> None:
    values = [rng.choice([0.0, 5.0, 40.0]) for _ in range(_periods(data))]
    _stream(data, rng)["demand"] = {"values": values}


def stream_rules(data: Part, rng: random.Random) -> None:
    stream = _stream(data, rng)
    names = [part["name"] for part in data["horizon"]["slices"]]
    stream["slice_multipliers"] = rng.choice([None, {name: rng.choice([0.0, 0.5, 1.5]) for name in names}])
    stream["max_latency_ms"] = rng.choice([None, 20.0, 90.0])
    stream["residency"] = rng.choice([None, ["eu"], ["us", "eu"]])


def service_figures(data: Part, rng: random.Random) -> None:
    figures: list[tuple[str, list[Any]]] = [
        ("value_of_unserved_usd_per_unit_hour", [0.0, 7.0, 500.0]),
        ("survive_provider_loss", [None, 0.3, 1.0]),
        ("egress_gb_per_unit_hour", [0.0, 0.7]),
        ("migration_usd_per_unit", [0.0, 9.0]),
        ("spot", [None, {"max_share": 0.4, "interruption_overhead_hours": 3.0}, {"max_share": 0.0}]),
    ]
    key, values = rng.choice(figures)
    _service(data, rng)[key] = rng.choice(values)


def throughput(data: Part, rng: random.Random) -> None:
    workload = rng.choice(list(data["workloads"].values()))
    name = rng.choice(list(workload["throughput"]))
    workload["throughput"][name] *= rng.choice([0.5, 1.1])


def eligibility(data: Part, rng: random.Random) -> None:
    workload = rng.choice(list(data["workloads"].values()))
    workload["eligible"] = rng.choice([{}, {"providers": [rng.choice(list(data["providers"]))]}])


def called_traffic(data: Part, rng: random.Random) -> None:
    call = rng.choice([call for agents in _of_kind(data, "agents") for call in agents["calls"]])
    call["gb_per_unit_hour"] = rng.choice([0.0, 0.2, 4.0])
    call["units_per_unit"] *= 1.5


def job_dates(data: Part, rng: random.Random) -> None:
    job = _job(data, rng)
    key = rng.choice(["earliest_start", "deadline"])
    job[key] = _moved(job[key], rng)


def job_size(data: Part, rng: random.Random) -> None:
    job = _job(data, rng)
    job["work"] *= rng.choice([0.3, 1.0, 4.0])
    job["gangs"] = rng.choice([job["gangs"][:1], [*job["gangs"], {"accelerators": rng.choice([4, 16, 64])}]])
    job["value_of_unserved_usd"] *= 1.5


def job_data(data: Part, rng: random.Random) -> None:
    job = _job(data, rng)
    job["spot"] = rng.choice([None, {"interruption_overhead_hours": 2.0}])
    job["dataset"] = rng.choice([None, {"provider": rng.choice(list(data["providers"])), "gigabytes": 900.0}])


def workload_copied(data: Part, rng: random.Random) -> None:
    name = rng.choice(list(data["workloads"]))
    data["workloads"][f"{name}+{rng.randrange(1000)}"] = deepcopy(data["workloads"][name])


def stream_copied(data: Part, rng: random.Random) -> None:
    service = _service(data, rng)
    name = rng.choice(list(service["streams"]))
    service["streams"][f"{name}+{rng.randrange(1000)}"] = deepcopy(service["streams"][name])


def workload_removed(data: Part, rng: random.Random) -> None:
    del data["workloads"][rng.choice(list(data["workloads"]))]


def price(data: Part, rng: random.Random) -> None:
    offer = rng.choice(data["offers"])
    offer["usd_per_hour"] = _scaled(offer["usd_per_hour"], rng.choice([0.0, 0.9, 1.01, 25.0]))


def offer_dated(data: Part, rng: random.Random) -> None:
    start = data["horizon"]["start"]
    offer = rng.choice(data["offers"])
    offer["usd_per_hour"] = {_moved(start, rng): 3.5, start + timedelta(days=60): 4.0}


def offer_limit(data: Part, rng: random.Random) -> None:
    offer = rng.choice(data["offers"])
    offer["max_instances"] = rng.choice([None, 3.0, {data["horizon"]["start"]: 2.0}])
    if offer["purchase_option"] == "spot":
        offer["interruption_rate"] = rng.choice([0.0, 0.02])


def offer_removed(data: Part, rng: random.Random) -> None:
    del data["offers"][rng.randrange(len(data["offers"]))]


def offers_reordered(data: Part, rng: random.Random) -> None:
    rng.shuffle(data["offers"])


def offer_for_a_region(data: Part, rng: random.Random) -> None:
    offer = deepcopy(rng.choice(data["offers"]))
    offer["region"] = rng.choice(list(data["providers"][offer["provider"]]["regions"]))
    offer["usd_per_hour"] = 2.25
    data["offers"].insert(rng.randint(0, len(data["offers"])), offer)


def capacity(data: Part, rng: random.Random) -> None:
    pool = rng.choice(list(data["pools"].values()))
    start = data["horizon"]["start"]
    pool["capacity"] = rng.choice(
        [_scaled(pool["capacity"], rng.choice([0.0, 0.5, 1.3])), {start: 4.0, start + timedelta(days=50): 9.0}]
    )
    pool["spot_capacity"] = rng.choice([pool["spot_capacity"], 0.0, 2.0])
    pool["whole_instances"] = rng.choice([True, False, "auto", "auto"])


def pool_copied(data: Part, rng: random.Random) -> None:
    name = rng.choice(list(data["pools"]))
    data["pools"][f"{name}+{rng.randrange(1000)}"] = deepcopy(data["pools"][name])


def pool_removed(data: Part, rng: random.Random) -> None:
    del data["pools"][rng.choice(list(data["pools"]))]


def places(data: Part, rng: random.Random) -> None:
    provider = rng.choice(list(data["providers"].values()))
    provider["egress_usd_per_gb"] = rng.choice([0.0, 0.04])
    region = rng.choice(list(provider["regions"].values()))
    region["latency_ms"] = {"us": 15.0, "eu": rng.choice([10.0, 80.0])}
    rng.choice(list(data["instance_types"].values()))["vcpu"] = rng.choice([16, 64])


def commitment_size(data: Part, rng: random.Random) -> None:
    commitment = _commitment(data, rng)
    if commitment["windows"]:
        commitment["windows"][0]["amount_usd"] *= rng.choice([0.5, 1.1])
    else:
        commitment["amount_usd"] *= rng.choice([0.5, 1.1])
    commitment["shortfall_rate"] = rng.choice([0.0, 0.5, 1.0])
    commitment["carry_forward"] = rng.choice([True, False, {"max_share": 0.2}])


def contract_dates(data: Part, rng: random.Random) -> None:
    contract = _contract(data, rng)
    key = rng.choice(["start", "end"])
    contract[key] = _moved(contract[key], rng)


def contract_terms(data: Part, rng: random.Random) -> None:
    contract = _contract(data, rng)
    contract["eligible"] = rng.choice([{}, {"exclude": {"purchase_options": ["spot"]}}])
    contract["discounts"] = rng.choice([[], [{"discount": rng.choice([-0.1, 0.15])}]])
    levels = [{"from_usd": 0.0, "discount": 0.02}, {"from_usd": 60_000.0, "discount": rng.choice([0.01, 0.1])}]
    contract["tiers"] = rng.choice([None, {"method": rng.choice(["graduated", "all_units"]), "levels": levels}])


def contract_removed(data: Part, rng: random.Random) -> None:
    name = rng.choice(list(data["contracts"]))
    del data["contracts"][name]
    data["offers"] = [offer for offer in data["offers"] if offer["contract"] != name]


def contract_copied(data: Part, rng: random.Random) -> None:
    name = rng.choice(list(data["contracts"]))
    data["contracts"][f"{name}+{rng.randrange(1000)}"] = deepcopy(data["contracts"][name])


def horizon(data: Part, rng: random.Random) -> None:
    part = data["horizon"]
    rng.choice(part["periods"])["count"] += rng.choice([-1, 1])
    part["discount_rate"] = rng.choice([0.0, 0.05])
    part["reservation_payments_after_horizon"] = rng.choice([0.0, 0.5])


def slices(data: Part, rng: random.Random) -> None:
    part = rng.choice(data["horizon"]["slices"])
    part["demand_multiplier"] = rng.choice([0.0, 1.0, 1.25])


def cash(data: Part, rng: random.Random) -> None:
    year = data["horizon"]["start"].year
    ceiling = {"year": year, "usd": rng.choice([1e5, 1e6]), "breach_penalty": rng.choice([2.0, 10.0])}
    data["limits"]["cash"] = rng.choice([[], [ceiling]])


def shares(data: Part, rng: random.Random) -> None:
    share = {"provider": rng.choice(list(data["providers"])), "max_share": rng.choice([0.5, 1.0]), "min_share": 0.1}
    data["limits"]["provider_shares"] = rng.choice([{}, {"share": share}])


def whole_instances(data: Part, rng: random.Random) -> None:
    data["whole_instances_up_to"] = rng.choice([0.0, 8.0, 1000.0])


def reordered(data: Part, rng: random.Random) -> None:
    key = rng.choice(["workloads", "pools", "contracts", "providers"])
    data[key] = _reordered(data[key], rng)
    for contract in data["contracts"].values():
        contract["commitments"] = _reordered(contract["commitments"], rng)


def title(data: Part, rng: random.Random) -> None:
    rng.choice(list(data["workloads"].values()))["title"] = f"title {rng.randrange(9)}"


def enabled(data: Part, rng: random.Random) -> None:
    workload = rng.choice(list(data["workloads"].values()))
    workload["enabled"] = not workload["enabled"]


EDITS: list[Edit] = [
    demand_scaled,
    demand_as_values,
    stream_rules,
    service_figures,
    throughput,
    eligibility,
    called_traffic,
    job_dates,
    job_size,
    job_data,
    workload_copied,
    stream_copied,
    workload_removed,
    price,
    offer_dated,
    offer_limit,
    offer_removed,
    offers_reordered,
    offer_for_a_region,
    capacity,
    pool_copied,
    pool_removed,
    places,
    commitment_size,
    contract_dates,
    contract_terms,
    contract_removed,
    contract_copied,
    horizon,
    slices,
    cash,
    shares,
    whole_instances,
    reordered,
    title,
    enabled,
]
