"""What a reader of a sweep or of draws must know before its figures: plans that may be too dear, limits broken."""

from __future__ import annotations

from collections.abc import Iterator

from router.answer.answer import Answer
from router.report import numbers
from router.report.whatif.words import counted, listed
from router.whatif.question import Draws, Sweep

WIDE_GAP = 0.01
"""From here on a plan found without a search may hide what is asked about."""


def cautions(answer: Answer, group: Sweep | Draws) -> str:
    """Sentences; nothing where there is nothing to say."""
    return " ".join(_sentences(answer, group))


def _sentences(answer: Answer, group: Sweep | Draws) -> Iterator[str]:
    outcomes = [found for case in group.cases if (found := answer.outcome(case.name)) is not None]
    wide = [found.gap for found in outcomes if found.gap > WIDE_GAP]
    if wide:
        yield (
            f"CAUTION: {numbers.whole(len(wide))} of {counted(len(outcomes), 'plan')} may be too dear, by "
            f"{numbers.at_most_share(max(wide))} at most; --search 10 looks for better ones."
        )
    broken = [found.broken_limits for found in outcomes if found.broken_limits]
    if broken:
        names = list(dict.fromkeys(name for names in broken for name in names))
        verb = "breaks" if len(broken) == 1 else "break"
        yield f"{numbers.whole(len(broken))} of {counted(len(outcomes), 'case')} {verb} {listed(names)}."
