"""All tables of an answer, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable

from router.answer.answer import Answer
from router.answer.uncertainty import uncertainty
from router.report.layout import lay_out
from router.report.letters import Letters
from router.report.table import Table
from router.report.whatif.tables.break_evens import break_evens_table
from router.report.whatif.tables.cases import failures_table
from router.report.whatif.tables.causes import cause_details_table, causes_table
from router.report.whatif.tables.comparison import comparison_table
from router.report.whatif.tables.draws import draws_tables
from router.report.whatif.tables.headline import headline_table
from router.report.whatif.tables.providers import providers_table
from router.report.whatif.tables.shortfalls import shortfalls_table
from router.report.whatif.tables.sweeps import sweep_tables
from router.report.whatif.tables.workloads import workloads_table
from router.report.whatif.tables.years import years_table

_MOST_COLUMNS = 40
_MOST_CAUSES = 12


def whatif_tables(
    answer: Answer, width: int | None = None, letters: Letters | None = None, *, most_rows: int = 12
) -> tuple[Table, ...]:
    """What-ifs against the base: none where nothing but the base was planned."""

    def fit(build: Callable[[int], Table]) -> Table:
        return _fitted(build, width, letters)

    if len(answer.whatifs) < 2:
        return ()
    return (
        comparison_table(answer),
        fit(lambda most: causes_table(answer, most)),
        cause_details_table(answer, min(max(1, most_rows // 2), _MOST_CAUSES)),
        fit(lambda most: years_table(answer, most)),
        fit(lambda most: providers_table(answer, most)),
        fit(lambda most: shortfalls_table(answer, most)),
        workloads_table(answer, 2 * most_rows),
    )


def answer_tables(
    answer: Answer,
    width: int | None = None,
    letters: Letters | None = None,
    *,
    most_rows: int = 12,
    with_question: bool = True,
) -> tuple[Table, ...]:
    """All tables; wide ones join their smallest columns where ``width`` letters have no room for all.

    Lists longer than ``most_rows`` are cut (those of sweeps at twice as many) and say so.
    """
    tables = [
        headline_table(answer, with_question=with_question),
        *whatif_tables(answer, width, letters, most_rows=most_rows),
    ]
    columns = _MOST_COLUMNS if width is None else max(2, (width - 20) // 12)
    for sweep in answer.sweeps:
        tables += sweep_tables(answer, sweep, most_rows=2 * most_rows, most_columns=columns)
    for draws in answer.draws:
        if (found := uncertainty(answer, draws)) is not None:
            tables += draws_tables(answer, found)
    if answer.break_evens:
        tables.append(break_evens_table(answer))
    if answer.failures:
        tables.append(failures_table(answer, most_rows))
    return tuple(tables)


def _fitted(build: Callable[[int], Table], width: int | None, letters: Letters | None) -> Table:
    """The table with as many columns as there is room for."""
    table = build(_MOST_COLUMNS)
    if width is None or letters is None:
        return table
    for most in range(len(table.columns), 0, -1):
        table = build(most)
        if not table.rows or not lay_out(table, width, letters).squeezed:
            break
    return table
