"""Why a training job runs where and when it does: candidate runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from router.report import numbers
from router.report.table import Column, Row, Table, Unit
from router.report.tables.why import ineligible_table, limits_table, way
from router.report.tables.why_parts import parts_table
from router.why.training import RunPlace, WhyTrained

_MOST_RUNS = 12


def trained_words(why: WhyTrained) -> str:
    """The answer in a sentence or two."""
    here = why.here
    if here.pool is None:
        start = f"{why.job} is left out: its value is {numbers.money(here.cost.marginal_usd)} (discounted)"
    else:
        per_hour = numbers.price(here.cost.marginal_usd / here.accelerator_hours)
        start = (
            f"{why.job} runs in {here.name} on {here.accelerators:,} accelerators at {per_hour} per accelerator-hour"
        )
    fitting = [place for place in why.others if place.fits]
    if not fitting:
        return f"{start}; no other run fits."
    best = fitting[0]
    more = best.estimate_usd if best.exact_usd is None else best.exact_usd
    how = "at least " if best.exact_usd is None else ""
    if not isfinite(more):
        return f"{start}; no plan has it in {best.name}."
    if abs(more) < 0.5 and not how:
        return f"{start}; {best.name} would cost the same."
    if more < 0 and not how:
        return f"{start}; {best.name} would be {numbers.money(-more)} cheaper, which is within the plan's gap."
    return f"{start}; {best.name}, the next best, would cost {how}{numbers.money(max(0.0, more))} more."


def trained_tables(why: WhyTrained, ineligible: Sequence[tuple[str, str]]) -> list[Table]:
    """Candidate runs, parts, limits, and pools that cannot run the job."""
    shown = [why.here, *why.others[: _MOST_RUNS - 1]]
    rows = []
    for place in shown:
        rows.append(
            Row(
                (
                    place.name,
                    place.instances or None,
                    place.hours or None,
                    place.cost.marginal_usd,
                    "here" if place is why.here else _known(place) if place.fits else "no room",
                    way(place.blocks, ""),
                ),
                "total" if place is why.here else "plain",
            )
        )
    rest = len(why.others) + 1 - len(shown)
    footnotes = ["Money is discounted to the start of the horizon. Cost: the run at the plan's marginal prices."]
    footnotes.append("More than here: of two solved plans, other runs as they are; 'from': a lower bound by duals.")
    if rest:
        footnotes.append(f"{rest} more candidate runs: see --json.")
    table = Table(
        key="why-runs",
        title=f"{why.job}: where and when it could run",
        columns=(
            Column("Run", least_width=18),
            Column("Instances", Unit.COUNT, drop_order=2),
            Column("Lasts", Unit.HOURS, drop_order=3),
            Column("Cost", Unit.USD),
            Column("More than here", Unit.USD),
            Column("In the way", drop_order=1, least_width=20),
        ),
        rows=tuple(rows),
        footnotes=tuple(footnotes),
    )
    runs = [place for place in shown if place.accelerator_hours]
    parts = [(place.name, place.cost.times(1.0 / place.accelerator_hours)) for place in runs]
    blocked = [block for place in shown for block in place.blocks]
    return [
        table,
        parts_table("Parts of an accelerator-hour", parts, "Accelerator-hour"),
        limits_table(blocked),
        ineligible_table(ineligible),
    ]


def _known(place: RunPlace) -> str:
    if place.exact_usd is None:
        return f"from {numbers.money(max(0.0, place.estimate_usd))}"
    return numbers.money(place.exact_usd) if isfinite(place.exact_usd) else "no plan"
