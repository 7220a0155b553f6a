"""`--set` of every command that reads a scenario: changes made to it for this once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

import click

from router.reading.position import printable
from router.scenario.scenario import Scenario

SET_OPTION = click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="CHANGE",
    help="Change the scenario first: PATH=VALUE, PATH*=1.2, PATH+=5, PATH-=5, PATH+='2 quarters'. May be repeated.",
)


def changed(scenario: Scenario, texts: Sequence[str]) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with the changes that texts give, made in their order, and a line about each.

    Raises ChangeError with all mistakes: of the texts, or of the whole that they lead to.
    """
    if not texts:
        return scenario, ()
    from router.change.apply import apply_all
    from router.change.set_option import read_settings
    from router.report.change_words import changes_words

    given = read_settings(texts, scenario)
    return apply_all(scenario, given.changes, given.at).scenario, changes_words(given.changes, scenario)


def tell(words: Iterable[str]) -> None:
    """Says on stderr what was changed, so that stdout holds nothing but the result."""
    # Where nobody can read it, the result is worth more.
    with suppress(OSError):
        for line in words:
            click.echo(printable(f"changed: {line}"), err=True)
