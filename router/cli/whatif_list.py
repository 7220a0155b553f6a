"""`router whatif --list`: what there is to ask."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from router.reading.position import printable
from router.whatif.outline import Outline, read_outline
from router.whatif.shipped import whatif_files, whatif_path

_SECTIONS = {"whatifs": "what-if", "sweeps": "sweep", "draws": "draws", "solve_for": "solve for"}


def list_questions(files: Sequence[str], *, as_json: bool) -> None:
    """Prints what files ask; without any, the shipped ones with their titles. Raises ScenarioError."""
    if not files:
        found = [(path.stem, read_outline(path)) for path in whatif_files()]
        if as_json:
            click.echo(json.dumps([_data(name, outline) for name, outline in found], indent=1))
            return
        width = max((len(name) for name, _ in found), default=0)
        for name, outline in found:
            click.echo(f"{name:<{width}}  {outline.scenario or '':<12}  {printable(outline.title)}")
        return
    outlines = [(file, read_outline(whatif_path(file))) for file in files]
    if as_json:
        click.echo(json.dumps([_data(name, outline) for name, outline in outlines], indent=1))
        return
    for number, (_, outline) in enumerate(outlines):
        if number:
            click.echo("")
        _describe(outline)


def _describe(outline: Outline) -> None:
    click.echo(printable(f"{outline.title} ({outline.scenario})"))
    for label, text in (("Question", outline.question), ("Answer", outline.answer)):
        if text:
            click.echo(printable(f"{label}: {' '.join(text.split())}"))
    width = max((len(entry.name) for entry in outline.entries), default=0)
    for entry in outline.entries:
        click.echo(
            printable(f"  {_SECTIONS.get(entry.section, entry.section):<9}  {entry.name:<{width}}  {entry.title}")
        )


def _data(name: str, outline: Outline) -> dict[str, object]:
    return {
        "name": name,
        "title": outline.title,
        "scenario": outline.scenario,
        "question": outline.question,
        "answer": outline.answer,
        "entries": [{"section": entry.section, "name": entry.name, "title": entry.title} for entry in outline.entries],
    }
