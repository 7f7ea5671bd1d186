"""Two coders of the same documents: what is paired, and how far they agree, on claims whose answer is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from whoholds.formats.comparisons import comparison_to_json
from whoholds.model import (
    Actor,
    Asserted,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Filed,
    Matter,
    Place,
    Role,
    When,
    Where,
)
from whoholds.questions import Register
from whoholds.questions.agreement import Agreement
from whoholds.questions.comparing import Comparison, Source, coded_documents, coders, compare
from whoholds.register.store import StoreError

RUSSIA = Actor(name="Russian forces", country="RUS", role=Role.MIL)
UKRAINE = Actor(name="Ukrainian forces", country="UKR", role=Role.MIL)
BAKHMUT = Place(name="Bakhmut", lat=48.59419, lon=37.99886, country="UA", feature="P", geonameid=713174)
SOLEDAR = Place(name="Soledar", lat=48.6793, lon=38.0896, country="UA", feature="P", geonameid=692772)
KHERSON = Place(name="Kherson", lat=46.65581, lon=32.6178, country="UA", feature="P", geonameid=706448)


def text(number: int) -> Document:
    return Document(text=f"Report {number}. A fell. B was hit.", name=f"r{number}", published=date(2023, 1, 1), outlet="Wire")


def claim(number: int, matter: Matter, place: Place | None = BAKHMUT, day: str | None = "2023-01-01", start: int = 0) -> Claim:
    document = text(number)
    where = Where(name=place.name, place=place) if place else None
    return Claim(matter=matter, evidence=document.span(start, len(document.text)), where=where, when=When(day) if day else None)


def shelled(killed: int | None = None, type: EventType = EventType.ASSAULT, by: Actor = RUSSIA) -> Event:
    return Event(type=type, actors=(by,), killed=Count(killed, killed) if killed is not None else None)


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def code(register: Register, by: str, *claims: Claim) -> None:
    """Enter claims as a coder's, each under the document that it quotes."""
    documents = {text(number).id: text(number) for number in range(10)}
    for one in claims:
        register.store.append([Filed(documents[one.evidence.document]), Asserted(one)], by=by)


def compared(register: Register, first: str = "ann", second: str = "ben", **options: object) -> Comparison:
    sides = register.sides()
    return compare(Source(register.store, sides, first), Source(register.store, sides, second), **options)  # type: ignore[arg-type]


def field(comparison: Comparison, name: str) -> Agreement:
    (found,) = [one for one in comparison.fields if one.field == name]
    return found


def test_fields(register: Register) -> None:
    code(
        register,
        "ann",
        claim(1, shelled(4)),
        claim(2, shelled(10)),
        claim(3, shelled()),
        claim(4, shelled(type=EventType.PROTEST)),
    )
    code(
        register,
        "ben",
        claim(1, shelled(4), start=10),
        claim(2, shelled(14), SOLEDAR, start=10),
        claim(3, shelled(2), KHERSON, "2023-01-04", start=10),
        claim(4, shelled(type=EventType.ASSAULT, by=UKRAINE), day=None, start=10),
    )
    told = compared(register)
    assert (told.documents, told.first.paired, told.second.paired) == (4, 3, 3)  # the fourth share the place alone
    code(register, "ben", claim(4, shelled(type=EventType.COERCE), start=11))
    told = compared(register)
    assert (told.first.claims, told.first.paired, told.second.claims, told.second.paired) == (4, 4, 5, 4)
    assert (field(told, "type").both, field(told, "type").agree) == (4, 3)
    assert (field(told, "date").both, field(told, "date").agree, field(told, "date").median) == (4, 3, 0.0)
    assert (field(told, "place, within 50 km").agree, field(told, "place, the same").agree) == (3, 2)
    killed = field(told, "killed")
    assert (killed.both, killed.agree, killed.only_first, killed.only_second, killed.median) == (2, 1, 0, 1, 2.0)
    assert field(told, "actors").share == 1.0
    assert field(told, "injured").share is None


def test_claims_without_a_counterpart_and_documents_of_one(register: Register) -> None:
    code(register, "ann", claim(1, shelled()), claim(1, shelled(type=EventType.AID, by=UKRAINE), KHERSON), claim(2, shelled()))
    code(register, "ben", claim(1, shelled(3)), claim(3, shelled()))
    told = compared(register, errors=9)
    assert (told.first.documents, told.documents) == (2, 1)
    assert (told.first.claims, told.first.paired, told.first.alone) == (3, 1, 1)
    assert (told.second.claims, told.second.paired) == (1, 1)
    (error,) = told.errors
    assert (error.field, error.values) == ("claim", ("AID in Kherson, 2023-01-01", "nothing"))


def test_errors_are_told_in_turn_with_their_words(register: Register) -> None:
    for number in range(6):
        code(register, "ann", claim(number, shelled(4)))
        code(register, "ben", claim(number, shelled(9, type=EventType.COERCE), start=10))
    told = compared(register, errors=3)
    assert [error.field for error in told.errors] == ["type", "killed", "type"]
    first = told.errors[0]
    assert first.values == ("ASSAULT", "COERCE")
    assert first.first is not None
    assert first.second is not None
    assert first.document.text[first.second.evidence.start : first.second.evidence.end] == first.second.evidence.quote
    assert field(told, "type").alpha is not None
    assert compared(register).errors == ()


def test_control(register: Register) -> None:
    code(register, "ann", claim(1, Control(change=Change.GAINS, holder=RUSSIA, former=UKRAINE)))
    code(register, "ben", claim(1, Control(change=Change.HOLDS, holder=RUSSIA)))
    told = compared(register, kind="control")
    assert (field(told, "change").agree, field(told, "actors").agree, field(told, "actors, one in common").agree) == (0, 0, 1)
    with pytest.raises(StoreError) as caught:
        compared(register, kind="event")
    assert "ann" in caught.value.hint


def test_two_registers(register: Register) -> None:
    """Word for word the same claim is one entry of a register; two registers keep both."""
    code(register, "ann", claim(1, shelled(4)))
    with Register(":memory:") as other:
        code(other, "ben", claim(1, shelled(4)))
        told = compare(Source(register.store, register.sides(), "ann"), Source(other.store, other.sides(), "ben"))
    assert (told.first.paired, field(told, "killed").agree) == (1, 1)


def test_who_coded(register: Register) -> None:
    code(register, "ann", claim(1, shelled(4)))
    code(register, "ben", claim(2, shelled(4)))
    assert sum(coders(register.store).values()) == 2
    assert [document.name for document in coded_documents(register.store, "ben")] == ["r2"]


def test_json(register: Register) -> None:
    code(register, "ann", claim(1, shelled(4)))
    code(register, "ben", claim(1, shelled(5)))
    told = comparison_to_json(compared(register, errors=1))
    assert told["first"] == {"coder": "ann", "documents": 1, "claims": 1, "paired": 1, "alone": 0}
    (killed,) = [one for one in told["fields"] if one["field"] == "killed"]
    assert (killed["both"], killed["agree"], killed["share"], killed["alpha"]) == (1, 0, 0.0, None)
    assert told["errors"][0]["first"]["value"] == "4"
    assert told["errors"][0]["second"]["quote"] == text(1).text
