"""What is written to files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from router.view.exports import WHAT, ExportKind, exported, table_as_text
from tests.report.sample_plans import small_plan
from tests.scenarios import scenario

TABLE = [["", "2026-01"], ["chat, the first", "1"], ['say "no"', ""]]


def test_a_table_comes_back_as_it_was() -> None:
    text = exported(ExportKind.TABLE, TABLE, None, scenario())
    assert list(csv.reader(io.StringIO(text))) == TABLE


def test_a_plan() -> None:
    text = exported(ExportKind.PLAN, [], small_plan(), scenario())
    assert json.loads(text)["totals"]["cost_usd"] == small_plan().totals.cost_usd
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("kind", "words"), [(ExportKind.TABLE, "no table"), (ExportKind.PLAN, "no plan"), (ExportKind.REPORT, "no plan")]
)
def test_nothing_to_write_is_told(kind: ExportKind, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        exported(kind, [], None, scenario())


def test_each_kind_is_described() -> None:
    assert set(WHAT) == set(ExportKind)


def test_tabs_for_spreadsheets() -> None:
    assert table_as_text([["a", "b"], ["1", ""]]) == "a\tb\n1\t"
