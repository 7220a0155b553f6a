"""Mappings and lists as YAML: in brackets where that is short, else on lines of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from router.workspace.yaml_words import word

WIDTH = 120
"""Letters of a line; what is longer is wrapped between entries."""


def is_collection(value: Any) -> bool:
    """Whether a value is a mapping or a list."""
    return isinstance(value, (Mapping, list))


def flow(value: Any, *, column: int, indent: int, newline: str) -> str:
    """A value in brackets that starts at ``column``; its further lines are indented by ``indent``."""
    lines, room = [""], column
    for piece in _pieces(value):
        if room + len(piece.rstrip()) > WIDTH and room > indent and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            room = indent
        lines[-1] += piece
        room += len(piece)
    return (newline + " " * indent).join(lines)


def entry(key: Any, value: Any, *, column: int, as_block: bool | None, newline: str) -> str:
    """An entry of a mapping in block form whose key stands at ``column``; without the blanks before the key.

    ``as_block``: whether its neighbours' values stand on lines of their own; None where that is not known.
    """
    name = word(key, in_flow=False)
    return f"{name}:{value_after(value, len(name) + 1, column=column, as_block=as_block, newline=newline)}"


def item(value: Any, *, column: int, newline: str) -> str:
    """An entry of a list in block form, with its dash at ``column``; without the blanks before the dash."""
    if is_collection(value) and value:
        return "- " + flow(value, column=column + 2, indent=column + 3, newline=newline)
    return "- " + _single(value)


def value_after(value: Any, used: int, *, column: int, as_block: bool | None, newline: str) -> str:
    """What stands behind the colon of a key at ``column``; the key and the colon take ``used`` letters."""
    if not is_collection(value) or not value:
        return " " + _single(value)
    start = column + used + 1
    is_short = start + len("".join(_pieces(value))) <= WIDTH
    values = list(value.values()) if isinstance(value, Mapping) else value
    is_nested = any(is_collection(each) and each for each in values)
    if as_block is not True and (is_short or as_block is False or not is_nested):
        return " " + flow(value, column=start, indent=column + 2, newline=newline)
    if as_block is True and isinstance(value, list) and not is_nested:
        return " " + flow(value, column=start, indent=column + 2, newline=newline)
    inner = column + 2
    if isinstance(value, Mapping):
        lines = [entry(key, held, column=inner, as_block=None, newline=newline) for key, held in value.items()]
    else:
        lines = [item(held, column=inner, newline=newline) for held in value]
    return "".join(newline + " " * inner + line for line in lines)


def whole(scenario: Mapping[str, Any], newline: str) -> str:
    """A scenario from its first line to its last: a blank line before each part that has lines of its own."""
    text = ""
    for key, value in scenario.items():
        if is_collection(value) and value:
            inner = (
                [
                    entry(name, held, column=2, as_block=_has_parts(held) or None, newline=newline)
                    for name, held in value.items()
                ]
                if isinstance(value, Mapping)
                else [item(held, column=2, newline=newline) for held in value]
            )
            text += newline + f"{key}:" + "".join(newline + "  " + line for line in inner) + newline
        else:
            text += f"{key}: {_single(value)}{newline}"
    return text


def _has_parts(value: Any) -> bool:
    """Whether a mapping is too large to be read on one line: it holds mappings that hold mappings."""
    return isinstance(value, Mapping) and any(
        isinstance(held, Mapping) and any(is_collection(each) for each in held.values()) for held in value.values()
    )


def _single(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, list) else word(value, in_flow=False)


def _pieces(value: Any) -> list[str]:
    """The text of a value in brackets, cut where a line may end."""
    if isinstance(value, Mapping):
        return _joined(
            "{", [_prefixed(f"{word(key, in_flow=True)}: ", _pieces(held)) for key, held in value.items()], "}"
        )
    if isinstance(value, list):
        return _joined("[", [_pieces(held) for held in value], "]")
    return [word(value, in_flow=True)]


def _joined(opening: str, entries: list[list[str]], closing: str) -> list[str]:
    pieces: list[str] = []
    for number, each in enumerate(entries):
        behind = ", " if number + 1 < len(entries) else ""
        pieces += [*each[:-1], each[-1] + behind]
    if not pieces:
        return [opening + closing]
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return pieces


def _prefixed(prefix: str, pieces: list[str]) -> list[str]:
    return [prefix + pieces[0], *pieces[1:]]
