"""Writing by hand: claims that quote the register's documents or the file's own words, and alliances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.questions import reports
from whoholds.model import Allied, Asserted, Filed
from whoholds.questions import Register

NOTE = """\
# Call with the mayor of Kalbajar, 12 November 2020.
# The last soldiers left Kalbajar this morning.

2020-11-12 control Kalbajar district (AZ 40.1068 46.0367): Armenian forces [ARM MIL] loses
  said by mayor of Kalbajar [ARM GOV]; actual
  from note.txt "The last soldiers left Kalbajar this morning"
"""
ALLIANCE = """\
2014/2023-06-22 alliance: Wagner [RUS UAF "Wagner Group"] with Russia [RUS GOV]
  because "paid by the state"
"""


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        opened.store.append([Filed(reports.ENTRY), Filed(reports.YEREVAN)], by="tester")
        yield opened


def quoting(name: str, place: str = "Kalbajar district (AZ 40.1068 46.0367)") -> str:
    return (
        f"2020-11-25 control {place}: Azerbaijani army [AZE MIL] gains\n"
        f'  from {name} "The Azerbaijani army took control of the Kalbajar district from Armenian forces on Wednesday"\n'
    )


@pytest.mark.parametrize("name", [reports.ENTRY.name, reports.ENTRY.id, reports.ENTRY.id[:12], f'"{reports.ENTRY.name}"'])
def test_a_claim_quotes_a_document_of_the_register(register: Register, name: str) -> None:
    written = register.write(quoting(name), name="claims.txt", by="ann")
    assert written.problems == ()
    (entry,) = written.entries
    assert isinstance(entry.act, Asserted)
    assert entry.by == "ann"
    assert entry.act.claim.evidence.document == reports.ENTRY.id


def test_what_the_file_says_itself_is_a_document(register: Register) -> None:
    written = register.write(NOTE, name="note.txt", by="ann", published=date(2020, 11, 12))
    assert written.problems == ()
    assert written.note
    assert (
        written.note.text == "Call with the mayor of Kalbajar, 12 November 2020.\nThe last soldiers left Kalbajar this morning."
    )
    assert [entry.kind for entry in written.entries] == ["filed", "asserted"]
    answer = register.who("Kalbajar district", "2020-11-13", published_by="2020-11-12")
    assert [word.document for word in answer.supporting] == ["note.txt"]


def test_writing_twice_is_writing_once(register: Register) -> None:
    text = NOTE + "\n" + ALLIANCE
    assert len(register.write(text, name="note.txt", by="ann", published=date(2020, 11, 12)).entries) == 3
    assert register.write(text, name="note.txt", by="ann", published=date(2020, 11, 12)).entries == ()


def test_an_alliance_is_an_entry(register: Register) -> None:
    (entry,) = register.write(ALLIANCE, name="sides.txt", by="ann").entries
    assert isinstance(entry.act, Allied)
    assert entry.act.reason == "paid by the state"


def test_comments_that_nothing_quotes_are_not_filed(register: Register) -> None:
    written = register.write("# by way of introduction\n" + ALLIANCE, name="sides.txt", by="ann")
    assert [entry.kind for entry in written.entries] == ["allied"]
    assert written.note is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "nonsense\n",
        quoting("nowhere.txt"),
        quoting(reports.YEREVAN.name),
        ALLIANCE + quoting("nowhere.txt"),
    ],
)
def test_a_file_that_cannot_be_read_whole_enters_nothing(register: Register, text: str) -> None:
    size = register.size()
    written = register.write(text, name="claims.txt", by="ann")
    assert written.entries == ()
    assert written.problems
    assert all(problem.message and problem.hint for problem in written.problems)
    assert register.size() == size


def test_a_town_and_its_district_have_to_be_told_apart(register: Register) -> None:
    name = reports.ENTRY.name
    written = register.write(quoting(name, "Kalbajar (AZ 40.1068 46.0367)"), name="claims.txt", by="ann")
    assert [problem.code for problem in written.problems] == ["ambiguous-place"]
    register.write(quoting(name), name="claims.txt", by="ann")  # the district, by its name
    written = register.write(quoting(name, "Kalbajar (AZ 40.1068 46.0367)"), name="claims.txt", by="ann")
    assert written.problems == ()  # it is the one that the register knows
    assert {site.key for site in register.store.sites()} == {register.site("Kalbajar district").key}


def test_a_place_that_the_gazetteer_lacks_is_kept_as_written(register: Register) -> None:
    written = register.write(quoting(reports.ENTRY.name, "Hill 7 (AZ 40.5 46.5)"), name="claims.txt", by="ann")
    assert written.problems == ()
    place = register.site("Hill 7").place
    assert place
    assert (place.lat, place.lon) == (40.5, 46.5)
