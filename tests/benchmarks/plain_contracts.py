"""Windows of commitments and tiers, cash years and shares: docs/model.md section 5, for the rivals only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from router.scenario.contract import Commitment, Contract
from router.scenario.scenario import Scenario
from tests.benchmarks.plain_time import Periods, days_shared, later


@dataclass(frozen=True)
class Window:
    """Part of a commitment: ``share[t]`` of the spend of period t counts. ``tier_share`` by tier window."""

    start: date
    end: date
    promise_usd: float
    spent_usd: float
    share: dict[int, float]
    settled: int
    carry_limit_usd: float
    tier_share: list[float]


@dataclass(frozen=True)
class TierWindow:
    """Levels with prorated bounds (the last has none above)."""

    share: dict[int, float]
    settled: int
    lower_usd: list[float]
    discount: list[float]


@dataclass(frozen=True)
class ContractFacts:
    """A contract: for each commitment its windows in order and its shortfall rate."""

    name: str
    commitments: list[tuple[list[Window], float]]
    tiers: list[TierWindow]
    all_units: bool


def contract_windows(kind: str, contract: Contract) -> list[tuple[date, date]]:
    """Contract years, calendar years cut by the term, or the term."""
    if kind == "term":
        return [(contract.start, contract.end)]
    edges = [contract.start]
    while edges[-1] < contract.end:
        if kind == "contract_year":
            following = later(contract.start, 12 * len(edges))
        else:
            following = date(edges[-1].year + 1, 1, 1)
        edges.append(min(following, contract.end))
    return list(pairwise(edges))


def _spend_share(start: date, end: date, periods: Periods) -> dict[int, float]:
    share = {t: periods.share_within(t, start, end) for t in range(periods.count)}
    return {t: part for t, part in share.items() if part > 0}


def read_contracts(scenario: Scenario, periods: Periods) -> list[ContractFacts]:
    """All contracts."""
    result = []
    for name, contract in scenario.contracts.items():
        tier_spans = _tier_spans(contract, periods)
        result.append(
            ContractFacts(
                name=name,
                commitments=[
                    (_windows(contract, commitment, tier_spans, periods), commitment.shortfall_rate)
                    for commitment in contract.commitments.values()
                ],
                tiers=[_tier_window(contract, start, end, periods) for start, end in tier_spans],
                all_units=contract.tiers is not None and contract.tiers.method == "all_units",
            )
        )
    return result


def _within_horizon(start: date, end: date, periods: Periods) -> int:
    return days_shared(start, end, periods.start[0], periods.end[-1])


def _tier_spans(contract: Contract, periods: Periods) -> list[tuple[date, date]]:
    if contract.tiers is None:
        return []
    spans = contract_windows(contract.tiers.window, contract)
    return [(start, end) for start, end in spans if _within_horizon(start, end, periods) > 0]


def _windows(
    contract: Contract, commitment: Commitment, tier_spans: list[tuple[date, date]], periods: Periods
) -> list[Window]:
    if commitment.windows is not None:
        spans = [(window.start, window.end) for window in commitment.windows]
        amounts = [window.amount_usd for window in commitment.windows]
    else:
        spans = contract_windows(commitment.window or "contract_year", contract)
        amount = commitment.amount_usd
        amounts = list(amount) if isinstance(amount, list) else [float(amount or 0.0)] * len(spans)
    result = []
    for (start, end), amount_usd in zip(spans, amounts, strict=True):
        days = _within_horizon(start, end, periods)
        if days == 0:
            continue
        spent = 0.0
        if commitment.spent_to_date_usd is not None and start <= periods.start[0] < end:
            spent = commitment.spent_to_date_usd
            days += (periods.start[0] - start).days
        promise = amount_usd * days / (end - start).days
        carry = commitment.carry_forward
        if isinstance(carry, bool):
            limit = float("inf") if carry else 0.0
        else:
            limit = carry.max_share * promise if carry.max_share is not None else float("inf")
        tier_share = []
        for tier_start, tier_end in tier_spans:
            cut = max(tier_start, periods.start[0]), min(tier_end, periods.end[-1])
            tier_share.append(days_shared(*cut, start, end) / (cut[1] - cut[0]).days)
        result.append(
            Window(
                start=start,
                end=end,
                promise_usd=promise,
                spent_usd=spent,
                share=_spend_share(start, end, periods),
                settled=periods.last_overlapping(start, end),
                carry_limit_usd=limit,
                tier_share=tier_share,
            )
        )
    return result


def _tier_window(contract: Contract, start: date, end: date, periods: Periods) -> TierWindow:
    assert contract.tiers is not None
    cut = _within_horizon(start, end, periods) / (end - start).days
    lower = [level.from_usd * cut for level in contract.tiers.levels]
    discount = [level.discount for level in contract.tiers.levels]
    if lower[0] > 0:
        lower, discount = [0.0, *lower], [0.0, *discount]
    return TierWindow(
        share=_spend_share(start, end, periods),
        settled=periods.last_overlapping(start, end),
        lower_usd=lower,
        discount=discount,
    )


@dataclass(frozen=True)
class CashYear:
    """A cash ceiling: ``share[t]`` of a period's hours in its year; ``settled_in`` the year's last periods."""

    usd: float
    penalty: float
    share: dict[int, float]
    settled_in: frozenset[int]
    last: int


@dataclass(frozen=True)
class ShareLimit:
    """Bounds on a provider's share of what is held."""

    provider: str
    weights: dict[str, float]
    least: float
    most: float
    periods: list[int]
    penalty_usd_per_hour: float


def read_cash(scenario: Scenario, periods: Periods) -> list[CashYear]:
    """All cash ceilings of years that the horizon touches."""
    result = []
    for ceiling in scenario.limits.cash:
        start, end = date(ceiling.year, 1, 1), date(ceiling.year + 1, 1, 1)
        share = {t: periods.share_within(t, start, end) for t in range(periods.count)}
        share = {t: part for t, part in share.items() if part > 0}
        if share:
            # A period's end is the first day after it: its last day is the one before.
            settled = frozenset(t for t in range(periods.count) if start < periods.end[t] <= end)
            result.append(CashYear(ceiling.usd, ceiling.breach_penalty, share, settled, max(share)))
    return result


def read_shares(scenario: Scenario, pools: dict[str, tuple[int, int]], periods: Periods) -> list[ShareLimit]:
    """All provider shares; ``pools`` gives each pool's accelerators and vCPUs."""
    result = []
    for limit in scenario.limits.provider_shares.values():
        if limit.measure == "accelerators":
            weights = {name: float(gpus) for name, (gpus, _) in pools.items() if gpus}
        else:
            weights = {name: float(vcpu) for name, (gpus, vcpu) in pools.items() if not gpus}
        start, end = limit.start or date.min, limit.end or date.max
        within = [t for t in range(periods.count) if periods.wholly_within(t, start, end)]
        result.append(
            ShareLimit(
                limit.provider,
                weights,
                limit.min_share,
                limit.max_share,
                within,
                limit.breach_penalty_usd_per_hour,
            )
        )
    return result
