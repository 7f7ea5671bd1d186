"""A glance at a record before it is made a document, which takes several times as long: what plainly is no report to read.

A text that stands as such in its container is judged as its document would be. Of a page all that it prints is looked at, in
whatever elements it stands: lines as its block elements and breaks part them, scripts, styles and comments left out, of which
those too short for a sentence (menus, buttons) are dropped. The article is among them. A page is passed over only where enough
running text was seen and this text is far less relevant than is asked of a report, or all its long lines are in another
language than English. Pages whose text may stand in a script, that are cut short within a tag, or whose bytes are not in the
encoding that they are said to be in are never passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from whoholds.articles.page import declared_encoding, is_page
from whoholds.articles.tongue import language_of
from whoholds.corpora.charsets import in_utf8
from whoholds.corpora.records import Raw, Record
from whoholds.corpora.relevance import RELEVANT, relevance_of

READ_LANGUAGES = (None, "en")
PLAINLY = RELEVANT / 4  # a page below is passed over; the article is only part of what was seen, and may be more relevant
FEWEST = 400  # characters of running text that must have been seen
_LARGEST = 2_000_000  # bytes of a page; larger ones are a matter for the extraction and its limits
_FEWEST_WORDS = 6
_LONG = 100  # characters of a line that tells its own language
_HIDDEN = re.compile(r"<(?:(!--)|(script|style|template|svg)\b)", re.I)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|html"
    r"|li|main|nav|ol|option|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul|br)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_META = re.compile(
    r"<meta\b[^<>]{0,200}?\b(?:og:title|og:description|description)[\"'][^<>]{0,80}?\bcontent=[\"]([^<>\"]*)[\"]", re.I
)
_SPOKEN = "articleBody"  # schema.org: an article within a script
_SENTENCE_END = re.compile(r"\w[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A record that is not worth making a document: its language, and how relevant its text is (0 where it is not English)."""

    language: str | None
    relevance: float


def glance(record: Record) -> PassedOver | None:
    """What a record plainly is, where it need not be made a document; None where it must be, or is neither page nor text."""
    if isinstance(record, Raw):
        return _page(record)
    if len(record.text) < FEWEST:
        return None
    language = language_of(record.text)
    score = relevance_of(record.told.title, record.text) if language in READ_LANGUAGES else 0.0
    return PassedOver(language, score) if score < RELEVANT else None


def _page(record: Raw) -> PassedOver | None:
    if len(record.data) > _LARGEST or not is_page(record.data):
        return None
    markup = _decoded(record)
    if markup is None or _SPOKEN in markup:
        return None
    lines = printed_lines(markup)
    if lines is None or sum(map(len, lines)) < FEWEST:
        return None
    return _judged(lines, [*_META.findall(markup), record.told.title or ""])


def _judged(lines: list[str], heads: list[str]) -> PassedOver | None:
    text = "\n\n".join(lines)
    language = language_of(text)
    if language == "en":
        score = relevance_of(None, "\n\n".join([*dict.fromkeys(unescape(head) for head in heads if head), text]))
        return PassedOver(language, score) if score < PLAINLY else None
    if language in (None, "und") or any(language_of(line) in (None, "en", "und") for line in lines if len(line) >= _LONG):
        return None
    return PassedOver(str(language), 0.0)


def printed_lines(markup: str) -> list[str] | None:
    """The lines of running text that a page prints, in order; None where a script, style or comment does not end."""
    shown = _shown(markup)
    if shown is None:
        return None
    parted = _BLOCK.split(shown.replace("\n", " ").replace("\r", " "))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in parted if line.count(" ") >= _FEWEST_WORDS - 1)
    return [line for line in lines if _is_running(line)]


def _is_running(line: str) -> bool:
    words = line.count(" ") + 1
    return words >= 2 * _FEWEST_WORDS or (words >= _FEWEST_WORDS and bool(_SENTENCE_END.search(line)))


def _shown(markup: str) -> str | None:
    """The markup without what is not printed. Each character is looked at a fixed number of times."""
    lowered = markup.lower() if markup.isascii() else re.sub("[A-Z]", lambda found: found[0].lower(), markup)
    kept, at = [], 0
    while opened := _HIDDEN.search(markup, at):
        kept.append(markup[at : opened.start()])
        ending = "-->" if opened[1] else f"</{opened[2].lower()}"
        end = lowered.find(ending, opened.end())
        if end < 0:
            return None
        at = end + 3 if opened[1] else markup.find(">", end) + 1
        if not at:
            return None
    kept.append(markup[at:])
    return " ".join(kept)


def _decoded(record: Raw) -> str | None:
    data = in_utf8(record.data, record.charset)
    for encoding in ("utf-8", declared_encoding(data)):
        try:
            return data.decode(encoding) if encoding else None
        except (LookupError, ValueError):
            continue
    return None
