"""Linking: how much speaks for two claims telling of the same happening.

Evidence is counted in points, whole numbers, so that sums do not depend on their order; see the package for the choice.
"""

from __future__ import annotations

import math

from whoholds.model import Count, EventType
from whoholds.reconcile.incidents.facets import Facet

APART = -400
"""What two claims that cannot be of one happening count, when a group is averaged."""

_KINDRED = (
    (EventType.RETREAT, EventType.CONCEDE),
    (EventType.AGREE, EventType.CONCEDE),
    (EventType.AGREE, EventType.CONSULT),
    (EventType.AID, EventType.RETREAT),
    (EventType.SUPPORT, EventType.AID),
    (EventType.COOPERATE, EventType.RETREAT),
    (EventType.ACCUSE, EventType.REJECT),
    (EventType.REQUEST, EventType.THREATEN),
)
"""Types that reports use for one another: a party that gives in and one that pulls out, a meeting and what it agreed."""


def _families() -> dict[EventType, EventType]:
    """Types that kinship joins, however far, under the first of them."""
    family = {type_: type_ for type_ in EventType}
    for a, b in _KINDRED:
        one, other = sorted((family[a], family[b]))
        family = {type_: one if of == other else of for type_, of in family.items()}
    return family


FAMILY = _families()
"""Claims of types of two families are never compared."""

_NEAR = frozenset(pair for a, b in _KINDRED for pair in ((a, b), (b, a)))
_TYPE = {True: 0, False: -80}
_START = -60
_SAME_SITE, _WITHIN, _NEARBY, _NO_SITE, _NO_SITE_HERE, _BOTH_VAGUE = 70, 40, 10, -50, -10, 0
_SAME_DAY, _TOUCHING, _COARSE, _UNDATED = 60, 30, -60, 0
_NEXT_DAY, _NEXT_DAY_SELDOM, _COARSE_SELDOM = -20, 10, -10
_SUPPOSED, _SUPPOSED_RARE, _SUPPOSED_SELDOM = -70, -40, 0
_SHARED_DOER, _SECOND_DOER, _OTHER_DOER, _SHARED_UNDERGOER, _OTHER_UNDERGOER = 60, 30, -60, 30, -40
_SAME_NUMBER, _FITTING_NUMBER, _CROWDS_APART = 80, 40, -20
_WORD, _WORDS_MOST, _NO_WORD = 30, 90, -10
_SAME_MEANS, _OTHER_MEANS, _SAME_TARGET, _OTHER_TARGET = 20, -40, 40, -90
_SAME_DOCUMENT, _ADJOINING, _NOT_FAR, _OTHER_SPEAKER, _CONTRARY = -80, 70, 30, 40, 30
_OVERLAPPING = -60  # two claims read in the same words were told apart by whoever read them
_ADJOINING_CHARACTERS, _NOT_FAR_CHARACTERS = 200, 500
_SAID_NEAR, _SAID_FAR = 4, 30
_RARE = 40
SELDOM = frozenset(
    {
        EventType.AGREE,
        EventType.CONCEDE,
        EventType.COOPERATE,
        EventType.REQUEST,
        EventType.SANCTION,
        EventType.SUPPORT,
    }
)
"""Of these a party has few in a week, and where they were done is seldom told."""
_FREQUENT = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE, EventType.ACCUSE, EventType.CONSULT}
)
"""Of these a place may see several in a week."""
_SHARP_DAYS = 7
_NEAR_DEGREES = 0.09  # of latitude: ten kilometres
BAND_DEGREES = 0.1
"""Places nearby lie in one band of latitude or in two that adjoin."""


def score(a: Facet, b: Facet) -> int | None:
    """Points for the two telling of one happening; None where they cannot."""
    near = a.type is b.type
    if not near and (a.type, b.type) not in _NEAR:
        return None
    when = _time(a, b)
    if when is None:
        return None
    where = _place(a, b)
    if where is None or (where == _NO_SITE and a.document != b.document and not (is_sharp(a) and is_sharp(b))):
        return None
    many = _numbers(a, b)
    if many is None:
        return None
    if not _told_alike(a, b):
        return None
    rare = _RARE if a.type in SELDOM and b.type in SELDOM else 0
    return _START + _TYPE[near] + rare + when + where + many + _who(a, b) + _wording(a, b) + _saying(a, b)


def _time(a: Facet, b: Facet) -> int | None:
    if a.document == b.document and not (a.dated and b.dated):
        return _UNDATED
    if a.wide or b.wide:
        return _long(a, b)
    assert a.first is not None and a.last is not None and b.first is not None and b.last is not None
    seldom = a.type in SELDOM and b.type in SELDOM
    gap = max(a.first - b.last, b.first - a.last)
    if gap > 0:
        if gap > 1 or not (a.dated and b.dated) or max(a.last - a.first, b.last - b.first) > 1:
            return None
        return _NEXT_DAY_SELDOM if seldom else _NEXT_DAY
    if not (a.dated and b.dated):
        return _SUPPOSED_SELDOM if seldom else _SUPPOSED if a.type in _FREQUENT else _SUPPOSED_RARE
    width = max(a.last - a.first, b.last - b.first)
    return _SAME_DAY if not width else _TOUCHING if width <= 2 else _COARSE_SELDOM if seldom else _COARSE - width


