"""What is to be known of a what-if before it is saved: each mistake in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from router.scenario.shipped import shipped_folder
from router.view.whatif_naming import told_of_draft
from tests.workspace.whatif_sample import growth_in


@pytest.mark.parametrize("name", ["", "  ", "a b", "a/b", "-a", "é", "a\nb", "a=b", "x[1]"])
def test_names_that_none_may_have(tmp_path: Path, name: str) -> None:
    words, is_right = told_of_draft(name, "title", str(tmp_path / "x.yaml"), tmp_path / "tiny.yaml")
    assert not is_right
    assert words.startswith("expected a name of letters")


def test_a_title_is_wanted(tmp_path: Path) -> None:
    words, is_right = told_of_draft("a", " ", str(tmp_path / "x.yaml"), tmp_path / "tiny.yaml")
    assert (words, is_right) == ("expected a title: what it is, in a few words", False)


def test_the_base_is_no_name(tmp_path: Path) -> None:
    words, is_right = told_of_draft("base", "title", str(tmp_path / "x.yaml"), tmp_path / "tiny.yaml")
    assert not is_right
    assert "the scenario itself" in words


def test_files(tmp_path: Path) -> None:
    scenario = tmp_path / "tiny.yaml"
    scenario.write_text("name: tiny\n")
    (tmp_path / "list.yaml").write_text("a: 1\n")
    (tmp_path / "bad.yaml").write_text("a: [\n")
    growth = growth_in(tmp_path)

    def told(path: Path | str, name: str = "mine") -> tuple[str, bool]:
        return told_of_draft(name, "title", str(path), scenario)

    assert told(growth) == (f"adds it to {growth}, all else there stays as it is", True)
    assert told(tmp_path / "new.yaml") == (f"writes {tmp_path / 'new.yaml'}", True)
    assert told(tmp_path / "whatif" / "new.yaml") == (
        f"makes the folder {tmp_path / 'whatif'} and new.yaml in it",
        True,
    )
    assert told(growth, "late") == ("growth.yaml has a late already: choose another name", False)
    wrong: dict[Path | str, str] = {
        "": "expected the name of a file",
        tmp_path / "x.txt": "expected a file whose name ends with .yaml",
        scenario: "that is the scenario's own file: choose another",
        tmp_path / "list.yaml": "list.yaml holds no what-ifs: choose another file",
        shipped_folder() / "whatif" / "mine.yaml": "that file comes with the product: choose another",
        tmp_path / "a" / "b" / "c.yaml": f"there is no folder {tmp_path / 'a' / 'b'}",
    }
    for path, words in wrong.items():
        assert told(path) == (words, False)
    words, is_right = told(tmp_path / "bad.yaml")
    assert not is_right
    assert "bad.yaml:" in words
    words, is_right = told("a\0.yaml")
    assert not is_right


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ones_own(tmp_path: Path) -> None:
    growth = growth_in(tmp_path / "locked")
    growth.parent.chmod(0o500)
    words, is_right = told_of_draft("mine", "title", str(growth), tmp_path / "tiny.yaml")
    assert (words, is_right) == (f"you may not write in {growth.parent}", False)
