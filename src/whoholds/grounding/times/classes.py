"""Classes: the pieces that rules' patterns are put together from, named in braces.

A space stands for white space with one line break at most. Groups are named by what they hold; a class with groups can stand in
a pattern once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from whoholds.grounding.times.lexicon import lexicon

SPACE = r"[^\S\n]*\s"

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?![\d,.]\d|\d|:\d)"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)\b(?!,\d|\.\d)"
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first; their spaces also match hyphens, apostrophes both kinds."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"[\s-]").replace("'", "['’]") for word in longest_first) + ")"


@cache
def classes() -> dict[str, str]:
    """The pattern of every class, by name."""
    words = lexicon()
    return {
        "seasons": one_of(words.seasons),
        "holidays": one_of(words.holidays),
        "feasts": one_of(words.feasts),
        "references": one_of(words.references),
        "adverbs": one_of(words.adverbs),
        "decades": one_of(words.decades),
        "part": one_of(words.parts),
        "units": rf"(?P<unit>{one_of(words.units)}s?)",
        "weekdays": f"(?:{_full_weekday()}|{_short_weekday()})",
        "year": _YEAR,
        "a_year": f"(?P<year>{_YEAR})",
        "months": _months(),
        "day": _DAY,
        "a_month": f"(?P<month>{_months()})",
        "a_day": rf"(?P<day>{_DAY})(?:st|nd|rd|th)?",
        "ordinals": rf"(?:{one_of(words.ordinals)}|\d{{1,2}}(?:st|nd|rd|th))",
        "ordinal_day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)",
        "clock": _clock(),
        "zone": _zone(),
        "spelled_year": _spelled_year(),
        "number": _number(),
        "phase": _phase(),
        "a_date": _date(),
    }


def _months() -> str:
    names = lexicon().months
    return "(?:" + "|".join(f"{name}\\b" + (r"\.?" if _abbreviated(name) else "") for name in names) + ")"


def _abbreviated(month: str) -> bool:
    return len(month) < 5 and month not in ("may", "june", "july")


def _full_weekday() -> str:
    return one_of(name for name in lexicon().weekdays if name.endswith("day")) + r"\b"


def _short_weekday() -> str:
    return one_of(name for name in lexicon().weekdays if not name.endswith("day")) + r"\b\.?"


def _spelled() -> str:
    ones = one_of(lexicon().cardinals)
    return rf"(?:{_TENS}[-\s]{ones}|{ones})"


def _number() -> str:
    choices = [
        r"\d{1,3}(?:,\d\d\d)+",
        r"\d+(?:\.\d+)?",
        rf"(?:a )?(?:hundred|thousand|dozen)(?: and {_spelled()})?",
        rf"{_spelled()}(?: (?:hundred|thousand))?(?: and (?:a )?half)?",
        "half an?",
        "(?:a )?couple(?: of)?",
        "(?:a )?(?:good )?few",
        "several|many|some|dozens of|hundreds of|an?",
    ]
    return f"(?P<number>{'|'.join(choices)})"


def _spelled_year() -> str:
    ones = one_of(lexicon().cardinals)
    teens = "(?:ten|eleven|twelve|[a-z]{3,5}teen)"
    hundreds = rf"(?:nineteen|eighteen|twenty)[\s-](?:{_TENS}(?:[\s-]{ones})?|oh[\s-]{ones}|{teens})"
    return rf"(?:{hundreds}|two thousand(?: (?:and )?{_spelled()})?)"


def _clock() -> str:
    hour, minutes = r"(?:[01]?\d|2[0-4])", r"[0-5]\d(?::[0-5]\d)?"
    choices = [
        rf"{hour}(?:[:.]{minutes})? ?[ap]\.?m\b\.?",
        rf"{hour}:{minutes}",
        r"\d{1,2} o['’]clock",
        "midnight|noon|midday",
    ]
    return f"(?P<clock>{'|'.join(choices)})(?: ?{_zone()})?"


def _zone() -> str:
    """A zone or its stand-in: GMT, "local time", "Baghdad time", "hrs"."""
    return rf"(?P<zone>{one_of(lexicon().zones)}\b|(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?) time\b)"


def _phase() -> str:
    choices = [
        "early(?: (?:in|on))?",
        "(?:later|earlier) in",
        "mid",
        "late(?: in)?",
        "(?:the )?(?:very )?(?:end|close|beginning|start|middle|turn|(?:first|second|last|latter) half) of",
        "(?:the )?(?:early|last|first|closing|opening|final) (?:days|weeks|months) of",
    ]
    return f"(?P<phase>{'|'.join(choices)})"


def _date() -> str:
    full = _full_weekday()
    day_month = rf"(?:the )?(?P<day>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<month>{_months()})(?:,? (?:of )?(?P<year>{_YEAR}))?"
    month_day = (
        rf"(?P<month_first>{_months()}) (?:the )?(?P<day_last>{_DAY})(?:st|nd|rd|th)?(?:,? (?:of )?(?P<year_last>{_YEAR}))?"
    )
    choices = [
        rf"(?:(?:{full}|{_short_weekday()}),? (?:the )?)?(?:{day_month}|{month_day})",
        rf"(?P<which>last|next|this|this past|the previous|the following) (?P<which_day>{full})",
        rf"(?P<weekday>{full})",
        r"(?:the )?(?P<deictic>day before yesterday|day after tomorrow|yesterday|today|tomorrow)",
        r"(?P<iso>\d{4}-[01]\d-[0-3]\d)\b",
    ]
    return f"(?:{'|'.join(choices)})"
