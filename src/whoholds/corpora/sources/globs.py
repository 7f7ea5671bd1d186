"""Patterns of paths: `*`, `?` and `[…]` within a name, `**` for any folders; each folder is gone through once, links or not.

The shell's rules hold: a name that begins with a full stop is found only by a pattern that does.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator

_SIGNS = frozenset("*?[")


def is_pattern(path: str) -> bool:
    """Whether a path has signs of a pattern in it."""
    return not _SIGNS.isdisjoint(path)


def matching(pattern: str) -> list[str]:
    """The paths of files and folders that a pattern fits, in order, each once. Folders that may not be read hold none."""
    segments = [segment for segment in pattern.split("/") if segment]
    start = "/" if pattern.startswith("/") else ""
    return sorted(set(_below(start, segments, set())))


def _below(folder: str, segments: list[str], seen: set[tuple[int, int]]) -> Iterator[str]:
    if not segments:
        if folder:
            yield folder
        return
    first, *rest = segments
    if first == "**":
        yield from _any_depth(folder, rest, seen)
    elif is_pattern(first):
        for name, is_folder in _entries(folder):
            if _fits(name, first) and (is_folder or not rest):
                yield from _below(folder + name + ("/" if rest else ""), rest, seen)
    elif os.path.lexists(folder + first):
        yield from _below(folder + first + ("/" if rest else ""), rest, seen)


def _any_depth(folder: str, rest: list[str], seen: set[tuple[int, int]]) -> Iterator[str]:
    """What fits `rest` in a folder or any below it; `**` at the end stands for the files there."""
    stack = [folder]
    while stack:
        here = stack.pop()
        if not _is_new(here, seen):
            continue
        entries = list(_entries(here))
        if rest:
            yield from _below(here, rest, set(seen) if "**" in rest else seen)
        else:
            yield from (here + name for name, is_folder in entries if not is_folder and not name.startswith("."))
        stack += [here + name + "/" for name, is_folder in reversed(entries) if is_folder and not name.startswith(".")]


def _is_new(folder: str, seen: set[tuple[int, int]]) -> bool:
    try:
        told = os.stat(folder or ".")  # noqa: PTH116
    except OSError:
        return False
    identity = (told.st_dev, told.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _entries(folder: str) -> Iterator[tuple[str, bool]]:
    """The names in a folder, in order, and whether each is a folder itself."""
    try:
        with os.scandir(folder or ".") as entries:
            yield from sorted((entry.name, _is_folder(entry)) for entry in entries)
    except OSError:
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _fits(name: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
