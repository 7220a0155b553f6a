"""What changed from one plan to another, in words of one line: for the overview of the app and the terminal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from router.difference.biggest import BigChange, Change, biggest
from router.difference.document import (
    BreachChange,
    ChangeKind,
    Move,
    PlanDifference,
    ReservationChange,
    RunChange,
    ServedChange,
    TierChange,
    UnservedChange,
    WindowChange,
)
from router.report import numbers
from router.report.pool_facts import NOT_KNOWN, PoolBook, PoolFacts

if TYPE_CHECKING:
    from router.scenario.scenario import Scenario


class Names:
    """What the scenarios of both plans know of pools and units. Without any, quantities are told in instances."""

    def __init__(self, before: Scenario | None = None, after: Scenario | None = None) -> None:
        self._scenarios = [scenario for scenario in (after, before) if scenario is not None]
        self._books = [PoolBook(scenario) for scenario in self._scenarios]

    def pool(self, name: str) -> PoolFacts | None:
        """Facts of a pool of either scenario."""
        found = [book[name] for book in self._books if book[name].provider != NOT_KNOWN]
        return found[0] if found else None

    def unit(self, workload: str) -> str:
        """The unit of a workload's quantities."""
        for scenario in self._scenarios:
            unit: str | None = getattr(scenario.workloads.get(workload), "unit", None)
            if unit:
                return unit
        return "units"

    def hours(self, pool: str, instance_hours: float, word: str = "hours") -> str:
        """Instance-hours as accelerator-hours or vCPU-hours where the pool is known: `12.3 k GB200-hours`."""
        facts = self.pool(pool)
        if facts is None or not (facts.accelerators or facts.vcpu):
            return f"{numbers.count(instance_hours)} instance-{word}"
        each, kind = (facts.accelerators, facts.kind) if facts.accelerators else (facts.vcpu, "vCPU")
        return f"{numbers.count(instance_hours * each)} {kind}-{word}"


def biggest_in_words(difference: PlanDifference, most: int = 5, names: Names | None = None) -> tuple[str, ...]:
    """The biggest changes, one line each, ranked by money (see `router.difference.biggest`)."""
    names = names or Names()
    return tuple(_big_words(big, names) for big in biggest(difference, most))


def _big_words(big: BigChange, names: Names) -> str:
    if not big.more or not isinstance(big.change, WindowChange):
        return change_words(big.change, names)
    every = (big.change, *big.more)
    windows = [window for change in every if (window := change.after or change.before) is not None]
    when = stretch_words(windows[0].start, max(window.end for window in windows))
    short = sum(window.shortfall_usd for window in windows)
    word = "gone, promised" if big.change.after is None else "new, promises"
    missed = f", SHORT by {numbers.money(short)}" if short > 0 and big.change.after is not None else ""
    promise = numbers.money(sum(window.promise_usd for window in windows))
    name = f"{big.change.contract}/{big.change.commitment}"
    return f"{name} {when}: {word} {promise} in {len(windows)} windows{missed}"


def change_words(change: Change, names: Names) -> str:
    """One change in one line."""
    match change:
        case Move():
            return _move(change, names)
        case ServedChange():
            return _served(change, names)
        case RunChange():
            return f"{change.workload}: {run_words(change)}"
        case WindowChange():
            return f"{change.contract}/{change.commitment} {_window_dates(change)}: {window_words(change)}"
        case TierChange():
            return f"{change.contract}: tier credit {_from_to(*_credits(change))}"
        case ReservationChange():
            return _reservation(change)
        case UnservedChange():
            return _unserved(change)
        case BreachChange():
            return breach_words(change)


def signed_money(usd: float) -> str:
    """An amount with its sign: `+$1.20 B`, `-$830`, `$0`."""
    text = numbers.money(usd)
    return f"+{text}" if usd >= 0.005 else text


def signed_share(value: float) -> str:
    """A share with its sign: `+8.9 %`, `-4.2 %`; `<0.1 %` and `>1,000 %` have none."""
    text = numbers.share(abs(value)) if abs(value) <= 10 else ">1,000 %"
    return text if text[0] in "<>" or not value else f"{'+' if value > 0 else '-'}{text}"


def stretch_words(start: date, end: date) -> str:
    """A stretch of time up to `end`: by months where it is whole months, else by days."""
    last = end - timedelta(days=1)
    if start.day != 1 or end.day != 1:
        return f"{start}" if start == last else f"{start} to {last}"
    first_month, last_month = f"{start:%Y-%m}", f"{last:%Y-%m}"
    return first_month if first_month == last_month else f"{first_month} to {last_month}"


def term_words(months: int) -> str:
    """A term: `1 year`, `18 months`."""
    length, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{length} {unit}{'' if length == 1 else 's'}"


def owner_words(workload: str, stream: str | None) -> str:
    """A stream or a job by its name."""
    return workload if stream is None else f"{workload}/{stream}"


