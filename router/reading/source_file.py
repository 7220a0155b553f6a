"""Reads a file's text, refusing everything that is not a text file of reasonable size."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from router.reading.nearest import nearest
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError

LARGEST_FILE_BYTES = 64 * 1024 * 1024
_MOST_NAMES = 10_000
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_bytes(path: Path, file: str | None = None, kind: str = "YAML") -> bytes:
    """The file's bytes. ``file``: its name in messages; ``kind``: what sort of file is expected.

    Raises ScenarioError with the one problem.
    """
    file = file or str(path)
    try:
        _check_kind(os.stat(path).st_mode, file, kind)
        # Not blocking: should a pipe take the file's place after the check, opening it does not hang.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            _check_kind(status.st_mode, file, kind)
            _check_size(status.st_size, file, kind)
            # One byte more than allowed: some files (in /proc) do not know their size.
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ScenarioError([_unreadable(error, path, file, kind)]) from None
    _check_size(len(content), file, kind)
    return content


def decoded(content: bytes, file: str) -> str:
    """The text of a file's bytes. Raises ScenarioError where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        note = None
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            note = "the file looks like UTF-16; save it as UTF-8"
        found = f"the byte 0x{content[error.start]:02x}, which is not UTF-8"
        expected = "UTF-8 text"
        raise ScenarioError([Problem(Position(file, line, column), "", found, expected, None, note)]) from None


def sha256(content: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_problem(file: str, found: str, expected: str, suggestion: str | None = None) -> Problem:
    """A problem of the file as a whole."""
    return Problem(Position(file, 0, 0), "", found, expected, suggestion)


def nearest_file(path: Path) -> str | None:
    """The name in the path's folder that is nearest to the path's own, or None."""
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for _, entry in zip(range(_MOST_NAMES), entries, strict=False)]
    except (OSError, ValueError):
        return None
    return nearest(path.name, sorted(name for name in names if name != path.name))


def _check_kind(mode: int, file: str, kind: str) -> None:
    for is_kind, found in _KINDS:
        if is_kind(mode):
            raise ScenarioError([file_problem(file, found, f"a {kind} file")])


def _check_size(size: int, file: str, kind: str) -> None:
    if size > LARGEST_FILE_BYTES:
        found = f"a file of more than {LARGEST_FILE_BYTES // 1024**2} MiB ({size / 1e6:.0f} MB)"
        wanted = "scenario" if kind == "YAML" else f"{kind} file"
        raise ScenarioError([file_problem(file, found, f"a {wanted} of at most {LARGEST_FILE_BYTES // 1024**2} MiB")])


def _unreadable(error: OSError | ValueError, path: Path, file: str, kind: str) -> Problem:
    expected = f"an existing {kind} file"
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOENT, errno.ENOTDIR):
        near = nearest_file(path)
        suggestion = os.path.join(os.path.dirname(file), near) if near else None
        return file_problem(file, "no such file", expected, suggestion)
    if number in (errno.EACCES, errno.EPERM):
        return file_problem(file, "a file you may not read", "a readable file")
    if number == errno.ENAMETOOLONG:
        return file_problem(file[:60] + "…", "a name that is too long", expected)
    if number == errno.ELOOP:
        return file_problem(file, "symbolic links in a circle", expected)
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return file_problem(file, f"a file that cannot be read ({reason})", expected)
