"""Rules for durations and for sets of times."""

from __future__ import annotations

import re

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.dates import month_number, weekday_number
from whoholds.grounding.times.lexicon import fold, lexicon, number, unit
from whoholds.grounding.times.rule import NUMBERS, Result, Rules
from whoholds.grounding.times.tense import Tense, perfect_at

rule = Rules()

_SETS = {
    "TH": "XXXX-XX-XXTXX",
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "P1M",
    "Q": "P1Q",
    "Y": "P1Y",
    "DE": "P1DE",
    "CE": "P1CE",
}
# What is so many years old and is no person.
_AGING = re.compile(
    r"[\s-](?:[a-z]+[\s-]){0,2}?(?:war|wars|conflict|insurgency|rebellion|dispute|feud|truce|ceasefire|agreement"
    r"|accord|treaty|pact|deal|deadlock|siege|blockade|embargo|occupation|regime|government|crisis"
    r"|campaign|offensive|uprising|struggle|peace|process|fighting|violence|standoff|ban|rule|law|tradition|city"
    r"|church|bridge|building|house|alliance|border|republic|state|constitution|talks|mission)s?\b",
    re.IGNORECASE,
)
_ATTRIBUTIVE = re.compile(r"\s[a-z]|['’]s\s|\s[A-Z][a-z]+")  # "a three hour speech", "the ten year's struggle"
_HANGS = re.compile(r"\b(for|in|over|within)\s(?:(?:nearly|almost|about|around|more than|over|some|at least|the)\s)?$")
_NAMED_START = re.compile(
    r"\s(?:of|after|from|before|following)\b|,?\s(?:starting|beginning|counted|counting)\s(?:from|on|with)\b"
)
_FROM_EVENT = re.compile(r"\s(?:after|before)\s(?:the|a|an|its|their|his|her)\b")
_RATE = re.compile(r"an?\s\w+", re.IGNORECASE)
_COUNTED_WORDS = frozenset({"NOUN", "NUM", "SYM"})
_STILL = frozenset({"have", "has", "'ve", "’ve", "'s", "’s"})
_VAGUE_BEFORE = re.compile(
    r"\b(?:for|after|of|in|over|within|lasted|lasting|took|taken|last|spent|many|past|during|these|those|several|recent|by)\s$"
)


@rule(
    "<n> <units>",
    r"(?:the )?{number}(?P<more> more| additional| further| single| entire| consecutive| straight| full| whole"
    r"| long| brutal| bloody)? {units}(?P<half> and a half)?(?P<old> of age| old)?(?!-)",
    "some additional further single full whole entire",
    *NUMBERS,
)
def _units(match: re.Match[str], context: Context) -> Result:
    letters, count = unit(match["unit"]), number(match["number"])
    if match["number"].lower() == "many" and context.before(match.start()).endswith("as "):
        return None
    if match["old"] or re.match(r"[\s-](?:old|of age|ago)\b", context.text[match.end() : match.end() + 8]):
        return None
    plural = match["unit"].lower().endswith("s")
    written = match["number"].lower()
    if (
        (letters in ("TS", "Q") and not plural)
        or (plural and written in ("a", "an", "one"))
        or (not plural and count != 1 and written[0] not in "h" and not _ATTRIBUTIVE.match(context.text, match.end()))
    ):
        return None
    if _is_rate(match, context):
        return readings.repeated(readings.duration(1, letters).value)
    if count is not None and match["half"]:
        count += 0.5
    reading = _hung(count, letters, match, context)
    named = match["unit"][0].isupper() or (not plural and count != 1 and written[0] not in "ah")
    if named and fold(match[0]).startswith("the "):  # "the Seven Years War", "the ten year struggle"
        return (readings.Piece(match.start("number"), match.end(), reading),)
    return reading


def _is_rate(match: re.Match[str], context: Context) -> bool:
    """Whether "a week" tells how often or how much ("four flights a week")."""
    if not _RATE.fullmatch(match[0]) or context.sentence is None:
        return False
    tokens = context.sentence.at(match.start(), match.end())
    before = context.sentence.tokens[tokens[0].i - 1] if tokens and tokens[0].i else None
    return before is not None and before.upos in _COUNTED_WORDS


