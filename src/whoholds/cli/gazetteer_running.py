"""Running the commands of `whoholds gazetteer`: each gives its exit status."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from whoholds.cli.gazetteer_lists import gazetteers_in_use, meanings, print_gazetteers, print_meanings
from whoholds.cli.paper import Paper, prepare_streams
from whoholds.cli.progress import Progress
from whoholds.cli.quoted import shown
from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.added import adding, folder
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Bad
from whoholds.grounding.gazetteer.lookup import in_use

FAILED, INTERRUPTED, PIPE_CLOSED = 1, 130, 141
_SHOWN = 20  # bad lines
P = ParamSpec("P")


def _told(command: Callable[P, int]) -> Callable[P, int]:
    """The command, with what stops it told in words."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> int:
        if sys.stdout is None:
            return _failed("standard output is closed", "give it a terminal, a pipe or a file")
        prepare_streams()
        try:
            status = command(*arguments, **options)
            sys.stdout.flush()
            return status
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or closing it would fail once more
            return PIPE_CLOSED
        except GazetteerError as error:
            return _failed(error.message, error.hint)
        except sqlite3.DatabaseError as error:
            way = "make room on the disk, or name other folders in WHOHOLDS_DATA and WHOHOLDS_CACHE"
            return _failed(f"a gazetteer cannot be written or read: {error}", way)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            reason = os.strerror(error.errno).lower() if error.errno else str(error)
            return _failed(f"{where}{reason}", "check the folder, or name another one in WHOHOLDS_DATA")

    return run


@_told
def add(file: str, *, name: str, country: str | None, skip_bad: bool) -> int:
    """Make an index of a file; 1 where it was refused or lines of it were left out."""
    replaces = folder.path_of(name).exists()
    with Progress(Path(file).name) as progress:
        try:
            made = adding.add(
                Path(file),
                name=name,
                country=country,
                skip_bad=skip_bad,
                indexes=in_use,
                progress=progress.step,
                tell=_note,
                shown=_SHOWN,
            )
        except KeyboardInterrupt:
            progress.stop()
            sys.stderr.write("whoholds: stopped; the same command goes on from here\n")
            return INTERRUPTED
    if isinstance(made, adding.Refused):
        _tell_bad(file, made.shown, made.bad)
        still = f"; the '{name}' added before stays in use" if replaces else ""
        return _failed(f"{file} was not added: {_count(made.bad, 'bad line')} of {made.lines:,}{still}", made.hint)
    about = made.about
    paper = Paper(sys.stdout)
    paper.line([("", f"{'replaced' if replaces else 'added'} "), ("heading", about.name), ("", f": {_what(about)}")])
    for remark in _remarks(about, made.notes):
        paper.line([("", "    "), ("hint", shown(remark))], hanging=4)
    paper.flush()
    if made.skipped:
        _tell_bad(file, made.shown, about.skipped)
        return _failed(f"{_count(about.skipped, 'bad line')} left out", f"all are listed in {made.skipped}")
    return 0


@_told
def show(*, as_json: bool) -> int:
    """Print the gazetteers in use; 1 where one of them is damaged."""
    found = gazetteers_in_use()
    unfinished = folder.drafts()
    if as_json:
        listed = [one if isinstance(one, dict) else {**asdict(one), "path": str(one.path)} for one in found]
        sys.stdout.write(json.dumps({"gazetteers": listed, "unfinished": unfinished}, ensure_ascii=False, indent=2) + "\n")
    else:
        print_gazetteers(Paper(sys.stdout), found, unfinished)
    return FAILED if any(isinstance(one, folder.Damaged) for one in found) else 0


@_told
def remove(name: str) -> int:
    """Remove an added gazetteer; 1 where there is none of that name."""
    path = folder.remove(folder.checked_name(name))
    sys.stdout.write(f"removed {path.stem}\n")
    return 0


@_told
def find(name: str, *, as_json: bool) -> int:
    """Print what a name can mean; 1 where no gazetteer has it."""
    found = meanings(gazetteer(), name)
    if as_json:
        sys.stdout.write(json.dumps({"name": name, "places": found}, ensure_ascii=False, indent=2) + "\n")
    elif found:
        print_meanings(Paper(sys.stdout), found)
    if found:
        return 0
    return (
        FAILED if as_json else _failed(f"no gazetteer has '{name}'", "try another spelling in Latin script, or add a gazetteer")
    )


def _what(about: folder.About) -> str:
    places = _count(about.places, "place")
    return f"{places} under {_count(about.keys, 'name')}, from {Path(about.source).name} of {about.dated}"


def _remarks(about: folder.About, notes: tuple[str, ...]) -> list[str]:
    told = list(notes)
    if about.silent:
        told.append(f"{_count(about.silent, 'place')} with no name in Latin script: kept, but not found by name")
    if about.unplaced:
        told.append(
            f"{_count(about.unplaced, 'division')} could not be placed: no town in them is known; a dump added first would tell"
        )
    return [*told, about.licence] if about.licence else told


def _tell_bad(file: str, bad: tuple[Bad, ...], count: int) -> None:
    for one in bad:
        sys.stderr.write(shown(f"{file}:{one.line}: {one.reason}") + "\n")
    if count > len(bad):
        sys.stderr.write(f"... and {count - len(bad):,} more\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _note(words: str) -> None:
    sys.stderr.write(shown(f"whoholds: {words}") + "\n")


def _failed(message: str, hint: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(shown(f"whoholds: {message}") + "\n    " + shown(hint) + "\n")
    return FAILED
