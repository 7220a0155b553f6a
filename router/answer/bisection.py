"""Finding where two what-ifs cost the same, from plans made at one value after another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from router.answer.break_even import BreakEvenAnswer, Cheaper, Crossing, Stretch, Trial
from router.answer.proof import Verdict, proof
from router.outcome.outcome import Outcome
from router.sweep.answered import Answered
from router.whatif.question import BreakEven

MOST_TRIALS = 120
"""Plans at most: only a difference that goes to and fro around nothing needs as many."""
_SCAN = 5
"""Values tried before any bisection, ends included: a difference that rises and falls must not be missed."""
_PROOF_STEPS = 100
"""Into how many parts of the range the edges of what is proved are narrowed."""


def break_even(
    asked: BreakEven, first_at: Callable[[float], Answered], second: Answered, most_trials: int = MOST_TRIALS
) -> BreakEvenAnswer:
    """Where the first what-if (`first_at` plans it at a value) costs what the second does.

    The range is tried at five values, then halved wherever the cheaper of the two changes, until the change lies
    within `asked.within`; then the values nearest to it are found at which the bounds prove which one is cheaper.
    What `first_at` raises goes through. A value without a plan ends the search, and the answer says so.
    """
    if second.outcome is None:
        return BreakEvenAnswer(asked.name, asked.is_date, (), failure=f"{asked.second}: {second.failure}")
    search = _Search(asked, first_at, second.outcome, most_trials)
    try:
        crossings = search.crossings()
    except _NoPlanError as failed:
        return BreakEvenAnswer(asked.name, asked.is_date, search.trials, failure=str(failed))
    return BreakEvenAnswer(asked.name, asked.is_date, search.trials, _stretches(search.trials), crossings)


class _NoPlanError(Exception):
    """A value at which there is no plan."""


class _Search:
    """The plans made so far."""

    def __init__(
        self, asked: BreakEven, first_at: Callable[[float], Answered], second: Outcome, most_trials: int
    ) -> None:
        self._asked = asked
        self._first_at = first_at
        self._second = second
        self._most = most_trials
        self._made: dict[float, Trial] = {}
        self._span = asked.high - asked.low

    @property
    def trials(self) -> tuple[Trial, ...]:
        """In order of value."""
        return tuple(self._made[value] for value in sorted(self._made))

    def crossings(self) -> tuple[Crossing, ...]:
        """All changes of the cheaper one, as narrow as asked for."""
        for part in range(_SCAN):
            self._try(self._asked.low + self._span * part / (_SCAN - 1))
        self._narrow_changes()
        for side in (-1, 1):
            for change in self._changes():
                self._narrow_proof(change, side)
        # What was planned for the proof may have shown another change.
        self._narrow_changes()
        return self._merged([self._crossing(change) for change in self._changes()])

    def _try(self, value: float) -> Trial:
        if self._asked.is_date:
            value = float(round(value))
        if value not in self._made:
            answered = self._first_at(value)
            if answered.outcome is None:
                where = f"{self._asked.first} at {self._asked.factor} {self._asked.value_words(value)}"
                raise _NoPlanError(f"{where}: {answered.failure}")
            first, second = answered.outcome, self._second
            self._made[value] = Trial(value, first.cost_usd, second.cost_usd, proof(second, first))
        return self._made[value]

    def _middle(self, low: float, high: float, narrow_to: float) -> float | None:
        """A value between two, None where they are as near as they need to be."""
        if self._asked.is_date:
            return float(math.floor((low + high) / 2)) if high - low > max(1.0, narrow_to) else None
        middle = (low + high) / 2
        return middle if high - low > narrow_to and low < middle < high else None

    def _narrow_changes(self) -> None:
        while (widest := self._widest_change()) is not None and len(self._made) < self._most:
            self._try(widest)

    def _widest_change(self) -> float | None:
        """The value to try next: between the neighbours furthest apart of which not the same one is the cheaper."""
        found = [
            (after.value - before.value, middle)
            for before, after in pairwise(self.trials)
            if before.cheaper != after.cheaper
            and (middle := self._middle(before.value, after.value, self._asked.within)) is not None
        ]
        return max(found)[1] if found else None

    def _changes(self) -> list[tuple[float, float]]:
        """Values of the trials on both sides of each change; what costs the same on both sides lies between."""
        decided = [trial for trial in self.trials if trial.cheaper != Cheaper.NEITHER]
        trials = self.trials
        found = []
        for before, after in pairwise(decided):
            between = any(before.value < trial.value < after.value for trial in trials)
            if before.cheaper != after.cheaper or between:
                found.append((before.value, after.value))
        # Both cost the same up to an end of the range: a change with one side only.
        if decided and trials[0].cheaper == Cheaper.NEITHER:
            found.insert(0, (trials[0].value, decided[0].value))
        if decided and trials[-1].cheaper == Cheaper.NEITHER:
            found.append((decided[-1].value, trials[-1].value))
        return found

    def _proved_value(self, value: float, side: int) -> float | None:
        """The nearest value on that side, `value` included, at which it is proved that the same one is cheaper."""
        start = self._made[value]
        for trial in self._beside(value, side):
            if trial.cheaper != start.cheaper:
                return None
            if trial.proof.verdict in (Verdict.CHEAPER, Verdict.DEARER):
                return trial.value
        return None

    def _narrow_proof(self, change: tuple[float, float], side: int) -> None:
        """Halves what lies between the change and the nearest value that is proved on one side of it."""
        narrow_to = max(self._asked.within, self._span / _PROOF_STEPS)
        value = change[0] if side < 0 else change[1]
        while len(self._made) < self._most:
            proved = self._proved_value(value, side)
            if proved is None or proved == value:
                return
            nearer = next(trial.value for trial in self._beside(proved, -side) if trial.value != proved)
            middle = self._middle(min(proved, nearer), max(proved, nearer), narrow_to)
            if middle is None:
                return
            self._try(middle)

    def _beside(self, value: float, side: int) -> list[Trial]:
        """Trials from `value` on, away from the change: downwards for -1, upwards for 1."""
        chosen = [trial for trial in self.trials if (trial.value - value) * side >= 0]
        return chosen if side > 0 else chosen[::-1]

    def _crossing(self, change: tuple[float, float]) -> Crossing:
        before, after = self._made[change[0]], self._made[change[1]]
        same = [trial for trial in self.trials if change[0] <= trial.value <= change[1]]
        same = [trial for trial in same if trial.cheaper == Cheaper.NEITHER]
        inside = [trial for trial in self.trials if change[0] <= trial.value <= change[1]]
        return Crossing(
            before=before,
            after=after,
            same=Stretch(Cheaper.NEITHER, same[0], same[-1]) if same else None,
            narrow=all(
                self._middle(low.value, high.value, self._asked.within) is None
                for low, high in pairwise(inside)
                if low.cheaper != high.cheaper
            ),
            proved_before=self._proved_value(change[0], -1),
            proved_after=self._proved_value(change[1], 1),
        )

    def _merged(self, crossings: Sequence[Crossing]) -> tuple[Crossing, ...]:
        """Crossings between which nothing is proved are one: only the gaps made them several."""
        merged: list[Crossing] = []
        for crossing in crossings:
            last = merged[-1] if merged else None
            if last is None or not self._nothing_proved_between(last, crossing):
                merged.append(crossing)
                continue
            merged[-1] = Crossing(
                before=last.before,
                after=crossing.after,
                same=None,
                narrow=False,
                proved_before=last.proved_before,
                proved_after=crossing.proved_after,
            )
        return tuple(merged)

    def _nothing_proved_between(self, first: Crossing, second: Crossing) -> bool:
        between = [trial for trial in self.trials if first.after.value <= trial.value <= second.before.value]
        return all(trial.proof.verdict == Verdict.OPEN for trial in between)


def _stretches(trials: Sequence[Trial]) -> tuple[Stretch, ...]:
    groups = [(cheaper, list(group)) for cheaper, group in groupby(trials, key=lambda trial: trial.cheaper)]
    return tuple(Stretch(cheaper, group[0], group[-1]) for cheaper, group in groups)
