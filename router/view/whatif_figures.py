"""What came of a what-if as texts for a row: cost, difference to the base, gap, what is missed and left out."""

from __future__ import annotations

from dataclasses import dataclass

from router.outcome.outcome import Outcome
from router.report import numbers
from router.report.difference_words import signed_money
from router.sweep.answered import Answered

NO_PLAN = "NO PLAN"
UNPROVED = "~"
"""Before a difference that is smaller than what the two plans may be off by."""

WORSE = "! "
"""Before what is missed or left out and is more than the base's."""

_HALF_A_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Figures:
    """Texts of one case's figures; empty where not known. ``alerts``: names of the fields that are worse than the
    base's and are to be seen.
    """

    cost: str = ""
    change: str = ""
    gap: str = ""
    shortfall: str = ""
    unserved: str = ""
    alerts: frozenset[str] = frozenset()


NOTHING_KNOWN = Figures()


def figures_of(answered: Answered | None, base: Outcome | None) -> Figures:
    """The texts of a case; ``base``: what came of the scenario without changes, None where that is not known yet."""
    if answered is None:
        return NOTHING_KNOWN
    outcome = answered.outcome
    if outcome is None:
        return Figures(change=NO_PLAN, alerts=frozenset({"change"}))
    short, unserved = shortfall_usd(outcome), unserved_usd(outcome)
    alerts = set()
    if short > _HALF_A_CENT and (base is None or short > shortfall_usd(base) + _HALF_A_CENT):
        alerts.add("shortfall")
    if unserved > _HALF_A_CENT and (base is None or unserved > unserved_usd(base) + _HALF_A_CENT):
        alerts.add("unserved")
    return Figures(
        cost=numbers.money(outcome.cost_usd),
        change="" if base is None else change_words(outcome, base),
        gap=numbers.at_most_share(outcome.gap),
        shortfall=_amount(short, is_worse="shortfall" in alerts),
        unserved=_amount(unserved, is_worse="unserved" in alerts),
        alerts=frozenset(alerts),
    )


def change_words(outcome: Outcome, base: Outcome) -> str:
    """What a case costs more or less than the base: `+$3.20 B`; with `~` where it is not proved which is dearer."""
    change = outcome.cost_usd - base.cost_usd
    if abs(change) < _HALF_A_CENT:
        return "same"
    return f"{UNPROVED if is_doubtful(outcome, base) else ''}{signed_money(change)}"


def is_doubtful(outcome: Outcome, base: Outcome) -> bool:
    """Whether a better plan of the dearer one could turn round which of both that is."""
    dearer, cheaper = sorted((outcome, base), key=lambda each: -each.cost_usd)
    return dearer.cost_usd - cheaper.cost_usd >= _HALF_A_CENT and dearer.lower_bound_usd < cheaper.cost_usd


def shortfall_usd(outcome: Outcome) -> float:
    """Missed of all promises, not discounted."""
    return sum(window.shortfall_usd for window in outcome.windows)


def unserved_usd(outcome: Outcome) -> float:
    """The value of all that is left out, not discounted."""
    return sum(outcome.unserved_usd.values())


def _amount(usd: float, *, is_worse: bool) -> str:
    return "none" if usd <= _HALF_A_CENT else f"{WORSE if is_worse else ''}{numbers.money(usd)}"
