"""Forms of every entry of every shipped scenario: untouched they change nothing, and copies are valid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from router.change.apply import apply_all
from router.reading.key_path import Key
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path, shipped_names
from router.view.forms.checked import checked
from router.view.forms.form import KINDS, NAME, Collection, FieldId, Form, Held
from router.view.forms.opening import WORKLOAD_KINDS, duplicate_form, edit_form, new_form


def entries(scenario: Scenario) -> Iterator[tuple[Collection, Key | int]]:
    for collection in KINDS:
        held = getattr(scenario, collection)
        yield from ((collection, key) for key in (range(len(held)) if isinstance(held, list) else held))


def typed_anew(form: Form) -> Form:
    """The form as if everybody had typed each text again, so that each is read and not taken from memory."""
    held = {
        field: Held(f"{held.text} ", held.value) if held.text and field[-1] != NAME else held
        for field, held in form.held.items()
    }
    return replace(form, held=held)


@pytest.mark.parametrize("name", shipped_names())
def test_a_form_confirmed_untouched_changes_nothing(name: str) -> None:
    scenario = load_scenario(scenario_path(name))
    for collection, key in entries(scenario):
        form = edit_form(scenario, collection, key)
        found = checked(form)
        assert found.is_valid, (collection, key, found)
        assert found.changes == (), (collection, key)
        assert not form.is_touched
        assert found.words(form) == "Nothing is changed."


@pytest.mark.parametrize("name", shipped_names())
def test_every_text_is_read_as_the_value_that_it_was_written_for(name: str) -> None:
    scenario = load_scenario(scenario_path(name))
    for collection, key in entries(scenario):
        found = checked(typed_anew(edit_form(scenario, collection, key)))
        assert found.is_valid, (collection, key, found)
        assert found.changes == (), (collection, key)


@pytest.mark.parametrize("name", shipped_names())
def test_a_copy_is_valid_at_once_and_is_taken_back_by_one_step(name: str) -> None:
    scenario = load_scenario(scenario_path(name))
    for collection, key in entries(scenario):
        found = checked(duplicate_form(scenario, collection, key))
        assert found.is_valid, (collection, key, found)
        applied = apply_all(scenario, found.changes)
        assert len(getattr(applied.scenario, collection)) == len(getattr(scenario, collection)) + 1
        assert apply_all(applied.scenario, applied.inverse).scenario == scenario


FIGURES: dict[str, tuple[FieldId, ...]] = {
    "inference": (("streams", 0, "demand"),),
    "agents": (("streams", 0, "demand"),),
    "training": (("work",), ("value_of_unserved_usd",)),
    "pools": (("capacity",),),
    "offers": (("usd_per_hour",),),
    "contracts": (("commitments", 0, "amount_usd"),),
}
"""What is left to type of each kind."""


@pytest.mark.parametrize("name", shipped_names())
def test_a_new_entry_needs_its_figures_typed_and_nothing_else(name: str) -> None:
    scenario = load_scenario(scenario_path(name))
    for collection, key in entries(scenario):
        for kind in WORKLOAD_KINDS if collection == "workloads" else ("",):
            form = new_form(scenario, collection, key, kind)
            found = checked(form)
            figures = FIGURES[kind or collection]
            assert tuple(found.at_fields) == figures, (collection, key, kind, found)
            assert all(problem.is_blank for problem in found.at_fields.values())
            assert not found.elsewhere
            assert found.changes == ()
            assert found.words(form).startswith("Still to be typed: ")
            for figure in figures:
                form = form.with_text(figure, "5")
            found = checked(form)
            assert found.is_valid, (collection, key, kind, found)
            assert len(found.changes) == 1


@pytest.mark.parametrize("name", shipped_names())
def test_any_entry_can_be_renamed_with_all_who_name_it(name: str) -> None:
    scenario = load_scenario(scenario_path(name))
    for collection, key in entries(scenario):
        if collection == "offers":
            continue
        form = edit_form(scenario, collection, key).with_text((NAME,), "renamed")
        found = checked(form)
        assert found.is_valid, (collection, key, found)
        after = apply_all(scenario, found.changes).scenario
        before = list(getattr(scenario, collection))
        assert list(getattr(after, collection)) == ["renamed" if other == key else other for other in before]
