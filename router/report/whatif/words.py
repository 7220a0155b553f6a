"""Words that all tables and charts of an answer share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from router.answer.answer import Answer
from router.answer.causes import NO_PROVIDER, Cause
from router.answer.chance import Chance
from router.answer.proof import Proof, Verdict
from router.report import numbers
from router.report.difference_words import signed_money, signed_share, stretch_words
from router.report.tables.cost import NO_PROVIDER as NO_PROVIDER_WORDS
from router.whatif.case import BASE, Case, FactorValue
from router.whatif.question import Factor
from router.whatif.value_words import value_words

CAUSE_WORDS: dict[Cause, str] = {
    Cause.USAGE: "usage",
    Cause.RESERVATIONS: "reservations",
    Cause.SHORTFALLS: "shortfalls",
    Cause.TIER_CREDITS: "tier credits",
    Cause.DATA_TRANSFER: "data transfer",
    Cause.MIGRATION: "migration",
    Cause.UNSERVED: "value of unserved",
    Cause.BREACHES: "broken limits",
}

_PROOF_WORDS: dict[Verdict, str] = {
    Verdict.DEARER: "proved",
    Verdict.CHEAPER: "proved",
    Verdict.SAME: "the same",
    Verdict.OPEN: "within the gaps",
}

LEAST_USD = 0.005
"""Amounts nearer to nothing are none."""

GAPS_NOTE = (
    "~ not proved, within the gaps: the plans may be so much too dear that the difference is nothing, or the other way "
    "round."
)


def factor_words(factor: Factor, value: FactorValue) -> str:
    """A factor with its value: `Oracle's price = 120 %`."""
    return f"{factor.title} = {value_words(value, factor.percent)}"


def case_values(case: Case, factors: Sequence[Factor]) -> list[str]:
    """The values of a case's factors: `120 %`, `3`."""
    return [value_words(value, factor.percent) for (_, value), factor in zip(case.factors, factors, strict=True)]


def provider_words(provider: str) -> str:
    """The provider, `no provider` for none."""
    return NO_PROVIDER_WORDS if provider == NO_PROVIDER else provider


def case_words(name: str) -> str:
    """A what-if in running text: `the base`, or its name."""
    return "the base" if name == BASE else name


def proof_words(proof: Proof) -> str:
    """`proved`, `the same` or `within the gaps`."""
    return _PROOF_WORDS[proof.verdict]


def proof_sentence(proof: Proof) -> str:
    """What the bounds say of a difference, as part of a sentence."""
    if proof.verdict == Verdict.SAME:
        return "proved the same"
    least, most = signed_money(proof.least_usd), signed_money(proof.most_usd)
    if proof.exact or (proof.proved and least == most):
        return "proved"
    return f"{'proved' if proof.proved else 'not proved'}: between {least} and {most}"


def if_open(proof: Proof) -> str:
    """`, not proved` after an amount where the bounds leave its sign open."""
    return "" if proof.proved or abs(proof.difference_usd) < LEAST_USD else ", not proved"


def change_words(usd: float, share: float | None) -> str:
    """A difference with its share: `+$1.20 B (+4.2 %)`."""
    if abs(usd) < 0.005 or share is None:
        return signed_money(usd)
    return f"{signed_money(usd)} ({signed_share(share)})"


def chance_words(chance: Chance) -> str:
    """A chance with its interval: `12 % (10-15)`."""
    low, high = (numbers.share(each).removesuffix(" %") for each in (chance.low, chance.high))
    return f"{numbers.share(chance.share)} ({low}-{high})"


def titled(title: str, rest: str) -> str:
    """A file's title with what is shown of it: `Price of GB300: cost of each case`."""
    if title.endswith(("?", "!", ".")):
        return f"{title} {sentence_case(rest)}"
    return f"{title}: {rest}"


def discount_note(answer: Answer) -> str:
    """In which money costs are."""
    horizon = answer.question.scenario.horizon
    if not horizon.discount_rate:
        return "The scenario's discount rate is 0: discounted or not, amounts are the same."
    return (
        f"Discounted: at {numbers.share(horizon.discount_rate)} a year to {numbers.day(horizon.start)}. "
        "Cash, shortfalls, drawdown and the value of unserved demand are not discounted."
    )


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 draw`, `12 draws`."""
    return f"{numbers.whole(number)} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], most: int = 6) -> str:
    """`a, b and c`; `a, b and 7 more` where there are more than ``most``."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def sentence_case(text: str) -> str:
    """With a capital letter at its start."""
    return f"{text[:1].upper()}{text[1:]}"


def said(title: str, sentence: str) -> str:
    """A file's title and a sentence on it, which begins with a name as it is written."""
    return f"{title}{'' if title.endswith(('?', '!', '.')) else ':'} {sentence}"


def window_words(start: date, end: date) -> str:
    """A commitment's window: `2027` for a calendar year, else its months or days."""
    if (start.month, start.day) == (1, 1) and end == date(start.year + 1, 1, 1):
        return str(start.year)
    return stretch_words(start, end)
