"""What is wrong with a form, at which field, in the words of a file's checks."""

from __future__ import annotations

from datetime import date

import pytest

from router.scenario.scenario import Scenario
from router.view.forms.checked import Checked, checked
from router.view.forms.form import NAME, OWN_NAME, FieldId, Form, FormField
from router.view.forms.opening import edit_form, new_form
from router.view.forms.specs import GroupSpec, specs_of

STREAM: FieldId = ("streams", 0)


def told(form: Form, field: FieldId, text: str) -> str:
    """What is told at a field when a text is typed into it, and nothing at any other."""
    found = checked(form.with_text(field, text))
    assert list(found.at_fields) == [field], found
    assert not found.is_valid
    assert found.changes == ()
    return found.at_fields[field].words


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (OWN_NAME, "", "found empty text, expected text that is not empty"),
        (OWN_NAME, " chat", "expected a name without blanks around it"),
        (OWN_NAME, "a=b", "expected a name without brackets, '=', tabs or line breaks"),
        (OWN_NAME, "fine-tune", "found 'fine-tune', expected a new name: there is a workload of it"),
        (("unit",), "", "found nothing, expected text"),
        (("value_of_unserved_usd_per_unit_hour",), "dear", "found text 'dear', expected a number such as"),
        (("value_of_unserved_usd_per_unit_hour",), "-1", "found -1, expected a number of at least 0"),
        (("value_of_unserved_usd_per_unit_hour",), "5 m", "did you mean '5 M'?"),
        (("value_of_unserved_usd_per_unit_hour",), "", "found nothing"),
        (("throughput",), "H10: 5", "line 1, H10: found unknown accelerator or instance type 'H10'"),
        (("throughput",), "H100: 5\nvcpu: many", "line 2, vcpu: found text 'many', expected a number"),
        (("throughput",), "H100: 5\nH100: 6", "in line 2"),
        (("throughput",), "H100: [", "found text that is not YAML"),
        (("throughput",), "H100: 0", "line 1, H100: found 0, expected a number above 0"),
        (("throughput",), "", "found nothing"),
        ((*STREAM, NAME), "", "found the key '', expected text that is not empty"),
        ((*STREAM, "geography"), "su", "found unknown geography 'su', expected 'us'"),
        ((*STREAM, "demand"), "values 1, 2", "found 2 values, expected 3, one for each period of the horizon"),
        ((*STREAM, "demand"), "2026-13: 5", "expected"),
        ((*STREAM, "demand"), "2026-01: 5, 2026-01: 6", "found 2026-01-01 a second time, expected each date once"),
        ((*STREAM, "demand"), "2026-01: 5, 2026-02", "expected a date and its value"),
        ((*STREAM, "demand"), "start 12 k", "expected `start 12 k, growth 40 %`"),
        ((*STREAM, "demand"), "start 5, growth much", "found text 'much', expected a share such as 0.05 or 5 %"),
        ((*STREAM, "demand"), "values", "found no values"),
        ((*STREAM, "demand"), "points", "found no dates"),
        ((*STREAM, "slice_multipliers"), "peak: 2", "found no multiplier for base, expected one for every slice"),
        (("survive_provider_loss",), "2", "found 2, expected a share of at most 1; did you mean '2 %'?"),
        (("survive_provider_loss",), "120 %", "expected a number of at least 0 and at most 1"),
        (("residency",), "us, mars", "found unknown geography 'mars'"),
        (("residency",), "us,,eu", "found nothing there, expected a name on each side of a comma"),
        (("eligible", "pools"), "aws-h10", "found unknown pool 'aws-h10'"),
        (("eligible", "exclude"), "polls: [aws-h100]", "line 1, polls: found the unknown key 'polls'"),
        (("enabled",), "maybe", "found text 'maybe', expected true or false"),
        (("as_of",), "2026-02-30", "found 2026-02-30, expected a day of the calendar"),
        (("as_of",), "soon", "found text 'soon', expected a date such as 2026-01-31"),
    ],
)
def test_a_service_s_mistakes(tiny: Scenario, field: FieldId, text: str, words: str) -> None:
    assert words in told(edit_form(tiny, "workloads", "chat"), field, text)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (("work",), "0", "found 0, expected a number above 0"),
        (("deadline",), "2025-01-01", "found 2025-01-01, expected a day after earliest_start, 2026-01-01"),
        (("earliest_start",), "2026-1-1", "expected a date such as 2026-01-31"),
        (("gangs", 0, "accelerators"), "1.5", "expected a whole number"),
        (("gangs", 0, "accelerators"), "0", "expected a whole number of at least 1"),
        (("gangs", 0, "efficiency"), "95", "did you mean '95 %'?"),
        (("dataset", "provider"), "aws", "found nothing"),
    ],
)
def test_a_training_job_s_mistakes(tiny: Scenario, field: FieldId, text: str, words: str) -> None:
    form = edit_form(tiny, "workloads", "fine-tune").with_text(field, text)
    found = checked(form)
    assert len(found.at_fields) == 1
    assert words in next(iter(found.at_fields.values())).words


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (("provider",), "awz", "found unknown provider 'awz', expected one of aws, oracle; did you mean 'aws'?"),
        (("region",), "us-east-2", "did you mean 'us-east-1'?"),
        (("capacity",), "2026-01: 6, 2026-02: -1", "found -1, expected a number of at least 0"),
        (("capacity",), "six", "found text 'six', expected a number"),
        (("spot_capacity",), "9", "found up to 9 instances as spot, expected at most the capacity, 6"),
        (("whole_instances",), "perhaps", "expected true or false or 'auto'"),
    ],
)
def test_a_pool_s_mistakes(tiny: Scenario, field: FieldId, text: str, words: str) -> None:
    found = checked(edit_form(tiny, "pools", "aws-h100").with_text(field, text))
    assert field in found.at_fields, found
    assert words in found.at_fields[field].words


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (("purchase_option",), "on demand", "did you mean 'on_demand'?"),
        (("purchase_option",), "reserved", "found a reserved offer without a term, expected `term_months`"),
        (("term_months",), "12", "found a term on purchase option on_demand"),
        (("usd_per_hour",), "free", "found text 'free', expected a number"),
        (("contract",), "oracle-ucm", "found a contract on purchase option on_demand"),
        (("instance_type",), "BM.GPU.H100.8", "found 'BM.GPU.H100.8' of provider 'oracle'"),
        (("as_of",), "", "found a price without its origin"),
    ],
)
def test_a_price_s_mistakes(tiny: Scenario, field: FieldId, text: str, words: str) -> None:
    found = checked(edit_form(tiny, "offers", 0).with_text(field, text))
    assert any(words in problem.words for problem in found.at_fields.values()), found


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (("end",), "2025-01-01", "found 2025-01-01, expected a day after the start, 2026-01-01"),
        (("discounts", 0, "discount"), "100 %", "expected a number of at least -1 and below 1"),
        (("discounts", 0, "applies_to", "providers"), "awz", "did you mean 'aws'?"),
        (("commitments", 1, "amount_usd"), "[1 M, 2 M]", "found 2 amounts, expected 1"),
        (("commitments", 1, "amount_usd"), "", "found a commitment without windows"),
        (("commitments", 1, "window"), "year", "found 'year', expected one of contract_year, calendar_year, term"),
        (("commitments", 1, "shortfall_rate"), "2", "expected a share of at most 1"),
        (("commitments", 1, "carry_forward"), "{max_share: lots}", "found text 'lots'"),
        (("tiers", "method"), "graduated", "found nothing"),
    ],
)
def test_a_contract_s_mistakes(tiny: Scenario, field: FieldId, text: str, words: str) -> None:
    found = checked(edit_form(tiny, "contracts", "oracle-ucm").with_text(field, text))
    assert any(words in problem.words for problem in found.at_fields.values()), found


