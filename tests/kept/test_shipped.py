"""Every shipped scenario has a kept plan that fits it, as it is now."""

from __future__ import annotations

import pytest

from router import __version__
from router.audit.audit import audit
from router.kept.folder import ENDING, find_kept, read_file, shipped_kept_folder
from router.kept.kept_start import start_of
from router.kept.ship import COMMAND, WIDEST_GAP, kept_path
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path, shipped_names
from router.session.models import model_after

MOST_BYTES = 1_000_000


def shipped(name: str) -> tuple[Scenario, str]:
    scenario = load_scenario(scenario_path(name))
    return scenario, scenario_reference(scenario).sha256


@pytest.mark.parametrize("name", shipped_names())
def test_it_fits_its_scenario_and_passes_the_audit(name: str) -> None:
    run = f"run `{COMMAND} {name}`"
    scenario, sha256 = shipped(name)
    kept = read_file(kept_path(name), sha256)
    assert kept is not None, f"{kept_path(name)} is missing, or of another {name} or router than {__version__}: {run}"
    report = audit(scenario, kept.plan)
    assert report.passed, f"{run}: {[str(finding) for finding in report.findings][:5]}"
    assert kept.header.search_gap is not None
    assert kept.header.search_gap <= WIDEST_GAP, run
    assert start_of(kept, model_after(scenario, None).program) is not None, f"the model has changed: {run}"
    assert kept_path(name).stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("name", shipped_names())
def test_it_is_found_by_its_scenario(name: str) -> None:
    _, sha256 = shipped(name)
    found = find_kept(sha256, None)
    assert found is not None
    assert found.header.scenario_sha256 == sha256


def test_there_is_none_of_a_scenario_that_is_gone() -> None:
    assert sorted(path.stem for path in shipped_kept_folder().glob(f"*{ENDING}")) == shipped_names()
