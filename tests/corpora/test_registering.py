"""What was read goes into a register: the same claims as if it had been read there, and reprints as one voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.corpora.small_runs import STORY, Silent, written
from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import partitions
from whoholds.corpora.registering import Entered, enter
from whoholds.corpora.running import run
from whoholds.corpora.terms import Terms
from whoholds.corpora.workers import Crew
from whoholds.model import Asserted, Filed
from whoholds.pipeline import Reader
from whoholds.questions import Register
from whoholds.questions.adding import Became

TAKEN = (
    "Rebels seize Homs\n\nRebel fighters took control of the city of Homs from government forces on Monday. Soldiers left the "
    "city in the morning and the fighters raised their flag over the town hall."
)
SHORTER = (
    "Homs falls to rebels\n\nRebel fighters took control of the city of Homs from government forces on Monday. Soldiers left "
    "the city in the morning and the fighters raised their flag over the town hall."
)
OWN = (
    "Hama in rebel hands\n\nThe city of Hama was captured by rebel fighters on Monday. Government forces withdrew from the "
    "city overnight, and shops stayed closed."
)
OTHER = (
    "Hama changes hands\n\nRebel fighters took control of the city of Hama from government forces on Monday. Residents fled "
    "to the south."
)
ROWS: list[dict[str, Any]] = [
    *({"id": f"r{at}", "text": one.text, "published": "2020-12-01", "outlet": "Wire"} for at, one in enumerate(STORY)),
    {"id": "homs", "text": TAKEN, "published": "2024-12-09", "outlet": "Meridian Wire", "url": "https://wire.example/1"},
    {"id": "same", "text": TAKEN, "published": "2024-12-09", "outlet": "Highland Post", "url": "https://post.example/1"},
    {"id": "near", "text": SHORTER, "published": "2024-12-10", "outlet": "Coast Daily", "url": "https://coast.example/1"},
    {"id": "hama", "text": OWN, "published": "2024-12-09", "outlet": "Meridian Wire"},
    {"id": "too", "text": OTHER, "published": "2024-12-09", "outlet": "Highland Post"},
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, Terms]:
    folder = tmp_path_factory.mktemp("read")
    layout = Layout(folder / "run")
    terms = Terms(named=(str(written(folder / "in.jsonl", ROWS)),), size=5)
    with Crew(1) as crew:
        ran = run(layout, terms, crew, Silent())
    assert ran.summary["printed_elsewhere"] == 2
    return layout, terms


def entered(read: tuple[Layout, Terms], path: Path) -> Entered:
    layout, terms = read
    return enter(layout, terms, partitions(layout), str(path), lambda entered: None)


@pytest.fixture(scope="module")
def register(read: tuple[Layout, Terms], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "war.whoholds"
    found = entered(read, path)
    assert found.became == {Became.NEW: len(ROWS) - 2}
    assert found.reprints == 2
    return path


def test_the_claims_are_those_that_reading_into_the_register_gives(register: Path, tmp_path: Path) -> None:
    with Register(register) as one, Register(tmp_path / "direct.whoholds", reader=Reader()) as other:
        filings = [filing.document for filing in one.store.filings()]
        firsts = {document.id: document for document in reversed(filings)}
        list(other.add(firsts.values()))
        claims = [{entry.act.claim for entry in store.log() if isinstance(entry.act, Asserted)} for store in (one, other)]
    assert claims[0] == claims[1]
    assert len(claims[0]) > 10


def test_entering_twice_adds_nothing(register: Path, read: tuple[Layout, Terms]) -> None:
    with Register(register) as before:
        size = before.size()
    again = entered(read, register)
    assert (again.claims, again.reprints) == (0, 0)
    assert again.became == {Became.KNOWN: len(ROWS) - 2}
    with Register(register) as after:
        assert after.size() == size


def test_outlets_that_print_one_text_are_one_voice_and_two_own_texts_are_two(register: Path) -> None:
    with Register(register) as asked:
        homs = asked.who("Homs", "2024-12-12").holding
        hama = asked.who("Hama", "2024-12-12").holding
    assert homs
    assert hama
    assert homs.standing.value == "claimed"
    assert hama.standing.value == "confirmed"


def test_a_reprint_is_filed_where_it_was_printed(register: Path) -> None:
    with Register(register) as asked:
        outlets = {
            entry.act.document.outlet: entry.act.document
            for entry in asked.log()
            if isinstance(entry.act, Filed) and "Homs" in entry.act.document.text
        }
        assert asked.check() is not None
        assert list(asked.check()) == []
    assert set(outlets) == {"Meridian Wire", "Highland Post", "Coast Daily"}
    assert outlets["Coast Daily"].text == outlets["Meridian Wire"].text
    assert (outlets["Coast Daily"].url, str(outlets["Coast Daily"].published)) == ("https://coast.example/1", "2024-12-10")


def test_what_was_erased_stays_out(read: tuple[Layout, Terms], register: Path, tmp_path: Path) -> None:
    path = tmp_path / "war.whoholds"
    entered(read, path)
    with Register(path) as asked:
        homs = next(
            entry.act.document for entry in asked.log() if isinstance(entry.act, Filed) and "Homs" in entry.act.document.text
        )
        asked.erase(homs.id, because="asked to", by="me")
        size = asked.size()
    again = entered(read, path)
    assert again.became[Became.ERASED] == 1
    assert again.reprints == 0
    with Register(path) as asked:
        assert asked.size() == size


def test_twins_that_were_read_are_voices_of_their_own(tmp_path: Path) -> None:
    named = (str(written(tmp_path / "in.jsonl", ROWS[len(STORY) : len(STORY) + 3])),)
    layout, terms = Layout(tmp_path / "run"), Terms(named=named, keep_twins=True)
    with Crew(1) as crew:
        assert run(layout, terms, crew, Silent()).summary["read"] == 3
    found = entered((layout, terms), tmp_path / "war.whoholds")
    assert found.became == {Became.NEW: 2, Became.REPRINTED: 1}
    with Register(tmp_path / "war.whoholds") as asked:
        homs = asked.who("Homs", "2024-12-12").holding
    assert homs
    assert homs.standing.value == "confirmed"


@pytest.mark.parametrize("size", [1, 8])
def test_a_text_printed_again_long_after_keeps_the_days_of_its_first(tmp_path: Path, size: int) -> None:
    rows = [ROWS[len(STORY)], {**ROWS[len(STORY)], "id": "late", "published": "2025-02-10", "outlet": "Echo"}]
    layout, terms = Layout(tmp_path / "run"), Terms(named=(str(written(tmp_path / "in.jsonl", rows)),), size=size)
    with Crew(1) as crew:
        assert run(layout, terms, crew, Silent()).summary["read"] == 2
    found = entered((layout, terms), tmp_path / "war.whoholds")
    assert found.became == {Became.NEW: 1, Became.REPRINTED: 1}
    with Register(tmp_path / "war.whoholds") as asked:
        claims = [entry.act.claim for entry in asked.log() if isinstance(entry.act, Asserted)]
    assert {claim.when.edtf for claim in claims if claim.when} == {"2024-12-09"}
