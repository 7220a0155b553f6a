"""price_tiers: the level that spend reaches in a tier window, and its credit."""

from __future__ import annotations

from dataclasses import dataclass

from router.audit.charges import Charge, Spend
from router.audit.facts import Facts
from router.audit.report import Ledger
from router.audit.tolerance import money_tolerance, same_money
from router.audit.windows import Window, spans, window_of
from router.plan.document import BillCategory, Plan, TierRecord
from router.scenario.contract import Tiers


@dataclass(frozen=True)
class Credit:
    """A tier window of a contract and the credit received at its end."""

    contract: str
    window: Window
    spend_usd: float
    usd: float


def check_tiers(facts: Facts, plan: Plan, spend: Spend, ledger: Ledger) -> list[Credit]:
    """Check tier records; where spend stands at a threshold, the plan's level is taken as it is."""
    given: dict[tuple[str, object], TierRecord] = {}
    for record in plan.tiers:
        where = f"tier window of {record.contract} from {record.start}"
        if (record.contract, record.start) in given:
            ledger.find("duplicates", where, "a second record", "one record")
        given[record.contract, record.start] = record
    credits = []
    for name, contract in facts.scenario.contracts.items():
        if contract.tiers is None:
            continue
        for start, end in spans(contract, contract.tiers.window):
            window = window_of(facts.calendar, contract, start, end)
            if window is None:
                continue
            where = f"tier window of {name} from {start}"
            found = given.pop((name, start), None)
            spent = float(window.shares @ spend.usd[name])
            lines = int((spend.charges[name] * (window.shares > 0)).sum())
            if not ledger.require(found is not None, "price_tiers", where, "no record", "a record") or found is None:
                usd = credit_of(contract.tiers, window.counted_share, spent, None)
            else:
                usd = _check(ledger, where, contract.tiers, window, found, spent, lines)
            credits.append(Credit(name, window, spent, usd))
    for record in given.values():
        where = f"tier window of {record.contract} from {record.start}"
        ledger.find("price_tiers", where, "a record", "none: there is no such window")
    return credits


def credit_charges(facts: Facts, credits: list[Credit]) -> list[Charge]:
    """The bill's lines of the credits."""
    return [
        Charge(
            credit.window.settled_in_period,
            BillCategory.TIER_CREDIT,
            facts.scenario.contracts[credit.contract].provider,
            credit.contract,
            "USD",
            -credit.usd / credit.spend_usd if credit.spend_usd > 0 else None,
            -credit.usd,
            contract=credit.contract,
        )
        for credit in credits
    ]


def level_of(tiers: Tiers, share: float, spent_usd: float) -> int:
    """Index of the level that a spend reaches, -1 below the first; thresholds times `share`.

    A level is reached from one billionth below its threshold on.
    """
    least = 1.0 - 1e-9
    reached = [index for index, level in enumerate(tiers.levels) if spent_usd >= level.from_usd * share * least]
    return max(reached, default=-1)


def credit_of(tiers: Tiers, share: float, spent_usd: float, level: int | None) -> float:
    """USD of credit; `level` (all units) is the one that applies, by the spend where None."""
    if tiers.method == "all_units":
        at = level_of(tiers, share, spent_usd) if level is None else level
        return tiers.levels[at].discount * spent_usd if at >= 0 else 0.0
    total = 0.0
    for index, part in enumerate(tiers.levels):
        upper = tiers.levels[index + 1].from_usd * share if index + 1 < len(tiers.levels) else float("inf")
        total += part.discount * max(0.0, min(spent_usd, upper) - part.from_usd * share)
    return total


def _check(
    ledger: Ledger, where: str, tiers: Tiers, window: Window, found: TierRecord, spent: float, lines: int
) -> float:
    ledger.checks += 5
    if found.end != window.end:
        ledger.find("price_tiers", f"{where}, end", found.end, window.end)
    if found.settled_in_period != window.settled_in_period:
        place = f"{where}, settled in period"
        ledger.find("price_tiers", place, found.settled_in_period, window.settled_in_period)
    if same_money(found.spend_usd, spent, lines):
        spent = found.spend_usd
    else:
        ledger.find("price_tiers", f"{where}, spend", found.spend_usd, spent)
    share = window.counted_share
    margin = money_tolerance(spent)
    least, most = level_of(tiers, share, spent - margin), level_of(tiers, share, spent + margin)
    level = found.level
    if not least <= level <= most:
        level = level_of(tiers, share, spent)
        ledger.find("price_tiers", f"{where}, level", found.level, level)
    usd = credit_of(tiers, share, spent, level)
    if same_money(found.credit_usd, usd, 1, spent):
        return found.credit_usd
    ledger.find("price_tiers", f"{where}, credit", found.credit_usd, usd)
    return usd
