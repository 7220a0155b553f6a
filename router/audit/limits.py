"""Limits over the whole plan, cash a year and shares of providers, and whether breaches are declared."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from router.audit.capacity import Loads
from router.audit.charges import Charge
from router.audit.facts import Facts, Floats
from router.audit.report import Ledger
from router.audit.tolerance import QUANTITY, money_tolerance
from router.plan.document import NOT_CASH, BillCategory, BreachRecord, Plan
from router.scenario.limits import ProviderShare

_YEAR_OF_LAST_DAY = (BillCategory.SHORTFALL, BillCategory.TIER_CREDIT)

_Place = tuple[str, int | None, str | None]
"""Limit, period, slice."""


def share_of_year(facts: Facts, category: BillCategory, year: int) -> Floats:
    """Share of each period's amounts of a category that a calendar year bears."""
    if category in _YEAR_OF_LAST_DAY:
        return np.asarray(facts.calendar.year_of_last_day() == year, dtype=float)
    return facts.calendar.share_of_year(year)


@dataclass(frozen=True)
class _Expected:
    """A breach by definition; one of at most `tolerance` need not be declared."""

    place: _Place
    amount: float
    tolerance: float
    usd_per_unit: float
    hours: float
    period: int
    unit: str


def check_limits(facts: Facts, plan: Plan, charges: list[Charge], loads: Loads, ledger: Ledger) -> list[Charge]:
    """Breaches are those that occur, with their amounts; returns the charges for them."""
    expected = [*_cash(facts, charges), *_shares(facts, loads)]
    declared = _declared(facts, plan, ledger)
    sums: dict[tuple[str, int], list[_Expected]] = {}
    amounts: dict[_Place, float] = {}
    for breach in expected:
        ledger.checks += 1
        record = declared.pop(breach.place, None)
        amount = breach.amount
        if record is None:
            if amount > breach.tolerance:
                ledger.find("breach", _words(breach.place), "no breach declared", f"a breach of {amount:.12g}")
            else:
                amount = 0.0
        elif abs(record.amount - amount) <= breach.tolerance:
            amount = record.amount
        else:
            ledger.find("breach", _words(breach.place), record.amount, amount)
        amounts[breach.place] = amount
        sums.setdefault((breach.place[0], breach.period), []).append(breach)
    for place in declared:
        ledger.find("breach", _words(place), "a breach", "none: the limit is kept there or does not apply")
    return [
        Charge(
            period,
            BillCategory.BREACH,
            None,
            limit,
            parts[0].unit,
            parts[0].usd_per_unit,
            sum(part.usd_per_unit * part.hours * amounts[part.place] for part in parts),
        )
        for (limit, period), parts in sums.items()
    ]


def plain_path(path: str) -> str:
    """A limit's key path without quotes and brackets around names.

    >>> plain_path("limits.provider_shares['at least']"), plain_path("limits.cash[0]")
    ('limits.provider_shares.at least', 'limits.cash[0]')
    """
    return re.sub(r"""\[(['"])(.*)\1\]$""", r".\2", path)


def _words(place: _Place) -> str:
    limit, period, part = place
    return limit + ("" if period is None else f", period {period}") + ("" if part is None else f", slice {part}")


def _declared(facts: Facts, plan: Plan, ledger: Ledger) -> dict[_Place, BreachRecord]:
    found: dict[_Place, BreachRecord] = {}
    for record in plan.breaches:
        limit = plain_path(record.limit)
        ledger.checks += 2
        if not _limit_exists(facts, limit):
            where = f"breach of {record.limit}"
            ledger.find("references", where, record.limit, "the key path of a limit of the scenario")
            continue
        place = (limit, record.period, record.slice)
        if place in found:
            ledger.find("duplicates", _words(place), "a second record", "one record")
        found[place] = record
    return found


def _limit_exists(facts: Facts, limit: str) -> bool:
    limits = facts.scenario.limits
    cash = {f"limits.cash[{index}]" for index in range(len(limits.cash))}
    return limit in cash or limit in {f"limits.provider_shares.{name}" for name in limits.provider_shares}


def _cash(facts: Facts, charges: list[Charge]) -> list[_Expected]:
    found = []
    calendar = facts.calendar
    paid = [charge for charge in charges if charge.category not in NOT_CASH]
    for index, ceiling in enumerate(facts.scenario.limits.cash):
        overlapping = np.flatnonzero(calendar.share_of_year(ceiling.year) > 0)
        if not overlapping.size:
            continue
        last = int(overlapping[-1])
        shares = {category: share_of_year(facts, category, ceiling.year) for category in BillCategory}
        parts = [charge.amount_usd * float(shares[charge.category][charge.period]) for charge in paid]
        lines = sum(part != 0 for part in parts)
        found.append(
            _Expected(
                place=(f"limits.cash[{index}]", last, None),
                amount=max(0.0, sum(parts) - ceiling.usd),
                tolerance=money_tolerance(ceiling.usd, lines) + QUANTITY * ceiling.usd,
                usd_per_unit=ceiling.breach_penalty,
                hours=1.0,
                period=last,
                unit="USD",
            )
        )
    return found


def _shares(facts: Facts, loads: Loads) -> list[_Expected]:
    found: list[_Expected] = []
    for name, limit in facts.scenario.limits.provider_shares.items():
        found.extend(_share(facts, loads, name, limit))
    return found


def _share(facts: Facts, loads: Loads, name: str, limit: ProviderShare) -> list[_Expected]:
    calendar = facts.calendar
    by_accelerators = limit.measure == "accelerators"
    measure = facts.accelerators if by_accelerators else np.where(facts.accelerators > 0, 0.0, facts.vcpus)
    in_use = measure[:, None, None] * loads.held
    total = in_use.sum(axis=0)
    own = in_use[facts.provider_of_pool == facts.provider_index.get(limit.provider, -1)].sum(axis=0)
    outside = np.maximum(0.0, own - limit.max_share * total) + np.maximum(0.0, limit.min_share * total - own)
    return [
        _Expected(
            place=(f"limits.provider_shares.{name}", int(period), part),
            amount=float(outside[period, index]),
            tolerance=QUANTITY * max(1.0, float(total[period, index])),
            usd_per_unit=limit.breach_penalty_usd_per_hour,
            hours=float(calendar.slice_hours[period, index]),
            period=int(period),
            unit="accelerator-hours" if by_accelerators else "vcpu-hours",
        )
        for period in np.flatnonzero(calendar.wholly_within(limit.start, limit.end))
        for index, part in enumerate(calendar.slices)
    ]
