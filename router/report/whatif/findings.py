"""What is seen, in one sentence each: of what-ifs, sweeps and draws."""

from __future__ import annotations

from collections.abc import Sequence

from router.answer.answer import Answer
from router.answer.break_even import BreakEvenAnswer
from router.answer.comparison import Comparison, comparisons
from router.answer.curve import Curve, curve
from router.answer.fan import Fan
from router.answer.grid import Grid, grids
from router.answer.points import Shape
from router.answer.proof import Verdict
from router.answer.spread import PERCENTILES
from router.answer.tornado import Tornado, tornado
from router.answer.uncertainty import Uncertainty
from router.report import numbers
from router.report.difference_words import signed_money
from router.report.whatif.break_even_words import break_even_sentences
from router.report.whatif.words import (
    CAUSE_WORDS,
    case_values,
    case_words,
    chance_words,
    change_words,
    counted,
    factor_words,
    if_open,
    listed,
    proof_sentence,
)
from router.whatif.question import BreakEven, Sweep
from router.whatif.value_words import value_words


def whatifs_finding(answer: Answer) -> str:
    """Which what-if costs most and which least."""
    found = sorted(comparisons(answer), key=lambda each: each.difference_usd)
    if not found:
        return "No what-if has a plan to compare with the base." if answer.base else "The base has no plan."
    if len(found) == 1:
        return whatif_finding(found[0])
    least, most = found[0], found[-1]
    return (
        f"{most.after} costs most, {change_words(most.difference_usd, most.share)}; "
        f"{least.after} least, {change_words(least.difference_usd, least.share)}."
    )


def whatif_finding(found: Comparison) -> str:
    """A what-if against the other: how much, why, what is missed, what is proved."""
    words = f"{change_words(found.difference_usd, found.share)}, {proof_sentence(found.proof)}"
    parts = sorted(found.by_cause(), key=lambda part: -abs(part.change_usd))
    named = [
        f"{CAUSE_WORDS[part.cause]} {signed_money(part.change_usd)}"
        for part in parts[:2]
        if abs(part.change_usd) >= max(0.005, 0.05 * abs(found.difference_usd))
    ]
    if named and abs(found.difference_usd) >= 0.005:
        words += f"; mostly {listed(named)}" if len(parts) > 2 else f"; {listed(named)}"
    if found.limits_broken:
        words += f"; breaks {listed(found.limits_broken)}"
    return f"{words}."


def sweep_finding(answer: Answer, sweep: Sweep) -> str:
    """What a sweep shows."""
    if (tornado_found := tornado(answer, sweep)) is not None and sweep.mode == "one_at_a_time":
        return tornado_finding(tornado_found)
    if (course := curve(answer, sweep)) is not None:
        return curve_finding(course)
    if matrices := grids(answer, sweep):
        return grid_finding(matrices)
    _, reference = answer.reference(sweep)
    known = [(case, found) for case in sweep.cases if (found := answer.outcome(case.name)) is not None]
    if not known or reference is None:
        return "No plan to compare."
    ends = (min(known, key=lambda pair: pair[1].cost_usd), max(known, key=lambda pair: pair[1].cost_usd))
    words = [
        f"{signed_money(found.cost_usd - reference.cost_usd)} at {listed(case_values(case, sweep.factors))}"
        for case, found in ends
    ]
    return f"From {words[0]} to {words[1]}."


def tornado_finding(found: Tornado) -> str:
    """The factor that moves the cost most, and the one that moves it least."""
    if not found.rows:
        return "No case has a plan."
    first, last = found.rows[0], found.rows[-1]
    # A factor's title may be a plural.
    words = f"The cost moves most with {first.factor.title}, by {numbers.money(first.swing_usd)}"
    if len(found.rows) == 1:
        return f"{words}."
    return f"{words}; least with {last.factor.title}, by {numbers.money(last.swing_usd)}."


