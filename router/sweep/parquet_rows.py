"""Outcomes as rows of a Parquet table, and back, to the last bit. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from router.outcome.outcome import Outcome, WindowFigures
from router.sweep.answered import Answered
from router.whatif.case import Case, FactorValue

_BY_NAME = pa.map_(pa.string(), pa.float64())
_FACTOR = pa.struct([("name", pa.string()), ("number", pa.float64()), ("text", pa.string())])
_CAUSE = pa.struct([("category", pa.string()), ("provider", pa.string()), ("usd", pa.float64())])
_WINDOW = pa.struct(
    [
        ("contract", pa.string()),
        ("commitment", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("promise_usd", pa.float64()),
        ("drawdown_usd", pa.float64()),
        ("shortfall_usd", pa.float64()),
    ]
)
_ALWAYS = [
    ("name", pa.string()),
    ("group", pa.string()),
    ("factors", pa.list_(_FACTOR)),
    ("failure", pa.string()),
]
_OUTCOME = [
    ("cost_usd", pa.float64()),
    ("lower_bound_usd", pa.float64()),
    ("cash_usd", pa.float64()),
    ("cost_by_cause_usd", pa.list_(_CAUSE)),
    ("cash_by_year_usd", _BY_NAME),
    ("cash_by_period_usd", pa.list_(pa.float64())),
    ("cash_by_provider_usd", _BY_NAME),
    ("windows", pa.list_(_WINDOW)),
    ("unserved_usd", _BY_NAME),
    ("unserved_units", _BY_NAME),
    ("moved_units", _BY_NAME),
    ("broken_limits", pa.list_(pa.string())),
    ("found_by", pa.string()),
    ("seconds", pa.float64()),
]
"""Null, all of them, where a case has no plan."""


def schema(metadata: dict[bytes, bytes]) -> Any:
    """The columns of every part."""
    return pa.schema([*_ALWAYS, *_OUTCOME], metadata=metadata)


def row(answered: Answered, case: Case | None) -> dict[str, Any]:
    """An answer as a row. ``case`` adds its group and factors."""
    always = {
        "name": answered.name,
        "group": None if case is None else case.group,
        "factors": [] if case is None else [_factor(name, value) for name, value in case.factors],
        "failure": answered.failure or None,
    }
    return always if answered.outcome is None else always | _outcome_row(answered.outcome)


def answered_of(row: dict[str, Any]) -> Answered:
    """Back from a row."""
    outcome = None if row["cost_usd"] is None else _outcome_of(row)
    return Answered(row["name"], outcome, row["failure"] or "")


def _outcome_row(outcome: Outcome) -> dict[str, Any]:
    return {
        "cost_usd": outcome.cost_usd,
        "lower_bound_usd": outcome.lower_bound_usd,
        "cash_usd": outcome.cash_usd,
        "cost_by_cause_usd": [
            {"category": category, "provider": provider, "usd": usd}
            for (category, provider), usd in outcome.cost_by_cause_usd.items()
        ],
        "cash_by_year_usd": list(outcome.cash_by_year_usd.items()),
        "cash_by_period_usd": list(outcome.cash_by_period_usd),
        "cash_by_provider_usd": list(outcome.cash_by_provider_usd.items()),
        "windows": [
            {name: getattr(window, name) for name in WindowFigures.__dataclass_fields__} for window in outcome.windows
        ],
        "unserved_usd": list(outcome.unserved_usd.items()),
        "unserved_units": list(outcome.unserved_units.items()),
        "moved_units": list(outcome.moved_units.items()),
        "broken_limits": list(outcome.broken_limits),
        "found_by": outcome.found_by,
        "seconds": outcome.seconds,
    }


def _outcome_of(row: dict[str, Any]) -> Outcome:
    return Outcome(
        cost_usd=row["cost_usd"],
        lower_bound_usd=row["lower_bound_usd"],
        cash_usd=row["cash_usd"],
        cost_by_cause_usd={(cause["category"], cause["provider"]): cause["usd"] for cause in row["cost_by_cause_usd"]},
        cash_by_year_usd=_by_name(row["cash_by_year_usd"]),
        cash_by_period_usd=tuple(row["cash_by_period_usd"]),
        cash_by_provider_usd=_by_name(row["cash_by_provider_usd"]),
        windows=tuple(WindowFigures(**window) for window in row["windows"]),
        unserved_usd=_by_name(row["unserved_usd"]),
        unserved_units=_by_name(row["unserved_units"]),
        moved_units=_by_name(row["moved_units"]),
        broken_limits=tuple(row["broken_limits"]),
        found_by=row["found_by"],
        seconds=row["seconds"],
    )


def _factor(name: str, value: FactorValue) -> dict[str, Any]:
    if isinstance(value, date):
        return {"name": name, "number": None, "text": value.isoformat()}
    is_text = isinstance(value, str)
    return {"name": name, "number": None if is_text else float(value), "text": value if is_text else None}


def _by_name(pairs: Sequence[tuple[str, float]]) -> dict[str, float]:
    return dict(pairs)
