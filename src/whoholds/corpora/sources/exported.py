"""What a report of an export is made of, and the lines of it made ready."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.articles.days import MONTH, find_day

_UNWRAPPED = 120  # characters; lines of a text that is broken into lines are shorter
_BY = re.compile(r"by:?\s+", re.I)
_DATED = re.compile(rf"\b{MONTH}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}\b")
_LONGEST_DATED = 60  # characters: "Wednesday, November 25, 2020 Wednesday 10:03 AM GMT"
_RIGHTS = re.compile(r"\s*(?:copyright\b|\(c\)|©|all rights reserved\b|.{0,80}\ball rights reserved\.?\s*$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A report cut out of an export: its text is the headline and the body, without what the export adds after them.

    `line` counts from 0 within what was cut. `key` is what the export calls it by, None where it has no such thing.
    """

    line: int
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bare:
    """A report in an export that has nothing to read: the line it begins at, from 0, and why."""

    line: int
    reason: str


NO_BODY = "the report has no body"


def filled(lines: Sequence[str], start: int = 0, end: int | None = None) -> list[int]:
    """The numbers of the lines from `start` up to `end` that have something in them."""
    return [number for number in range(start, len(lines) if end is None else end) if lines[number].strip()]


def flat(words: Iterable[str]) -> str | None:
    """Lines as one, without spaces to spare; None where nothing is left."""
    return " ".join(" ".join(words).split()) or None


def author_of(words: str | None) -> str | None:
    """The author of a byline, without the word "by"."""
    return _BY.sub("", words, count=1).strip() or None if words else None


def day_line(line: str) -> date | None:
    """The full day that a line tells which tells nothing much besides; None for any other."""
    words = line.strip()
    if len(words) > _LONGEST_DATED or not _DATED.search(words) or is_rights(words):
        return None
    return find_day(words)


def is_rights(line: str) -> bool:
    """Whether a line is one of a copyright notice."""
    return bool(_RIGHTS.match(line))


def text_from(*pieces: str | None) -> str:
    """Headline, dateline and body as one text, parted by blank lines."""
    return "\n\n".join(piece.strip() for piece in pieces if piece and piece.strip())


def body_of(lines: Sequence[str]) -> str:
    """The lines of a body; where each is a paragraph, as they are in word processors, they are parted by blank lines."""
    kept = [line.rstrip() for line in lines]
    if any(len(line) > _UNWRAPPED for line in kept):
        return "\n\n".join(line.strip() for line in kept if line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def has_words(text: str) -> bool:
    """Whether there is a letter or figure in a text."""
    return any(map(str.isalnum, text))
