"""Results as Parquet: every bit comes back, any reader gets one table, and a run goes on where one ended."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from router.outcome.effort import QUICK
from router.reading.write import OutputError
from router.sweep.answered import Answered
from router.sweep.how import How
from router.sweep.run import run_cases
from router.whatif.case import Case
from tests.sweep.cheap import base, cases, outcome_at
from tests.sweep.results import HEADER, LATER, OTHERS, answers, by_name

pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")

import pyarrow.parquet as pq

from router.sweep import parquet
from router.sweep.parquet import Parquet


def written(path: Path, count: int) -> list[Answered]:
    store = Parquet(path, HEADER, by_name(count))
    for answered in answers(count):
        store.append(answered)
    store.close()
    return answers(count)


def test_what_is_written_comes_back_to_the_last_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_MOST_ROWS", 5)
    path = tmp_path / "results.parquet"
    expected = written(path, 12)
    assert sorted(file.name for file in path.iterdir()) == [f"part-0000{number}.parquet" for number in (1, 2, 3)]
    store = Parquet(path, LATER, by_name(12))
    try:
        assert list(store.answers()) == expected
        assert list(store.costs) == [answered.name for answered in expected]
        assert (store.costs["draw/1"], store.costs["draw/3"]) == (1 / 7, None)
    finally:
        store.close()


def test_answers_not_yet_written_are_among_all_answers(tmp_path: Path) -> None:
    store = Parquet(tmp_path / "results.parquet", HEADER, by_name(4))
    for answered in answers(4):
        store.append(answered)
    assert list(store.answers()) == answers(4)
    assert not list((tmp_path / "results.parquet").glob("part-*"))
    store.close()


def test_a_part_is_written_after_some_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_MOST_SECONDS", 0.0)
    store = Parquet(tmp_path / "results.parquet", HEADER, by_name(2))
    store.append(answers(1)[0])
    assert [file.name for file in (tmp_path / "results.parquet").glob("part-*")] == ["part-00001.parquet"]
    store.close()


def test_the_folder_is_one_table_to_other_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_MOST_ROWS", 3)
    written(tmp_path / "results.parquet", 7)
    table = pq.read_table(tmp_path / "results.parquet")
    assert sorted(table["name"].to_pylist()) == [f"draw/{number}" for number in range(1, 8)]
    first = table.to_pylist()[0]
    assert first["factors"] == [{"name": "price", "number": 0.1, "text": None}]
    assert first["group"] == "draw"
    assert first["windows"][0]["start"] == date(2026, 1, 1)
    assert (
        b"router-whatif-results/1"
        in pq.read_schema(tmp_path / "results.parquet" / "part-00001.parquet").metadata[b"router"]
    )


def test_factors_that_are_dates_and_texts_are_written_as_texts(tmp_path: Path) -> None:
    case = Case("late/1", "Late", group="late", factors=(("from", date(2026, 7, 1)), ("kind", "spot")))
    store = Parquet(tmp_path / "results.parquet", HEADER, {"late/1": case})
    store.append(Answered("late/1", outcome_at(1.0)))
    store.close()
    factors = pq.read_table(tmp_path / "results.parquet")["factors"].to_pylist()[0]
    assert [(factor["name"], factor["number"], factor["text"]) for factor in factors] == [
        ("from", None, "2026-07-01"),
        ("kind", None, "spot"),
    ]


def test_a_run_goes_on_where_one_ended(tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    written(path, 5)
    (path / ".0123456789abcdef.new").write_bytes(b"left by a kill")
    store = Parquet(path, HEADER, by_name(9))
    last = run_cases(base(), cases(9), QUICK, How(workers=1), store)
    names = [answered.name for answered in store.answers()]
    store.close()
    assert (last.done, last.resumed) == (9, 5)
    assert names == [f"draw/{number}" for number in range(1, 10)]
    assert not (path / ".0123456789abcdef.new").exists()
    assert not (path / ".lock").exists()


@pytest.mark.parametrize("words", OTHERS)
def test_results_of_another_run_are_not_gone_on_with(tmp_path: Path, words: str) -> None:
    path = tmp_path / "results.parquet"
    written(path, 2)
    with pytest.raises(OutputError) as refused:
        Parquet(path, OTHERS[words], by_name(2))
    assert words in str(refused.value)
    assert "give another --out, or delete it" in str(refused.value)
    written(path, 2)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all"])
def test_a_damaged_part_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "results.parquet"
    written(path, 2)
    (path / "part-00001.parquet").write_bytes(content)
    with pytest.raises(OutputError, match=r"part-00001\.parquet: cannot be gone on with: these are no results"):
        Parquet(path, HEADER, by_name(2))


def test_a_table_of_something_else_is_told(tmp_path: Path) -> None:
    import pyarrow as pa

    path = tmp_path / "results.parquet"
    path.mkdir()
    for columns in ({"name": ["a"], "cost_usd": [1.0]}, {"other": [1]}):
        pq.write_table(pa.table(columns), path / "part-00001.parquet")
        with pytest.raises(OutputError, match="these are no results of `router whatif`"):
            Parquet(path, HEADER, {})


def test_two_runs_at_once_are_kept_apart_and_a_killed_one_is_no_bar(tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    store = Parquet(path, HEADER, {})
    with pytest.raises(OutputError, match=rf"another run \(process {os.getpid()}\) is writing there"):
        Parquet(path, HEADER, {})
    store.close()
    code = (
        "import os, signal, sys; from pathlib import Path; from router.sweep.parquet import Parquet;"
        "from tests.sweep.results import HEADER;"
        "store = Parquet(Path(sys.argv[1]), HEADER, {}); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    written(path, 2)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "results.parquet").write_text("precious")
    with pytest.raises(OutputError, match="file exists"):
        Parquet(tmp_path / "results.parquet", HEADER, {})


def test_a_folder_that_went_away_is_told_and_nothing_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    store = Parquet(path, HEADER, by_name(2))
    for answered in answers(2):
        store.append(answered)
    moved = path.rename(tmp_path / "moved")
    with pytest.raises(OutputError, match="its folder does not exist"):
        store._write()
    moved.rename(path)
    store.close()
    assert pq.read_table(path)["name"].to_pylist() == ["draw/1", "draw/2"]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("router.sweep.parquet", "router.sweep.parquet_rows"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'multicloud-router\[parquet\]'"):
        importlib.import_module("router.sweep.parquet")
