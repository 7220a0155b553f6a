"""What a new entry's form starts with is told and marked, until something else is typed."""

from __future__ import annotations

import pytest

from router.scenario.scenario import Scenario
from router.view.forms.checked import checked
from router.view.forms.form import NAME, OWN_NAME, Collection
from router.view.forms.opening import duplicate_form, edit_form, new_form
from router.view.forms.specs import GroupSpec, specs_of


@pytest.mark.parametrize(
    ("collection", "near", "kind", "words"),
    [
        ("workloads", "chat", "inference", "copied from chat or assumed"),
        ("workloads", None, "agents", "Values marked ~ are samples: change"),
        ("pools", "aws-h100", "", "copied from aws-h100 or assumed"),
        ("offers", 0, "", "copied from aws/us-east-1/p5.48xlarge/on_demand or assumed"),
        ("contracts", "oracle-ucm", "", "Values marked ~ are samples: change"),
    ],
)
def test_where_values_come_from_is_told_first(
    tiny: Scenario, collection: Collection, near: str | int | None, kind: str, words: str
) -> None:
    form = new_form(tiny, collection, near, kind)
    assert words in form.notice
    assert form.notice.endswith("change what differs.")
    filled = {field for field, text in form.texts.items() if text and field[-1] not in (NAME, "assumption")}
    assert filled == {field for field in form.texts if form.is_sample(field)}


def test_a_sample_that_is_typed_over_is_none(tiny: Scenario) -> None:
    form = new_form(tiny, "workloads", "chat", "inference")
    assert form.is_sample(("unit",))
    assert not form.is_sample(OWN_NAME)
    assert not form.with_text(("unit",), "requests/s").is_sample(("unit",))


def test_nothing_that_decides_is_copied(tiny: Scenario) -> None:
    form = new_form(tiny, "workloads", "fine-tune", "training")
    assert form.texts[("work",)] == form.texts[("value_of_unserved_usd",)] == ""
    assert new_form(tiny, "workloads", "chat", "inference").texts[("streams", 0, "demand")] == ""


def test_a_figure_taken_out_of_what_was_there_is_a_mistake_and_not_blank(tiny: Scenario) -> None:
    found = checked(edit_form(tiny, "workloads", "chat").with_text(("streams", 0, "demand"), ""))
    assert not found.at_fields[("streams", 0, "demand")].is_blank


def test_blank_and_wrong_are_told_as_mistakes(tiny: Scenario) -> None:
    form = new_form(tiny, "workloads", "chat", "inference").with_text(("unit",), "")
    assert checked(form).words(form) == "2 mistakes: at unit; demand"


def test_an_entry_has_no_notice_until_one_is_added_to_a_group(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "chat")
    assert form.notice == ""
    streams = next(spec for spec in specs_of(form.model) if isinstance(spec, GroupSpec) and spec.path == ("streams",))
    added = form.with_entry(streams)
    slot = added.slots[("streams",)][-1]
    assert added.is_sample(("streams", slot, "demand"))
    assert not added.is_sample(("streams", slot, NAME))
    assert not added.is_sample(("streams", 0, "demand"))
    assert "samples" in added.notice


def test_a_copy_says_of_what(tiny: Scenario) -> None:
    assert duplicate_form(tiny, "workloads", "chat").notice == "All values are copied from chat: change what differs."
    assert "aws/us-east-1/p5.48xlarge/on_demand" in duplicate_form(tiny, "offers", 0).notice
