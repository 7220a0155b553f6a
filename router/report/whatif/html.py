"""One page with the answers to one what-if file or several. It opens offline and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from router.answer.answer import Answer
from router.report.html import POLICY
from router.report.html_charts import figure_json
from router.report.html_style import SCRIPT, STYLE
from router.report.html_tables import table_html
from router.report.table import Table
from router.report.whatif.charts import Chart, charts_of
from router.report.whatif.tables import answer_tables

_MOST_ROWS = 40

_STYLE = """
article + article { margin-top: 4rem; padding-top: 1.5rem; border-top: 2px solid var(--rule); }
article > header > p { max-width: 60rem; }
.asked { font-size: 1.1rem; }
.told { border-left: 4px solid var(--rule); padding-left: .9rem; }
.told strong { display: block; font-size: .88rem; color: var(--soft); }
figure { max-width: 60rem; }
.unit { margin: 0; color: var(--soft); font-size: .88rem; }
@media (max-width: 600px) {
  main { padding: 1rem .75rem 3rem; }
  h1 { font-size: 1.5rem; }
  .headed { font-size: .84rem; }
  th, td { padding: .28rem .4rem; }
  .headed tbody th, .headed td:not(.right):not(.whole) { min-width: 6.5rem; }
  .facts tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 6.5rem; }
}
"""


def html_page(answers: Sequence[Answer]) -> str:
    """The page, of about 5 MB: nearly all of it is plotly.js, which draws the charts.

    Texts of the files are escaped throughout, also within the charts' data. Raises ValueError where there is no answer.
    """
    if not answers:
        raise ValueError("found no answer, expected at least one")
    return "".join(_pieces(answers))


def _pieces(answers: Sequence[Answer]) -> Iterator[str]:
    # Loaded only here: the script is 5 MB of text that no other output needs.
    from plotly.offline import get_plotlyjs

    title = answers[0].question.title if len(answers) == 1 else "What-ifs"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    if len(answers) > 1:
        yield "<header><p>Multicloud Router</p><h1>What-ifs</h1><nav>"
        for number, answer in enumerate(answers, start=1):
            yield f'<a href="#question-{number}">{escape(answer.question.title)}</a> '
        yield "</nav></header>\n"
    chart = 0
    for number, answer in enumerate(answers, start=1):
        prefix = f"question-{number}-" if len(answers) > 1 else ""
        tables = [_keyed(table, prefix) for table in answer_tables(answer, most_rows=_MOST_ROWS, with_question=False)]
        charts = list(charts_of(answer))
        yield f'<article id="question-{number}">\n'
        yield from _header(answer, tables, alone=len(answers) == 1)
        for table in tables:
            yield table_html(table)
            for each in (each for each in charts if prefix + each.key == table.key):
                yield _figure(each, chart)
                chart += 1
        yield "</article>\n"
    yield '<noscript><p class="nothing">The charts need JavaScript; the tables say the same.</p></noscript>\n'
    yield "</main>\n"
    yield f"<script>{get_plotlyjs()}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _header(answer: Answer, tables: Sequence[Table], *, alone: bool) -> Iterator[str]:
    question = answer.question
    yield "<header>"
    yield f"<p>{'Multicloud Router: what-ifs' if alone else escape(question.file)}</p>"
    yield f"<h1>{escape(question.title)}</h1>\n"
    if question.question:
        yield f'<p class="asked">{escape(question.question)}</p>\n'
    if question.answer:
        told = "What the file says, from when it was written"
        yield f'<p class="told"><strong>{told}</strong>{escape(question.answer)}</p>\n'
    yield "<nav>"
    for table in tables:
        yield f'<a href="#{escape(table.key)}">{escape(table.title)}</a> '
    yield "</nav></header>\n"


def _figure(chart: Chart, number: int) -> str:
    note = f'<p class="footnote">{escape(chart.note)}</p>' if chart.note else ""
    unit = f'<p class="unit">{escape(chart.unit)}</p>'
    return (
        f'<figure><figcaption>{escape(chart.title)}</figcaption>{unit}<div class="chart" id="chart-{number}"></div>'
        f'<script type="application/json" data-chart="chart-{number}">{figure_json(chart.figure)}</script>'
        f"{note}</figure>\n"
    )


def _keyed(table: Table, prefix: str) -> Table:
    """Anchors of several questions in one page must differ."""
    return replace(table, key=prefix + table.key)
