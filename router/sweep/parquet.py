"""Results as a folder of Parquet files, each written whole; together they are one table to any reader of Parquet.

Without pyarrow, importing this module raises OutputError, which says how to install it.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from router.reading.write import OutputError, write_whole
from router.sweep.answered import Answered
from router.sweep.header import NO_RESULTS, ResultsHeader, check_header, unreadable
from router.sweep.lock import RunLock, output_error
from router.sweep.store import cost_of
from router.whatif.case import Case

try:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from router.sweep.parquet_rows import answered_of, row, schema
except ModuleNotFoundError:
    raise OutputError("results as Parquet need pyarrow: pip install 'multicloud-router[parquet]'") from None

_MOST_ROWS = 500
_MOST_SECONDS = 10.0
"""A file is written when there are so many answers, or so long after the last: what a kill may lose."""

_HEADER = b"router"
_PART = re.compile(r"part-(\d{5,})\.parquet")
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.(new|old)")
"""What a kill leaves of a file that was being written."""


class Parquet:
    """A folder of results of one question, begun or gone on with. Close it: the last answers are written then."""

    def __init__(self, path: Path, header: ResultsHeader, cases: Mapping[str, Case]) -> None:
        """``cases`` by name. Raises OutputError: the folder is another question's, or in use, or cannot be written."""
        self.path = path
        self._cases = cases
        self._schema = schema({_HEADER: json.dumps(header.data(), ensure_ascii=False).encode()})
        self._costs: dict[str, float | None] = {}
        self._rows: list[dict[str, Any]] = []
        try:
            path.mkdir(exist_ok=True)
        except OSError as error:
            raise output_error(path, error) from None
        self._lock: RunLock | None = RunLock(path / ".lock")
        try:
            self._number = self._read(header)
        except BaseException:
            self._lock.release()
            raise
        self._written_at = time.monotonic()

    @property
    def costs(self) -> Mapping[str, float | None]:
        """Cost in USD of what is answered, by case, None where there is no plan."""
        return self._costs

    def append(self, answered: Answered) -> None:
        """One more row; a second answer of a case is left out. Raises OutputError; the rows are tried again then."""
        if answered.name in self._costs:
            return
        self._rows.append(row(answered, self._cases.get(answered.name)))
        self._costs[answered.name] = cost_of(answered)
        if len(self._rows) >= _MOST_ROWS or time.monotonic() - self._written_at >= _MOST_SECONDS:
            self._write()

    def answers(self) -> Iterator[Answered]:
        """All answers, in the order in which they came. Raises OutputError."""
        for _, path in self._parts():
            yield from map(answered_of, _table(path).to_pylist())
        yield from map(answered_of, pa.Table.from_pylist(self._rows, self._schema).to_pylist())

    def close(self) -> None:
        """All rows are on disk; another run may go on. May be called again. Raises OutputError."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        try:
            self._write()
        finally:
            lock.release()

    def _read(self, header: ResultsHeader) -> int:
        """Take in what is there; the number of the last part."""
        parts = self._parts()
        for _, path in parts:
            try:
                metadata = pq.read_schema(path).metadata or {}
                table = pq.read_table(path, columns=["name", "cost_usd"])
            except (OSError, pa.ArrowException, KeyError) as error:
                raise unreadable(path, f"{NO_RESULTS}, or damaged") from error
            check_header(path, metadata.get(_HEADER, b""), header)
            for name, cost in zip(table["name"].to_pylist(), table["cost_usd"].to_pylist(), strict=True):
                self._costs.setdefault(name, cost)
        for path in self.path.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    path.unlink()
        return parts[-1][0] if parts else 0

    def _write(self) -> None:
        if self._rows:
            buffer = pa.BufferOutputStream()
            pq.write_table(pa.Table.from_pylist(self._rows, self._schema), buffer)
            write_whole(self.path / f"part-{self._number + 1:05d}.parquet", buffer.getvalue().to_pybytes())
            self._number += 1
            self._rows.clear()
        self._written_at = time.monotonic()

    def _parts(self) -> list[tuple[int, Path]]:
        try:
            found = [(_PART.fullmatch(path.name), path) for path in self.path.iterdir()]
        except OSError as error:
            raise output_error(self.path, error) from None
        return sorted((int(match[1]), path) for match, path in found if match)


def _table(path: Path) -> Any:
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path, f"{NO_RESULTS}, or damaged") from error
