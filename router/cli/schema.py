"""`router schema`: JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from router.reading.write import write_whole


@click.command("schema")
@click.option("--plan", "of_plan", is_flag=True, help="The schema of plan.json instead of the scenario's.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of stdout.")
def command(of_plan: bool, out: Path | None) -> None:
    """Print the JSON Schema of scenario files (or of plans), for editors and programs.

    In VS Code's YAML extension: "yaml.schemas": {"scenario.schema.json": "*.yaml"}.
    """
    if of_plan:
        from router.report.plan_json import plan_schema

        schema = plan_schema()
    else:
        from router.scenario.json_schema import scenario_schema

        schema = scenario_schema()
    text = json.dumps(schema, indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text)
        click.echo(f"wrote {out}", err=True)
