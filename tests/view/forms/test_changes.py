"""What confirming a form changes: only what differs."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Inference
from router.view.forms.checked import checked
from router.view.forms.enabling import enabling_changes
from router.view.forms.form import NAME, OWN_NAME, FieldId, Form
from router.view.forms.opening import edit_form
from router.view.forms.removal import removal, removal_words
from router.view.forms.specs import GroupSpec, specs_of

SET, ADD, REMOVE = Operation.SET, Operation.ADD, Operation.REMOVE


def changes(form: Form) -> tuple[Change, ...]:
    found = checked(form)
    assert found.is_valid, found
    return found.changes


def group_of(form: Form, path: str) -> GroupSpec:
    return next(spec for spec in specs_of(form.model) if isinstance(spec, GroupSpec) and spec.path == (path,))


@pytest.mark.parametrize(
    ("field", "text", "change"),
    [
        (("unit",), "tokens/s", Change(("workloads", "chat", "unit"), SET, "tokens/s")),
        (("throughput",), "H100: 12", Change(("workloads", "chat", "throughput"), SET, {"H100": 12.0})),
        (("title",), "Chat", Change(("workloads", "chat", "title"), SET, "Chat")),
        (("assumption",), "", Change(("workloads", "chat", "assumption"), REMOVE)),
        (("spot", "max_share"), "50 %", Change(("workloads", "chat", "spot"), SET, {"max_share": 0.5})),
        (("eligible", "pools"), "aws-h100", Change(("workloads", "chat", "eligible"), SET, {"pools": ["aws-h100"]})),
        (
            ("streams", 0, "demand"),
            "start 12 k, growth 40 %",
            Change(("workloads", "chat", "streams", "us", "demand"), SET, {"start": 12000.0, "growth_per_year": 0.4}),
        ),
        (
            ("streams", 0, "demand"),
            "2026-01: 5, 2026-03: 9",
            Change(
                ("workloads", "chat", "streams", "us", "demand"),
                SET,
                {"steps": {date(2026, 1, 1): 5.0, date(2026, 3, 1): 9.0}},
            ),
        ),
        (
            ("streams", 0, "demand"),
            "points 2026: 5, 2026-Q2: 1,200",
            Change(
                ("workloads", "chat", "streams", "us", "demand"),
                SET,
                {"points": {date(2026, 1, 1): 5.0, date(2026, 4, 1): 1200.0}},
            ),
        ),
        (
            ("streams", 0, "demand"),
            "1, 2, 3",
            Change(("workloads", "chat", "streams", "us", "demand"), SET, {"values": [1.0, 2.0, 3.0]}),
        ),
        (("streams", 0, "demand"), "1.2 k", Change(("workloads", "chat", "streams", "us", "demand"), SET, 1200.0)),
        (("streams", 0, "residency"), "us", Change(("workloads", "chat", "streams", "us", "residency"), SET, ["us"])),
    ],
)
def test_one_field_is_one_change(tiny: Scenario, field: FieldId, text: str, change: Change) -> None:
    assert changes(edit_form(tiny, "workloads", "chat").with_text(field, text)) == (change,)


def test_a_default_typed_out_is_given_then(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "chat").with_text(("enabled",), "true")
    assert changes(form) == (Change(("workloads", "chat", "enabled"), SET, True),)


def test_several_fields_in_one_step(tiny: Scenario) -> None:
    form = edit_form(tiny, "contracts", "oracle-ucm")
    form = form.with_text(("commitments", 1, "amount_usd"), "700 k").with_text(("discounts", 0, "discount"), "30 %")
    assert changes(form) == (
        Change(("contracts", "oracle-ucm", "discounts", 0, "discount"), SET, 0.3),
        Change(("contracts", "oracle-ucm", "commitments", "year", "amount_usd"), SET, 700000.0),
    )
    assert checked(form).words(form) == (
        "discounts[0].discount of oracle-ucm: 25 % -> 30 %; promise of oracle-ucm/year: $600 k -> $700 k"
    )


def test_a_stream_added_renamed_and_taken_away(lab: Scenario) -> None:
    form = edit_form(lab, "workloads", "chat")
    names = [form.texts[("streams", slot, NAME)] for slot in form.slots[("streams",)]]
    group, slots = group_of(form, "streams"), form.slots[("streams",)]
    renamed = changes(form.with_text(("streams", slots[1], NAME), "europe"))
    assert [(change.operation, change.path[-1], change.before) for change in renamed] == [
        (ADD, "europe", names[2]),
        (REMOVE, names[1], None),
    ]
    after = apply_all(lab, renamed).scenario.workloads["chat"]
    assert isinstance(after, Inference)
    assert list(after.streams) == [names[0], "europe", *names[2:]]
    gone = changes(form.without_entry(group, slots[0]))
    assert gone == (Change(("workloads", "chat", "streams", names[0]), REMOVE),)
    added = changes(form.with_entry(group))
    assert [(change.operation, change.path[-1]) for change in added] == [(ADD, "stream")]


def test_a_gang_added(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "fine-tune").with_entry(
        group_of(edit_form(tiny, "workloads", "fine-tune"), "gangs")
    )
    added = form.slots[("gangs",)][-1]
    assert "a second gang of 16" in checked(form).at_fields[("gangs", added, "accelerators")].words
    form = form.with_text(("gangs", added, "accelerators"), "32").with_text(("gangs", added, "efficiency"), "95 %")
    path = ("workloads", "fine-tune", "gangs")
    assert changes(form) == (Change(path, SET, [{"accelerators": 16}, {"accelerators": 32, "efficiency": 0.95}]),)


def test_a_renamed_service_is_renamed_where_it_is_called(lab: Scenario) -> None:
    after = apply_all(lab, changes(edit_form(lab, "workloads", "codex").with_text(OWN_NAME, "coder"))).scenario
    agents = after.workloads["coding-agents"]
    assert isinstance(agents, Agents)
    assert agents.calls[0].workload == "coder"
    assert list(after.workloads).index("coder") == list(lab.workloads).index("codex")


def test_a_renamed_pool_is_renamed_where_it_is_named(scale_up: Scenario) -> None:
    form = edit_form(scale_up, "pools", "aws-use2-p5").with_text(OWN_NAME, "ohio")
    after = apply_all(scale_up, changes(form)).scenario
    before = scale_up.workloads["base-model"].eligible.pools
    assert before is not None
    assert after.workloads["base-model"].eligible.pools == [
        "ohio" if name == "aws-use2-p5" else name for name in before
    ]


def test_what_nobody_names_goes_alone(tiny: Scenario) -> None:
    found = removal(tiny, [("workloads", "chat")])
    assert found.changes == (Change(("workloads", "chat"), REMOVE),)
    assert found.named_by == ()
    assert not found.refused


def test_what_is_named_takes_the_names_along(lab: Scenario) -> None:
    found = removal(lab, [("workloads", "codex")])
    assert found.named_by == ("coding-agents calls it",)
    assert removal_words(found).endswith("\n- coding-agents calls it")
    after = apply_all(lab, found.changes).scenario
    agents = after.workloads["coding-agents"]
    assert isinstance(agents, Agents)
    assert all(call.workload != "codex" for call in agents.calls)
    contract = removal(lab, [("contracts", "aws")])
    assert len(contract.named_by) == 3
    assert all(offer.contract != "aws" for offer in apply_all(lab, contract.changes).scenario.offers)


def test_a_caller_deleted_with_the_service_needs_no_question(lab: Scenario) -> None:
    found = removal(lab, [("workloads", "codex"), ("workloads", "coding-agents")])
    assert found.named_by == ()
    assert len(found.changes) == 2


def test_several_prices_are_deleted_from_the_last_on(scale_up: Scenario) -> None:
    found = removal(scale_up, [("offers", 0), ("offers", 3), ("offers", 1)])
    assert not found.refused
    left = [offer for at, offer in enumerate(scale_up.offers) if at not in (0, 1, 3)]
    assert apply_all(scale_up, found.changes).scenario.offers == left


@pytest.mark.parametrize(
    ("owners", "words"),
    [
        ([("offers", 0)], "no offer for p5.48xlarge in us-east-1"),
        ([("workloads", "chat"), ("workloads", "fine-tune")], "workloads: found an empty mapping"),
    ],
)
def test_what_cannot_go_is_refused_with_the_reason(tiny: Scenario, owners: list[tuple[str, str]], words: str) -> None:
    found = removal(tiny, owners)  # type: ignore[arg-type]
    assert words in found.refused
    assert found.changes == ()


def test_a_workload_s_only_pool_cannot_go(tiny: Scenario) -> None:
    limited = apply_all(tiny, [Change(("workloads", "chat", "eligible"), SET, {"pools": ["aws-h100"]})]).scenario
    found = removal(limited, [("pools", "aws-h100")])
    assert found.refused == "chat names it among its pools, and nowhere else"


def test_disabled_and_enabled_again(tiny: Scenario) -> None:
    off = tuple(enabling_changes(tiny, ["chat", "fine-tune"]))
    after = apply_all(tiny, off).scenario
    assert not any(workload.enabled for workload in after.workloads.values())
    again = tuple(enabling_changes(after, ["chat", "fine-tune"]))
    assert apply_all(after, again).scenario == tiny
    one = apply_all(tiny, tuple(enabling_changes(tiny, ["chat"]))).scenario
    assert [change.path[1] for change in enabling_changes(one, ["chat", "fine-tune"])] == ["fine-tune"]
