"""What a report's text tells of itself: title, author, outlet, day of publication, credited agencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from whoholds.articles import marks
from whoholds.articles.days import find_day, find_year
from whoholds.articles.paragraphs import visible
from whoholds.articles.roles import Block, Role

_PROSE = (Role.BODY, Role.BULLET)
_TAIL_BLOCKS = 5  # of the end, where some outlets put "Published: ..."


@dataclass(frozen=True, slots=True)
class Header:
    """What was found; None or empty where the text does not tell."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    credits: tuple[str, ...] = ()


def read_header(text: str, found: list[Block]) -> Header:
    """The header of a text whose blocks are `found`.

    A day counts only where its year stands beside it or is the only one of the dated lines.
    """
    shown = visible(text)
    top = _top(found)
    author, outlet = _byline(shown, top)
    agency = next((name for block in top if block.role is Role.DATELINE and (name := _dateline_agency(shown, block))), None)
    return Header(
        title=_title(shown, top),
        author=author,
        outlet=outlet or agency,
        published=_published(shown, top, found),
        credits=_credits(shown, found, agency),
    )


def _top(found: list[Block]) -> list[Block]:
    """What stands before the first prose."""
    for i, block in enumerate(found):
        if block.role in _PROSE:
            return found[:i]
    return found


def _words(shown: str, block: Block) -> str:
    return " ".join(shown[block.start : block.end].split())


def _title(shown: str, top: list[Block]) -> str | None:
    return next((_words(shown, block) for block in top if block.role is Role.HEADLINE), None)


def _byline(shown: str, top: list[Block]) -> tuple[str | None, str | None]:
    for block in top:
        if block.role is Role.BYLINE and (found := marks.byline(_words(shown, block))):
            return found[0], found[1] or None
    return None, None


def _dateline_agency(shown: str, block: Block) -> str | None:
    words = _words(shown, block)
    found = marks.whole_dateline(words) or marks.dateline(words + " X", first=False)
    return found.agency.strip() or None if found else None


def _published(shown: str, top: list[Block], found: list[Block]) -> date | None:
    """The day of first publication: a line or dateline at the top, else a line at the end, else the day of an update."""
    dated = [_words(shown, block) for block in top if block.role in (Role.BYLINE, Role.DATELINE)]
    tail = [_words(shown, block) for block in found[-_TAIL_BLOCKS:] if block.role is Role.BYLINE]
    years = {year for words in dated if (year := find_year(words))}
    year = years.pop() if len(years) == 1 else None
    told = [day for words in [*dated, *tail] if not _is_update(words) and (day := find_day(words))]
    completed = [day for words in dated if year and (day := find_day(words, year=year))]
    updated = [day for words in [*dated, *tail] if (day := find_day(words))]
    return next(iter([*told, *completed, *updated]), None)


def _is_update(words: str) -> bool:
    return words.lower().startswith(("updated", "last updated", "modified", "last modified"))


def _credits(shown: str, found: Iterable[Block], agency: str | None) -> tuple[str, ...]:
    named = [agency] if agency else []
    for block in found:
        if block.role is Role.CREDIT:
            named += marks.agencies(_words(shown, block))
    return tuple(dict.fromkeys(named))
