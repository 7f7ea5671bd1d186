"""Rules for times within a day; the day is what their EDTF tells."""

from __future__ import annotations

import re
from datetime import date

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import date_of
from whoholds.grounding.times.expression import Kind
from whoholds.grounding.times.lexicon import fold, lexicon
from whoholds.grounding.times.readings import Piece, Reading
from whoholds.grounding.times.rule import Result, Rules

rule = Rules()

_DATE_STARTS = ("@months", "@weekdays", "#", "last", "next", "this", "yesterday", "today", "tomorrow", "day")
_BARE_PARTS = frozenset(
    {"dawn", "daybreak", "sunrise", "noon", "midday", "midnight", "dusk", "nightfall", "sunset", "first light"}
)
_EARLY_LATE = {"early": "MO", "late": "EV"}


def clock_code(words: str) -> str | None:
    """`HH:MM` of a clock time as written, or None where it is none."""
    folded = fold(words)
    if folded.startswith(("noon", "midday", "midnight")):
        return lexicon().parts[folded.split()[0]]
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?(?:\s?([ap])\.?m)?", folded)
    if not match:
        return None
    hour, minute = int(match[1]), match[2] or "00"
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match[3] == "p")
    return f"{hour:02d}:{minute}"


def _on(day: Reading | None, code: str | None) -> Reading | None:
    if day is None or code is None:
        return None
    if day.edtf is None:
        return readings.unresolved(f"{day.value}T{code}", Kind.TIME)
    return readings.time_of_day(date.fromisoformat(day.edtf), code)


def _day_in_focus(context: Context) -> date | None:
    """The day that a bare "at dawn" is of: the one told last in the paragraph, else that of publication."""
    if context.narrative:
        return context.day
    return context.paragraph_day or context.today()


@rule(
    "<day> <part of day>",
    r"{a_date},?(?: (?:in|at|during|on)(?: the)?)? (?P<part>{part})(?! s?\w+ers?\b)",
    *_DATE_STARTS,
)
def _day_part(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), lexicon().parts[fold(match["part"])])


@rule(
    "<part of day> of <day>",
    r"(?:the )?(?P<part>{part})(?: (?:of|on|to|between))?(?: the)?,? {a_date}",
    "@parts",
)
def _part_of_day(match: re.Match[str], context: Context) -> Result:
    part = lexicon().parts[fold(match["part"])]
    day = date_of(match, context)
    if day is not None and day.edtf and fold(match[0]).startswith(("night to ", "the night to ")):
        return readings.night_before(date.fromisoformat(day.edtf))
    return _on(day, part)


@rule(
    "the night of <day>-<day>",
    r"(?:the )?night (?:of|from) (?:(?P<last_first>\d{1,2}) ?(?:[-–—/]|to) ?)?{a_date}"
    r"(?: ?(?:[-–—/]|to) ?(?P<next>\d{1,2})\b)?",
    "night",
)
def _night_between(match: re.Match[str], context: Context) -> Result:
    """The night between two days told as a pair ("the night of November 24-25", "the night of 24 to 25 November")."""
    told = date_of(match, context)
    other = match["next"] or match["last_first"]
    if told is None or told.edtf is None or other is None:
        return None
    day = date.fromisoformat(told.edtf)
    morning = readings.shift(day, 1, "D") if match["next"] else day
    evening = readings.shift(day, -1, "D") if match["last_first"] else day
    if morning is None or evening is None or int(other) != (morning if match["next"] else evening).day:
        return None
    return readings.night_before(morning)


@rule(
    "early|late <day>",
    r"(?P<half>early|late)(?: on)? {a_date}",
    "early late",
)
def _early_on(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), _EARLY_LATE[match["half"].lower()])


@rule(
    "earlier|later <day>",
    r"(?:earlier|later)(?: on)? {a_date}",
    "earlier later",
)
def _earlier_on(match: re.Match[str], context: Context) -> Result:
    return date_of(match, context)


