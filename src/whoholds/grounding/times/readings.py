"""Readings: what a rule makes of a match, as a TIMEX3 value with its EDTF. Weeks are ISO weeks, Monday to Sunday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from whoholds.grounding.times.expression import Kind

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_FINER = {"CE": (100, "Y"), "DE": (10, "Y"), "TH": (60, "M")}  # "half a century" is 50 years
_HALF_OF = {"H": "M", "M": "S"}
_HALVES = {"first half": "-H1", "second half": "-H2"}
_DAYS_IN = {"D": 1, "W": 7, "F": 14}


@dataclass(frozen=True, slots=True)
class Reading:
    """A kind, a TIMEX3 value and, where the time is known, its EDTF; `counted` is how far from an event named after it."""

    kind: Kind
    value: str
    edtf: str | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A reading of part of a match: characters `start` to `end` (half-open)."""

    start: int
    end: int
    reading: Reading


def day(when: date) -> Reading:
    """A day."""
    return Reading(Kind.DATE, when.isoformat(), when.isoformat())


def time_of_day(when: date | None, code: str) -> Reading:
    """A part of a day (`MO`) or a clock time (`05:30`) of a day; its EDTF is the day. None is a day not known."""
    if when is None:
        return Reading(Kind.TIME, f"XXXX-XX-XXT{code}")
    return Reading(Kind.TIME, f"{when.isoformat()}T{code}", when.isoformat())


def night_before(when: date) -> Reading:
    """The night that ends on the morning of a day: both days. Valued by that day, as annotators do for "overnight"."""
    before = shift(when, -1, "D")
    return Reading(Kind.TIME, f"{when.isoformat()}TNI", f"{before.isoformat()}/{when.isoformat()}" if before else None)


def night_after(morning: date) -> Reading:
    """The night that ends on a morning, valued as TIMEX3 does by the day of its evening: both days."""
    evening = shift(morning, -1, "D")
    if evening is None:
        return night_before(morning)
    return Reading(Kind.TIME, f"{evening.isoformat()}TNI", f"{evening.isoformat()}/{morning.isoformat()}")


def week(when: date) -> Reading:
    """The ISO week that a day lies in."""
    year, number, _ = when.isocalendar()
    monday = when - timedelta(days=min(when.weekday(), when.toordinal() - 1))
    sunday = shift(monday, 6, "D")
    return Reading(Kind.DATE, f"{year:04d}-W{number:02d}", stretch(monday, sunday))


def weekend(when: date) -> Reading:
    """Saturday and Sunday of the ISO week that a day lies in."""
    year, number, weekday = when.isocalendar()
    saturday, sunday = shift(when, 6 - weekday, "D"), shift(when, 7 - weekday, "D")
    edtf = f"{saturday.isoformat()}/{sunday.isoformat()}" if saturday and sunday else None
    return Reading(Kind.DATE, f"{year:04d}-W{number:02d}-WE", edtf)


def month(year: int, number: int) -> Reading:
    """A month of a year."""
    return _of_year(year, f"-{number:02d}", f"{year:04d}-{number:02d}")


def quarter(year: int, number: int) -> Reading:
    """A calendar quarter, 1 to 4."""
    return _of_year(year, f"-Q{number}", f"{year:04d}-{number * 3 - 2:02d}/{year:04d}-{number * 3:02d}")


def season(year: int, code: str) -> Reading:
    """A season (`SP SU FA WI`) of the northern hemisphere as its three months; a winter belongs to the year of its December."""
    first = _SEASON_MONTHS[code]
    last = f"{year + 1:04d}-02" if code == "WI" else f"{year:04d}-{first + 2:02d}"
    return _of_year(year, f"-{code}", f"{year:04d}-{first:02d}/{last}")


def winter_into(year: int) -> Reading:
    """The winter whose January and February lie in a year, valued by it: how a history's "the winter" is read."""
    return _of_year(year, "-WI", f"{year - 1:04d}-12/{year:04d}-02")


def year(number: int) -> Reading:
    """A year."""
    return _of_year(number, "", f"{number:04d}")


def decade(number: int) -> Reading:
    """A decade, by its first three digits."""
    return Reading(Kind.DATE, f"{number:03d}", f"{number:03d}X")


def century(hundreds: int) -> Reading:
    """A century, by its first two digits."""
    return Reading(Kind.DATE, f"{hundreds:02d}", f"{hundreds:02d}XX")


def before_christ(number: int) -> Reading:
    """A year before Christ, which TIMEX3 can say and our EDTF subset cannot."""
    return Reading(Kind.DATE, f"BC{number:04d}")


def reference(value: str, today: date | None) -> Reading:
    """`PRESENT_REF`, `PAST_REF` or `FUTURE_REF`; only the present has a day."""
    return Reading(Kind.DATE, value, today.isoformat() if today and value == "PRESENT_REF" else None)


