"""Small random scenarios that use everything the format has: for tests that compare independent ways to a sum."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.scenarios import PEAK_AND_BASE, contract, fleet, job, offer, pool, providers, service

Part = dict[str, Any]

STARTS = ["2026-01-01", "2026-01-31", "2026-11-20", "2027-12-10"]
PERIODS: list[list[Part]] = [
    [{"every": "day", "count": 3}],
    [{"every": "week", "count": 2}, {"every": "month", "count": 1}],
    [{"every": "month", "count": 3}],
    [{"every": "month", "count": 2}, {"every": "quarter", "count": 2}],
]


def _money(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 2))


@st.composite
def _contract(draw: st.DrawFn, provider: str, start: str, scale: float) -> Part:
    year = int(start[:4])
    begins = draw(st.sampled_from([start, f"{year - 1}-10-15", f"{year}-{start[5:7]}-15"]))
    made = contract(provider, begins, draw(st.sampled_from([f"{year + 1}-02-10", f"{year + 2}-06-01"])))
    if draw(st.booleans()):
        made["discounts"] = [{"discount": draw(_money(-0.1, 0.5))}]
    if draw(st.booleans()):
        made["eligible"] = draw(st.sampled_from([{}, {"exclude": {"purchase_options": ["spot"]}}]))
    if draw(st.booleans()):
        levels = [{"from_usd": draw(st.sampled_from([0, scale])), "discount": draw(_money(0, 0.3))}]
        levels.append({"from_usd": scale * 3, "discount": draw(_money(0, 0.3))})
        made["tiers"] = {
            "method": draw(st.sampled_from(["graduated", "all_units"])),
            "window": draw(st.sampled_from(["contract_year", "calendar_year", "term"])),
            "levels": levels,
        }
    made["commitments"] = {
        name: {
            "window": draw(st.sampled_from(["contract_year", "calendar_year", "term"])),
            "amount_usd": scale * draw(_money(0.05, 4)),
            "shortfall_rate": draw(st.sampled_from([0.3, 1.0])),
            "carry_forward": draw(st.sampled_from([False, True, {"max_share": 0.3}])),
            **({"spent_to_date_usd": scale * 0.1} if draw(st.booleans()) else {}),
        }
        for name in ("first", "second")[: draw(st.integers(0, 2))]
    }
    return made


@st.composite
def documents(draw: st.DrawFn) -> Part:
    """Parts of a scenario: see `tests.scenarios.document`."""
    start, periods = draw(st.sampled_from(STARTS)), draw(st.sampled_from(PERIODS))
    count = sum(group["count"] for group in periods)
    whole = draw(st.booleans())
    capacity = st.sampled_from([0, 1, 3, 6, {start: 2, f"{start[:4]}-12-15": 5}])
    pools = {
        "north": pool("north", draw(capacity), spot_capacity=draw(st.sampled_from([0, 2])), whole_instances=whole),
        "south": pool("south", draw(capacity)),
        "north-servers": pool("north", draw(capacity), instance_type="north-server"),
        "south-servers": pool("south", 3, instance_type="south-server", whole_instances=whole),
    }
    offers = [
        offer("north", draw(_money(5, 15)), max_instances=draw(st.sampled_from([None, 2]))),
        offer("north", draw(_money(1, 8)), option="spot", interruption_rate=draw(st.sampled_from([0.0, 0.05]))),
        offer("north", draw(_money(2, 12)), option="reserved", term_months=draw(st.integers(1, 3))),
        offer("south", {start: draw(_money(5, 15)), f"{start[:4]}-12-12": 9.5}),
        {**offer("north", draw(_money(1, 3))), "instance_type": "north-server"},
        {**offer("south", draw(_money(1, 3))), "instance_type": "south-server"},
    ]
    demand = st.lists(st.sampled_from([0, 1.5, 4, 9, 20]), min_size=count, max_size=count)
    spot = st.sampled_from([None, {"max_share": 0.5, "interruption_overhead_hours": 4}, {}])
    chat = service(
        {"values": draw(demand)},
        spot=draw(spot),
        survive_provider_loss=draw(st.sampled_from([None, 0.4, 1.0])),
        egress_gb_per_unit_hour=draw(st.sampled_from([0, 1.5])),
        migration_usd_per_unit=draw(st.sampled_from([0, 25.0])),
    )
    call = {"workload": "chat", "units_per_unit": 0.125, "gb_per_unit_hour": draw(st.sampled_from([0, 3.0]))}
    bots = fleet({"values": draw(demand)}, calls=[call] if draw(st.booleans()) else [])
    year = int(start[:4])
    training = job(
        work=draw(st.sampled_from([40.0, 500.0, 3000.0])),
        gangs=draw(st.sampled_from([(4,), (4, 8), (6,)])),
        earliest_start=start,
        deadline=draw(st.sampled_from([f"{year + 1}-01-10", f"{year + 3}-01-01"])),
        spot=draw(spot),
        dataset=draw(st.sampled_from([None, {"provider": "south", "gigabytes": 700}])),
        value_of_unserved_usd=draw(st.sampled_from([500.0, 50_000.0])),
    )
    hours = 24 * sum(
        group["count"] * {"day": 1, "week": 7, "month": 30, "quarter": 91}[group["every"]] for group in periods
    )
    scale = 10.0 * hours
    parts: Part = {
        "horizon": {
            "start": start,
            "periods": periods,
            **({"slices": PEAK_AND_BASE} if draw(st.booleans()) else {}),
            "discount_rate": draw(st.sampled_from([0.0, 0.08])),
            "reservation_payments_after_horizon": draw(st.sampled_from([0.0, 1.0])),
        },
        "providers": providers(draw(_money(0, 0.2)), draw(_money(0, 0.2))),
        "pools": pools,
        "offers": offers,
        "workloads": {"chat": chat, "bots": bots, "tune": training},
        "contracts": {},
        "limits": {},
    }
    for name, provider in (("deal", "north"), ("rival", "north"), ("far", "south")):
        if draw(st.booleans()):
            parts["contracts"][name] = draw(_contract(provider, start, scale))
    if parts["contracts"].get("deal") and draw(st.booleans()):
        offers.append(offer("north", draw(_money(2, 9)), option="contract", contract="deal"))
    if draw(st.booleans()):
        parts["limits"]["cash"] = [
            {"year": year, "usd": scale * draw(_money(0.1, 4)), "breach_penalty": draw(st.sampled_from([0.5, 10.0]))}
        ]
    if draw(st.booleans()):
        parts["limits"]["provider_shares"] = {
            "cap": {"provider": "north", "max_share": 0.6, "breach_penalty_usd_per_hour": draw(_money(0.1, 50))},
            "floor": {"provider": "south", "measure": "vcpus", "min_share": 0.25},
        }
    return parts
