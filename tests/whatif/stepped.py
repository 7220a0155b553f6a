"""Steps for property tests: capacities by date around the horizon of the tests' world."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

_START = date(2026, 1, 1)


def with_steps() -> st.SearchStrategy[dict[date, float]]:
    """Up to six levels on days from 2026 to 2029, in order; at least one is above 0."""
    levels = st.one_of(st.integers(0, 500).map(float), st.floats(0, 1e6, allow_nan=False))
    offsets = st.dictionaries(st.integers(0, 1400), levels, min_size=1, max_size=6)
    return offsets.map(
        lambda held: {_START + timedelta(days=day): value for day, value in sorted(held.items())}
    ).filter(lambda steps: max(steps.values()) > 0)


def days(first: str, last: str) -> list[date]:
    """All days from the first of one month to the end of another."""
    day, result = date.fromisoformat(f"{first}-01"), []
    while day.isoformat()[:7] <= last:
        result.append(day)
        day += timedelta(days=1)
    return result
