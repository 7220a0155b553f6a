"""One page with all tables and charts of a plan. It opens offline and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from router.report.charts import burn_downs, cost_over_time, utilisation
from router.report.html_charts import Figure, burn_down_figure, cost_figure, figure_json, utilisation_figure
from router.report.html_style import SCRIPT, STYLE
from router.report.html_tables import table_html
from router.report.tables import report_tables

if TYPE_CHECKING:
    from router.plan.document import Plan
    from router.scenario.scenario import Scenario

# What a page may do: run and draw what it brings, and nothing else. No request leaves it.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)


def html_report(plan: Plan, scenario: Scenario) -> str:
    """The page, of about 5 MB: nearly all of it is plotly.js, which draws the charts.

    Text of the scenario and the plan is escaped throughout, also within the charts' data.
    """
    return "".join(_pieces(plan, scenario))


def _pieces(plan: Plan, scenario: Scenario) -> Iterator[str]:
    # Loaded only here: the script is 5 MB of text that no other output needs.
    from plotly.offline import get_plotlyjs

    tables = report_tables(plan, scenario)
    charts = _charts(plan, scenario)
    name = escape(plan.scenario.name)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>Plan for {name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<header><p>Multicloud Router</p><h1>Plan for {name}</h1>\n"
    if scenario.description:
        yield f"<p>{escape(scenario.description)}</p>\n"
    yield "<nav>"
    for table in tables:
        yield f'<a href="#{escape(table.key)}">{escape(table.title)}</a> '
    yield "</nav></header>\n"
    number = 0
    for table in tables:
        yield table_html(table)
        for title, note, figure in charts.get(table.key, ()):
            yield f'<figure><figcaption>{escape(title)}</figcaption><div class="chart" id="chart-{number}"></div>'
            yield f'<script type="application/json" data-chart="chart-{number}">{figure_json(figure)}</script>'
            yield f'<p class="footnote">{escape(note)}</p></figure>\n' if note else "</figure>\n"
            number += 1
    yield '<noscript><p class="nothing">The charts need JavaScript; the tables say the same.</p></noscript>\n'
    yield "</main>\n"
    yield f"<script>{get_plotlyjs()}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _charts(plan: Plan, scenario: Scenario) -> dict[str, list[tuple[str, str, Figure]]]:
    """Charts with title and note, by the key of the table that they follow."""
    cost = cost_over_time(plan, scenario)
    held = utilisation(plan, scenario)
    charts: dict[str, list[tuple[str, str, Figure]]] = {
        "contracts": [
            (
                f"What is left to spend: {burn_down.contract}/{burn_down.commitment}",
                "",
                burn_down_figure(burn_down),
            )
            for burn_down in burn_downs(plan, scenario)
        ]
    }
    if cost.providers:
        note = "Cash by provider; periods of different length are shown as USD a month."
        charts["cash-by-year"] = [("Cash over time", note, cost_figure(cost))]
    if held.pools:
        note = "Percent of each pool's capacity that services and runs hold in the busiest slice."
        charts["training"] = [("How full pools are", note, utilisation_figure(held))]
    return charts
