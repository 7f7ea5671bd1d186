"""Rules for times told by their distance or order: last week, two days ago, the next day, the past three months."""

from __future__ import annotations

import re
from datetime import date

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import month_number
from whoholds.grounding.times.expression import Kind
from whoholds.grounding.times.lexicon import fold, number, unit
from whoholds.grounding.times.periods import narrowed, phase_of
from whoholds.grounding.times.readings import Reading
from whoholds.grounding.times.rule import NUMBERS, Result, Rules
from whoholds.grounding.times.tense import Tense

rule = Rules()

_PHASES = (
    "early",
    "mid",
    "late",
    "end",
    "close",
    "beginning",
    "start",
    "middle",
    "first",
    "second",
    "last",
    "earlier",
    "later",
    "turn",
    "closing",
    "opening",
    "final",
    "latter",
)
_STEP = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "this": 0,
    "same": 0,
    "that": 0,
    "current": 0,
    "next": 1,
    "following": 1,
    "coming": 1,
    "ensuing": 1,
    "preceding": -1,
}
_PLACEHOLDERS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}
_OF_A_STRETCH = re.compile(
    r"\b(?:(?:days|weeks|months|half|quarter|rest|remainder|course|point) of|(?:high|low|far) (?:for|in)|during)\s$"
)
_TOLD = frozenset({"same", "that", "following", "previous", "ensuing", "preceding"})


