"""Three models of one scenario, one optimum: `python -m tests.benchmarks.agreement --columns 2500 --seeds 1 2 3`.

PuLP + CBC and linopy + HiGHS build docs/model.md with code of their own; HiGHS also solves our matrix. Linear
relaxations must be equal within 1e-6 (but with tiers, whose large numbers are their own), and
every plan must cost at least every lower bound. Exit code 1 where they do not.
"""

from __future__ import annotations

import argparse
import sys

from router.model.model import build_model
from router.problem.problem import build_problem
from router.scenario.scenario import Scenario
from tests.benchmarks import rival_linopy, rival_pulp
from tests.benchmarks.bare_solver import BareAnswer, solve_bare
from tests.benchmarks.child import print_line
from tests.benchmarks.generate import generate
from tests.benchmarks.plain import Answer, read_facts

SAME_WITHIN = 1e-6
GAP = 1e-5


def differences(columns: int, seed: int, *, tiers: bool, whole: bool, relaxed: bool) -> list[str]:
    """What does not agree, in words; prints one line."""
    scenario = Scenario.model_validate(generate(columns, seed, tiers=tiers, whole=whole))
    facts = read_facts(scenario)
    program = build_model(build_problem(scenario)).program
    answers: dict[str, Answer | BareAnswer] = {
        "PuLP": rival_pulp.solve(facts, GAP, relaxed=relaxed),
        "linopy": rival_linopy.solve(facts, GAP, relaxed=relaxed),
        "ours": solve_bare(program, GAP, relaxed=relaxed),
    }
    kind = "relaxation" if relaxed else "whole"
    print_line(f"seed {seed}, {kind}: " + ", ".join(f"{name} {a.objective_usd:.2f}" for name, a in answers.items()))
    found = []
    for name, one in answers.items():
        for other_name, other in answers.items():
            slack = SAME_WITHIN * abs(other.bound_usd)
            if one.objective_usd < other.bound_usd - slack:
                found.append(f"seed {seed}: {name} is cheaper than the bound of {other_name}")
            if relaxed and abs(one.objective_usd - other.objective_usd) > slack:
                found.append(f"seed {seed}: relaxations of {name} and {other_name} differ")
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, default=2500)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--tiers", action="store_true")
    parser.add_argument("--whole", action="store_true", help="whole instances; compares relaxations only")
    given = parser.parse_args()
    found: list[str] = []
    for seed in given.seeds:
        # Where credits take drawdown back, large numbers in the relaxation are each model's own.
        kinds = [False] if given.tiers else [True] if given.whole else [True, False]
        for relaxed in kinds:
            found += differences(given.columns, seed, tiers=given.tiers, whole=given.whole, relaxed=relaxed)
    for line in found:
        print_line(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
