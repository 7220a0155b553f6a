"""An answer in the terminal: tables as wide as the console, 80 columns at least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.answer.answer import Answer
from router.report.letters import letters_for
from router.report.terminal import LEAST_WIDTH, render_tables
from router.report.whatif.tables import answer_tables

if TYPE_CHECKING:
    from rich.console import Console


def render_answer(answer: Answer, console: Console, *, most_rows: int = 12) -> None:
    """Prints all tables of an answer."""
    width = max(LEAST_WIDTH, console.width)
    render_tables(answer_tables(answer, width, letters_for(console.encoding), most_rows=most_rows), console)
