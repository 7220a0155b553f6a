"""The model as text in LP format, for people: what a constraint generates, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from router.model.linear_program import ColumnKind
from router.model.model import Model
from router.model.names import axis_labels, column_names, row_names
from router.model.rows import Rows


def lp_text(model: Model, families: Sequence[str] | None = None, objective: bool = True) -> str:
    """The whole model, or only the rows of some families (and the bounds of the columns in them)."""
    labels = axis_labels(model.problem)
    names = [name for block in model.columns.blocks.values() for name in column_names(block, labels)]
    chosen = [rows for rows in model.rows if families is None or rows.family in families]
    used = np.zeros(model.program.columns, dtype=bool)
    for rows in chosen:
        used[rows.column] = True
    if families is None:
        used[:] = True
    lines = [f"\\ money in units of {model.program.usd_per_unit:g} USD"]
    if objective:
        lines += ["Minimize", " cost:", *_objective(model, names, used)]
    lines.append("Subject To")
    for rows in chosen:
        lines += _rows(rows, row_names(rows, labels), names)
    lines += ["Bounds", *_bounds(model, names, used)]
    lines += _integers(model, names, used)
    lines.append("End")
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:.10g}"


def _term(value: float, name: str) -> str:
    sign = "-" if value < 0 else "+"
    size = abs(value)
    return f"{sign} {name}" if size == 1 else f"{sign} {_number(size)} {name}"


def _objective(model: Model, names: list[str], used: np.ndarray) -> Iterator[str]:
    for column in np.flatnonzero((model.program.objective != 0) & used):
        yield "  " + _term(float(model.program.objective[column]), names[column])


def _rows(rows: Rows, row_labels: list[str], names: list[str]) -> Iterator[str]:
    order = np.lexsort((rows.column, rows.row))
    terms: list[list[str]] = [[] for _ in range(rows.count)]
    sums: dict[tuple[int, int], float] = {}
    for position in order:
        key = (int(rows.row[position]), int(rows.column[position]))
        sums[key] = sums.get(key, 0.0) + float(rows.value[position])
    for (row, column), value in sums.items():
        terms[row].append(_term(value, names[column]))
    for row in range(rows.count):
        left = " ".join(terms[row]).removeprefix("+ ") or "0"
        lower, upper = float(rows.lower[row]), float(rows.upper[row])
        if lower == upper:
            bound = f"= {_number(upper)}"
        elif np.isfinite(lower):
            bound = f">= {_number(lower)}"
        else:
            bound = f"<= {_number(upper)}"
        yield f" {row_labels[row]}: {left} {bound}"


def _bounds(model: Model, names: list[str], used: np.ndarray) -> Iterator[str]:
    program = model.program
    for column in np.flatnonzero(used):
        lower, upper = float(program.lower[column]), float(program.upper[column])
        if np.isfinite(upper):
            yield f" {_number(lower)} <= {names[column]} <= {_number(upper)}"
        elif lower != 0:
            yield f" {names[column]} >= {_number(lower)}"


def _integers(model: Model, names: list[str], used: np.ndarray) -> list[str]:
    columns = np.flatnonzero((model.program.kind != ColumnKind.CONTINUOUS) & used)
    return ["General", *(f" {names[column]}" for column in columns)] if len(columns) else []
