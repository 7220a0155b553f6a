"""One tiny scenario for each constraint family; `golden/*.lp` holds its rows, checked by hand against docs/model.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from router.scenario.scenario import Scenario
from tests.scenarios import (
    PEAK_AND_BASE,
    both,
    contract,
    fleet,
    horizon,
    job,
    offer,
    pool,
    providers,
    scenario,
    service,
)

SPOT = {"max_share": 0.5, "interruption_overhead_hours": 2}
SPOT_OFFER = offer(usd_per_hour=4, option="spot", interruption_rate=0.1)
RESERVED_OFFER = offer(usd_per_hour=6, option="reserved", term_months=1)
JOB = job(work=80, gangs=(4, 8))


def with_reservation() -> Scenario:
    """A month in weeks: a reservation of one month (31 days) bought at the start covers the first four."""
    return with_spot(
        horizon=horizon("week", 2),
        offers=[offer(), SPOT_OFFER, RESERVED_OFFER],
        workloads={"chat": service(spot=SPOT), "tune": job(work=24 * 7 * 6, gangs=(4, 8))},
    )


def with_spot(**parts: Any) -> Scenario:
    """Firm and spot in one pool; spot gives 1 - 0.1 * 2 = 0.8 of the throughput."""
    return scenario(
        **{
            "horizon": horizon(slices=PEAK_AND_BASE),
            "pools": {"north": pool(capacity=10, spot_capacity=3)},
            "offers": [offer(), SPOT_OFFER],
            "workloads": {"chat": service(spot=SPOT), "tune": {**JOB, "spot": {"interruption_overhead_hours": 5}}},
            **parts,
        }
    )


def demand_met() -> Scenario:
    """Two slices, demand that starts on the second day, a pool that arrives on the second day."""
    return scenario(
        **both(south={"2026-01-02": 10}),
        horizon=horizon(slices=PEAK_AND_BASE),
        workloads={"chat": service(demand={"values": [8, 12]}), "late": service(demand={"values": [0, 5]})},
    )


def survive_provider_loss() -> Scenario:
    """Two pools at north, one at south; 75 % must outlive the loss of either provider."""
    pools = {"north": pool(), "north-2": pool(), "south": pool("south")}
    return scenario(
        pools=pools,
        offers=[offer(), offer("south")],
        workloads={"chat": service(demand={"values": [8, 12]}, survive_provider_loss=0.75)},
    )


def reservations(**parts: Any) -> Scenario:
    """Four weeks and a reservation of one month (31 days): one bought at the start covers all four weeks."""
    return scenario(
        **{
            "horizon": horizon("week", 3),
            "pools": {"north": pool(capacity={"2026-01-01": 5, "2026-01-08": 7})},
            "offers": [offer(), RESERVED_OFFER],
            **parts,
        }
    )


def spot_under_two_contracts() -> Scenario:
    """Either contract may bill the spot of a pool: together they rent at most 3."""
    return with_spot(contracts={"first": contract(), "second": contract(discounts=[{"discount": 0.1}])})


def offer_limits() -> Scenario:
    """At most 3 instances of the price on demand, 2 then 4 of the reservation's, over both pools and both contracts.

    The reservation's offer is the third: the first opens after the horizon and has no line.
    """
    return reservations(
        pools={"north": pool(capacity={"2026-01-01": 5, "2026-01-08": 7}), "north-2": pool(capacity=1)},
        offers=[
            offer(usd_per_hour={"2027-01-01": 5}, region="north-1", option="spot"),
            offer(max_instances=3),
            offer(
                usd_per_hour=6,
                option="reserved",
                term_months=1,
                max_instances={"2026-01-01": 2, "2026-01-08": 4},
            ),
        ],
        contracts={"first": contract(), "second": contract(discounts=[{"discount": 0.1}])},
    )


def contract_spend() -> Scenario:
    """Two days, a contract from the second day on with 20 % off on demand; a reservation is bought under it then."""
    return scenario(
        horizon=horizon("month", 2, slices=PEAK_AND_BASE),
        offers=[
            offer(usd_per_hour={"2026-01-01": 10, "2026-02-15": 12}),
            offer(usd_per_hour=6, option="reserved", term_months=1),
            offer(usd_per_hour=9, option="contract", contract="deal"),
        ],
        contracts={
            "deal": contract(
                start="2026-01-11",
                discounts=[{"discount": 0.2, "applies_to": {"purchase_options": ["on_demand", "reserved"]}}],
            )
        },
    )


def commitment_shortfall() -> Scenario:
    """Contract years from mid February 2025 on; the horizon holds the end of one and the start of the next."""
    return scenario(
        horizon=horizon("month", 2),
        contracts={
            "deal": contract(
                start="2025-02-15",
                end="2027-02-15",
                commitments={
                    "year": {
                        "window": "contract_year",
                        "amount_usd": [36500, 73000],
                        "spent_to_date_usd": 30000,
                        "shortfall_rate": 0.5,
                    }
                },
            )
        },
    )


def commitment_carry() -> Scenario:
    """Two windows by dates, carried forward up to a tenth; tier credits of the term count in both by days.

    The second commitment carries without a limit: at most what the pool could be rented for.
    """
    return scenario(
        horizon=horizon("month", 2),
        contracts={
            "deal": contract(
                tiers={
                    "method": "graduated",
                    "window": "term",
                    "levels": [{"from_usd": 0, "discount": 0.1}, {"from_usd": 36500, "discount": 0.05}],
                },
                commitments={
                    "steps": {
                        "windows": [
                            {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 5000},
                            {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 8000},
                        ],
                        "carry_forward": {"max_share": 0.1},
                    },
                    "years": {
                        "windows": [
                            {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 6000},
                            {"start": "2026-02-01", "end": "2026-04-01", "amount_usd": 5900},
                        ],
                        "carry_forward": True,
                        "spent_to_date_usd": 1000,
                    },
                },
            )
        },
    )


def tiers(method: str, falling: bool = False) -> Scenario:
    """Two months of a contract year of 365 days (59 of them): thresholds 0, 36500 and 73000 become 5900 and 11800."""
    discounts = (0.15, 0.1, 0.05) if falling else (0.05, 0.1, 0.15)
    return scenario(
        horizon=horizon("month", 2),
        contracts={
            "deal": contract(
                tiers={
                    "method": method,
                    "levels": [
                        {"from_usd": from_usd, "discount": discount}
                        for from_usd, discount in zip((0, 36500, 73000), discounts, strict=True)
                    ],
                }
            )
        },
    )


def provider_shares() -> Scenario:
    """North at most 60 %, south at least 25 % from the second day on; servers without chips do not count."""
    parts = both()
    parts["pools"]["servers"] = pool(instance_type="north-server")
    parts["offers"].append({**offer(), "instance_type": "north-server"})
    return scenario(
        **parts,
        workloads={"chat": service(), "tune": JOB, "bots": fleet()},
        limits={
            "provider_shares": {
                "north-at-most": {"provider": "north", "max_share": 0.6},
                "south-at-least": {"provider": "south", "min_share": 0.25, "start": "2026-01-02"},
            }
        },
    )


def cash_ceiling() -> Scenario:
    """Months from mid December 2026: the first has 16 of its 31 days in 2026 and ends with a shortfall and a credit."""
    return scenario(
        horizon=horizon("month", 2, start="2026-12-16", reservation_payments_after_horizon=0.5),
        offers=[offer(), offer(usd_per_hour=6, option="reserved", term_months=2)],
        providers=providers(north=0.1, south=0.03),
        workloads={
            "chat": service(egress_gb_per_unit_hour=2, migration_usd_per_unit=50),
            "tune": {**JOB, "dataset": {"provider": "south", "gigabytes": 1000}},
        },
        contracts={
            "deal": contract(
                start="2026-12-16",
                end="2027-01-16",
                tiers={"method": "graduated", "window": "term", "levels": [{"from_usd": 0, "discount": 0.05}]},
                commitments={"term": {"window": "term", "amount_usd": 50000, "shortfall_rate": 0.8}},
            )
        },
        limits={"cash": [{"year": 2026, "usd": 10000}, {"year": 2027, "usd": 9000, "breach_penalty": 3}]},
    )


def affinity() -> Scenario:
    """Two kinds of agents call one service at north and south; the service has two streams."""
    parts = both()
    for name in ("north", "south"):
        parts["pools"][f"{name}-servers"] = pool(name, instance_type=f"{name}-server")
        parts["offers"].append({**offer(name), "instance_type": f"{name}-server"})
    chat = service()
    chat["streams"]["eu"] = {"geography": "eu", "demand": 4}
    call = {"workload": "chat", "units_per_unit": 0.25, "gb_per_unit_hour": 2}
    return scenario(
        **parts,
        horizon=horizon(count=1),
        providers=providers(north=0.1, south=0.2),
        workloads={
            "chat": chat,
            "bots": fleet(calls=[call]),
            "crawlers": fleet(calls=[{**call, "units_per_unit": 0.5}], eligible={"providers": ["south"]}),
        },
    )


def migration() -> Scenario:
    """Demand falls from 12 to 9: a quarter less is no migration. Two slices, spot beside firm."""
    return scenario(
        horizon=horizon(slices=PEAK_AND_BASE, count=3),
        pools={"north": pool(spot_capacity=3), "south": pool("south")},
        offers=[offer(), offer("south"), SPOT_OFFER],
        workloads={
            "chat": service(demand={"values": [12, 9, 18]}, migration_usd_per_unit=50, spot=SPOT),
            "still": service(),
        },
    )


def costs() -> Scenario:
    """Every kind of cost at 10 % a year: two months with peak and base, everything with a price."""
    parts = both()
    parts["pools"]["servers"] = pool(instance_type="north-server")
    parts["offers"] += [
        {**offer(usd_per_hour=1), "instance_type": "north-server"},
        offer(usd_per_hour=6, option="reserved", term_months=2),
        offer(usd_per_hour=9, option="contract", contract="deal"),
    ]
    return scenario(
        **parts,
        horizon=horizon("month", 2, slices=PEAK_AND_BASE, discount_rate=0.1, reservation_payments_after_horizon=0.5),
        providers=providers(north=0.1, south=0.2),
        workloads={
            "chat": service(egress_gb_per_unit_hour=2, migration_usd_per_unit=50),
            "bots": fleet(calls=[{"workload": "chat", "units_per_unit": 0.5, "gb_per_unit_hour": 4}]),
            "tune": {
                **job(work=80, gangs=(4,)),
                "dataset": {"provider": "south", "gigabytes": 1000},
                "deadline": "2026-02-20",
            },
        },
        contracts={
            "deal": contract(
                discounts=[{"discount": 0.25}],
                commitments={"year": {"window": "contract_year", "amount_usd": 100000, "shortfall_rate": 0.5}},
                tiers={"method": "graduated", "levels": [{"from_usd": 1000, "discount": 0.05}]},
            )
        },
        limits={
            "cash": [{"year": 2026, "usd": 1000000}],
            "provider_shares": {"north": {"provider": "north", "min_share": 0.1, "max_share": 0.9}},
        },
    )


def run_in_whole_instances() -> Scenario:
    """A run of 30 hours on one whole node: all of the first day and a quarter of the second."""
    return scenario(
        pools={"north": pool(capacity=2, whole_instances=True)}, workloads={"tune": job(work=120), "chat": service(2)}
    )


def one_run() -> Scenario:
    """80 chip-hours: 20 hours on a node, 10 on two; the deadline leaves one start, spot needs 25 % more time."""
    return with_spot(
        workloads={
            "tune": {
                **job(work=80, gangs=(4, 8), deadline="2026-01-02"),
                "spot": {"interruption_overhead_hours": 2},
            },
            "second": job(work=100, gangs=(4,)),
        }
    )


def whole_instances() -> Scenario:
    """A pool small enough for whole instances: rented and reserved together fit."""
    return reservations(
        pools={"north": pool(capacity={"2026-01-01": 5, "2026-01-08": 7.5}, whole_instances="auto", spot_capacity=2)},
        offers=[offer(), SPOT_OFFER, RESERVED_OFFER],
    )


COMMITMENTS = ["commitment_window", "shortfall_or_none", "carry_or_none"]
TIERS = ["tier_spend", "tier_upper", "tier_lower", "one_tier_level"]

CASES: dict[str, tuple[Callable[[], Scenario], list[str], bool]] = {
    "demand_met": (demand_met, ["demand_met"], False),
    "survive_provider_loss": (survive_provider_loss, ["survive_provider_loss"], False),
    "spot_share": (with_spot, ["spot_share"], False),
    "rental_cover": (with_reservation, ["rental_cover"], False),
    "spot_cover": (with_spot, ["spot_cover"], False),
    "run_rental": (run_in_whole_instances, ["run_rental", "rental_cover"], True),
    "pool_capacity": (with_spot, ["pool_capacity"], False),
    "spot_capacity": (with_spot, ["spot_capacity"], False),
    "rented_capacity": (whole_instances, ["rented_capacity"], False),
    "rented_capacity_continuous": (reservations, ["rented_capacity"], False),
    "spot_rented": (spot_under_two_contracts, ["spot_rented"], False),
    "rental_limit": (offer_limits, ["rental_limit"], False),
    "reservation_limit": (offer_limits, ["reservation_limit"], False),
    "one_run_per_job": (one_run, ["one_run_per_job"], False),
    "contract_spend": (contract_spend, ["contract_spend"], False),
    "commitment_window_shortfall": (commitment_shortfall, COMMITMENTS, True),
    "commitment_window_carry": (commitment_carry, COMMITMENTS, True),
    "tiers_graduated": (lambda: tiers("graduated"), TIERS, False),
    "tiers_graduated_falling": (lambda: tiers("graduated", falling=True), TIERS, False),
    "tiers_all_units": (lambda: tiers("all_units"), TIERS, False),
    "tiers_all_units_falling": (lambda: tiers("all_units", falling=True), TIERS, False),
    "provider_share_max": (provider_shares, ["provider_share_max"], False),
    "provider_share_min": (provider_shares, ["provider_share_min"], False),
    "cash_ceiling": (cash_ceiling, ["cash_ceiling"], False),
    "local_calls_made": (affinity, ["local_calls_made"], False),
    "local_calls_answered": (affinity, ["local_calls_answered"], False),
    "migration": (migration, ["migration"], False),
    "costs": (costs, [], True),
}
"""Golden file: its scenario, the families in it (none: only the objective), whether the objective is in it."""
