"""Realistic scenarios of any size: `python -m tests.benchmarks.generate --columns 25000 --out FILE.yaml`.

The same seed and size give the same file. The count of the model's columns (docs/model.md section 4) lands
near the one asked for, by the number of pools, streams and training jobs.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tests.benchmarks.demand import Service, services, training_job, with_demand
from tests.benchmarks.fleet import ACCELERATORS, START, Fleet, build_fleet

SLICES = (("peak", 0.3, 1.25), ("base", 0.7, 0.9))


@dataclass(frozen=True)
class Shape:
    """What the size asked for implies."""

    groups: list[dict[str, Any]]
    periods: int
    months: int
    providers: int
    pools: int
    run_share: float


def shape_for(columns: int) -> Shape:
    """The horizon and fleet of a scenario of a size."""
    if columns < 6_000:
        monthly, quarterly = 6, 6
    elif columns < 60_000:
        monthly, quarterly = 24, 20
    else:
        monthly, quarterly = 84, 0
    counts = (("month", monthly), ("quarter", quarterly))
    pools = int(np.clip(9 * (columns / 3000) ** 0.35, 9, 120))
    return Shape(
        groups=[{"every": every, "count": count} for every, count in counts if count],
        periods=monthly + quarterly,
        months=monthly + 3 * quarterly,
        providers=3 if columns < 6_000 else 4 if columns < 200_000 else 5,
        pools=pools,
        # Training is a fixed share of the fleet's hours, so its candidates grow slower than the plan.
        run_share=float(min(0.08, 0.08 * (25_000 / columns) ** 0.5)),
    )


def generate(columns: int, seed: int = 1, *, tiers: bool = False, whole: bool = False) -> dict[str, Any]:
    """A scenario as plain data; ``tiers`` adds price tiers, ``whole`` makes pools small and instances whole."""
    rng = np.random.default_rng(seed)
    shape = shape_for(columns)
    fleet = build_fleet(rng, shape.providers, shape.pools, -(-shape.months // 12), whole)
    supply = _supply_columns(fleet, shape)
    jobs, runs = _jobs(rng, fleet, shape, shape.run_share * columns)
    chosen: list[Service] = []
    total = supply + runs + len(jobs)
    source = services(rng, fleet, 2 if columns < 12_000 else 4 if columns < 200_000 else 8)
    while total < columns or len(chosen) < 3:
        service = next(source)
        added = service.columns(shape.periods, len(SLICES))
        if len(chosen) >= 3 and total + added / 2 > columns:
            break
        chosen.append(service)
        total += added
    _give_called_services_first(chosen)
    if tiers:
        _add_tiers(fleet)
    return {
        "format": 1,
        "name": f"generated {columns} columns, seed {seed}",
        "horizon": {
            "start": START,
            "periods": shape.groups,
            "slices": [
                {"name": name, "share_of_hours": share, "demand_multiplier": load} for name, share, load in SLICES
            ],
            "discount_rate": 0.08,
            "reservation_payments_after_horizon": 0.5,
        },
        "accelerators": {accelerator: {} for accelerator in ACCELERATORS},
        "providers": fleet.providers,
        "instance_types": fleet.instance_types,
        "pools": fleet.pools,
        "offers": fleet.offers,
        "contracts": fleet.contracts,
        "workloads": {**with_demand(rng, fleet, chosen), **jobs},
        "limits": _limits(fleet, rng),
        "whole_instances_up_to": 60.0 if whole else 0.0,
    }


def _supply_columns(fleet: Fleet, shape: Shape) -> int:
    steps = shape.periods * len(SLICES)
    reserved: int = sum(offer["purchase_option"] == "reserved" for offer in fleet.offers)
    return (len(fleet.offers) - reserved) * steps + reserved * shape.periods


def _jobs(rng: np.random.Generator, fleet: Fleet, shape: Shape, runs: float) -> tuple[dict[str, Any], int]:
    jobs: dict[str, Any] = {}
    total = 0
    about = max(2, int(runs / 60))
    while total < runs:
        name, data, candidates = training_job(rng, fleet, len(jobs), shape.months, about)
        jobs[name] = data
        total += candidates
    return jobs, total


def _give_called_services_first(chosen: list[Service]) -> None:
    names = {service.name for service in chosen}
    for service in chosen:
        for call in service.data.get("calls", []):
            if call["workload"] not in names:
                raise ValueError(f"{service.name} calls {call['workload']}, which was not generated")


def _add_tiers(fleet: Fleet) -> None:
    for (name, contract), method in zip(list(fleet.contracts.items())[:2], ("graduated", "all_units"), strict=True):
        amount = contract["commitments"]["spend"]["amount_usd"]
        yearly = amount[0] if isinstance(amount, list) else amount / fleet.years
        fleet.contracts[name]["tiers"] = {
            "method": method,
            "levels": [
                {"from_usd": round(yearly * share), "discount": discount}
                for share, discount in ((0.4, 0.02), (0.9, 0.05), (1.6, 0.08))
            ],
        }


def _limits(fleet: Fleet, rng: np.random.Generator) -> dict[str, Any]:
    spend = [
        sum(p.instances[year] * p.usd_per_hour * 0.9**year * 8766 * 0.60 for p in fleet.plans)
        for year in range(fleet.years)
    ]
    first = next(iter(fleet.providers))
    last = list(fleet.providers)[-1]
    return {
        "cash": [
            {"year": START.year + year, "usd": float(round(usd * rng.uniform(0.9, 1.1)))}
            for year, usd in enumerate(spend)
            if year % 2 == 0
        ],
        "provider_shares": {
            "not-all-in-one": {"provider": first, "max_share": 0.34},
            "keep-the-last": {
                "provider": last,
                "min_share": 0.1,
                "start": START,
                "end": date(START.year + 1, 7, 1),
            },
        },
    }


def write(data: dict[str, Any], path: Path) -> None:
    """The scenario as a YAML file."""
    with path.open("w") as stream:
        yaml.dump(data, stream, Dumper=_WithoutAliases, sort_keys=False)


class _WithoutAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tiers", action="store_true", help="add price tiers to two contracts")
    parser.add_argument("--whole", action="store_true", help="small pools, rented in whole instances")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write(generate(given.columns, given.seed, tiers=given.tiers, whole=given.whole), given.out)


if __name__ == "__main__":
    main()
