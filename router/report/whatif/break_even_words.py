"""What was found of a break-even, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from router.answer.break_even import BreakEvenAnswer, Cheaper, Crossing, Stretch, Trial
from router.answer.proof import Verdict
from router.report import numbers
from router.report.whatif.words import case_words, counted
from router.whatif.question import BreakEven

_JUMP = 0.05
"""A change of the difference within one bracket that is told: this share of what it changes over the range."""


def break_even_sentences(asked: BreakEven, found: BreakEvenAnswer) -> tuple[str, ...]:
    """The answer first, then what it costs there, what is proved, and how it was found. Costs are discounted."""
    if found.failure:
        return (f"No answer: {found.failure}.",)
    return tuple(_Words(asked, found).sentences())


class _Words:
    def __init__(self, asked: BreakEven, found: BreakEvenAnswer) -> None:
        self._asked = asked
        self._found = found
        self._names = {Cheaper.FIRST: case_words(asked.first), Cheaper.SECOND: case_words(asked.second)}

    def sentences(self) -> Iterator[str]:
        crossings = self._found.crossings
        if not crossings:
            yield self._throughout(self._found.stretches[0])
            yield self._proof_throughout()
        elif len(crossings) == 1:
            yield from self._single(crossings[0])
        else:
            yield from self._several()
        yield f"{counted(len(self._found.trials), 'plan')} made."

    def _value(self, value: float) -> str:
        return self._asked.value_words(value)

    def _at(self, value: float) -> str:
        return self._value(value) if self._asked.is_date else f"{self._asked.factor} {self._value(value)}"

    def _range(self) -> str:
        first, last = self._found.trials[0].value, self._found.trials[-1].value
        return f"from {self._at(first)} to {self._value(last)}"

    def _throughout(self, stretch: Stretch) -> str:
        if stretch.cheaper == Cheaper.NEITHER:
            first, second = self._names[Cheaper.FIRST], self._names[Cheaper.SECOND]
            return f"No break-even: {first} and {second} cost the same {self._range()}."
        sizes = [abs(trial.difference_usd) for trial in self._found.trials]
        by = _between(min(sizes), max(sizes))
        at_ends = f"{numbers.money(sizes[0])} at {self._at(stretch.start.value)}"
        at_ends += f", {numbers.money(sizes[-1])} at {self._value(stretch.end.value)}"
        cheaper, dearer = self._both(stretch.cheaper)
        return (
            f"No break-even: {cheaper} costs less than {dearer} at every value tried {self._range()}: "
            f"by {by} ({at_ends})."
        )

    def _both(self, cheaper: Cheaper) -> tuple[str, str]:
        dearer = Cheaper.SECOND if cheaper == Cheaper.FIRST else Cheaper.FIRST
        return self._names[cheaper], self._names[dearer]

    def _proof_throughout(self) -> str:
        left = [trial for trial in self._found.trials if not trial.proof.proved]
        if not left:
            return "Proved at each of these values."
        if len(left) == len(self._found.trials):
            return "Nowhere proved: the difference is within the gaps of the plans throughout."
        where = f"from {self._at(left[0].value)} to {self._value(left[-1].value)}"
        return f"Proved but for some values {where}, where the difference is within the gaps of the plans."

    def _single(self, crossing: Crossing) -> Iterator[str]:
        before, after = crossing.before, crossing.after
        if crossing.same is not None and not self._is_point(crossing, crossing.same):
            yield self._plateau(crossing, crossing.same)
        elif crossing.is_swap:
            yield self._swap(crossing)
            yield self._costs(crossing)
        else:
            cheaper, dearer = self._both(before.cheaper)
            yield (
                f"{_capital(cheaper)} costs less than {dearer} up to {self._at(before.value)} and from "
                f"{self._value(after.value)} on; in between either may be the cheaper by less than the gaps tell."
            )
        if not crossing.narrow:
            yield (
                f"It lies between {self._at(before.value)} and {self._value(after.value)}; "
                "the search went no further: within the gaps the difference goes to and fro."
            )
        yield self._proof(crossing)

    def _is_point(self, crossing: Crossing, same: Stretch) -> bool:
        """Whether both cost the same at a value only: one that was hit exactly, and no stretch."""
        return crossing.is_swap and same.end.value - same.start.value < self._asked.within

    def _swap(self, crossing: Crossing) -> str:
        later, earlier = self._both(crossing.after.cheaper)
        if self._asked.is_date:
            # The day itself decides: nothing lies between two days.
            start, end = self._value(crossing.after.value), self._value(crossing.before.value)
            return f"{_capital(later)} costs less from {start} on; up to {end}, {earlier} does."
        if not crossing.narrow:
            return f"{_capital(later)} costs less above about {self._at(crossing.value)}; below it, {earlier} does."
        return f"{_capital(later)} costs less from {self._at(crossing.value)} on; below it, {earlier} does."

    def _costs(self, crossing: Crossing) -> str:
        before, after = crossing.before, crossing.after
        if self._jumps(before, after):
            return (
                f"There the difference jumps: at {self._at(before.value)} {self._difference(before)}, "
                f"at {self._value(after.value)} {self._difference(after)}."
            )
        return f"Both cost {numbers.money(after.second_usd)} there (discounted)."

    def _difference(self, trial: Trial) -> str:
        if trial.cheaper == Cheaper.NEITHER:
            return "both cost the same"
        return f"{self._names[trial.cheaper]} is {numbers.money(abs(trial.difference_usd))} cheaper"

    def _jumps(self, before: Trial, after: Trial) -> bool:
        differences = [trial.difference_usd for trial in self._found.trials]
        spread = max(differences) - min(differences)
        narrow = after.value - before.value <= 0.02 * (self._asked.high - self._asked.low)
        return narrow and abs(after.difference_usd - before.difference_usd) > _JUMP * spread

    def _plateau(self, crossing: Crossing, same: Stretch) -> str:
        before, after = crossing.before.cheaper, crossing.after.cheaper
        start, end = self._value(same.start.value), self._value(same.end.value)
        stretch = f"at {self._at(same.start.value)}" if start == end else f"from {self._at(same.start.value)} to {end}"
        words = [f"Both cost the same {stretch}"]
        if before != Cheaper.NEITHER:
            words.append(f"below that {self._names[before]} costs less")
        if after != Cheaper.NEITHER:
            words.append(f"above it {self._names[after]} costs less")
        return "; ".join(words) + "."

    def _proof(self, crossing: Crossing) -> str:
        low, high = crossing.proved_before, crossing.proved_after
        if low is None and high is None:
            return "Not proved on either side: the difference is within the gaps of the plans at every value tried."
        if low == crossing.before.value and high == crossing.after.value:
            return "Proved on both sides."
        first, last = self._found.trials[0].value, self._found.trials[-1].value
        start = None if low is None else f"{'at' if low == first else 'up to'} {self._at(low)}"
        end = None if high is None else f"at {self._at(high)}" if high == last else f"from {self._at(high)} on"
        if crossing.before.cheaper == Cheaper.NEITHER or crossing.after.cheaper == Cheaper.NEITHER:
            return f"Proved {start if start is not None else end}."
        if start is not None and end is not None:
            return f"Proved {start} and {end}; between these the difference is within the gaps."
        if start is not None:
            return f"Proved {start}; above, the difference is within the gaps at every value tried."
        return f"Proved {end}; below, the difference is within the gaps at every value tried."

    def _several(self) -> Iterator[str]:
        crossings = self._found.crossings
        first, second = self._names[Cheaper.FIRST], self._names[Cheaper.SECOND]
        yield f"The cheaper of {first} and {second} changes {len(crossings)} times {self._range()}:"
        for stretch in self._found.stretches:
            inside = [trial for trial in self._found.trials if stretch.start.value <= trial.value <= stretch.end.value]
            start, end = self._at(stretch.start.value), self._value(stretch.end.value)
            where = f"at {start}" if stretch.start.value == stretch.end.value else f"from {start} to {end}"
            if stretch.cheaper == Cheaper.NEITHER:
                yield f"{where}: both cost the same."
                continue
            sizes = [abs(trial.difference_usd) for trial in inside]
            proved = all(trial.proof.verdict != Verdict.OPEN for trial in inside)
            some = any(trial.proof.verdict != Verdict.OPEN for trial in inside)
            words = "proved" if proved else "proved in part" if some else "within the gaps"
            yield f"{where}: {self._names[stretch.cheaper]}, by up to {numbers.money(max(sizes))} ({words})."


def _between(least: float, most: float) -> str:
    low, high = numbers.money(least), numbers.money(most)
    return low if low == high else f"{low} to {high}"


def _capital(text: str) -> str:
    """The first letter large where it begins with `the`; names stay as they are written."""
    return f"T{text[1:]}" if text.startswith("the ") else text