def duration(count: float | None, unit: str, edtf: str | None = None) -> Reading:
    """So many units (None: a vague number), with the stretch it covers where that is known."""
    clock, letters = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    if letters == "F":
        count, letters = (count and count * 2), "W"
    if clock and count is not None and count > 1 and count % 1 == 0.5 and letters in _HALF_OF:  # "an hour and a half"
        return Reading(Kind.DURATION, f"PT{int(count)}{letters}30{_HALF_OF[letters]}", edtf)
    if count is not None and count != int(count) and unit in _FINER:
        times, letters = _FINER[unit]
        count *= times
    return Reading(Kind.DURATION, f"P{clock}{_count(count)}{letters}", edtf)


def repeated(value: str) -> Reading:
    """A set of times."""
    return Reading(Kind.SET, value)


def unresolved(value: str, kind: Kind = Kind.DATE) -> Reading:
    """A time whose date is not known, told with X's."""
    return Reading(kind, value)


def part_of(whole: Reading, part: str) -> Reading:
    """A stretch at the `early`, `mid`, `late`, `start` or `end` of a month or year; TIMEX3 keeps the value of the whole.

    Halves of a year have TIMEX3 values of their own, `2008-H1` and `2008-H2`.
    """
    if whole.edtf is None or whole.kind is not Kind.DATE:
        return whole
    narrowed = _part_of_month(whole.edtf, part) if len(whole.edtf) == 7 else _part_of_year(whole.edtf, part)
    half = _HALVES.get(part, "") if narrowed and len(whole.edtf) == 4 else ""
    return Reading(whole.kind, whole.value + half, narrowed or whole.edtf)


def shift(when: date, count: int, unit: str) -> date | None:
    """The day so many units on (back where negative), clamped to the end of the month; None outside years 1 to 9999.

    Hours count by whole days, minutes and seconds not at all.
    """
    try:
        if unit in _DAYS_IN:
            return when + timedelta(days=count * _DAYS_IN[unit])
        if unit.startswith("T"):
            whole_days = abs(count) // 24 if unit == "TH" else 0
            return when + timedelta(days=whole_days if count > 0 else -whole_days)
        months = when.year * 12 + when.month - 1 + count * _MONTHS_IN[unit]
        target, index = divmod(months, 12)
        return date(target, index + 1, min(when.day, monthrange(target, index + 1)[1]))
    except (OverflowError, ValueError):
        return None


def at_grain(when: date, unit: str, *, exact: bool) -> Reading:
    """The day, month, year or larger unit that a shifted day stands for; `exact` is False for "about then" ("ago")."""
    mark = "" if exact else "~"
    if unit in ("D", "W", "F") or unit.startswith("T"):
        return Reading(Kind.DATE, when.isoformat(), when.isoformat() + ("" if unit == "D" or unit.startswith("T") else mark))
    if unit in ("M", "Q"):
        return Reading(Kind.DATE, f"{when.year:04d}-{when.month:02d}", f"{when.year:04d}-{when.month:02d}{mark}")
    if unit == "Y":
        return Reading(Kind.DATE, f"{when.year:04d}", f"{when.year:04d}{mark}")
    return decade(when.year // 10) if unit == "DE" else century(when.year // 100)


def stretch(first: date | None, last: date | None) -> str | None:
    """The EDTF interval between two days, both included; None when either is missing."""
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else None


def season_month(code: str) -> int:
    """The first month of a season."""
    return _SEASON_MONTHS[code]


def _of_year(year: int, rest: str, edtf: str) -> Reading:
    """A date with its year, or with X's where the year and the winter that runs out of it leave the calendar."""
    if MINYEAR <= year < MAXYEAR:
        return Reading(Kind.DATE, f"{year:04d}{rest}", edtf)
    return Reading(Kind.DATE, f"XXXX{rest}")


def _count(count: float | None) -> str:
    if count is None:
        return "X"
    return str(int(count)) if count == int(count) else f"{count:g}"


def _part_of_month(edtf: str, part: str) -> str | None:
    year_text, _, month_text = edtf.partition("-")
    if int(month_text) > 12:
        return None
    last = monthrange(int(year_text), int(month_text))[1]
    return {
        "early": f"{edtf}-01/{edtf}-10",
        "mid": f"{edtf}-15~",
        "late": f"{edtf}-21/{edtf}-{last}",
        "start": f"{edtf}-01",
        "end": f"{edtf}-{last}",
        "first half": f"{edtf}-01/{edtf}-15",
        "second half": f"{edtf}-16/{edtf}-{last}",
    }.get(part)


def _part_of_year(edtf: str, part: str) -> str | None:
    if len(edtf) != 4 or not edtf.isdecimal():
        return None
    return {
        "early": f"{edtf}-01/{edtf}-04",
        "mid": f"{edtf}-05/{edtf}-08",
        "late": f"{edtf}-09/{edtf}-12",
        "start": f"{edtf}-01-01",
        "end": f"{edtf}-12-31",
        "first half": f"{edtf}-01/{edtf}-06",
        "second half": f"{edtf}-07/{edtf}-12",
    }.get(part)
