"""The lines of a journal: a header, the scenario that editing starts from, and a line for each step. JSON, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from router.scenario.scenario import Scenario
from router.workspace.change_json import change_from_json, change_to_json
from router.workspace.processes import Process
from router.workspace.steps import Apply, Header, Redo, Saved, Step, TakeBack, Undo

FORMAT = 1
"""Of journals; raised where an older router would read a newer one wrongly."""


@dataclass(frozen=True, slots=True)
class Base:
    """The scenario that the steps after it start from, as plain data."""

    scenario: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stamped:
    """A step and when it was made."""

    step: Step
    at: datetime


class LineError(ValueError):
    """A line that is none of a journal."""


def header_line(header: Header) -> bytes:
    """The first line."""
    process = header.process
    return _line(
        {
            "journal": FORMAT,
            "router": header.router_version,
            "path": header.path,
            "file_sha256": header.file_sha256,
            "process": {"pid": process.pid, "host": process.host, "started": process.started},
            "started": header.started.isoformat(),
        }
    )


def base_line(scenario: Scenario) -> bytes:
    """The line of a scenario; read back and checked, it is the same, in the order of its keys too."""
    return f'{{"step": "base", "scenario": {scenario.model_dump_json(exclude_unset=True)}}}\n'.encode()


def step_line(step: Step, at: datetime) -> bytes:
    """The line of a step. Raises TypeError for changes to values that no scenario holds."""
    return _line({"step": _NAMES[type(step)], "at": at.isoformat(timespec="milliseconds"), **_content(step)})


def read_header(line: bytes) -> Header:
    """The header that a line holds. Raises LineError."""
    data = _data(line)
    if data.get("journal") != FORMAT:
        raise LineError(f"no journal of format {FORMAT}")
    try:
        process = data["process"]
        return Header(
            router_version=_text(data["router"]),
            path=_text_or_none(data["path"]),
            file_sha256=_text_or_none(data["file_sha256"]),
            process=Process(_whole(process["pid"]), _text(process["host"]), _text_or_none(process["started"])),
            started=_time(data["started"]),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise LineError(str(error)) from None


def read_line(line: bytes) -> Base | Stamped:
    """What a line after the header holds. Raises LineError."""
    data = _data(line)
    try:
        if data["step"] == "base":
            if not isinstance(data["scenario"], dict):
                raise LineError("no scenario")
            return Base(data["scenario"])
        return Stamped(_step(data), _time(data["at"]))
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise LineError(str(error)) from None


def _content(step: Step) -> dict[str, Any]:
    match step:
        case Apply(changes, words, whatif):
            named = {"whatif": whatif} if whatif else {}
            return {"changes": [change_to_json(change) for change in changes], "words": words, **named}
        case TakeBack(index):
            return {"index": index}
        case Saved(path, file_sha256):
            return {"path": path, "file_sha256": file_sha256}
    return {}


def _step(data: Mapping[str, Any]) -> Step:
    match data["step"]:
        case "apply":
            changes = tuple(change_from_json(entry) for entry in data["changes"])
            return Apply(changes, _text(data["words"]), _text(data.get("whatif", "")))
        case "undo":
            return Undo()
        case "redo":
            return Redo()
        case "take_back":
            return TakeBack(_whole(data["index"]))
        case "saved":
            return Saved(_text(data["path"]), _text(data["file_sha256"]))
    raise LineError("no step of that name")


_NAMES: dict[type, str] = {Apply: "apply", Undo: "undo", Redo: "redo", TakeBack: "take_back", Saved: "saved"}


def _line(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, allow_nan=False).encode("ascii") + b"\n"


def _data(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise LineError(str(error)) from None
    if not isinstance(data, dict):
        raise LineError("no mapping")
    return data


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise LineError("no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise LineError("no whole number")
    return value


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise LineError("a time without its zone")
    return moment