def _told_alike(a: Facet, b: Facet) -> bool:
    """Whether reports that do not name one day say something particular in common: a number, a target, two words or parties.

    "Shelling continued" is of each day's shelling; and of two days' strikes only the same number and more make one night's,
    as three parties make of two days' agreements.
    """
    if a.document == b.document:
        return True
    words = len(a.words & b.words) > 1 or bool(a.targets & b.targets)
    number = any(mine == theirs and mine and mine.low == mine.high and (mine.low or 0) > 2 for mine, theirs in _counted(a, b))
    parties = len(a.doers & b.doers)
    if not (a.dated and b.dated):
        return words or number or parties > 1
    if a.wide or b.wide or max(a.first or 0, b.first or 0) <= min(a.last or 0, b.last or 0):
        return True
    return (words and number) or parties > 2


def _counted(a: Facet, b: Facet) -> zip[tuple[Count | None, Count | None]]:
    return zip(a.counts, b.counts, strict=True)


def is_sharp(facet: Facet) -> bool:
    """Whether the days that a claim tells are few enough to look for others on them wherever they were."""
    if facet.first is None or facet.last is None:
        return True
    return facet.wide or (facet.dated and facet.last - facet.first <= _SHARP_DAYS)


def _long(a: Facet, b: Facet) -> int | None:
    """Wars and sieges are the same where they begin on about the same day; where no beginning is told, in one document."""
    if not (a.wide and b.wide):
        return None
    if a.first is None or b.first is None:
        return _UNDATED if a.first == b.first and a.document == b.document else None
    return _TOUCHING if abs(a.first - b.first) <= 2 else None


def _place(a: Facet, b: Facet) -> int | None:
    if a.site is None or b.site is None:
        return _NO_SITE_HERE if a.document == b.document or (a.type in SELDOM and b.type in SELDOM) else _NO_SITE
    if a.site == b.site:
        return _BOTH_VAGUE if a.vague else _SAME_SITE
    if a.site in b.around:
        return _NO_SITE if a.vague else _WITHIN
    if b.site in a.around:
        return _NO_SITE if b.vague else _WITHIN
    return _nearby(a, b)


def _nearby(a: Facet, b: Facet) -> int | None:
    """Two towns close by; areas are compared by what lies within them, not by where their middle is."""
    if a.vague or b.vague or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north = abs(a.lat - b.lat)
    if north > _NEAR_DEGREES:
        return None
    degrees = abs(a.lon - b.lon)
    east = min(degrees, 360 - degrees) * math.cos(math.radians((a.lat + b.lat) / 2))
    return _NEARBY if north * north + east * east <= _NEAR_DEGREES * _NEAR_DEGREES else None


def _numbers(a: Facet, b: Facet) -> int | None:
    """Numbers speak for one happening where they fit, against it by how far they lie apart; a crowd's least, as all differ.

    In one report, two numbers of one speaker are of two happenings; those of two speakers are set side by side.
    """
    points, same_document = 0, a.document == b.document
    same_speaker = a.testimony.claim.said_by == b.testimony.claim.said_by
    for place, (mine, theirs) in enumerate(zip(a.counts, b.counts, strict=True)):
        if mine is None or theirs is None:
            continue
        if fits(mine, theirs):
            points += _SAME_NUMBER if mine == theirs and mine.low == mine.high and (mine.low or 0) > 2 else _FITTING_NUMBER
        elif same_document and same_speaker:
            return None
        elif not same_document:
            points += _CROWDS_APART if place == 2 else _apart(mine, theirs)
    return points


def fits(a: Count, b: Count) -> bool:
    """Whether some number satisfies both."""
    low = max(a.low or 0, b.low or 0)
    highs = [high for high in (a.high, b.high) if high is not None]
    return not highs or low <= min(highs)


def _apart(a: Count, b: Count) -> int:
    less, more = (a, b) if a.high is not None and (b.low or 0) > a.high else (b, a)
    ratio = (more.low or 0) / max(less.high or 0, 1)
    return 0 if ratio <= 1.35 else -30 if ratio <= 2 else -70 if ratio <= 4 else -140


def _who(a: Facet, b: Facet) -> int:
    points = 0
    if a.doers and b.doers:
        shared = len(a.doers & b.doers)
        points += (_SHARED_DOER + _SECOND_DOER * min(shared - 1, 2)) if shared else _OTHER_DOER
    if a.undergoers and b.undergoers:
        points += _SHARED_UNDERGOER if a.undergoers & b.undergoers else _OTHER_UNDERGOER
    return points


def _wording(a: Facet, b: Facet) -> int:
    shared = len(a.words & b.words)
    points = min(_WORD * shared, _WORDS_MOST) if shared else _NO_WORD
    if a.means and b.means:
        points += _SAME_MEANS if a.means & b.means else _OTHER_MEANS
    if a.targets and b.targets:
        points += _SAME_TARGET if a.targets & b.targets else _OTHER_TARGET
    return points


def _saying(a: Facet, b: Facet) -> int:
    if a.document == b.document:
        return _SAME_DOCUMENT + _beside(a, b)
    days = abs(a.said - b.said)
    return 0 if days <= _SAID_NEAR else -20 if days <= _SAID_FAR else -50


def _beside(a: Facet, b: Facet) -> int:
    """Within one report, what stands close by and is said by another is more often the same happening than another."""
    mine, theirs = a.testimony.claim, b.testimony.claim
    gap = max(mine.evidence.start - theirs.evidence.end, theirs.evidence.start - mine.evidence.end)
    if gap < 0:
        return _OVERLAPPING
    points = _ADJOINING if gap <= _ADJOINING_CHARACTERS else _NOT_FAR if gap <= _NOT_FAR_CHARACTERS else 0
    if a.denied != b.denied:
        points += _CONTRARY
    return points + (_OTHER_SPEAKER if mine.said_by != theirs.said_by else 0)
