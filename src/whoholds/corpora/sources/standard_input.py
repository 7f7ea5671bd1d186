"""Standard input as a source: kept as a file first, so that it can be read in parts, and again when a run is continued."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from whoholds.corpora.records import SetAside
from whoholds.model import Problem

NAME = "standard-input"
_PIECE = 1_048_576  # bytes


def kept(keep: Path, source: BinaryIO | None = None) -> Path | SetAside:
    """The file in `keep` with what standard input (or `source`) gave; what was kept before, where a run is continued."""
    path = keep / NAME
    if path.exists():
        return path
    source = source or sys.stdin.buffer
    beside = keep / f".{NAME}.{uuid4().hex[:8]}"
    try:
        keep.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            while data := source.read(_PIECE):
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, ValueError) as error:  # ValueError: it was closed
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return SetAside(
            "-", Problem("unreadable", f"standard input cannot be kept in {keep}: {reason}", hint="make room there")
        )
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return path
