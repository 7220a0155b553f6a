"""Changes what a YAML text holds and leaves every letter that does not have to change.

Comments, order, blank lines, quotes and units of all else stay. A comment goes only with what it stands in or
beside: one above an entry that is taken away stays, as it may be about those below as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from typing import Any

from router.workspace.layout import CannotPatch, EntryPlace, Kind, Place, layout
from router.workspace.list_match import matched
from router.workspace.old_form import in_old_form
from router.workspace.own_data import same
from router.workspace.text_edits import TextEdits
from router.workspace.yaml_block_edits import insert_lines, remove_lines
from router.workspace.yaml_blocks import entry, flow, is_collection, item, value_after
from router.workspace.yaml_flow_edits import insert_in_flow, remove_in_flow
from router.workspace.yaml_words import word


def patched(text: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> str:
    """The text that holds ``new`` in place of ``old``, which it holds now; both as plain data.

    Keys that are in both come in the order of ``new`` where it differs from that of ``old``. Raises CannotPatch for
    text that is not written in a way that allows it. Whether the result holds ``new`` is for the caller to check:
    a value with an alias elsewhere changes there too.
    """
    patch = _Patch(TextEdits(text))
    patch.value(layout(text), old, new, column=0, behind=None)
    return patch.edits.result()


class _Patch:
    def __init__(self, edits: TextEdits) -> None:
        self.edits = edits

    def value(self, place: Place, old: Any, new: Any, *, column: int, behind: int | None) -> None:
        """``column`` is that of the key or dash that the value stands behind; ``behind`` is the offset after it."""
        if same(old, new) and not _is_reordered(old, new):
            return
        if place.kind is Kind.MAPPING and isinstance(old, Mapping) and isinstance(new, Mapping):
            if self._mapping(place, old, new):
                return
        elif (
            place.kind is Kind.LIST and isinstance(old, list) and isinstance(new, list) and self._list(place, old, new)
        ):
            return
        self._whole(place, new, column=column, behind=behind)

    def _whole(self, place: Place, new: Any, *, column: int, behind: int | None) -> None:
        """Puts a value in place of another, whatever both are."""
        edits, text = self.edits, self.edits.text
        in_flow = behind is None
        anchor = f"&{place.anchor} " if place.anchor else ""
        if place.is_block:
            if behind is None:
                raise CannotPatch
            # A comment behind the key stays there.
            head = text[behind : min(place.start, edits.line_end(behind))].rstrip()
            used = behind - edits.line_start(behind) - column
            words = value_after(new, used + len(anchor), column=column, as_block=None, newline=edits.newline)
            line, line_break, rest = words.partition(edits.newline)
            before = f" {anchor.rstrip()}" if anchor else ""
            edits.replace(behind, place.end, before + line + head + line_break + rest)
            return
        if is_collection(new):
            start = edits.column(place.start) + len(anchor)
            words = flow(new, column=start, indent=self._indent(place.start, column), newline=edits.newline)
        elif place.kind is Kind.SCALAR:
            old = text[place.start : place.end].removeprefix(anchor)
            words = in_old_form(old, new, style=place.style, in_flow=in_flow, indent=column, newline=edits.newline)
        else:
            words = word(new, in_flow=in_flow)
        # What is left out stands right behind the colon or dash.
        gap = " " if place.start == place.end and behind is not None and place.start == behind else ""
        edits.replace(place.start, place.end, gap + anchor + words)

    def _indent(self, offset: int, column: int) -> int:
        """Of the further lines of a value in brackets: deeper than what holds it."""
        line = self.edits.line(self.edits.line_start(offset))
        first = self.edits.column(offset) if not line else self.edits.text.index(line, self.edits.line_start(offset))
        return max(column + 2, first - self.edits.line_start(offset) + 2)

    # --- mappings ---

    def _mapping(self, place: Place, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> bool:
        """Changes a mapping entry by entry; False where nothing of it stays, so that it has to be replaced."""
        edits = self.edits
        if all(isinstance(key, date) for key in (*old, *new)):
            # Of dates the order does not matter, so they stand in theirs.
            old, new = dict(sorted(old.items())), dict(sorted(new.items()))
        moved = _moved(list(old), [key for key in new if key in old])
        stay = [key for key in new if key in old and key not in moved and str(key) in place.entries]
        gone = [key for key in old if (key not in new or key in moved)]
        if not stay or (place.has_merge and any(str(key) not in place.entries for key in gone)):
            return False
        for key in stay:
            self._entry(place, place.entries[str(key)], old[key], new[key])
        names = list(place.entries)
        leaving = {names.index(str(key)) for key in gone}
        if place.is_flow:
            remove_in_flow(edits, place, leaving)
        else:
            remove_lines(edits, place.spans(), leaving, 0)
        after: Any = None
        groups: dict[Any, list[Any]] = {}
        for key in new:
            if key in stay:
                after = key
            elif key not in old or key in moved or not same(old[key], new[key]):
                # The last kind: what a `<<` brings is overridden.
                groups.setdefault(after, []).append(key)
        for after, keys in groups.items():
            index = None if after is None else names.index(str(after))
            self._insert(place, index, keys, old, new)
        return True

    def _entry(self, holder: Place, where: EntryPlace, old: Any, new: Any) -> None:
        if same(old, new) and not _is_reordered(old, new):
            return
        edits = self.edits
        if holder.is_flow:
            self.value(where.value, old, new, column=edits.column(where.key_start), behind=None)
            return
        behind = where.key_end
        while edits.text[behind : behind + 1] in (" ", "\t"):
            behind += 1
        if edits.text[behind : behind + 1] != ":":
            raise CannotPatch
        self.value(where.value, old, new, column=edits.column(where.key_start), behind=behind + 1)

    def _insert(
        self, place: Place, index: int | None, keys: list[Any], old: Mapping[Any, Any], new: Mapping[Any, Any]
    ) -> None:
        """Entries behind that of an index, or before all."""
        edits = self.edits
        spans = place.spans()
        if place.is_flow:
            column = edits.column(spans[0].start)
            words = [f"{word(key, in_flow=True)}: {self._flow(new[key], column)}" for key in keys]
            insert_in_flow(edits, place, index, words)
            return
        column = edits.column(spans[0].start)
        collections = [each.value for each in place.entries.values() if each.value.kind in (Kind.MAPPING, Kind.LIST)]
        blocks = sum(each.is_block for each in collections)
        as_block = None if not collections else 2 * blocks >= len(collections)
        lines = []
        for key in keys:
            if key in old and same(old[key], new[key]) and str(key) in place.entries:
                where = place.entries[str(key)]
                lines.append(edits.text[where.key_start : where.value.end])
            else:
                lines.append(entry(key, new[key], column=column, as_block=as_block, newline=edits.newline))
        insert_lines(edits, spans, index, lines, 0)

    def _flow(self, value: Any, column: int) -> str:
        return flow(value, column=column, indent=column + 1, newline=self.edits.newline)

    # --- lists ---

    def _list(self, place: Place, old: list[Any], new: list[Any]) -> bool:
        edits = self.edits
        if len(old) != len(place.items):
            raise CannotPatch
        match = matched(old, new)
        if not match.pairs:
            return False
        spans = place.spans()
        behind_dash = 0
        if not place.is_flow:
            behind_dash = _behind_dash(edits, place.items[0])
        for before, after in match.pairs:
            where = place.items[before]
            if place.is_flow:
                self.value(where, old[before], new[after], column=edits.column(where.start), behind=None)
            elif not same(old[before], new[after]) or _is_reordered(old[before], new[after]):
                gap = _behind_dash(edits, where)
                self.value(
                    where,
                    old[before],
                    new[after],
                    column=edits.column(where.start - gap),
                    behind=where.start - gap + 1,
                )
        leaving = set(range(len(old))) - {before for before, _ in match.pairs}
        if place.is_flow:
            remove_in_flow(edits, place, leaving)
        else:
            remove_lines(edits, spans, leaving, behind_dash)
        for index, added in match.added.items():
            if place.is_flow:
                column = edits.column(spans[0].start)
                insert_in_flow(edits, place, index, [self._flow(new[each], column) for each in added])
            else:
                column = edits.column(spans[0].start - behind_dash)
                lines = [item(new[each], column=column, newline=edits.newline) for each in added]
                insert_lines(edits, spans, index, lines, behind_dash)
        return True


def _behind_dash(edits: TextEdits, where: Place) -> int:
    """Letters from the dash of a list's entry to the entry."""
    before = edits.text[: where.start].rstrip(" \t")
    if not before.endswith("-") or not edits.is_first_on_line(len(before) - 1):
        raise CannotPatch
    return where.start - len(before) + 1


def _moved(old: list[Any], kept: list[Any]) -> set[Any]:
    """The fewest of the keys in both that have to move for the new order."""
    if [key for key in old if key in set(kept)] == kept:
        return set()
    position = {key: index for index, key in enumerate(old)}
    # The longest rising run of old positions stays (patience sorting).
    tops: list[int] = []
    lines: list[list[Any]] = []
    for key in kept:
        index = bisect_left(tops, position[key])
        run = [*(lines[index - 1] if index else []), key]
        tops[index : index + 1] = [position[key]]
        lines[index : index + 1] = [run]
    return set(kept) - set(lines[-1])


def _is_reordered(old: Any, new: Any) -> bool:
    """Whether equal data have keys other than dates in another order, at any level."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if list(old) != list(new) and not all(isinstance(key, date) for key in old):
            return True
        return any(_is_reordered(old[key], new[key]) for key in old)
    return isinstance(old, list) and isinstance(new, list) and any(map(_is_reordered, old, new))
