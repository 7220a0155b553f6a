"""Recent files: order, limit, those that are gone, and two apps at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from router.reading.write import OutputError
from router.workspace.recent import MOST, recent_files, remember
from tests.workspace.sessions import python

_START = datetime(2026, 1, 1, tzinfo=UTC)


def _files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.yaml" for number in range(count)]
    for path in paths:
        path.write_text("")
    return paths


def _remember(folder: Path, paths: list[Path], start: datetime = _START) -> None:
    for minute, path in enumerate(paths):
        remember(folder, path, start + timedelta(minutes=minute))


def _names(folder: Path) -> list[str]:
    return [Path(file.path).name for file in recent_files(folder)]


def test_newest_first_each_once(tmp_path: Path) -> None:
    assert recent_files(tmp_path) == ()
    one, two, three = _files(tmp_path, 3)
    _remember(tmp_path, [one, two, three, one])
    assert _names(tmp_path) == ["0.yaml", "2.yaml", "1.yaml"]
    assert recent_files(tmp_path)[0].opened == _START + timedelta(minutes=3)


def test_at_most_so_many(tmp_path: Path) -> None:
    _remember(tmp_path, _files(tmp_path, MOST + 5))
    assert _names(tmp_path) == [f"{number}.yaml" for number in range(MOST + 4, 4, -1)]


def test_those_that_are_gone_are_not_listed_until_they_are_back(tmp_path: Path) -> None:
    one, two = _files(tmp_path, 2)
    _remember(tmp_path, [one, two])
    two.unlink()
    assert _names(tmp_path) == ["0.yaml"]
    remember(tmp_path, one, _START + timedelta(hours=1))
    two.write_text("")
    assert _names(tmp_path) == ["0.yaml", "1.yaml"]


def test_paths_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _files(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    remember(tmp_path, "0.yaml", _START)
    assert recent_files(tmp_path)[0].path == str(tmp_path / "0.yaml")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"{}",
        b"3",
        b"\xff",
        b"[" * 100_000,
        b'[{"path": "/x"}]',
        b'[{"path": 3, "opened": "2026-01-01"}]',
        b"[3]",
    ],
    ids=lambda content: repr(content[:30]),
)
def test_a_damaged_list_is_empty_and_written_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "recent.json").write_bytes(content)
    assert recent_files(tmp_path) == ()
    _remember(tmp_path, _files(tmp_path, 1))
    assert _names(tmp_path) == ["0.yaml"]


def test_a_damaged_entry_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    _remember(tmp_path, _files(tmp_path, 2))
    file = tmp_path / "recent.json"
    entries = json.loads(file.read_text())
    bad = [
        {"path": "a\0b", "opened": entries[0]["opened"]},
        {"path": "/x", "opened": "soon"},
        {"path": "/x", "opened": "2026-01-01"},
    ]
    file.write_text(json.dumps([*bad, *entries]))
    assert _names(tmp_path) == ["1.yaml", "0.yaml"]


def test_nowhere_to_write(tmp_path: Path) -> None:
    (file,) = _files(tmp_path, 1)
    assert recent_files(file) == ()
    with pytest.raises(OutputError, match="its folder is not a folder"):
        remember(file, file, _START)


_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from router.workspace.recent import remember
for number in range(60):
    remember(Path(sys.argv[1]), Path(sys.argv[1]) / f"{number % 7}.yaml", datetime.now(UTC))
"""


def test_two_apps_at_once_never_tear_it(tmp_path: Path) -> None:
    _files(tmp_path, 7)
    writers = [python(_WRITER, tmp_path) for _ in range(2)]
    read = 0
    while any(writer.poll() is None for writer in writers):
        try:
            entries = json.loads((tmp_path / "recent.json").read_bytes())
        except FileNotFoundError:
            continue
        assert 1 <= len(entries) <= 7
        read += 1
    assert [writer.communicate()[0] for writer in writers] == ["", ""]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert read > 0
    assert len(_names(tmp_path)) == 7
    assert not list(tmp_path.glob(".*"))
