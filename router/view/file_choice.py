"""What is to be known of a file name before something is written there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from router.scenario.shipped import is_shipped


def told_of_target(typed: str) -> str:
    """One line about a file that is to be written: where it will be, and whether something is there already."""
    if not typed.strip():
        return "expected the name of a file"
    path = target_of(typed)
    try:
        if path.is_dir():
            return f"{path} is a folder: add a name"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}"
        if not os.access(path.parent, os.W_OK):
            return f"you may not write in {path.parent}"
        return f"replaces {path}" if path.exists() else f"writes {path}"
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"no name that can be used: {reason.lower()}"


def target_of(typed: str) -> Path:
    """The absolute path of what was typed; the `~` of a user that there is not stays as it is."""
    path = Path(typed.strip())
    with suppress(RuntimeError):
        path = path.expanduser()
    return path.absolute()


def short_path(path: Path) -> str:
    """A file as its user would call it: shipped ones by a word, others from the current folder or the home on."""
    if is_shipped(path):
        return "shipped"
    for base, sign in ((Path.cwd(), ""), (Path.home(), "~")):
        if path.is_relative_to(base):
            return str(Path(sign) / path.relative_to(base))
    return str(path)


def unsaved_words(count: int, *, is_journalled: bool, whatifs: int = 0) -> str:
    """How many changes are not saved, and whether they would be lost; empty where there is none.

    ``whatifs``: how many of them are what-ifs that are on, which nobody may forget.
    """
    if count == 0:
        return ""
    words = f"● {count} unsaved change{'' if count == 1 else 's'}"
    if whatifs:
        words += f", {whatifs} what-if{'' if whatifs == 1 else 's'} ON"
    return words if is_journalled else f"{words}, NOT JOURNALLED"


def told_of_source(typed: str) -> tuple[str, bool]:
    """One line about a file that is to be read, and whether there is one."""
    if not typed.strip():
        return "expected the name of a file", False
    path = target_of(typed)
    try:
        if path.is_file():
            return f"reads {path}", True
        return (f"{path} is a folder: add a name" if path.is_dir() else f"there is no file {path}"), False
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"no name that can be used: {reason.lower()}", False
