"""Where files that were fetched from addresses came from: a side file (`.origin.json`) beside each."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

KEY_LENGTH = 16  # characters of the hash of an address that its file's name begins with


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a kept file came from; `content_type` is without parameters, `size` in bytes."""

    address: str
    url: str
    retrieved: str
    content_type: str
    charset: str | None
    size: int
    sha256: str
    file: str


def origin_of(path: Path) -> Origin | None:
    """Where a file that is kept came from; None for any other file."""
    origin = read_origin(side_file(path.parent, path.name[:KEY_LENGTH]))
    return origin if origin and origin.file == path.name else None


def side_file(keep: Path, key: str) -> Path:
    """The side file of the file whose name begins with `key`."""
    return keep / f"{key}.origin.json"


def read_origin(told: Path) -> Origin | None:
    """What a side file tells; None where there is none, or none that can be read."""
    try:
        return Origin(**json.loads(told.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_origin(path: Path, origin: Origin) -> None:
    """The side file, whole or not at all; it is written last, so that where it is, the file is."""
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    told = {name: getattr(origin, name) for name in Origin.__slots__}
    with beside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
