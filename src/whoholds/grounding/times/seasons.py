"""Rules for seasons, with a year or hanging on publication or on the story."""

from __future__ import annotations

import re
from functools import cache

from whoholds.grounding.times import readings
from whoholds.grounding.times.classes import one_of
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import told_year
from whoholds.grounding.times.lexicon import fold, lexicon, spelled_year
from whoholds.grounding.times.periods import PHASES
from whoholds.grounding.times.readings import Reading
from whoholds.grounding.times.rule import Result, Rules

rule = Rules()

_NAMED = re.compile(r"[\s-](?:palace|olympics|war|games|solstice|school|break|vacation|holidays?)\b", re.IGNORECASE)
_NAMING = re.compile(r"\b(?:Prague|Arab|Damascus|Black|Silent|Operation)\s(?:the\s)?$")
_OFFENSIVE = re.compile(r"[\s-](?:offensive|campaign|fighting|uprising)s?\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|by|during|since|until|throughout|through|this|of)\s$")
_IN_THE_FALL = re.compile(r"\b(?:in|by|during|since|until|throughout|through|over|late in|early in)\s$")
_PAIRED = re.compile(r"\b(?:spring|summer|autumn|fall|winter)(?:\s(?:and|or|to)\s(?:the\s)?|[-–/])$")
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


@rule(
    "<season> <year>",
    r"(?:{phase} (?:the )?)?(?:the )?(?:(?:early|mid|late)[\s-])?(?P<season>{seasons})(?: of"
    r"| in|,)? (?P<year>{year}|{spelled_year}|that year|last year|this year)",
    "@seasons",
    *PHASES,
)
def _season_of_year(match: re.Match[str], context: Context) -> Result:
    told = match["year"]
    number = int(told) if told[0].isdecimal() else spelled_year(told) or told_year(told, context)
    code = lexicon().seasons[match["season"].lower()]
    return readings.season(number, code) if number else readings.unresolved(f"XXXX-{code}")


@rule(
    "last|this|next <season>",
    r"(?P<which>last|this|that(?: same)?|(?:the )?next|this past|this coming|the past|the previous|the following) "
    r"(?P<season>{seasons})",
    "last this that next past previous following",
)
def _which_season(match: re.Match[str], context: Context) -> Result:
    code = lexicon().seasons[match["season"].lower()]
    which = fold(match["which"])
    if which.startswith("that"):
        year = told_year("that year", context)
        return readings.season(year, code) if year else readings.unresolved(f"XXXX-{code}")
    today = context.anchor()
    if today is None:
        return readings.unresolved(f"XXXX-{code}")
    start = readings.season_month(code)
    if which in ("last", "this past", "the past", "the previous"):
        return readings.season(today.year - (today.month < start + 3 if code != "WI" else 1), code)
    if which in ("next", "the next", "the following"):
        return readings.season(today.year + (today.month >= start), code)
    return readings.season(today.year - (code == "WI" and today.month < 6), code)


@rule(
    "the <season>",
    r"(?P<the>the )?(?:(?:early|mid|late|coming|following|harsh|severe)[\s-])?(?P<season>spring"
    r"|summer|autumn|winter|fall)",
    "@seasons coming following early mid late harsh severe",
)
def _season(match: re.Match[str], context: Context) -> Result:
    text, start, end = context.text, match.start(), match.end()
    if _NAMED.match(text, end) or _NAMING.search(text, max(0, start - 20), start):
        return None
    code = lexicon().seasons[match["season"].lower()]
    before = context.before(start)
    paired = bool(_PAIRED.search(before))
    if match["season"].lower() == "fall":
        if not paired and not (match["the"] and _IN_THE_FALL.search(before)):
            return None
        if re.match(r"\s(?:of|in|from)\b", text[end : end + 6]):
            return None
    elif not context.narrative and _OFFENSIVE.match(text, end):
        return None
    elif not (match["the"] or paired or _PREPOSITION.search(before)):
        return _bare_season(match, code, context)
    reading = _in_story(match, code, context) if context.narrative else _in_news(code, context)
    named = match["season"][0].isupper() and re.match(r"\s[A-Z]", text[end : end + 2])
    return (readings.Piece(match.start("season"), end, reading),) if named else reading


def _bare_season(match: re.Match[str], code: str, context: Context) -> Result:
    """Without article or preposition only histories are read: "Spring offensives" are of a year, "winter quarters" of any."""
    tokens = context.sentence.at(match.start("season"), match.end()) if context.sentence else []
    if not context.narrative or not tokens or tokens[-1].upos not in _NOMINAL:
        return None
    generic = (
        match["season"][0].islower() and tokens[-1].deprel == "compound" and not _OFFENSIVE.match(context.text, match.end())
    )
    return readings.unresolved(f"XXXX-{code}") if generic else _in_story(match, code, context)


def _in_story(match: re.Match[str], code: str, context: Context) -> Reading:
    told = _year_after().match(context.text, match.end())
    if told:
        return readings.season(int(told["year"]), code)
    year = context.story_year(readings.season_month(code) % 12 + 1, match.start(), match.end())
    if year is None:
        return readings.unresolved(f"XXXX-{code}")
    return readings.winter_into(year) if code == "WI" else readings.season(year, code)


def _in_news(code: str, context: Context) -> Reading:
    today = context.today()
    if today is None:
        return readings.unresolved(f"XXXX-{code}")
    return readings.season(today.year - (code == "WI" and today.month < 4), code)


@cache
def _year_after() -> re.Pattern[str]:
    """A year told behind the noun or the next season: "Spring Offensive of 1918", "summer and autumn 1918"."""
    paired = rf"(?:\s(?:and|or|to)\s(?:the\s)?|[-–/]){one_of(lexicon().seasons)}\s(?:of\s)?"
    return re.compile(rf"(?:{paired}|\s[A-Z]?[a-z]+\s(?:of\s|\())(?P<year>1[0-9]\d\d|20\d\d)\b", re.IGNORECASE)
