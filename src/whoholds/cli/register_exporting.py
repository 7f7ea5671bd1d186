"""What `whoholds export` does: a file written beside and then renamed, so that nobody finds half of one; or text to a pipe."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from whoholds.cli.quoted import shown
from whoholds.cli.register_running import failed, opened, told
from whoholds.cli.register_words import count
from whoholds.formats.exports import ExportError, FileFormat, TextFormat
from whoholds.questions.extract import Extract

Chosen = TextFormat | FileFormat
Moment = date | datetime | None
_ONE = {"duties": "duty"}


@told
def export(
    locator: str,
    chosen: Chosen,
    out: str | None,
    *,
    kinds: Sequence[str],
    place: str | None,
    first: date | None,
    last: date | None,
    published_by: date | None,
    recorded_by: Moment,
    force: bool,
) -> int:
    """Export a register; gives the exit status."""
    try:
        wanted = chosen.wanted(kinds)
        chosen.check()
        target = None if out in (None, "-") else _target(str(out), locator, force)
        if target is None and isinstance(chosen, FileFormat):
            raise ExportError(f"{chosen.title} is no text to print", "name a file with --out")
        with opened(locator) as register:
            extract = register.extract(place, first, last, published_by=published_by, recorded_by=recorded_by)
            if target is None:
                _print(chosen, extract, wanted)
            else:
                _beside(target, lambda path: _write(chosen, path, extract, wanted), force)
                _remark(f"{target}: {', '.join(_counted(kind, number) for kind, number in extract.given.items())}")
    except ExportError as error:
        return failed(error.message, error.hint)
    return 0


def _target(out: str, locator: str, force: bool) -> Path:
    """The file to write. Raises ExportError where it would cost something that is there."""
    path = Path(out)
    path = path.resolve() if path.is_symlink() else path
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {path.parent}", "make it, or name another file")
    if path.exists():
        if not path.is_file():
            raise ExportError(f"{out} is no file", "name a file with --out")
        if Path(locator).exists() and path.samefile(locator):
            raise ExportError(f"{out} is the register itself", "name another file with --out")
        if not force:
            raise ExportError(f"{out} is there already", "name another file, or overwrite it with --force")
    return path


def _beside(path: Path, write: Callable[[Path], None], force: bool) -> None:
    """Have a file written in a folder of its own next to its place, and put it there once it is whole."""
    try:
        with tempfile.TemporaryDirectory(prefix=".whoholds-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            write(made)
            with made.open("rb") as file:
                os.fsync(file.fileno())
            if path.exists() and not force:
                raise ExportError(f"{path} has come to be meanwhile", "name another file, or overwrite it with --force")
            made.replace(path)
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise ExportError(f"{path} cannot be written: {words}", "make room, or write it elsewhere") from error


def _write(chosen: Chosen, path: Path, extract: Extract, kinds: Sequence[str]) -> None:
    if isinstance(chosen, FileFormat):
        chosen.write(path, extract, kinds)
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(chosen.pieces(extract, kinds, _remark))


def _print(chosen: Chosen, extract: Extract, kinds: Sequence[str]) -> None:
    assert isinstance(chosen, TextFormat)
    for piece in chosen.pieces(extract, kinds, _remark):
        sys.stdout.write(piece)


def _remark(message: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(shown(f"# {message}") + "\n")


def _counted(kind: str, number: int) -> str:
    return count(number, _ONE.get(kind, kind.removesuffix("s")), kind)
