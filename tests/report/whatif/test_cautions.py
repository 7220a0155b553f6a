"""Wide gaps and broken limits of sweeps and draws are told with their first sentence."""

from __future__ import annotations

from dataclasses import replace

from router.answer.answer import Answer
from router.report.whatif.cautions import cautions
from router.report.whatif.tables.headline import headline_table
from router.sweep.answered import Answered
from router.whatif.question import Draws, Sweep
from tests.answer import made_up


def test_nothing_is_said_where_all_is_well() -> None:
    answer = made_up.full_answer()
    groups: list[Sweep | Draws] = [*answer.sweeps, *answer.draws]
    assert groups
    for group in groups:
        assert cautions(answer, group) == ""


def test_wide_gaps_and_broken_limits_are_counted() -> None:
    answer = made_up.full_answer()
    sweep = answer.sweeps[0]
    changed = dict(answer.answered)
    for case, gap in zip(sweep.cases[:2], (0.03, 0.2), strict=True):
        outcome = answer.outcome(case.name)
        assert outcome is not None
        poor = replace(outcome, lower_bound_usd=outcome.cost_usd * (1 - gap), broken_limits=("limits.cash[3]",))
        changed[case.name] = Answered(case.name, poor)
    told = Answer(answer.question, changed, answer.break_evens)
    count = len([case for case in sweep.cases if told.outcome(case.name) is not None])
    expected = (
        f"CAUTION: 2 of {count} plans may be too dear, by 20 % at most; --search 10 looks for better ones. "
        f"2 of {count} cases break limits.cash[3]."
    )
    assert cautions(told, sweep) == expected
    rows = {str(row.cells[0]): str(row.cells[1]) for row in headline_table(told).rows}
    assert rows[sweep.name].endswith(expected)
