"""Tables, JSON Lines, feeds and WARC files in archives: unpacked into a folder of the run, they are files like any other."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.archived import DamagedError, Held
from whoholds.corpora.sources.names import shown
from whoholds.model import Problem

_NO_NAME = re.compile(r"[^\w.!-]+")
_LONGEST_NAME = 100  # characters, the last of them, which tell the kind


def unpacked_to(keep: Path, held: Held) -> Path | SetAside:
    """The file in `keep` that a member was written to, called after the archive and itself; set aside where that fails.

    It stands in a folder of its own, named by a hash of both, whole or not at all.
    """
    member = held.member
    key = hashlib.sha256(f"{member.archive}!{member.name}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    name = _NO_NAME.sub("_", f"{os.path.basename(member.archive)}!{member.name}")  # noqa: PTH119 -- as named
    path = keep / key / name[-_LONGEST_NAME:].lstrip(".")
    beside = path.with_name(f".{uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.writelines(held.content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except DamagedError as error:
        return SetAside(member.place, member.damaged(error))
    except OSError as error:
        message = f"{member.place} cannot be unpacked into {shown(str(keep))}: {error.strerror or error}"
        return SetAside(member.place, Problem("unwritable", message, hint="make room, or choose another folder with --out"))
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return path
