"""From names that a planner types to what they mean in a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from router.problem.problem import Problem
from router.reading.nearest import nearest
from router.why.limit import Limit
from router.why.limits import Limits
from router.why.periods import period_at, period_name
from router.why.plan_book import PlanBook


class UnknownNameError(ValueError):
    """A name that is not there: one line with what was found, what was expected and the nearest name."""


def index_of(names: Sequence[str], name: str, what: str) -> int:
    """Position of a name. Raises UnknownNameError."""
    if name in names:
        return list(names).index(name)
    raise UnknownNameError(_told(name, what, names))


def period_of(problem: Problem, text: str) -> int:
    """The period that a text such as ``2026-07``, ``2028-Q1`` or a day names. Raises UnknownNameError."""
    calendar = problem.calendar
    period = period_at(calendar, text)
    if period is not None:
        return period
    first, last = period_name(calendar, 0), period_name(calendar, calendar.periods - 1)
    raise UnknownNameError(f"found {text!r}, expected a period from {first} to {last}")


def streams_of(problem: Problem, workload: str, stream: str | None) -> list[int]:
    """Streams of an inference or agents workload, one of them where it is named. Raises UnknownNameError."""
    streams = problem.streams
    if workload in problem.disabled:
        raise UnknownNameError(f"found {workload!r}, which is disabled, expected a workload that is planned")
    index_of(problem.workloads, workload, "a workload")
    mine = [s for s in range(streams.count) if streams.workloads[s] == workload]
    if stream is None:
        return mine
    names = [streams.streams[s] for s in mine]
    return [mine[index_of(names, stream, f"a stream of {workload}")]]


class LimitQuestion:
    """A limit by its name, read before there is a plan: ``capacity of P in 2026-07``, ``spot capacity of P in ..``,
    ``demand of chat/us in .. [peak]``, ``spot share of ..``, ``cash ceiling of 2027``, ``commitment azure-macc/year
    [from 2026-01-01]``, ``share NAME in ..``, ``max_instances of OPTION in P in ..``,
    ``N-1 of chat/us without aws in ..``.

    Raises UnknownNameError.
    """

    def __init__(self, problem: Problem, text: str) -> None:
        self._problem = problem
        self._text = " ".join(text.split())
        for pattern, make in self._patterns():
            found = pattern.fullmatch(self._text)
            if found:
                self._arguments = {key: value for key, value in found.groupdict().items() if value is not None}
                self._make = make
                self._resolved = self._resolve()
                return
        raise UnknownNameError(
            f"found {text!r}, expected a limit such as 'capacity of {problem.pools.names[0]} in "
            f"{period_name(problem.calendar, 0)}', 'demand of', 'spot capacity of', 'spot share of', "
            "'max_instances of', 'N-1 of', 'share', 'cash ceiling of' or 'commitment'"
        )

    @staticmethod
    def _patterns() -> list[tuple[re.Pattern[str], str]]:
        when = r"(?: in (?P<period>\S+?)(?: (?P<slice>\S.*?))?)?"
        return [
            (re.compile(rf"capacity of (?P<pool>\S+){when}", re.I), "capacity"),
            (re.compile(rf"spot capacity of (?P<pool>\S+){when}", re.I), "spot_capacity"),
            (re.compile(rf"demand of (?P<stream>\S+){when}", re.I), "demand"),
            (re.compile(rf"spot share of (?P<stream>\S+){when}", re.I), "spot_share"),
            (re.compile(rf"N-1 of (?P<stream>\S+) without (?P<provider>\S+){when}", re.I), "standby"),
            (re.compile(rf"max_instances of (?P<option>.+?) in (?P<pool>\S+)(?: and \d+ more)?{when}", re.I), "offer"),
            (re.compile(rf"(?:provider )?share (?P<share>.+?){when}", re.I), "provider_share"),
            (re.compile(rf"at (?:most|least) .*\((?P<share>.+)\){when}", re.I), "provider_share"),
            (re.compile(r"cash ceiling of (?P<year>\d+)", re.I), "cash"),
            (re.compile(r"commitment (?P<window>\S+)(?: from (?P<start>\S+))?", re.I), "commitment"),
        ]

    def _resolve(self) -> dict[str, int]:
        problem, asked = self._problem, self._arguments
        found: dict[str, int] = {}
        if "period" in asked:
            found["period"] = period_of(problem, asked["period"])
        if "slice" in asked:
            found["slice"] = index_of(problem.calendar.slices, asked["slice"], "a slice")
        if "pool" in asked:
            found["pool"] = index_of(problem.pools.names, asked["pool"], "a pool")
        if "stream" in asked:
            names = [problem.stream_name(s) for s in range(problem.streams.count)]
            workload = asked["stream"].rpartition("/")[0]
            if workload in problem.disabled:
                raise UnknownNameError(
                    f"found {asked['stream']!r}, expected a stream that is planned: {workload} is disabled"
                )
            found["stream"] = index_of(names, asked["stream"], "a stream (workload/stream)")
        if "provider" in asked:
            found["provider"] = index_of(problem.pools.providers, asked["provider"], "a provider")
        if "share" in asked:
            found["share"] = index_of(problem.shares.names, asked["share"], "a provider share limit")
        if "year" in asked:
            years = [str(year) for year in problem.cash.year]
            found["ceiling"] = index_of(years, asked["year"], "a year with a cash ceiling")
        if "window" in asked:
            found["window"] = self._window(asked["window"], asked.get("start"))
        if "option" in asked:
            found["offer"], found["reserved"] = self._offer(asked["option"], found["pool"])
        return found

    def _window(self, name: str, start: str | None) -> int:
        windows = self._problem.windows
        names = [
            f"{self._problem.contracts[contract]}/{commitment}"
            for contract, commitment in zip(windows.contract, windows.commitment, strict=True)
        ]
        index_of(names, name, "a commitment (contract/commitment)")
        mine = [window for window, each in enumerate(names) if each == name]
        if start is None:
            return mine[0]
        starts = [windows.start[window].isoformat() for window in mine]
        return mine[index_of(starts, start, f"a day on which a window of {name} starts")]

    def _offer(self, option: str, pool: int) -> tuple[int, int]:
        lines, cohorts = self._problem.lines, self._problem.cohorts
        by_name: dict[str, tuple[int, int]] = {}
        for line in np.flatnonzero((lines.pool == pool) & np.isfinite(lines.max_instances).any(axis=1)):
            by_name.setdefault(lines.option[line].replace("_", " "), (int(lines.offer[line]), 0))
        for cohort in np.flatnonzero((cohorts.pool == pool) & np.isfinite(cohorts.max_instances).any(axis=1)):
            by_name.setdefault(f"reserved {cohorts.term_months[cohort]} months", (int(cohorts.offer[cohort]), 1))
        names = list(by_name)
        wanted = option.replace("_", " ").lower()
        return by_name[names[index_of(names, wanted, "an option with max_instances there")]]

    def limit(self, book: PlanBook, limits: Limits) -> Limit:
        """The limit in a plan. Where no period is named: the first in which nothing of it is left, else the first."""
        found = dict(self._resolved)
        if self._make in ("cash", "commitment"):
            return limits.cash(found["ceiling"]) if self._make == "cash" else limits.commitment(found["window"])
        periods = [found["period"]] if "period" in found else list(range(self._problem.calendar.periods))
        made = [limit for period in periods for limit in self._of_period(limits, found, period)]
        if not made:
            raise UnknownNameError(f"found {self._text!r}, expected a limit that this scenario has")
        return next((limit for limit in made if limit.left <= 1e-6 * max(1.0, abs(limit.total))), made[0])

    def _of_period(self, limits: Limits, found: dict[str, int], period: int) -> Iterable[Limit]:
        part = found.get("slice")
        each = [part] if part is not None else list(range(len(self._problem.calendar.slices)))
        match self._make:
            case "capacity":
                made = [limits.capacity(found["pool"], period, part)]
            case "spot_capacity":
                made = [limits.spot_capacity(found["pool"], period, part)]
            case "demand":
                made = [limits.demand(found["stream"], period, part)]
            case "spot_share":
                made = [limits.spot_share(found["stream"], period, h) for h in each]
            case "standby":
                made = [limits.standby(found["stream"], found["provider"], period, h) for h in each]
            case "offer":
                made = [limits.offer(found["offer"], period, part, reserved=bool(found["reserved"]))]
            case _:
                most = bool(self._problem.shares.max_share[found["share"]] < 1)
                made = [limits.provider_share(found["share"], period, h, most=most) for h in each]
        # What moves no row is no limit of this plan: no demand, no capacity or no such rule in that period.
        return [limit for limit in made if len(limit.shift.rows) + len(limit.shift.columns)]


def _told(name: str, what: str, names: Iterable[str]) -> str:
    known = list(names)
    like = nearest(name, known)
    some = f": {', '.join(known)}" if like is None and 0 < len(known) <= 8 else ""
    return f"found {name!r}, expected {what}{some}" + (f"; did you mean {like!r}?" if like else "")
