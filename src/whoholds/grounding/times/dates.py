"""Rules for days: dates in all written orders, weekdays, yesterday and the like, parts of days and clock times."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.lexicon import fold, lexicon, ordinal
from whoholds.grounding.times.readings import Piece, Reading
from whoholds.grounding.times.rule import DATE_STARTS, Result, Rules
from whoholds.grounding.times.tense import Tense

rule = Rules()

_DEICTIC = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}
_FEAST = re.compile(r"\b(?:Good|Black|Bloody|Ash|Holy|Palm|Easter|Shrove)\s$")  # "the Good Friday Agreement"
_DATED_BY = re.compile(r"\b(?:on|of|by|until|since|from|to|and|before|after|till|was|for)\s$")
_ORDINAL_FOLLOWS = re.compile(
    r"\s*(?:[.,;:)]|$|(?:of|in|and|to|when|after|before|but|at|the|he|she|they|we|it|his|their|which|that|with|by|from|for|as|was|were|had|a|an|until|because|while|since|near|against|all|no)\b)",
    re.IGNORECASE,
)


def month_number(word: str) -> int | None:
    """The month that a word names, or None for one that needs its capital ("may")."""
    return lexicon().months[fold(word).rstrip(".")] if word[0].isupper() else None


def weekday_number(word: str) -> int | None:
    """The ISO number of a weekday, or None for a word without its capital ("sun")."""
    return lexicon().weekdays[fold(word).rstrip(".")] if word[0].isupper() else None


def date_of(match: re.Match[str], context: Context) -> Reading | None:
    """The day that the groups of `{a_date}` or `{dated}` tell."""
    groups = match.groupdict()
    month_word = groups.get("month") or groups.get("month_first")
    if month_word:
        number = month_number(month_word)
        day = int(groups["day"] or groups["day_last"])
        year = groups["year"] or groups["year_last"]
        return (number and _day(int(year) if year else None, number, day, match, context)) or None
    if groups.get("weekday"):
        return _weekday(match, context)
    if groups.get("which_day"):
        return _which_weekday(match, context)
    if groups.get("iso"):
        return day_or_none(*map(int, groups["iso"].split("-")))
    today = None if context.narrative else context.today()
    target = today and readings.shift(today, _DEICTIC[fold(groups["deictic"])], "D")
    return readings.day(target) if target else readings.unresolved("XXXX-XX-XX")


def told_year(words: str, context: Context) -> int | None:
    """The year of "last year" (from publication) or "that year", "the following year" (from the year told last)."""
    folded = fold(words)
    deictic = folded.startswith(("last", "this", "next"))
    anchor = context.anchor() if deictic else context.told_date() or context.today()
    step = {"last": -1, "next": 1, "following": 1, "previous": -1}.get(folded.removeprefix("the ").split()[0], 0)
    return anchor.year + step if anchor and 1 <= anchor.year + step <= 9999 else None


def day_or_none(year: int, month: int, day: int) -> Reading | None:
    """The day, or None where the calendar has none such."""
    try:
        return readings.day(date(year, month, day))
    except ValueError:
        return None


def _day(year: int | None, month: int, day: int, match: re.Match[str], context: Context) -> Reading | None:
    if day > monthrange(2000, month)[1]:
        return None
    if year is None:
        year = context.year_of(month, day, match.start(), match.end())
        if year is None:
            return readings.unresolved(f"XXXX-{month:02d}-{day:02d}")
    return day_or_none(year, month, day)


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    number = weekday_number(match["weekday"])
    if number is None or _FEAST.search(context.text, max(0, match.start("weekday") - 8), match.start("weekday")):
        return None
    target = context.weekday(number, match.start(), match.end())
    return readings.day(target) if target else readings.unresolved(f"XXXX-WXX-{number}")


def _which_weekday(match: re.Match[str], context: Context) -> Reading | None:
    number = weekday_number(match["which_day"])
    which = fold(match["which"])
    told = which in ("the previous", "the following")
    today = context.day if told and context.day else context.anchor() if told else context.today()
    if number is None or today is None:
        return (number and readings.unresolved(f"XXXX-WXX-{number}")) or None
    offset = (number - today.isoweekday()) % 7
    if which in ("last", "the previous", "this past"):
        offset -= 7
    elif which == "this":
        return _weekday_of_this_week(number, today, match, context)
    elif not offset:
        offset = 7
    target = readings.shift(today, offset, "D")
    return readings.day(target) if target else None


def _weekday_of_this_week(number: int, today: date, match: re.Match[str], context: Context) -> Reading | None:
    target = readings.shift(today, number - today.isoweekday(), "D")
    return readings.day(target) if target else None


@rule(
    "<day>",
    r"{a_date}",
    *DATE_STARTS,
)
def _date(match: re.Match[str], context: Context) -> Result:
    return date_of(match, context)


@rule("<weekday> last|this|next week", r"(?P<weekday>{weekdays})(?: of)? (?P<which>last|this|next) week", "@weekdays")
def _weekday_of_week(match: re.Match[str], context: Context) -> Result:
    number = weekday_number(match["weekday"])
    today = context.today()
    if number is None or today is None:
        return (number and readings.unresolved(f"XXXX-WXX-{number}")) or None
    weeks = {"last": -7, "this": 0, "next": 7}[match["which"].lower()]
    target = readings.shift(today, number - today.isoweekday() + weeks, "D")
    return readings.day(target) if target else None


@rule(
    "<day>/<month>/<year>",
    r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d\d)",
    "#",
)
def _slashed(match: re.Match[str], context: Context) -> Result:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        if match[2] == ".":
            return None
        year += 2000 if year < 50 else 1900
    if first > 12 or first == second:
        return day_or_none(year, second, first)
    return day_or_none(year, first, second) if second > 12 else None  # both could be the month


@rule(
    "<days> and|to <day> <month>",
    r"(?:{weekdays},? )?(?P<days>(?:(?:the )?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:, "
    r"|(?: and| or| to| until)? |,? and | ?[-–—] ?)){1,4})(?P<last>(?:the )?{a_day}(?: of)? {a_month}(?:,? "
    r"{a_year})?)",
    "# @weekdays",
)
def _days_of_month(match: re.Match[str], context: Context) -> Result:
    number = month_number(match["month"])
    last = number and _day(int(match["year"]) if match["year"] else None, number, int(match["day"]), match, context)
    return (last and number and _pieces(match, "days", number, last)) or None


def _pieces(match: re.Match[str], days: str, month: int, anchor: Reading) -> Result:
    """The anchor's own words and one piece for each of the bare day numbers of the group `days`, in the anchor's year."""
    found = []
    for bare in re.finditer(r"(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?", match[days], re.IGNORECASE):
        number = int(bare[1])
        known = anchor.edtf is not None
        year = int(anchor.value[:4]) if known else 0
        reading = day_or_none(year, month, number) if known else readings.unresolved(f"XXXX-{month:02d}-{number:02d}")
        if reading is None:
            return None
        found.append(Piece(match.start(days) + bare.start(), match.start(days) + bare.end(), reading))
    if found and match.end("last") < match.end():  # "March 5-9, 1918": the year belongs to the last day
        found[-1] = Piece(found[-1].start, match.end(), found[-1].reading)
    whole = Piece(match.start("last"), match.end("last"), anchor)
    return tuple(sorted([*found, whole], key=lambda piece: piece.start))


@rule(
    "<month> <day> to <days>",
    r"(?P<last>(?:{weekdays},? )?{a_month} {a_day})(?P<days>(?:(?:, |,? and |,? or | to "
    r"| until | ?[-–—] ?)(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]\d|\d|:\d)){1,4})(?:,? {a_year})?",
    "@months @weekdays",
)
def _month_days(match: re.Match[str], context: Context) -> Result:
    number = month_number(match["month"])
    first = number and _day(int(match["year"]) if match["year"] else None, number, int(match["day"]), match, context)
    return (first and number and _pieces(match, "days", number, first)) or None


@rule(
    "the <ordinal day>",
    r"the (?P<ordinal>{ordinal_day})",
    "#",
)
def _ordinal_day(match: re.Match[str], context: Context) -> Result:
    """A day of the month told last, or of the one of publication; only after a preposition and before no noun."""
    if not _DATED_BY.search(context.before(match.start())):
        return None
    if not _ORDINAL_FOLLOWS.match(context.text, match.end()):
        return None
    number = ordinal(match["ordinal"])
    told = bool(context.told) and len(context.told) >= 7
    month = context.told_at("M") if told else context.anchor()
    if month is None:
        return readings.unresolved(f"XXXX-XX-{number:02d}")
    if not told and not context.narrative:
        month = _month_by_tense(month, number, context.tense(match.start(), match.end()))
    return day_or_none(month.year, month.month, number)


def _month_by_tense(today: date, number: int, tense: Tense) -> date:
    """The month before where a past clause tells a day yet to come, the month after where one looks ahead to a day gone."""
    step = -1 if tense is Tense.PAST and number > today.day else 1 if tense is Tense.FUTURE and number < today.day else 0
    return readings.shift(today.replace(day=1), step, "M") or today


@rule(
    "<day> <that year>",
    r"(?=[^;\n]{6,38} year\b)(?:{weekdays},? )?(?:(?P<first>(?:the )?{a_day}(?: of)?)"
    r" {a_month}|(?P<month_first>{months}) (?P<day_last>{day}))"
    r",? (?:of |in )?(?P<which>last year|this year|next year|that(?: same)? year|the (?:same|following|next|previous) year)",
    "@months @weekdays #",
)
def _day_of_told_year(match: re.Match[str], context: Context) -> Result:
    number = month_number(match["month"] or match["month_first"])
    year = told_year(match["which"], context)
    day = int(match["day"] or match["day_last"])
    if not number:
        return None
    return day_or_none(year, number, day) if year else readings.unresolved(f"XXXX-{number:02d}-{day:02d}")


@rule(
    "the <spelled day> of <month>",
    r"(?:the )?(?P<spelled>(?:twenty|thirty)[\s-]{ordinals}|{ordinals})(?: day)?"
    r" of {a_month}(?:,? {a_year})?",
    "@ordinals twenty thirty",
)
def _spelled_day(match: re.Match[str], context: Context) -> Result:
    number = month_number(match["month"])
    tens, _, ones = fold(match["spelled"]).rpartition(" ")
    if ones[0].isdecimal() or number is None:
        return None
    day = ordinal(ones) + {"twenty": 20, "thirty": 30}.get(tens, 0)
    return _day(int(match["year"]) if match["year"] else None, number, day, match, context)


@rule(
    "<holiday> <year>?",
    r"(?P<holiday>{holidays})(?:,? {a_year})?",
    "@holidays",
)
def _holiday(match: re.Match[str], context: Context) -> Result:
    month, day = map(int, lexicon().holidays[fold(match["holiday"])].split("-"))
    if not match[0][0].isupper():
        return None
    return _day(int(match["year"]) if match["year"] else None, month, day, match, context)
