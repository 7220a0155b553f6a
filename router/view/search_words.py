"""How far the search for a plan is, in words of one line."""

from __future__ import annotations

import math

from router.engine.progress import Progress
from router.report import numbers


def search_words(event: Progress) -> str:
    """`solving, 3.2 s: best plan $496 B, gap 0.012 %`; amounts in USD."""
    known = [f"solving, {event.elapsed_seconds:.1f} s"]
    if math.isfinite(event.incumbent):
        known.append(f"best plan {numbers.money(event.incumbent)}")
    if math.isfinite(event.gap):
        known.append(f"gap {numbers.at_most_share(event.gap)}")
    return ": ".join([known[0], ", ".join(known[1:])]) if known[1:] else known[0]
