"""Where inside a field's own value something is wrong."""

from __future__ import annotations

from typing import Any

from router.reading.key_path import KeyPath, path_text


def inner_path(data: Any, own: KeyPath, path: str) -> KeyPath:
    """The steps from the value at ``own`` in plain data to what a longer path, written as text, leads to."""
    value = data
    for step in own:
        value = value[step] if _has(value, step) else None
    inner: KeyPath = ()
    while isinstance(value, (dict, list)):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        following = next((key for key in keys if _leads(path_text((*own, *inner, key)), path)), None)
        if following is None:
            break
        inner = (*inner, following)
        value = value[following]
    return inner


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _leads(prefix: str, path: str) -> bool:
    return path == prefix or path.startswith((f"{prefix}.", f"{prefix}["))
