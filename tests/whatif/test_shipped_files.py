"""The shipped what-if files: all are read, every case is a scenario of its own, and figures are what comments say."""

from __future__ import annotations

import csv
import re
import statistics
from collections.abc import Iterator
from functools import cache

import pytest

from router.change.apply import apply_all, unchecked
from router.reading.source_file import read_bytes
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import Case
from router.whatif.question import Draws, Question, Sweep
from router.whatif.read import read_question_text
from router.whatif.shipped import whatif_files, whatif_folder

NAMES = [path.stem for path in whatif_files()]
ON_FRONTIER_LAB = [name for name in NAMES if not name.startswith("scale-up-")]


@cache
def _scenario(name: str) -> Scenario:
    return load_scenario(scenario_path(name))


@cache
def _question(name: str) -> Question:
    """The question with fewer draws, which are the first ones of all."""
    text = read_bytes(whatif_folder() / f"{name}.yaml").decode()
    scenario = _scenario("frontier-lab" if name in ON_FRONTIER_LAB else "scale-up")
    text = re.sub(r"\bcount: [0-9]+\n", "count: 20\n", text)
    return read_question_text(text, f"{name}.yaml", whatif_folder(), scenario)


def _cases(question: Question) -> Iterator[Case]:
    yield from question.cases
    for break_even in question.break_evens:
        for share in (0.0, 0.37, 1.0):
            yield break_even.case_at(break_even.low + share * (break_even.high - break_even.low))


def test_there_are_some_about_each_scenario() -> None:
    assert len(ON_FRONTIER_LAB) >= 8
    assert len(NAMES) - len(ON_FRONTIER_LAB) >= 4
    for name in NAMES:
        scenario = "frontier-lab" if name in ON_FRONTIER_LAB else "scale-up"
        assert f"\nscenario: {scenario}\n" in (whatif_folder() / f"{name}.yaml").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_read_and_every_case_changes_the_scenario(name: str) -> None:
    question = _question(name)
    for case in _cases(question):
        after = _after(question, case)
        at_base = {factor: value for factor, value in _bases(question, case).items() if value is not None}
        if case.name != "base" and at_base != dict(case.factors):
            assert after != question.scenario, case.name


def _after(question: Question, case: Case) -> Scenario:
    """What a case leads to. Draws are checked as a whole here; of the others the reader has checked every one."""
    if any(case.group == draws.name for draws in question.draws):
        return apply_all(question.scenario, case.changes, case.at).scenario
    return unchecked(question.scenario, case.changes, case.at).scenario


def _bases(question: Question, case: Case) -> dict[str, object]:
    sweeps = [sweep for sweep in question.sweeps if sweep.name == case.group]
    return {factor.name: factor.base for sweep in sweeps for factor in sweep.factors}


@pytest.mark.parametrize("name", NAMES)
def test_what_readers_see_is_in_words(name: str) -> None:
    question = _question(name)
    assert question.question is not None
    assert question.question.rstrip().endswith("?")
    titles = [question.title, *(case.title for case in question.whatifs[1:])]
    groups: tuple[Sweep | Draws, ...] = (*question.sweeps, *question.draws)
    for group in groups:
        titles += [group.title, *(factor.title for factor in group.factors)]
    titles += [break_even.title for break_even in question.break_evens]
    for title in titles:
        assert " " in title or title in ("Discount", "Quarter", "Reservations", "Spot"), title
        assert "$" not in title.replace("$10 B", "").replace("$15 B", ""), title


@pytest.mark.parametrize("name", NAMES)
def test_what_is_invented_is_called_an_assumption(name: str) -> None:
    assert "ssumption" in (whatif_folder() / f"{name}.yaml").read_text()


def test_the_larger_commitment_is_ten_billion_more() -> None:
    case = next(case for case in _question("aws-ten-billion").cases if case.name == "ten-billion-more")
    commitment = apply_all(_scenario("frontier-lab"), case.changes).scenario.contracts["aws"].commitments["spend"]
    base = _scenario("frontier-lab").contracts["aws"].commitments["spend"]
    assert isinstance(commitment.amount_usd, list)
    assert isinstance(base.amount_usd, list)
    assert sum(commitment.amount_usd) - sum(base.amount_usd) == pytest.approx(10e9)


def test_spot_prices_are_those_of_the_catalogue() -> None:
    offers = _scenario("scale-up").offers
    prices = {(o.region, o.instance_type, o.purchase_option): o.usd_per_hour for o in offers if o.provider == "aws"}
    with (whatif_folder() / "aws-spot-prices.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["region"], row["instance_type"]) for row in rows} == {
        (region, kind) for region, kind, option in prices if option == "spot"
    }
    shares = []
    for row in rows:
        place = (row["region"], row["instance_type"])
        assert float(row["spot_usd_per_hour"]) == prices[(*place, "spot")]
        assert float(row["on_demand_usd_per_hour"]) == prices[(*place, "on_demand")]
        shares.append(float(row["spot_usd_per_hour"]) / float(row["on_demand_usd_per_hour"]))
    for row, share in zip(rows, shares, strict=True):
        assert float(row["share"]) == pytest.approx(share, abs=1e-4)
        assert float(row["over_median"]) == pytest.approx(share / statistics.median(shares), abs=1e-4)