def curve_finding(course: Curve) -> str:
    """How the cost goes over the values."""
    first, last, percent = course.points[0], course.points[-1], course.factor.percent
    ends = f"{signed_money(first.difference_usd)} at {value_words(first.value, percent)}"
    if len(course.points) > 1:
        ends += f" to {signed_money(last.difference_usd)} at {value_words(last.value, percent)}"
    title = course.factor.title
    against = f"against {case_words(course.reference)}"
    match course.shape:
        case Shape.FLAT:
            return f"The cost is the same at each {title}: {signed_money(first.difference_usd)} {against} throughout."
        case Shape.MIXED:
            low, high = (pick(course.points, key=lambda each: each.cost_usd) for pick in (min, max))
            return (
                f"The cost goes up and down with {title}: from {signed_money(low.difference_usd)} at "
                f"{value_words(low.value, percent)} to {signed_money(high.difference_usd)} at "
                f"{value_words(high.value, percent)}, {against}."
            )
        case _:
            verb = "rises" if course.shape == Shape.RISING else "falls"
            return f"The cost {verb} with {title}: {ends}, {against}."


def grid_finding(matrices: tuple[Grid, ...]) -> str:
    """The cheapest and the dearest place."""
    points = [(grid, each) for grid in matrices for each in grid.listed]
    words = []
    for pick in (min, max):
        grid, best = pick(points, key=lambda pair: pair[1].cost_usd)
        row = next(at for at, line in enumerate(grid.points) if best in line)
        column = grid.points[row].index(best)
        where = [
            factor_words(grid.row_factor, grid.row_values[row]),
            factor_words(grid.column_factor, grid.column_values[column]),
            *(factor_words(factor, value) for factor, value in grid.fixed),
        ]
        words.append(f"{signed_money(best.difference_usd)} ({'; '.join(where)}{if_open(best.proof)})")
    return f"From {words[0]} to {words[1]}, against {case_words(matrices[0].reference)}."


def draws_finding(found: Uncertainty) -> str:
    """The range of the cost, and the largest chance of a shortfall."""
    low, _, middle, _, high = found.cost_usd.percentiles
    words = (
        f"{counted(found.count, 'draw')}: {numbers.money(middle)} in the middle, 9 of 10 between "
        f"{numbers.money(low)} and {numbers.money(high)}"
    )
    if not found.commitments:
        return f"{words}."
    return f"{words}; {risk_words(found)}."


def risk_words(found: Uncertainty) -> str:
    """The commitment with the largest mean shortfall, as part of a sentence."""
    worst = found.worst_commitment
    if worst is None:
        return "no draw misses a commitment"
    return (
        f"the largest risk is {worst.name}: missed in {chance_words(worst.chance)} of the draws, "
        f"by {numbers.money(worst.when_missed_usd or 0.0)} on average then"
    )


def years_finding(found: Sequence[Comparison]) -> str:
    """In which year a what-if changes the cash most."""
    changes = [(each, amount) for each in found for amount in each.cash_by_year_usd]
    if not changes:
        return "No cash is paid."
    each, amount = max(changes, key=lambda pair: abs(pair[1].change))
    return f"The largest change of cash in a year: {each.after} in {amount.name}, {signed_money(amount.change)}."


def rate_finding(fan: Fan) -> str:
    """When the cash a month is highest, in the middle of the draws."""
    rates = fan.cash_usd / fan.months
    at = int(rates[PERCENTILES.index(50)].argmax())
    low, high = float(rates[0, at]), float(rates[-1, at])
    middle = float(rates[PERCENTILES.index(50), at])
    return (
        f"Cash is highest from {fan.boundaries[at]} on: {numbers.money(middle)} a month in the middle, "
        f"{numbers.money(low)} to {numbers.money(high)} in 9 of 10 draws."
    )


def break_even_finding(asked: BreakEven, found: BreakEvenAnswer) -> str:
    """The first sentence of the answer, and whether nothing of it is proved."""
    sentence = break_even_sentences(asked, found)[0]
    is_open = bool(found.trials) and all(trial.proof.verdict == Verdict.OPEN for trial in found.trials)
    return f"{sentence} Not proved." if is_open and not found.failure else sentence
