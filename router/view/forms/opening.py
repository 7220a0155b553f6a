"""Forms opened: of an entry, of a copy of it, of a new one like those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from router.change.offer_names import offer_name
from router.change.tree import plain
from router.problem.calendar import Calendar, build_calendar
from router.reading.key_path import Key
from router.scenario.base import Part
from router.scenario.contract import Contract
from router.scenario.dates import add_months
from router.scenario.offer import ANY_REGION, Offer, Pool
from router.scenario.scenario import Scenario
from router.scenario.workload import Agents, Inference, Training
from router.view.forms.filling import opened_form
from router.view.forms.form import NAME, Collection, FieldId, Form, Subject, unique_name
from router.view.forms.samples import with_samples

WORKLOAD_KIND_WORDS = {
    "inference": "inference service",
    "training": "training job",
    "agents": "fleet of CPU agents",
}
WORKLOAD_KINDS = tuple(WORKLOAD_KIND_WORDS)

_MODELS: Mapping[str, type[Part]] = {"inference": Inference, "training": Training, "agents": Agents}
_OTHERS: Mapping[Collection, type[Part]] = {"pools": Pool, "offers": Offer, "contracts": Contract}
_TERMS = (12, 36, 24, 48, 60, 6, 3, 1)
_ASSUMED = "entered in the app"


def edit_form(scenario: Scenario, collection: Collection, key: Key | int) -> Form:
    """The form of an entry. ``key``: its name; among offers, its index. Raises KeyError or IndexError."""
    entry = getattr(scenario, collection)[key]
    return opened_form(scenario, Subject(collection, key), type(entry), str(key), plain(entry))


def duplicate_form(scenario: Scenario, collection: Collection, key: Key | int) -> Form:
    """The form of a new entry, all of it like one that is there, behind that one."""
    entries = getattr(scenario, collection)
    data = plain(entries[key])
    if collection == "offers":
        assert isinstance(key, int)
        data = _free_offer(scenario, data)
        form = opened_form(scenario, Subject(collection, None, key + 1), Offer, "", data)
    else:
        name = unique_name(str(key), entries)
        form = opened_form(scenario, _behind(scenario, collection, key), type(entries[key]), name, data)
    copied = offer_name(entries[key]) if isinstance(entries[key], Offer) else key
    return replace(form, told_first=f"All values are copied from {copied}: change what differs.")


def new_form(
    scenario: Scenario, collection: Collection, near: Key | int | None = None, kind: str = "inference"
) -> Form:
    """The form of a new entry that is valid once how much there is of it is typed: demand, work, capacity, price,
    promise. A figure that nobody typed would be planned for all the same.

    ``near``: the entry it goes behind and resembles, where one is. ``kind``: of a workload.
    """
    if collection == "workloads":
        like = _similar(scenario, near, kind)
        data = _new_workload(scenario, None if like is None else scenario.workloads[like], kind)
        name, model = unique_name(f"{kind}-1", scenario.workloads), _MODELS[kind]
        subject = _behind(scenario, collection, near)
    elif collection == "offers":
        at = near if isinstance(near, int) else len(scenario.offers) - 1
        like, data = offer_name(scenario.offers[at]), _new_offer(scenario, at)
        name, model, subject = "", Offer, Subject(collection, None, at + 1)
    else:
        if near is None:
            near = next(reversed(getattr(scenario, collection)), None)
        like, name, data = _new_pool(scenario, str(near)) if collection == "pools" else _new_contract(scenario, near)
        model, subject = _OTHERS[collection], _behind(scenario, collection, near)
    return with_samples(opened_form(scenario, subject, model, name, data), like)


def _behind(scenario: Scenario, collection: Collection, key: Key | int | None) -> Subject:
    names = list(getattr(scenario, collection))
    following = names[names.index(key) + 1 :] if key in names else []
    return Subject(collection, None, following[0] if following else None)


def _similar(scenario: Scenario, near: Key | int | None, kind: str) -> str | None:
    """The name of the workload of a kind that is nearest: the one given, else the last of that kind."""
    of_kind = [name for name, workload in scenario.workloads.items() if workload.kind == kind]
    return str(near) if near in of_kind else next(reversed(of_kind), None)


def _new_workload(scenario: Scenario, like: Inference | Training | Agents | None, kind: str) -> dict[str, Any]:
    throughput = dict(like.throughput) if like is not None else _any_throughput(scenario, kind)
    data: dict[str, Any] = {"kind": kind, "throughput": throughput}
    calendar = build_calendar(scenario.horizon)
    if kind == "training":
        return data | _new_job(calendar, like if isinstance(like, Training) else None)
    if isinstance(like, (Inference, Agents)):
        first = next(iter(like.streams.values()))
        unit, value = like.unit, like.value_of_unserved_usd_per_unit_hour
        geography = first.geography
    else:
        unit = "agents" if kind == "agents" else "requests/s"
        geography, value = next(iter(_geographies(scenario))), 1.0
    return data | {
        "unit": unit,
        "value_of_unserved_usd_per_unit_hour": value,
        "streams": {geography: {"geography": geography}},
    }


def _new_job(calendar: Calendar, like: Training | None) -> dict[str, Any]:
    gangs = [{"accelerators": 8}] if like is None else plain(like.gangs)
    return {"gangs": gangs, "earliest_start": calendar.horizon_start, "deadline": calendar.horizon_end}


def _any_throughput(scenario: Scenario, kind: str) -> dict[str, float]:
    """One unit for each accelerator that a pool has; for agents, and where there are none, for each vCPU."""
    kinds = dict.fromkeys(scenario.instance_types[pool.instance_type].accelerator for pool in scenario.pools.values())
    accelerators = [name for name in kinds if name is not None]
    return {"vcpu": 1.0} if kind == "agents" or not accelerators else dict.fromkeys(accelerators, 1.0)


def _geographies(scenario: Scenario) -> Iterator[str]:
    return (region.geography for provider in scenario.providers.values() for region in provider.regions.values())


def _new_pool(scenario: Scenario, near: str) -> tuple[str, str, dict[str, Any]]:
    """What it resembles, a name, and plain data."""
    like = scenario.pools[near]
    where = {"provider": like.provider, "region": like.region, "instance_type": like.instance_type}
    return near, unique_name(near, scenario.pools), where | {"assumption": _ASSUMED}


def _new_contract(scenario: Scenario, near: Key | int | None) -> tuple[None, str, dict[str, Any]]:
    """No contract is like another; a name, and plain data."""
    provider = scenario.contracts[str(near)].provider if near is not None else next(iter(scenario.providers))
    start = scenario.horizon.start
    data = {
        "provider": provider,
        "start": start,
        "end": add_months(start, 12),
        "commitments": {"year": {"window": "contract_year"}},
        "assumption": _ASSUMED,
    }
    return None, unique_name(f"{provider}-contract", scenario.contracts), data


def _new_offer(scenario: Scenario, at: int) -> dict[str, Any]:
    like = scenario.offers[at]
    data = {
        "provider": like.provider,
        "region": like.region,
        "instance_type": like.instance_type,
        "purchase_option": "on_demand",
        "assumption": _ASSUMED,
    }
    return _free_offer(scenario, data)


def _free_offer(scenario: Scenario, data: dict[str, Any]) -> dict[str, Any]:
    """The offer, in the nearest variant for which there is no price yet: region, term, purchase option."""
    taken = {_identity(plain(offer)) for offer in scenario.offers}
    return next((variant for variant in _variants(scenario, data) if _identity(variant) not in taken), data)


def _variants(scenario: Scenario, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    provider = data["provider"]
    regions = [*scenario.providers[provider].regions, ANY_REGION]
    yield data
    yield from ({**data, "region": region} for region in regions)
    plain_offer = {
        key: value for key, value in data.items() if key not in ("term_months", "contract", "interruption_rate")
    }
    if data["purchase_option"] != "reserved":
        yield {**plain_offer, "purchase_option": "on_demand"}
    yield from ({**plain_offer, "purchase_option": "reserved", "term_months": months} for months in _TERMS)
    for region in regions:
        yield {**plain_offer, "purchase_option": "spot", "region": region}


def _identity(data: Mapping[str, Any]) -> tuple[Any, ...]:
    keys = ("provider", "instance_type", "purchase_option", "term_months", "contract")
    return (data.get("region", ANY_REGION), *(data.get(key) for key in keys))


def first_field(form: Form, row: tuple[str, ...]) -> FieldId:
    """The field that a grid's row is about: the first of a stream, commitment or discount; else of all."""
    inside = row[2:] if row[:1] == (form.subject.collection,) else row[1:]
    for path, slots in form.slots.items():
        for at, slot in enumerate(slots):
            is_listed = inside[:2] == (str(path[0]), str(at))
            if is_listed or form.texts.get((*path, slot, NAME)) in inside[:1]:
                return (*path, slot)
    return form.fields[0].id
