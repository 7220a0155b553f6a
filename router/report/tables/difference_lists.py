"""The lists of a difference that are no moves: contracts, tiers, reservations, unserved demand, broken limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report.difference_words import breach_words, owner_words, stretch_words, term_words, window_words
from router.report.table import Column, Row, Table, Unit
from router.report.tables.difference_rows import NOT_DISCOUNTED, cut, money_change

if TYPE_CHECKING:
    from router.difference.document import PlanDifference
    from router.plan.document import TierRecord


def window_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each commitment window that differs, with drawdown, carry and shortfall before and after."""
    shown, notes = cut(difference.windows, most_rows, "window")
    rows = []
    for change in shown:
        was, now = change.before, change.after
        window = now or was
        rows.append(
            Row(
                (
                    f"{change.contract}/{change.commitment}",
                    window.start if window else None,
                    was.drawdown_usd if was else None,
                    now.drawdown_usd if now else None,
                    money_change(was.carried_out_usd if was else 0.0, now.carried_out_usd if now else 0.0),
                    (was.shortfall_usd if was else 0.0) or None,
                    (now.shortfall_usd if now else 0.0) or None,
                    window_words(change),
                ),
                "alert" if now is not None and change.shortfall_change_usd > 0 else "plain",
            )
        )
    return Table(
        key="window-changes",
        title=f"Contracts: what changes ({NOT_DISCOUNTED})",
        columns=(
            Column("Contract", least_width=12),
            Column("From", Unit.DATE),
            Column("Drawdown before", Unit.USD, drop_order=2),
            Column("Drawdown after", Unit.USD, drop_order=1),
            Column("Carry change", Unit.USD, drop_order=3),
            Column("Short before", Unit.USD, drop_order=5),
            Column("Short after", Unit.USD, drop_order=4),
            Column("Change", least_width=20),
        ),
        rows=tuple(rows),
        footnotes=notes,
        when_empty="No commitment changes.",
    )


def tier_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each tier window that differs."""
    shown, notes = cut(difference.tiers, most_rows, "tier window")
    rows = []
    for change in shown:
        was, now = change.before, change.after
        window = now or was
        rows.append(
            Row(
                (
                    change.contract,
                    window.start if window else None,
                    was.spend_usd if was else None,
                    now.spend_usd if now else None,
                    _levels(was, now),
                    money_change(was.credit_usd if was else 0.0, now.credit_usd if now else 0.0),
                )
            )
        )
    return Table(
        key="tier-changes",
        title=f"Price tiers: what changes ({NOT_DISCOUNTED})",
        columns=(
            Column("Contract"),
            Column("From", Unit.DATE),
            Column("Spend before", Unit.USD, drop_order=1),
            Column("Spend after", Unit.USD),
            Column("Level"),
            Column("Credit change", Unit.USD),
        ),
        rows=tuple(rows),
        footnotes=notes,
        when_empty="No price tier changes.",
    )


def reservation_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each purchase that differs."""
    shown, notes = cut(difference.reservations, most_rows, "purchase")
    rows = tuple(
        Row(
            (
                change.pool,
                change.start,
                term_words(change.term_months),
                change.instances_before,
                change.instances_after,
                money_change(change.usd_before, change.usd_after),
                change.contract or "none",
            )
        )
        for change in shown
    )
    return Table(
        key="reservation-changes",
        title=f"Reservations bought more or less ({NOT_DISCOUNTED})",
        columns=(
            Column("Pool"),
            Column("Buy for", Unit.DATE),
            Column("Term", least_width=8),
            Column("Instances before", Unit.COUNT),
            Column("Instances after", Unit.COUNT),
            Column("Spend", Unit.USD),
            Column("Contract", drop_order=1),
        ),
        rows=rows,
        footnotes=(*notes, "Spend: change within the horizon, at each plan's average price.") if rows else (),
        when_empty="The same reservations are bought.",
    )


def unserved_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each stream or job of which more or less is left out."""
    shown, notes = cut(difference.unserved, most_rows, "demand")
    rows = tuple(
        Row(
            (
                owner_words(change.workload, change.stream),
                str(change.kind),
                stretch_words(change.start, change.end),
                change.value_usd_before,
                change.value_usd_after,
                money_change(change.value_usd_before, change.value_usd_after),
                change.because_after or f"was: {change.because_before}",
            ),
            "alert" if change.value_usd_after > change.value_usd_before else "plain",
        )
        for change in shown
    )
    return Table(
        key="unserved-changes",
        title=f"Unserved demand: what changes ({NOT_DISCOUNTED})",
        columns=(
            Column("Demand", least_width=10),
            Column("What", least_width=7),
            Column("When", least_width=10, drop_order=2),
            Column("Value before", Unit.USD, drop_order=3),
            Column("Value after", Unit.USD, drop_order=4),
            Column("Change", Unit.USD),
            Column("Because", least_width=24, drop_order=1),
        ),
        rows=rows,
        footnotes=notes,
        when_empty="The same demand is served.",
    )


def breach_changes_table(difference: PlanDifference, most_rows: int) -> Table:
    """A row for each limit that is newly, no longer or otherwise broken."""
    shown, notes = cut(difference.breaches, most_rows, "limit")
    rows = tuple(
        Row(
            (breach_words(change), money_change(change.penalty_usd_before, change.penalty_usd_after)),
            "alert" if change.words_after is not None else "plain",
        )
        for change in shown
    )
    return Table(
        key="breach-changes",
        title=f"Limits broken: what changes ({NOT_DISCOUNTED})",
        columns=(Column("Limit", least_width=30), Column("Penalty", Unit.USD)),
        rows=rows,
        footnotes=notes,
        when_empty="The same limits are kept.",
    )


def _levels(was: TierRecord | None, now: TierRecord | None) -> str:
    if was is None or now is None:
        one = now or was
        return f"{'gone' if now is None else 'new'}: {_level(one.level if one else -1)}"
    return _level(now.level) if was.level == now.level else f"{_level(was.level)} to {_level(now.level)}"


def _level(level: int) -> str:
    return "below the first" if level < 0 else f"level {level + 1}"
