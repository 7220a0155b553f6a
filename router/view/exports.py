"""What the app writes to files: the table in view, the screen, the plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum

from router.plan.document import Plan
from router.report.plan_json import plan_text
from router.scenario.scenario import Scenario


class ExportKind(StrEnum):
    """The kinds, by the ending of their files."""

    SCREEN = "svg"
    TABLE = "csv"
    PLAN = "json"
    REPORT = "html"


WHAT = {
    ExportKind.SCREEN: "the screen as it is, as a picture (SVG)",
    ExportKind.TABLE: "the table in view (CSV)",
    ExportKind.PLAN: "the whole plan (JSON), as `router solve --json` prints it",
    ExportKind.REPORT: "a report of the plan (HTML) that opens offline",
}


def exported(kind: ExportKind, table: Sequence[Sequence[str]], plan: Plan | None, scenario: Scenario) -> str:
    """The content of a file. Raises ValueError, told in one line, where there is nothing to write."""
    if kind is ExportKind.TABLE:
        if not table:
            raise ValueError("this view has no table to export")
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(table)
        return text.getvalue()
    if plan is None:
        raise ValueError("there is no plan yet")
    if kind is ExportKind.PLAN:
        return plan_text(plan)
    # plotly takes longer to import than everything else together.
    from router.report.html import html_report

    return html_report(plan, scenario)


def table_as_text(table: Sequence[Sequence[str]]) -> str:
    """A table with tabs between its columns, as spreadsheets take it."""
    return "\n".join("\t".join(line) for line in table)
