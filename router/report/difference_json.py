"""The difference between two plans as JSON (`router-difference/1`) and back, and its JSON Schema."""

from __future__ import annotations

from typing import Any

from router.difference.document import PlanDifference


def difference_text(difference: PlanDifference) -> str:
    """The difference as JSON, keys in the order of `PlanDifference`. The same difference gives the same text."""
    return difference.model_dump_json(indent=1) + "\n"


def difference_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the text."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PlanDifference.model_json_schema(mode="serialization"),
    }
