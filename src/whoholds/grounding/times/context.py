"""Context: what a time expression is read against, the day of publication, the times told so far and the tense around it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from whoholds.grounding.times import tense
from whoholds.grounding.times.chronology import Chronology, is_heading, looks_back, year_ahead
from whoholds.grounding.times.readings import Reading, shift
from whoholds.grounding.times.tense import Tense
from whoholds.language.sentence import Sentence
from whoholds.model import Document

_TOLD = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")
_DATED = re.compile(r"(\d{4})(?:-(\d\d))?(?=[-/~]|$)")
_YEAR_ONLY = re.compile(r"\d{2,4}$")
_LIMIT = re.compile(r"\b(?:to|by|until|till|for|before)\s$")
_UNTIL = re.compile(r"\b(?:by|until|till)\s(?:the\s)?$")
_BOUND = re.compile(r"\b(?:by|until|till|to|from)\s(?:the\s)?$")
_RANGE = re.compile(r",?\s(?:\w+\s){0,2}(?:to|until|till|through|into|onwards?)\b")
_STORY_YEARS = 5  # a bare year farther than this from the last day or month told is background
_FAR = 270  # days: a date without a year farther off than this is no longer told by tense ("had to quit by November 15")
_AT_HAND = 3  # days after publication that a past tense still allows: "on Saturday, April 25", told on the 24th


class Context:
    """The state of reading one document: `told` is the last time told, at its grain, `day` the last day told.

    `narrative` says that the text tells history in its own time rather than news, so that dates hang on those told before.
    `lacking` becomes true once an expression was met that only a day of publication could settle; `grounds` collects what the
    expression now being read rests on.
    """

    def __init__(self, document: Document, *, narrative: bool) -> None:
        self.text = document.text
        self.published = document.published
        self.narrative = narrative
        self.lacking = False
        self.grounds: dict[str, str] = {}
        self.told = ""
        self.day: date | None = None
        self.paragraph_day: date | None = None
        self.quarter: str = ""
        self.sentence: Sentence | None = None
        self.paragraph = -1
        self.chronology = Chronology()

    def enter(self, sentence: Sentence) -> None:
        """Move on to a sentence."""
        self.sentence = sentence
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            self.paragraph_day = None
        if self.narrative and is_heading(self.text, sentence):
            self.chronology.enter_heading()

    def tell(self, reading: Reading, start: int, end: int, *, back: bool = False) -> None:
        """Remember a time told at characters `start` to `end`, for what hangs on it; `back` says that its words look back."""
        if self.narrative and self.sentence and reading.edtf and (dated := _DATED.match(reading.edtf)):
            month = int(dated[2]) if dated[2] and not _YEAR_ONLY.match(reading.value) else None
            self.chronology.mark(self.text, self.sentence, start, end, int(dated[1]), month, back=back)
        match = _TOLD.match(reading.value)
        if "-Q" in reading.value and self.published and reading.value.startswith(str(self.published.year)):
            self.quarter = reading.value
        if not match or reading.edtf is None or self._is_background(match[0]):
            return
        self.told = match[0]
        if match[3]:
            self.day = self.paragraph_day = date(int(match[1]), int(match[2]), int(match[3]))

    def _is_background(self, value: str) -> bool:
        """Whether a bare year is far from the story ("as in 1614"), so that no later date hangs on it."""
        return len(value) == 4 and len(self.told) > 4 and abs(int(value) - int(self.told[:4])) > _STORY_YEARS

    def today(self) -> date | None:
        """The day of publication; asking for it where there is none is remembered."""
        if self.published is None:
            self.lacking = True
        else:
            self.grounds["day of publication"] = self.published.isoformat()
        return self.published

    def anchor(self) -> date | None:
        """The day that "this year" hangs on: of publication, in a narrative the last one told."""
        return self.told_date() or self.published if self.narrative else self.today()

    def told_date(self) -> date | None:
        """The first day of the last time told; None before any."""
        if not self.told:
            return None
        self.grounds["time told before"] = self.told
        parts = [int(part) for part in self.told.split("-")]
        return date(parts[0], *(parts[1:] + [1] * (3 - len(parts))))

    def told_at(self, unit: str) -> date | None:
        """The last time told if it is at least as fine as the unit; in news else the day of publication."""
        fine = {"Y": 4, "DE": 4, "CE": 4, "M": 7, "Q": 7}.get(unit, 10)
        if self.told and len(self.told) >= fine:
            return self.told_date()
        return None if self.narrative else self.today()

    def tense(self, start: int, end: int) -> Tense:
        """The tense of the clause around characters `start` to `end`."""
        found = tense.tense_at(self.sentence, start, end) if self.sentence else Tense.UNKNOWN
        self.grounds["tense"] = found.value
        return found

    def before(self, start: int, width: int = 24) -> str:
        """The lower-case text right before a character."""
        return self.text[max(0, start - width) : start].lower()

    def year_of(self, month: int, day: int, start: int, end: int) -> int | None:
        """The year of a month and day (0: a month alone) told without one, from tense and the times told before."""
        if (ahead := year_ahead(self.text, end, month)) is not None:
            return ahead
        if self.narrative or self.published is None:
            return self.story_year(month, start, end) if self.narrative else self._told_year(month)
        self.today()
        when = self.tense(start, end)
        return self._year_of_day(month, day, when) if day else self._year_of_month(month, when, start)

    def _year_of_month(self, month: int, when: Tense, start: int) -> int:
        assert self.published
        if when is not Tense.FUTURE and _LIMIT.search(self.before(start)):  # "was put back to November"
            return (self.published.year * 12 + self.published.month - month + 6) // 12
        later, earlier = month < self.published.month, month > self.published.month
        return self.published.year + (later if when is Tense.FUTURE else -earlier)

    def _year_of_day(self, month: int, day: int, when: Tense) -> int | None:
        assert self.published
        found = self.nearest(
            [day_in for step in (-1, 0, 1) if (day_in := _day_in(self.published.year + step, month, day))], when
        )
        return found.year if found else None

    def nearest(self, days: list[date], when: Tense) -> date | None:
        """Of days a year apart the one that a tense and the day of publication point to; None of none."""
        if not days or self.published is None:
            return None
        away = [(found - self.published).days for found in days]
        fitting = [
            apart
            for apart in away
            if (when is Tense.PAST and -_FAR < apart <= _AT_HAND) or (when is Tense.FUTURE and 0 <= apart < _FAR)
        ]
        return days[away.index(min(fitting or away, key=_distance))]

    def story_year(self, month: int, start: int, end: int) -> int | None:
        """The year that a history has reached, for a month told at characters `start` to `end` without one; None before any."""
        back = self.sentence is not None and looks_back(self.text, self.sentence, start, end)
        found = self.chronology.year_of(month, self.paragraph, back=back)
        if found is None:
            self.lacking = self.lacking or self.published is None
            return None
        year, mark = found
        self.grounds["story at"] = f"{mark.year:04d}-{mark.month:02d}" if mark.month else f"{mark.year:04d}"
        return year

    def _told_year(self, month: int) -> int | None:
        told = self.told_date()
        if told is None:
            self.lacking = self.lacking or self.published is None
            return None
        if len(self.told) == 4:
            return told.year
        months = told.year * 12 + told.month - month
        return (months + 6) // 12  # the year that brings the month nearest to the last one told

    def weekday(self, number: int, start: int, end: int) -> date | None:
        """The day a bare weekday (ISO number) means: publication or the last before; the next where the clause looks ahead."""
        today = None if self.narrative else self.today()
        if today is None:
            return None
        when = self.tense(start, end)
        before = self.before(start)
        ahead = when is Tense.FUTURE or (when is Tense.PRESENT and bool(_UNTIL.search(before)))  # "has until Sunday to"
        if not ahead and self.sentence and _BOUND.search(before) and not _RANGE.match(self.text, end):
            ahead = tense.orders_at(self.sentence, start, end)  # "extended until Sunday", "called a strike from Sunday"
            ahead = ahead or (when is not Tense.PAST and before.endswith("from "))  # "a truce from Sunday"
        if ahead:
            return shift(today, (number - today.isoweekday()) % 7, "D")
        return shift(today, -((today.isoweekday() - number) % 7), "D")


def _distance(days: int) -> int:
    """How far a date is in the telling: news looks back more readily than ahead."""
    return -days if days < 0 else 2 * days


def _day_in(year: int, month: int, day: int) -> date | None:
    if not 1 <= year <= 9999 or day > monthrange(year, month)[1]:
        return None
    return date(year, month, day)
