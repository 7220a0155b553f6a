"""Made-up plans to draw: a small one written by hand and a large one from formulas. No solver was asked."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from router.plan.document import (
    NOT_CASH,
    AuditRecord,
    BillCategory,
    BillLine,
    BreachRecord,
    PeriodRecord,
    Plan,
    ReservationRecord,
    RunRecord,
    ScenarioReference,
    ServingRecord,
    SolveRecord,
    TierRecord,
    Totals,
    UnservedRecord,
    WindowRecord,
)
from router.scenario.scenario import Scenario

PEAK_AND_BASE = [
    {"name": "peak", "share_of_hours": 0.25, "demand_multiplier": 2.0},
    {"name": "base", "share_of_hours": 0.75, "demand_multiplier": 1.0},
]


def periods_from(boundaries: list[date]) -> list[PeriodRecord]:
    """Periods between dates, with a peak slice of a quarter of the hours."""
    records = []
    for index, (start, end) in enumerate(pairwise(boundaries)):
        hours = 24.0 * (end - start).days
        years = ((start.toordinal() + end.toordinal()) / 2 - boundaries[0].toordinal()) / 365.25
        records.append(
            PeriodRecord(
                index=index,
                start=start,
                end=end,
                hours=hours,
                slice_hours={"peak": hours * 0.25, "base": hours * 0.75},
                discount_factor=1.05**-years,
            )
        )
    return records


def totals_of(bill: list[BillLine], periods: list[PeriodRecord]) -> Totals:
    """Sums of a bill."""
    by_category: dict[str, float] = {}
    by_provider: dict[str, float] = {}
    by_year: dict[str, float] = {}
    for line in bill:
        by_category[line.category] = by_category.get(line.category, 0.0) + line.amount_usd
        if line.category not in NOT_CASH:
            provider = line.provider or "-"
            by_provider[provider] = by_provider.get(provider, 0.0) + line.amount_usd
            year = str(periods[line.period].start.year)
            by_year[year] = by_year.get(year, 0.0) + line.amount_usd
    return Totals(
        cost_usd=sum(line.amount_usd * periods[line.period].discount_factor for line in bill),
        cash_usd=sum(by_provider.values()),
        by_category_usd=by_category,
        by_provider_usd=by_provider,
        cash_by_year_usd=by_year,
    )


def usage(period: int, provider: str, pool: str, hours: float, price: float, contract: str | None = None) -> BillLine:
    """A bill line of usage: on demand, or under a contract."""
    return BillLine(
        period=period,
        category=BillCategory.USAGE,
        provider=provider,
        item=pool,
        purchase_option="contract" if contract else "on_demand",
        contract=contract,
        quantity=hours,
        unit="instance-hours",
        usd_per_unit=price,
        amount_usd=round(hours * price, 2),
    )


def solve_record(cost: float, bound: float, **changes: Any) -> SolveRecord:
    """A solve that reached its gap."""
    values: dict[str, Any] = {
        "status": "optimal",
        "cost_usd": cost,
        "lower_bound_usd": bound,
        "gap": (cost - bound) / abs(cost) if cost else 0.0,
        "gap_asked": 1e-4,
        "closed_by": "dive",
        "columns": 24_318,
        "rows": 9_877,
        "nonzeros": 120_450,
        "integer_columns": 2_004,
        "threads": 2,
    }
    return SolveRecord(**(values | changes))


@cache
def small_scenario() -> Scenario:
    """Two providers, three pools, a contract, a service, a fleet of agents and three training jobs."""
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "small sample",
            "horizon": {
                "start": date(2027, 1, 1),
                "periods": [{"every": "month", "count": 4}],
                "slices": PEAK_AND_BASE,
            },
            "accelerators": {"H100": {}},
            "providers": {
                "aws": {"title": "AWS", "regions": {"us-east-1": {"geography": "us"}}},
                "oracle": {"title": "Oracle", "regions": {"us-ashburn-1": {"geography": "us"}}},
            },
            "instance_types": {
                "p5.48xlarge": {"provider": "aws", "accelerator": "H100", "accelerators": 8, "vcpu": 192},
                "c7i.8xlarge": {"provider": "aws", "vcpu": 32},
                "BM.GPU.H100.8": {"provider": "oracle", "accelerator": "H100", "accelerators": 8, "vcpu": 224},
            },
            "pools": {
                "aws-h100": {
                    "provider": "aws",
                    "region": "us-east-1",
                    "instance_type": "p5.48xlarge",
                    "capacity": {date(2026, 6, 1): 20, date(2027, 2, 15): 40},
                },
                "aws-cpu": {
                    "provider": "aws",
                    "region": "us-east-1",
                    "instance_type": "c7i.8xlarge",
                    "capacity": 200,
                },
                "oracle-h100": {
                    "provider": "oracle",
                    "region": "us-ashburn-1",
                    "instance_type": "BM.GPU.H100.8",
                    "capacity": 16,
                },
            },
            "offers": [
                {
                    "provider": "aws",
                    "region": "any",
                    "instance_type": "p5.48xlarge",
                    "purchase_option": "on_demand",
                    "usd_per_hour": 55.04,
                },
            ],
            "contracts": {
                "oracle-ucm": {
                    "provider": "oracle",
                    "start": date(2026, 7, 1),
                    "end": date(2028, 7, 1),
                    "commitments": {"year": {"window": "contract_year", "amount_usd": 3_000_000}},
                    "tiers": {
                        "method": "graduated",
                        "levels": [
                            {"from_usd": 800_000, "discount": 0.0725},
                            {"from_usd": 9_000_000, "discount": 0.1},
                        ],
                    },
                }
            },
            "workloads": {
                "chat": {
                    "kind": "inference",
                    "unit": "k tokens/s",
                    "throughput": {"H100": 10},
                    "value_of_unserved_usd_per_unit_hour": 5,
                    "streams": {
                        "us": {"geography": "us", "demand": 400},
                        "eu": {"geography": "eu", "demand": 100},
                    },
                },
                "coders": {
                    "kind": "agents",
                    "unit": "agents",
                    "throughput": {"vcpu": 2},
                    "value_of_unserved_usd_per_unit_hour": 1,
                    "streams": {"all": {"geography": "us", "demand": 3000}},
                },
                "fine-tune": _training(date(2027, 2, 20)),
                "evaluate": _training(date(2027, 5, 1)),
                "distil": _training(date(2027, 3, 1)),
            },
            "limits": {"cash": [{"year": 2027, "usd": 6_000_000}]},
        }
    )


def _training(deadline: date) -> dict[str, Any]:
    return {
        "kind": "training",
        "work": 10_000,
        "throughput": {"H100": 1},
        "gangs": [{"accelerators": 64}],
        "earliest_start": date(2027, 1, 1),
        "deadline": deadline,
        "value_of_unserved_usd": 400_000,
    }


@cache
def small_plan() -> Plan:
    """Every section has a few records: a shortfall, a reservation, unserved demand, a limit broken."""
    periods = periods_from([date(2027, month, 1) for month in range(1, 6)])
    serving = []
    for period in range(4):
        for slice_name, load in (("peak", 2.0), ("base", 1.0)):
            for stream, pool, instances in (
                ("us", "aws-h100", 5.0),
                ("us", "oracle-h100", 3.0),
                ("eu", "oracle-h100", 1.0),
            ):
                serving.append(
                    ServingRecord(
                        workload="chat",
                        stream=stream,
                        pool=pool,
                        period=period,
                        slice=slice_name,
                        spot=False,
                        quantity=instances * load * 80,
                        instances=instances * load + period,
                    )
                )
            serving.append(
                ServingRecord(
                    workload="coders",
                    stream="all",
                    pool="aws-cpu",
                    period=period,
                    slice=slice_name,
                    spot=slice_name == "peak",
                    quantity=3000 * load,
                    instances=3000 * load / 64,
                )
            )
    runs = [
        RunRecord(
            workload="fine-tune",
            pool="aws-h100",
            spot=False,
            accelerators=64,
            instances=8,
            first_period=0,
            last_period=1,
            start=date(2027, 1, 1),
            end=date(2027, 2, 14),
            hours=1056.0,
        ),
        RunRecord(
            workload="evaluate",
            pool="oracle-h100",
            spot=True,
            accelerators=32,
            instances=4,
            first_period=2,
            last_period=2,
            start=date(2027, 3, 1),
            end=date(2027, 3, 2),
            hours=31.5,
        ),
    ]
    bill = []
    for period, record in enumerate(periods):
        bill.append(usage(period, "aws", "aws-h100", (7.5 + period) * record.hours, 55.04))
        bill.append(usage(period, "aws", "aws-cpu", 58.6 * record.hours, 1.428))
        bill.append(usage(period, "oracle", "oracle-h100", 4 * record.hours, 60.0, "oracle-ucm"))
        bill.append(
            BillLine(
                period=period,
                category=BillCategory.RESERVATION,
                provider="oracle",
                item="oracle-h100",
                purchase_option="reserved",
                contract="oracle-ucm",
                quantity=2 * record.hours,
                unit="instance-hours",
                usd_per_unit=48.0,
                amount_usd=round(2 * record.hours * 48.0, 2),
            )
        )
        bill.append(
            BillLine(
                period=period,
                category=BillCategory.DATA_TRANSFER,
                provider="aws",
                item="chat/us",
                quantity=1200.0,
                unit="GB",
                usd_per_unit=0.09,
                amount_usd=108.0,
            )
        )
    bill += [
        _plain_line(1, BillCategory.UNSERVED, None, "chat/eu", 5_600.0),
        _plain_line(2, BillCategory.UNSERVED, None, "chat/eu", 6_200.0),
        _plain_line(1, BillCategory.UNSERVED, None, "distil", 400_000.0),
        _plain_line(3, BillCategory.MIGRATION, None, "chat/us", 350.0),
        _plain_line(3, BillCategory.SHORTFALL, "oracle", "oracle-ucm/year", 83_561.64),
        _plain_line(3, BillCategory.TIER_CREDIT, "oracle", "oracle-ucm", -12_000.0),
        _plain_line(3, BillCategory.RESERVATION_AFTER_HORIZON, "oracle", "oracle-h100", 564_480.0),
        _plain_line(3, BillCategory.BREACH, None, "limits.cash[0]", 25_000.0),
    ]
    totals = totals_of(bill, periods)
    return Plan(
        router_version="0.1.0",
        scenario=ScenarioReference(name="small sample", sha256="0" * 64),
        solve=solve_record(totals.cost_usd, totals.cost_usd * (1 - 3.7e-5)),
        periods=periods,
        totals=totals,
        windows=[
            WindowRecord(
                contract="oracle-ucm",
                commitment="year",
                start=date(2026, 7, 1),
                end=date(2027, 7, 1),
                counted_from=date(2026, 7, 1),
                counted_to=date(2027, 5, 1),
                full_promise_usd=3_000_000.0,
                promise_usd=2_498_630.14,
                spent_to_date_usd=1_450_000.0,
                drawdown_usd=2_415_068.5,
                carried_in_usd=0.0,
                carried_out_usd=0.0,
                shortfall_usd=83_561.64,
                shortfall_paid_usd=83_561.64,
                settled_in_period=3,
                met_on=None,
            )
        ],
        tiers=[
            TierRecord(
                contract="oracle-ucm",
                start=date(2026, 7, 1),
                end=date(2027, 7, 1),
                spend_usd=965_068.5,
                level=0,
                credit_usd=12_000.0,
                settled_in_period=3,
            )
        ],
        runs=runs,
        reservations=[
            ReservationRecord(
                pool="oracle-h100",
                term_months=12,
                contract="oracle-ucm",
                first_period=0,
                start=date(2027, 1, 1),
                end=date(2028, 1, 1),
                instances=2.0,
            )
        ],
        unserved=[
            _unserved("chat", "eu", 1, "peak", 20.0, 200.0, 4_100.0),
            _unserved("chat", "eu", 1, "base", 4.0, 100.0, 1_500.0),
            _unserved("chat", "eu", 2, "peak", 35.0, 200.0, 6_200.0),
            UnservedRecord(
                workload="distil",
                stream=None,
                period=1,
                slice=None,
                quantity=1.0,
                demand=1.0,
                value_usd=400_000.0,
                because="no pool holds a gang of 512 accelerators before the deadline",
            ),
        ],
        breaches=[
            BreachRecord(
                limit="limits.cash[0]",
                period=3,
                slice=None,
                amount=2_500.0,
                words="cash of 2027 is above its ceiling of $6.00 M",
            )
        ],
        notes=[
            "The window oracle-ucm/year is cut by the horizon: its promise is prorated by days.",
            "Instances are whole in all pools (none is ever larger than 100).",
        ],
        serving=serving,
        rentals=[],
        local_calls=[],
        bill=bill,
        audit=AuditRecord(passed=True, checks=1204, differences=[]),
    )


def _plain_line(period: int, category: BillCategory, provider: str | None, item: str, amount: float) -> BillLine:
    return BillLine(
        period=period,
        category=category,
        provider=provider,
        item=item,
        quantity=amount,
        unit="USD",
        usd_per_unit=1.0,
        amount_usd=amount,
    )


def _unserved(
    workload: str, stream: str, period: int, slice_name: str, quantity: float, demand: float, value: float
) -> UnservedRecord:
    return UnservedRecord(
        workload=workload,
        stream=stream,
        period=period,
        slice=slice_name,
        quantity=quantity,
        demand=demand,
        value_usd=value,
        because="capacity of oracle-h100 is used up",
    )


def empty_plan() -> Plan:
    """A plan of one period with nothing in any section."""
    periods = periods_from([date(2027, 1, 1), date(2027, 2, 1)])
    return Plan(
        router_version="0.1.0",
        scenario=ScenarioReference(name="nothing", sha256="0" * 64),
        solve=solve_record(0.0, 0.0),
        periods=periods,
        totals=totals_of([], periods),
        windows=[],
        tiers=[],
        runs=[],
        reservations=[],
        unserved=[],
        breaches=[],
        notes=[],
        serving=[],
        rentals=[],
        local_calls=[],
        bill=[],
    )


FRONTIER_PROVIDERS = ("azure", "aws", "oracle", "stargate-uae")
FRONTIER_KINDS = (("GB200-NVL72", 72), ("GB300-NVL72", 72), ("H100", 8), ("H200", 8), ("MI355X", 8), ("CPU", 0))
FRONTIER_PROMISES = {"azure": 250e9, "aws": 38e9, "oracle": 300e9}


@cache
def frontier_scenario() -> Scenario:
    """Four providers, 25 pools, 40 streams in 16 workloads, 20 training jobs. All numbers are made up."""
    instance_types: dict[str, Any] = {}
    pools: dict[str, Any] = {}
    offers: list[Any] = []
    for provider in FRONTIER_PROVIDERS:
        for kind, accelerators in FRONTIER_KINDS:
            held = {"accelerator": kind, "accelerators": accelerators} if accelerators else {}
            instance_types[f"{provider}.{kind}"] = {"provider": provider, "vcpu": 192, **held}
            pools[f"{provider}-central-{kind.lower()}"] = {
                "provider": provider,
                "region": "central",
                "instance_type": f"{provider}.{kind}",
                "capacity": _ramp(kind),
            }
    pools["aws-east-gb300"] = {
        "provider": "aws",
        "region": "east",
        "instance_type": "aws.GB300-NVL72",
        "capacity": {date(2027, 1, 1): 1500.0},
    }
    for name, held in instance_types.items():
        offers.append(
            {
                "provider": held["provider"],
                "region": "any",
                "instance_type": name,
                "purchase_option": "on_demand",
                "usd_per_hour": 300.0,
            }
        )
    workloads: dict[str, Any] = {}
    for number in range(16):
        streams = {
            geography: {"geography": geography, "demand": 1000}
            for geography in ("us", "eu", "asia")[: 3 if number % 2 else 2]
        }
        workloads[f"{'chat' if number < 10 else 'agents'}-service-{number:02d}"] = {
            "kind": "inference",
            "unit": "M tokens/s",
            "throughput": {"H100": 10},
            "value_of_unserved_usd_per_unit_hour": 5,
            "streams": streams,
        }
    for number in range(20):
        workloads[f"pretrain-{number:02d}"] = _training(date(2033, 12, 1))
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "frontier sample (synthetic)",
            "horizon": {
                "start": date(2026, 11, 1),
                "periods": [{"every": "month", "count": 24}, {"every": "quarter", "count": 20}],
                "slices": PEAK_AND_BASE,
            },
            "accelerators": {kind: {} for kind, held in FRONTIER_KINDS if held},
            "providers": {
                name: {"regions": {"central": {"geography": "us"}, "east": {"geography": "us"}}}
                for name in FRONTIER_PROVIDERS
            },
            "instance_types": instance_types,
            "pools": pools,
            "offers": offers,
            "contracts": {
                f"{provider}-agreement": {
                    "provider": provider,
                    "start": date(2026, 11, 1),
                    "end": date(2033, 11, 1),
                    "commitments": {"spend": {"window": "contract_year", "amount_usd": promise / 7}},
                }
                for provider, promise in FRONTIER_PROMISES.items()
            },
            "workloads": workloads,
            "limits": {"cash": [{"year": year, "usd": 60e9 + 10e9 * (year - 2026)} for year in range(2026, 2031)]},
        }
    )


def _ramp(kind: str) -> Any:
    if kind == "CPU":
        return 40_000.0
    if kind.startswith("GB"):
        return {date(2026, 11, 1): 1000.0, date(2027, 6, 1): 4000.0, date(2028, 9, 1): 9000.0}
    return 6_000.0


@cache
def frontier_plan() -> Plan:
    """44 periods with plausible made-up loads, windows that are met, missed and carried, and 20 runs."""
    scenario = frontier_scenario()
    boundaries = [_month(2026, 10 + months) for months in [*range(25), *range(27, 85, 3)]]
    periods = periods_from(boundaries)
    pools = [pool for pool in scenario.pools if not pool.endswith("cpu")]
    serving, bill = [], []
    for number, (name, workload) in enumerate(scenario.workloads.items()):
        if workload.kind == "training":
            continue
        for place, stream in enumerate(workload.streams):
            for period in periods:
                for turn in range(2):
                    pool = pools[(number * 3 + place + turn * 7 + period.index // 12) % len(pools)]
                    for slice_name, load in (("peak", 1.6), ("base", 1.0)):
                        instances = load * (60 + 18 * number) * 1.04**period.index / (1 + turn)
                        serving.append(
                            ServingRecord(
                                workload=name,
                                stream=stream,
                                pool=pool,
                                period=period.index,
                                slice=slice_name,
                                spot=turn == 1,
                                quantity=instances * 80,
                                instances=instances,
                            )
                        )
    runs = []
    for number, name in enumerate(name for name in scenario.workloads if name.startswith("pretrain")):
        first = 2 * number
        last = min(43, first + 2 + number % 4)
        runs.append(
            RunRecord(
                workload=name,
                pool=pools[(5 * number) % len(pools)],
                spot=False,
                accelerators=72 * (10 + 12 * number),
                instances=10 + 12 * number,
                first_period=first,
                last_period=last,
                start=periods[first].start,
                end=periods[last].end,
                hours=sum(period.hours for period in periods[first : last + 1]),
            )
        )
    for period in periods:
        for index, (pool, facts) in enumerate(scenario.pools.items()):
            wave = 1 + 0.3 * math.sin(index + period.index / 5)
            instances = (15_000 if facts.instance_type.endswith("CPU") else 1500) * wave * 1.03**period.index
            price = 4.0 if facts.instance_type.endswith("CPU") else 90.0 + 10 * (index % 6)
            contract = f"{facts.provider}-agreement" if facts.provider in FRONTIER_PROMISES else None
            bill.append(usage(period.index, facts.provider, pool, instances * period.hours, price, contract))
    windows = []
    for provider in FRONTIER_PROMISES:
        carried = 0.0
        for year in range(7):
            start, end = _month(2026 + year, 10), _month(2027 + year, 10)
            within = [period.index for period in periods if start <= period.start < end]
            drawn = sum(
                line.amount_usd for line in bill if line.contract == f"{provider}-agreement" and line.period in within
            )
            scaled = drawn * (1.06 if (year + len(provider)) % 5 == 0 else 0.9)
            missing = max(0.0, scaled - drawn - carried)
            carried_out = min(0.2 * scaled, max(0.0, drawn + carried - scaled))
            windows.append(
                WindowRecord(
                    contract=f"{provider}-agreement",
                    commitment="spend",
                    start=start,
                    end=end,
                    counted_from=start,
                    counted_to=end,
                    full_promise_usd=scaled,
                    promise_usd=scaled,
                    spent_to_date_usd=0.0,
                    drawdown_usd=drawn,
                    carried_in_usd=carried,
                    carried_out_usd=carried_out,
                    shortfall_usd=missing,
                    shortfall_paid_usd=missing,
                    settled_in_period=within[-1],
                    met_on=None if missing else _month(2026 + year, 10 + min(11, int(12 * scaled / drawn))),
                )
            )
            if missing:
                bill.append(
                    _plain_line(within[-1], BillCategory.SHORTFALL, provider, f"{provider}-agreement/spend", missing)
                )
            carried = carried_out
    unserved = []
    for period in periods[5:9]:
        unserved.append(
            UnservedRecord(
                workload="chat-service-03",
                stream="asia",
                period=period.index,
                slice="peak",
                quantity=120.0 + period.index,
                demand=1600.0,
                value_usd=5.0 * 120 * period.hours * 0.25,
                because="capacity of azure-central-gb200-nvl72 and aws-east-gb300 is used up",
            )
        )
    totals = totals_of(bill, periods)
    return Plan(
        router_version="0.1.0",
        scenario=ScenarioReference(name=scenario.name, sha256="f" * 64),
        solve=solve_record(totals.cost_usd, totals.cost_usd * (1 - 4.2e-5), columns=337_122),
        periods=periods,
        totals=totals,
        windows=windows,
        tiers=[],
        runs=runs,
        reservations=[
            ReservationRecord(
                pool=f"{provider}-central-h100",
                term_months=term,
                contract=None,
                first_period=first,
                start=periods[first].start,
                end=_month(periods[first].start.year, periods[first].start.month - 1 + term),
                instances=250.0 * (index + 1) + first,
            )
            for index, provider in enumerate(FRONTIER_PROVIDERS)
            for first, term in ((0, 12), (6, 36))
        ],
        unserved=unserved,
        breaches=[],
        notes=["Pools larger than 100 instances are rented continuously: figures there are not whole numbers."],
        serving=serving,
        rentals=[],
        local_calls=[],
        bill=bill,
        audit=AuditRecord(passed=True, checks=88_412, differences=[]),
    )


def _month(year: int, months: int) -> date:
    """The first day of the month that lies `months` after January of the year."""
    return date(year + months // 12, months % 12 + 1, 1)
