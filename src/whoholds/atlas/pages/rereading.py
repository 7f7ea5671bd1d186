"""Reading a report anew for a page: a register keeps claims, not what stayed unclear when they were read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from whoholds.atlas.desk import Desk
from whoholds.model import Document, Problem
from whoholds.questions import Register

_MOST = 200_000  # characters: some twenty seconds of reading
_ONE_AT_A_TIME = Lock()  # the reader takes a processor and much memory, and serves one at a time


@dataclass(frozen=True, slots=True)
class Reread:
    """What stayed unclear, in the order of the text; `refused` tells why a report was not read, "" where it was."""

    problems: tuple[Problem, ...] = ()
    refused: str = ""


def reread(desk: Desk, document: Document) -> Reread:
    """Read a document again. Not where everybody may ask, since it takes a second, nor a text that is very long."""
    if desk.settings.public:
        return Reread(refused="Reports are not read again on a public page.")
    if len(document.text) > _MOST:
        return Reread(refused=f"The text has more than {_MOST:,} characters; read it with: whoholds read")
    with _ONE_AT_A_TIME:
        return Reread(_problems(desk.register, document))


@lru_cache(maxsize=16)
def _problems(register: Register, document: Document) -> tuple[Problem, ...]:
    problems = register.read(document).problems
    return tuple(sorted(problems, key=lambda one: one.span.start if one.span else -1))
