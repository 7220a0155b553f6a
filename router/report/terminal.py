"""The report of a plan in the terminal, at any width from 80 columns up; plain text where it is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from router.report.charts import burn_downs, cost_over_time, utilisation
from router.report.layout import Layout, folded, lay_out
from router.report.letters import Letters, letters_for
from router.report.table import RowRole, Table
from router.report.tables import report_tables
from router.report.terminal_charts import burn_down_charts, cost_chart, heat_map, heat_map_groups

if TYPE_CHECKING:
    from rich.console import Console

    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

LEAST_WIDTH = 80
_WIDEST = 240
_STYLES: dict[RowRole, str] = {"plain": "", "subtotal": "bold", "total": "bold", "alert": "red"}


def render_terminal(plan: Plan, scenario: Scenario, console: Console, charts: bool = True) -> None:
    """Prints the tables and, unless `charts` is False, the charts of a plan.

    Narrower consoles than 80 columns get what 80 columns would, folded by the terminal. Meaning is never in
    colour alone, and the console decides whether there is any (NO_COLOR, no terminal).
    """
    for line in report_lines(plan, scenario, console.width, console.encoding, charts=charts):
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
    tables = report_tables(
        plan,
        scenario,
        most_periods=_periods_that_fit(plan, scenario, width, letters),
        most_providers=_providers_that_fit(plan, scenario, width, letters),
    )
    return tables


def table_lines(table: Table, width: int, letters: Letters) -> list[Text]:
    """A table as styled lines: title, head, rows, footnotes."""
    lines = [Text(table.title, "bold underline")]
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
    most = heat_map_groups(list(scenario.pools), width)
    return {
        "cash-by-year": [("Cash a month, by provider", cost_chart(cost_over_time(plan, scenario), width, letters))],
        "contracts": [
            (
                "Burn-down: what is left to spend in each window",
                burn_down_charts(burn_downs(plan, scenario), width, letters),
            )
        ],
        "training": [("How full pools are", heat_map(utilisation(plan, scenario, most), width, letters))],
    }


def _periods_that_fit(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> int:
    from router.report.tables.placement import placement_table

    return _most_that_fit(
        lambda most: placement_table(plan, scenario, most),
        [count for count in (len(plan.periods), 24, 20, 16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2) if count],
        width,
        letters,
    )


def _providers_that_fit(plan: Plan, scenario: Scenario, width: int, letters: Letters) -> int:
    from router.report.tables.cost import cost_by_provider_table

    return _most_that_fit(
        lambda most: cost_by_provider_table(plan, scenario, most),
        list(range(max(1, len(scenario.providers) + 1), 1, -1)),
        width,
        letters,
    )


def _most_that_fit(build: Callable[[int], Table], counts: Sequence[int], width: int, letters: Letters) -> int:
    for count in counts:
        layout = lay_out(build(count), width, letters)
        if not layout.squeezed and not layout.dropped:
            return count
    return 1
