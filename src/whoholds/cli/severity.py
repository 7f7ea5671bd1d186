"""Which problems make the exit status 1: those that leave a document, or a record, unread."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.model import Problem

FAILURES = frozenset(
    {
        "missing",
        "directory",
        "permission",
        "unreadable",
        "too-large",
        "empty",
        "binary",
        "no-article",
        "record",
        "language",
    }
)
"""All other codes inform: no date was told, a reference stayed open, an encoding was guessed."""


def failed(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems left something unread; not for no problems."""
    return any(problem.code in FAILURES for problem in problems)
