"""Settings: what a file may say, what is told of mistakes, and that writing them loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from router.reading.write import OutputError
from router.workspace.settings import Settings, editor_command, load_settings, uses_colour
from router.workspace.settings_file import save_settings

_ALL = Settings(
    theme="nord",
    colours="off",
    gap=0.001,
    time_limit_seconds=None,
    threads=4,
    highlight_seconds=0.0,
    editor="code --wait",
    step_share=0.1,
    first_view="bill",
)


def _write(folder: Path, text: str | bytes) -> None:
    (folder / "settings.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "---\n"])
def test_no_settings_are_the_defaults(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        _write(tmp_path, text)
    loaded = load_settings(tmp_path)
    if text == "---\n":
        assert [str(problem).partition(": ")[2] for problem in loaded.problems] == [
            "found nothing, expected a mapping ('key: value' lines)"
        ]
    else:
        assert loaded.problems == ()
    assert loaded.settings == Settings()


def test_every_key(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "theme: nord\ncolours: off\ngap: 0.1 %\ntime_limit_seconds: null\nthreads: 4\nhighlight_seconds: 0\n"
        "editor: code --wait\nstep_share: 10 %\nfirst_view: bill\n",
    )
    loaded = load_settings(tmp_path)
    assert loaded.problems == ()
    assert loaded.settings == _ALL


_MISTAKES = (
    ("them: nord", "1:1: them: found the unknown key 'them', expected one of theme, colours, gap", "'theme'?"),
    ("theme: ''", "1:8: theme: found empty text, expected text", ""),
    ("theme: 3", "1:8: theme: found 3, expected text", ""),
    ("colours: of", "1:10: colours: found 'of', expected one of auto, on, off", "'off'?"),
    ("colours: true", "1:10: colours: found true, expected one of auto, on, off", ""),
    ("gap: 25", "1:6: gap: found 25, expected a share of at most 1", "'25 %'?"),
    ("gap: 1", "1:6: gap: found 1, expected a number", "below 1"),
    ("time_limit_seconds: 0", "1:21: time_limit_seconds: found 0, expected a number above 0", ""),
    ("time_limit_seconds: soon", "1:21: time_limit_seconds: found text 'soon', expected a number such as", ""),
    ("threads: 0", "1:10: threads: found 0, expected a whole number of at least 1 and at most 256", ""),
    ("threads: 1.5", "1:10: threads: found 1.5, expected a whole number", ""),
    ("threads: true", "1:10: threads: found true, expected a number", ""),
    ("highlight_seconds: -1", "1:20: highlight_seconds: found -1, expected a number of at least 0", ""),
    ("highlight_seconds: .inf", "1:20: highlight_seconds: found .inf, expected a finite number", ""),
    ('editor: "vi \'x"', "1:9: editor: found text \"vi 'x\", expected a command such as 'code --wait'", "no closing"),
    ("editor: ' '", "1:9: editor: found text ' ', expected a command", ""),
    ("editor: [vi]", "1:9: editor: found a list of 1 entry, expected text", ""),
    ("step_share: 0", "1:13: step_share: found 0, expected a number above 0", ""),
    ("first_view: bils", "1:13: first_view: found 'bils', expected one of overview,", "'bill'?"),
    ("theme: a\ntheme: b", "2:1: theme: found the key 'theme' a second time", ""),
    ("theme: [", "2:1: found", ""),
    ("- theme", "1:1: found a list of 1 entry, expected a mapping", ""),
    ("nord", "1:1: found text 'nord', expected a mapping", ""),
    ("2026-01-01: 3", "1:1: ", "2026-01-01"),
    (b"theme: \xff", "1:8: found the byte 0xff", ""),
    ("theme: a\n---\ntheme: b", "2:1: found a second document", ""),
)


@pytest.mark.parametrize(("text", "start", "part"), _MISTAKES, ids=[repr(text) for text, _, _ in _MISTAKES])
def test_a_mistake_is_one_line(tmp_path: Path, text: str | bytes, start: str, part: str) -> None:
    _write(tmp_path, text)
    loaded = load_settings(tmp_path)
    (problem,) = loaded.problems
    line = str(problem)
    assert line.startswith(f"{tmp_path / 'settings.yaml'}:{start}")
    assert part in line
    assert loaded.settings == Settings()


def test_what_is_right_holds_beside_what_is_wrong(tmp_path: Path) -> None:
    _write(tmp_path, "theme: nord\nthreads: many\nstep_sahre: 0.2\nstep_share: 0.1\n")
    loaded = load_settings(tmp_path)
    assert [problem.path for problem in loaded.problems] == ["threads", "step_sahre"]
    assert loaded.settings == Settings(theme="nord", step_share=0.1)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@hypothesis_settings(max_examples=200, deadline=None)
def test_any_file_gives_settings(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    _write(folder, content)
    loaded = load_settings(folder)
    assert loaded.settings == Settings() or not loaded.problems
    assert not any("\n" in str(problem) for problem in loaded.problems)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").mkdir()
    assert [str(problem).partition(": ")[2] for problem in load_settings(tmp_path).problems] == [
        "found a folder, expected a YAML file"
    ]
    with pytest.raises(OutputError, match="it is a folder"):
        save_settings(tmp_path, _ALL)


def test_saved_settings_are_read_back(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings())
    assert (tmp_path / "settings.yaml").read_text().startswith("# Settings of the Multicloud Router")
    for saved in (
        _ALL,
        Settings(theme="yes", editor="'my editor' -w"),
        Settings(theme="1e3", gap=0.0),
        _ALL,
        Settings(),
    ):
        save_settings(tmp_path, saved)
        loaded = load_settings(tmp_path)
        assert loaded.problems == ()
        assert loaded.settings == saved


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(theme="nord"))
    assert (tmp_path / "settings.yaml").read_text().splitlines()[1:] == ["theme: nord"]


def test_comments_and_keys_of_other_versions_stay(tmp_path: Path) -> None:
    text = "# mine\nfuture: {a: 1}  # kept\ntheme: 'nord' # nice\n\nthreads: many\ngap: 0.1 %\n"
    _write(tmp_path, text)
    changed = load_settings(tmp_path).settings.model_copy(update={"theme": "dracula", "threads": 2})
    save_settings(tmp_path, changed)
    assert (tmp_path / "settings.yaml").read_text() == text.replace("nord", "dracula").replace("many", "2")


@pytest.mark.parametrize("text", [b"theme: [", b"- a", b"\xff", b"theme: a\ntheme: b"])
def test_a_file_that_is_none_is_kept_beside_the_new_one(tmp_path: Path, text: bytes) -> None:
    _write(tmp_path, text)
    save_settings(tmp_path, _ALL)
    assert load_settings(tmp_path).settings == _ALL
    assert (tmp_path / "settings.yaml.old").read_bytes() == text


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for folder in (file, tmp_path / "missing"):
        assert load_settings(folder).settings == Settings()
        with pytest.raises(OutputError, match="cannot be written"):
            save_settings(folder, _ALL)


@pytest.mark.parametrize(
    ("colours", "environment", "expected"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("on", {"NO_COLOR": "1"}, True),
        ("off", {}, False),
    ],
)
def test_colour(colours: Any, environment: dict[str, str], expected: bool) -> None:
    assert uses_colour(Settings(colours=colours), environment) is expected


@pytest.mark.parametrize(
    ("editor", "environment", "expected"),
    [
        ("code --wait", {"VISUAL": "vi"}, ("code", "--wait")),
        (None, {"VISUAL": "emacs -nw", "EDITOR": "vi"}, ("emacs", "-nw")),
        (None, {"VISUAL": " ", "EDITOR": "vi"}, ("vi",)),
        (None, {"EDITOR": "a'b"}, ("a'b",)),
        (None, {}, None),
    ],
)
def test_editor(editor: str | None, environment: dict[str, str], expected: tuple[str, ...] | None) -> None:
    assert editor_command(Settings(editor=editor), environment) == expected
