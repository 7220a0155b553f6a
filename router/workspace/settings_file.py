"""Writes the settings, keeping what else stands in their file: comments, order, and keys of other versions."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from router.reading.source_file import LARGEST_FILE_BYTES
from router.reading.write import write_whole
from router.workspace.settings import FILE, Settings, load_settings

_HEAD = "# Settings of the Multicloud Router; what is left out has its default.\n"
_KEPT = f"{FILE}.old"


def save_settings(folder: Path, settings: Settings) -> None:
    """Writes the settings whole or not at all. Raises OutputError, and leaves what was there.

    Only what differs from the file is touched. A file that is no YAML mapping is kept beside the new one, as
    `settings.yaml.old`.
    """
    path = folder / FILE
    held = load_settings(folder)
    document = _read(path)
    if document is None:
        changes = _given(settings)
        if path.is_file():
            write_whole(folder / _KEPT, path.read_bytes()[:LARGEST_FILE_BYTES])
        write_whole(path, _HEAD + (_written(changes) if changes else ""))
        return
    wrong = {problem.path for problem in held.problems}
    for key, value in settings.model_dump().items():
        if value != getattr(held.settings, key) or key in wrong:
            document[key] = value
    write_whole(path, _written(document) if document else _HEAD)


def _given(settings: Settings) -> dict[str, Any]:
    defaults = Settings()
    return {key: value for key, value in settings.model_dump().items() if value != getattr(defaults, key)}


def _read(path: Path) -> Any:
    """The file as a mapping that remembers its comments; None where it is missing, empty or none."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    try:
        document = _round_trip().load(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, YAMLError):
        return None
    return document if isinstance(document, CommentedMap) else None


def _written(document: Any) -> str:
    stream = io.StringIO()
    _round_trip().dump(document, stream)
    return stream.getvalue()


def _round_trip() -> Any:
    """A reader and writer that keeps comments and quotes. Imported late: starting the app needs none."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1000
    return yaml
