"""The files that `--out DIR` writes."""

from __future__ import annotations

import os
from pathlib import Path

from router.plan.document import Plan
from router.reading.write import OutputError, write_all
from router.report.csv_tables import allocations_csv, bill_csv
from router.report.plan_json import plan_text
from router.scenario.scenario import Scenario


def prepare_folder(folder: Path) -> None:
    """Makes the folder, so that a place that cannot be written is told before any work. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(f"{folder}: cannot write there: it is a file, not a folder") from None
    except OSError as error:
        raise OutputError(f"{folder}: cannot make this folder: {error.strerror or error}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{folder}: cannot write there: permission denied")


def write_outputs(plan: Plan, scenario: Scenario, folder: Path) -> list[Path]:
    """All files, whole or none. Raises OutputError."""
    # plotly takes longer to import than everything else together.
    from router.report.html import html_report

    contents: dict[Path | str, bytes | str] = {
        folder / "plan.json": plan_text(plan) + "\n",
        folder / "bill.csv": bill_csv(plan, scenario),
        folder / "allocations.csv": allocations_csv(plan, scenario),
        folder / "report.html": html_report(plan, scenario),
    }
    write_all(contents)
    return [Path(path) for path in contents]
