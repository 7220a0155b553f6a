"""Outcomes as plain data for JSON, and back, to the last bit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from router.outcome.outcome import Outcome, WindowFigures
from router.sweep.answered import Answered
from router.whatif.case import Case, FactorValue


def answered_data(answered: Answered, case: Case | None) -> dict[str, Any]:
    """An answer as JSON has it. ``case`` adds what it is of, for other readers: its group and its factors."""
    data: dict[str, Any] = {"name": answered.name}
    if case is not None:
        data["group"] = case.group
        data["factors"] = {name: _factor(value) for name, value in case.factors}
    data["failure"] = answered.failure or None
    data["outcome"] = None if answered.outcome is None else outcome_data(answered.outcome)
    return data


def answered_of(data: Any) -> Answered:
    """Back from JSON. Raises ValueError for what is no answer."""
    try:
        outcome = data["outcome"]
        name, failure = data["name"], data["failure"] or ""
        if not isinstance(name, str) or not isinstance(failure, str):
            raise ValueError("no name")
        return Answered(name, None if outcome is None else outcome_of(outcome), failure)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no answer: {type(error).__name__} {error}") from None


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON has it. Numbers that JSON has not (no bound: -inf) are texts."""
    return {
        "cost_usd": _number(outcome.cost_usd),
        "lower_bound_usd": _number(outcome.lower_bound_usd),
        "cash_usd": _number(outcome.cash_usd),
        "cost_by_cause_usd": [
            [category, provider, _number(usd)] for (category, provider), usd in outcome.cost_by_cause_usd.items()
        ],
        "cash_by_year_usd": _numbers(outcome.cash_by_year_usd),
        "cash_by_period_usd": [_number(usd) for usd in outcome.cash_by_period_usd],
        "cash_by_provider_usd": _numbers(outcome.cash_by_provider_usd),
        "windows": [_window_data(window) for window in outcome.windows],
        "unserved_usd": _numbers(outcome.unserved_usd),
        "unserved_units": _numbers(outcome.unserved_units),
        "moved_units": _numbers(outcome.moved_units),
        "broken_limits": list(outcome.broken_limits),
        "found_by": outcome.found_by,
        "seconds": _number(outcome.seconds),
    }


def outcome_of(data: Mapping[str, Any]) -> Outcome:
    """Back from JSON. Raises KeyError, TypeError, ValueError, AttributeError for what is no outcome."""
    return Outcome(
        cost_usd=float(data["cost_usd"]),
        lower_bound_usd=float(data["lower_bound_usd"]),
        cash_usd=float(data["cash_usd"]),
        cost_by_cause_usd={
            (str(category), str(provider)): float(usd) for category, provider, usd in data["cost_by_cause_usd"]
        },
        cash_by_year_usd=_floats(data["cash_by_year_usd"]),
        cash_by_period_usd=tuple(map(float, data["cash_by_period_usd"])),
        cash_by_provider_usd=_floats(data["cash_by_provider_usd"]),
        windows=tuple(map(_window_of, data["windows"])),
        unserved_usd=_floats(data["unserved_usd"]),
        unserved_units=_floats(data["unserved_units"]),
        moved_units=_floats(data["moved_units"]),
        broken_limits=tuple(map(str, data["broken_limits"])),
        found_by=str(data["found_by"]),
        seconds=float(data["seconds"]),
    )


def _window_data(window: WindowFigures) -> dict[str, Any]:
    return {
        "contract": window.contract,
        "commitment": window.commitment,
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "promise_usd": _number(window.promise_usd),
        "drawdown_usd": _number(window.drawdown_usd),
        "shortfall_usd": _number(window.shortfall_usd),
    }


def _window_of(data: Mapping[str, Any]) -> WindowFigures:
    return WindowFigures(
        str(data["contract"]),
        str(data["commitment"]),
        date.fromisoformat(data["start"]),
        date.fromisoformat(data["end"]),
        float(data["promise_usd"]),
        float(data["drawdown_usd"]),
        float(data["shortfall_usd"]),
    )


def _factor(value: FactorValue) -> float | str:
    return value.isoformat() if isinstance(value, date) else value


def _numbers(values: Mapping[str, float]) -> dict[str, float | str]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> float | str:
    number = float(value)
    return number if math.isfinite(number) else str(number)


def _floats(values: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in values.items()}
