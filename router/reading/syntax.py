"""Turns the parser's complaints into words for someone who does not know YAML's grammar."""

from __future__ import annotations

import re

import yaml

from router.reading.found import shortened
from router.reading.position import Position
from router.reading.problems import Problem

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
DEEPEST_NESTING = 50
"""Mappings and lists inside one another, aliases followed."""

_HINTS: tuple[tuple[str, str, str], ...] = (
    # Part of the parser's complaint (libyaml and the pure Python parser differ), found, expected.
    (
        "mapping values are not allowed",
        "a ':' where no key can stand",
        "one 'key: value' per line, a ':' after the key above too, and quotes around text that holds ': '",
    ),
    (
        "sequence entries are not allowed",
        "a list entry ('- ') where none can stand",
        "the list on the lines below its key",
    ),
    ("could not find expected ':'", "a line without ':'", "'key: value'"),
    ("unexpected end of stream", "the end of the file inside a quoted text", "a closing quote"),
    ("unknown escape character", "an unknown '\\' escape", "single quotes, or '\\\\' for a backslash"),
    ("',' or ']'", "a list that '[' opens and nothing closes", "',' or ']'"),
    ("',' or '}'", "a mapping that '{' opens and nothing closes", "',' or '}'"),
    (
        "did not find expected key",
        "something that is not a key of the mapping",
        "'key: value', lined up with the other keys",
    ),
    (
        "expected <block end>",
        "something that is not an entry of the mapping or list",
        "'key: value' or '- entry', lined up with the others",
    ),
    ("expected '-' indicator", "something that is not an entry of the list", "'- ' before every entry"),
    ("incompatible YAML document", "another version of YAML", "YAML 1.1 or 1.2"),
    # libyaml's own limit, from PyYAML 6.0.4 on.
    (
        "nesting depth",
        f"mappings and lists nested deeper than {DEEPEST_NESTING}",
        f"at most {DEEPEST_NESTING} inside one another",
    ),
    ("<document start>", "text after the end of the document", "nothing more"),
)

_AT_THE_START = ("unexpected end of stream", "could not find expected ':'")
"""Complaints about something whose start says more than where the parser gave up."""


def syntax_problem(error: yaml.YAMLError | ValueError | OverflowError, text: str, file: str) -> Problem:
    """The problem for text that the YAML parser refused."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(Position(file, 1, 1), "", "text that is not YAML", "YAML", note=shortened(str(error)))
    mark = error.problem_mark
    complaint = error.problem or "not YAML"
    position = Position(file, mark.line + 1, mark.column + 1)
    letter = _letter_at(text, mark.line, mark.column)
    if "tab character" in complaint or ("cannot start any token" in complaint and letter == "\t"):
        return Problem(position, "", "a tab in the indentation", "spaces")
    if "cannot start any token" in complaint:
        return Problem(position, "", f"a value that starts with {letter!r}", "quotes around such text")
    note = _context(error)
    if any(part in complaint for part in _AT_THE_START) and error.context_mark is not None:
        position = Position(file, error.context_mark.line + 1, error.context_mark.column + 1)
        note = None
    for part, found, expected in _HINTS:
        if part in complaint:
            return Problem(position, "", found, expected, note=note)
    return Problem(position, "", f"text that is not YAML ({shortened(complaint)})", "YAML")


def control_character_problem(text: str, offset: int, file: str) -> Problem:
    """The problem for a character that no text file holds, such as NUL."""
    before = text[:offset]
    breaks = [match.end() for match in _LINE_BREAK.finditer(before)]
    column = offset - (breaks[-1] if breaks else 0) + 1
    return Problem(
        Position(file, len(breaks) + 1, column),
        "",
        f"the control character U+{ord(text[offset]):04X}",
        "plain text (is this a binary file?)",
    )


def _context(error: yaml.MarkedYAMLError) -> str | None:
    mark = error.context_mark
    problem_mark = error.problem_mark
    if mark is None or problem_mark is None or mark.line == problem_mark.line:
        return None
    return f"what surrounds it starts in line {mark.line + 1}"


def _letter_at(text: str, line: int, column: int) -> str:
    lines = _LINE_BREAK.split(text, maxsplit=line + 1)
    rest = lines[line][column:] if line < len(lines) else ""
    return rest[:1]
