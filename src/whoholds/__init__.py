"""Who holds what ground, since when, and according to whom: claims read from news reports, anchored to their words.

    >>> import whoholds
    >>> reading = whoholds.read("Rebels seized the town of Sake on Monday, the army said.", published="2025-01-22")
    >>> [claim.kind for claim in reading.claims]
    ['control']

    >>> with whoholds.Register(":memory:") as register:
    ...     for added in register.add([reading.document]):
    ...         print(added.became, added.claims)
    ...     print(register.who("Sake", on="2025-01-22").holding.standing)
    new 1
    claimed

The language pipeline and the gazetteer are loaded at the first reading and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.model import Claim, Control, Document, Event, Obligation, Problem

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading
    from whoholds.questions import Register

__version__ = "0.1.0"
__all__ = ["Claim", "Control", "Document", "Event", "Obligation", "Problem", "Register", "load", "read", "read_many"]


def read(source: str | Path | Document, *, published: date | str | None = None) -> Reading:
    """The claims of one report: its text (a string), its file (a Path), or a document from `load`.

    `published` (a day or "YYYY-MM-DD") anchors relative dates; empty text gives no claims. Raises ValueError for a file that
    cannot be read, a string that is no day, and `published` beside a document, which has its own.
    """
    if isinstance(source, Path):
        document, problems = load(source, published=published)
        if document is None:
            raise ValueError("; ".join(problem.message for problem in problems))
        return _reader().read(document)
    if isinstance(source, Document):
        if published is not None:
            raise ValueError("a document has its own day of publication; give it to load()")
        return _reader().read(source)
    from whoholds.articles import from_text

    return _reader().read(from_text(source, published=_day(published)))


def read_many(documents: Iterable[Document]) -> Iterator[Reading]:
    """A reading for each document, in order, produced batch by batch; faster than one after another."""
    return _reader().read_many(documents)


def load(path: str | Path, *, published: date | str | None = None) -> tuple[Document | None, list[Problem]]:
    """A text file or saved web page as a document, and what was wrong with it; no document where it cannot be read at all.

    Raises ValueError for a `published` that is no day.
    """
    from whoholds.articles import load as load_article

    return load_article(Path(path), published=_day(published))


def __getattr__(name: str) -> object:
    if name == "Register":
        from whoholds.questions import Register  # brings in the gazetteer; reading does without a register

        return Register
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    return date.fromisoformat(published)


@cache
def _reader() -> Reader:
    from whoholds.pipeline import Reader

    return Reader()
