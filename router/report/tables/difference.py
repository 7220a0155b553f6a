"""The difference between two plans as tables: in short, cost by cause, what moved, contracts, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from router.plan.document import BillCategory
from router.report import numbers
from router.report.difference_words import Names, biggest_in_words, signed_money, signed_share, stretch_words
from router.report.table import Cell, Column, Row, RowRole, Table, Unit
from router.report.tables.cost import CATEGORY_WORDS, NO_PROVIDER, OTHERS
from router.report.tables.difference_lists import (
    breach_changes_table,
    reservation_changes_table,
    tier_changes_table,
    unserved_changes_table,
    window_changes_table,
)
from router.report.tables.difference_moves import moves_table, run_changes_table, served_changes_table
from router.report.tables.difference_rows import DISCOUNTED, NOT_DISCOUNTED

if TYPE_CHECKING:
    from router.difference.document import AmountChange, PlanDifference
    from router.scenario.scenario import Scenario

NO_WORKLOAD = "no workload"
_BIGGEST = 5


def difference_tables(
    difference: PlanDifference,
    before: Scenario | None = None,
    after: Scenario | None = None,
    *,
    most_rows: int = 12,
) -> tuple[Table, ...]:
    """All tables of a difference; those with nothing to tell are left out, all but the first where it is empty.

    The scenarios, where given, name accelerators and units. Lists longer than `most_rows` say how much they leave out.
    """
    if difference.is_empty:
        return (difference_headline_table(difference),)
    names = Names(before, after)
    tables = [
        difference_headline_table(difference),
        biggest_table(difference, names),
        cause_table(difference),
        provider_table(difference, most_rows),
        workload_table(difference, most_rows),
        year_table(difference),
        window_changes_table(difference, most_rows),
        tier_changes_table(difference, most_rows),
        unserved_changes_table(difference, most_rows),
        breach_changes_table(difference, most_rows),
        run_changes_table(difference, most_rows),
        moves_table(difference, names, most_rows),
        served_changes_table(difference, names, most_rows),
        reservation_changes_table(difference, most_rows),
    ]
    return tuple(table for table in tables if table.rows)


def difference_headline_table(difference: PlanDifference) -> Table:
    """Cost before and after, how sure the change is, cash, shortfall, unserved value and how the time compares."""
    cost = difference.cost
    by_cause = {amount.name: amount for amount in cost.by_cause}
    rows: list[Row] = []
    old, new = difference.before.scenario, difference.after.scenario
    if old.name != new.name:
        rows.append(Row(("Plans", f"{old.name} (before), {new.name} (after)")))
    if difference.is_empty:
        rows.append(Row(("Change", "none: both plans do the same and cost the same"), "total"))
    rows.append(Row((f"Total cost, {DISCOUNTED}", _change(cost.total)), "total"))
    if not difference.is_empty:
        rows += [Row(("Proved", _proved(difference))), Row((f"Cash to pay, {NOT_DISCOUNTED}", _change(cost.cash)))]
        for category in (BillCategory.SHORTFALL, BillCategory.UNSERVED, BillCategory.BREACH):
            amount = by_cause.get(category.value)
            if amount is not None and amount.change_usd:
                words = {"shortfall": "Shortfall", "unserved": "Unserved value", "breach": "Broken limits"}
                named = f"{words[category]}, {DISCOUNTED}"
                rows.append(Row((named, _change(amount)), "alert" if amount.change_usd > 0 else "plain"))
    rows += _horizon_rows(difference)
    return Table(
        key="difference",
        title="The difference in short",
        columns=(Column("What", least_width=14), Column("Value", least_width=30)),
        rows=tuple(rows),
        headed=False,
    )


def biggest_table(difference: PlanDifference, names: Names) -> Table:
    """The five biggest changes in words."""
    lines = biggest_in_words(difference, _BIGGEST, names)
    return Table(
        key="biggest-changes",
        title=f"The biggest changes ({NOT_DISCOUNTED})",
        columns=(Column("Rank", least_width=2), Column("Change", least_width=30)),
        rows=tuple(Row((f"{rank}.", line)) for rank, line in enumerate(lines, start=1)),
        headed=False,
        when_empty="Nothing changes that costs money.",
    )


def cause_table(difference: PlanDifference) -> Table:
    """Cost by category of the bill, in the order of the report, and the total."""
    order = [category.value for category in CATEGORY_WORDS]
    amounts = sorted(difference.cost.by_cause, key=lambda amount: order.index(str(amount.name)))
    rows = [(CATEGORY_WORDS[BillCategory(str(amount.name))], amount) for amount in amounts]
    return _amounts_table("difference-by-cause", f"Cost by cause ({DISCOUNTED})", "Cause", rows, difference.cost.total)


def provider_table(difference: PlanDifference, most_rows: int) -> Table:
    """Cost by provider, the largest change first."""
    rows = [(amount.name or NO_PROVIDER, amount) for amount in difference.cost.by_provider]
    note = f"{NO_PROVIDER}: the value of unserved demand, migration and penalties."
    notes = [note] if any(name == NO_PROVIDER for name, _ in rows) else []
    title = f"Cost by provider ({DISCOUNTED})"
    return _amounts_table("difference-by-provider", title, "Provider", rows, difference.cost.total, most_rows, notes)


def workload_table(difference: PlanDifference, most_rows: int) -> Table:
    """Cost by workload, the largest change first."""
    rows = [(amount.name or NO_WORKLOAD, amount) for amount in difference.cost.by_workload]
    notes = ["What a pool costs is shared by the instance-hours that each takes of it."]
    if any(name == NO_WORKLOAD for name, _ in rows):
        notes.append(f"{NO_WORKLOAD}: idle reservations, shortfalls, tier credits, penalties.")
    title = f"Cost by workload ({DISCOUNTED})"
    return _amounts_table("difference-by-workload", title, "Workload", rows, difference.cost.total, most_rows, notes)


def year_table(difference: PlanDifference) -> Table:
    """Cash by calendar year."""
    rows = [(str(amount.name), amount) for amount in difference.cost.cash_by_year]
    title = f"Cash by calendar year ({NOT_DISCOUNTED})"
    return _amounts_table("difference-by-year", title, "Year", rows, difference.cost.cash)


def _amounts_table(
    key: str,
    title: str,
    what: str,
    amounts: Sequence[tuple[str, AmountChange]],
    total: AmountChange,
    most_rows: int | None = None,
    notes: Sequence[str] = (),
) -> Table:
    if not any(amount.change_usd for _, amount in amounts):
        amounts = ()
    shown = amounts if most_rows is None or len(amounts) <= most_rows else amounts[: most_rows - 1]
    rows = [_amount_row(name, amount.before_usd, amount.after_usd, amount.change_usd) for name, amount in shown]
    rest = [amount for _, amount in amounts[len(shown) :]]
    if rest:
        sums = [sum(getattr(amount, field) for amount in rest) for field in ("before_usd", "after_usd", "change_usd")]
        rows.append(_amount_row(f"{len(rest)} {OTHERS}", *sums))
    if rows:
        rows.append(_amount_row("all", total.before_usd, total.after_usd, total.change_usd, "total"))
    return Table(
        key=key,
        title=title,
        columns=(
            Column(what),
            Column("Before", Unit.USD),
            Column("After", Unit.USD),
            Column("Change", Unit.USD),
            Column("Share", Unit.SHARE, drop_order=1),
        ),
        rows=tuple(rows),
        footnotes=tuple(notes) if rows else (),
        when_empty="Nothing changes.",
    )


def _amount_row(name: str, before: float, after: float, change: float, role: RowRole = "plain") -> Row:
    cells: tuple[Cell, ...] = (name, before, after, numbers.aligned(signed_money(change)), _share(before, change))
    return Row(cells, role)


def _share(before: float, change: float) -> Cell:
    if abs(change) < 0.005 or abs(before) < 0.005:
        return None
    return signed_share(change / abs(before))


def _change(amount: AmountChange) -> str:
    before, after = numbers.money(amount.before_usd), numbers.money(amount.after_usd)
    if not amount.change_usd:
        return f"{after}, unchanged"
    share = _share(amount.before_usd, amount.change_usd)
    from_to = after if before == after else f"{before} to {after}"
    return f"{from_to}: {signed_money(amount.change_usd)}{f' ({share})' if share else ''}"


def _proved(difference: PlanDifference) -> str:
    cost = difference.cost
    least, most = cost.change_at_least_usd, cost.change_at_most_usd
    if most - least < 0.01:
        return "both plans are the cheapest possible: the change is exact"
    first, last = signed_money(least), signed_money(most)
    words = f"the cheapest possible plans differ by {first if first == last else f'{first} to {last}'}"
    return f"{words}: it may be nothing at all" if least <= 0 <= most else words


def _horizon_rows(difference: PlanDifference) -> list[Row]:
    horizon = difference.horizon
    if horizon.same_periods:
        return []
    if horizon.same_horizon:
        words = "the same time in other periods: what is compared by period is spread evenly within each"
        return [Row(("Periods", words))]
    old, new = difference.before, difference.after
    words = f"DIFFERENT: {stretch_words(old.start, old.end)} before, {stretch_words(new.start, new.end)} after. "
    if horizon.common_start is None or horizon.common_end is None:
        words += "They share no day: only costs, contracts and what is left out can be compared"
    else:
        common = stretch_words(horizon.common_start, horizon.common_end)
        words += f"Costs are of each plan's whole time; moves and what is served of {common}"
    return [Row(("Horizons", words), "alert")]
