"""What a what-if file asks by name, without its scenario and without checking the rest: for lists of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from router.reading.yaml_reader import read_yaml
from router.whatif.document import SECTIONS


@dataclass(frozen=True)
class OutlineEntry:
    """One entry. ``section``: the key of the file it stands under, one of SECTIONS."""

    section: str
    name: str
    title: str


@dataclass(frozen=True)
class Outline:
    """A file's title (its stem where it has none), question, answer and scenario as the file names it, and entries."""

    title: str
    question: str | None
    answer: str | None
    scenario: str | None
    entries: tuple[OutlineEntry, ...]


def read_outline(path: Path | str) -> Outline:
    """The outline of a file, whatever else may be wrong with it. Raises ScenarioError for what is no YAML mapping."""
    data: dict[Any, Any] = dict(read_yaml(path).data)
    entries = [
        OutlineEntry(section, str(name), _text(entry, "title") or str(name))
        for section in SECTIONS
        if isinstance(data.get(section), dict)
        for name, entry in data[section].items()
    ]
    return Outline(
        title=_text(data, "title") or Path(path).stem,
        question=_text(data, "question"),
        answer=_text(data, "answer"),
        scenario=_text(data, "scenario"),
        entries=tuple(entries),
    )


def whatif_names(path: Path | str) -> tuple[tuple[str, str], ...]:
    """Name and title of each what-if of a file. Raises ScenarioError for what is no YAML mapping."""
    return tuple((entry.name, entry.title) for entry in read_outline(path).entries if entry.section == "whatifs")


def _text(holder: Any, key: str) -> str | None:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and value else None
