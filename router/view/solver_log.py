"""What the solver did, line by line, for those who want to know."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from router.report import numbers
from router.session.events import Event, NoPlan, PlanFound
from router.view.solver_state import SolverState, Stage

_MOST = 2000


@dataclass(frozen=True, slots=True)
class LogLine:
    """``clock``: the time of day; ``version`` counts scenarios; ``is_alert``: something that must not be missed."""

    clock: str
    version: int
    words: str
    is_alert: bool


@dataclass
class SolverLog:
    """Grows with each event of the session; the oldest lines go."""

    lines: list[LogLine] = field(default_factory=list)
    _asked: dict[int, float] = field(default_factory=dict)

    def asked(self, version: int, solver: SolverState) -> None:
        """A state is shown: the first of a version that is being solved is when that was asked for."""
        if solver.stage is Stage.SOLVING and version not in self._asked:
            self._asked = {version: time.monotonic()}

    def note(self, event: Event) -> None:
        """Something that the session told."""
        since = self._asked.get(event.version)
        after = "" if since is None else f" after {numbers.count(1000 * (time.monotonic() - since))} ms"
        if isinstance(event, PlanFound):
            solve, audit = event.plan.solve, event.plan.audit
            kind = "first answer" if event.is_first else "better plan"
            checked = "not audited yet" if audit is None else ("audit passed" if audit.passed else "AUDIT FAILED")
            sizes = f"{numbers.whole(solve.columns)} columns, {numbers.whole(solve.rows)} rows"
            words = (
                f"{kind}{after}: {numbers.money_in_full(solve.cost_usd)}, bound "
                f"{numbers.money_in_full(solve.lower_bound_usd)}, gap {numbers.at_most_share(solve.gap)}, "
                f"found by {solve.closed_by}, {sizes}, {checked}"
            )
            self._add(event.version, words, is_alert=audit is not None and not audit.passed)
        elif isinstance(event, NoPlan):
            self._add(event.version, f"no plan{after}: {event.reason}", is_alert=True)
        else:
            end = "gap closed" if event.gap_closed else f"stopped ({event.reason})"
            self._add(
                event.version, f"search ended{after}: {end}, gap {numbers.at_most_share(event.gap)}", is_alert=False
            )

    def _add(self, version: int, words: str, *, is_alert: bool) -> None:
        self.lines.append(LogLine(time.strftime("%H:%M:%S"), version, words, is_alert))
        del self.lines[:-_MOST]