@rule(
    "<clock time> <day>",
    r"{clock},?(?: (?:on|of))? {a_date}",
    "# noon midnight midday",
)
def _clock_day(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), clock_code(match["clock"]))


@rule(
    "<day> at <clock time>",
    r"{a_date},? at {clock}",
    *_DATE_STARTS,
)
def _day_clock(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), clock_code(match["clock"]))


@rule(
    "<clock time> to <clock time> <day>",
    r"(?P<first>(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?: ?[ap]\.?m\b\.?)?)(?: and | to | until |-|–)"
    r"{clock},?(?: (?:on|of))? {a_date}",
    "#",
)
def _clock_range_day(match: re.Match[str], context: Context) -> Result:
    first = _on(date_of(match, context), clock_code(match["first"]))
    last = _on(date_of(match, context), clock_code(match["clock"]))
    if first is None or last is None:
        return None
    return (Piece(match.start("first"), match.end("first"), first), Piece(match.start("clock"), match.end(), last))


@rule(
    "<clock time>",
    r"{clock}(?: (?:in|of) the (?P<part>morning|afternoon|evening))?",
    "#",
)
def _clock(match: re.Match[str], context: Context) -> Result:
    code = clock_code(match["clock"])
    if code is None or re.search(r"[:.\d]$", context.before(match.start())):
        return None
    if match["part"] in ("afternoon", "evening") and int(code[:2]) < 12:
        code = f"{int(code[:2]) + 12}{code[2:]}"
    return readings.time_of_day(_day_in_focus(context), code)


@rule(
    "this <part of day>",
    r"(?P<which>this|tomorrow|yesterday) (?P<part>{part})",
    "this",
)
def _this_part(match: re.Match[str], context: Context) -> Result:
    today = None if context.narrative else context.today()
    return readings.time_of_day(today, lexicon().parts[fold(match["part"])])


@rule(
    "last night",
    r"(?P<late>late )?last (?P<part>night|evening)",
    "last late",
)
def _last_night(match: re.Match[str], context: Context) -> Result:
    today = None if context.narrative else context.today()
    return readings.time_of_day(today and readings.shift(today, -1, "D"), lexicon().parts[match["part"].lower()])


@rule(
    "tonight",
    r"(?:late |early )?tonight",
    "tonight late early",
)
def _tonight(match: re.Match[str], context: Context) -> Result:
    return readings.time_of_day(context.today(), "NI")


@rule(
    "overnight",
    r"overnight|during the night(?! of\b)",
    "overnight during",
)
def _overnight(match: re.Match[str], context: Context) -> Result:
    today = _day_in_focus(context)
    return readings.night_before(today) if today else readings.time_of_day(None, "NI")


@rule(
    "at <part of day>",
    r"(?P<part>{part})",
    "@parts",
)
def _bare_part(match: re.Match[str], context: Context) -> Result:
    part = fold(match["part"])
    if part not in _BARE_PARTS or not re.search(
        r"\b(?:at|by|before|until|after|since|from|around)\s$", context.before(match.start())
    ):
        return None
    return readings.time_of_day(_day_in_focus(context), lexicon().parts[part])


@rule(
    "at night",
    r"night|nighttime|daytime",
    "night nighttime daytime",
)
def _at_night(match: re.Match[str], context: Context) -> Result:
    """Nights in general, or a night not told which."""
    if not re.search(r"\b(?:at|by|during|in)\s$", context.before(match.start())):
        return None
    return readings.time_of_day(None, "DT" if match[0].lower() == "daytime" else "NI")


@rule(
    "the same <part of day>",
    r"(?P<which>the same|that same|that|the next|the following|the previous) (?P<part>{part})",
    "same that next following previous",
)
def _same_part(match: re.Match[str], context: Context) -> Result:
    day = context.told_at("D")
    step = {"next": 1, "following": 1, "previous": -1}.get(match["which"].lower().split()[-1], 0)
    return readings.time_of_day(day and readings.shift(day, step, "D"), lexicon().parts[fold(match["part"])])
