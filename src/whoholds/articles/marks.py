"""What the wording of a single paragraph tells of its role: captions, credits, bylines, datelines, boilerplate.

The wordings stand in `marks.toml`. Everything here looks at one paragraph, already `visible`, and gives offsets within it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from whoholds.articles.days import DAY, MONTH

_SPACES = re.compile(r"\s+")
_LONGEST_LINE = 400  # characters; no credit, byline or piece of navigation is longer, captions are
_LONGEST_CAPTION = 900
_OPENING = 200  # characters of a paragraph that the patterns are tried on; none reaches further

_NAME = (
    r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|(?:al|el|ar|as|ash|at|an)-\w+|al|bin|de|la|van|von|der|el|ul|da|di|du|le))*"
)
_CAPS = r"[^\W\d_a-zß-öø-ÿ]{2,}"
_CAPS_PLACE = rf"{_CAPS}(?:[ '’.-]{{1,2}}{_CAPS})*(?:/{_CAPS}(?:[ '-]{_CAPS})*)*"
_PLACE = r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_a-z][\w'’.-]*|of|the|and|al|el))*"
_DATE = rf"(?:(?:{DAY},? )?(?:{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\.?)(?:,? \d{{4}})?)"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\))"
_DASH = r"(?:—|–|--|-|:)"
_OPENS = r"(?=[\"'“‘«(\[]?[^\W_a-z])"
_DATELINES = [
    # BAKU, Nov. 25, 2020 (Agency) — / GOMA, Democratic Republic of Congo — / MINSK —
    re.compile(rf"{_CAPS_PLACE}(?:, (?!{_DATE}){_PLACE})?(?:,? {_DATE})?(?: ?/?{_AGENCY}/?)?\s?(?:—|–|--|-)\s+{_OPENS}"),
    # KYIV, Ukraine (AP): agency or date without a dash
    re.compile(rf"{_CAPS_PLACE}(?:, {_PLACE})?,? {_DATE}(?: ?{_AGENCY})[.:]?\s+{_OPENS}"),
    # Baku, November 25 (Agency) — / Baku (Agency) —
    re.compile(rf"{_PLACE}(?:, {_PLACE})?(?=,? {_DATE}| \()(?:,? {_DATE})?(?: ?{_AGENCY})?\s?{_DASH}\s+{_OPENS}"),
    # /Agency/ BAKU —, 25 November 2020 —
    re.compile(rf"{_DATE}(?: ?{_AGENCY})?\s?{_DASH}\s+{_OPENS}"),
]
_LOOSE_DATELINES = [  # only before the first paragraph of prose
    re.compile(rf"(?:{_CAPS}[ ]?){{1,3}}(?<=\w{{4}})\.\s+{_OPENS}"),  # ADDIS ABABA. South Sudan's ...
    re.compile(rf"[^\W\d_a-z][\w'’]+(?: [^\W\d_a-z][\w'’]+)?\s(?:—|–|-)\s{_OPENS}"),  # Damascus - The General Command ...
]
_WHOLE_DATELINE = re.compile(rf"{_PLACE}(?:, {_PLACE})?,? {_DATE}(?: ?{_AGENCY})?[.:]?$")
_HALF = r"(?: ?[ap]\.?m\.?)"
_ZONE = r"(?: ?\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|EET|EEST|local time)\)?)"
_CLOCK = re.compile(  # 17:45, 5.45 p.m. GMT; not the number 10.45
    rf"\[?\d{{1,2}}(?:[:h]\d{{2}}{_HALF}?{_ZONE}?|\.\d{{2}}(?:{_HALF}{_ZONE}?|{_ZONE}))\]?(?:\s*[—–:|-])?\s+(?=\S)"
)
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written by|Report by|Words by)\s+(?P<author>{_NAME}(?:(?:,| and| &) {_NAME}){{0,4}})"
    rf"(?:(?:,| \||;| /| -| –| —)\s*(?P<outlet>[^\W\d_].{{1,60}}))?$"
)
_DESK = re.compile(
    r"(?:[Bb]y|BY) (?P<author>(?:(?:the|our|a) )?(?:[\w'’.&-]+ ){0,4}"
    r"(?i:desk|staff|staff writers?|correspondents?|reporters?|agencies|newsroom|team))$"
)
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued|released|created)|date|dated)\b"
    r"(?: on)?\s*:?\s*(?=.{0,30}\d)",
    re.I,
)
_TIME_OF_DAY = r"[\s,|·•—–-]*(?:at )?\d{1,2}[:.]\d{2}.{0,20}"
_BARE_DATE = re.compile(
    rf"(?:{_DATE}|\d{{4}}-\d{{2}}-\d{{2}}(?:T\S+)?|{DAY}|{MONTH} \d{{4}})(?:,? \d{{4}})?(?:{_TIME_OF_DAY})?\.?$"
)
_BRACKETED = re.compile(r"(?P<credit>\[[^\[\]]{2,150}\]|\([^()]{2,150}\))$")
_POINTER = re.compile(r"(?<=[.!?”\"’]) +(?=(?:Read more|READ MORE|Also read|ALSO READ|See also|Read also|Watch)\s*:)")
_CREDIT_TEXT = re.compile(
    r"(?:file|handout|photo|image|video|screengrab)\b.*[/:]|.*\bhandout\b"
    r"|(?:reporting|editing|writing|additional reporting) by |with inputs? ",
    re.I,
)
_SENTENCE_BREAK = re.compile(r"\w{3,}[.!?][\"”’)]*\s+[\"“‘(]?[^\W_a-z]")
_UNFINISHED = re.compile(r"[.,:;…]$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Za-z]\.){2,}$")


@dataclass(frozen=True, slots=True)
class Marks:
    """The compiled wordings of `marks.toml`."""

    agencies: frozenset[str]
    endings: frozenset[str]
    asides: frozenset[str]
    sections: frozenset[str]
    ending: re.Pattern[str]
    aside: re.Pattern[str]
    boilerplate: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Dateline:
    """The end of a dateline at the start of a paragraph, and the agency it names or ""."""

    end: int
    agency: str


@lru_cache(maxsize=1)
def marks() -> Marks:
    """The wordings, read once."""
    table = tomllib.loads((files("whoholds.articles") / "marks.toml").read_text("utf-8"))
    return Marks(
        agencies=frozenset(table["agencies"]),
        endings=frozenset(table["endings"]),
        asides=frozenset(table["asides"]),
        sections=frozenset(table["sections"]),
        ending=_any(table["ending_patterns"]),
        aside=_any(table["aside_patterns"]),
        boilerplate=_any(table["boilerplate_patterns"]),
        caption=_any(table["caption_patterns"]),
        credit=_any(table["credit_patterns"]),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def plain(words: str) -> str:
    """Words in lower case with single spaces, to compare."""
    return " ".join(words.split()).lower()


def is_headline_like(words: str) -> bool:
    """Whether a line could be a headline: up to 30 words that do not end as a sentence, a list or an introduction does."""
    words = words.strip()
    if not words or len(words) > 220 or words.count(" ") >= 30:
        return False
    if words.count(" ") > 12 and _SENTENCE_BREAK.search(words):
        return False
    return not _UNFINISHED.search(words.rstrip("\"'”’)]}")) or bool(_ABBREVIATION_END.search(words))


def is_ending(words: str) -> bool:
    """Whether a line is the heading of what follows an article ("Most read")."""
    low = _label(words)
    return bool(low) and (low in marks().endings or bool(marks().ending.match(low)))


def is_aside(words: str) -> bool:
    """Whether a line is the heading of an insertion ("Related stories")."""
    low = _label(words)
    return bool(low) and (low in marks().asides or bool(marks().aside.match(low)))


def is_section(words: str) -> bool:
    """Whether a line is navigation: a section's name or a row of them ("News | World | Live")."""
    if len(words) > _LONGEST_LINE:
        return False
    parts = [part for part in re.split(r"\s*(?:[|>»›·•/]|\s{3,})\s*", plain(words)) if part]
    return bool(parts) and all(part in marks().sections for part in parts)