def period(when: date | None, letters: str) -> Reading:
    """The day, week, month, quarter, year, decade or century that a day lies in; with X's where it is not known."""
    if when is None:
        return readings.unresolved(_PLACEHOLDERS.get(letters, "XXXX-XX-XX"))
    match letters:
        case "W":
            return readings.week(when)
        case "M":
            return readings.month(when.year, when.month)
        case "Q":
            return readings.quarter(when.year, (when.month + 2) // 3)
        case "Y":
            return readings.year(when.year)
        case "DE":
            return readings.decade(when.year // 10)
        case "CE":
            return readings.century(when.year // 100)
    return readings.day(when)


@rule(
    "last|this|next <unit>",
    r"(?:(?P<part>earlier|later) |(?P<edge>{phase}|early|mid|late) )?(?P<which>(?:last"
    r"|this|next|this (?:past|coming|same)|the (?:same|previous|following|next|preceding"
    r"|current|coming|ensuing)|that(?: same)?|that very) )(?:(?:fiscal|financial|calendar|academic|school) (?=year))?"
    r"(?P<unit>day|week|month|quarter|year|decade|century|fortnight)(?![\s-](?:old|long|ago|earlier|later|and a half)\b)",
    "last this next same previous following preceding current coming ensuing that",
    *_PHASES,
)
def _which_unit(match: re.Match[str], context: Context) -> Result:
    which, letters = fold(match["which"]).removeprefix("the ").split()[0], unit(match["unit"])
    if which == "next" and letters == "D" and fold(match["which"]) == "next":
        return None
    anchored_on_told = which in _TOLD or fold(match["which"]) == "the next"
    anchor = (
        (context.told_at(letters) if letters != "W" or context.narrative else context.today())
        if anchored_on_told
        else context.anchor()
    )
    if letters == "F":
        return None
    reading = period(anchor and readings.shift(anchor, _STEP[which], letters), letters)
    part = phase_of(match["edge"])
    return narrowed(reading, part, context, match.start()) if part else reading


@rule("earlier in the <unit>", r"(?:earlier|later|late|early) in the (?P<unit>day|week|month|year)", "earlier later late early")
def _earlier_in(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    day = context.told_at(letters) if context.narrative else context.today()
    return period(day, letters)


@rule(
    "the <part> of the <unit>",
    r"(?P<edge>{phase}) (?:the|this|that) (?P<unit>day|week|month|year|decade|century)"
    r"|(?P<edge2>mid)-?(?P<unit2>week|month|year)|(?:the )?(?P<unit3>year)(?:['’]s)?[\s-]"
    r"(?P<edge3>end)|(?:the )?(?P<unit4>week|month)(?:['’]s[\s-]|-)(?P<edge4>end)",
    "midweek year month week",
    *_PHASES,
)
def _part_of_unit(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"] or match["unit2"] or match["unit3"] or match["unit4"])
    part = phase_of(match["edge"] or match["edge2"] or match["edge3"] or match["edge4"])
    if letters == "D":
        return None
    reading = _year_ending(match, context) if letters == "Y" and part == "end" else period(context.anchor(), letters)
    if letters == "W" and reading.edtf and part in ("start", "end"):
        first, last = reading.edtf.split("/")
        return Reading(reading.kind, reading.value, first if part == "start" else last)
    return narrowed(reading, part, context, match.start())


def _year_ending(match: re.Match[str], context: Context) -> Reading:
    """The year whose end is meant: in January, with no future in sight, the one just over."""
    anchor = context.anchor()
    if anchor and not context.narrative and anchor.month < 4 and context.tense(match.start(), match.end()) is not Tense.FUTURE:
        anchor = readings.shift(anchor, -1, "Y")
    return period(anchor, "Y")


@rule(
    "the <unit>",
    r"(?:the|this) (?:full )?(?:(?P<kind>fiscal|financial|academic|school) )?(?P<unit>year|month|week)"
    r"(?! (?:of|before|after|when|that|the|he|it|they|in which|ended|ending)\b|[’'-])",
    "full fiscal financial academic school year month week",
)
def _the_unit(match: re.Match[str], context: Context) -> Result:
    """The running one, where words before tell that a stretch of it is meant ("the first nine months of the year")."""
    if not match["kind"] and not _OF_A_STRETCH.search(context.before(match.start(), 32)) and " full " not in match[0].lower():
        return None
    letters = unit(match["unit"])
    return period(context.told_at(letters) if context.narrative else context.today(), letters)


@rule(
    "<weekend>",
    r"(?P<which>last|this|next|this past|this coming|the past|the previous|the following|over the|the) weekend",
    "last this next weekend past previous following",
)
def _weekend(match: re.Match[str], context: Context) -> Result:
    today = context.anchor()
    if today is None:
        return readings.unresolved("XXXX-WXX-WE")
    which = fold(match["which"])
    ahead = which in ("this", "this coming") or (which == "the" and context.tense(match.start(), match.end()) is Tense.FUTURE)
    back = today.isoweekday() < 6 and not ahead
    step = {"next": 7, "the following": 7}.get(which, -7 if back or which in ("last", "the previous") else 0)
    target = readings.shift(today, step, "D")
    return readings.weekend(target) if target else None


@rule(
    "last|next <month>",
    r"(?P<which>last|next|this|this past|this coming|the previous|the following) {a_month}",
    "last next this previous following",
)
def _which_month(match: re.Match[str], context: Context) -> Result:
    month = month_number(match["month"])
    if month is None:
        return None
    today = context.anchor()
    if today is None:
        return readings.unresolved(f"XXXX-{month:02d}")
    which = fold(match["which"])
    if which in ("last", "this past", "the previous"):
        return readings.month(today.year - (month >= today.month), month)
    return readings.month(today.year + (which != "this" and month <= today.month), month)


@rule(
    "<n> <units> ago",
    r"{number}(?P<vague> more| or so| or more)? {units} (?P<way>ago|hence|from now)"
    r"(?: (?P<at>this month|this week|today|to the day))?",
    *NUMBERS,
)
def _ago(match: re.Match[str], context: Context) -> Result:
    back = match["way"].lower() == "ago"
    if context.quarter and fold(match["number"]) in ("a", "one") and unit(match["unit"]) == "Y" and back:
        return _same_quarter_last_year(context)
    count = number(match["number"])
    if count is None or (count != int(count) and unit(match["unit"]) != "Y"):
        return readings.reference("PAST_REF" if back else "FUTURE_REF", None)
    today = context.anchor()
    if today is None:
        return readings.unresolved(_PLACEHOLDERS.get(unit(match["unit"]), "XXXX-XX-XX"))
    target = readings.shift(today, -int(count) if back else int(count), unit(match["unit"]))
    if target and match["at"]:  # "two years ago this month"
        return period(target, {"month": "M", "week": "W"}.get(match["at"].lower().split()[-1], "D"))
    return readings.at_grain(target, unit(match["unit"]), exact=False) if target else None


def _same_quarter_last_year(context: Context) -> Reading:
    """In business reports "a year ago" is the same quarter of the year before, once a quarter is the talk."""
    return readings.quarter(int(context.quarter[:4]) - 1, int(context.quarter[-1]))


@rule(
    "<vague units> ago",
    r"(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes|moments|generations) ago",
    "days weeks months years decades centuries hours minutes",
)
def _long_ago(match: re.Match[str], context: Context) -> Result:
    return readings.reference("PAST_REF", None)


@rule(
    "<n> <units> earlier|later",
    r"{number}(?: more)? {units} (?P<way>earlier|later|before|after|afterwards|previously|on)",
    "some",
    *NUMBERS,
)
def _later(match: re.Match[str], context: Context) -> Result:
    way, letters = match["way"].lower(), unit(match["unit"])
    if way in ("before", "after", "on") and not re.match(r"\s*(?:[.,;:)]|$)", context.text[match.end() : match.end() + 3]):
        return None
    back = way in ("earlier", "before", "previously")
    if context.quarter and fold(match["number"]) in ("a", "one") and letters == "Y" and back and not context.narrative:
        return _same_quarter_last_year(context)
    count = number(match["number"])
    if count is None or count != int(count):
        return readings.reference("PAST_REF" if back else "FUTURE_REF", None)
    untold = not context.told and not back and context.tense(match.start(), match.end()) is not Tense.FUTURE
    anchor = None if untold else context.told_at(letters)  # "a week later" is not counted from publication
    target = anchor and readings.shift(anchor, -int(count) if back else int(count), letters)
    if target is None:
        return readings.unresolved((context.told[:4] or "XXXX") + _PLACEHOLDERS.get(letters, "XXXX-XX-XX")[4:])
    return readings.at_grain(target, letters, exact=letters != "W" or not back)


@rule(
    "the day after",
    r"the (?P<unit>day|week|month|year) (?P<way>before|after|earlier|later)(?P<last> last)?(?! (?:yesterday"
    r"|tomorrow)| (?:the|a|an|he|she|they|it|its|his|her|their|that)\b)",
    "day week month year",
)
def _day_after(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    if match["last"]:
        today = context.today() if match["way"].lower() == "before" else None
        return period(today and readings.shift(today, -2, letters), letters)
    anchor = context.told_at("D" if letters == "W" else letters) or (context.told_at(letters) if context.told else None)
    return period(
        anchor and readings.shift(anchor, -1 if match["way"].lower() in ("before", "earlier") else 1, letters), letters
    )


@rule(
    "the <unit> after <event>",
    r"the (?P<unit>day|week|month|year)(?= (?:after|before) (?:the|a|an|its|their|his|her|that)\b)",
    "day week month year",
)
def _unit_after_event(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    return Reading(Kind.DATE, _PLACEHOLDERS[letters], counted=f"P1{letters}")


@rule(
    "the past|next <n> <units>",
    r"(?:each of )?the (?P<which>past|last|next|previous|coming|following|first|latest"
    r"|preceding|final|opening|ensuing) {number} (?:or (?:so|more) )?{units}(?: or so)?",
    "past last next previous coming following first latest preceding final opening each ensuing",
)
def _past_units(match: re.Match[str], context: Context) -> Result:
    return _stretch(number(match["number"]), match, context)


@rule(
    "the past <unit>",
    r"(?:the|this) (?P<which>past) (?P<unit>hour|day|week|fortnight|month|quarter|year|decade|century)",
    "past this",
)
def _past_unit(match: re.Match[str], context: Context) -> Result:
    return _stretch(1, match, context)


def _stretch(count: float | None, match: re.Match[str], context: Context) -> Reading:
    letters, which = unit(match["unit"]), fold(match["which"])
    today = None if context.narrative else context.today()
    if today is None or count is None or count != int(count) or which not in ("past", "last", "next", "coming"):
        return readings.duration(count, letters)
    back = which in ("past", "last")
    edge = readings.shift(today, -int(count) if back else int(count), letters)
    edtf = readings.stretch(edge, today) if back else readings.stretch(today, edge)
    if count == 24 and letters == "TH":
        return Reading(Kind.DURATION, "P1D" if not match["number"][0].isdecimal() else "PT24H", edtf)
    return readings.duration(count, letters, edtf)


@rule(
    "the same time",
    r"this time (?P<which>last|next) year",
    "this",
)
def _this_time_last_year(match: re.Match[str], context: Context) -> Result:
    today = context.anchor()
    target = today and readings.shift(today, -1 if match["which"].lower() == "last" else 1, "Y")
    return readings.at_grain(target, "M", exact=False) if target else readings.unresolved("XXXX")


@rule(
    "the latest quarter",
    r"(?:the|its) (?:(?P<which>latest|most recent|comparable|(?:comparable )?year-(?:ago"
    r"|earlier)) )?(?:quarter|period)|(?P<bare>year-(?:ago|earlier))",
    "latest most year quarter comparable",
)
def _latest_quarter(match: re.Match[str], context: Context) -> Result:
    """In business reports these hang on the quarter told last; elsewhere they are left alone."""
    if not context.quarter or (match[0].lower().endswith("period") and not match["which"]):
        return None
    if match["bare"] or "year-" in match[0].lower():
        return _same_quarter_last_year(context)
    return readings.quarter(int(context.quarter[:4]), int(context.quarter[-1]))
