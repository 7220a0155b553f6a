"""Results as JSON lines: every bit comes back, a run goes on where one was killed, and no two runs mix."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from router.reading.write import OutputError
from router.sweep.answered import Answered
from router.sweep.json_lines import JsonLines
from router.sweep.outcome_data import answered_data
from router.whatif.case import Case
from tests.sweep.cheap import outcome_at
from tests.sweep.results import HEADER, LATER, OTHERS, answers, by_name


def written(path: Path, count: int) -> list[Answered]:
    store = JsonLines(path, HEADER, by_name(count))
    for answered in answers(count):
        store.append(answered)
    store.close()
    return answers(count)


def test_what_is_written_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    expected = written(path, 12)
    store = JsonLines(path, LATER, by_name(12))
    try:
        assert list(store.answers()) == expected
        assert list(store.costs) == [answered.name for answered in expected]
        assert store.costs["draw/1"] == 1 / 7
        assert store.costs["draw/3"] is None
    finally:
        store.close()
    assert not (tmp_path / "results.jsonl.lock").exists()


def test_each_line_is_json_that_any_reader_takes(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    written(path, 4)

    def refused(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    header, *lines = [json.loads(line, parse_constant=refused) for line in path.read_text("utf-8").splitlines()]
    assert header["format"] == "router-whatif-results/1"
    assert header["effort"] == {"search_seconds": 0.0, "group_search_seconds": 0.0, "gap": 1e-3}
    assert [line["name"] for line in lines] == ["draw/1", "draw/2", "draw/3", "draw/4"]
    assert lines[0]["factors"] == {"price": 0.1}
    assert lines[0]["outcome"]["lower_bound_usd"] == "-inf"
    assert lines[2]["failure"].startswith("no plan")


def test_a_factor_that_is_a_date_is_written_as_one() -> None:
    case = Case("late/1", "Late", group="late", factors=(("from", date(2026, 7, 1)), ("kind", "spot")))
    data = answered_data(Answered("late/1", outcome_at(1.0)), case)
    assert data["factors"] == {"from": "2026-07-01", "kind": "spot"}
    json.dumps(data)


def test_a_line_is_on_disk_when_append_returns(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    store = JsonLines(path, HEADER, by_name(3))
    try:
        for count, answered in enumerate(answers(3), 2):
            store.append(answered)
            assert path.read_bytes().count(b"\n") == count
    finally:
        store.close()


@pytest.mark.parametrize("cut", [1, 20, 500])
def test_a_torn_last_line_is_written_again(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "results.jsonl"
    expected = written(path, 5)
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    store = JsonLines(path, HEADER, by_name(5))
    assert list(store.costs) == ["draw/1", "draw/2", "draw/3", "draw/4"]
    store.append(expected[-1])
    store.close()
    assert path.read_bytes() == whole


@pytest.mark.parametrize("length", [0, 5, 40, 150])
def test_a_torn_header_is_written_again(tmp_path: Path, length: int) -> None:
    path = tmp_path / "results.jsonl"
    written(path, 0)
    whole = path.read_bytes()
    assert length < len(whole)
    path.write_bytes(whole[:length])
    JsonLines(path, HEADER, {}).close()
    assert path.read_bytes() == whole


def test_a_second_answer_to_a_case_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    store = JsonLines(path, HEADER, by_name(1))
    store.append(Answered("draw/1", outcome_at(1.0)))
    store.append(Answered("draw/1", outcome_at(2.0)))
    store.close()
    assert path.read_bytes().count(b"\n") == 2


@pytest.mark.parametrize("words", OTHERS)
def test_results_of_another_run_are_not_gone_on_with(tmp_path: Path, words: str) -> None:
    path = tmp_path / "results.jsonl"
    written(path, 2)
    before = path.read_bytes()
    with pytest.raises(OutputError) as refused:
        JsonLines(path, OTHERS[words], by_name(2))
    assert words in str(refused.value)
    assert "give another --out, or delete it" in str(refused.value)
    assert path.read_bytes() == before
    written(path, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,cost\n1,2\n", "no results of `router whatif`"),
        (b"precious", "no results of `router whatif`"),
        (b"\xff\xfe\n", "no results of `router whatif`"),
        (b"[]\n", "no results of `router whatif`"),
        (b'{"format":"router-whatif-results/9"}\n', "expected the format router-whatif-results/1"),
        (b'{"format":"router-whatif-results/1"}\n', "`effort`"),
        (b'{"format":"router-whatif-results/1","effort":{}}\n', "`question_sha256`"),
        (
            b'{"format":"router-whatif-results/1","question_sha256":"a","router_version":"1","effort":[1]}\n',
            "no numbers for the effort",
        ),
    ],
)
def test_what_is_no_file_of_results_is_left_alone(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=words):
        JsonLines(path, HEADER, {})
    assert path.read_bytes() == content


@pytest.mark.parametrize("damage", [b"\x00" * 9, b"{}", b'{"name":1,"failure":null,"outcome":null}', b"[1, 2]"])
def test_a_damaged_line_is_told_with_its_number(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "results.jsonl"
    written(path, 3)
    lines = path.read_bytes().splitlines()
    lines[2] = damage
    path.write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(OutputError, match="line 3 is damaged"):
        JsonLines(path, HEADER, {})


def test_two_runs_at_once_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    store = JsonLines(path, HEADER, {})
    with pytest.raises(OutputError, match=rf"another run \(process {os.getpid()}\) is writing there"):
        JsonLines(path, HEADER, {})
    store.close()
    JsonLines(path, HEADER, {}).close()


def test_a_lock_of_a_killed_run_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    code = (
        "import os, signal, sys; from pathlib import Path; from router.sweep.json_lines import JsonLines;"
        "from tests.sweep.results import HEADER;"
        "store = JsonLines(Path(sys.argv[1]), HEADER, {}); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "results.jsonl.lock").exists()
    written(path, 2)


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as refused:
        JsonLines(tmp_path / "none" / "results.jsonl", HEADER, {})
    assert "no such file or directory" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").mkdir()
    with pytest.raises(OutputError, match="is a directory"):
        JsonLines(tmp_path / "results.jsonl", HEADER, {})
    assert not (tmp_path / "results.jsonl.lock").exists()


def test_a_full_disk_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.jsonl"
    store = JsonLines(path, HEADER, by_name(3))
    first, second, third = answers(3)
    store.append(first)
    # A real limit and not a pretended one: half a line fits.
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, hard))
    try:
        with pytest.raises(OutputError, match="cannot be written: file too large"):
            store.append(second)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert path.read_bytes().endswith(b"\n")
    store.append(second)
    store.append(third)
    assert list(store.answers()) == [first, second, third]
    store.close()


def test_a_disk_that_fails_to_sync_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = JsonLines(tmp_path / "results.jsonl", HEADER, {})

    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OutputError, match="input/output error"):
        store.close()
    monkeypatch.undo()
    JsonLines(tmp_path / "results.jsonl", HEADER, {}).close()
