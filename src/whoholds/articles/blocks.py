"""A document's text to blocks: paragraph by paragraph, then by where each stands.

A first pass sorts the paragraphs whose wording tells what they are; the second reads the rest in order: headline and
standfirst before the first prose, then body, until a heading such as "Most read" opens what is no part of the report. Prose
that follows such a heading is the report again, so nothing is lost to a heading in its middle. Last, datelines, credits and
pointers to other articles are cut off the paragraphs they stand in, and overlong paragraphs are cut into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.articles import marks
from whoholds.articles.paragraphs import Paragraph, paragraphs, visible
from whoholds.articles.roles import Block, Role
from whoholds.model import Document

LONGEST = 10_000  # characters of a block; keeps a parser's memory bounded on a page without line breaks
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")
_REPEAT_LENGTH = 30  # characters; shorter sentences may well be said twice
_SUBHEAD_WORDS = 15
_RESUMES_ENDING = 20  # words of prose after "Most read" that are taken for the report going on; teasers are shorter
_RESUMES_ASIDE = 8  # the same after "Related", which often stands in the middle
_STANDFIRST_WORDS = 60
_CUT = (Role.BODY, Role.STANDFIRST, Role.BULLET, Role.CAPTION)


@dataclass(slots=True)
class _Part:
    paragraph: Paragraph
    words: str
    role: Role | None  # None until its place tells

    @property
    def headline_like(self) -> bool:
        return not self.paragraph.bullet and marks.is_headline_like(self.words)


def blocks(document: Document) -> list[Block]:
    """The blocks of a document in text order, none overlapping, none blank; none for blank text.

    Control and formatting characters count as spaces.
    """
    return blocks_of(document.text, document.title)


def blocks_of(text: str, title: str | None = None) -> list[Block]:
    """The blocks of a text, told its title where that is known."""
    shown = visible(text)
    parts = [_part(paragraph, shown) for paragraph in paragraphs(shown)]
    _mark_tails(parts)
    _mark_top(parts, marks.plain(title or ""))
    _mark_rest(parts)
    _mark_repeats(parts)
    found: list[Block] = []
    first = True
    for part in parts:
        found += _cut(part, shown, first=first)
        first = first and part.role is not Role.BODY
    return found


def _part(paragraph: Paragraph, shown: str) -> _Part:
    words = shown[paragraph.start : paragraph.end]
    return _Part(paragraph, words, _role_by_wording(words, bullet=paragraph.bullet))


def _role_by_wording(words: str, *, bullet: bool) -> Role | None:
    if marks.is_boilerplate(words) or marks.is_aside(words) or marks.is_ending(words):
        return Role.BOILERPLATE
    if bullet:
        return Role.BULLET
    if marks.is_credit(words):
        return Role.CREDIT
    if marks.is_stamp(words) or marks.byline(words):
        return Role.BYLINE
    if marks.whole_dateline(words):
        return Role.DATELINE
    return Role.CAPTION if marks.is_caption(words) else None


def _mark_tails(parts: list[_Part]) -> None:
    """Short lines after a tail's heading are boilerplate until prose resumes."""
    resumes = 0
    for part in parts:
        if part.role is Role.BOILERPLATE and (marks.is_ending(part.words) or marks.is_aside(part.words)):
            resumes = _RESUMES_ENDING if marks.is_ending(part.words) else _RESUMES_ASIDE
        elif part.role is Role.CREDIT and part.words.lower().startswith("source"):
            resumes = _RESUMES_ASIDE
        elif resumes and (marks.is_headline_like(part.words) or _word_count(part) < resumes):
            if part.role in (None, Role.BULLET, Role.CAPTION):
                part.role = Role.BOILERPLATE
        else:
            resumes = 0


def _word_count(part: _Part) -> int:
    return part.words.count(" ") + 1


def _mark_top(parts: list[_Part], title: str) -> None:
    """Headline and standfirst: what stands before the first prose of the report."""
    headed = False
    for i, part in enumerate(parts):
        if part.role is None and not headed and marks.is_section(part.words):
            part.role = Role.BOILERPLATE
        elif part.role is None and (part.headline_like or (title and marks.plain(part.words) == title)):
            part.role = Role.STANDFIRST if headed else Role.HEADLINE
            headed = True
        elif part.role is None:
            if _is_standfirst(part, parts[i + 1 : i + 13], headed=headed):
                part.role = Role.STANDFIRST
                headed = True
                continue
            return
        elif part.role is Role.BULLET:
            return


def _is_standfirst(part: _Part, after: list[_Part], *, headed: bool) -> bool:
    """Whether prose at the top is no body yet: a byline or picture comes between, or a later paragraph repeats it."""
    if marks.dateline(part.words, first=False) or _word_count(part) > _STANDFIRST_WORDS:
        return False
    opens = after[0].role if after else None
    if opens in (Role.BYLINE, Role.DATELINE):
        return True
    if opens is Role.CAPTION and headed and _word_count(part) <= _STANDFIRST_WORDS // 2:
        return True
    words = marks.plain(part.words)
    return len(words) >= _REPEAT_LENGTH and any(words in marks.plain(later.words) for later in after)


def _mark_rest(parts: list[_Part]) -> None:
    for part in parts:
        if part.role is None:
            part.role = Role.HEADLINE if part.headline_like and _word_count(part) <= _SUBHEAD_WORDS else Role.BODY


def _mark_repeats(parts: list[_Part]) -> None:
    """A paragraph that stood earlier is a repeat, but a headline or standfirst gives way to the body that repeats it."""
    seen: set[str] = set()
    for part in parts:
        words = marks.plain(part.words)
        if len(words) < _REPEAT_LENGTH or part.role is Role.BOILERPLATE:
            continue
        if words in seen:
            part.role = Role.REPEAT
        elif part.role is not Role.CREDIT:
            seen.add(words)


def _cut(part: _Part, shown: str, *, first: bool) -> Iterator[Block]:
    start, end = part.paragraph.start, part.paragraph.end
    role = part.role or Role.BODY
    tail: list[Block] = []
    if role in _CUT:
        prefix = None if role is Role.CAPTION else marks.dateline(part.words, first=first and role is Role.BODY)
        if prefix:
            yield _block(shown, start, start + prefix.end, Role.DATELINE)
            start += prefix.end
        start_words = shown[start:end]
        for place, of in ((marks.pointer(start_words), Role.BOILERPLATE), (marks.trailing_credit(start_words), Role.CREDIT)):
            if place:
                tail.append(_block(shown, start + place, end, of))
                end = start + place
                break
    yield from _pieces(shown, start, end, role)
    yield from tail


def _pieces(shown: str, start: int, end: int, role: Role) -> Iterator[Block]:
    while end - start > LONGEST:
        split = _boundary(shown, start, start + LONGEST)
        if shown[start:split].strip():
            yield _block(shown, start, split, role)
        start = split
    if shown[start:end].strip():
        yield _block(shown, start, end, role)


def _boundary(shown: str, start: int, limit: int) -> int:
    """Where to cut at most at `limit`: after the last sentence, else at the last space, else anywhere."""
    window = shown[start:limit]
    ends = [match.end() for match in _SENTENCE_END.finditer(window, len(window) // 2)]
    if ends:
        return start + ends[-1]
    space = max(window.rfind(sign) for sign in " \n\t")
    return start + space + 1 if space > 0 else limit


def _block(shown: str, start: int, end: int, role: Role) -> Block:
    words = shown[start:end]
    return Block(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()), role)
