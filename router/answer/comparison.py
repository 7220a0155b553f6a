"""One case against another: what it costs more or less, why, and whether that is proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from router.answer.answer import Answer
from router.answer.causes import Cause, by_cause
from router.answer.proof import Proof, proof
from router.outcome.outcome import Outcome
from router.whatif.case import BASE

_ROUNDING = 1e-9
"""Shares that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of something named, before and after."""

    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class CauseChange:
    """Part of the difference in cost, discounted. ``provider``: `-` for what no provider is paid."""

    cause: Cause
    provider: str
    before_usd: float
    after_usd: float

    @property
    def change_usd(self) -> float:
        """After minus before."""
        return self.after_usd - self.before_usd


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """A commitment over all its windows, not discounted. 0 throughout where a side has no such commitment."""

    name: str
    promise_usd: Amount
    drawdown_usd: Amount
    shortfall_usd: Amount


@dataclass(frozen=True, slots=True)
class UnservedChange:
    """What a workload is not served: its value in USD, not discounted, and units (unit-hours; 1 for a job)."""

    workload: str
    usd: Amount
    units: Amount


@dataclass(frozen=True)
class Comparison:
    """``after`` against ``before``, both case names.

    ``causes`` add up to the difference in cost (discounted), as the plans' causes do to their costs; those without a
    change are left out. Other amounts are not discounted. ``moved_units``: units of demand that migrate from pool to
    pool within each plan, by workload. ``shares``: of each provider in the plan's cash; ``share_moved`` how much of
    the cash goes to another provider: half the sum of what the shares change by. ``limits_broken``: key paths of
    limits that only the second breaks; ``limits_mended``: that only the first does.
    """

    before: str
    after: str
    cost_usd: Amount
    proof: Proof
    causes: tuple[CauseChange, ...]
    cash_usd: Amount
    cash_by_year_usd: tuple[Amount, ...]
    commitments: tuple[CommitmentChange, ...]
    unserved: tuple[UnservedChange, ...]
    moved_units: tuple[Amount, ...]
    shares: tuple[Amount, ...]
    share_moved: float
    gaps: Amount
    limits_broken: tuple[str, ...]
    limits_mended: tuple[str, ...]

    @property
    def difference_usd(self) -> float:
        """Cost of the second minus cost of the first, discounted."""
        return self.cost_usd.change

    @property
    def share(self) -> float | None:
        """The difference over the first's cost; None where that is nothing."""
        before = self.cost_usd.before
        return self.difference_usd / abs(before) if abs(before) >= 0.005 else None

    @property
    def shortfall_usd(self) -> Amount:
        """Missed promises, over all commitments."""
        return _total("shortfall", (commitment.shortfall_usd for commitment in self.commitments))

    @property
    def unserved_usd(self) -> Amount:
        """Value of unserved demand, over all workloads."""
        return _total("unserved", (unserved.usd for unserved in self.unserved))

    def by_cause(self) -> tuple[CauseChange, ...]:
        """The causes over all providers (`provider` is `-` throughout), in the order of `Cause`."""
        found = []
        for cause in Cause:
            parts = [part for part in self.causes if part.cause == cause]
            if parts:
                before, after = sum(part.before_usd for part in parts), sum(part.after_usd for part in parts)
                found.append(CauseChange(cause, "-", before, after))
        return tuple(found)


def compare(before_name: str, before: Outcome, after_name: str, after: Outcome) -> Comparison:
    """The second case against the first."""
    old, new = by_cause(before.cost_by_cause_usd), by_cause(after.cost_by_cause_usd)
    causes = [
        CauseChange(cause, provider, old.get((cause, provider), 0.0), new.get((cause, provider), 0.0))
        for cause, provider in sorted({*old, *new}, key=lambda key: (list(Cause).index(key[0]), key[1]))
    ]
    shares = _amounts(before.share_by_provider, after.share_by_provider)
    moved = sum(abs(amount.change) for amount in shares) / 2
    return Comparison(
        before=before_name,
        after=after_name,
        cost_usd=Amount("cost", before.cost_usd, after.cost_usd),
        proof=proof(before, after),
        causes=tuple(part for part in causes if part.change_usd),
        cash_usd=Amount("cash", before.cash_usd, after.cash_usd),
        cash_by_year_usd=_amounts(before.cash_by_year_usd, after.cash_by_year_usd, in_order=True),
        commitments=_commitments(before, after),
        unserved=tuple(
            UnservedChange(
                name,
                Amount(name, before.unserved_usd.get(name, 0.0), after.unserved_usd.get(name, 0.0)),
                Amount(name, before.unserved_units.get(name, 0.0), after.unserved_units.get(name, 0.0)),
            )
            for name in _names(before.unserved_usd, after.unserved_usd, before.unserved_units, after.unserved_units)
        ),
        moved_units=_amounts(before.moved_units, after.moved_units),
        shares=shares,
        share_moved=moved if moved > _ROUNDING else 0.0,
        gaps=Amount("gap", before.gap, after.gap),
        limits_broken=tuple(name for name in after.broken_limits if name not in before.broken_limits),
        limits_mended=tuple(name for name in before.broken_limits if name not in after.broken_limits),
    )


def comparison(answer: Answer, after: str, before: str = BASE) -> Comparison | None:
    """A case of the answer against another, the base if none is named; None where either has no plan."""
    old, new = answer.outcome(before), answer.outcome(after)
    return None if old is None or new is None else compare(before, old, after, new)


def comparisons(answer: Answer) -> tuple[Comparison, ...]:
    """Each what-if against the base, in the file's order; those without a plan are left out."""
    found = (comparison(answer, case.name) for case in answer.whatifs if case.name != BASE)
    return tuple(each for each in found if each is not None)


def _commitments(before: Outcome, after: Outcome) -> tuple[CommitmentChange, ...]:
    old, new = _commitment_sums(before), _commitment_sums(after)
    found = []
    for name in _names(old, new):
        pairs = zip(old.get(name, (0.0, 0.0, 0.0)), new.get(name, (0.0, 0.0, 0.0)), strict=True)
        promise, drawdown, shortfall = (Amount(name, first, second) for first, second in pairs)
        found.append(CommitmentChange(name, promise, drawdown, shortfall))
    return tuple(found)


def _commitment_sums(outcome: Outcome) -> dict[str, tuple[float, float, float]]:
    sums: dict[str, tuple[float, float, float]] = {}
    for window in outcome.windows:
        name = f"{window.contract}/{window.commitment}"
        promise, drawdown, shortfall = sums.get(name, (0.0, 0.0, 0.0))
        sums[name] = (
            promise + window.promise_usd,
            drawdown + window.drawdown_usd,
            shortfall + window.shortfall_usd,
        )
    return sums


def _amounts(before: Mapping[str, float], after: Mapping[str, float], *, in_order: bool = False) -> tuple[Amount, ...]:
    names = _names(before, after)
    return tuple(
        Amount(name, before.get(name, 0.0), after.get(name, 0.0)) for name in (sorted(names) if in_order else names)
    )


def _names(*groups: Iterable[str]) -> list[str]:
    """Every name once, in the order in which it first comes."""
    return list(dict.fromkeys(name for group in groups for name in group))


def _total(name: str, amounts: Iterable[Amount]) -> Amount:
    listed = list(amounts)
    return Amount(name, sum(amount.before for amount in listed), sum(amount.after for amount in listed))
