"""What the plan costs: by provider and category, by kind of capacity, by calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.plan.document import NOT_CASH, BillCategory
from router.report import numbers
from router.report.pool_facts import PoolBook
from router.report.table import Cell, Column, Row, RowRole, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

NO_PROVIDER = "no provider"
OTHERS = "others"

CATEGORY_WORDS: dict[BillCategory, str] = {
    BillCategory.USAGE: "usage",
    BillCategory.RESERVATION: "reservations",
    BillCategory.SHORTFALL: "shortfalls",
    BillCategory.TIER_CREDIT: "tier credits",
    BillCategory.DATA_TRANSFER: "data transfer",
    BillCategory.MIGRATION: "migration",
    BillCategory.RESERVATION_AFTER_HORIZON: "reservations after horizon",
    BillCategory.UNSERVED: "value of unserved",
    BillCategory.BREACH: "broken limits",
}
"""Categories in the order in which tables show them: what is cash first."""

OPTION_WORDS = {"on_demand": "on demand", "contract": "contract", "reserved": "reserved", "spot": "spot"}


def provider_names(plan: Plan, scenario: Scenario) -> list[str]:
    """Providers that the bill names, in the scenario's order, then `no provider` where lines have none."""
    billed = {line.provider for line in plan.bill}
    names = [name for name in scenario.providers if name in billed]
    names += sorted(name for name in billed if name is not None and name not in scenario.providers)
    return [*names, NO_PROVIDER] if None in billed else names


def cost_by_provider_table(plan: Plan, scenario: Scenario, most_providers: int = 6) -> Table:
    """Rows are categories, columns providers; the smallest providers are joined where there are too many.

    What belongs to no provider (unserved demand, migration) stands in the last column only.
    """
    amounts: dict[tuple[str, str], float] = {}
    for line in plan.bill:
        key = line.category, line.provider or NO_PROVIDER
        amounts[key] = amounts.get(key, 0.0) + line.amount_usd
    names = provider_names(plan, scenario)
    providers = [name for name in names if name != NO_PROVIDER]
    shown = _largest(providers, amounts, most_providers)
    joined = [name for name in providers if name not in shown]

    def row(title: str, categories: list[BillCategory], role: RowRole = "plain") -> Row:
        by_name = {name: sum(amounts.get((category, name), 0.0) for category in categories) for name in names}
        cells = [by_name[name] for name in shown]
        if joined:
            cells.append(sum(by_name[name] for name in joined))
        return Row((title, *(cell or None for cell in cells), sum(by_name.values())), role)

    used = [category for category in CATEGORY_WORDS if any((category, name) in amounts for name in names)]
    cash = [category for category in used if category not in NOT_CASH]
    other = [category for category in used if category in NOT_CASH]
    rows = [row(CATEGORY_WORDS[category], [category]) for category in cash]
    if used:
        rows.append(row("cash", cash, "subtotal" if other else "total"))
    rows += [row(f"{CATEGORY_WORDS[category]} *", [category]) for category in other]
    if other:
        rows.append(row("all", used, "total"))
    footnotes = ["Undiscounted."] if rows else []
    if NO_PROVIDER in names and providers:
        footnotes = ["Undiscounted. What belongs to no provider stands under All only."]
    if other:
        footnotes.append("* Counted in the cost but paid to nobody within the horizon.")
    if joined:
        footnotes.append(f"{OTHERS}: {', '.join(joined)}.")
    return Table(
        key="cost-by-provider",
        title="Cost by provider and category",
        columns=(
            Column("Category"),
            *(Column(title, Unit.USD) for title in ([*shown, OTHERS] if joined else shown)),
            Column("All", Unit.USD),
        ),
        rows=tuple(rows),
        footnotes=tuple(footnotes),
        when_empty="The plan costs nothing.",
    )


