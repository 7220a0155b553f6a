"""Numbers and names as they are typed, completed and told back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.reading.quantity import parse_quantity, parse_share
from router.report.letters import letters_for
from router.scenario.scenario import Scenario
from router.view.forms.choices import choices_of, completed, next_choice, next_choice_in, with_choice, with_choice_in
from router.view.forms.explained import help_of, placeholder_of, read_back
from router.view.forms.form import OWN_NAME, FieldId, Form, FormField, unique_name
from router.view.forms.number_text import number_text
from router.view.forms.opening import edit_form, new_form


def field_of(form: Form, field: FieldId) -> FormField:
    return next(item for item in form.fields if item.id == field)


@given(st.floats(min_value=0, max_value=1e18, allow_nan=False))
def test_a_number_is_read_as_it_was_written(value: float) -> None:
    assert parse_quantity(number_text(value)) == value
    assert parse_share(number_text(value, in_percent=True)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(600_000, "600 k"), (38e9, "38 B"), (10_752, "10752"), (1.5e6, "1.5 M"), (55.04, "55.04"), (9_000, "9000")],
)
def test_large_numbers_are_short(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_share_is_in_percent() -> None:
    assert number_text(0.25, in_percent=True) == "25 %"


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("chat", set(), "chat"),
        ("chat", {"chat"}, "chat-2"),
        ("chat-2", {"chat-2", "chat-3"}, "chat-4"),
        ("gpt-4o", {"gpt-4o"}, "gpt-4o-2"),
    ],
)
def test_names_are_unique(wanted: str, taken: set[str], name: str) -> None:
    assert unique_name(wanted, taken) == name


def test_the_last_name_is_completed() -> None:
    names = ("us", "eu", "asia")
    assert completed("e", names, is_list=False) == "eu"
    assert completed("us, a", names, is_list=True) == "us, asia"
    assert completed("", names, is_list=False) is None
    assert completed("us", names, is_list=False) is None
    assert next_choice("us", names, is_list=False) == "eu"
    assert next_choice("asia", names, is_list=False) == "us"
    assert next_choice("us, eu", names, is_list=True) == "us, asia"
    assert next_choice("x", (), is_list=False) is None
    assert with_choice("us", "eu", is_list=True) == "us, eu"
    assert with_choice("us, eu", "eu", is_list=True) == "us, eu"
    assert with_choice("us", "eu", is_list=False) == "eu"


def test_regions_are_those_of_the_provider_typed(lab: Scenario) -> None:
    form = new_form(lab, "offers", 0)
    region = field_of(form, ("region",))
    for provider in ("aws", "oracle"):
        typed = form.with_text(("provider",), provider)
        assert choices_of(typed, region) == (*lab.providers[provider].regions, "any")
        kinds = choices_of(typed, field_of(form, ("instance_type",)))
        assert {lab.instance_types[name].provider for name in kinds} == {provider}


def test_names_added_to_lines_and_suggestions_taken(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "chat")
    throughput = field_of(form, ("throughput",))
    assert next_choice_in(form, throughput, None) == "H100: 10\nvcpu: "
    assert with_choice_in(form, throughput, "p5.48xlarge") == "H100: 10\np5.48xlarge: "
    assert with_choice_in(form, throughput, "H100") == "H100: 10"
    assert next_choice_in(form, field_of(form, ("streams", 0, "geography")), "us") == "us"
    assert next_choice_in(form, field_of(form, OWN_NAME), None) is None


def test_every_field_says_what_it_is_for(lab: Scenario) -> None:
    for collection, key in (
        ("workloads", "coding-agents"),
        ("pools", "azure-us-gb300"),
        ("offers", 0),
        ("contracts", "aws"),
    ):
        form = edit_form(lab, collection, key)  # type: ignore[arg-type]
        for field in form.fields:
            assert help_of(form, field), field
            assert field.label


def test_defaults_stand_in_empty_fields(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "chat")
    assert placeholder_of(field_of(form, ("spot", "max_share"))) == "left out: 100 %"
    assert placeholder_of(field_of(form, ("enabled",))) == "left out: true"
    assert placeholder_of(field_of(form, ("title",))) == ""


def test_a_series_is_read_back(tiny: Scenario) -> None:
    form, letters = edit_form(tiny, "workloads", "chat"), letters_for("utf-8")
    demand = field_of(form, ("streams", 0, "demand"))
    assert read_back(form, demand, letters).endswith("240 in 2026-01, 400 in 2026-03")
    for text in ("", "lots", "values 1, 2", "2026-01: x"):
        assert read_back(form.with_text(demand.id, text), demand, letters) == ""
    pool = edit_form(tiny, "pools", "oracle-h100")
    assert read_back(pool, field_of(pool, ("capacity",)), letters).endswith("4 in 2026-01, 8 in 2026-03")