def _hung(count: float | None, letters: str, match: re.Match[str], context: Context) -> readings.Reading:
    """The duration, with its stretch where "for" or "in" with a perfect, or "within", hang it on the day of publication."""
    bare = readings.duration(count, letters)
    before = _HANGS.search(context.before(match.start()))
    if not before or count is None or count != int(count) or context.narrative or context.published is None:
        return bare
    ahead = before[1] == "within" or (before[1] == "in" and context.tense(match.start(), match.end()) is Tense.FUTURE)
    edtf = _ahead(int(count), letters, before[1], match, context) if ahead else _up_to_now(int(count), letters, match, context)
    return readings.duration(count, letters, edtf) if edtf else bare


def _ahead(count: int, letters: str, preposition: str, match: re.Match[str], context: Context) -> str | None:
    """From the day told in the paragraph, else publication, so far on; None where an event that is named starts the clock."""
    if _NAMED_START.match(context.text, match.end()):
        return None
    first = (context.paragraph_day if preposition == "within" else None) or context.today()
    return readings.stretch(first, first and readings.shift(first, count, letters))


def _up_to_now(count: int, letters: str, match: re.Match[str], context: Context) -> str | None:
    """What has lasted so long, still open; what had lasted so long, up to publication; None without a perfect."""
    perfect = context.sentence and perfect_at(context.sentence, match.start(), match.end())
    today = context.today()
    start = readings.shift(today, -count, letters) if today and perfect and not letters.startswith("T") else None
    if not perfect or not today or not start:
        return None
    begin = readings.at_grain(start, letters, exact=False).edtf
    return f"{begin}/.." if perfect.lower in _STILL else f"{begin}/{today.isoformat()}"


@rule(
    "the year ended <date>",
    r"the (?:(?:fiscal|financial|full) )?(?P<unit>year|month|week)(?= (?:ended|ending|that ended|that ends"
    r"|(?:up )?to (?:\d|[A-Z])))",
    "fiscal financial full year month week",
)
def _year_ended(match: re.Match[str], context: Context) -> Result:
    """A stretch told by its end: a duration, since it is none of the calendar's."""
    return readings.duration(1, unit(match["unit"]))


