"""Tiny scenarios for the tests of problem, model and plan: parts with plain numbers, put together by each test."""

from __future__ import annotations

from typing import Any

from router.scenario.scenario import Scenario

Part = dict[str, Any]

PEAK_AND_BASE: list[Part] = [
    {"name": "peak", "share_of_hours": 0.25, "demand_multiplier": 2},
    {"name": "base", "share_of_hours": 0.75, "demand_multiplier": 1},
]
"""On a day: 6 hours with twice the demand, 18 hours with the demand."""


def horizon(every: str = "day", count: int = 2, start: str = "2026-01-01", **more: Any) -> Part:
    """Periods of one length; a day has 24 hours."""
    return {"start": start, "periods": [{"every": every, "count": count}], **more}


def pool(name: str = "north", capacity: Any = 10, **more: Any) -> Part:
    """A pool of provider `north` or `south`, in instances of 4 chips, rented continuously."""
    return {
        "provider": name,
        "region": f"{name}-1",
        "instance_type": f"{name}-node",
        "capacity": capacity,
        "whole_instances": False,
        **more,
    }


def offer(provider: str = "north", usd_per_hour: Any = 10, option: str = "on_demand", **more: Any) -> Part:
    """An offer for the provider's node in any region."""
    return {
        "provider": provider,
        "instance_type": f"{provider}-node",
        "purchase_option": option,
        "usd_per_hour": usd_per_hour,
        **more,
    }


def service(demand: Any = 8, **more: Any) -> Part:
    """Inference in units of which a chip serves 1 and a node 4; one stream, `us`."""
    keys = ("slice_multipliers", "residency", "max_latency_ms")
    stream = {key: more.pop(key) for key in keys if key in more}
    return {
        "kind": "inference",
        "unit": "units",
        "throughput": {"chip": 1},
        "value_of_unserved_usd_per_unit_hour": 100,
        "streams": {"us": {"geography": "us", "demand": demand, **stream}},
        **more,
    }


def fleet(demand: Any = 8, calls: list[Part] | None = None, **more: Any) -> Part:
    """Agents of which a virtual CPU serves 1; one stream, `us`."""
    return {
        "kind": "agents",
        "unit": "agents",
        "throughput": {"vcpu": 1},
        "value_of_unserved_usd_per_unit_hour": 100,
        "streams": {"us": {"geography": "us", "demand": demand}},
        "calls": calls or [],
        **more,
    }


def job(work: float = 96, gangs: tuple[int, ...] = (4,), **more: Any) -> Part:
    """Training in chip-hours; by default one node for a day."""
    return {
        "kind": "training",
        "work": work,
        "throughput": {"chip": 1},
        "gangs": [{"accelerators": size} for size in gangs],
        "earliest_start": "2026-01-01",
        "deadline": "2030-01-01",
        "value_of_unserved_usd": 1_000_000,
        **more,
    }


def contract(provider: str = "north", start: str = "2026-01-01", end: str = "2027-01-01", **more: Any) -> Part:
    """A contract of one year."""
    return {"provider": provider, "start": start, "end": end, **more}


def document(**parts: Any) -> Part:
    """A scenario as plain values: providers `north` and `south`, each with a node of 4 chips and a CPU server.

    Parts given replace the defaults: one pool and offer at north, two days, a service of 8 units (2 nodes).
    """
    return {
        "format": 1,
        "name": "test",
        "horizon": horizon(),
        "accelerators": {"chip": {}},
        "providers": providers(),
        "instance_types": {
            f"{name}-{kind}": {
                "provider": name,
                "vcpu": 16,
                **({"accelerator": "chip", "accelerators": 4} if kind == "node" else {}),
            }
            for name in ("north", "south")
            for kind in ("node", "server")
        },
        "pools": {"north": pool()},
        "offers": [offer()],
        "workloads": {"chat": service()},
        **parts,
    }


def scenario(**parts: Any) -> Scenario:
    """The scenario of `document`."""
    return Scenario.model_validate(document(**parts))


def providers(north: float = 0.0, south: float = 0.0) -> Part:
    """Both providers, with egress prices in USD per gigabyte."""
    return {
        name: {"regions": {f"{name}-1": {"geography": geography}}, "egress_usd_per_gb": egress}
        for name, geography, egress in (("north", "us", north), ("south", "eu", south))
    }


def both(north: Any = 10, south: Any = 10, north_usd: Any = 10, south_usd: Any = 12) -> Part:
    """Parts `pools` and `offers` for nodes at both providers."""
    return {
        "pools": {"north": pool("north", north), "south": pool("south", south)},
        "offers": [offer("north", north_usd), offer("south", south_usd)],
    }
