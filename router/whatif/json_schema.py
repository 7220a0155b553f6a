"""The what-if format as a JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from router.change.change import Operation
from router.change.yaml_form import operation_keys
from router.whatif.document import WhatIfFile
from router.whatif.words.every import WORDS

_DEFINITION = "Change"
_PATHS = "A path such as pools.north.capacity or pools[accelerator=GB300].capacity."
_DESCRIPTIONS = {
    Operation.SET: "Puts a value in place of what is there.",
    Operation.ADD: "Adds a key to a mapping, or an entry to a list.",
    Operation.REMOVE: "Takes a key or entry away.",
    Operation.SCALE: "Multiplies every number at the path.",
    Operation.INCREASE: "Adds to every number at the path.",
    Operation.SHIFT: "Moves every date at the path by a span of time.",
}


def whatif_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a what-if file, each kind of change with its keys."""
    schema = WhatIfFile.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Multicloud Router what-ifs"
    definitions: dict[str, Any] = schema.setdefault("$defs", {})
    for definition in definitions.values():
        changes = definition.get("properties", {}).get("changes")
        if changes is not None:
            changes["items"] = {"$ref": f"#/$defs/{_DEFINITION}"}
    words = {}
    for name, model in WORDS.items():
        of_word = model.model_json_schema(mode="validation", ref_template="#/$defs/{model}")
        definitions |= of_word.pop("$defs", {})
        words[name] = of_word
    # Also a plain list of values.
    factor = definitions["SweepFactor"]
    definitions["SweepFactor"] = {"anyOf": [{"type": "array", "minItems": 1}, factor]}
    kinds = [*(_operation(operation) for operation in Operation), *words.values()]
    definitions[_DEFINITION] = {"description": "One change.", "anyOf": kinds}
    return schema


def _operation(operation: Operation) -> dict[str, Any]:
    needed, optional = operation_keys(operation)
    return {
        "type": "object",
        "description": _DESCRIPTIONS[operation],
        "properties": {
            operation.value: {"type": "string", "description": _PATHS},
            **{key: {} for key in (*needed, *optional)},
        },
        "required": [operation.value, *needed],
        "additionalProperties": False,
    }