def is_boilerplate(words: str) -> bool:
    """Whether a paragraph is no part of the report: an advertisement, an appeal, a pointer, a notice, a row of signs."""
    if len(words) > _LONGEST_LINE:
        return False
    return not any(map(str.isalnum, words)) or bool(marks().boilerplate.match(plain(words[:_OPENING])))


def is_caption(words: str) -> bool:
    """Whether a paragraph describes a picture, by its opening or a credit in brackets at its end."""
    if len(words) > _LONGEST_CAPTION:
        return False
    if marks().caption.match(plain(words[:_OPENING])):
        return True
    credit = trailing_credit(words)
    return credit is not None and words[credit] == "[" and credit > 0


def is_credit(words: str) -> bool:
    """Whether a paragraph only says where report or picture are from."""
    if len(words) > _LONGEST_LINE:
        return False
    low = plain(words[:_OPENING])
    whole = words.strip()
    bracketed = whole[:1] + whole[-1:] in ("[]", "()") and _is_credit_text(whole[1:-1])
    return bracketed or whole in marks().agencies or bool(marks().credit.match(low))


def is_stamp(words: str) -> bool:
    """Whether a line only tells a day: "Published: 25 November 2020", "Wednesday, 25 November 2020, 14:30 GMT"."""
    words = words.strip()
    return len(words) <= 120 and (_is_label(words) or bool(_BARE_DATE.match(words)))


