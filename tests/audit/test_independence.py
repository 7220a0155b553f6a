"""The audit is a second opinion only while it shares nothing with model, engine and bill."""

from __future__ import annotations

import ast
from pathlib import Path

import router.audit

ALLOWED = ("router.audit", "router.scenario", "router.plan.document")


def _imports(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide what is imported"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in {"__import__", "import_module"}
    return found


def _is_allowed(name: str) -> bool:
    return not name.startswith("router") or any(name == part or name.startswith(f"{part}.") for part in ALLOWED)


def test_the_audit_imports_only_scenario_and_plan_document() -> None:
    files = sorted(Path(router.audit.__file__).parent.glob("**/*.py"))
    assert len(files) > 10
    refused = {
        file.name: sorted(filter(lambda n: not _is_allowed(n), _imports(file.read_text("utf-8")))) for file in files
    }
    assert {name: names for name, names in refused.items() if names} == {}


def test_the_check_sees_what_is_refused() -> None:
    source = "from router.problem.calendar import Calendar\nimport router.engine.solve\nfrom router import model\n"
    assert not any(_is_allowed(name) for name in _imports(source))
    assert all(_is_allowed(name) for name in _imports("import numpy\nfrom router.plan.document import Plan"))
