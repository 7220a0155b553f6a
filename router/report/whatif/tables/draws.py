"""Draws as tables: how amounts spread, the chance of shortfalls, which factors explain the cost."""

from __future__ import annotations

from router.answer.answer import Answer
from router.answer.chance import Chance
from router.answer.rank import Explains
from router.answer.shortfall import CommitmentSpread, WindowSpread
from router.answer.spread import DEFINITION, PERCENTILES, Spread
from router.answer.uncertainty import Uncertainty
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.table import Cell, Column, Row, Table, Unit
from router.report.tables.difference_rows import DISCOUNTED, NOT_DISCOUNTED
from router.report.whatif.words import case_words, chance_words, counted, titled, window_words

_FEW = 100
_OF_DRAWS = "Chance: share of the draws; in brackets what holds the true chance in 95 of 100 cases (Wilson)."


def draws_tables(answer: Answer, found: Uncertainty) -> tuple[Table, ...]:
    """All tables of draws, the first under the draws' own key."""
    return spread_table(found), chance_table(found), explains_table(found)


def draws_words(found: Uncertainty) -> str:
    """How many draws the figures are from: `199 of 200 draws (seed 7); 1 without a plan, left out`."""
    words = f"{numbers.whole(found.count)} of {counted(found.asked, 'draw')} (seed {found.draws.seed})"
    if found.failed:
        words += f"; {numbers.whole(found.failed)} without a plan, left out"
    if found.not_planned:
        words += f"; {numbers.whole(found.not_planned)} not planned yet"
    return words


def spread_table(found: Uncertainty) -> Table:
    """Mean and percentiles of cost, difference, cash, cash by year, and the value of unserved demand."""
    rows = [
        _spread_row(f"Cost, {DISCOUNTED}", found.cost_usd, "total"),
        _spread_row("at least", found.bound_usd),
    ]
    if found.difference_usd is not None:
        rows.append(_spread_row(f"Difference to {case_words(found.reference)}", found.difference_usd, sign=True))
    rows.append(_spread_row(f"Cash, {NOT_DISCOUNTED}", found.cash_usd))
    rows += [_spread_row(f"Cash {year}", spread) for year, spread in found.cash_by_year_usd]
    if found.unserved.hits:
        rows.append(_spread_row("Value of unserved", found.unserved_usd))
    return Table(
        key=f"draws-{found.draws.name}",
        title=titled(found.draws.title, "what it may cost"),
        columns=(
            Column("Amount", least_width=12),
            Column("Mean", Unit.USD),
            Column("+/-", Unit.USD, drop_order=3),
            *(
                Column(f"{percentile} %", Unit.USD, drop_order=2 if percentile in (25, 75) else 0)
                for percentile in PERCENTILES
            ),
        ),
        rows=tuple(rows),
        footnotes=(
            f"From {draws_words(found)}. +/-: standard error of the mean. "
            f"A draw costs less than the amount under 5 % in 5 of 100 cases.",
            DEFINITION,
            "At least: the lower bounds. Cheaper plans may lie between these and the cost. Gap: "
            f"{numbers.at_most_share(found.gap.median)} in the middle, "
            f"{numbers.at_most_share(found.gap.most)} at most.",
            *([f"Fewer than {_FEW} draws: 5 % and 95 % are rough."] if found.count < _FEW else []),
        ),
    )


def chance_table(found: Uncertainty) -> Table:
    """Each commitment, with its windows where it has several: promise, drawdown, chance and size of a shortfall."""
    rows: list[Row] = []
    for commitment in found.commitments:
        rows.append(_commitment_row(commitment))
        if len(commitment.windows) > 1:
            rows += [_window_row(window) for window in commitment.windows]
    return Table(
        key=f"draws-{found.draws.name}-shortfalls",
        title=titled(found.draws.title, f"chance of a shortfall ({NOT_DISCOUNTED})"),
        columns=(
            Column("Commitment", least_width=14),
            Column("Promise", Unit.USD, drop_order=1),
            Column("Drawdown 5 %", Unit.USD, drop_order=4),
            Column("50 %", Unit.USD, drop_order=2),
            Column("95 %", Unit.USD, drop_order=4),
            Column("Chance", least_width=8),
            Column("If so", Unit.USD),
            Column("Worst", Unit.USD, drop_order=3),
        ),
        rows=tuple(rows),
        footnotes=(
            f"From {draws_words(found)}. {_OF_DRAWS} If so: the mean shortfall of the draws that have one.",
            f"Demand is left unserved in {chance_words(found.unserved)} of the draws, "
            f"limits are broken in {chance_words(found.limits_broken)}.",
        )
        if rows
        else (),
        when_empty="There are no commitments.",
    )


def explains_table(found: Uncertainty) -> Table:
    """Factors by how closely the cost goes with them."""
    return Table(
        key=f"draws-{found.draws.name}-factors",
        title=titled(found.draws.title, "which factors explain the cost"),
        columns=(
            Column("Factor", least_width=12),
            Column("Rank correlation", least_width=8),
            Column("Reading", least_width=24),
        ),
        rows=tuple(_explains_row(each) for each in found.explains),
        footnotes=(
            "Rank correlation (Spearman) with the cost: 1, the cost always rises with the factor; -1, it always falls; "
            "0, neither. Factors that are drawn together share what they explain.",
        )
        if found.explains
        else (),
        when_empty="Nothing is drawn.",
    )


def _spread_row(name: str, spread: Spread, role: str = "plain", *, sign: bool = False) -> Row:
    def cell(usd: float) -> Cell:
        return numbers.aligned(signed_money(usd)) if sign else usd

    error = spread.standard_error
    cells = (name, cell(spread.mean), error, *(cell(usd) for usd in spread.percentiles))
    return Row(cells, "total" if role == "total" else "plain")


def _commitment_row(commitment: CommitmentSpread) -> Row:
    only = commitment.windows[0] if len(commitment.windows) == 1 else None
    cells: tuple[Cell, ...] = (
        commitment.name,
        *(_window_cells(only) if only is not None else (None,) * 4),
        _chance_cell(commitment.chance),
        commitment.when_missed_usd,
        commitment.worst_usd or None,
    )
    return Row(cells, "subtotal")


def _window_row(window: WindowSpread) -> Row:
    name = f"  {window_words(window.start, window.end)}"
    return Row((name, *_window_cells(window), _chance_cell(window.chance), window.when_missed_usd, None))


def _window_cells(window: WindowSpread) -> tuple[Cell, ...]:
    low, _, middle, _, high = window.drawdown_usd.percentiles
    return window.promise_usd.median, low, middle, high


def _chance_cell(chance: Chance) -> str:
    return "none" if not chance.hits else chance_words(chance)


def _explains_row(each: Explains) -> Row:
    if each.correlation is None:
        return Row((each.title, None, "no ranks: texts, the same throughout, or too few draws"))
    if not each.beyond_chance:
        return Row((each.title, f"{each.correlation:+.2f}", "no more than chance would show"))
    return Row(
        (
            each.title,
            f"{each.correlation:+.2f}",
            f"the cost {'rises' if each.correlation > 0 else 'falls'} as it goes up",
        )
    )
