"""Text that is not YAML, or no scenario: told in words, at its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from router.reading.yaml_reader import read_yaml_text

LinesOf = Callable[[str | bytes], list[str]]


@pytest.mark.parametrize(
    ("text", "start", "part"),
    [
        ("a: b: c", "f.yaml:1:5: ", "found a ':' where no key can stand"),
        ("a: 1\nb\nc: 2", "f.yaml:2:1: ", "found a line without ':', expected 'key: value'"),
        ("a\nb: 1", "f.yaml:2:2: ", "a ':' after the key above too"),
        ("a:\n  - x\n b: 1\n", "f.yaml:3:2: ", "found something that is not a key of the mapping"),
        ("a: 'x\nb: 1\n", "f.yaml:1:4: ", "expected a closing quote"),
        ('a: "x\nb: 1\n', "f.yaml:1:4: ", "expected a closing quote"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2:2: ", "a list that '[' opens and nothing closes"),
        ("a: {x: 1\n", "f.yaml:2:1: ", "a mapping that '{' opens and nothing closes"),
        ("\ta: 1\n", "f.yaml:1:1: ", "found a tab in the indentation, expected spaces"),
        ("a:\n\t- 1\n", "f.yaml:2:1: ", "found a tab in the indentation, expected spaces"),
        ("a: |\n x\n\ty\n", "f.yaml:3:1: ", "found a tab in the indentation, expected spaces"),
        ("a: @x", "f.yaml:1:4: ", "found a value that starts with '@', expected quotes"),
        ("a: %x", "f.yaml:1:4: ", "found a value that starts with '%', expected quotes"),
        ("- 1\na: 2", "f.yaml:2:1: ", "expected '- ' before every entry"),
        ("x: - a", "f.yaml:1:4: ", "found a list entry ('- ') where none can stand"),
        ('a: "\\q"', "f.yaml:1:5: ", "found an unknown '\\' escape"),
        ("a: ]", "f.yaml:1:4: ", "text that is not YAML (did not find expected node content)"),
        ("%YAML 2.0\n---\na: 1", "f.yaml:1:1: ", "found another version of YAML"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: ", "found a second document (after '---'), expected one document"),
        ("a: 1\n--- \n...\n", "f.yaml:2:1: ", "found a second document"),
        ("a: 1\n...\nb: 1", "f.yaml:3:1: ", "found text after the end of the document"),
        ("", "f.yaml:1:1: ", "found nothing in the file, expected a scenario"),
        ("# only\n# comments\n", "f.yaml:1:1: ", "found nothing in the file, expected a scenario"),
        ("---\n", "f.yaml:", "expected a mapping"),
        ("~", "f.yaml:1:1: ", "found nothing, expected a mapping"),
        ("just text", "f.yaml:1:1: ", "found text 'just text', expected a mapping"),
        ("# c\n- 1\n- 2\n", "f.yaml:2:1: ", "found a list of 2 entries, expected a mapping"),
        ("a: 1\nb: x\0y", "f.yaml:2:5: ", "found the control character U+0000"),
        ("a: 1\r\nb: \x1b[31m", "f.yaml:2:4: ", "found the control character U+001B"),
        ("a: '\ud800'", "f.yaml:1:5: ", "found the control character U+D800"),
        (b"a: 1\nb: \xff\n", "f.yaml:2:4: ", "found the byte 0xff, which is not UTF-8, expected UTF-8 text"),
        ("a: ä\n".encode("latin-1"), "f.yaml:1:4: ", "found the byte 0xe4"),
        ("a: 1\n".encode("utf-16"), "f.yaml:1:1: ", "the file looks like UTF-16; save it as UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "f.yaml:1:1: ", "is this a binary file?"),
        (b"\x1f\x8b\x08\x00", "f.yaml:1:2: ", "which is not UTF-8"),
    ],
)
def test_not_yaml(text: str | bytes, start: str, part: str, lines_of: LinesOf) -> None:
    (line,) = lines_of(text)
    assert line.startswith(start)
    assert part in line


def test_json_and_a_byte_order_mark_are_read() -> None:
    assert read_yaml_text('{"a": [1, true, null, "x"]}', "f").data == {"a": [1, True, None, "x"]}
    assert read_yaml_text(b"\xef\xbb\xbfa: 1\n", "f").data == {"a": 1}
    assert read_yaml_text("---\na: 1\n...\n", "f").data == {"a": 1}
    assert read_yaml_text("a: 1\r\nb: 2\r", "f").data == {"a": 1, "b": 2}


def test_lines_stay_single_and_short_whatever_is_in_them(lines_of: LinesOf) -> None:
    long = "x" * 100_000
    for line in lines_of(f'"a\\nb\\e[31m": !own 1\n"{long}": !own 2\nc: !{long} 3\n'):
        assert line.isprintable()
        assert len(line) < 250
