"""The window of each commitment that runs, and the next."""

from __future__ import annotations

from datetime import date

from router.plan.document import Plan, WindowRecord
from router.report.letters import letters_for
from router.view.commitment_bars import WindowTime, commitment_outlooks, share_met, verdict_words
from tests.difference.making import plan, window
from tests.report.sample_plans import small_plan


def years(*met: bool, contract: str = "azure", commitment: str = "spend") -> list[WindowRecord]:
    """A window a year from 2026 on, met or missed by 400 of 1000 USD."""
    return [
        window(
            contract,
            date(2026 + at, 1, 1),
            commitment=commitment,
            **(
                {}
                if is_met
                else {"drawdown_usd": 600.0, "shortfall_usd": 400.0, "shortfall_paid_usd": 400.0, "met_on": None}
            ),
        )
        for at, is_met in enumerate(met)
    ]


def planned(*windows: list[WindowRecord]) -> Plan:
    """A plan of 2026 with these windows."""
    return plan(windows=[each for group in windows for each in group])


def test_the_running_window_and_the_next() -> None:
    (outlook,) = commitment_outlooks(planned(years(True, False, True)), date(2026, 6, 1))
    assert [(bar.time, bar.start.year) for bar in outlook.bars] == [(WindowTime.NEXT, 2027), (WindowTime.RUNNING, 2026)]
    assert outlook.words == "SHORT by $400 in 1 of 3 windows"
    missed, met = outlook.bars
    assert missed.is_short
    assert missed.verdict == "SHORT by $400"
    assert missed.share_met == 0.6
    assert missed.bar(10, letters_for("utf-8")) == "██████░░░░"
    assert missed.dates == "2027-01 to 2027-12"
    assert missed.amounts == "$600 of $1.00 k"
    assert met.verdict == "met on 2026-01-01"


def test_every_window_that_falls_short_is_listed_first() -> None:
    found = planned(years(False, True, True, True, False, True))
    (outlook,) = commitment_outlooks(found, date(2027, 6, 1))
    assert [(bar.time, bar.start.year, bar.is_short) for bar in outlook.bars] == [
        (WindowTime.ENDED, 2026, True),
        (WindowTime.LATER, 2030, True),
        (WindowTime.RUNNING, 2027, False),
        (WindowTime.NEXT, 2028, False),
    ]
    (over,) = commitment_outlooks(found, date(2040, 1, 1))
    assert [bar.start.year for bar in over.bars] == [2026, 2030]


def test_today_moves_the_windows() -> None:
    found = planned(years(True, True))
    assert commitment_outlooks(found, date(1999, 1, 1))[0].bars[0].time is WindowTime.RUNNING
    assert commitment_outlooks(found, date(2026, 12, 31))[0].bars[0].start.year == 2026
    assert [bar.start.year for bar in commitment_outlooks(found, date(2027, 1, 1))[0].bars] == [2027]
    (last,) = commitment_outlooks(found, date(2040, 1, 1))[0].bars
    assert (last.time, last.start.year) == (WindowTime.ENDED, 2027)


def test_commitments_with_shortfalls_come_first_and_are_named_apart() -> None:
    found = planned(years(True, contract="aws"), years(False), years(True, commitment="gpu"))
    outlooks = commitment_outlooks(found, date(2026, 1, 1))
    assert [outlook.bars[0].name for outlook in outlooks] == ["azure/spend", "aws", "azure/gpu"]
    assert [outlook.words for outlook in outlooks] == ["SHORT by $400 in 1 of 1 window", "met", "met"]


def test_a_cut_promise_has_a_star_and_carry_is_told() -> None:
    (outlook,) = commitment_outlooks(small_plan(), date(2027, 2, 1))
    assert outlook.bars[0].amounts == "$2.42 M of $2.50 M *"
    carried = window(carried_in_usd=250.0, drawdown_usd=750.0)
    (outlook,) = commitment_outlooks(planned([carried]), date(2026, 1, 1))
    assert outlook.bars[0].amounts == "$750 and $250 carried in of $1.00 k"
    assert outlook.bars[0].share_met == 1.0
    rounding = window(carried_in_usd=1e-7)
    assert commitment_outlooks(planned([rounding]), date(2026, 1, 1))[0].bars[0].amounts == "$1.00 k of $1.00 k"


def test_verdicts() -> None:
    part = window(shortfall_usd=400.0, shortfall_paid_usd=100.0, met_on=None)
    assert verdict_words(part) == ("SHORT $400", "SHORT by $400, $100 of it paid")
    assert verdict_words(window(met_on=None)) == ("met", "met")
    assert share_met(window(promise_usd=0.0)) == 1.0


def test_no_commitments() -> None:
    assert commitment_outlooks(plan(), date(2026, 1, 1)) == ()
