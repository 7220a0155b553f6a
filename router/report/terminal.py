"""The report of a plan in the terminal, at any width from 80 columns up; plain text where it is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from router.report.charts import burn_downs, cost_over_time, utilisation
from router.report.layout import GAP, Layout, folded, lay_out
from router.report.letters import Letters, letters_for
from router.report.period_groups import group_periods
from router.report.table import Row, RowRole, Table
from router.report.tables import report_tables
from router.report.tables.cost import cost_by_provider_table
from router.report.tables.placement import placement_table
from router.report.terminal_charts import burn_down_charts, cost_chart, heat_map, heat_map_groups

if TYPE_CHECKING:
    from rich.console import Console

    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

LEAST_WIDTH = 80
_LEAST_NAME = 18
_LEAST_PERIOD = 6
_MOST_UNSERVED = 20
_WIDEST = 240
_STYLES: dict[RowRole, str] = {"plain": "", "subtotal": "bold", "total": "bold", "alert": "red"}


def render_terminal(plan: Plan, scenario: Scenario, console: Console, charts: bool = True) -> None:
    """Prints the tables and, unless `charts` is False, the charts of a plan.

    Narrower consoles than 80 columns get what 80 columns would, folded by the terminal. Meaning is never in
    colour alone, and the console decides whether there is any (NO_COLOR, no terminal).
    """
    for line in report_lines(plan, scenario, console.width, console.encoding, charts=charts):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def render_tables(tables: Sequence[Table], console: Console) -> None:
    """Prints tables one under another, as wide as the console, 80 columns at least."""
    width = max(LEAST_WIDTH, min(console.width, _WIDEST))
    letters = letters_for(console.encoding)
    for number, table in enumerate(tables):
        for line in [*([Text()] if number else []), *table_lines(table, width, letters)]:
            line.rstrip()
            console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def report_lines(
    plan: Plan, scenario: Scenario, width: int, encoding: str = "utf-8", *, charts: bool = True
) -> list[Text]:
    """The report as styled lines of at most `width` letters (80 at least)."""
    width = max(LEAST_WIDTH, min(width, _WIDEST))
    letters = letters_for(encoding)
    drawn = _charts(plan, scenario, width, letters) if charts else {}
    lines: list[Text] = []
    for table in fitted_tables(plan, scenario, width, letters):
        lines += [*table_lines(table, width, letters), Text()]
        for title, chart in drawn.get(table.key, ()):
            lines += [Text(title, "bold underline"), *chart, Text()]
    for line in lines:
        line.rstrip()
    return lines[:-1]


def fitted_tables(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> Sequence[Table]:
    """All tables, with as many periods and providers in columns as the width has room for."""
    return report_tables(
        plan,
        scenario,
        most_periods=_periods_that_fit(plan, scenario, width, letters),
        most_providers=_providers_that_fit(plan, scenario, width, letters),
        most_unserved=_MOST_UNSERVED,
    )


def table_lines(table: Table, width: int, letters: Letters) -> list[Text]:
    """A table as styled lines: title, head, rows, footnotes."""
    lines = [Text(line, "bold underline") for line in folded(letters.text(table.title), width)]
    if not table.rows:
        return [*lines, Text(table.when_empty)]
    layout = lay_out(table, width, letters)
    lines += [Text(line, "bold") for line in layout.head]
    rule = Text(letters.line * layout.width, "dim")
    if layout.head:
        lines.append(rule)
    for number, row in enumerate(layout.rows):
        if row.role == "total" and table.headed and number:
            lines.append(rule)
        lines += [Text(line, _STYLES[row.role]) for line in row.lines]
    for note in (*table.footnotes, *_dropped(layout)):
        lines += [Text(line, "dim") for line in folded(letters.text(note), width)]
    return lines


def _dropped(layout: Layout) -> Iterable[str]:
    if layout.dropped:
        yield f"Not shown for want of width: {', '.join(layout.dropped)}."


def _charts(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> dict[str, list[tuple[str, list[Text]]]]:
    """Charts by the key of the table that they follow."""
    charts = {}
    cost, commitments = cost_over_time(plan, scenario), burn_downs(plan, scenario)
    if cost.providers:
        charts["cash-by-year"] = [("Cash a month, by provider", cost_chart(cost, width, letters))]
    if commitments:
        title = "Burn-down: what is left to spend in each window"
        charts["contracts"] = [(title, burn_down_charts(commitments, width, letters))]
    if scenario.pools:
        held = utilisation(plan, scenario, heat_map_groups(list(scenario.pools), width))
        charts["training"] = [("How full pools are", heat_map(held, width, letters))]
    return charts


def _periods_that_fit(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> int:
    """How many columns of periods leave enough room for the names beside them."""
    one = placement_table(plan, scenario, most_periods=1)
    names = replace(
        one,
        columns=tuple(replace(column, drop_order=0, least_width=_LEAST_NAME) for column in one.columns[:2]),
        rows=tuple(Row(row.cells[:2]) for row in one.rows),
    )
    room = width - lay_out(names, 2 * _LEAST_NAME + GAP, letters).width if one.rows else width
    most = len(plan.periods)
    while most > 1:
        groups = group_periods(plan.periods, most)
        # A label of two words is folded.
        widest = (max(_LEAST_PERIOD, *map(len, group.label.split())) for group in groups)
        if sum(width + GAP for width in widest) <= room:
            return most
        most = min(most, len(groups)) - 1
    return 1


def _providers_that_fit(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> int:
    for most in range(len(scenario.providers) + 1, 1, -1):
        if not lay_out(cost_by_provider_table(plan, scenario, most), width, letters).squeezed:
            return most
    return 1
