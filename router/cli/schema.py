"""`router schema`: JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from router.reading.write import write_whole


def _scenario() -> dict[str, Any]:
    from router.scenario.json_schema import scenario_schema

    return scenario_schema()


def _plan() -> dict[str, Any]:
    from router.report.plan_json import plan_schema

    return plan_schema()


def _whatif() -> dict[str, Any]:
    from router.whatif.json_schema import whatif_schema

    return whatif_schema()


def _answer() -> dict[str, Any]:
    from router.report.whatif.json import whatif_schema

    return whatif_schema()


_SCHEMAS = {"scenario": _scenario, "plan": _plan, "whatif": _whatif, "answer": _answer}


@click.command("schema")
@click.option("--plan", "of", flag_value="plan", help="The schema of plan.json instead of the scenario's.")
@click.option("--whatif", "of", flag_value="whatif", help="That of what-if files.")
@click.option("--whatif-answer", "of", flag_value="answer", help="That of what `router whatif --json` prints.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of stdout.")
def command(of: str | None, out: Path | None) -> None:
    """Print the JSON Schema of scenario files (or of what else there is), for editors and programs.

    In VS Code's YAML extension: "yaml.schemas": {"scenario.schema.json": "*.yaml"}.
    """
    schema = _SCHEMAS[of or "scenario"]()
    text = json.dumps(schema, indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text)
        click.echo(f"wrote {out}", err=True)
