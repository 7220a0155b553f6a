"""YAML text to a tree of nodes with positions, from the parser's events.

PyYAML's own composer recurses (deep nesting ends in a RecursionError), forgets duplicate keys and expands
aliases without limit, so the tree is built here, with a stack, from the event stream.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

import yaml

from router.reading.found import found_text, quoted, shortened
from router.reading.frame import Frame, Mark, path_of
from router.reading.key_path import path_text
from router.reading.nearest import nearest
from router.reading.node import Entry, Node, Scalar
from router.reading.position import Position
from router.reading.problems import MOST_PROBLEMS, Mistake, Problem, ScenarioError
from router.reading.scalars import collection_tag_mistake, scalar_value
from router.reading.syntax import DEEPEST_NESTING, control_character_problem, syntax_problem

MOST_NODES = 1_000_000
"""Values in one file, aliases expanded."""

# libyaml where PyYAML was built with it (the wheels are): ten times as fast, the same events.
_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MERGE_TAG = "tag:yaml.org,2002:merge"


def compose(text: str, file: str) -> Node | None:
    """The tree of the one document in `text`, or None where it holds none (empty, or only comments).

    Raises ScenarioError with all mistakes found; after one of syntax nothing further is read.
    """
    if match := _NOT_TEXT.search(text):
        raise ScenarioError([control_character_problem(text, match.start(), file)])
    composer = _Composer(file)
    try:
        root = composer.document(yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The pure Python parser lets ValueError and OverflowError through for escapes such as "\UFFFFFFFF".
        raise ScenarioError([*composer.problems, syntax_problem(error, text, file)]) from None
    except _StopReading:
        raise ScenarioError(composer.problems) from None
    if composer.problems:
        raise ScenarioError(composer.problems)
    return root


class _StopReading(Exception):  # noqa: N818  (a signal: the problem is recorded already)
    pass


class _Anchored(NamedTuple):
    node: Node
    size: int
    height: int


class _Composer:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.frames: list[Frame] = []
        self.anchors: dict[str, _Anchored] = {}
        self.root: Node | None = None
        self.values = 0

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        documents = 0
        for event in events:
            # Most frequent first: this loop sees every event of the file.
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    found = "a second document (after '---')"
                    self._stop(self._position(event), found, "one document in a file")
        return self.root

    # --- one method for each kind of event ---

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        position = self._position(event)
        frame = self.frames[-1] if self.frames else None
        is_key = frame is not None and frame.is_mapping and frame.key is None
        if is_key and ((event.value == "<<" and event.implicit[0]) or event.tag == _MERGE_TAG):
            self._merge_key(position)
            return
        value: Scalar | Mark
        try:
            value = scalar_value(event)
        except Mistake as mistake:
            self._problem(position, mistake.found or found_text(event.value), mistake.expected)
            value = Mark.REFUSED
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(Node(position, _content(value)), 1, 0)
        if is_key:
            self._key(value, event.value, position)
        else:
            self._add(Node(position, _content(value)), 1, 0)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        position = self._position(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag and (mistake := collection_tag_mistake(event.tag, is_mapping=is_mapping)):
            self._problem(position, mistake.found or event.tag, mistake.expected)
        if self.frames and self.frames[-1].awaits_key:
            self._problem(position, "a mapping or list as a key", "text as a key")
            self.frames[-1].in_complex_key = True
        if len(self.frames) >= DEEPEST_NESTING:
            self._too_deep(position)
        self.frames.append(Frame(position, is_mapping, event.anchor))
        if event.anchor:
            # An alias to what is still open would be a cycle: no longer the earlier value of that name.
            self.anchors.pop(event.anchor, None)

    def _close(self) -> None:
        frame = self.frames.pop()
        node = frame.node()
        if frame.anchor:
            self.anchors[frame.anchor] = _Anchored(node, frame.size, frame.height)
        parent = self.frames[-1] if self.frames else None
        if parent is not None and parent.in_complex_key:
            parent.in_complex_key = False
            parent.key = Mark.REFUSED
            return
        self._add(node, frame.size, frame.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        position = self._position(event)
        name = event.anchor or ""
        anchored = self.anchors.get(name)
        is_key = bool(self.frames) and self.frames[-1].awaits_key
        if anchored is None:
            self._unknown_alias(name, position)
            anchored = _Anchored(Node(position, None), 1, 0)
            if is_key:
                self.frames[-1].key = Mark.REFUSED
                return
        content = anchored.node.content
        if is_key and isinstance(content, (dict, list)):
            self._problem(position, "a mapping or list as a key", "text as a key")
            self.frames[-1].key = Mark.REFUSED
        elif is_key and not isinstance(content, (dict, list)):
            self._key(content, f"*{name}", position)
        elif len(self.frames) + anchored.height > DEEPEST_NESTING:
            self._too_deep(position)
        else:
            self._add(anchored.node, anchored.size, anchored.height)

    # --- building ---

    def _add(self, node: Node, size: int, height: int) -> None:
        """Puts a finished value where it belongs; `size` counts the values in it, aliases expanded."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        self.values += 1
        if frame.size > MOST_NODES or self.values > MOST_NODES:
            found = f"more than {MOST_NODES:_} values (aliases expanded)"
            self._stop(node.position, found, "fewer; this is an alias bomb or not a scenario")
        if not frame.is_mapping:
            frame.items.append(node)
            return
        key, frame.key = frame.key, None
        if key is Mark.MERGE:
            self._merge_value(frame, node)
        elif not isinstance(key, Mark) and key is not None and frame.key_position is not None:
            frame.entries[key] = Entry(frame.key_position, node)

    def _key(self, value: Scalar | Mark, text: str, position: Position) -> None:
        frame = self.frames[-1]
        frame.key_position = position
        if isinstance(value, str) or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
            frame.key = value
            if (earlier := frame.entries.get(value) or _same_day(frame, value)) is not None:
                note = f"it stands in line {earlier.key_position.line} already"
                found = f"the key {quoted(str(value))} a second time"
                self._problem(position, found, "every key once", note)
                frame.key = Mark.REFUSED
            return
        if not isinstance(value, Mark):
            expected = f"text; write it in quotes: {quoted(text)}" if text else "a name before ':'"
            self._problem(position, f"{found_text(value)} as a key", expected)
        frame.key = Mark.REFUSED

    def _merge_key(self, position: Position) -> None:
        frame = self.frames[-1]
        frame.key, frame.key_position = Mark.MERGE, position
        if frame.merged is None:
            frame.merged = []
            return
        self._problem(position, "the merge key '<<' a second time", "one list of aliases: '<<: [*a, *b]'")
        frame.key = Mark.REFUSED

    def _merge_value(self, frame: Frame, node: Node) -> None:
        sources = node.content if isinstance(node.content, list) else [node]
        if all(isinstance(source.content, dict) for source in sources):
            frame.merged = sources
        else:
            expected = "the alias of a mapping, or a list of such aliases"
            self._problem(node.position, "something that is not a mapping after '<<'", expected)

    # --- problems ---

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        assert mark is not None  # the parser sets it on every event
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _unknown_alias(self, name: str, position: Position) -> None:
        if any(frame.anchor == name for frame in self.frames):
            self._problem(position, f"the alias *{shortened(name)} inside its own anchor", "no cycle")
            return
        near = nearest(name, self.anchors)
        expected = f"an anchor &{shortened(name)} before it"
        self._problem(position, f"the alias *{shortened(name)}", expected, None, near and f"*{near}")

    def _problem(
        self,
        position: Position,
        found: str,
        expected: str | None,
        note: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        path = path_text(path_of(self.frames))
        self.problems.append(Problem(position, path, found, expected, suggestion, note))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopReading

    def _stop(self, position: Position, found: str, expected: str) -> NoReturn:
        self.problems.append(Problem(position, "", found, expected))
        raise _StopReading

    def _too_deep(self, position: Position) -> NoReturn:
        found = f"mappings and lists nested deeper than {DEEPEST_NESTING}"
        self._stop(position, found, f"at most {DEEPEST_NESTING} inside one another")


def _same_day(frame: Frame, key: str | datetime.date) -> Entry | None:
    """The entry whose key is the same day, written as text where `key` is a date, or the other way."""
    if isinstance(key, datetime.date):
        return frame.entries.get(key.isoformat())
    if len(key) != len("2026-01-31") or not key[0].isdigit():
        return None
    try:
        return frame.entries.get(datetime.date.fromisoformat(key))
    except ValueError:
        return None


def _content(value: Scalar | Mark) -> Scalar:
    # What was refused is reported; the tree is not handed out then, so that any value will do.
    return None if isinstance(value, Mark) else value
