"""A made-up answer: figures from plain formulas, in the size of a frontier lab's. No solver was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np

from router.answer.answer import Answer
from router.answer.bisection import break_even
from router.outcome.outcome import Outcome, WindowFigures
from router.scenario.dates import period_boundaries
from router.scenario.scenario import Scenario
from router.sweep.answered import Answered
from router.whatif.case import Case, FactorValue
from router.whatif.question import BreakEven, Draws, Factor, Question, Sweep, SweepMode
from tests import scenarios

BILLION = 1e9
YEARS = (2026, 2027, 2028)
PROMISES = {
    "aws-edp/yearly": (1.0, 1.6, 2.1),
    "azure-macc/yearly": (3.5, 4.9, 6.5),
    "oracle-site/yearly": (1.5, 2.4, 3.4),
}
OUTCOME_SHARES = {"azure": 0.52, "aws": 0.18, "oracle": 0.3}


def scenario() -> Scenario:
    """Three years in quarters; only its horizon and name matter here."""
    return scenarios.scenario(
        name="frontier-lab", horizon=scenarios.horizon("quarter", 12, "2026-01-01", discount_rate=0.08)
    )


def outcome(
    agents: float = 1.0,
    inference: float = 1.0,
    price: float = 1.0,
    slip: float = 0.0,
    discount: float = 0.0,
    signed: bool = False,
    gap: float = 0.0004,
) -> Outcome:
    """Cost of a lab whose demand is ``agents`` and ``inference`` times the usual, at Oracle's price times ``price``.

    ``slip`` in months: Oracle's capacity comes later, Azure takes what it can, the rest is unserved. ``discount`` and
    ``signed``: AWS gives a discount for a larger promise.
    """
    boundaries = period_boundaries(scenario().horizon)
    demand = 22.0 * inference + 5.0 * agents + 3.0
    late = min(1.0, slip / 18.0)
    shares = OUTCOME_SHARES | {"oracle": 0.3 * (1 - 0.8 * late) / (0.6 + 0.4 * price)}
    shares["azure"] = 1.0 - shares["oracle"] - shares["aws"]
    unserved = max(0.0, demand - 36.0) * 1.7 + 0.9 * late * inference
    served = min(demand, 36.0)
    prices = {"azure": 1.0 + 0.1 * late, "aws": 1.05 * (1 - discount), "oracle": 0.9 * price}
    usage = {name: served * shares[name] * prices[name] for name in shares}
    ramp = np.linspace(0.6, 1.4, len(boundaries) - 1) / (len(boundaries) - 1)
    ramp = ramp / ramp.sum()
    windows, shortfall = [], dict.fromkeys(shares, 0.0)
    for name, amounts in PROMISES.items():
        contract, commitment = name.split("/")
        provider = contract.split("-")[0]
        for year, amount in zip(YEARS, amounts, strict=True):
            promise = amount * (1.3 if signed and provider == "aws" else 1.0)
            spent = (
                served
                * shares[provider]
                * (1 - 0.1 * (provider == "oracle"))
                * float(ramp[4 * (year - 2026) : 4 * (year - 2026) + 4].sum())
            )
            missed = max(0.0, promise - spent)
            shortfall[provider] += missed
            windows.append(
                WindowFigures(
                    contract,
                    commitment,
                    date(year, 1, 1),
                    date(year + 1, 1, 1),
                    promise * BILLION,
                    spent * BILLION,
                    missed * BILLION,
                )
            )
    causes = {("usage", name): usd * 0.86 for name, usd in usage.items()}
    causes |= {("reservation", name): usd * 0.05 for name, usd in usage.items()}
    causes |= {("shortfall", name): usd * 0.85 for name, usd in shortfall.items() if usd}
    causes |= {("data_transfer", "aws"): 0.004 * served, ("tier_credit", "azure"): -0.02 * usage["azure"]}
    causes |= {("migration", "-"): 0.01 + 0.02 * late}
    if unserved:
        causes["unserved", "-"] = unserved * 0.85
    causes = {name: usd * BILLION for name, usd in causes.items()}
    cost = sum(causes.values())
    by_provider = {name: (usage[name] + shortfall[name]) * BILLION for name in usage}
    cash = sum(by_provider.values())
    by_period = cash * ramp
    return Outcome(
        cost_usd=cost,
        lower_bound_usd=cost * (1 - gap),
        cash_usd=cash,
        cost_by_cause_usd=causes,
        cash_by_year_usd={str(year): float(by_period[4 * at : 4 * at + 4].sum()) for at, year in enumerate(YEARS)},
        cash_by_period_usd=tuple(by_period.tolist()),
        cash_by_provider_usd=by_provider,
        windows=tuple(windows),
        unserved_usd={"agents": unserved * BILLION} if unserved else {},
        unserved_units={"agents": unserved * 4e7} if unserved else {},
        moved_units={"chat": 1200.0 + 9000.0 * late, "agents": 300.0},
        broken_limits=("limits.cash[0]",) if cost > 45 * BILLION else (),
        found_by="held",
        seconds=0.05,
    )


def answered(name: str, **factors: float) -> Answered:
    """An answered case of `outcome`."""
    return Answered(name, outcome(**factors))  # type: ignore[arg-type]


def failed(name: str, why: str = "the search found no plan in 5 s") -> Answered:
    """A case without a plan."""
    return Answered(name, None, why)


def question(**parts: object) -> Question:
    """A question without cases but those given as fields of Question."""
    given: dict[str, object] = {
        "file": "configs/whatif/gb300-late.yaml",
        "stem": "gb300-late",
        "title": "GB300 comes late",
        "question": "What if Oracle's GB300 slips two quarters, agents grow threefold, or AWS gives a discount?",
        "answer": "A slip costs little, growth costs most.",
        "scenario_name": "frontier-lab",
        "scenario": scenario(),
        "whatifs": (Case("base", "The scenario as it is"),),
        "sweeps": (),
        "draws": (),
        "break_evens": (),
        "sha256": "ab" * 32,
    }
    return Question(**{**given, **parts})  # type: ignore[arg-type]


WHATIFS: dict[str, tuple[str, dict[str, float]]] = {
    "gb300-late": ("Oracle's GB300 two quarters late", {"slip": 6}),
    "agents-3x": ("Agents grow threefold", {"agents": 3}),
    "aws-deal": ("AWS: 5 % for a larger promise", {"discount": 0.05, "signed": True}),
    "spot-doubles": ("Oracle 0.1 % dearer", {"price": 1.001}),
    "all-of-it": ("Late, more agents and the deal", {"slip": 6, "agents": 3, "discount": 0.05, "signed": True}),
}

FACTORS = {
    "price": Factor("price", "Oracle's price", 1.0, percent=True),
    "slip": Factor("slip", "Slip of Oracle's GB300, months", 0.0),
    "agents": Factor("agents", "Agents, times today's", 1.0),
    "inference": Factor("inference", "Inference, times today's", 1.0),
}
VALUES: dict[str, tuple[float, ...]] = {
    "price": (0.8, 0.9, 1.0, 1.1, 1.2),
    "slip": (0.0, 3.0, 6.0, 9.0),
    "agents": (0.7, 1.0, 1.5),
    "inference": (0.8, 1.0, 1.3),
}


def sweep(name: str, mode: SweepMode, *factors: str, title: str = "") -> Sweep:
    """A sweep over `VALUES` of the named factors."""
    rows: list[tuple[float, ...]] = []
    match mode:
        case SweepMode.GRID:
            rows = list(product(*(VALUES[factor] for factor in factors)))
        case SweepMode.PAIRED:
            rows = list(zip(*(VALUES[factor] for factor in factors), strict=False))
        case SweepMode.ONE_AT_A_TIME:
            base = tuple(float(str(FACTORS[factor].base)) for factor in factors)
            rows = [base]
            for at, factor in enumerate(factors):
                rows += [(*base[:at], value, *base[at + 1 :]) for value in VALUES[factor] if value != base[at]]
    cases = tuple(
        Case(f"{name}/{number}", f"{name} {number}", group=name, factors=tuple(zip(factors, row, strict=True)))
        for number, row in enumerate(rows, start=1)
    )
    return Sweep(name, title or name, mode, tuple(FACTORS[factor] for factor in factors), cases, "base")


def draws(name: str = "uncertain", count: int = 200, seed: int = 7) -> Draws:
    """Demand, price and slip drawn from distributions."""
    random = np.random.default_rng(seed)
    columns: dict[str, np.ndarray] = {
        "agents": np.clip(random.normal(1.0, 0.25, count), 0.2, 3),
        "inference": random.lognormal(0.0, 0.15, count),
        "price": random.uniform(0.8, 1.2, count),
        "slip": random.triangular(0, 2, 9, count),
    }
    cases = tuple(
        Case(
            f"{name}/{at + 1}",
            f"draw {at + 1}",
            group=name,
            factors=tuple((factor, float(values[at])) for factor, values in columns.items()),
        )
        for at in range(count)
    )
    factors = tuple(replace(FACTORS[factor], base=None) for factor in columns)
    return Draws(name, "Demand, price and slip uncertain", seed, factors, cases, "base")


def asked(
    name: str = "discount-worth-it",
    low: float = 0.0,
    high: float = 0.3,
    within: float = 0.001,
    is_date: bool = False,
    title: str = "When does AWS' discount pay?",
    percent: bool = False,
) -> BreakEven:
    """A break-even between `aws-deal` and the base."""

    def case_at(value: float) -> Case:
        return Case("aws-deal", f"aws-deal at {value}")

    return BreakEven(name, title, "discount", "aws-deal", "base", low, high, within, is_date, case_at, percent)


def planned(case: Case) -> Answered:
    """The answer to a case by its factors."""
    given: Mapping[str, FactorValue] = dict(case.factors)
    return Answered(case.name, outcome(**given))  # type: ignore[arg-type]


def full_answer(count: int = 200) -> Answer:
    """What-ifs, all kinds of sweeps, draws and break-evens; some cases without a plan, one not planned."""
    sweeps = (
        sweep("each", SweepMode.ONE_AT_A_TIME, "price", "slip", "agents", "inference", title="Which matters most?"),
        sweep("oracle-price", SweepMode.GRID, "price", title="Oracle's price"),
        sweep("price-and-slip", SweepMode.GRID, "price", "slip", title="Price and slip"),
        sweep("three", SweepMode.GRID, "price", "slip", "agents", title="Price, slip and agents"),
        sweep("paths", SweepMode.PAIRED, "agents", "inference", title="Three ways to grow"),
    )
    drawn = draws(count=count)
    asked_for = (
        asked(percent=True),
        asked("never", high=0.05, title="Does AWS' discount pay below 5 %?", percent=True),
    )
    whatifs = (
        Case("base", "The scenario as it is"),
        *(Case(name, title) for name, (title, _) in WHATIFS.items()),
        Case("impossible", "No plan at all"),
        Case("not-yet", "Not planned yet"),
    )
    asked_all = question(whatifs=whatifs, sweeps=sweeps, draws=(drawn,), break_evens=asked_for)
    found = {"base": answered("base"), "impossible": failed("impossible")}
    found |= {name: answered(name, **factors) for name, (_, factors) in WHATIFS.items()}
    for group in (*sweeps, drawn):
        found |= {case.name: planned(case) for case in group.cases}
    found["price-and-slip/7"] = failed("price-and-slip/7")
    found["uncertain/3"] = failed("uncertain/3")
    evens = {each.name: break_even(each, deal_at(), found["base"]) for each in asked_for}
    return Answer(asked_all, found, evens)


def deal_at() -> Callable[[float], Answered]:
    """The deal with AWS at a discount."""
    return lambda discount: answered("aws-deal", discount=discount, signed=True)
