"""Phase 4: what was read goes into a register, partition by partition, as if it had been read there.

Documents are added through `questions.adding`, with a reader that gives the readings kept; so what is known already adds
nothing, and an interrupted phase is simply done again. A reprint is filed as the text it was read for, under the outlet,
address and day of the reprint: the register then knows one text printed in two places, whose claims are one testimony with one
voice, though the reprint's own text differs by what leaves its meaning alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from whoholds.corpora.elsewhere import elsewhere
from whoholds.corpora.layout import Layout
from whoholds.corpora.reading import claims_kept, standing
from whoholds.corpora.rows import Printed, document_in
from whoholds.corpora.terms import Terms
from whoholds.model import Claim, Document, Filed
from whoholds.pipeline import Reader, Reading
from whoholds.questions import Register
from whoholds.questions.adding import Added, Became
from whoholds.questions.register import reader_name

_FILED_AT_ONCE = 256


@dataclass(slots=True)
class Entered:
    """What became of the documents so far: how many of each kind, how many claims are new, how many reprints were filed."""

    became: Counter[Became] = field(default_factory=Counter)
    claims: int = 0
    reprints: int = 0


class Kept(Reader):
    """Gives the readings that were kept for documents, by id; reads nothing."""

    def __init__(self) -> None:
        self.claims: Mapping[str, tuple[Claim, ...]] = {}

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The reading kept for each document, in order."""
        return (Reading(document, self.claims[document.id], ()) for document in documents)


def enter(layout: Layout, terms: Terms, partitions: int, locator: str, tell: Callable[[Entered], None]) -> Entered:
    """Put all that a finished run read into a register, which is made where there is none, and settle nothing yet.

    `tell` hears how far it is after each partition. Raises StoreError where the register cannot be written; what was entered
    stays, and doing it again goes on from there.
    """
    kept, entered = Kept(), Entered()
    with Register(locator, reader=kept) as register:
        for partition in range(partitions):
            _enter(layout, terms, partition, register, kept, entered)
            tell(entered)
    return entered


def _enter(layout: Layout, terms: Terms, partition: int, register: Register, kept: Kept, entered: Entered) -> None:
    claims = dict(claims_kept(layout, partition))
    lines = standing(layout, partition, keep_twins=terms.keep_twins)
    documents = {line["number"]: document_in(line) for line in lines if line["number"] in claims}
    kept.claims = {documents[number].id: claims[number] for number in reversed(documents)}  # of one text the first that is read
    out: set[str] = set()
    for added in register.add(documents.values()):
        _count(added, entered, out)
    if terms.keep_twins:  # each twin was read as a text of its own
        return
    also = elsewhere(layout, partition).also
    found = ((documents[number], printed) for number, others in also.items() if number in documents for printed in others)
    filings = (Filed(_reprinted(document, printed)) for document, printed in found if document.id not in out)
    while batch := list(islice(filings, _FILED_AT_ONCE)):
        entered.reprints += len(register.store.append(batch, by=reader_name()))


def _count(added: Added, entered: Entered, out: set[str]) -> None:
    entered.became[added.became] += 1
    entered.claims += added.claims
    if added.became is Became.ERASED:
        out.add(added.document.id)


def _reprinted(document: Document, printed: Printed) -> Document:
    return replace(
        document,
        name=printed.name,
        outlet=printed.outlet,
        url=printed.url,
        published=printed.published,
        retrieved=printed.retrieved,
    )
