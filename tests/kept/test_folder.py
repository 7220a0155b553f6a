"""Kept plans in a folder: found by scenario, the newest few, and no trouble where the folder is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from router.kept import folder as kept_folder
from router.kept.folder import MOST_KEPT, find_kept, store_kept
from tests.audit.random_scenarios import random_scenario
from tests.kept.keeping import kept_content, kept_plan, sha256_of

SEED = 2


def sha() -> str:
    return sha256_of(random_scenario(SEED))


def test_stored_and_found(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "plans"
    assert find_kept(sha(), folder) is None
    assert store_kept(kept_content(SEED), sha(), folder)
    assert find_kept(sha(), folder) == kept_plan(SEED)
    assert find_kept(sha256_of(random_scenario(3)), folder) is None
    assert find_kept(sha(), None) is None


def test_a_plan_in_the_file_of_another_scenario(tmp_path: Path) -> None:
    other = sha256_of(random_scenario(3))
    assert store_kept(kept_content(SEED), other, tmp_path)
    assert find_kept(other, tmp_path) is None


def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    store_kept(kept_content(SEED), sha(), tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    assert find_kept(sha(), tmp_path) is None
    assert store_kept(kept_content(SEED), sha(), tmp_path)
    assert find_kept(sha(), tmp_path) is not None


def test_the_newest_stay(tmp_path: Path) -> None:
    assert store_kept(kept_content(SEED), sha(), tmp_path)
    for age in range(MOST_KEPT + 4):
        old = tmp_path / f"{age:064x}.kept"
        old.write_bytes(b"old")
        os.utime(old, (1000 + age, 1000 + age))
    (tmp_path / "notes.txt").write_text("mine")
    # Its use makes the first one new again.
    os.utime(tmp_path / f"{sha()}.kept", (1, 1))
    assert find_kept(sha(), tmp_path) is not None
    assert store_kept(b"", sha256_of(random_scenario(3)), tmp_path)
    left = sorted(path.name for path in tmp_path.glob("*.kept"))
    assert len(left) == MOST_KEPT
    assert f"{sha()}.kept" in left
    assert f"{0:064x}.kept" not in left
    assert f"{MOST_KEPT + 3:064x}.kept" in left
    assert (tmp_path / "notes.txt").exists()


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not store_kept(kept_content(SEED), sha(), tmp_path / "file")
    assert not store_kept(kept_content(SEED), sha(), tmp_path / "file" / "below")
    assert find_kept(sha(), tmp_path / "file") is None
    (tmp_path / f"{sha()}.kept").mkdir()
    assert find_kept(sha(), tmp_path) is None
    assert not store_kept(kept_content(SEED), sha(), tmp_path)


def test_shipped_ones_are_found_and_the_users_own_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(kept_folder, "shipped_kept_folder", lambda: shipped)
    (shipped / "a.kept").write_bytes(b"not one")
    (shipped / "b.kept").write_bytes(kept_content(SEED))
    assert find_kept(sha(), None) == kept_plan(SEED)
    assert find_kept(sha(), tmp_path / "mine") == kept_plan(SEED)
    store_kept(kept_content(SEED), sha(), tmp_path / "mine")
    (shipped / "b.kept").unlink()
    assert find_kept(sha(), tmp_path / "mine") == kept_plan(SEED)


def test_reading_needs_no_solver(tmp_path: Path) -> None:
    """The first paint waits for this: neither solver nor numpy is imported."""
    store_kept(kept_content(SEED), sha(), tmp_path)
    code = (
        "import sys; from pathlib import Path; from router.kept.folder import find_kept; "
        f"assert find_kept({sha()!r}, Path({str(tmp_path)!r})) is not None; "
        "print(sorted({'ortools', 'scipy', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
