"""The scenario format as a JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from router.scenario.scenario import Scenario


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file, `include` among its keys."""
    schema = Scenario.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Multicloud Router scenario"
    include = {
        "description": "Files to merge under this one; paths are relative to this file and stay in its folder.",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    }
    schema["properties"] = {"include": include, **schema["properties"]}
    # A file that is included, or includes others, need not hold every part itself.
    schema.pop("required", None)
    return schema
