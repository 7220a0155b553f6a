"""What-if files: what they ask, and all that may be wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.reading.position import Position
from router.reading.problems import ScenarioError
from router.whatif.case import BASE
from router.whatif.read import read_question
from tests.whatif.asking import HEAD, asked, file_of, refused, told, world

ONE = "    changes: [{scale: pools.aws-h100.capacity, by: 2}]\n"


def test_what_a_file_asks() -> None:
    question = asked(
        """
        format: 1
        scenario: tiny
        title: More machines
        question: What are twice as many worth?
        answer: Nothing.
        whatifs:
          twice:
            title: Twice as many
            changes:
              - scale: pools.*.capacity
                by: 2
              - set: workloads.chat.streams.us.demand[2026-03]
                to: 480
          half: {changes: [{scale: pools.aws-h100.capacity, by: 50 %}]}
        """
    )
    assert (question.file, question.stem, question.title) == ("file.yaml", "file", "More machines")
    assert (question.question, question.answer) == ("What are twice as many worth?", "Nothing.")
    assert question.scenario_name == question.scenario.name == "tiny"
    assert [(case.name, case.title) for case in question.whatifs] == [
        (BASE, "tiny as it is"),
        ("twice", "Twice as many"),
        ("half", "half"),
    ]
    twice = question.whatifs[1]
    assert [change.path for change in twice.changes] == [
        ("pools", "aws-h100", "capacity"),
        ("pools", "oracle-h100", "capacity"),
        ("workloads", "chat", "streams", "us", "demand"),
    ]
    assert [(at.line, at.column) for at in twice.at] == [(11, 13), (11, 13), (13, 13)]
    assert question.cases == question.whatifs
    assert question.whatifs[0].changes == ()


def test_title_and_questions_may_be_left_out() -> None:
    question = asked(HEAD + "whatifs:\n  x:\n" + ONE)
    assert (question.title, question.question, question.answer) == ("file", None, None)


def test_changes_are_read_against_what_those_before_lead_to() -> None:
    question = asked(
        HEAD
        + """
whatifs:
  x:
    changes:
      - add: pools.new-h100
        value: {provider: aws, region: us-east-1, instance_type: p5.48xlarge, capacity: 4, assumption: new}
      - scale: pools.*h100.capacity
        by: 2
      - remove: offers[0]
      - add: offers[0]
        value: {provider: aws, instance_type: p5.48xlarge, purchase_option: on_demand, usd_per_hour: 1, assumption: new}
      - price: aws
        by: 3
"""
    )
    case = question.whatifs[1]
    scenario = apply_all(question.scenario, case.changes, case.at).scenario
    assert scenario.pools["new-h100"].capacity == 8
    assert scenario.offers[0].usd_per_hour == 3


def test_extending() -> None:
    question = asked(
        HEAD
        + """
whatifs:
  last: {extends: [left, right], changes: [{scale: pools.aws-h100.capacity, by: 5}]}
  left: {extends: first, changes: [{scale: pools.aws-h100.capacity, by: 2}]}
  right: {extends: [base, first], changes: [{scale: pools.aws-h100.capacity, by: 3}]}
  first: {changes: [{scale: pools.aws-h100.capacity, by: 7}]}
  both: {extends: [left, right]}
