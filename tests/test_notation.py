"""The notation: printed and parsed it is the same, it reads well, and what is wrong in it is pointed at."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings

from tests import strategies
from whoholds import notation
from whoholds.model import (
    Action,
    Actor,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Factuality,
    Obligation,
    Offset,
    Place,
    Role,
    Step,
    When,
    Where,
)

TEXT = (
    "The army has entered Kalbajar, handed back by Armenia, the ministry said.\n\n"
    "Armenia asked for time.\nFighting killed hundreds. Fighting went on."
)
DOCUMENT = Document(text=TEXT, name="handover.txt", title="Army enters")
MINISTRY = Actor(name="the ministry", country="AZE", role=Role.MIL)
ARMY = Actor(name="The army", country="AZE", role=Role.MIL)
ARMENIA = Actor(name="Armenia", country="ARM", role=Role.GOV)
KALBAJAR = Where(
    name="Kalbajar", place=Place(name="Kalbajar", lat=40.1068, lon=46.0367, country="AZ", feature="P", geonameid=586268)
)
FROM_ALL = 'from handover.txt [0:8] "The army"'


def quoting(words: str, **fields: object) -> Claim:
    """A claim about some words of the document."""
    start = TEXT.index(words)
    return Claim(evidence=DOCUMENT.span(start, start + len(words)), **fields)  # type: ignore[arg-type]


CONTROL = quoting(
    "The army has entered Kalbajar, handed back by Armenia",
    matter=Control(change=Change.GAINS, holder=ARMY, former=ARMENIA),
    said_by=(MINISTRY, Actor(name="locals")),
    when=When("2020-11-25"),
    where=KALBAJAR,
)
OBLIGATION = quoting(
    "Armenia asked for time",
    matter=Obligation(
        step=Step.EXTENDED,
        action=Action.HAND_OVER,
        obligors=(ARMENIA,),
        due=When("2020-11-25"),
        due_was=When("2020-11-15"),
        agreement="the deal",
        asked_by=ARMENIA,
        reason="snow",
    ),
)
EVENT = quoting(
    "Fighting killed hundreds",
    matter=Event(type=EventType.ASSAULT, recipients=(Actor(name="people from Shusha"),), killed=Count(200, 999)),
    factuality=Factuality.POSSIBLE,
    where=Where(name="the front"),
)
PRINTED = f"""\
document handover.txt
  sha256 {DOCUMENT.id}
  title "Army enters"

