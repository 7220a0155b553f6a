"""A table as CSV, as it is shown: numbers in full, texts safe to open in a spreadsheet."""

from __future__ import annotations

from router.report.csv_text import csv_text
from router.report.table import Table


def table_csv(table: Table) -> str:
    """A line for each row under the columns' titles; dates as ISO 8601, shares of one, an empty cell for nothing."""
    return csv_text(tuple(column.title for column in table.columns), (row.cells for row in table.rows))
