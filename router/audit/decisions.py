"""The plan's decisions as arrays; a record of what the scenario does not have is a finding and left out."""

from __future__ import annotations

from collections.abc import Container, Hashable
from dataclasses import dataclass, field

import numpy as np

from router.audit.facts import Facts, Floats
from router.audit.report import Ledger
from router.audit.tolerance import QUANTITY, same_money, same_quantity, same_ratio
from router.plan.document import Plan, RentalRecord, ServingRecord, UnservedRecord
from router.scenario.workload import Agents

RentalLine = tuple[str, str, str | None]
"""Pool, purchase option, contract."""

LocalKey = tuple[int, str, int]
"""Index of the agents' stream, called workload, index of the provider."""


@dataclass
class Decisions:
    """Shapes: provided (stream, provider, period, slice), spot and unserved (stream, period, slice),
    use_firm and use_spot (pool, period, slice), averages of streams that may migrate (pool, period),
    rentals and local calls (period, slice)."""

    provided: Floats
    spot: Floats
    unserved: Floats
    use_firm: Floats
    use_spot: Floats
    averages: dict[int, Floats]
    rentals: dict[RentalLine, Floats] = field(default_factory=dict)
    local_calls: dict[LocalKey, Floats] = field(default_factory=dict)
    unserved_jobs: dict[str, float] = field(default_factory=dict)


class Reader:
    """Reads records one by one and reports those that refer to nothing, occur twice or are negative."""

    def __init__(self, facts: Facts, ledger: Ledger) -> None:
        self.facts = facts
        self.ledger = ledger
        self._seen: set[Hashable] = set()

    def period(self, period: int | None, where: str) -> bool:
        """Whether there is such a period."""
        count = self.facts.calendar.count
        if period is not None and 0 <= period < count:
            return True
        self.ledger.find("references", where, f"period {period}", f"a period from 0 to {count - 1}")
        return False

    def name(self, kind: str, found: str | None, known: Container[object], where: str) -> bool:
        """Whether the scenario has such a name."""
        if found in known:
            return True
        expected = (
            f"a {kind} that is planned, not disabled" if found in self.facts.disabled else f"a {kind} of the scenario"
        )
        self.ledger.find("references", where, f"{kind} {found}", expected)
        return False

    def stream(self, workload: str, stream: str | None, where: str) -> int | None:
        """The index of a stream that is planned; None, and a finding, where there is none."""
        index = self.facts.stream_index.get((workload, stream or ""))
        if index is None:
            expected = (
                "of a workload that is planned, not disabled" if workload in self.facts.disabled else "of the scenario"
            )
            self.ledger.find("references", where, f"stream {workload}/{stream}", f"a stream {expected}")
        return index

    def once(self, key: Hashable, where: str) -> None:
        """A second record of the same thing is a finding."""
        self.ledger.checks += 1
        if key in self._seen:
            self.ledger.find("duplicates", where, "a second record", "one record")
        self._seen.add(key)

    def not_negative(self, value: float, where: str, scale: float = 1.0) -> None:
        """Decisions are at least 0."""
        self.ledger.checks += 1
        if value < -QUANTITY * max(1.0, abs(scale)):
            self.ledger.find("non_negative", where, value, "at least 0")


def read_decisions(facts: Facts, plan: Plan, ledger: Ledger) -> Decisions:
    """Read serving, rentals, local calls and unserved demand."""
    periods, slices = facts.calendar.count, len(facts.calendar.slices)
    streams, pools = len(facts.streams), len(facts.pools)
    decisions = Decisions(
        provided=np.zeros((streams, len(facts.providers), periods, slices)),
        spot=np.zeros((streams, periods, slices)),
        unserved=np.zeros((streams, periods, slices)),
        use_firm=np.zeros((pools, periods, slices)),
        use_spot=np.zeros((pools, periods, slices)),
        averages={
            index: np.zeros((pools, periods))
            for index, stream in enumerate(facts.streams)
            if stream.workload.migration_usd_per_unit > 0
        },
    )
    reader = Reader(facts, ledger)
    for serving in plan.serving:
        _read_serving(reader, serving, decisions)
    for rental in plan.rentals:
        _read_rental(reader, rental, decisions)
    _read_local_calls(reader, plan, decisions)
    for unserved in plan.unserved:
        if unserved.stream is None:
            _read_unserved_job(reader, unserved, decisions)
        else:
            _read_unserved_stream(reader, unserved, decisions)
    return decisions


def _read_serving(reader: Reader, record: ServingRecord, decisions: Decisions) -> None:
    facts, ledger = reader.facts, reader.ledger
    where = (
        f"serving {record.workload}/{record.stream} in {record.pool}{' on spot' if record.spot else ''}, "
        f"period {record.period}, slice {record.slice}"
    )
    ledger.checks += 4
    stream_index = reader.stream(record.workload, record.stream, where)
    if stream_index is None:
        return
    if not (
        reader.name("pool", record.pool, facts.pool_index, where)
        and reader.period(record.period, where)
        and reader.name("slice", record.slice, facts.calendar.slice_index, where)
    ):
        return
    pool = facts.pool_index[record.pool]
    stream, slice_index = facts.streams[stream_index], facts.calendar.slice_index[record.slice]
    reader.once(("serving", stream_index, record.pool, record.period, record.slice, record.spot), where)
    reader.not_negative(record.quantity, where)
    units = (stream.spot if record.spot else stream.firm).get(record.pool)
    instances = record.instances
    if units is None:
        if record.quantity > QUANTITY:
            kind = "spot of a pool" if record.spot else "a pool"
            ledger.find("eligibility", where, record.quantity, f"nothing: not {kind} that it may use")
    else:
        instances = record.quantity / units
        if not same_ratio(record.instances, instances):
            ledger.find("serving_instances", where, record.instances, instances)
    at = (pool, record.period, slice_index)
    provider = int(facts.provider_of_pool[pool])
    decisions.provided[stream_index, provider, record.period, slice_index] += record.quantity
    if record.spot:
        decisions.spot[stream_index, record.period, slice_index] += record.quantity
        decisions.use_spot[at] += instances
    else:
        decisions.use_firm[at] += instances
    if stream_index in decisions.averages:
        share = facts.calendar.slice_shares[slice_index]
        decisions.averages[stream_index][pool, record.period] += share * record.quantity


