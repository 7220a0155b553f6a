"""What is to be known of a file name before something is written there."""

from __future__ import annotations

import os
from pathlib import Path

from router.scenario.shipped import is_shipped


def told_of_target(typed: str) -> str:
    """One line about a file that is to be written: where it will be, and whether something is there already."""
    if not typed.strip():
        return "expected the name of a file"
    path = Path(typed.strip()).expanduser().absolute()
    if path.is_dir():
        return f"{path} is a folder: add a name"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    if not os.access(path.parent, os.W_OK):
        return f"you may not write in {path.parent}"
    return f"replaces {path}" if path.exists() else f"writes {path}"


def short_path(path: Path) -> str:
    """A file as its user would call it: shipped ones by a word, others from the current folder or the home on."""
    if is_shipped(path):
        return "shipped"
    for base, sign in ((Path.cwd(), ""), (Path.home(), "~")):
        if path.is_relative_to(base):
            return str(Path(sign) / path.relative_to(base))
    return str(path)