"""
    )
    factors = {case.name: [change.value for change in case.changes] for case in question.whatifs}
    # What two ways lead to is changed once.
    assert factors == {
        "base": [],
        "last": [7, 2, 3, 5],
        "left": [7, 2],
        "right": [7, 3],
        "first": [7],
        "both": [7, 2, 3],
    }


def test_dollars_that_are_no_placeholders() -> None:
    question = asked(
        file_of(
            """
            - set: contracts.oracle-ucm.commitments.year.amount_usd
              to: $1.2 M
            - set: contracts.oracle-ucm.assumption
              to: it costs $$x, or $ 5
            """
        )
    )
    assert [change.value for change in question.whatifs[1].changes] == ["$1.2 M", "it costs $x, or $ 5"]


def test_a_given_scenario_is_the_base() -> None:
    question = asked(
        "format: 1\nscenario: nowhere\nwhatifs:\n  x: {changes: [{outage: azure, during: 2027}]}\n", world()
    )
    assert question.scenario is world()
    assert question.scenario_name == "world"


def test_a_scenario_beside_the_file(tmp_path: Path) -> None:
    from router.scenario.shipped import scenario_path

    (tmp_path / "plans").mkdir()
    text = scenario_path("tiny").read_text().replace("name: tiny", "name: mine")
    (tmp_path / "mine.yaml").write_text(text)
    asks = tmp_path / "plans" / "asks.yaml"
    asks.write_text("format: 1\nscenario: ../mine.yaml\nwhatifs:\n  x:\n" + ONE)
    question = read_question(asks)
    assert (question.scenario_name, question.stem, question.file) == ("mine", "asks", str(asks))
    # A file of that name comes before a shipped scenario.
    (tmp_path / "tiny").write_text(text)
    assert asked(HEAD + "whatifs:\n  x:\n" + ONE, folder=tmp_path).scenario_name == "mine"


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    (line,) = told("format: 1\nscenario: ..\nwhatifs:\n  x:\n" + ONE, folder=tmp_path)
    assert line.startswith(
        "file.yaml:2:11: scenario: found '..', which is a folder, expected a scenario file, its path "
    )


def test_a_mistake_in_the_scenario_names_both_files(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("format: 1\nname: mine\n")
    asks = tmp_path / "asks.yaml"
    asks.write_text("format: 1\nscenario: mine.yaml\nwhatifs:\n  x:\n" + ONE)
    with pytest.raises(ScenarioError) as caught:
        read_question(asks)
    lines = [str(problem).replace(str(tmp_path), "") for problem in caught.value.problems]
    assert lines[0] == (
        "/asks.yaml:2:11: scenario: found 'mine.yaml', a scenario with 6 mistakes, expected a scenario without"
    )
    assert lines[1].startswith("/mine.yaml:1:1: horizon: found nothing")


def test_the_hash_is_of_what_is_planned() -> None:
    text = HEAD + "whatifs:\n  x:\n    title: one\n" + ONE
    same = HEAD + "# a comment\ntitle: other\nwhatifs:\n\n  x:\n" + ONE
    assert asked(text).sha256 == asked(same).sha256
    assert len(asked(text).sha256) == 64
    others = [
        text.replace("by: 2", "by: 3"),
        text.replace("  x:", "  y:"),
        text + "  z: {extends: x}\n",
        text + "sweeps:\n  s: {factors: {f: [1]}, changes: [{growth: chat, by: $f}]}\n",
        text + "solve_for:\n  s: {between: [x, base], factor: f, from: 1, to: 2, changes: [{growth: chat, by: $f}]}\n",
        text + "solve_for:\n  s: {between: [x, base], factor: f, from: 1, to: 3, changes: [{growth: chat, by: $f}]}\n",
    ]
    assert len({asked(each).sha256 for each in (text, *others)}) == len(others) + 1


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", ["file.yaml:1:1: found nothing in the file, expected a what-if file"]),
        ("3", ["file.yaml:1:1: found 3, expected a mapping ('key: value' lines)"]),
        (
            "format: 2\nscenario: tiny",
            ["file.yaml:1:9: format: found 2, expected 1, the version of the what-if format that this router reads"],
        ),
        ("scenario: tiny", ["file.yaml:1:1: format: found nothing, expected 1"]),
        (
            HEAD + "whatifs: {}",
            [
                "file.yaml:1:1: found no question in the file, expected something to ask: one of whatifs, sweeps, "
                "draws, solve_for"
            ],
        ),
        (HEAD + "whatifs: []", ["file.yaml:3:10: whatifs: found an empty list, expected a mapping"]),
        (
            HEAD + "whatif: {}",
            [
                "file.yaml:3:1: whatif: found the unknown key 'whatif', expected one of format, scenario, title, "
                "question, answer, whatifs, sweeps, draws, solve_for; did you mean 'whatifs'?"
            ],
        ),
        (
            HEAD.replace("tiny", "tinny") + "whatifs:\n  x:\n" + ONE,
            [
                "file.yaml:2:11: scenario: found 'tinny', which does not exist, expected a scenario file, its path "
                "relative to this file, or one of frontier-lab, scale-up, tiny; did you mean 'tiny'?"
            ],
        ),
        ("format: 1\nscenario: 3\nwhatifs:\n  x:\n" + ONE, ["file.yaml:2:11: scenario: found 3, expected text"]),
        (
            HEAD + "whatifs:\n  base:\n" + ONE,
            [
                "file.yaml:4:3: whatifs.base: found the name 'base', expected another name: `base` is the scenario "
                "itself"
            ],
        ),
        (
            HEAD + "whatifs:\n  a/b:\n" + ONE,
            [
                "file.yaml:4:3: whatifs['a/b']: found text 'a/b', expected a name without '/': SWEEP/1 is the first "
                "case of a sweep"
            ],
        ),
        (
            HEAD + "whatifs:\n  x:\n" + ONE + "solve_for:\n  x: {}",
            ["file.yaml:7:3: solve_for.x: found the name 'x', which is one of whatifs already, expected another name"],
        ),
        (
            HEAD + "whatifs:\n  x: {}\n  y: {chnges: []}\n  z:\n    extends: [x, w, y]\n",
            [
                "file.yaml:4:6: whatifs.x: found neither, expected changes, or what-ifs that it extends",
                "file.yaml:5:7: whatifs.y.chnges: found the unknown key 'chnges', expected one of title, extends, "
                "changes; did you mean 'changes'?",
                "file.yaml:7:18: whatifs.z.extends[1]: found the unknown what-if 'w', expected one of x, y, z, base",
            ],
        ),
        (
            HEAD + "whatifs:\n  a: {extends: b}\n  b: {extends: [a]}\n  c: {extends: a}\n  d: {extends: d}\n",
            [
                "file.yaml:4:16: whatifs.a.extends: found what-ifs that extend each other (a -> b -> a), expected no "
                "circle",
                "file.yaml:5:17: whatifs.b.extends[0]: found what-ifs that extend each other (b -> a -> b), expected "
                "no circle",
                "file.yaml:7:16: whatifs.d.extends: found what-ifs that extend each other (d -> d), expected no circle",
            ],
        ),
        (
            HEAD + "whatifs:\n  x:\n    changes: {a: b}\n",
            ["file.yaml:5:14: whatifs.x.changes: found a mapping (a), expected a list"],
        ),
        (
            HEAD + "whatifs:\n  x: [1]\n",
            [
                "file.yaml:4:6: whatifs.x: found a list of 1 entry, expected a mapping with the keys title, extends, "
                "changes"
            ],
        ),
        (
            HEAD + "whatifs:\n  2026-01-01:\n" + ONE,
            ["file.yaml:4:3: whatifs.2026-01-01: found the key '2026-01-01', expected text"],
        ),
        (
            HEAD + "whatifs:\n  x:\n" + ONE + "include: a.yaml",
            [
                "file.yaml:6:1: include: found the unknown key 'include', expected one of format, scenario, title, "
                "question, answer, whatifs, sweeps, draws, solve_for"
            ],
        ),
        (
            # Each mistake once, where it stands, however many build on it.
            HEAD + "whatifs:\n  x:\n    changes: [{scale: pools.aws-h100.capacty, by: 2}, {outage: aws}]\n"
            "  y:\n    extends: x\n    changes: [{delay: orcle, by: 1 month}]\n  z: {extends: y}\n",
            [
                "file.yaml:5:23: pools.aws-h100.capacty: found the unknown key 'capacty', expected one of source, "
                "as_of, assumption, note, provider, region, instance_type, capacity, spot_capacity, whole_instances; "
                "did you mean 'capacity'?",
                "file.yaml:5:55: whatifs.x.changes[1].during: found nothing, expected dates such as 2026-03, 2026-Q3, "
                "2026, 2026-03..2026-06 or 2026-03-15..",
                "file.yaml:8:23: whatifs.y.changes[0].delay: found unknown name 'orcle', expected the name of a "
                "provider, region, pool or accelerator, or a mapping such as {providers: [oracle]}; did you mean "
                "'oracle'?",
            ],
        ),
        (
            # Right alone, wrong together.
            HEAD + "whatifs:\n  x:\n    changes: [{remove: workloads.chat}]\n"
            "  y:\n    changes: [{growth: chat, by: 2}]\n  z: {extends: [x, y]}",
            [
                "file.yaml:7:24: whatifs.y.changes[0].growth: found unknown name 'chat', expected a workload, "
                "workload/stream, one of the kinds inference and agents, or a mapping such as {geographies: [eu]}; in "
                "'z', after what it extends"
            ],
        ),
        (
            # What a mistake was to bring is not missed a second time in what extends it.
            HEAD
            + "whatifs:\n  x:\n    changes: [{add: pools.new, value: {}}, {scale: pools.aws-h100.capacity, by: x}]\n"
            "  y:\n    extends: x\n    changes: [{delay: new, by: 1 month}]\n",
            [
                "file.yaml:5:39: pools.new.provider: found nothing, expected text",
                "file.yaml:5:39: pools.new.region: found nothing, expected text",
                "file.yaml:5:39: pools.new.instance_type: found nothing, expected text",
                "file.yaml:5:39: pools.new.capacity: found nothing, expected a number of at least 0 or a mapping of "
                "at least one entry",
                "file.yaml:5:81: pools.aws-h100.capacity: found text 'x' to scale by, expected a number such as "
                "250_000, 1.5 k, 12 M, $38 B or 1.2 T",
            ],
        ),
        (
            # What contradicts the rest of the scenario is told at the line that brought it.
            HEAD + "whatifs:\n  x:\n    changes:\n    - scale: pools.aws-h100.capacity\n      by: 2\n"
            "    - remove: pools.oracle-h100\n    - remove: offers[aws]\n",
            [
                "file.yaml:9:15: pools.aws-h100: found no offer for p5.48xlarge in us-east-1, expected at least one "
                "offer with its price"
            ],
        ),
        (
            HEAD + "whatifs:\n  x:\n    changes: [{scale: pools.aws-h100.capacity, by: $f}, {set: name, to: '${ }'}]\n",
            [
                "file.yaml:5:52: whatifs.x.changes[0].by: found the placeholder '$f', expected none, as a what-if has "
                "no factors; '$$' is a dollar sign",
                "file.yaml:5:73: whatifs.x.changes[1].to: found the placeholder '$', expected none, as a what-if has "
                "no factors; '$$' is a dollar sign",
            ],
        ),
    ],
)
def test_files_that_are_refused(text: str, messages: list[str]) -> None:
    assert told(text) == messages


@pytest.mark.parametrize(
    ("entries", "messages"),
    [
        (
            "- growht: chat\n  by: 2",
            [
                "6:7: whatifs.x.changes[0].growht: found the unknown key 'growht', expected one of set, add, remove, "
                "scale, increase, shift, outage, delay, price, growth; did you mean 'growth'?"
            ],
        ),
        (
            "- growth: chat\n  outage: azure",
            ["7:7: whatifs.x.changes[0].outage: found both growth and outage, expected one of them for each entry"],
        ),
        (
            "- growth: chat\n  by: 2\n  set: name",
            ["8:7: whatifs.x.changes[0].set: found both growth and set, expected one of them for each entry"],
        ),
        ("- 3", ["6:7: whatifs.x.changes[0]: found 3, expected a change, such as {set: PATH, to: VALUE}"]),
        (
            "- {}",
            [
                "6:7: whatifs.x.changes[0]: found an empty mapping, expected one of the keys set, add, remove, scale, "
                "increase, shift, outage, delay, price, growth"
            ],
        ),
        (
            "- scale: pools.*.capacity\n  by: x",
            [
                "7:11: pools.azure-us-h100.capacity: found text 'x' to scale by, expected a number such as 250_000, "
                "1.5 k, 12 M, $38 B or 1.2 T"
            ],
        ),
        (
            "- scale: pools.*.capacity",
            ["6:7: whatifs.x.changes[0].by: found nothing, expected the number to multiply with"],
        ),
        (
            "- set: pools.azure-us-h100.spot_capacity\n  to: 90",
            [
                "7:11: pools.azure-us-h100.spot_capacity: found up to 90 instances as spot, expected at most the "
                "capacity, 40: spot is a part of it"
            ],
        ),
        (
            # What was to be added is not missed a second time.
            "- add: workloads.video\n  value: {kind: inferense}\n- scale: workloads.video.streams.us.demand\n  by: 2\n"
            "- scale: pools.x.capacity\n  by: 2",
            [
                "7:14: workloads.video.kind: found 'inferense', expected one of training, inference, agents; "
                "did you mean 'inference'?",
                "10:14: pools.x: found the unknown key 'x', expected one of azure-us-h100, azure-eu-h100, "
                "azure-us-gb300, aws-eu-gb300, aws-us-cpu",
            ],
        ),
    ],
)
def test_entries_that_are_refused(entries: str, messages: list[str]) -> None:
    assert refused(entries) == messages


def test_what_extends_itself_deeply_is_refused() -> None:
    whatifs = "\n".join(f"  w{index}: {{extends: w{index + 1}}}" for index in range(60))
    lines = told(f"{HEAD}whatifs:\n{whatifs}\n  w60:\n{ONE}")
    assert lines[0] == (
        "file.yaml:4:17: whatifs.w0.extends: found what-ifs that extend each other deeper than 50, expected at most 50 "
        "inside one another"
    )
    assert len(lines) == 11


def test_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "late.yaml").write_text("")
    with pytest.raises(ScenarioError) as caught:
        read_question(tmp_path / "latte.yaml")
    near = os.path.join(tmp_path, "late.yaml")
    assert (
        str(caught.value)
        == f"{tmp_path}/latte.yaml: found no such file, expected an existing YAML file; did you mean {near!r}?"
    )


def test_positions_are_of_the_value() -> None:
    case = asked(file_of("- growth: chat\n  by: 2\n- set: name\n  to: x")).whatifs[1]
    assert case.at == (Position("file.yaml", 6, 15), Position("file.yaml", 9, 11))
    assert case.changes[1] == Change(("name",), Operation.SET, "x")
