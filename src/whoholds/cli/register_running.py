"""Running the commands on a register: opened, asked, printed for people or as JSON; each gives its exit status.

Whatever stops a command is told in words: what is wrong and the way out. A register that cannot be written is asked all
the same.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from whoholds.cli.paper import Paper, prepare_streams
from whoholds.cli.quoted import shown
from whoholds.cli.register_words import place_named
from whoholds.language import ModelError
from whoholds.model import Problem
from whoholds.notation import Line
from whoholds.questions import PlaceError, Register
from whoholds.register.store import ConflictError, StoreError

FAILED, INTERRUPTED, PIPE_CLOSED = 1, 130, 141
P = ParamSpec("P")
T = TypeVar("T")


def told(command: Callable[P, int]) -> Callable[P, int]:
    """The command, with what stops it told in words."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> int:
        if sys.stdout is None:
            return failed("standard output is closed", "give it a terminal, a pipe or a file")
        prepare_streams()
        try:
            status = command(*arguments, **options)
            sys.stdout.flush()
            return status
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            _let_go_of_output()
            return PIPE_CLOSED
        except PlaceError as error:
            return _which_place(error)
        except ConflictError as error:
            return failed(error.message, error.hint)
        except StoreError as error:
            return failed(error.message, error.hint)
        except sqlite3.DatabaseError as error:
            return failed(f"the gazetteer's index cannot be used: {error}", "name another folder in WHOHOLDS_CACHE")
        except OSError as error:
            return failed(*_reason(error))

    return run


def opened(locator: str, *, create: bool = False, readonly: bool = False) -> Register:
    """The register. Raises StoreError where there is none, or none that can be opened."""
    return Register(locator, create=create, readonly=readonly)


def answered(
    locator: str,
    ask: Callable[[Register], T],
    *,
    as_json: bool,
    to_json: Callable[[T], Any],
    show: Callable[[Paper, T], None],
) -> int:
    """Ask a register one thing and print the answer."""
    with opened(locator) as register:
        answer = ask(register)
        if as_json:
            print_json(to_json(answer))
        else:
            show(Paper(sys.stdout), answer)
    return 0


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print JSON and a line break."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def failed(message: str, hint: str) -> int:
    """Tell what went wrong and the way out; gives the exit status."""
    if sys.stderr is not None:
        sys.stderr.write(shown(f"whoholds: {message}") + "\n" + (f"    {shown(hint)}\n" if hint else ""))
    return FAILED


def refused(problems: Iterable[Problem], place: str, text: str) -> int:
    """Tell what is wrong with a file in the notation; gives the exit status."""
    from whoholds.cli.inputs import Input
    from whoholds.cli.problems import print_problem
    from whoholds.model import Document

    item = Input(place, Document(text=text), ())
    for problem in problems:
        print_problem(Paper(sys.stderr), item, problem)
    return FAILED


def _which_place(error: PlaceError) -> int:
    status = failed(error.message, error.hint)
    paper = Paper(sys.stderr)
    for site in error.sites:
        unplaced: Line = [] if site.place else [("hint", " (nothing tells where it lies)")]
        paper.line([("", "    "), *place_named(site, key=True), *unplaced])
    return status


def _reason(error: OSError) -> tuple[str, str]:
    if isinstance(error, ModelError):
        return error.message, error.hint
    words = os.strerror(error.errno).lower() if error.errno else str(error)
    if error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT, errno.EINVAL) and not error.filename:
        _let_go_of_output()
        return f"standard output cannot be written: {words}", "make room, or write it elsewhere"
    return f"{error.filename or 'a file'}: {words}", "check the file and its folder"


def _let_go_of_output() -> None:
    """Send what is still in the buffer nowhere, or closing the stream would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
