"""Reports of the older LexisNexis: "3 of 200 DOCUMENTS", then outlet, day and headline, then fields in capital letters.

The headline stands free above the fields, or is one of them. The body follows the last field of the header, or the field BODY.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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

_HEADER = frozenset(
    "LENGTH BYLINE SECTION HEADLINE DATELINE BODY HIGHLIGHT SERIES AUTHOR COLUMN TITLE SOURCE EDITION KICKER SLUG SHOW"
    " ANCHORS GUESTS REPORTERS TEASER ABSTRACT".split()
)
_TAIL = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE PUB-TYPE DOCUMENT-TYPE JOURNAL-CODE ACC-NO GRAPHIC TYPE SUBJECT ORGANIZATION COMPANY"
    " TICKER INDUSTRY PERSON CITY STATE COUNTRY GEOGRAPHIC DISTRIBUTION URL NOTES UPDATE CORRECTION-DATE TRANSCRIPT".split()
)
_ANCHORS = frozenset(("LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "PUB-TYPE", "DOCUMENT-TYPE", "JOURNAL-CODE"))
_FIELD = re.compile(r"\s*([A-Z]+(?:-[A-Z]+)*):(?:\s+(.*)|$)")
_CENTRED = 10  # spaces before what is set in the middle of a line
_NO_HEADLINE = re.compile(r"(?:correction|clarification) appended$|.*\bedition\b.{0,20}$", re.I)


def read(lines: Sequence[str], *, first: bool) -> Exported | Bare | None:
    """The report of some lines, the first of them the mark that begins it. `first` makes no difference here."""
    header = _header(lines)
    if not header.fields:
        return Bare(0, "the report has no header that is known")
    end = _tail(lines, header.body)
    body = body_of([header.opening, *lines[header.body : end]])
    if not has_words(body):
        return Bare(0, NO_BODY)
    top = _top(lines, header.free)
    title = flat([header.fields.get("HEADLINE", "") or header.fields.get("TITLE", "")]) or top.title
    dateline = header.fields.get("DATELINE")
    return Exported(
        line=0,
        text=text_from(
            title,
            *top.more,
            header.fields.get("HIGHLIGHT"),
            None if dateline and body.lstrip().startswith(dateline) else dateline,
            body,
        ),
        title=title,
        outlet=top.outlet,
        author=author_of(header.fields.get("BYLINE") or header.fields.get("AUTHOR")),
        published=None if top.day is None else day_line(lines[top.day]),
    )


@dataclass(slots=True)
class _Header:
    """The fields above the body, the numbers of the lines that stand free above them, and where the body begins.

    `opening` is what stands in the line of BODY itself.
    """

    fields: dict[str, str] = field(default_factory=dict)
    free: list[int] = field(default_factory=list)
    body: int = 0
    opening: str = ""


def _header(lines: Sequence[str]) -> _Header:
    header, name, blank = _Header(), "", True
    has_body = any((match := _FIELD.match(line)) and match[1] == "BODY" for line in lines)
    for number, line in enumerate(lines[1:], 1):
        header.body = number
        match = _FIELD.match(line)
        if match and (match[1] in _HEADER or match[1] in _TAIL):
            name = match[1]
            if name == "BODY":
                header.body, header.opening = number + 1, match[2] or ""
                return header
            if name in _ANCHORS and not has_body:
                return header
            header.fields.setdefault(name, (match[2] or "").strip())
        elif line.strip():
            if name and not blank:
                header.fields[name] = f"{header.fields[name]} {line.strip()}".strip()
            elif not header.fields:
                header.free.append(number)
            elif "LENGTH" in header.fields and not has_body:
                return header
        blank = not line.strip()
    header.body = len(lines) if has_body or "LENGTH" in header.fields else _after_fields(lines)
    return header


def _after_fields(lines: Sequence[str]) -> int:
    """Where the body begins that no field announces: after the first run of fields."""
    within = False
    for number, line in enumerate(lines):
        if _FIELD.match(line):
            within = True
        elif within and not line.strip():
            rest = filled(lines, number)
            if rest and not _FIELD.match(lines[rest[0]]):
                return rest[0]
    return len(lines)


@dataclass(frozen=True, slots=True)
class _Top:
    outlet: str | None
    day: int | None
    title: str | None
    more: tuple[str, ...] = ()


def _top(lines: Sequence[str], free: Sequence[int]) -> _Top:
    """What stands above the fields: outlet, day, edition and headline, in this order."""
    day = next((number for number in free if day_line(lines[number])), None)
    above = [number for number in free if (day is None or number < day) and not is_rights(lines[number])]
    if day is None:  # some outlets tell a month, or nothing
        return _Top(flat([lines[above[0]]]) if above else None, None, _heads(lines, above[1:])[0])
    title, more = _heads(lines, [number for number in free if number > day])
    return _Top(flat([lines[above[-1]]]) if above else None, day, title, more)


def _heads(lines: Sequence[str], free: Sequence[int]) -> tuple[str | None, tuple[str, ...]]:
    """The headline, and what stands below it, each of lines that follow one another."""
    heads: list[list[int]] = []
    for number in free:
        line = lines[number]
        if _NO_HEADLINE.match(line.strip()) or is_rights(line) or len(line) - len(line.lstrip()) >= _CENTRED:
            continue
        if heads and heads[-1][-1] == number - 1:
            heads[-1].append(number)
        else:
            heads.append([number])
    found = [words for head in heads if (words := flat(lines[number] for number in head))]
    return (found[0], tuple(found[1:])) if found else (None, ())


def _tail(lines: Sequence[str], body: int) -> int:
    """Where what follows the body begins: the fields around the load date, the language or the type of publication."""
    names = {number: match[1] for number in range(body, len(lines)) if (match := _FIELD.match(lines[number]))}
    anchor = next((number for number, name in names.items() if name in _ANCHORS), None)
    if anchor is None:
        anchor = len(lines)
        while anchor > body and (not lines[anchor - 1].strip() or is_rights(lines[anchor - 1])):
            anchor -= 1
    while (block := _block_before(lines, anchor, body)) is not None and (names.get(block) in _TAIL or is_rights(lines[block])):
        anchor = block
    return anchor


def _block_before(lines: Sequence[str], at: int, body: int) -> int | None:
    """Where the last block of lines before `at` begins, after the body's first line; None where there is none."""
    while at > body and not lines[at - 1].strip():
        at -= 1
    if at <= body:
        return None
    while at > body and lines[at - 1].strip():
        at -= 1
    return at
