"""Where everything stands in a YAML text, by offset, so that one value can be replaced and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import yaml

_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CannotPatch(Exception):  # noqa: N818  (a signal: the caller writes the file in another way)
    """The text is written in a way that cannot be changed in place."""


class Kind(Enum):
    """What stands at a place."""

    SCALAR = "single value"
    MAPPING = "mapping"
    LIST = "list"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Place:
    """A value: offsets of its first letter (of its anchor, if it has one) and behind its last.

    `entries` of a mapping are by the text of the key; those that a `<<` brings are not among them (`has_merge`).
    `style` of a single value is `'`, `"`, `|`, `>` or empty for plain text.
    """

    kind: Kind
    start: int
    end: int
    is_flow: bool = False
    style: str = ""
    anchor: str | None = None
    entries: dict[str, EntryPlace] = field(default_factory=dict)
    items: list[Place] = field(default_factory=list)
    has_merge: bool = False

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or list on lines of its own, without brackets."""
        return self.kind in (Kind.MAPPING, Kind.LIST) and not self.is_flow

    def spans(self) -> list[Span]:
        """From where to where each entry stands."""
        if self.kind is Kind.LIST:
            return [Span(item.start, item.end) for item in self.items]
        return [Span(entry.key_start, entry.value.end) for entry in self.entries.values()]


@dataclass(frozen=True, slots=True)
class Span:
    """From one offset up to, not including, another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """An entry of a mapping: where its key stands, and its value."""

    key_start: int
    key_end: int
    value: Place


def layout(text: str) -> Place:
    """The places of the mapping that `text` is; the text was read without a mistake. Raises CannotPatch."""
    if "\r" in text.replace("\r\n", ""):
        raise CannotPatch
    events = yaml.parse(text, Loader=_LOADER)
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            return _Builder(text, events).place(event)
    raise CannotPatch


class _Builder:
    # Recursion is safe: the reader refuses what is nested deeper than 50.
    def __init__(self, text: str, events: Iterator[yaml.Event]) -> None:
        self.text = text
        self.events = events

    def place(self, event: yaml.Event) -> Place:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event)
        start, end = _offsets(event)
        if isinstance(event, yaml.AliasEvent):
            return Place(Kind.ALIAS, start, end)
        if not isinstance(event, yaml.ScalarEvent):
            raise CannotPatch
        style = event.style or ""
        if style in ("|", ">"):
            # The parser counts blank lines behind it as part of it.
            end = start + len(self.text[start:end].rstrip())
        return Place(Kind.SCALAR, start, end, style=style, anchor=event.anchor)

    def _list(self, start: yaml.SequenceStartEvent) -> Place:
        items: list[Place] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                begin, end = _outer(start, event, items[-1].end if items else None)
                return Place(Kind.LIST, begin, end, bool(start.flow_style), anchor=start.anchor, items=items)
            items.append(self.place(event))
        raise CannotPatch

    def _mapping(self, start: yaml.MappingStartEvent) -> Place:
        entries: dict[str, EntryPlace] = {}
        has_merge = False
        last: int | None = None
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                begin, end = _outer(start, event, last)
                return Place(
                    Kind.MAPPING,
                    begin,
                    end,
                    bool(start.flow_style),
                    anchor=start.anchor,
                    entries=entries,
                    has_merge=has_merge,
                )
            value = self.place(next(self.events))
            last = value.end
            if not isinstance(event, yaml.ScalarEvent):
                raise CannotPatch
            if event.value == "<<" and not event.style:
                has_merge = True
                continue
            key_start, key_end = _offsets(event)
            entries[event.value] = EntryPlace(key_start, key_end, value)
        raise CannotPatch


def _outer(start: yaml.CollectionStartEvent, end: yaml.Event, last: int | None) -> tuple[int, int]:
    """A collection without brackets ends with its last entry: the parser's own end is behind comments."""
    begin, _ = _offsets(start)
    return begin, _offsets(end)[1] if start.flow_style or last is None else last


def _offsets(event: yaml.Event) -> tuple[int, int]:
    if event.start_mark is None or event.end_mark is None:
        raise CannotPatch
    return event.start_mark.index, event.end_mark.index
