"""Hypothesis strategies for the model: documents, spans, times, places, actors and claims, extremes included.

Among the extremes: no date, no place, right-to-left script with direction marks, emoji of several code points, combining
marks, a border that is disputed (a country of its own making, no country), names full of marks, text of one character.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from whoholds.model import (
    Action,
    Actor,
    Change,
    Claim,
    Control,
    Count,
    Derivation,
    Document,
    Event,
    EventType,
    Factuality,
    Obligation,
    Offset,
    Place,
    Problem,
    Role,
    Span,
    Step,
    Use,
    When,
    Where,
)

characters = st.characters(exclude_categories=("Cs",))
AWKWARD = (
    "Azerbaijan's defence ministry",
    "Ministry for Foreign Affairs, Press Office",
    "people from Khan Yunis",
    "by",
    "?",
    "undated",
    "gains",
    "# not a comment",
    'the "people\'s republic" [LPR]',
    "back\\slash",
    "two\nlines",
    "a  b",
    " edges ",
    "قوات سوريا الديمقراطية",
    "\u202bصنعاء\u202c",
    "نیروهای\u200cمسلح",
    "תל אביב\u200f",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩‍👩‍👧",
    "Côte d'Ivoire",
    "e\u0301",
    "no\u00a0break",
    "line\u2028separator",
    "\x1b[31mred",
    "",
)


@st.composite
def texts(draw: st.DrawFn, max_size: int = 60) -> str:
    """Not empty: sentences as in reports, awkward ones, and any characters."""
    words = st.sampled_from(
        [*filter(None, AWKWARD), "rebels left Old Mill on Saturday", "The army has entered the town.", "\n\n"]
    )
    return "".join(draw(st.lists(words | st.text(characters, max_size=8), min_size=1, max_size=max_size // 10))) or "."


names = st.sampled_from(AWKWARD) | st.text(characters, max_size=12)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of at least one character."""
    return Document(
        text=draw(texts()),
        name=draw(names),
        title=draw(st.none() | names),
        outlet=draw(st.none() | names),
        published=draw(st.none() | days),
        language=draw(st.sampled_from([None, "en"])),
    )


@st.composite
def spans(draw: st.DrawFn, document: Document) -> Span:
    """Spans of a document, from one character to all of it."""
    start = draw(st.integers(0, len(document.text) - 1))
    return document.span(start, draw(st.integers(start + 1, len(document.text))))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """EDTF of all grains: days, months, seasons, years, decades, centuries, qualified, closed and open intervals."""
    day = draw(days)
    year = f"{day.year:04}"
    points = [day.isoformat(), f"{year}-{day.month:02}", year, f"{year[:3]}X", f"{year[:2]}XX", f"{year}-2{day.month % 4 + 1}"]
    point = draw(st.sampled_from(points if day.year < 9999 else points[:5])) + draw(st.sampled_from(["", "~", "?", "%"]))
    later = min(day.toordinal() + draw(st.integers(0, 4000)), date.max.toordinal())
    intervals = [f"{point}/..", f"../{point}", f"{day.isoformat()}/{date.fromordinal(later).isoformat()}~"]
    return draw(st.sampled_from([point, *intervals]))


whens = st.builds(When, edtf=edtf())
_letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
alpha3 = st.tuples(_letters, _letters, _letters).map("".join).filter(lambda code: code not in Role.__members__) | st.just("XKX")
alpha2 = st.tuples(_letters, _letters).map("".join) | st.just("XK")

actors = st.builds(
    Actor,
    name=names,
    country=st.none() | alpha3,
    role=st.none() | st.sampled_from(Role),
    organisation=st.none() | names,
)

places = st.builds(
    Place,
    name=names,
    lat=st.floats(-90, 90) | st.sampled_from([0.0, -0.0, 40.1068, 1e-7, 90.0]),
    lon=st.floats(-180, 180) | st.sampled_from([46.0367, -180.0, 180.0]),
    country=st.none() | alpha2,
    feature=st.sampled_from("APLHTSR"),
    geonameid=st.none() | st.integers(0, 20_000_000),
)

wheres = st.builds(
    Where,
    name=names,
    place=st.none() | places,
    alternatives=st.lists(places, max_size=2).map(tuple),
    use=st.sampled_from(Use),
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """Counts with both ends, one end, or both the same."""
    low, high = sorted((draw(st.integers(0, 10**7)), draw(st.integers(0, 10**7))))
    return draw(st.sampled_from([Count(low, high), Count(low, None), Count(None, high), Count(low, low)]))


lengths = st.from_regex(r"-?P[0-9]{1,3}[YMWD]", fullmatch=True) | st.sampled_from(["P1Y6M", "-P2W", "PT72H", "P1DT12H", "P0D"])
_one = st.none() | actors
_many = st.lists(actors, max_size=3).map(tuple)
_number = st.none() | counts()
matters = st.one_of(
    st.builds(
        Event,
        type=st.sampled_from(EventType),
        actors=_many,
        recipients=_many,
        killed=_number,
        injured=_number,
        crowd=_number,
    ),
    st.builds(Control, change=st.sampled_from(Change), holder=_one, former=_one),
    st.builds(
        Obligation,
        step=st.sampled_from(Step),
        action=st.sampled_from(Action),
        obligors=_many,
        beneficiaries=_many,
        due=st.none() | whens,
        due_was=st.none() | whens,
        due_after=st.none() | st.builds(Offset, length=lengths, trigger=names),
        agreement=st.none() | names,
        asked_by=_one,
        reason=st.none() | names,
    ),
)


@st.composite
def claims(draw: st.DrawFn, document: Document) -> Claim:
    """Claims of a document, dated or not, placed or not, said by nobody or several; their parts with spans or without."""
    evidence = draw(spans(document))
    span = draw(st.none() | st.just(evidence))
    when, where = draw(st.none() | whens), draw(st.none() | wheres)
    return Claim(
        matter=draw(matters),
        evidence=evidence,
        said_by=tuple(replace(speaker, span=span) for speaker in draw(_many)),
        factuality=draw(st.sampled_from(Factuality)),
        when=when and replace(when, span=span),
        where=where and replace(where, span=span),
        confidence=draw(st.none() | st.floats(0, 1)),
        derivation=draw(st.none() | st.just(Derivation("<actor> left <place>", evidence, "retreat"))),
    )


@st.composite
def readings(draw: st.DrawFn) -> tuple[Document, list[Claim]]:
    """A document with some claims of it."""
    document = draw(documents())
    return document, draw(st.lists(claims(document), max_size=3))


@st.composite
def problems(draw: st.DrawFn, document: Document) -> Problem:
    """Problems of a document, about words of it or about the whole."""
    code = draw(st.sampled_from(["no-date", "unresolved", "language"]))
    return Problem(code, draw(names), draw(st.none() | spans(document)), draw(names))
