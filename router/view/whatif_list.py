"""The list of what-ifs: files, the what-ifs in them, which are on, and what came of each, as rows of texts."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from router.outcome.outcome import Outcome
from router.report.layout import folded, text_width
from router.sweep.answered import Answered
from router.view.fact import shortened
from router.view.table_rows import RowColumn
from router.view.whatif_figures import NOTHING_KNOWN, Figures, figures_of
from router.whatif.case import BASE, Case
from router.workspace.whatif_files import Origin, WhatIfFile
from router.workspace.whatif_shelf import BASE_TITLE, key_of

_MOST_QUESTION_LINES = 2
_INDENT = 2


class ItemKind(StrEnum):
    """What a place in the list is."""

    BASE = "base"
    FILE = "file"
    WHAT_IF = "what-if"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class WhatIfItem:
    """One place in the list. ``key``: of a what-if, `FILE:NAME`; `base`; of a file and its problems, the file's path.

    ``heading`` and ``text``: of a file its title with where it comes from, and the question; of a problem the mistake.
    ``mark``: `[x]` for on, `[ ]` for off. ``is_from``: what the next comparison begins with. ``is_waiting``: its
    figures are being worked out. ``case`` is None but for what-ifs.
    """

    kind: ItemKind
    key: str
    heading: str
    text: str = ""
    mark: str = ""
    is_from: bool = False
    is_waiting: bool = False
    changes: str = ""
    figures: Figures = NOTHING_KNOWN
    case: Case | None = None
    file: WhatIfFile | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of a row, one for each of `columns_of`."""
        figures = self.figures
        title = f"» {self.heading}" if self.is_from else self.heading
        change = "…" if self.is_waiting and not figures.change else figures.change
        return (title, self.changes, figures.cost, change, figures.gap, figures.shortfall, figures.unserved)

    def alerts(self) -> tuple[bool, ...]:
        """Which of the cells are to be seen."""
        names = ("title", "changes", "cost", "change", "gap", "shortfall", "unserved")
        return tuple(name in self.figures.alerts for name in names)

    def lines(self, width: int) -> tuple[str, ...]:
        """A file's question or a problem in lines of at most ``width`` letters; a row has none."""
        if self.kind not in (ItemKind.FILE, ItemKind.PROBLEM) or not self.text:
            return ()
        lines = folded(self.text, max(8, width - _INDENT))
        if len(lines) > _MOST_QUESTION_LINES:
            rest = " ".join(lines[_MOST_QUESTION_LINES - 1 :])
            lines = [*lines[: _MOST_QUESTION_LINES - 1], shortened(rest, max(8, width - _INDENT))]
        return tuple(" " * _INDENT + line for line in lines)


def whatif_items(
    files: tuple[WhatIfFile, ...],
    *,
    on: Set[str],
    answered: Mapping[str, Answered],
    waiting: Set[str] = frozenset(),
    compare_from: str = BASE,
) -> tuple[WhatIfItem, ...]:
    """The base, then each file with its what-ifs. ``on``, ``answered``, ``waiting``: by key."""
    known = answered.get(BASE)
    base = None if known is None else known.outcome
    items = [_base(known, is_from=compare_from == BASE, is_waiting=BASE in waiting)]
    for file in files:
        path = str(file.path)
        items.append(
            WhatIfItem(ItemKind.FILE, path, _file_heading(file), _one_line(file.asks.question or ""), file=file)
        )
        items += [WhatIfItem(ItemKind.PROBLEM, path, "", line, file=file) for line in _problems(file)]
        for case in file.asks.cases:
            key = key_of(file, case)
            items.append(
                WhatIfItem(
                    ItemKind.WHAT_IF,
                    key,
                    case.title,
                    mark="[x]" if key in on else "[ ]",
                    is_from=compare_from == key,
                    is_waiting=key in waiting,
                    changes=str(len(case.changes)),
                    figures=figures_of(answered.get(key), base),
                    case=case,
                    file=file,
                )
            )
    return tuple(items)


def columns_of(items: tuple[WhatIfItem, ...]) -> tuple[RowColumn, ...]:
    """Columns for these rows; those that say least leave first where room is short."""
    rows = [item.cells for item in items if item.kind in (ItemKind.BASE, ItemKind.WHAT_IF)]
    titles = (("What-if", 0), ("Changes", 5), ("Cost", 3), ("vs base", 0), ("Gap", 4), ("Shortfall", 1))
    columns = []
    for at, (title, order) in enumerate((*titles, ("Unserved", 2))):
        width = max([text_width(title), *(text_width(row[at]) for row in rows)])
        least = min(width, 22) if at == 0 else width
        columns.append(RowColumn(title, width, least, to_the_right=at > 0, drop_order=order))
    return tuple(columns)


def whatif_rows(items: tuple[WhatIfItem, ...]) -> list[list[str]]:
    """The list as a table, titles first, to copy and to export."""
    titles = ["file", "name", "on", "what-if", *(column.title.lower() for column in columns_of(items)[1:])]
    rows = [titles]
    for item in items:
        if item.kind is ItemKind.BASE:
            rows.append(["", BASE, "", item.heading, *item.cells[1:]])
        elif item.case is not None and item.file is not None:
            is_on = "on" if item.mark == "[x]" else ""
            rows.append([str(item.file.path), item.case.name, is_on, item.heading, *item.cells[1:]])
    return rows


def outcome_of(answered: Mapping[str, Answered], key: str) -> Outcome | None:
    """What came of a case, where that is known."""
    known = answered.get(key)
    return None if known is None else known.outcome


def _base(known: Answered | None, *, is_from: bool, is_waiting: bool) -> WhatIfItem:
    return WhatIfItem(
        ItemKind.BASE, BASE, BASE_TITLE, is_from=is_from, is_waiting=is_waiting, figures=figures_of(known, None)
    )


def _file_heading(file: WhatIfFile) -> str:
    others = f", {file.asks.others} more for `router whatif`" if file.asks.others else ""
    where = file.path.stem if file.origin is Origin.SHIPPED else file.path.name
    return (
        f"{file.asks.title}  ({where}, {file.origin.value}{others})"
        if file.asks.title != file.path.name
        else f"{file.asks.title}"
    )


def _problems(file: WhatIfFile) -> list[str]:
    if file.asks.problems:
        # The file's whole path stands in the first place of each line, and in the heading already.
        return [line.removeprefix(f"{file.path}:").strip() for line in file.asks.problems]
    return [] if file.asks.cases or file.asks.others else ["no what-ifs in this file"]


def _one_line(text: str) -> str:
    return " ".join(text.split())
