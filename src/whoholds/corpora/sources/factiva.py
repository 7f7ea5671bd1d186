"""Reports of Factiva, which end with "Document" and an accession number, with tags of two letters (HD, PD, LP, TD) or without.

Without them a line that tells the number of words is the middle of the header: headline and author stand above it, day, time,
outlet, its code, language and copyright below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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

_TAGS = "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY CX LP TD CT RF ART CO IN NS RE IPC IPD PUB AN".split()
_TAG = re.compile(rf"({'|'.join(_TAGS)})(?:(?:[ ]{{2,}}|[ ]*\t)\s*(.*)|\s*$)")
_AN = re.compile(r"\s*(?:AN\s+)?Document ([A-Za-z0-9]{12,})\s*$")
_CODED = frozenset(("CO", "IN", "NS", "RE"))  # whose values are codes and names: "gvio : Military Action"
_BODY_TAGS = ("LP", "TD")
_WORDS = re.compile(r"\s*[\d,.]+ words\s*$")
_TIME = re.compile(r"\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[AP]M)?\s*(?:[A-Z]{2,5})?\s*$", re.I)
_CODE = re.compile(r"\s*[A-Z0-9]{2,10}\s*$")
_LANGUAGE = re.compile(
    r"\s*(?:English|French|Spanish|German|Russian|Arabic|Portuguese|Italian|Chinese.*|Turkish|Ukrainian)\s*$"
)
_PAGE = re.compile(r"\s*(?:Page \d+ of \d+.*|(?:©|\(c\)) ?\d{4} Factiva.*|Search Summary\s*)$", re.I)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,5}[^\W\d_][\w.'’-]*$")
_LONGEST_SECTION = 40  # characters; a longer line above the headline is the beginning of it
_MOST_HEADER_LINES = 12  # between the number of words and the body


def read(lines: Sequence[str], *, first: bool) -> Exported | Bare | None:
    """The report of some lines, which end with its accession number, or with the file; None for what is no report.

    `first`: a cover page may stand before it.
    """
    lines = ["" if _PAGE.match(line) else line for line in lines]
    key = next((match[1] for line in reversed(lines) if (match := _AN.match(line))), None)
    lines = ["" if _AN.match(line) else line for line in lines]
    tagged = _tagged(lines)
    if tagged is not None:
        return _of_tags(tagged, key)
    pivot = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    if pivot is None:
        begins = filled(lines)
        return Bare(begins[0] if begins else 0, "the report has no header that is known") if key else None
    return _untagged(lines, pivot, key, first=first)


@dataclass(slots=True)
class _Tagged:
    line: int
    values: dict[str, list[str]]


def _tagged(lines: Sequence[str]) -> _Tagged | None:
    """The values of the tags; None where there are none.

    Within the body only a tag that comes later in the order of tags counts, so that capital letters in a text are none.
    """
    found, tag = _Tagged(0, {}), ""
    for number, line in enumerate(lines):
        match = _TAG.match(line)
        if match and match[1] not in found.values and (tag not in _BODY_TAGS or _ends_body(match, tag)):
            found.line = found.line if tag else number
            tag = match[1]
            found.values[tag] = [match[2] or ""]
        elif tag:
            found.values[tag].append(line)
    return found if "HD" in found.values and len(found.values) >= 3 else None


def _ends_body(match: re.Match[str], tag: str) -> bool:
    """Whether a tag is one where the body has been read under `tag`."""
    told = match[2] or ""
    return _TAGS.index(match[1]) > _TAGS.index(tag) and (match[1] not in _CODED or not told or ":" in told)


def _of_tags(found: _Tagged, key: str | None) -> Exported | Bare:
    body = text_from(*(body_of(_indented(found.values.get(tag, []))) for tag in _BODY_TAGS))
    if not has_words(body):
        return Bare(found.line, NO_BODY)
    told = {tag: flat(lines) for tag, lines in found.values.items()}
    return Exported(
        line=found.line,
        text=text_from(told["HD"], body),
        title=told["HD"],
        outlet=told.get("SN"),
        author=author_of(told.get("BY")),
        published=day_line(told.get("PD") or ""),
        key=key,
    )


def _indented(lines: Sequence[str]) -> list[str]:
    """Lines without the spaces below a tag."""
    return [line.strip() for line in lines]


def _untagged(lines: Sequence[str], pivot: int, key: str | None, *, first: bool) -> Exported | Bare:
    above = filled(lines, 0, pivot)
    if first:
        above = _last_block(lines, above)
    below = filled(lines, pivot + 1)
    day = next((number for number in below[:3] if day_line(lines[number])), None)
    outlet, start = _outlet(lines, [number for number in below if day is None or number > day])
    title, author = _heads([lines[number].strip() for number in above])
    body = body_of(lines[start:])
    begins = above[0] if above else pivot
    if not has_words(body):
        return Bare(begins, NO_BODY)
    return Exported(
        line=begins,
        text=text_from(title, body),
        title=title,
        outlet=outlet,
        author=author,
        published=None if day is None else day_line(lines[day]),
        key=key,
    )


def _outlet(lines: Sequence[str], below: list[int]) -> tuple[str | None, int]:
    """The outlet, which stands first but for the time, and where the body begins: after the language and the copyright."""
    header = below[:_MOST_HEADER_LINES]
    outlet = next((number for number in header if not _TIME.match(lines[number])), None)
    last = next((number for number in header if _LANGUAGE.match(lines[number])), None)
    if last is None:
        last = next((number for number in header if _CODE.match(lines[number])), outlet)
    for number in header:
        if last is not None and number > last:
            if not is_rights(lines[number]):
                break
            last = number
    told = None if outlet is None else flat([lines[outlet]])
    return told, len(lines) if last is None else last + 1


def _heads(heads: list[str]) -> tuple[str | None, str | None]:
    """The headline and the author; the name of a section may stand above, an author below the headline."""
    if not heads:
        return None, None
    author = None
    if len(heads) > 1 and (heads[-1].lower().startswith("by ") or (len(heads[-1]) < len(heads[-2]) and _is_name(heads[-1]))):
        author = author_of(heads.pop())
    title = heads.pop()
    while heads and len(heads[-1]) > _LONGEST_SECTION:
        title = f"{heads.pop()} {title}"
    return title, author


def _is_name(words: str) -> bool:
    """Whether some words may be those of a byline: names, each with a capital letter."""
    parted = [word for word in words.split() if word.lower() not in ("and", "in", "for", "de", "van", "von", "al", "of")]
    return bool(_NAME.match(words)) and all(word[0].isupper() for word in parted)


def _last_block(lines: Sequence[str], numbers: list[int]) -> list[int]:
    """The lines right above the middle of the header, and what belongs to them where that is an author only."""
    blocks: list[list[int]] = []
    for number in numbers:
        if blocks and blocks[-1][-1] == number - 1:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    if not blocks:
        return []
    last = blocks.pop()
    alone = len(last) == 1 and (lines[last[0]].strip().lower().startswith("by ") or _is_name(lines[last[0]].strip()))
    return blocks[-1] + last if alone and blocks else last
