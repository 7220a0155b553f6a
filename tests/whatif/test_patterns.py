"""Paths that address many places at once."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.change import Dates, Operation
from router.change.error import ChangeError
from router.change.path_text import read_target
from router.reading.position import Position
from router.whatif.patterns import read_targets
from tests.whatif.asking import after, changes_of, refused, tiny, world

AT = Position("file.yaml", 1, 1)


def names(text: str, operation: Operation = Operation.SCALE) -> list[str]:
    """The second step of each target."""
    return [str(target.path[1]) for target in read_targets(text, world(), AT, operation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pools.azure-*.capacity", ["azure-us-h100", "azure-eu-h100", "azure-us-gb300"]),
        ("pools[azure-us-*].capacity", ["azure-us-h100", "azure-us-gb300"]),
        ("pools.*-??-cpu.capacity", ["aws-us-cpu"]),
        ("pools[accelerator=GB300].capacity", ["azure-us-gb300", "aws-eu-gb300"]),
        ("pools[accelerator=none].capacity", ["aws-us-cpu"]),
        ("pools[ accelerator = GB300 | H100 , geography != us ].capacity", ["azure-eu-h100", "aws-eu-gb300"]),
        ("pools[provider!=azure].capacity", ["aws-eu-gb300", "aws-us-cpu"]),
        ("pools[name=*-us-*, provider=a*].capacity", ["azure-us-h100", "azure-us-gb300", "aws-us-cpu"]),
        ("pools[whole_instances=auto, geography=eu].capacity", ["azure-eu-h100", "aws-eu-gb300"]),
        ("pools.azure-us-h100.capacity", ["azure-us-h100"]),
        ("pools['azure-us-h100'].capacity", ["azure-us-h100"]),
        ("offers[azure/*].usd_per_hour", ["0", "1", "2", "3"]),
        ("offers[azure/res*].usd_per_hour", ["3"]),
        ("offers[*].usd_per_hour", ["0", "1", "2", "3", "4", "5"]),
        ("offers[provider=azure, purchase_option=on_demand|reserved].usd_per_hour", ["0", "2", "3"]),
        ("offers[accelerator=GB300].usd_per_hour", ["2", "3", "4"]),
        ("offers[geography=any].usd_per_hour", ["0", "2", "3"]),
        ("offers[term_months=12].usd_per_hour", ["3"]),
        ("offers[term_months=none, provider=azure].usd_per_hour", ["0", "1", "2"]),
        ("offers[name=*/spot].usd_per_hour", ["1"]),
        ("offers[3].usd_per_hour", ["3"]),
        ("contracts[provider!=aws].discounts[*].discount", ["azure"]),
        ("workloads[enabled=true, kind=training].work", ["pretrain"]),
    ],
)
def test_what_a_pattern_matches(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_patterns_inside_one_another_with_dates() -> None:
    targets = read_targets("workloads[kind=inference].streams[geography=eu].demand[2027..]", world(), AT)
    assert [target.path for target in targets] == [
        ("workloads", "chat", "streams", "eu", "demand"),
        ("workloads", "search", "streams", "eu", "demand"),
    ]
    assert {target.dates for target in targets} == {Dates(date(2027, 1, 1), date(2201, 1, 1))}


def test_what_does_not_lead_on_is_passed_by() -> None:
    # Training has no streams, and not every workload has a stream `us`.
    assert names("workloads.*.streams.us.demand") == ["chat"]
    assert [target.path[3] for target in read_targets("workloads.*.streams.*.demand", world(), AT)] == [
        "us",
        "eu",
        "eu",
        "all",
    ]


def test_a_pattern_passes_by_what_is_left_out_unless_it_is_set() -> None:
    assert names("pools.azure-*.spot_capacity") == ["azure-us-h100"]
    assert names("pools.azure-*.spot_capacity", Operation.SET) == ["azure-us-h100", "azure-eu-h100", "azure-us-gb300"]


def test_a_path_without_a_pattern_means_what_it_always_means() -> None:
    for text in (
        "pools.aws-h100.capacity",
        "offers[oracle/on_demand].usd_per_hour",
        "instance_types.p5.48xlarge.vcpu",
        "workloads.chat.streams.us.demand[2026-02..]",
        "pools.oracle-h100.capacity.2026-03-01",
    ):
        assert read_targets(text, tiny(), AT) == (read_target(text, tiny(), AT),)


def test_a_name_with_a_star_in_it_is_that_name() -> None:
    scenario = after(
        "- add: pools['azure-*']\n  value: {provider: azure, region: eastus, instance_type: az-h100, capacity: 1}"
    )
    assert [target.path[1] for target in read_targets("pools.azure-*.capacity", scenario, AT)] == ["azure-*"]
    assert [target.path[1] for target in read_targets("pools.azure-??-h100.capacity", scenario, AT)] == [
        "azure-us-h100",
        "azure-eu-h100",
    ]


def test_one_change_for_each_match() -> None:
    changes = changes_of("- scale: pools[accelerator=H100].capacity\n  by: 1.5")
    assert [(change.path, change.operation, change.value) for change in changes] == [
        (("pools", "azure-us-h100", "capacity"), Operation.SCALE, 1.5),
        (("pools", "azure-eu-h100", "capacity"), Operation.SCALE, 1.5),
    ]


def test_what_is_removed_is_removed_from_the_end() -> None:
    scenario = after("- remove: offers[purchase_option=reserved|spot]")
    assert [offer.purchase_option for offer in scenario.offers] == ["on_demand"] * 4
    assert names("offers[purchase_option=reserved|spot]", Operation.REMOVE) == ["3", "1"]


def test_adding_at_many_places() -> None:
    scenario = after("- add: contracts.*.note\n  value: to be renewed")
    assert {contract.note for contract in scenario.contracts.values()} == {"to be renewed"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "pools[accelerator=GB30].capacity",
            "pools: found nothing with accelerator=GB30, expected accelerator among GB300, H100, none; "
            "did you mean 'GB300'?",
        ),
        (
            "pools[accelerator!=*].capacity",
            "pools: found nothing with accelerator!=*, expected accelerator among GB300, H100, none",
        ),
        (
            "pools[provider=azure, accelerator=none].capacity",
            "pools: found nothing with accelerator=none, expected accelerator among GB300, H100",
        ),
        (
            "contracts[provder=aws].end",
            "contracts: found the unknown key 'provder' in a filter, expected one of name, provider; did you mean "
            "'provider'?",
        ),
        (
            "offers[usd_per_hour=3].usd_per_hour",
            "offers: found the key 'usd_per_hour' in a filter, which holds no plain text, expected one of name, "
            "assumption, provider, region, instance_type, purchase_option, term_months, accelerator, geography",
        ),
        (
            "pools[accelerator==GB300].capacity",
            "pools: found the filter 'accelerator==GB300', expected a filter such as accelerator=GB300, "
            "provider=aws|oracle or kind!=training",
        ),
        (
            "pools[accelerator=].capacity",
            "pools: found the filter 'accelerator=', expected a filter such as accelerator=GB300, "
            "provider=aws|oracle or kind!=training",
        ),
        (
            "pools.azrue-*.capacity",
            "pools: found nothing that 'azrue-*' matches, expected a pattern that matches one of azure-us-h100, "
            "azure-eu-h100, azure-us-gb300, aws-eu-gb300, aws-us-cpu; did you mean 'azure-*'?",
        ),
        (
            "workloads[kind=inference].streams[geography=asia].demand",
            "workloads.chat.streams: found nothing with geography=asia, expected geography among eu, us",
        ),
        (
            "pools.azure-us-h100.*",
            "pools.azure-us-h100: found the pattern '*', expected a pattern only for the names of a mapping or the "
            "entries of a list",
        ),
        (
            "*.azure-us-h100",
            "found the pattern '*', expected a pattern only for the names of a mapping or the entries of a list",
        ),
        (
            "contracts.aws.discounts[1*].discount",
            "contracts.aws.discounts: found nothing that '1*' matches, expected `*` for all entries, or a filter",
        ),
        (
            "offers.*.max_instances",
            "offers[0].max_instances: found nothing, as in 5 other places that match, expected something to scale",
        ),
        ("sources.*.title", "sources: found the pattern '*', expected something to choose from: nothing is there"),
        (
            "pools.aws-*.capacity[1999]",
            "pools.aws-eu-gb300.capacity: found dates from 1999-01-01 to 2000-01-01, expected dates within the "
            "horizon, 2026-07-01 to 2029-01-01",
        ),
        ("pools[", "found '[', expected an index, dates, the name of an offer or a key in quotes between '[' and ']'"),
    ],
)
def test_patterns_that_are_refused(path: str, message: str) -> None:
    (line,) = refused(f"- scale: {path!r}\n  by: 2")
    assert line.split(": ", 1)[1] == message


def test_a_mistyped_key_behind_a_pattern_is_told_once_with_the_nearest() -> None:
    (line,) = refused("- scale: pools.*.capacty\n  by: 2")
    assert "found the unknown key 'capacty'" in line
    assert line.endswith("did you mean 'capacity'?")


def test_many_conditions_are_refused() -> None:
    with pytest.raises(ChangeError, match="found a filter of 21, expected at most 20 conditions"):
        read_targets(f"pools[{','.join(['provider=a*'] * 21)}].capacity", world(), AT)