def byline(words: str) -> tuple[str, str] | None:
    """The author and the outlet ("" if none is told) of a byline, or None when it is none."""
    words = _SPACES.sub(" ", words).strip()
    if len(words) > 160:
        return None
    if desk := _DESK.match(words):
        return desk["author"], ""
    match = _BYLINE.match(words)
    if not match or words.endswith(".") or len(match["author"].split()) > 16:
        return None
    rest = (match["outlet"] or "").strip()
    return match["author"], "" if re.search(r"\d", rest) else rest


def whole_dateline(words: str) -> Dateline | None:
    """The dateline that is all of a paragraph ("Baku, November 25"), or None."""
    match = _WHOLE_DATELINE.match(words) if len(words) <= 120 else None
    return Dateline(match.end(), match["agency"] or "") if match else None


def dateline(words: str, *, first: bool) -> Dateline | None:
    """The dateline or clock time a paragraph opens with; `first` allows the looser forms of a first paragraph."""
    opening = words[:160]
    for pattern in _DATELINES:
        if match := pattern.match(opening):
            return Dateline(match.end(), match["agency"] or "")
    if match := _CLOCK.match(opening):
        return Dateline(match.end(), "")
    for pattern in _LOOSE_DATELINES if first else ():
        if match := pattern.match(opening):
            return Dateline(match.end(), "")
    return None


def trailing_credit(words: str) -> int | None:
    """Where the bracketed credit at a paragraph's end begins, or None."""
    if not words.endswith((")", "]")):
        return None
    tail = max(0, len(words) - 170)
    match = _BRACKETED.search(words, tail)
    return match.start("credit") if match and _is_credit_text(match["credit"][1:-1]) else None


def pointer(words: str) -> int | None:
    """Where a pointer to another article at the paragraph's end ("Read more: ...") begins, or None."""
    match = _POINTER.search(words) if ":" in words else None
    return match.end() if match else None


def agencies(credit: str) -> list[str]:
    """The agencies a credit names, in order: all of a "Source:" line, else those known and those after "via"."""
    credit = _SPACES.sub(" ", credit).strip().strip("[]().")
    label = re.match(r"(?i)(?:sources?)\s*:\s*", credit)
    if label:
        return [part for part in _parts(credit[label.end() :]) if part.lower() not in ("agencies", "news agencies")]
    known = marks().agencies
    found = [part for part in _parts(credit) if part in known]
    if not found and (via := re.search(r"\bvia ([\w. '’-]{2,40})$", credit)):
        found = [via[1]]
    return found


def _parts(credit: str) -> list[str]:
    parts = re.split(r"\s*[/,;|]\s*|\s+(?:and|&)\s+|\b(?:via|by|from)\s+|:\s*", credit)
    return [
        re.sub(r"(?i)\s+(?:photo|photos|file|file photo|video)$", "", part).strip() for part in parts if part and part.strip()
    ]


def _is_label(words: str) -> bool:
    return bool(_STAMP.match(words)) and not words.endswith(".")


def _is_credit_text(words: str) -> bool:
    if agencies(words) and not re.search(r"[.!?]\s", words):
        return True
    return bool(_CREDIT_TEXT.match(words))


def _label(words: str) -> str:
    return plain(words).rstrip(":.…>»› ") if len(words) <= 80 else ""
