"""Rules for months, quarters, seasons, years, decades and centuries told by name or number."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache

from whoholds.grounding.times import readings
from whoholds.grounding.times.classes import one_of
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import month_number, told_year
from whoholds.grounding.times.expression import Kind
from whoholds.grounding.times.lexicon import fold, lexicon, ordinal, spelled_year
from whoholds.grounding.times.readings import Reading
from whoholds.grounding.times.rule import Result, Rules

rule = Rules()

PHASES = (
    "early",
    "mid",
    "late",
    "end",
    "close",
    "beginning",
    "start",
    "middle",
    "turn",
    "first",
    "second",
    "last",
    "latter",
    "final",
    "closing",
    "opening",
    "later",
    "earlier",
)
_PARTS = {
    "middle": "mid",
    "beginning": "start",
    "turn": "start",
    "opening": "start",
    "first": "start",
    "close": "end",
    "last": "end",
    "final": "end",
    "closing": "end",
}
# "May" and "March" are words and names too: alone they need one of these before them.
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|to|and|from|or|through|during|between|before|after|for|last|next|this|late"
    r"|early|mid|each|every|at|on|around|throughout)[\s-]+|[(–—-])$"
)
_NUMBERED = re.compile(r"[$€£#.\d]$|[a-z]-$|\bno\.? $|\b\d{3,4} \($")  # "resolution 1325 (2000)"
_ELIDED = re.compile(r"\b(?:of|in|since|until|by|and|to|from|del|called|class|summer|winter|spring|fall|autumn)\s['’]$")
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "jun", "dec"})
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|to|and|from|or|through|during|between|before|after|for|the|a|an|early|mid"
    r"|late|year|its|their|his|her|our|throughout|around|circa|about|fiscal"
    r"|that|as|was|is|end|summer|spring|autumn|winter|fall|both|than|with|on|into|over|because|due|late|until|when"
    r"|s|years)|[(\[–—,/;:'’-])\s*$"
)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s{one_of(word for words in lexicon().counted.values() for word in words)}\b(?!\sthan)")


def phase_of(words: str | None) -> str:
    """The part of a period that words like "the end of" mean, or "" for the whole."""
    if not words:
        return ""
    folded = fold(words).removeprefix("the ").removeprefix("very ")
    if "half" in folded:
        return "first half" if folded.startswith("first") else "second half"
    if re.search(r"days|weeks|months", folded):
        return "early" if folded.split()[0] in ("early", "first", "opening") else "late"
    return _PARTS.get(folded.split()[0], folded.split()[0])


def _phased(reading: Reading, match: re.Match[str], context: Context) -> Reading:
    part = phase_of(match["phase"])
    return narrowed(reading, part, context, match.start()) if part else reading


def narrowed(reading: Reading, part: str, context: Context, start: int) -> Reading:
    """A part of a period; its end and start are days, exact where a preposition makes them a limit and else approximate."""
    found = readings.part_of(reading, part)
    limit = re.search(r"\b(?:by|until|till|before|since|from|after|to|than)\s(?:the )?$", context.before(start))
    if part in ("start", "end") and found.edtf and not limit and found is not reading:
        return Reading(found.kind, found.value, found.edtf + "~")
    return found


@rule(
    "<month> <year>?",
    r"(?:{phase}[\s-])?{a_month}(?:(?:,| of)? {a_year}| (?:of )?(?P<that>that year|last year"
    r"|this year|next year|the same year|the following year|the previous year))?",
    "@months",
    *PHASES,
)
def _month(match: re.Match[str], context: Context) -> Result:
    number = month_number(match["month"])
    if number is None:
        return None
    if match["year"]:
        return _phased(readings.month(int(match["year"]), number), match, context)
    if match["that"]:
        return _month_of_told_year(match, number, context)
    if (
        fold(match["month"]).rstrip(".") in _AMBIGUOUS
        and not match["phase"]
        and not _MONTH_BEFORE.search(context.before(match.start()))
    ):
        return None
    found = context.year_of(number, 0, match.start(), match.end())
    return _phased(readings.month(found, number), match, context) if found else readings.unresolved(f"XXXX-{number:02d}")


def _month_of_told_year(match: re.Match[str], number: int, context: Context) -> Reading | None:
    year = told_year(match["that"], context)
    return _phased(readings.month(year, number), match, context) if year else readings.unresolved(f"XXXX-{number:02d}")


@rule(
    "<year>",
    r"(?:(?:{phase}[\s-]|the (?:first|second) half of )?(?:(?:the )?(?:fiscal|financial)(?: year)? |the year )?){a_year}",
    "# year fiscal financial",
    *PHASES,
)
def _year(match: re.Match[str], context: Context) -> Result:
    number = int(match["year"])
    start = match.start("year")
    if match.start() == start:
        if _NUMBERED.search(context.before(start)):
            return None
        sure = _YEAR_BEFORE.search(context.before(start))
        if not sure and not 1900 <= number <= 2040:
            return None
        if _counted().match(context.text, match.end()):
            return None
    return _phased(readings.year(number), match, context)


@rule(
    "<ordinal> week of <month>",
    r"(?:the )?(?P<ordinal>first|second|third|fourth|last) week (?:of|in) {a_month}(?:,? {a_year})?",
    "first second third fourth last",
)
def _week_of_month(match: re.Match[str], context: Context) -> Result:
    """Seven days from the 1st, 8th, 15th or 22nd, or the month's last seven: what reports mean, whatever ISO counts.

    TIMEX3 has no value for a week that is none of ISO's, so it is valued as a duration; its EDTF tells the days.
    """
    number = month_number(match["month"])
    year = int(match["year"]) if match["year"] else number and context.year_of(number, 0, match.start(), match.end())
    if not number:
        return None
    if not year:
        return readings.duration(1, "W")
    month = readings.month(year, number)
    last = monthrange(year, number)[1] if match["ordinal"].lower() == "last" else 7 * ordinal(match["ordinal"])
    return readings.duration(1, "W", f"{month.value}-{last - 6:02d}/{month.value}-{last:02d}")


@rule(
    "<year>-<last digits>",
    r"(?P<from>{year}) ?[-–—/] ?(?P<to>\d{2})(?![\d-])",
    "#",
)
def _years(match: re.Match[str], context: Context) -> Result:
    first, last = int(match["from"]), int(match["from"][:2] + match["to"])
    if last <= first:
        return None
    return (
        readings.Piece(match.start("from"), match.end("from"), readings.year(first)),
        readings.Piece(match.start("to"), match.end("to"), readings.year(last)),
    )


@rule(
    "<year>-<year> fiscal year",
    r"(?:the )?(?P<from>{year}) ?[-–—/] ?(?P<to>\d{2}|{year}) (?:academic|school|fiscal|financial|budget) year",
    "#",
)
def _business_year(match: re.Match[str], context: Context) -> Result:
    """A year that runs over New Year, valued by the calendar year it begins in."""
    first = int(match["from"])
    last = int(match["to"] if len(match["to"]) == 4 else match["from"][:2] + match["to"])
    return Reading(Kind.DATE, f"{first:04d}", f"{first:04d}/{last:04d}") if last == first + 1 else None


@rule(
    "'<yy>",
    r"(?<=['’])(?P<digits>\d\d)(?!['’]?s)",
    "#",
)
def _two_digits(match: re.Match[str], context: Context) -> Result:
    """A year by its last two digits: the last such year before publication, in a history before the time told."""
    if not _ELIDED.search(context.before(match.start())):
        return None
    anchor = context.told_date() if context.narrative else context.today()
    if anchor is None:
        return None
    year = anchor.year - (anchor.year - int(match["digits"])) % 100
    return (readings.Piece(match.start() - 1, match.end(), readings.year(year)),)


@rule(
    "<spelled year>",
    r"(?:(?:the year )|{phase}[\s-])?(?P<spelled>{spelled_year})",
    "nineteen eighteen twenty year",
    *PHASES,
)
def _spelled_year(match: re.Match[str], context: Context) -> Result:
    number = spelled_year(match["spelled"])
    return readings.year(number) if number and 1000 <= number < 2100 else None


@rule(
    "<month> <spelled year>",
    r"{a_month},? (?P<spelled>{spelled_year})",
    "@months",
)
def _month_spelled_year(match: re.Match[str], context: Context) -> Result:
    month, number = month_number(match["month"]), spelled_year(match["spelled"])
    return readings.month(number, month) if month and number and 1000 <= number < 2100 else None


@rule(
    "<number> BC",
    r"(?:(?P<first>\d{1,4})(?P<to> ?[-–—] ?| to | and ))?(?P<year>\d{1,4}) ?(?P<era>bce?|b\.c\.?(?:e\.?)?)",
    "#",
)
def _before_christ(match: re.Match[str], context: Context) -> Result:
    if not match["era"][0].isupper():
        return None
    last = readings.before_christ(int(match["year"]))
    if not match["first"]:
        return last
    first = readings.before_christ(int(match["first"]))
    return (
        readings.Piece(match.start("first"), match.end("first"), first),
        readings.Piece(match.start("year"), match.end(), last),
    )


@rule(
    "the <decade>s",
    r"(?:{phase}[\s-]|the )?(?:the )?(?:(?:early|mid|late)[\s-](?:to late )?)?(?P<decade>(?:1[0-9]"
    r"|20)\d0['’]?s|[’']?\d0['’]?s|{decades})",
    "# @decades",
    *PHASES,
)
def _decade(match: re.Match[str], context: Context) -> Result:
    """A decade of the twentieth century unless its hundreds are told; spelled or short ones need "the", "early" or the like."""
    if re.search(r"\b(?:his|her|their|my|our|your)\s$", context.before(match.start())):  # "in his early thirties"
        return None
    word = match["decade"].lower()
    digits = re.sub(r"\D", "", word)
    if len(digits) == 4:
        return readings.decade(int(digits) // 10)
    reading = readings.decade(190 + (int(digits[0]) if digits else lexicon().decades[word]))
    if match.start() < match.start("decade"):
        return reading
    if digits and re.search(r"\b(?:and|or|to|the)\s['’]$", context.before(match.start())):  # "in the 1970s and '80s"
        return (readings.Piece(match.start() - 1, match.end(), reading),)
    return None


@rule(
    "the <ordinal> century",
    r"(?:{phase}[\s-])?(?:the )?(?:(?:early|mid|late)[\s-])?(?P<ordinal>{ordinals}|twenty[\s-]first)"
    r"[\s-]century(?P<bc> b\.?c\.?)?",
    "# @ordinals twenty",
    *PHASES,
)
def _century(match: re.Match[str], context: Context) -> Result:
    hundreds = 20 if fold(match["ordinal"]) == "twenty first" else ordinal(match["ordinal"]) - 1
    if match["bc"]:
        return readings.unresolved(f"BC{hundreds:02d}")
    return readings.century(hundreds) if 0 < hundreds < 100 else None


@rule(
    "the <ordinal> quarter",
    r"(?:(?:the|its|their) )?(?:(?P<of_year>{year}|year-(?:ago|earlier)) |(?P<own>this"
    r"|last|next) year['’]s )?(?:fiscal[\s-])?(?P<ordinal>first|second|third|fourth|last)[\s-]quarter(?: of "
    r"(?:fiscal )?(?:{a_year}|(?P<that>last year|this year|next year|that year)))?",
    "# fiscal year first second third fourth this last next",
)
def _quarter(match: re.Match[str], context: Context) -> Result:
    if match["ordinal"].lower() == "last":
        return None
    number = ordinal(match["ordinal"])
    year_word = match["of_year"] or match["year"]
    if year_word and year_word[0].isdecimal():
        year: int | None = int(year_word)
    elif match["that"] or match["own"]:
        year = told_year(match["that"] or match["own"] + " year", context)
    else:
        today = context.anchor()
        year = today.year - bool(year_word) if today else None
    reading = readings.quarter(year, number) if year else readings.unresolved(f"XXXX-Q{number}")
    if match[0].lower().startswith(("the ", "its ", "their ")) and "-quarter" in match[0].lower():  # "the third-quarter loss"
        return (readings.Piece(match.start("ordinal"), match.end(), reading),)
    return reading