def test_all_mistakes_come_in_one_go(tiny: Scenario) -> None:
    form = edit_form(tiny, "workloads", "chat")
    for field, text in ((("unit",), ""), ((*STREAM, "geography"), "su"), (("survive_provider_loss",), "7")):
        form = form.with_text(field, text)
    found = checked(form)
    assert set(found.at_fields) == {("unit",), (*STREAM, "geography"), ("survive_provider_loss",)}
    assert found.words(form) == "3 mistakes: at unit; geography; survives provider loss"


def test_what_is_wrong_elsewhere_then_is_told(tiny: Scenario) -> None:
    form = edit_form(tiny, "offers", 0).with_text(("region",), "any").with_text(("usd_per_hour",), "2030-01: 5")
    found = checked(form)
    assert not found.at_fields
    assert found.elsewhere == (
        "pools.aws-h100: found no price of p5.48xlarge in us-east-1 before 2030-01-01, "
        "expected one from the start of a period on, 2026-03-01 at the latest",
    )
    assert found.words(form).startswith("1 mistake: pools.aws-h100: ")


def test_two_streams_of_one_name(tiny: Scenario) -> None:
    group = next(spec for spec in specs_of(edit_form(tiny, "workloads", "chat").model) if isinstance(spec, GroupSpec))
    form = edit_form(tiny, "workloads", "chat").with_entry(group)
    added = form.slots[("streams",)][-1]
    assert form.texts[("streams", added, NAME)] == "stream"
    assert checked(form).is_valid
    found = checked(form.with_text(("streams", added, NAME), "us"))
    assert "found a second stream 'us', expected another name" in found.at_fields[("streams", added, NAME)].words


