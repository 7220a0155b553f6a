"""Values over time as one line of text: `6`, `2026-01: 5, 2027-01: 9`, `start 12 k, growth 40 %`, `values 1, 2, 3`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from router.change.range_text import read_dates
from router.reading.found import quoted
from router.reading.node import Data
from router.reading.problems import Mistake
from router.reading.scalars import plain_scalar
from router.view.forms.number_text import number_text

SERIES_EXAMPLES = (
    "a number; `start 12 k, growth 40 %`; levels by date `2026-01: 5, 2027-01: 9`; `points` before the dates for "
    "straight lines between; `values 5, 6, 7` for each period"
)
STEPS_EXAMPLES = "a number, or the level from each date on: `2026-01: 5, 2027-01: 9`"

_GROWTH = re.compile(r"start\s+(?P<start>.+?)\s*,?\s+growth\s+(?P<growth>.+)", re.IGNORECASE | re.DOTALL)
_BETWEEN_DATES = re.compile(r"[,;\n]\s*(?=[0-9]{4}\b)")
_DATED = re.compile(r"[0-9]{4}[^:,]*:")
_FORMS = re.compile(r"(?P<form>steps|points|values)\b\s*:?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"\s*[,;\n]\s+|\s*;\s*|\n")


def steps_text(value: Any) -> str:
    """Steps, plain data, as text."""
    if isinstance(value, Mapping):
        return ", ".join(f"{_day_text(day)}: {number_text(level)}" for day, level in value.items())
    return number_text(value)


def series_text(value: Any) -> str:
    """A demand series, plain data, as text."""
    if not isinstance(value, Mapping):
        return number_text(value)
    if "values" in value:
        return "values " + ", ".join(number_text(number) for number in value["values"])
    if "start" in value:
        return f"start {number_text(value['start'])}, growth {number_text(value['growth_per_year'], in_percent=True)}"
    form = "points" if "points" in value else "steps"
    return f"{form} {steps_text(value[form])}"


def read_steps(text: str, horizon_start: date) -> Data:
    """Plain data for steps. Raises Mistake where what stands beside a date is not one."""
    return _dated(text, horizon_start) if _DATED.match(text.lstrip()) else plain_scalar(text.strip())


def read_series(text: str, horizon_start: date) -> Data:
    """Plain data for a demand series; dates alone are levels, each until the next. Raises Mistake."""
    typed = text.strip()
    if match := _GROWTH.fullmatch(typed):
        return {"start": plain_scalar(match["start"].strip()), "growth_per_year": plain_scalar(match["growth"].strip())}
    if typed.lower().startswith(("start", "growth")):
        raise Mistake("`start 12 k, growth 40 %`", found=quoted(typed))
    if match := _FORMS.fullmatch(typed):
        form = match["form"].lower()
        if form == "values":
            return {"values": _numbers(match["rest"])}
        return {form: _dated(match["rest"], horizon_start)}
    if _DATED.match(typed):
        return {"steps": _dated(typed, horizon_start)}
    if len(_LIST.split(typed)) > 1:
        return {"values": _numbers(typed)}
    return plain_scalar(typed)


def _numbers(text: str) -> list[Data]:
    if not text.strip():
        raise Mistake("numbers with commas between them, one for each period", found="no values")
    return [plain_scalar(part.strip()) for part in _LIST.split(text.strip())]


def _dated(text: str, horizon_start: date) -> Data:
    if not text.strip():
        raise Mistake("a date and its value, such as 2026-01: 5", found="no dates")
    result: dict[Any, Data] = {}
    for part in _BETWEEN_DATES.split(text.strip().rstrip(",;")):
        when, colon, level = part.partition(":")
        if not colon or not level.strip():
            raise Mistake("a date and its value, such as 2026-01: 5", found=quoted(part.strip()))
        day = read_dates(when.strip(), horizon_start).start
        if day in result:
            raise Mistake("each date once", found=f"{day} a second time")
        result[day] = plain_scalar(level.strip())
    return result


def _day_text(day: date) -> str:
    return f"{day:%Y-%m}" if day.day == 1 else day.isoformat()