@rule(
    "<n>-<unit>",
    r"(?:(?:an?|the) )?{number}[\s-]{units}(?P<suffix>[\s-](?:old|long))?(?: (?P<head>period"
    r"|term|span|stretch|interval))?",
    "# @cardinals several half many hundred quarter multi few",
)
def _hyphened(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    if "-" not in match[0] or (match["unit"].lower().endswith("s") and not match["suffix"]):
        return None
    if (match["suffix"] or "").lower().endswith("old") and letters == "Y" and not _AGING.match(context.text, match.end()):
        return None
    start = match.start("number")
    if match["head"]:
        return readings.duration(number(match["number"]), letters)
    return (readings.Piece(start, match.end(), readings.duration(number(match["number"]), letters)),)


@rule(
    "quarter-century",
    r"(?:a )?(?P<part>quarter|half)[\s-](?:of a |a )?(?P<unit>century|decade)(?:[\s-](?:old|long))?",
    "quarter half",
)
def _part_of_century(match: re.Match[str], context: Context) -> Result:
    years = {"century": 100, "decade": 10}[match["unit"].lower()]
    return readings.duration(years * (0.5 if match["part"].lower() == "half" else 0.25), "Y")


@rule(
    "decades-long",
    r"(?:(?P<n>an?|the) )?(?P<unit>hour|day|week|month|year|decade|centurie|century)"
    r"(?P<plural>s?)-(?P<suffix>long|old)",
    "@units centuries",
)
def _long(match: re.Match[str], context: Context) -> Result:
    if context.before(match.start()).endswith("-"):
        return None
    start = match.start("unit")
    return (readings.Piece(start, match.end(), readings.duration(None if match["plural"] else 1, unit(match["unit"]))),)


@rule(
    "<units>",
    r"(?P<unit>minutes|hours|days|weeks|months|quarters|years|decades|centuries)",
    "minutes hours days weeks months years decades centuries",
)
def _bare_units(match: re.Match[str], context: Context) -> Result:
    if context.before(match.start()).endswith("as many "):  # "three times in as many weeks"
        return None
    counted_from = _FROM_EVENT.match(context.text, match.end())
    if not (counted_from or _VAGUE_BEFORE.search(context.before(match.start()))) or re.match(
        r"\s(?:old|earlier|later)\b", context.text[match.end() : match.end() + 8]
    ):
        return None
    return readings.duration(None, unit(match["unit"]))


@rule(
    "the coming <units>",
    r"the (?:coming|following|ensuing|intervening|final|last|first|early|previous|preceding) "
    r"(?P<unit>hours|days|weeks|months|years|decades)(?: ahead)?",
    "coming following ensuing intervening previous preceding",
)
def _coming_units(match: re.Match[str], context: Context) -> Result:
    return readings.duration(None, unit(match["unit"]))


@rule(
    "<vague units> later",
    r"(?P<unit>days|weeks|months|years|decades|hours|minutes) (?P<way>later|earlier)",
    "days weeks months years decades hours minutes",
)
def _units_later(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    return readings.unresolved({"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "DE": "XXX"}.get(letters, "XXXX-XX-XX"))


@rule(
    "every <n>? <units>",
    r"(?P<every>each|every|per)(?: (?:other|single)| {number})? (?P<unit>hours?|days?"
    r"|weeks?|months?|quarters?|years?|decades?)",
    "each every per",
)
def _every(match: re.Match[str], context: Context) -> Result:
    letters = unit(match["unit"])
    if match["every"].lower() == "per":
        return readings.repeated(readings.duration(1, letters).value)
    if match["number"]:
        count = number(match["number"])
        return readings.repeated(readings.duration(count, letters).value)
    return readings.repeated(_SETS[letters])


@rule(
    "<n> times a <unit>",
    r"(?:once|twice|[\w,]+ times) (?:an?|each|every|per) (?P<unit>hour|day|night|week|month|year|decade)",
    "once twice",
    *NUMBERS,
)
def _times_a(match: re.Match[str], context: Context) -> Result:
    return readings.repeated(readings.duration(1, unit(match["unit"])).value)


@rule(
    "every <weekday>",
    r"(?:each|every) (?P<day>{weekdays})(?: (?P<part>{part}))?|(?P<days>monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday)s",
    "each every mondays tuesdays wednesdays thursdays fridays saturdays sundays",
)
def _every_weekday(match: re.Match[str], context: Context) -> Result:
    found = weekday_number(match["day"] or match["days"])
    part = f"T{lexicon().parts[fold(match['part'])]}" if match["part"] else ""
    return readings.repeated(f"XXXX-WXX-{found}{part}") if found else None


@rule(
    "<weekday> nights",
    r"(?P<first>{weekdays})(?: and (?P<second>{weekdays}))? (?P<part>morning|afternoon|evening|night)s",
    "@weekdays",
)
def _weekday_nights(match: re.Match[str], context: Context) -> Result:
    part = lexicon().parts[match["part"].lower()]
    first, second = weekday_number(match["first"]), match["second"] and weekday_number(match["second"])
    if not first:
        return None
    last = match.start("second") if second else match.start("first")
    found = [readings.Piece(last, match.end(), readings.repeated(f"XXXX-WXX-{second or first}T{part}"))]
    if second:
        found.insert(0, readings.Piece(match.start("first"), match.end("first"), readings.repeated(f"XXXX-WXX-{first}T{part}")))
    return tuple(found)


@rule(
    "every <month>",
    r"(?:each|every) (?:{a_month}|(?P<season>spring|summer|autumn|winter)|(?P<part>morning"
    r"|afternoon|evening|night))",
    "each every",
)
def _every_month(match: re.Match[str], context: Context) -> Result:
    if match["season"]:
        return readings.repeated(f"XXXX-{lexicon().seasons[match['season'].lower()]}")
    if match["part"]:
        return readings.repeated(f"XXXX-XX-XXT{lexicon().parts[match['part'].lower()]}")
    found = month_number(match["month"])
    return readings.repeated(f"XXXX-{found:02d}") if found else None


@rule(
    "daily",
    r"{adverbs}",
    "@adverbs",
)
def _adverb(match: re.Match[str], context: Context) -> Result:
    return readings.repeated(lexicon().adverbs[fold(match[0])])
