"""How time and memory grow with size: `python -m tests.benchmarks.scale --sizes 10k 30k 100k 300k 1M 2M`.

Each generated scenario is solved in a fresh process, to a gap of 1e-3 (`--gap`) or the time limit.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import numpy as np

from router.reading.quantity import parse_quantity
from tests.benchmarks.child import Measured, machine, measured, print_line
from tests.benchmarks.generate import generate, write


def exponent(sizes: list[float], values: list[float]) -> float:
    """The power p of the least-squares fit ``value = a * size ** p``; NaN for fewer than two sizes."""
    if len(sizes) < 2:
        return math.nan
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["10k", "30k", "100k", "300k", "1M", "2M"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--time-limit", type=float, default=600.0, help="seconds for the engine, each size")
    given = parser.parse_args()
    print_line(machine())
    print_line(
        "| columns | rows | nonzeros | runs | reading | building | engine | plan | total s | gap | bytes a column |"
    )
    print_line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    done: list[Measured] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "scenario.yaml"
            write(generate(int(parse_quantity(size)), given.seed), file)
            try:
                done.append(
                    measured(
                        "tests.benchmarks.run_router",
                        str(file),
                        "--gap",
                        str(given.gap),
                        "--time-limit",
                        str(given.time_limit),
                    )
                )
            except RuntimeError as error:
                print_line(f"| {size} | {error} |")
                continue
        answer = done[-1].answer
        seconds = answer["seconds"]
        print_line(
            f"| {answer['columns']} | {answer['rows']} | {answer['nonzeros']} | {answer['runs']} "
            f"| {seconds['reading']:.2f} | {seconds['building']:.2f} | {seconds['engine']:.2f} "
            f"| {seconds['plan']:.2f} | {done[-1].wall_seconds:.2f} | {answer['gap']:.1e} "
            f"| {answer['peak_bytes'] / answer['columns']:.0f} |"
        )
    columns = [float(run.answer["columns"]) for run in done]
    if len(done) < 2:
        return
    print_line()
    for name in ("reading", "building", "engine", "plan", "total"):
        power = exponent(columns, [run.answer["seconds"][name] for run in done])
        print_line(f"{name}: grows as size to the power {power:.2f}")
    slope = exponent(columns, [float(run.answer["peak_bytes"]) for run in done])
    print_line(f"peak memory: grows as size to the power {slope:.2f}")


if __name__ == "__main__":
    main()