2020-11-25 control Kalbajar (AZ 40.1068 46.0367 #586268): The army [AZE MIL] gains from Armenia [ARM GOV]
  said by the ministry [AZE MIL], locals; actual
  from handover.txt:1 [0:53] "The army has entered Kalbajar, handed back by Armenia"

undated obligation: extended hand_over by Armenia [ARM GOV]
  due 2020-11-25, was 2020-11-15
  under "the deal"
  asked by Armenia [ARM GOV]
  because "snow"
  own voice; actual
  from handover.txt:3 [75:97] "Armenia asked for time"

undated event the front: ASSAULT on "people from Shusha"
  killed 200..999
  own voice; possible
  from handover.txt:4 [99:123] "Fighting killed hundreds"
"""


def parsed(text: str) -> list[Claim]:
    """The claims of a text that must be free of problems."""
    claims, problems = notation.parse(text, documents=[DOCUMENT])
    assert problems == []
    return claims


def test_claims_print_as_shown() -> None:
    assert notation.to_text([CONTROL, OBLIGATION, EVENT], [DOCUMENT]) == PRINTED


def test_what_is_shown_parses_without_the_document() -> None:
    assert notation.parse(PRINTED) == ([notation.bare(claim) for claim in (CONTROL, OBLIGATION, EVENT)], [])


@settings(max_examples=40, deadline=None)
@given(strategies.readings())
def test_parse_undoes_print(reading: tuple[Document, list[Claim]]) -> None:
    document, claims = reading
    meant = [notation.bare(claim) for claim in claims]
    printed = notation.to_text(claims, [document])
    assert notation.parse(printed) == (meant, [])
    assert notation.to_text(meant, [document]) == printed


@settings(max_examples=20, deadline=None)
@given(strategies.readings(), strategies.readings())
def test_documents_of_one_name_stay_apart(first: tuple[Document, list[Claim]], second: tuple[Document, list[Claim]]) -> None:
    one = Document(text=first[0].text, name="same")
    other = Document(text=second[0].text, name="same")
    claims = [*first[1], *second[1]]
    assert notation.parse(notation.to_text(claims, [one, other])) == ([notation.bare(claim) for claim in claims], [])


@settings(max_examples=40, deadline=None)
@given(strategies.readings())
def test_nothing_printed_is_invisible(reading: tuple[Document, list[Claim]]) -> None:
    document, claims = reading
    printed = notation.to_text(claims, [document])
    assert not set(printed) & set("\r\x1b\u200e\u200f\u202a\u202b\u202c\u202e\u2028\u2029\ufeff")


def test_bare_keeps_identity_apart_from_the_gazetteers_name() -> None:
    assert notation.bare(CONTROL).id == CONTROL.id
    assert notation.bare(notation.bare(CONTROL)) == notation.bare(CONTROL)


def test_the_examples_of_the_essay_parse() -> None:
    essay = notation.__doc__ or ""
    examples = textwrap.dedent(essay[essay.index("    2020-11-25 control") : essay.index("- *When*")])
    claims, problems = notation.parse(f"document handover.txt\n  sha256 {DOCUMENT.id}\n{examples}")
    assert problems == []
    assert [claim.kind for claim in claims] == ["control", "obligation", "event"]
    assert [notation.to_text([claim]).splitlines()[0] for claim in claims] == [
        line for line in examples.splitlines() if line and not line.startswith(" ")
    ]


def test_no_claims_print_nothing_and_no_text_gives_nothing() -> None:
    assert notation.to_text([], [DOCUMENT]) == ""
    assert notation.parse("") == ([], [])


HANDWRITTEN = {
    "words found by themselves": 'undated event: CONSULT\n  from handover.txt "Armenia asked"\n',
    "words found by their line": 'undated event: CONSULT\n  from handover.txt:3 "Armenia"\n',
    "id prefix": f'undated event: CONSULT\n  from {DOCUMENT.id[:8]} [75:82] "Armenia"\n',
    "comments and blank lines": '# mine\n\nundated event: CONSULT\n  # why\n\n\tfrom handover.txt:3 "Armenia"\n# end',
    "windows line ends": 'undated event: CONSULT\r\n  own voice\r\n  from handover.txt:3 "Armenia"\r\n',
    "byte order mark": '\ufeffundated event: CONSULT\n  from handover.txt:3 "Armenia"\n',
}


@pytest.mark.parametrize("text", HANDWRITTEN.values(), ids=HANDWRITTEN)
def test_hand_written(text: str) -> None:
    (claim,) = parsed(text)
    assert claim.matter == Event(type=EventType.CONSULT)
    assert claim.evidence.start == 75
    assert claim.factuality is Factuality.ACTUAL


MATTERS = [
    ("control X: ? gains", Control(change=Change.GAINS)),
    ("control X: Armenia [ARM GOV] loses", Control(change=Change.LOSES, former=ARMENIA)),
    ("control X: ? loses to Armenia [ARM GOV]", Control(change=Change.LOSES, holder=ARMENIA)),
    ("control X: Armenia [ARM GOV] holds", Control(change=Change.HOLDS, holder=ARMENIA)),
    ("control X: contested", Control(change=Change.CONTESTED)),
    (
        "event: AID by Armenia [ARM GOV] to Armenia [ARM GOV]",
        Event(type=EventType.AID, actors=(ARMENIA,), recipients=(ARMENIA,)),
    ),
    ("event: aid with Armenia [ARM GOV]", Event(type=EventType.AID, recipients=(ARMENIA,))),
    ("obligation: breached cease_fire", Obligation(step=Step.BREACHED, action=Action.CEASE_FIRE)),
]


@pytest.mark.parametrize(("head", "matter"), MATTERS, ids=[head for head, _ in MATTERS])
def test_matters(head: str, matter: object) -> None:
    assert parsed(f"undated {head}\n  {FROM_ALL}")[0].matter == matter


@pytest.mark.parametrize(
    ("written", "count"),
    [("14", Count(14, 14)), ("14..", Count(14, None)), ("..20", Count(None, 20)), ("0..999", Count(0, 999))],
)
def test_counts(written: str, count: Count) -> None:
    (claim,) = parsed(f"undated event: ASSAULT\n  injured {written}\n  {FROM_ALL}")
    assert isinstance(claim.matter, Event)
    assert claim.matter.injured == count


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ('due P14D after "the ceasefire"', Offset("P14D", "the ceasefire")),
        ('due P6M before "its expiry"', Offset("-P6M", "its expiry")),
        ("due PT72H after day D", Offset("PT72H", "day D")),
    ],
)
def test_a_deadline_counted_from_something(written: str, offset: Offset) -> None:
    (claim,) = parsed(f"undated obligation: set withdraw by Armenia [ARM]\n  {written}\n  {FROM_ALL}")
    assert isinstance(claim.matter, Obligation)
    assert (claim.matter.due, claim.matter.due_after) == (None, offset)
    assert parsed(notation.to_text([claim], [DOCUMENT])) == [claim]


def test_a_counted_deadline_stands_beside_the_one_before_it() -> None:
    lines = f'  due ?, was 2020-11-15\n  due P10D after "the signing"\n  {FROM_ALL}'
    (claim,) = parsed(f"undated obligation: extended withdraw\n{lines}")
    assert isinstance(claim.matter, Obligation)
    assert (claim.matter.due_was, claim.matter.due_after) == (When("2020-11-15"), Offset("P10D", "the signing"))


def test_citing_is_a_comma() -> None:
    (claim,) = parsed(f"undated event: AID\n  said by A [AZE], citing B; denied\n  {FROM_ALL}")
    assert [speaker.name for speaker in claim.said_by] == ["A", "B"]
    assert claim.factuality is Factuality.DENIED


WRONG = [  # the text, the words pointed at, part of the message, part of the hint
    (f"2020-13-45 event: AID\n  {FROM_ALL}", "2020-13-45", "not an EDTF date", "2020-11-25"),
    (f"undated event: ASAULT\n  {FROM_ALL}", "ASAULT", "no event type", "did you mean ASSAULT?"),
    (f"undated event: AID\n  own voice; maybe\n  {FROM_ALL}", "maybe", "no factuality", "possible"),
    (f"undated even: AID\n  {FROM_ALL}", "even", "cannot stand here", "'event'"),
    (f"undated control X: Armenia takes\n  {FROM_ALL}", "takes", "the line breaks off", "'gains'"),
    (f"undated event X (AZ 91 46): AID\n  {FROM_ALL}", "91", "no latitude", "at most 90"),
    (f"undated event: AID by A [AZE MIL GOV]\n  {FROM_ALL}", "GOV", "one code too many", "[AZE MIL]"),
    (f"undated event: AID\n  due 2020\n  {FROM_ALL}", "2020", "belongs to an obligation, this is an event", "leave"),
    (f"undated obligation: set pay\n  due P14D\n  {FROM_ALL}", "P14D", "breaks off", "'after' or 'before'"),
    (f"undated obligation: set pay\n  due P14X after it\n  {FROM_ALL}", "P14X", "no ISO 8601", "write P14D"),
    (f"undated event: ASSAULT\n  killed 9..3\n  {FROM_ALL}", "9..3", "no count", "200..999"),
    (f"undated event: AID\n  {FROM_ALL}\n  {FROM_ALL}", "handover.txt", "a second 'from' line", "once"),
    ("undated event: AID\n  own voice", "event", "does not tell which words", "from report.txt"),
    ('undated event: AID\n  from nowhere.txt [0:1] "T"', "nowhere.txt", "no document is called", "sha256"),
    ('undated event: AID\n  from handover.txt "Fighting"', '"Fighting"', "more than once", "[start:end]"),
    ('undated event: AID\n  from handover.txt "peace"', '"peace"', "not in the document", "exactly"),
    ('undated event: AID\n  from handover.txt:1 "asked"', '"asked"', "not on line 1", "line 3"),
    ('undated event: AID\n  from handover.txt [0:8] "The navy"', '"The navy"', "not the words", "'The army'"),
    ('undated event: AID\n  from handover.txt [0:7] "The army"', '"The army"', "8 characters, the span 7", "end not included"),
    (r"undated event: AID" + '\n  from handover.txt [0:2] "\\x"', '"\\x"', "escape that is none", r"\n for a line break"),
    ('undated event: AID\n  from handover.txt [0:8] "The army', '"The army', "cannot stand here", "words in quotes"),
    (f"event: AID\n  {FROM_ALL}", "event", "begins without a date", "'undated'"),
    (f"undated event: AID by men from X [AZE]\n  {FROM_ALL}", "from", "cannot stand here", "in quotes"),
    ("  said by A", "said", "belongs to no claim", "margin"),
    (f"undated event: AID to\n  {FROM_ALL}", "to", "breaks off", "a name"),
]


@pytest.mark.parametrize(("text", "words", "message", "hint"), WRONG, ids=[f"{row[1]} {row[2]}" for row in WRONG])
def test_what_is_wrong_is_pointed_at(text: str, words: str, message: str, hint: str) -> None:
    claims, problems = notation.parse(text, documents=[DOCUMENT])
    assert claims == []
    (problem,) = problems
    assert problem.code == "notation"
    assert message in problem.message
    assert hint in problem.hint
    assert problem.span
    assert problem.span.quote == words
    assert text[problem.span.start : problem.span.end] == words


def test_a_wrong_claim_costs_only_itself() -> None:
    text = f"undated event: AID\n  {FROM_ALL}\nundated event: NONE\n  {FROM_ALL}\nundated event: AID\n  {FROM_ALL}"
    claims, problems = notation.parse(text, documents=[DOCUMENT])
    assert (len(claims), len(problems)) == (2, 1)


@settings(max_examples=100, deadline=None)
@given(strategies.texts())
def test_any_text_gives_claims_or_problems(text: str) -> None:
    claims, problems = notation.parse(f"undated {text}")
    assert claims or problems or not text.strip() or text.lstrip().startswith("#") or "\n" in text
