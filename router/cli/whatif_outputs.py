"""What `router whatif --out DIR` writes: results as they come, then the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from router import __version__
from router.answer.answer import Answer
from router.cli.outputs import prepare_folder
from router.cli.whatif_run import Request
from router.reading.write import write_all
from router.sweep.header import ResultsHeader
from router.sweep.json_lines import JsonLines
from router.sweep.store import MemoryStore, Store
from router.whatif.question import Question


class ResultsFormat(StrEnum):
    """How results are stored."""

    JSON_LINES = "jsonl"
    PARQUET = "parquet"


def results_folders(out: Path, questions: Sequence[Question]) -> list[Path]:
    """A folder for each question: ``out`` itself for one, folders in it by the files' names for several.

    Makes them, so that a place that cannot be written is told before any work. Raises OutputError.
    """
    if len(questions) == 1:
        folders = [out]
    else:
        used: Counter[str] = Counter()
        folders = []
        for question in questions:
            used[question.stem] += 1
            count = used[question.stem]
            folders.append(out / (question.stem if count == 1 else f"{question.stem}-{count}"))
    prepare_folder(out)
    for folder in folders:
        prepare_folder(folder)
    return folders


@contextmanager
def results_store(
    folder: Path | None, question: Question, request: Request, results_format: ResultsFormat
) -> Iterator[Store]:
    """Where answers go as they come; only in memory without a folder. Raises OutputError."""
    store: Store
    if folder is None:
        store = MemoryStore()
    else:
        header = ResultsHeader(
            question_sha256=question.sha256,
            router_version=__version__,
            search_seconds=request.whatif_effort.search_seconds,
            group_search_seconds=request.sweep_effort.search_seconds,
            gap=request.gap,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            question=question.title,
        )
        cases = {case.name: case for case in question.cases}
        if results_format is ResultsFormat.PARQUET:
            # Needs an extra, and takes 0.2 s to import.
            from router.sweep.parquet import Parquet

            store = Parquet(folder / "results.parquet", header, cases)
        else:
            store = JsonLines(folder / "results.jsonl", header, cases)
    try:
        yield store
    finally:
        store.close()


def write_answers(answers: Sequence[Answer], folders: Sequence[Path]) -> list[Path]:
    """The files about each answer, whole or none. Raises OutputError."""
    from router.report.whatif.csv import cases_csv, causes_csv, comparison_csv
    from router.report.whatif.html import html_page
    from router.report.whatif.json import whatif_text

    contents: dict[Path | str, bytes | str] = {}
    for answer, folder in zip(answers, folders, strict=False):
        contents |= {
            folder / "answer.json": whatif_text([answer]),
            folder / "comparison.csv": comparison_csv(answer),
            folder / "cases.csv": cases_csv(answer),
            folder / "causes.csv": causes_csv(answer),
            folder / "report.html": html_page([answer]),
        }
    write_all(contents)
    return [Path(path) for path in contents]