def cost_by_kind_table(plan: Plan, scenario: Scenario) -> Table:
    """What capacity costs: rows are accelerator kinds and CPU, columns purchase options."""
    book = PoolBook(scenario)
    by_option: dict[str, dict[str, float]] = {}
    units: dict[str, float] = {}
    for line in plan.bill:
        if line.category not in (BillCategory.USAGE, BillCategory.RESERVATION):
            continue
        facts = book[line.item]
        option = line.purchase_option or ("reserved" if line.category == BillCategory.RESERVATION else "on_demand")
        amounts = by_option.setdefault(facts.kind, {})
        amounts[option] = amounts.get(option, 0.0) + line.amount_usd
        held = facts.accelerators or facts.vcpu
        units[facts.kind] = units.get(facts.kind, 0.0) + line.quantity * held
    total = sum(sum(amounts.values()) for amounts in by_option.values())
    options = [option for option in OPTION_WORDS if any(option in amounts for amounts in by_option.values())]
    rows: list[Row] = []
    for kind in sorted(by_option, key=lambda kind: -sum(by_option[kind].values())):
        amounts = by_option[kind]
        cost = sum(amounts.values())
        cells: list[Cell] = [amounts.get(option) for option in options]
        each = cost / units[kind] if units[kind] else None
        rows.append(Row((kind, *cells, cost, cost / total if total else None, units[kind], each)))
    if len(rows) > 1:
        sums: list[Cell] = [sum(amounts.get(option, 0.0) for amounts in by_option.values()) for option in options]
        rows.append(Row(("all", *sums, total, 1.0 if total else None, None, None), "total"))
    return Table(
        key="cost-by-kind",
        title="Capacity by kind and purchase option",
        columns=(
            Column("Kind"),
            *(Column(OPTION_WORDS[option], Unit.USD, drop_order=1) for option in options),
            Column("Cost", Unit.USD),
            Column("Share", Unit.SHARE, drop_order=3),
            Column("Unit-hours", Unit.COUNT, drop_order=2),
            Column("USD/unit-h", Unit.USD_PER_UNIT),
        ),
        rows=tuple(rows),
        footnotes=("A unit is an accelerator, or a vCPU where the kind is CPU. Undiscounted.",) if rows else (),
        when_empty="No capacity is paid for.",
    )


def cash_by_year_table(plan: Plan, scenario: Scenario) -> Table:
    """Cash of each calendar year against its ceiling."""
    ceilings: dict[int, float] = {}
    for ceiling in scenario.limits.cash:
        ceilings[ceiling.year] = min(ceiling.usd, ceilings.get(ceiling.year, ceiling.usd))
    rows: list[Row] = []
    for year, cash in sorted(plan.totals.cash_by_year_usd.items()):
        limit = ceilings.get(int(year)) if year.isdigit() else None
        # The plan keeps ceilings to this tolerance (router/plan/breaches.py); within it, all is used.
        spare = 0.0 if limit is None else max(0.005, 1e-9 * limit)
        left = 0.0 if limit is None else limit - cash
        over = left < -spare
        verdict = None
        if limit is not None:
            verdict = f"{numbers.money(-left)} OVER" if over else f"{numbers.money(left)} left"
            verdict = "used up" if abs(left) <= spare else verdict
        rows.append(Row((year, cash, limit, cash / limit if limit else None, verdict), "alert" if over else "plain"))
    has_ceiling = any(row.cells[2] is not None for row in rows)
    columns = (
        Column("Year"),
        Column("Cash", Unit.USD),
        Column("Ceiling", Unit.USD),
        Column("Used", Unit.MET),
        Column("Verdict"),
    )
    kept = 5 if has_ceiling else 2
    return Table(
        key="cash-by-year",
        title="Cash by calendar year",
        columns=columns[:kept],
        rows=tuple(Row(row.cells[:kept], row.role) for row in rows),
        when_empty="No cash is paid.",
    )


def _largest(names: list[str], amounts: dict[tuple[str, str], float], most: int) -> list[str]:
    if len(names) <= most:
        return names
    weight = {name: sum(abs(amount) for (_, owner), amount in amounts.items() if owner == name) for name in names}
    kept = set(sorted(names, key=lambda name: -weight[name])[: max(1, most - 1)])
    return [name for name in names if name in kept]
