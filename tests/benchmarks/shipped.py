"""Gap and time on the scenarios in `configs/`: `python -m tests.benchmarks.shipped`."""

from __future__ import annotations

import argparse

from tests.benchmarks.child import ROOT, machine, measured, print_line


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--only", nargs="*", help="names of scenarios, without .yaml")
    given = parser.parse_args()
    print_line(machine())
    print_line("| scenario | columns | rows | runs | engine s | total s | gap | closed by |")
    print_line("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for path in sorted((ROOT / "configs").glob("*.yaml")):
        if given.only and path.stem not in given.only:
            continue
        try:
            run = measured(
                "tests.benchmarks.run_router", str(path), "--gap", str(given.gap), "--time-limit", str(given.time_limit)
            )
        except RuntimeError as error:
            print_line(f"| {path.stem} | {error} |")
            continue
        answer, seconds = run.answer, run.answer["seconds"]
        print_line(
            f"| {path.stem} | {answer['columns']} | {answer['rows']} | {answer['runs']} "
            f"| {seconds['engine']:.2f} | {run.wall_seconds:.2f} | {answer['gap']:.1e} "
            f"| {answer['closed_by']} |"
        )


if __name__ == "__main__":
    main()
