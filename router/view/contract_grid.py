"""The contract grid: what is promised in each window, and the terms that a planner negotiates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from router.arrays import BoolArray
from router.change.change import Change, Operation, Span
from router.plan.document import Plan
from router.reading.key_path import KeyPath
from router.reading.problems import Mistake
from router.report import numbers
from router.scenario.contract import CarryForward, Commitment, Contract, Tiers
from router.scenario.scenario import Scenario
from router.view.cell_words import cell_words
from router.view.commitment_bars import share_met
from router.view.contract_windows import promise_of
from router.view.grid import Apart, Cells, CellUnit, Grid, GridColumn, GridRow, Meaning
from router.view.selector_words import selector_words

TERM_START, TERM_END = "term start", "term end"
_ON, _OFF = "on", "off"
_FROM, _TO, _CARRY = "term from", "term to", "carry-forward"
_KEYS = {
    _FROM: "( and ) move it by a month",
    _TO: "< and > move it by a month",
    _CARRY: "c turns it on and off",
}


class _Line(NamedTuple):
    row: GridRow
    values: Sequence[float]


def contract_grid(scenario: Scenario, plan: Plan | None) -> Grid:
    """Columns are windows, the first, the second and so on. ``plan``: what is met, windows with a shortfall alert."""
    lines = [line for name, contract in scenario.contracts.items() for line in _contract(name, contract)]
    width = max((len(line.row.shown or line.values) for line in lines), default=1)
    table = np.full((len(lines), width), np.nan)
    for at, line in enumerate(lines):
        table[at, : len(line.values)] = line.values
    alerts = np.zeros(table.shape, dtype=np.bool_)
    rows = [_widened(line.row, width) for line in lines]
    if plan is not None:
        _set_met(scenario, plan, rows, alerts)
    columns = tuple(GridColumn(f"{_ordinal(at + 1)} window") for at in range(width))
    return Grid("contracts", (), columns, tuple(rows), table, alerts, alert_words="! falls short")


def term_moved(grid: Grid, rows: Iterable[int], moved: str, months: int) -> tuple[Change, ...]:
    """The changes that move the start or the end (``moved``) of the terms of rows' contracts by months.

    Raises Mistake where the rows are of no contract.
    """
    paths = dict.fromkeys(row.moves[moved] for row in (grid.rows[at] for at in rows) if moved in row.moves)
    if not paths:
        raise Mistake("a row of a contract", found="none")
    return tuple(Change(path, Operation.SHIFT, Span(months=months)) for path in paths)


def carry_forward_turned(scenario: Scenario, grid: Grid, rows: Iterable[int]) -> tuple[Change, ...]:
    """The changes that turn carry-forward on or off for the commitments of rows.

    Raises Mistake where the rows are of no commitment.
    """
    found: dict[tuple[str, str], Commitment] = {}
    for at in rows:
        named = commitment_named(grid.rows[at].key, scenario)
        if named is not None:
            found[named] = scenario.contracts[named[0]].commitments[named[1]]
    if not found:
        raise Mistake("a row of a commitment, which has a carry-forward", found="none")
    return tuple(
        Change((*_base(*named), "carry_forward"), Operation.SET, held.carry_forward is False)
        for named, held in found.items()
    )


def contract_cell_words(grid: Grid, cells: Cells, row: int, column: int) -> str:
    """The line about the cell under the cursor, with the texts that stand in place of numbers here."""
    line = grid.rows[row]
    if line.shown is None or line.is_heading:
        return cell_words(grid, cells, row, column)
    if cells.count > 1:
        return f"{line.subject}, {line.name}: {cells.count} cells"
    if line.name in _KEYS:
        return f"{line.subject}, {line.name}: {line.shown[0]}   {_KEYS[line.name]}"
    alert = f"   {grid.alert_words}" if grid.alerts[row, column] else ""
    return f"{line.subject}, {line.name}, {grid.columns[column].label}: {line.shown[column] or 'nothing'}{alert}"


def contract_copied(grid: Grid, cells: Cells) -> str:
    """Cells as text to paste elsewhere, dates and words as they are read."""
    lines = []
    for row in cells.rows:
        shown = grid.rows[row].shown
        lines.append("\t".join(grid.editable_text(row, at) if shown is None else shown[at] for at in cells.columns))
    return "\n".join(lines)


def commitment_named(key: tuple[str, ...], scenario: Scenario) -> tuple[str, str] | None:
    """The contract and commitment that a row is of: its own, else the first of its contract; None without any."""
    contract = scenario.contracts.get(key[0]) if key else None
    if contract is None or not contract.commitments:
        return None
    own = key[1] if len(key) > 1 and key[1] in contract.commitments else next(iter(contract.commitments))
    return key[0], own


def _contract(name: str, contract: Contract) -> Iterator[_Line]:
    moves: dict[str, KeyPath] = {TERM_START: ("contracts", name, "start"), TERM_END: ("contracts", name, "end")}
    for line in _lines_of(name, contract):
        yield line._replace(row=replace(line.row, moves=moves))


def _lines_of(name: str, contract: Contract) -> Iterator[_Line]:
    title = contract.title or name
    named = title if contract.provider.lower() in title.lower() else f"{title} ({contract.provider})"
    heading = GridRow((name,), named, named, CellUnit.USD, None, is_heading=True)
    yield _Line(heading, ())
    yield _dates((name, "term", "start"), _FROM, name, (contract.start,))
    yield _dates((name, "term", "end"), _TO, name, (contract.end - timedelta(days=1),))
    for commitment, held in contract.commitments.items():
        yield from _commitment(name, contract, commitment, held)
    for at, rule in enumerate(contract.discounts):
        what = "discount" if len(contract.discounts) == 1 else f"discount {at + 1}"
        path: KeyPath = ("contracts", name, "discounts", at, "discount")
        of = selector_words(rule.applies_to)
        subject = f"{what} of {name} on {of}"
        yield _Line(
            _row((name, "discounts", str(at)), f"{what}: {of}", subject, CellUnit.SHARE, Apart((path,))),
            [rule.discount],
        )
    if contract.tiers is not None:
        yield from _tiers(name, contract.tiers)


def _tiers(name: str, tiers: Tiers) -> Iterator[_Line]:
    base: KeyPath = ("contracts", name, "tiers", "levels")
    words = f"{tiers.method}, {tiers.window}".replace("_", " ")
    for what, field, unit in (
        ("tiers from", "from_usd", CellUnit.USD),
        ("tier discounts", "discount", CellUnit.SHARE),
    ):
        paths = tuple((*base, at, field) for at in range(len(tiers.levels)))
        values = [float(getattr(level, field)) for level in tiers.levels]
        subject = f"{what} of {name} ({words})"
        yield _Line(_row((name, "tiers", field), f"{what}: {words}", subject, unit, Apart(paths)), values)


def _commitment(name: str, contract: Contract, commitment: str, held: Commitment) -> Iterator[_Line]:
    base, key, subject = _base(name, commitment), (name, commitment), f"{name}/{commitment}"
    starts, meaning, values = promise_of(base, contract, held)
    kind = "by dates" if held.windows is not None else (held.window or "term").replace("_", " ")
    yield _Line(_row(key, f"{commitment} promised: {kind}", f"promise of {subject}", CellUnit.USD, meaning), values)
    yield _dates((*key, "from"), "windows from", subject, starts)
    yield _told((*key, "met"), "of it met", subject, ())
    spent = np.nan if held.spent_to_date_usd is None else held.spent_to_date_usd
    yield _one((*key, "spent"), "spent to date", subject, (*base, "spent_to_date_usd"), CellUnit.USD, spent)
    yield _one(
        (*key, "rate"), "shortfall rate", subject, (*base, "shortfall_rate"), CellUnit.SHARE, held.shortfall_rate
    )
    carry = held.carry_forward
    carries = carry is not False
    yield _told((*key, "carry"), _CARRY, subject, (_ON if carries else _OFF,), [float(carries)])
    if isinstance(carry, CarryForward):
        most = np.nan if carry.max_share is None else carry.max_share
        path: KeyPath = (*base, "carry_forward", "max_share")
        yield _one((*key, "carry most"), "carried at most", subject, path, CellUnit.SHARE, most)


def _base(name: str, commitment: str) -> KeyPath:
    return "contracts", name, "commitments", commitment


def _one(key: tuple[str, ...], what: str, owner: str, path: KeyPath, unit: CellUnit, value: float) -> _Line:
    return _Line(_row(key, what, f"{what} of {owner}", unit, Apart((path,))), [value])


def _told(key: tuple[str, ...], what: str, subject: str, texts: tuple[str, ...], values: Sequence[float] = ()) -> _Line:
    """A row of texts. ``values``: numbers that differ where the texts do, by which an edit of them is seen."""
    return _Line(replace(_row(key, what, subject, CellUnit.COUNT, None), shown=texts), values)


def _dates(key: tuple[str, ...], what: str, subject: str, days: Sequence[date]) -> _Line:
    return _told(key, what, subject, tuple(day.isoformat() for day in days), [float(day.toordinal()) for day in days])


def _row(key: tuple[str, ...], name: str, subject: str, unit: CellUnit, meaning: Meaning | None) -> GridRow:
    quantity_unit = "USD" if unit is CellUnit.USD else ""
    return GridRow(key, name, subject, unit, meaning, (), quantity_unit, depth=1)


def _widened(row: GridRow, width: int) -> GridRow:
    """The row with an entry for each column of the grid."""
    meaning = row.meaning
    if isinstance(meaning, Apart):
        meaning = Apart(meaning.paths + (None,) * (width - len(meaning.paths)))
    shown = None if row.shown is None else row.shown + ("",) * (width - len(row.shown))
    return replace(row, meaning=meaning, shown=shown)


def _set_met(scenario: Scenario, plan: Plan, rows: list[GridRow], alerts: BoolArray) -> None:
    at = {row.key: index for index, row in enumerate(rows)}
    for window in plan.windows:
        contract = scenario.contracts.get(window.contract)
        row = at.get((window.contract, window.commitment))
        if contract is None or row is None:
            continue
        starts, _, _ = promise_of((), contract, contract.commitments[window.commitment])
        if window.start in starts:
            column = starts.index(window.start)
            met = at[window.contract, window.commitment, "met"]
            texts = list(rows[met].shown or ())
            texts[column] = numbers.share(share_met(window))
            rows[met] = replace(rows[met], shown=tuple(texts))
            alerts[[row, met], column] = window.shortfall_usd > 0


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
