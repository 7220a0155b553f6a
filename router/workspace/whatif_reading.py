"""The what-ifs of a file alone: its sweeps and draws may be thousands of cases, which no list needs."""

from __future__ import annotations

from pathlib import Path

from router.reading.problems import ScenarioError
from router.reading.source_file import read_bytes
from router.reading.yaml_reader import read_yaml_text
from router.scenario.scenario import Scenario
from router.whatif.case import BASE
from router.whatif.lines import Lines
from router.whatif.valid import asked_in
from router.workspace.whatif_files import Asks


def read_what_ifs(path: Path, scenario: Scenario) -> Asks:
    """What a file asks of a scenario; what-ifs with mistakes are left out. Raises ScenarioError where all is wrong."""
    document = read_yaml_text(read_bytes(path), str(path))
    asked, problems = asked_in(document)
    if asked is None:
        raise ScenarioError(problems)
    lines = Lines(document, asked, scenario)
    cases = tuple(case for case in lines.whatifs() if case.name != BASE)
    file = asked.file
    others = len(file.sweeps) + len(file.draws) + len(file.solve_for)
    wrong = ScenarioError([*problems, *lines.problems]).problems
    return Asks(file.title or path.stem, file.question, file.answer, cases, others, tuple(map(str, wrong)))