def test_the_last_stream_and_the_last_gang_cannot_go(tiny: Scenario) -> None:
    for name, path in (("chat", "streams"), ("fine-tune", "gangs")):
        form = edit_form(tiny, "workloads", name)
        group = next(spec for spec in specs_of(form.model) if isinstance(spec, GroupSpec) and spec.path == (path,))
        found = checked(form.without_entry(group, 0))
        assert list(found.at_fields) == [(path,)]
        assert "found nothing" in found.at_fields[(path,)].words


def test_agents_call_only_services_and_each_once(lab: Scenario) -> None:
    form = edit_form(lab, "workloads", "coding-agents")
    call = next(field.id for field in form.fields if field.id[0] == "calls" and field.id[-1] == "workload")
    assert "unknown inference workload 'codx'" in checked(form.with_text(call, "codx")).at_fields[call].words
    assert "which is not inference" in checked(form.with_text(call, "distill-2026")).at_fields[call].words


def test_a_new_name_that_is_taken(tiny: Scenario) -> None:
    form = new_form(tiny, "pools", "aws-h100")
    assert form.texts[OWN_NAME] == "aws-h100-2"
    found: Checked = checked(form.with_text(OWN_NAME, "oracle-h100"))
    assert found.at_fields[OWN_NAME].words == "found 'oracle-h100', expected a new name: there is a pool of it"


def test_a_new_job_s_dates_are_the_horizon_s(tiny: Scenario) -> None:
    form = new_form(tiny, "workloads", None, "training")
    assert form.held[("earliest_start",)].value == tiny.horizon.start
    assert form.held[("deadline",)].value == date(2026, 4, 1)


def test_every_field_of_a_form_can_be_wrong_without_an_exception(tiny: Scenario, lab: Scenario) -> None:
    junk = ("[", "{a: b}", "x", "-", "'", "2026-01: ", ": :", "\t", "a, b", "- 1", "nan", "1e999", "9" * 400, "%", "\0")
    forms = [
        edit_form(tiny, "contracts", "oracle-ucm"),
        edit_form(tiny, "offers", 0),
        edit_form(tiny, "pools", "aws-h100"),
        edit_form(lab, "workloads", "coding-agents"),
        edit_form(tiny, "workloads", "fine-tune"),
    ]
    for form in forms:
        for field in form.fields:
            assert isinstance(field, FormField)
            for text in junk:
                typed = form.with_text(field.id, text)
                found = checked(typed)
                assert found.words(typed)
                assert "Traceback" not in found.words(typed)
