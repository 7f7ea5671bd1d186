"""Reports of Nexis Uni and Lexis Advance: headline, outlet, day, copyright, a few fields, "Body", and "End of Document".

Before the first report there may be a cover page and a list of hits, which are told by their own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.corpora.sources.exported import (
    NO_BODY,
    Bare,
    Exported,
    author_of,
    body_of,
    day_line,
    filled,
    flat,
    has_words,
    is_rights,
    text_from,
)

_FIELD = re.compile(
    r"\s*(Section|Length|Byline|Dateline|Highlight|Edition|Author|Volume|Issue|ISSN|Distribution):\s*(.*)", re.I
)
_BODY = re.compile(r"\s*Body:?\s*$")
_END = re.compile(r"\s*End of Document\s*$")
_TAIL = re.compile(
    r"\s*(?:(?:Classification|Graphic|Notes):?\s*$"
    r"|(?:Load-Date|Language|Publication-Type|Journal Code|Correction-Date):\s)"
)
_COVER = re.compile(
    r"\s*(?:(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Timeline"
    r"|Source|Sources|Location|Language|Publication Type):|Documents? \(\d+\)\s*$|Content Type\s+Narrowed by|\d{1,5}\.\s+\S"
    r"|(?:About LexisNexis|Privacy Policy)\b)"
)
_ADDED = re.compile(r"\s*(?:Link to (?:PDF|Image|Original)\b.*|Page \d+ of \d+.*|\*{0,2}View (?:Original|the full).*)$", re.I)


def read(lines: Sequence[str], *, first: bool) -> Exported | Bare | None:
    """The report of some lines, which end with its mark, or with the file; None for what is no report.

    `first`: a cover page may stand before it.
    """
    ended = any(map(_END.match, lines[-3:]))
    lines = [line for line in lines if not _END.match(line)]
    fields, body, free = _header(lines)
    if body is None and not fields:
        return Bare((filled(lines) or [0])[0], "the report has no header that is known") if ended else None
    begins, title, outlet, day = _top(lines, free, first=first)
    start = len(lines) if body is None else body
    end = next((number for number in range(start, len(lines)) if _TAIL.match(lines[number])), len(lines))
    text = body_of(lines[start:end])
    if not has_words(text):
        return Bare(begins, NO_BODY)
    dateline = fields.get("dateline")
    return Exported(
        line=begins,
        text=text_from(
            title, fields.get("highlight"), None if dateline and text.lstrip().startswith(dateline) else dateline, text
        ),
        title=title,
        outlet=outlet,
        author=author_of(fields.get("byline") or fields.get("author")),
        published=None if day is None else day_line(lines[day]),
    )


def _header(lines: Sequence[str]) -> tuple[dict[str, str], int | None, list[int]]:
    """The fields, where the body begins, and the lines that stand free above both."""
    fields: dict[str, str] = {}
    free: list[int] = []
    body = next((number + 1 for number, line in enumerate(lines) if _BODY.match(line)), None)
    last = None
    for number in filled(lines, 0, None if body is None else body - 1):
        if match := _FIELD.match(lines[number]):
            fields.setdefault(match[1].lower(), match[2].strip())
            last = number
        elif _TAIL.match(lines[number]) and fields:
            break
        elif body is None and last is not None:
            return fields, number, free
        elif not fields:
            free.append(number)
    return fields, body, free


def _top(lines: Sequence[str], free: list[int], *, first: bool) -> tuple[int, str | None, str | None, int | None]:
    """Where the report begins, its headline, its outlet, and the line of its day."""
    if first and (cover := [number for number in free if _COVER.match(lines[number])]):
        free = [number for number in free if number > cover[-1]]
    free = [number for number in free if not _ADDED.match(lines[number])]
    if not free:
        return 0, None, None, None
    day = next((number for number in reversed(free) if day_line(lines[number])), None)
    above = [number for number in free if (day is None or number < day) and not is_rights(lines[number])]
    if not above:
        return free[0], None, None, day
    if len(above) == 1:
        return above[0], flat([lines[above[0]]]), None, day
    heads = above[:-1] if not first else _together(lines, above[:-1])
    return heads[0], flat(lines[number] for number in heads), flat([lines[above[-1]]]), day


def _together(lines: Sequence[str], numbers: list[int]) -> list[int]:
    """The last of some lines, with those right above it."""
    begins = len(numbers) - 1
    while begins and numbers[begins - 1] == numbers[begins] - 1:
        begins -= 1
    return numbers[begins:]
