"""The user's settings: `settings.yaml` in the config folder.

A file with mistakes stops nobody: what is right in it holds, and the rest is told.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from router.engine.settings import EngineSettings
from router.reading.compose import compose
from router.reading.problems import Mistake, Problem, ScenarioError
from router.reading.source_file import decoded, read_bytes
from router.reading.validation import problems_from
from router.reading.yaml_reader import read_yaml_text
from router.scenario.base import NonNegative, Positive, PositiveShare, Share, WholeNumber

FILE = "settings.yaml"

FirstView = Literal[
    "overview",
    "demand",
    "capacity",
    "prices",
    "contracts",
    "allocations",
    "timeline",
    "bill",
    "why",
    "what-ifs",
    "compare",
    "changes",
    "log",
]
"""The app's views by name, as in `tui/views/registry.py`."""

_ENGINE = EngineSettings()


def _command(value: object) -> object:
    if isinstance(value, str):
        try:
            words = shlex.split(value)
        except ValueError as error:
            raise Mistake("a command such as 'code --wait'", note=str(error).lower()) from None
        if not words:
            raise Mistake("a command such as 'code --wait'")
    return value


class Settings(BaseModel):
    """What a user may choose; every key of the file may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Annotated[str, Field(min_length=1)] = "textual-dark"
    """Name of a Textual theme; the app falls back where it has none of that name."""
    colours: Literal["auto", "on", "off"] = "auto"
    """`auto`: unless NO_COLOR is set."""
    gap: Annotated[Share, Field(lt=1)] = _ENGINE.relative_gap
    """A plan this close to the proven bound is good enough: a share of its cost."""
    time_limit_seconds: Positive | None = _ENGINE.time_limit_seconds
    """For one search for a better plan; null: no limit."""
    threads: Annotated[WholeNumber, Field(ge=1, le=256)] = _ENGINE.threads
    """Of the solver."""
    highlight_seconds: Annotated[NonNegative, Field(le=60)] = 2.0
    """How long what moved is marked; 0: not at all."""
    editor: Annotated[str | None, BeforeValidator(_command)] = None
    """The command that opens a file; null: $VISUAL, else $EDITOR."""
    step_share: PositiveShare = 0.05
    """How much `+` and `-` change a value: a share of it."""
    first_view: FirstView = "overview"
    """The screen that the app opens with."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and what is wrong with their file, one line each."""

    settings: Settings
    problems: tuple[Problem, ...] = ()


def load_settings(folder: Path) -> LoadedSettings:
    """The settings in a folder. No file: the defaults. Keys that are wrong have their defaults, and are told."""
    path = folder / FILE
    file = str(path)
    if not os.path.lexists(path):
        return LoadedSettings(Settings())
    try:
        text = decoded(read_bytes(path, file), file)
        if compose(text, file) is None:
            return LoadedSettings(Settings())
        document = read_yaml_text(text, file)
    except ScenarioError as error:
        return LoadedSettings(Settings(), error.problems)
    try:
        return LoadedSettings(Settings.model_validate(document.data))
    except ValidationError as error:
        wrong = {str(details["loc"][0]) for details in error.errors(include_url=False)}
        right = {key: value for key, value in document.data.items() if isinstance(key, str) and key not in wrong}
        return LoadedSettings(Settings.model_validate(right), tuple(problems_from(error, document, Settings)))


def uses_colour(settings: Settings, environment: Mapping[str, str]) -> bool:
    """Whether to show colours: as the settings say, else unless NO_COLOR is set (to anything but nothing)."""
    return settings.colours == "on" or (settings.colours == "auto" and not environment.get("NO_COLOR"))


def editor_command(settings: Settings, environment: Mapping[str, str]) -> tuple[str, ...] | None:
    """The words of the command that opens a file, which is to be added; None where none is known."""
    for text in (settings.editor, environment.get("VISUAL"), environment.get("EDITOR")):
        if text and text.strip():
            try:
                return tuple(shlex.split(text))
            except ValueError:
                # Not ours to mend: a variable with an open quote is a program's name to a shell too.
                return (text,)
    return None
