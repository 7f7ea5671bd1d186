"""Running a command: inputs in order through the pipeline, each result printed as it comes, and the exit status."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from whoholds.cli.inputs import Input, from_files, from_records, in_order
from whoholds.cli.paper import Paper, prepare_streams
from whoholds.cli.problems import print_problem
from whoholds.cli.quoted import shown
from whoholds.cli.severity import failed
from whoholds.formats import grounding_to_json, problem_to_json, reading_to_json
from whoholds.grounding import Grounding
from whoholds.language import ModelError
from whoholds.pipeline import Reader, Reading

STOPPED = 1
INTERRUPTED, PIPE_CLOSED = 130, 141  # as shells report a program that SIGINT or SIGPIPE ended
_OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT, errno.EINVAL})
Result = Reading | Grounding
_EMPTY: dict[str, tuple[str, ...]] = {"read": ("claims",), "ground": ("times", "places", "actors")}


def run(
    what: str,
    files: Sequence[str],
    published: date | None,
    *,
    jsonl: str | None = None,
    as_json: bool = False,
    least: float = 0.0,
    quiet: bool = False,
) -> int:
    """Run `read`, `ground` or `explain` over files, or over the records of `jsonl`; gives the exit status.

    Claims of less confidence than `least` are left out.
    """
    if sys.stdout is None:
        return _stopped("standard output is closed", "give it a terminal, a pipe or a file")
    prepare_streams()
    inputs = from_files(files, published) if jsonl is None else from_records(jsonl, published)
    reader = Reader()
    results: Iterable[tuple[Input, Result | None]]
    results = in_order(inputs, reader.ground_many) if what == "ground" else in_order(inputs, reader.read_many)
    if least:
        results = ((item, _sure(result, least)) for item, result in results)
    try:
        if as_json or jsonl is not None:
            return _print_json(what, results, indent=2 if jsonl is None and len(files) == 1 else None)
        return _print_for_people(what, results, quiet=quiet)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return PIPE_CLOSED
    except sqlite3.DatabaseError as error:
        return _stopped(f"the gazetteer's index is damaged: {error}", f"delete it, and it is made anew: {_index_folder()}")
    except OSError as error:
        return _stopped(*_reason(error))


def _reason(error: OSError) -> tuple[str, str]:
    """What the system refused, apart from inputs, and the way out."""
    if error.errno in _OUTPUT_ERRORS and error.filename is None:
        _let_go_of_output()
        return f"standard output cannot be written: {_words_of(error)}", "make room, or write it elsewhere"
    if isinstance(error, ModelError):
        return error.message, error.hint
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{_words_of(error)}", "check the folder, or name another one in WHOHOLDS_CACHE"


def _words_of(error: OSError) -> str:
    if error.errno is not None and error.strerror == os.strerror(error.errno):
        return error.strerror.lower()
    return error.strerror or str(error)


def _let_go_of_output() -> None:
    """Send what is still in the buffer nowhere, or closing the stream would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stopped(message: str, hint: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(shown(f"whoholds: {message}") + "\n    " + shown(hint) + "\n")
    return STOPPED


def _index_folder() -> str:
    from whoholds.grounding.gazetteer.cache import index_path

    return str(index_path())


def _print_json(what: str, results: Iterable[tuple[Input, Result | None]], *, indent: int | None) -> int:
    status = 0
    for item, result in results:
        told = _to_json(what, item, _whole(item, result))
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=indent) + "\n")
        sys.stdout.flush()
        status |= _failed(item, result)
    return status


def _to_json(what: str, item: Input, result: Result | None) -> dict[str, Any]:
    match result:
        case Reading():
            return reading_to_json(result)
        case Grounding():
            return grounding_to_json(result)
    empty: dict[str, Any] = {key: [] for key in _EMPTY[what]}
    return {"id": item.place, **empty, "problems": [problem_to_json(problem) for problem in item.problems]}


def _print_for_people(what: str, results: Iterable[tuple[Input, Result | None]], *, quiet: bool) -> int:
    from whoholds.cli.readings import print_reading
    from whoholds.cli.tables import print_grounding

    paper, margin = Paper(sys.stdout), Paper(sys.stderr)
    status = 0
    for number, (item, found) in enumerate(results):
        result = _whole(item, found)
        if number and result:
            paper.blank()
        match result:
            case Reading():
                print_reading(paper, result, explained=what == "explain")
            case Grounding():
                print_grounding(paper, result)
        paper.flush()
        for problem in () if quiet else result.problems if result else item.problems:
            print_problem(margin, item, problem)
        status |= _failed(item, found)
    return status


def _sure(result: Result | None, least: float) -> Result | None:
    """The result without the claims of less confidence."""
    if not isinstance(result, Reading):
        return result
    return replace(result, claims=tuple(claim for claim in result.claims if (claim.confidence or 0.0) >= least))


def _whole(item: Input, result: Result | None) -> Result | None:
    """The result with the problems of getting its document before its own."""
    return replace(result, problems=(*item.problems, *result.problems)) if result and item.problems else result


def _failed(item: Input, result: Result | None) -> bool:
    return result is None or failed((*item.problems, *result.problems))
