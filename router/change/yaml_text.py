"""Plain data as YAML that the reader of scenario files gives back equal, and that a person likes to read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from router.reading.problems import Mistake
from router.reading.scalars import plain_scalar

_WIDTH = 120
_LARGEST_WHOLE = 1e15


def yaml_text(entries: Sequence[Mapping[str, Any]]) -> str:
    """A list of mappings, each with its keys on lines of their own; inside, what fits a line is on one."""
    return yaml.dump(
        [_Entry(entry) for entry in entries],
        Dumper=_Dumper,
        default_flow_style=None if entries else True,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
    )


class _Entry(dict[str, Any]):
    """A mapping on lines of its own, however short."""


class _Dumper(yaml.SafeDumper):
    """Our reader's idea of plain text: it is YAML 1.2's, and PyYAML's is 1.1's."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _entry(dumper: _Dumper, entry: _Entry) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", entry.items(), flow_style=False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    # What our reader would take for a number or date needs quotes; PyYAML adds them where YAML itself does.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if _is_plain(text) else "'")


def _is_plain(text: str) -> bool:
    try:
        return plain_scalar(text) == text
    except Mistake:
        return False


def _number(dumper: _Dumper, number: float) -> yaml.Node:
    if number.is_integer() and abs(number) < _LARGEST_WHOLE and math.copysign(1, number) > 0:
        return dumper.represent_int(int(number))
    return dumper.represent_float(number)


_Dumper.add_representer(_Entry, _entry)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
