"""Rules for times within a day; the day is what their EDTF tells."""

from __future__ import annotations

import re
from datetime import date

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import date_of, day_or_none, weekday_number
from whoholds.grounding.times.expression import Kind
from whoholds.grounding.times.lexicon import fold, lexicon
from whoholds.grounding.times.readings import Piece, Reading
from whoholds.grounding.times.rule import DATE_STARTS, Result, Rules

rule = Rules()

_BARE_PARTS = frozenset(
    {"dawn", "daybreak", "sunrise", "noon", "midday", "midnight", "dusk", "nightfall", "sunset", "sundown", "first light"}
    | {f"{half} {part}" for half in ("early", "mid", "late") for part in ("morning", "afternoon", "evening")}
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


def _zoned(match: re.Match[str], clock: str = "clock") -> str | None:
    """The clock time of a group with the offset of its zone."""
    code = clock_code(match[clock])
    zone = next((match[name] for name in ("zone", "zone_last") if match.groupdict().get(name)), None)
    return code and code + (lexicon().zones.get(fold(zone), "") if zone and code[2:5] >= ":00" else "")


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
    *DATE_STARTS,
)
def _day_part(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), lexicon().parts[fold(match["part"])])


@rule(
    "<part of day> of <day>",
    r"(?:the |{weekdays} )?(?P<part>{part})(?: (?:of|on|to|between))?(?: the)?,? {a_date}",
    "@parts @weekdays",
)
def _part_of_day(match: re.Match[str], context: Context) -> Result:
    part = lexicon().parts[fold(match["part"])]
    day = date_of(match, context)
    if day is not None and day.edtf and fold(match[0]).startswith(("night to ", "the night to ")):
        return readings.night_after(date.fromisoformat(day.edtf))
    return _on(day, part)


@rule(
    "the night of <day>-<day>",
    r"(?P<evening>(?:the )?night (?:of|from) (?:(?P<last_first>\d{1,2})|{a_date}))(?: ?[-–—/] ?| to | and )"
    r"(?P<morning>(?P<next>\d{1,2})(?: (?P<next_month>[A-Z][a-z]+))?\b)",
    "night",
)
def _night_between(match: re.Match[str], context: Context) -> Result:
    """The night between two days told as a pair: first the night, valued by its evening, then the day of its morning."""
    months = lexicon().months
    if match["last_first"]:  # "the night of 24-25 November"
        number = match["next_month"] and months.get(match["next_month"].lower())
        year = number and context.year_of(number, int(match["next"]), match.start(), match.end())
        told = day_or_none(year, number, int(match["next"])) if year and number else None
        morning = date.fromisoformat(told.value) if told else None
    else:
        told = date_of(match, context)
        evening = date.fromisoformat(told.edtf) if told and told.edtf and len(told.edtf) == 10 else None
        morning = evening and readings.shift(evening, 1, "D")
    if morning is None or morning.day != int(match["next"]):
        return None
    end = match.end("morning") if match["next_month"] and months.get(match["next_month"].lower()) else match.end("next")
    return (
        Piece(match.start("evening"), match.end("evening"), readings.night_after(morning)),
        Piece(match.start("morning"), end, readings.day(morning)),
    )


@rule(
    "the night from <weekday> to <weekday>",
    r"(?:(?:the )?night|overnight) (?:from|of|between) (?P<evening>{weekdays})(?: to | into | and |[-–])"
    r"(?P<morning>{weekdays})",
    "night overnight",
)
def _night_of_weekdays(match: re.Match[str], context: Context) -> Result:
    evening, morning = weekday_number(match["evening"]), weekday_number(match["morning"])
    if not evening or not morning or morning != evening % 7 + 1:
        return None
    day = context.weekday(morning, match.start(), match.end())
    return readings.night_after(day) if day else readings.unresolved(f"XXXX-WXX-{evening}TNI", Kind.TIME)


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
    r"{clock},?(?: (?:on|of))? {a_date}(?: (?P<zone_last>gmt|utc|e[sd]t|p[sd]t|c[sd]t|bst))?",
    "# noon midnight midday",
)
def _clock_day(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), _zoned(match))


@rule(
    "<day> at <clock time>",
    r"{a_date},? at (?:(?:about|around|precisely|exactly) )?{clock}",
    *DATE_STARTS,
)
def _day_clock(match: re.Match[str], context: Context) -> Result:
    return _on(date_of(match, context), _zoned(match))


@rule(
    "<hhmm> <zone>",
    r"(?P<hour>[01]\d|2[0-4])(?P<minutes>[0-5]\d) ?{zone}(?:,?(?: (?:on|of))? {a_date})?",
    "#",
)
def _four_digits(match: re.Match[str], context: Context) -> Result:
    """Clock times as armies and agencies write them: "0600 GMT", "1530 hrs on Friday"."""
    if re.search(r"[$€£#.,:\d]$|\b(?:for|of|spent|worked|some|about|than|over|under)\s$", context.before(match.start())) and (
        fold(match["zone"]) == "hours"
    ):
        return None
    code = f"{match['hour']}:{match['minutes']}{lexicon().zones.get(fold(match['zone']), '')}"
    if any(match[name] for name in ("month", "month_first", "which_day", "weekday", "deictic", "iso")):
        return _on(date_of(match, context), code)
    return readings.time_of_day(_day_in_focus(context), code)


@rule(
    "<clock time> to <clock time> <day>",
    r"(?P<first>(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?: ?[ap]\.?m\b\.?)?)(?: and | to | until |-|–)"
    r"{clock},?(?: (?:on|of))? {a_date}",
    "#",
)
def _clock_range_day(match: re.Match[str], context: Context) -> Result:
    first = _on(date_of(match, context), clock_code(match["first"]))
    last = _on(date_of(match, context), _zoned(match))
    if first is None or last is None:
        return None
    return (Piece(match.start("first"), match.end("first"), first), Piece(match.start("clock"), match.end(), last))


@rule(
    "<clock time>",
    r"{clock}(?: (?:in|of|at) (?:the )?(?P<part>morning|afternoon|evening|night))?",
    "# noon midnight midday",
)
def _clock(match: re.Match[str], context: Context) -> Result:
    code = _zoned(match)
    if code is None or re.search(r"[:.\d]$", context.before(match.start())):
        return None
    if not match["clock"][0].isdecimal() and not match["zone"]:
        return None
    if match["part"] and match["part"].lower() != "morning" and int(code[:2]) < 12:
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
    "overnight into <day>",
    r"overnight (?:in)?to {a_date}",
    "overnight",
)
def _overnight_into(match: re.Match[str], context: Context) -> Result:
    told = date_of(match, context)
    return readings.night_after(date.fromisoformat(told.edtf)) if told and told.edtf and len(told.edtf) == 10 else None


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
    r"(?P<which>the same|that same|that|the next|the following|the previous) (?P<part>{part})"
    r"|the (?P<part_before>{part}) before(?! (?:the|a|an|he|she|they|it|its|his|her|their|that|last)\b| [A-Z\d])",
    "same that next following previous @parts",
)
def _same_part(match: re.Match[str], context: Context) -> Result:
    day = context.told_at("D")
    which = (match["which"] or "previous").lower().split()[-1]
    step = {"next": 1, "following": 1, "previous": -1}.get(which, 0)
    part = lexicon().parts[fold(match["part"] or match["part_before"])]
    return readings.time_of_day(day and readings.shift(day, step, "D"), part)
