"""Feasts that move with the moon: their days by the church's reckoning or the tabular Islamic calendar.

The tabular calendar (30-year cycle, epoch 16 July 622 Julian) is within a day or two of the sighted one, so its days are
marked approximate in EDTF. Easter is dateutil's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.expression import Kind
from whoholds.grounding.times.lexicon import fold, lexicon
from whoholds.grounding.times.periods import PHASES, phase_of
from whoholds.grounding.times.readings import Reading
from whoholds.grounding.times.rule import Result, Rules

rule = Rules()

_FIRST_EASTER, _LAST_EASTER = 1583, 4099  # years that dateutil's reckoning covers
_ISLAMIC_EPOCH = 227015  # ordinal of 1 Muharram 1
_MONTH_LENGTH = 29.5
_ACCORD = re.compile(r"\s(?:agreement|accord|deal|pact|peace|truce)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feast:
    """The days of a feast in one year, both included; `exact` is False where the moon must be sighted."""

    first: date
    last: date
    exact: bool


def feasts_near(rule: str, year: int) -> Iterator[Feast]:
    """The feast of a rule of the table `feasts` in a year and its neighbours, in order; none outside the reckoning's years."""
    if rule[0] == "h":
        yield from _islamic(rule[1:], year)
        return
    method = EASTER_WESTERN if rule[0] == "w" else EASTER_ORTHODOX
    for near in (year - 1, year, year + 1):
        if _FIRST_EASTER <= near <= _LAST_EASTER:
            day = easter(near, method) + timedelta(days=int(rule[1:]))
            yield Feast(day, day, exact=True)


def _islamic(month_day: str, year: int) -> Iterator[Feast]:
    month_text, _, day_text = month_day.partition("-")
    about = int((year - 622) * 33 / 32)
    for hijri in range(max(1, about - 2), about + 4):
        first = _islamic_day(hijri, int(month_text), int(day_text or 1))
        length = 1 if day_text else _islamic_day(hijri, int(month_text) + 1, 1) - first
        if first >= 1 and first + length <= date.max.toordinal():
            start = date.fromordinal(first)
            if abs(start.year - year) <= 1:
                yield Feast(start, date.fromordinal(first + length - 1), exact=False)


def _islamic_day(year: int, month: int, day: int) -> int:
    """The ordinal of a day of the tabular Islamic calendar."""
    return _ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + int(_MONTH_LENGTH * (month - 1) + 0.5) + day - 1


@rule(
    "<movable feast> <year>?",
    r"(?:{phase} )?(?:the (?:(?:muslim )?(?:holy )?month of )?)?(?P<feast>{feasts})(?: (?:in |of )?{a_year})?",
    "@feasts month holy muslim",
    *PHASES,
)
def _feast(match: re.Match[str], context: Context) -> Result:
    if not match["feast"][0].isupper() or _ACCORD.match(context.text, match.end()):
        return None
    found = _meant(lexicon().feasts[fold(match["feast"])], match, context)
    return _reading(found, phase_of(match["phase"])) if found else None


def _meant(rule: str, match: re.Match[str], context: Context) -> Feast | None:
    """The feast of the year told, else the one that the tense and the day of publication, or the story's year, point to."""
    if match["year"]:
        year = int(match["year"])
        return next((feast for feast in feasts_near(rule, year) if feast.first.year == year), None)
    anchor = context.told_date() if context.narrative else context.today()
    if anchor is None:
        return None
    found = list(feasts_near(rule, anchor.year))
    if context.narrative:
        year = context.story_year(next((feast.first.month for feast in found), 1), match.start(), match.end()) or anchor.year
        return next((feast for feast in found if feast.first.year == year), None)
    day = context.nearest([feast.first for feast in found], context.tense(match.start(), match.end()))
    return next((feast for feast in found if feast.first == day), None)


def _reading(feast: Feast, part: str) -> Reading:
    about = "" if feast.exact else "~"
    first, last = feast.first.isoformat() + about, feast.last.isoformat() + about
    if feast.first == feast.last or part in ("start", "end"):
        day = feast.last if part == "end" else feast.first
        return Reading(Kind.DATE, day.isoformat(), last if part == "end" else first)
    return readings.duration(1, "M", f"{first}/{last}")
