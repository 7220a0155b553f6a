"""An answer as the screen shows it: sentences, tables, and the questions that rows of them lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from router.report.letters import Letters
from router.report.table import Table
from router.view.laid_lines import LaidLine, LineRole, sentence_lines, table_lines
from router.view.why_question import Question


@dataclass(frozen=True)
class AnswerTable:
    """A table; ``leads`` has for each of its rows the question that it leads to, None for none."""

    table: Table
    leads: tuple[Question | None, ...]

    def __post_init__(self) -> None:
        if len(self.leads) != len(self.table.rows):
            raise ValueError(f"{len(self.leads)} questions for {len(self.table.rows)} rows of {self.table.key!r}")


@dataclass(frozen=True)
class Answer:
    """An answer to a question, in which what was left to the plan to choose is filled in.

    ``is_whole`` False: more of it follows.
    """

    question: Question
    words: tuple[str, ...]
    tables: tuple[AnswerTable, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line; ``stop`` numbers the rows that lead somewhere, in their order, None elsewhere."""

    laid: LaidLine
    stop: int | None = None


@dataclass(frozen=True)
class LaidAnswer:
    """An answer in a width. ``stops``: the questions that rows lead to."""

    lines: tuple[AnswerLine, ...]
    stops: tuple[Question, ...]


NOTHING_LAID = LaidAnswer((), ())


def laid_answer(answer: Answer, width: int, letters: Letters) -> LaidAnswer:
    """The answer as lines: its sentences, then its tables with a line between."""
    lines: list[AnswerLine] = []
    stops: list[Question] = []
    for words in answer.words:
        lines += [AnswerLine(line) for line in sentence_lines(words, width, letters)]
    for part in answer.tables:
        if lines:
            lines.append(AnswerLine(LaidLine("", LineRole.BLANK)))
        numbered: dict[int, int] = {}
        for line in table_lines(part.table, width, letters):
            lead = None if line.row is None else part.leads[line.row]
            if lead is not None and line.row is not None and line.row not in numbered:
                numbered[line.row] = len(stops)
                stops.append(lead)
            lines.append(AnswerLine(line, None if line.row is None else numbered.get(line.row)))
    return LaidAnswer(tuple(lines), tuple(stops))


def answer_rows(answer: Answer) -> Iterator[list[str]]:
    """All tables of an answer one after another, each with its title and its columns' titles, as texts."""
    for part in answer.tables:
        yield [part.table.title]
        yield [column.title for column in part.table.columns]
        for row in part.table.rows:
            cells = zip(part.table.columns, row.cells, strict=True)
            yield [column.text(cell) for column, cell in cells]
