"""What a run writes for people and other programs: an object a document in JSON lines, or a row a claim in Parquet."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from whoholds.corpora.keeping import draft, json_line, kept_lines
from whoholds.corpora.tasks import StoppedError

ENDINGS = ("jsonl", "parquet")
_TEXTS = tuple("kind quote factuality when where where_country type change step action agreement due".split())
_PLAIN = ("where_lat", "where_lon", "confidence")
_WHOLE = ("quote_start", "quote_end", "where_geonameid")
_DOCUMENT = ("document", "place", "published", "outlet", "url")


class Claims:
    """A file of claims; it is there once the block is left without an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self._file: IO[bytes] | None = None
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        """Begin the file."""
        if self._path.suffix != ".parquet":
            self._file = self._stack.enter_context(kept_lines(self._path))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Put the file in its place."""
        if self._file is None and error is None:
            _write_parquet(self._path, self._rows)
        self._stack.__exit__(kind, error, trace)

    def add(self, read: dict[str, Any]) -> None:
        """Write what was read in a document."""
        if self._file is not None:
            self._file.write(json_line(read))
        else:
            self._rows += _rows(read)


def _rows(read: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each claim; one without a claim for a document in which none was read."""
    document = {"name": _storable(read["id"]), **{key: _storable(read[key]) for key in _DOCUMENT}}
    document["also_published_by"] = _json(read["also_published_by"])
    rows = []
    for claim in read["claims"] or [{}]:
        row = {key: _storable(claim.get(key)) for key in (*_TEXTS, *_PLAIN, *_WHOLE)}
        rows.append({**document, "claim": claim.get("id"), **row, "whole": _json(claim) if claim else None})
    return rows


def _write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise StoppedError(
            "Parquet needs pyarrow", "install it: pip install 'whoholds[parquet]'; the same command goes on"
        ) from None
    texts = ("name", *_DOCUMENT, "also_published_by", "claim", *_TEXTS)
    schema = pa.schema(
        [
            *((key, pa.string()) for key in texts),
            *((key, pa.float64()) for key in _PLAIN),
            *((key, pa.int64()) for key in _WHOLE),
            ("whole", pa.string()),
        ]
    )
    with draft(path) as other:
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), other, compression="zstd")


def _json(value: Any) -> str:
    return json_line(value).decode().rstrip("\n")


def _storable(value: Any) -> Any:
    """A value that Parquet takes: halves of surrogate pairs become U+FFFD, which UTF-8 has."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value