def _read_rental(reader: Reader, record: RentalRecord, decisions: Decisions) -> None:
    facts, ledger = reader.facts, reader.ledger
    under = f" under {record.contract}" if record.contract else ""
    where = f"rental of {record.pool}, {record.purchase_option}{under}, "
    where += f"period {record.period}, slice {record.slice}"
    ledger.checks += 4
    if not (
        reader.name("pool", record.pool, facts.pool_index, where)
        and reader.period(record.period, where)
        and reader.name("slice", record.slice, facts.calendar.slice_index, where)
        and (record.contract is None or reader.name("contract", record.contract, facts.scenario.contracts, where))
    ):
        return
    line = (record.pool, str(record.purchase_option), record.contract)
    reader.once(("rental", *line, record.period, record.slice), where)
    reader.not_negative(record.instances, where)
    if record.instances > QUANTITY:
        fault = facts.book.rental_fault(*line, record.period)
        if fault is not None:
            ledger.find("billing_line", where, record.instances, fault)
    if line not in decisions.rentals:
        decisions.rentals[line] = np.zeros((facts.calendar.count, len(facts.calendar.slices)))
    decisions.rentals[line][record.period, facts.calendar.slice_index[record.slice]] += record.instances


def _read_local_calls(reader: Reader, plan: Plan, decisions: Decisions) -> None:
    facts = reader.facts
    for record in plan.local_calls:
        where = (
            f"local calls of {record.workload}/{record.stream} to {record.calls} at {record.provider}, "
            f"period {record.period}, slice {record.slice}"
        )
        reader.ledger.checks += 5
        index = facts.stream_index.get((record.workload, record.stream))
        fleet = None if index is None else facts.streams[index]
        called = () if fleet is None else tuple(call.workload for call in fleet.calls)
        streams = () if fleet is None or not isinstance(fleet.workload, Agents) else (fleet.name,)
        if not (
            reader.name("stream of agents", record.stream, streams, where)
            and reader.name("called workload", record.calls, called, where)
            and reader.name("provider", record.provider, facts.provider_index, where)
            and reader.period(record.period, where)
            and reader.name("slice", record.slice, facts.calendar.slice_index, where)
        ):
            continue
        stream = facts.stream_index[record.workload, record.stream]
        key = (stream, record.calls, facts.provider_index[record.provider])
        reader.once(("local", *key, record.period, record.slice), where)
        reader.not_negative(record.quantity, where)
        if key not in decisions.local_calls:
            decisions.local_calls[key] = np.zeros((facts.calendar.count, len(facts.calendar.slices)))
        decisions.local_calls[key][record.period, facts.calendar.slice_index[record.slice]] += record.quantity


def _read_unserved_job(reader: Reader, record: UnservedRecord, decisions: Decisions) -> None:
    facts, ledger = reader.facts, reader.ledger
    where = f"unserved job {record.workload}"
    ledger.checks += 5
    if not reader.name("training job", record.workload, facts.jobs, where):
        return
    job = facts.jobs[record.workload]
    reader.once(("unserved", record.workload), where)
    reader.not_negative(record.quantity, where)
    decisions.unserved_jobs[record.workload] = record.quantity
    due = facts.calendar.containing(job.deadline)
    if record.period != due:
        ledger.find("unserved_value", where, f"period {record.period}", f"period {due}, that of its deadline")
    if record.slice is not None:
        ledger.find("unserved_value", where, f"slice {record.slice}", "no slice: a job is left out as a whole")
    if not any(same_ratio(record.demand, demand) for demand in (1.0, job.work)):
        ledger.find("unserved_value", f"{where}, demand", record.demand, "1 job")
    _check_value(ledger, where, record, job.value_of_unserved_usd)


def _read_unserved_stream(reader: Reader, record: UnservedRecord, decisions: Decisions) -> None:
    facts, ledger = reader.facts, reader.ledger
    where = f"unserved {record.workload}/{record.stream}, period {record.period}, slice {record.slice}"
    ledger.checks += 5
    index = reader.stream(record.workload, record.stream, where)
    if index is None:
        return
    if not (
        reader.period(record.period, where) and reader.name("slice", record.slice, facts.calendar.slice_index, where)
    ):
        return
    stream = facts.streams[index]
    slice_index = facts.calendar.slice_index[record.slice or ""]
    demand = float(stream.demand[record.period, slice_index])
    reader.once(("unserved", record.workload, record.stream, record.period, record.slice), where)
    reader.not_negative(record.quantity, where, demand)
    if not same_quantity(record.demand, demand):
        ledger.find("unserved_value", f"{where}, demand", record.demand, demand)
    hours = float(facts.calendar.slice_hours[record.period, slice_index])
    _check_value(ledger, where, record, stream.workload.value_of_unserved_usd_per_unit_hour * hours)
    decisions.unserved[index, record.period, slice_index] += record.quantity


def _check_value(ledger: Ledger, where: str, record: UnservedRecord, usd_per_quantity: float) -> None:
    value_usd = usd_per_quantity * record.quantity
    if not same_money(record.value_usd, value_usd):
        ledger.find("unserved_value", f"{where}, value", record.value_usd, value_usd)
