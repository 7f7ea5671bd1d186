"""Adding: each report once, whole, and again when the reader has learned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.questions import reports
from whoholds.model import Accepted, Asserted, Claim, Document, Filed, Rejected, hash_of
from whoholds.pipeline import Reader, Reading
from whoholds.questions import Register
from whoholds.questions.adding import Added, Became
from whoholds.register.store import Wanted


class _Forgetful(Reader):
    """A reader of which some claims can be taken away, as an older or newer version would not have read them."""

    def __init__(self) -> None:
        self.keeps = slice(None)
        self.read = 0

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for reading in super().read_many(documents):
            self.read += 1
            yield replace(reading, claims=reading.claims[self.keeps])


@pytest.fixture
def reader() -> _Forgetful:
    return _Forgetful()


@pytest.fixture
def register(reader: _Forgetful) -> Iterator[Register]:
    with Register(":memory:", reader=reader) as opened:
        yield opened


def became(found: Iterable[Added]) -> list[Became]:
    return [added.became for added in found]


def standing(register: Register) -> dict[str, Claim]:
    return {told.claim.id: told.claim for told in register.store.testimony(Wanted())}


def test_adding_twice_is_adding_once(register: Register, reader: _Forgetful) -> None:
    assert became(register.add([reports.ENTRY, reports.YEREVAN])) == [Became.NEW, Became.NEW]
    size = register.size()
    assert became(register.add([reports.ENTRY, reports.YEREVAN])) == [Became.KNOWN, Became.KNOWN]
    assert register.size() == size
    assert reader.read == 2  # what is known is not read


def test_the_same_text_twice_in_one_go_is_one(register: Register) -> None:
    assert became(register.add([reports.ENTRY, reports.ENTRY])) == [Became.NEW, Became.KNOWN]
    assert sum(isinstance(entry.act, Filed) for entry in register.log()) == 1


def test_another_name_for_a_file_adds_nothing(register: Register) -> None:
    list(register.add([reports.ENTRY]))
    assert became(register.add([replace(reports.ENTRY, name="copy.txt")])) == [Became.KNOWN]


def test_a_reprint_is_filed_and_not_read(register: Register, reader: _Forgetful) -> None:
    list(register.add([reports.ENTRY]))
    claims = set(standing(register))
    assert became(register.add([replace(reports.ENTRY, outlet="Coast Courier")])) == [Became.REPRINTED]
    assert reader.read == 1
    assert set(standing(register)) == claims
    assert {told.outlets for told in register.store.testimony(Wanted())} == {("Meridian Wire", "Coast Courier")}


def test_a_changed_text_replaces_the_old_one(register: Register) -> None:
    first = replace(reports.ENTRY, url="https://example.org/1")
    second = replace(reports.YEREVAN, url="https://example.org/1")
    list(register.add([first]))
    assert became(register.add([second])) == [Became.CHANGED]
    assert {claim.evidence.document for claim in standing(register).values()} == {second.id}
    assert register.store.document(first.id) == first


def test_a_document_enters_with_its_claims(register: Register) -> None:
    (added,) = register.add([reports.ENTRY])
    acts = [entry.act for entry in register.log()]
    assert isinstance(acts[0], Filed)
    assert sum(isinstance(act, Asserted) for act in acts) == added.claims == len(standing(register))
    assert len({entry.recorded_at for entry in register.log()}) == 1


def test_reading_again_withdraws_what_is_no_longer_read_and_asserts_what_is_new(register: Register, reader: _Forgetful) -> None:
    reader.keeps = slice(0, 2)
    list(register.add([reports.ENTRY]))
    before = set(standing(register))
    reader.keeps = slice(1, None)
    (added,) = register.add(register.documents(), again=True)
    after = set(standing(register))
    assert added.became is Became.AGAIN
    assert (added.withdrawn, added.claims) == (len(before - after), len(after - before)) == (1, len(after) - 1)
    reader.keeps = slice(0, 2)
    list(register.add(register.documents(), again=True))
    assert set(standing(register)) == before


def test_reading_again_the_same_changes_nothing(register: Register) -> None:
    list(register.add([reports.ENTRY]))
    size = register.size()
    (added,) = register.add(register.documents(), again=True)
    assert (added.claims, added.withdrawn) == (0, 0)
    assert register.size() == size


def test_reading_again_leaves_to_people_what_they_decided(register: Register, reader: _Forgetful) -> None:
    list(register.add([reports.ENTRY]))
    rejected, withdrawn, *_ = sorted(standing(register).values(), key=lambda claim: claim.id)
    register.judge(rejected.id, Rejected(), because="misread", words=hash_of(rejected.evidence.quote), by="ann")
    entry = next(told.entry for told in register.store.testimony(Wanted()) if told.claim.id == withdrawn.id)
    register.withdraw(entry, because="twice", by="ann")
    left = set(standing(register))
    list(register.add(register.documents(), again=True))
    assert set(standing(register)) == left
    reader.keeps = slice(0, 0)
    list(register.add(register.documents(), again=True))
    assert standing(register) == {}


def test_an_erased_text_stays_out(register: Register) -> None:
    list(register.add([reports.ENTRY]))
    register.erase(reports.ENTRY.id, because="court order", by="ann")
    (added,) = register.add([reports.ENTRY])
    assert added.became is Became.ERASED
    assert [problem.code for problem in added.problems] == ["erased"]
    assert standing(register) == {}


def test_no_documents_add_nothing(register: Register) -> None:
    assert list(register.add([])) == []
    assert register.size() == 0


def test_many_documents_enter_a_few_at_a_time(register: Register) -> None:
    documents = [Document(text=f"Rebels left Goma on Monday. Number {number}.", name=str(number)) for number in range(40)]
    stream = register.add(iter(documents))
    next(stream)
    kept = len(list(register.documents()))
    assert 0 < kept < 40
    assert len(list(stream)) == 39
    assert len(list(register.documents())) == 40


def test_the_same_text_of_two_outlets_in_one_go_keeps_both(register: Register) -> None:
    reprint = replace(reports.ENTRY, outlet="Other Post", url="https://other.example/1")
    assert became(register.add([reports.ENTRY, reprint])) == [Became.NEW, Became.REPRINTED]
    outlets = {outlet for told in register.store.testimony(Wanted()) for outlet in told.outlets}
    assert outlets == {reports.ENTRY.outlet, "Other Post"}


def test_two_versions_in_one_go_are_versions(register: Register) -> None:
    first = replace(reports.ENTRY, url="https://one.example/1")
    assert became(register.add([first, replace(reports.YEREVAN, url=first.url)])) == [Became.NEW, Became.CHANGED]
    assert {claim.evidence.document for claim in standing(register).values()} == {reports.YEREVAN.id}


@pytest.mark.parametrize("in_one_go", [True, False])
def test_a_replaced_text_that_another_outlet_prints_counts_again(register: Register, in_one_go: bool) -> None:
    first = replace(reports.ENTRY, url="https://one.example/1")
    second = replace(reports.YEREVAN, url=first.url)
    reprint = replace(first, outlet="Other Post", url="https://other.example/1")
    for batch in [[first, second, reprint]] if in_one_go else [[first], [second], [reprint]]:
        list(register.add(batch))
    assert {claim.evidence.document for claim in standing(register).values()} == {reports.ENTRY.id, reports.YEREVAN.id}
    register.settle()
    assert list(register.check()) == []
    size = register.size()
    assert became(register.add([reprint])) == [Became.KNOWN]
    assert register.size() == size


def test_reading_again_leaves_what_people_accepted(register: Register, reader: _Forgetful) -> None:
    list(register.add([reports.ENTRY]))
    accepted = min(standing(register).values(), key=lambda claim: claim.id)
    register.judge(accepted.id, Accepted(), because="checked", words=hash_of(accepted.evidence.quote), by="ann")
    reader.keeps = slice(0, 0)
    (added,) = register.add(register.documents(), again=True)
    assert set(standing(register)) == {accepted.id}
    assert added.withdrawn > 0


@pytest.mark.parametrize(("later", "own"), [("mymodel 2", True), ("mymodel v3.1", True), ("other 2", False)])
def test_a_reader_of_another_name_takes_back_its_own(register: Register, reader: _Forgetful, later: str, own: bool) -> None:
    list(register.add([reports.ENTRY], by="mymodel 1"))
    before = set(standing(register))
    reader.keeps = slice(0, 0)
    (added,) = register.add(register.documents(), again=True, by=later)
    assert set(standing(register)) == (set() if own else before)
    assert added.withdrawn == (len(before) if own else 0)


def test_reading_a_replaced_text_again_counts_what_was_entered(register: Register) -> None:
    first = replace(reports.ENTRY, url="https://example.org/1")
    list(register.add([first]))
    list(register.add([replace(reports.YEREVAN, url=first.url)]))
    size = register.size()
    (added,) = register.add([first], again=True)
    assert (added.became, added.claims, added.withdrawn) == (Became.AGAIN, 0, 0)
    assert register.size() == size