def run_words(change: RunChange) -> str:
    """What became of a run."""
    was, now = change.before, change.after
    if now is not None and was is None:
        return f"now runs in {now.pool}, {now.start} to {now.end}, on {numbers.whole(now.accelerators)} accelerators"
    if was is not None and now is None:
        return f"no longer runs (was in {was.pool}, {was.start} to {was.end})"
    if was is None or now is None:
        raise ValueError("a run change without a run")
    parts = []
    if was.pool != now.pool:
        parts.append(f"moves from {was.pool} to {now.pool}")
    if was.spot != now.spot:
        parts.append("runs on spot" if now.spot else "no longer runs on spot")
    if was.start != now.start:
        days = (now.start - was.start).days
        parts.append(f"starts {abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}")
    if was.accelerators != now.accelerators:
        parts.append(f"{numbers.whole(was.accelerators)} to {numbers.whole(now.accelerators)} accelerators")
    elif was.instances != now.instances and was.pool == now.pool:
        parts.append(f"{numbers.whole(was.instances)} to {numbers.whole(now.instances)} instances")
    if was.end != now.end:
        parts.append(f"ends {now.end} instead of {was.end}")
    elif not parts:
        parts.append(f"takes {numbers.hours(now.hours)} instead of {numbers.hours(was.hours)}")
    return ", ".join(parts)


def window_words(change: WindowChange) -> str:
    """What became of a commitment's window."""
    was, now = change.before, change.after
    if now is not None and was is None:
        short = f", SHORT by {numbers.money(now.shortfall_usd)}" if now.shortfall_usd > 0 else ""
        return f"new, promise {numbers.money(now.promise_usd)}{short}"
    if was is not None and now is None:
        return f"gone, promise was {numbers.money(was.promise_usd)}"
    if was is None or now is None:
        raise ValueError("a window change without a window")
    if "shortfall" in change.fields:
        return f"shortfall {_from_to(was.shortfall_usd, now.shortfall_usd)}"
    if "shortfall paid" in change.fields:
        return f"shortfall paid {_from_to(was.shortfall_paid_usd, now.shortfall_paid_usd)}"
    if "promise" in change.fields:
        return f"promise {_from_to(was.promise_usd, now.promise_usd)}"
    if "drawdown" in change.fields:
        return f"drawdown {_from_to(was.drawdown_usd, now.drawdown_usd)}"
    if "dates" in change.fields:
        return f"was {was.start} to {numbers.last_day(was.end)}"
    return f"{' and '.join(change.fields)} changed"


def breach_words(change: BreachChange) -> str:
    """What became of a broken limit."""
    if change.words_after is None:
        return f"{change.limit}: no longer broken (was: {change.words_before})"
    word = "now broken" if change.kind == ChangeKind.CAME else f"broken otherwise, {change.kind}"
    return f"{change.limit}: {word} ({change.words_after})"


def _from_to(before_usd: float, after_usd: float) -> str:
    return f"{signed_money(after_usd - before_usd)} to {numbers.money(after_usd)}"


def _credits(change: TierChange) -> tuple[float, float]:
    return (
        change.before.credit_usd if change.before else 0.0,
        change.after.credit_usd if change.after else 0.0,
    )


def _window_dates(change: WindowChange) -> str:
    window = change.after or change.before
    return stretch_words(window.start, window.end) if window else ""


def _move(change: Move, names: Names) -> str:
    when = stretch_words(change.start, change.end)
    leaving = names.hours(change.from_pool, change.instance_hours_from)
    arriving = names.hours(change.to_pool, change.instance_hours_to)
    where = f"from {change.from_pool} to {change.to_pool}"
    became = "" if leaving == arriving else f" ({arriving} there)"
    return f"{owner_words(change.workload, change.stream)}: {leaving} {where}{became}, {when}"


def _served(change: ServedChange, names: Names) -> str:
    before, after = change.unit_hours_before, change.unit_hours_after
    owner, when = owner_words(change.workload, change.stream), stretch_words(change.start, change.end)
    level = abs(after - before) / (24.0 * (change.end - change.start).days)
    by = f"{numbers.quantity(level, names.unit(change.workload))} on average"
    match change.kind:
        case ChangeKind.CAME:
            return f"{owner}: newly served, {by}, {when}"
        case ChangeKind.WENT:
            return f"{owner}: no longer served, {by}, {when}"
        case ChangeKind.CHANGED:
            return f"{owner}: as much served at other times, {when}"
    if change.share is None:
        return f"{owner}: newly served then, {by}, {when}"
    word = "more" if after > before else "less"
    return f"{owner}: {numbers.share(abs(change.share))} {word} served ({by}), {when}"


def _reservation(change: ReservationChange) -> str:
    by = change.instances_after - change.instances_before
    word = "more" if by > 0 else "fewer"
    under = f" under {change.contract}" if change.contract else ""
    return (
        f"{change.pool}: {numbers.count(abs(by))} {word} instances reserved for {term_words(change.term_months)} "
        f"from {change.start}{under}"
    )


def _unserved(change: UnservedChange) -> str:
    owner, when = owner_words(change.workload, change.stream), stretch_words(change.start, change.end)
    by = change.value_usd_after - change.value_usd_before
    match change.kind:
        case ChangeKind.CAME:
            return f"{owner}: newly UNSERVED, worth {numbers.money(change.value_usd_after)}, {when}"
        case ChangeKind.WENT:
            return f"{owner}: no longer unserved, worth {numbers.money(change.value_usd_before)}, {when}"
    return (
        f"{owner}: unserved {_from_to(change.value_usd_before, change.value_usd_after)}, {when}"
        if by
        else (f"{owner}: unserved at other times, {when}")
    )
