"""How a saved file looks: which letters change, for each kind of change and each way of writing YAML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from router.change.change import Change
from router.reading.key_path import KeyPath
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.workspace.file_data import file_data
from router.workspace.saved_text import Form, saved_text
from tests.change.random_changes import CONFIGS, SHIPPED
from tests.workspace.edits import add, after_changes, difference, remove, set_to

TINY = (CONFIGS / "tiny.yaml").read_text()


def _saved(text: str, tmp_path: Path, *changes: Change, form: Form = Form.PATCHED) -> str:
    """The new text after changes, which the reader of scenario files gives back equal."""
    path = tmp_path / "scenario.yaml"
    path.write_bytes(text.encode())
    after = after_changes(path, changes)
    saved = saved_text(path.read_bytes(), path, after)
    assert saved.form is form
    path.write_bytes(saved.content)
    assert load_scenario(path) == after
    return saved.content.decode()


def _tiny(tmp_path: Path, *changes: Change) -> list[str]:
    return difference(TINY, _saved(TINY, tmp_path, *changes))


@pytest.mark.parametrize("name", SHIPPED)
def test_without_a_change_every_byte_stays(name: str) -> None:
    path = CONFIGS / f"{name}.yaml"
    saved = saved_text(path.read_bytes(), path, load_scenario(path))
    assert saved.form is Form.PATCHED
    assert saved.content == path.read_bytes()


@pytest.mark.parametrize("end", ["", "\n", "\n\n# end", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str, tmp_path: Path) -> None:
    text = mark + TINY.rstrip("\n").replace("\n", "\r\n" if end == "\r\n" else "\n") + end
    assert _saved(text, tmp_path) == text
    scaled = _saved(text, tmp_path, set_to("workloads", "chat", "streams", "us", "demand", "values", 1, to=5))
    assert scaled == text.replace("320", "5")
    added = _saved(text, tmp_path, add("workloads", "fine-tune", "title", value="Tuning"))
    assert added.count("\n") == text.count("\n") + 1
    assert added.count("\r\n") == (added.count("\n") if end == "\r\n" else 0)
    assert added.startswith(mark)


def test_one_demand_edit_is_one_line(tmp_path: Path) -> None:
    assert _tiny(tmp_path, set_to("workloads", "chat", "streams", "us", "demand", "values", 2, to=500)) == [
        "-      us: {geography: us, demand: {values: [240, 320, 400]}}",
        "+      us: {geography: us, demand: {values: [240, 320, 500]}}",
    ]


def test_units_quotes_and_decimals_stay(tmp_path: Path) -> None:
    assert _tiny(
        tmp_path,
        set_to("contracts", "oracle-ucm", "commitments", "year", "amount_usd", to=1_250_000),
        set_to("contracts", "oracle-ucm", "discounts", 0, "discount", to=0.285),
        set_to("offers", 1, "usd_per_hour", to=81.5),
        set_to("sources", "aws-v8", "location", to="a: b"),
        set_to("workloads", "fine-tune", "work", to=20_000),
    ) == [
        '-    location: "skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv at 00148f2"',
        '+    location: "a: b"',
        "-     usd_per_hour: 80.00, source: oci-v8, as_of: 2025-11-01}",
        "+     usd_per_hour: 81.50, source: oci-v8, as_of: 2025-11-01}",
        "-    discounts: [{discount: 25 %}]",
        "+    discounts: [{discount: 28.5 %}]",
        "-      year: {window: contract_year, amount_usd: 600 k}",
        "+      year: {window: contract_year, amount_usd: 1250 k}",
        "-    work: 10752      # H100-hours: two machines for four weeks",
        "+    work: 20000      # H100-hours: two machines for four weeks",
    ]


def test_added_and_removed_entries_have_lines_of_their_own(tmp_path: Path) -> None:
    chat = file_data(load_scenario(CONFIGS / "tiny.yaml").workloads["chat"])
    assert _tiny(
        tmp_path, add("workloads", "chat 2", value=chat, before="fine-tune"), remove("offers", 0, "region")
    ) == [
        "-  - {provider: aws, region: us-east-1, instance_type: p5.48xlarge, purchase_option: on_demand,",
        "+  - {provider: aws, instance_type: p5.48xlarge, purchase_option: on_demand,",
        "+  chat 2:",
        "+    kind: inference",
        "+    unit: k tokens/s",
        "+    throughput: {H100: 10}",
        "+    value_of_unserved_usd_per_unit_hour: 5",
        "+    streams: {us: {geography: us, demand: {values: [240, 320, 400]}}}",
        "+    assumption: invented demand",
    ]
    assert all(line.startswith("-") for line in _tiny(tmp_path, remove("workloads", "fine-tune")))


def test_dates_stand_in_their_order(tmp_path: Path) -> None:
    assert _tiny(tmp_path, add("pools", "oracle-h100", "capacity", date(2026, 2, 1), value=6))[1] == (
        "+                capacity: {2026-01-01: 4, 2026-02-01: 6, 2026-03-01: 8}, assumption: capacity is invented}"
    )


def test_another_form_of_series(tmp_path: Path) -> None:
    demand = ("workloads", "chat", "streams", "us", "demand")
    assert _tiny(tmp_path, set_to(*demand, to=7))[1] == "+      us: {geography: us, demand: 7}"
    assert _tiny(tmp_path, set_to(*demand, to={"steps": {date(2026, 1, 1): 4}}))[1] == (
        "+      us: {geography: us, demand: {steps: {2026-01-01: 4}}}"
    )


def test_an_entry_that_moved_takes_its_text_along(tmp_path: Path) -> None:
    job = file_data(load_scenario(CONFIGS / "tiny.yaml").workloads["fine-tune"])
    text = _saved(
        TINY, tmp_path, remove("workloads", "fine-tune"), add("workloads", "fine-tune", value=job, before="chat")
    )
    assert sorted(text.splitlines()) == sorted(TINY.splitlines())
    assert text.index("fine-tune:") < text.index("chat:")


def test_a_comment_inside_brackets_stays(tmp_path: Path) -> None:
    text = TINY.replace("[240, 320, 400]", "[240, # first\n        320,   # second\n        400 # third\n        ]")
    path = tmp_path / "scenario.yaml"
    path.write_text(text)
    data = file_data(load_scenario(path))
    data["horizon"]["periods"][0]["count"] = 2
    data["workloads"]["chat"]["streams"]["us"]["demand"]["values"] = [240, 400]
    saved = saved_text(path.read_bytes(), path, Scenario.model_validate(data))
    assert saved.form is Form.PATCHED
    new = saved.content.decode()
    assert all(f"# {word}" in new for word in ("first", "second", "third"))
    assert "320" not in new


def test_a_folded_text_is_folded_again(tmp_path: Path) -> None:
    text = TINY.replace("description: Two", "description: >-\n  Two")
    long = "Some words about it. " * 12
    new = _saved(text, tmp_path, set_to("description", to=long.strip()))
    start = new.index("description: >-\n  Some words")
    assert all(len(line) <= 120 for line in new[start:].splitlines()[:3])
    assert len(difference(text, new)) == 2 + 3 - 1


def test_json_is_yaml(tmp_path: Path) -> None:
    data = load_scenario(CONFIGS / "tiny.yaml").model_dump_json(exclude_unset=True, indent=1)
    new = _saved(data, tmp_path, set_to("workloads", "chat", "streams", "us", "demand", "values", 2, to=500))
    assert difference(data, new) == ["-       400.0", "+       500.0"]


def test_aliases_go_their_own_way_where_they_have_to(tmp_path: Path) -> None:
    text = TINY.replace("regions: {us-east-1: {geography: us}}", "regions: {us-east-1: &r {geography: us}}").replace(
        "regions: {us-ashburn-1: {geography: us}}", "regions: {us-ashburn-1: *r}"
    )
    region: KeyPath = ("providers", "aws", "regions", "us-east-1", "note")
    new = _saved(text, tmp_path, add(*region, value="hi"))
    assert "us-east-1: &r {geography: us, note: hi}" in new
    assert "us-ashburn-1: {geography: us}" in new
    region = ("providers", "oracle", "regions", "us-ashburn-1", "note")
    new = _saved(text, tmp_path, add(*region, value="hi"))
    assert "us-ashburn-1: {geography: us, note: hi}" in new


def test_a_merged_entry_is_overridden(tmp_path: Path) -> None:
    text = TINY.replace("  - {provider: aws, region: us-east-1,", "  - &o {provider: aws, region: us-east-1,")
    text = text.replace("\ncontracts:", "  - {<<: *o, purchase_option: spot}\n\ncontracts:")
    new = _saved(text, tmp_path, set_to("offers", 2, "usd_per_hour", to=3))
    assert "{<<: *o, purchase_option: spot, usd_per_hour: 3}" in new
    new = _saved(text, tmp_path, set_to("offers", 0, "usd_per_hour", to=3))
    assert "usd_per_hour: 3.00" in new
    assert "usd_per_hour: 55.04" in new


def test_text_that_cannot_be_patched_is_written_anew(tmp_path: Path) -> None:
    text = TINY.replace("name: tiny", "? name\n: tiny")
    new = _saved(text, tmp_path, set_to("name", to="other"), form=Form.REWRITTEN)
    assert new.startswith("# Written by router from scenario.yaml, without its comments.\nformat: 1\nname: other\n")


def test_a_comment_behind_the_key_of_what_is_replaced_stays(tmp_path: Path) -> None:
    text = TINY.replace(
        "{geography: us, demand: {values: [240, 320, 400]}}",
        "\n        geography: us\n        demand:  # tokens\n          values: [240, 320, 400]",
    )
    demand = ("workloads", "chat", "streams", "us", "demand")
    assert "        demand: 7  # tokens\n" in _saved(text, tmp_path, set_to(*demand, to=7))
    points = {"points": {date(2026, 1, day): day for day in range(1, 20)}}
    new = _saved(text, tmp_path, set_to(*demand, to=points))
    assert "  # tokens\n" in new
    assert "2026-01-19: 19}\n" in new


def test_comments_indented_below_an_entry_stay_with_it(tmp_path: Path) -> None:
    text = TINY.replace("    assumption: invented demand\n", "    assumption: invented demand\n    # more to come\n")
    chat = file_data(load_scenario(CONFIGS / "tiny.yaml").workloads["chat"])
    new = _saved(text, tmp_path, add("workloads", "chat 2", value=chat, before="fine-tune"))
    assert "    # more to come\n  chat 2:\n" in new
