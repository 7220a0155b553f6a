"""Each family's rows as text, against files that were checked by hand number by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from router.model.lp_text import lp_text
from router.model.model import build_model
from router.problem.problem import build_problem
from tests.model.golden_cases import CASES

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", CASES)
def test_rows_are_as_checked_by_hand(name: str, update_golden: bool) -> None:
    make, families, objective = CASES[name]
    model = build_model(build_problem(make()))
    text = lp_text(model, families=families or None, objective=objective)
    if not families:
        text = text[: text.index("Subject To")]
    path = GOLDEN / f"{name}.lp"
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert not families or f" {families[0]}[" in text


def test_every_golden_file_has_a_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.lp")} == set(CASES)


def test_every_family_has_a_golden_file() -> None:
    families = {family for _, families, _ in CASES.values() for family in families}
    built = {rows.family for make, _, _ in CASES.values() for rows in build_model(build_problem(make())).rows}
    assert built == families
