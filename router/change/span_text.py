"""Spans of time as people write them: `2 quarters`, `-10 days`, `1 year`."""

from __future__ import annotations

import re

from router.change.change import Span
from router.reading.problems import Mistake

EXPECTED = "a span of time such as 2 quarters, -10 days or 1 year"
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_DAYS_PER_MONTH = 365.25 / 12
_MOST_DIGITS = 5
_COUNT = rf"[0-9]{{1,{_MOST_DIGITS}}}(?:\.[0-9]{{1,20}})?(?:e-[0-9]{{1,2}})?"
_TERM = re.compile(rf"(?P<sign>[-+]?)\s*(?P<count>{_COUNT})\s*(?P<unit>[A-Za-z]+)\s*,?\s*")
_LONGEST = 100


def looks_like_span(text: str) -> bool:
    """Whether a text is a number and a unit of time, so that a span is meant."""
    match = _TERM.match(text.strip()) if len(text) <= _LONGEST else None
    return match is not None and _unit(match["unit"]) in _MONTHS | _DAYS


def read_span(text: str) -> Span:
    """The span that a text gives; a sign holds until the next one. Raises Mistake, a ValueError.

    Of a month, a fraction is that part of 30.4375 days; of days, the nearest whole number.

    >>> read_span("2 quarters")
    Span(months=6, days=0)
    >>> read_span("-1 year 10 days")
    Span(months=-12, days=-10)
    >>> read_span("1.5 months")
    Span(months=1, days=15)
    """
    rest = text.strip()
    if not rest or len(rest) > _LONGEST:
        raise Mistake(EXPECTED)
    months = days = 0
    sign = 1
    while rest:
        match = _TERM.match(rest)
        unit = _unit(match["unit"]) if match else ""
        if match is None or unit not in _MONTHS | _DAYS:
            raise Mistake(EXPECTED)
        sign = {"-": -1, "+": 1}.get(match["sign"], sign)
        count = float(match["count"])
        whole_months = int(count * _MONTHS.get(unit, 0))
        part = count * _MONTHS.get(unit, 0) - whole_months
        months += sign * whole_months
        days += sign * round(part * _DAYS_PER_MONTH + count * _DAYS.get(unit, 0))
        rest = rest[match.end() :]
    return Span(months, days)


def span_text(span: Span) -> str:
    """The text of a span, which `read_span` reads back: `2 quarters`, `-1 year -10 days`, `0 days`."""
    months, unit = next(
        (span.months // length, unit)
        for unit, length in sorted(_MONTHS.items(), key=lambda item: -item[1])
        if span.months % length == 0
    )
    terms = [_counted(months, unit)] if months else []
    if span.days or not terms:
        # Every part has its own sign, so that nobody has to know which one holds.
        joined = "+" if terms and months < 0 < span.days else ""
        terms.append(joined + _counted(span.days, "day"))
    return " ".join(terms)


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if abs(count) == 1 else 's'}"


def _unit(word: str) -> str:
    return word.casefold().removesuffix("s")
