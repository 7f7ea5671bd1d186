"""Reports: the list of them, and each one whole, with its claims where they stand in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.pages import parts
from whoholds.atlas.pages.asking import as_known, seen
from whoholds.atlas.pages.findings import traced_as, unknown
from whoholds.atlas.pages.rendering import page
from whoholds.atlas.pages.rereading import Reread, reread
from whoholds.atlas.pages.texts import Mark, paragraphs
from whoholds.atlas.pages.versions import Row, after, before, compared, versions_of
from whoholds.model import Document
from whoholds.questions.as_known import document_known, filings_known
from whoholds.questions.evidence import Word, cited
from whoholds.questions.tracing import TracedDocument
from whoholds.register.store import Filing, Report, Wanted

router = APIRouter(include_in_schema=False)

_A_PAGE = 50
_FOUND = 2_000  # reports that a search among them gives at most

Words = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in the list."""

    document: Document
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which reports are asked for; empty words and None ask nothing."""

    words: str
    outlet: str
    first: date | None
    last: date | None
    number: int

    def query(self, asked: Asked, number: int) -> str:
        """The query of another page of the same list."""
        own = {"q": self.words or None, "outlet": self.outlet or None, "first": self.first, "last": self.last}
        return asked.query(**own, page=number if number > 1 else None)


@router.get("/documents")
def list_page(
    request: Request,
    desk: TheDesk,
    asked: IsAsked,
    q: Words = "",
    outlet: Words = "",
    first: date | None = None,
    last: date | None = None,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """The reports that count, the latest first, those without a day last."""
    wish = Wish(words=q.strip(), outlet=outlet, first=first, last=last, number=number)
    every = seen(desk, asked).reports
    wanted = sorted(_wanted(desk, asked, every, wish), key=_rank, reverse=True)
    shown = wanted[(number - 1) * _A_PAGE : number * _A_PAGE]
    return page(
        request,
        "documents.html",
        asked,
        title="Reports",
        wish=wish,
        listed=list(_listed(desk, asked, shown)),
        found=len(wanted),
        every=len(every),
        pages=-(-len(wanted) // _A_PAGE),
        outlets=sorted({name for report in every for name in report.outlets}, key=str.casefold),
    )


@router.get("/documents/{id}")
def document_page(
    request: Request, desk: TheDesk, asked: IsAsked, id: str, problems: bool = False, against: Words = ""
) -> Response:
    """A report with its claims; with `problems`, read anew for what stayed unclear; `against` another text, what differs."""
    filings = filings_known(desk.register.store, id, asked.known)
    if not filings:
        traced = traced_as(desk, asked, id, TracedDocument)
        if traced is None:
            return unknown(request, asked, "report", id)
        return RedirectResponse(parts.document_href(traced.document.id, asked), status_code=307)
    document = filings[0].document
    words = _claims(desk, asked, document)
    read = reread(desk, document) if problems else None
    versions = versions_of(desk.register.store, document.id, asked.known)
    return page(
        request,
        "document.html",
        asked,
        title=document.title or document.name or document.id[:16],
        document=document,
        words=words,
        counts=_counts(desk, asked, document),
        numbers={word.claim.id: i for i, word in enumerate(words, 1)},
        lines=paragraphs(document.text, _marks(words, read)),
        kinds={kind: sum(word.claim.kind == kind for word in words) for kind in ("control", "event", "obligation")},
        read=read,
        versions=versions,
        earlier=before(versions, document.id),
        replaced_by=after(versions, document.id),
        against=against,
        difference=_difference(desk, asked, document, against) if against else None,
        reprints=_reprints(filings),
    )


def _claims(desk: Desk, asked: Asked, document: Document) -> list[Word]:
    """The claims of a text in the order of their words, also where another text has replaced it."""
    picture = seen(desk, asked).picture
    told = picture.store.testimony(Wanted(documents=[document.id], replaced=True, known=picture.known))
    return sorted(cited(picture.store, told, picture.sides), key=lambda word: (word.claim.evidence, word.claim.id))


def _counts(desk: Desk, asked: Asked, document: Document) -> bool:
    """Whether a text's claims count: not where another text stands at all of its addresses."""
    wanted = Wanted(documents=[document.id], known=asked.known)
    return next(desk.register.store.testimony(wanted), None) is not None


def _marks(words: Sequence[Word], read: Reread | None) -> list[Mark]:
    marks = [Mark(word.claim.id, word.claim.kind, word.claim.evidence.start, word.claim.evidence.end) for word in words]
    for i, problem in enumerate(read.problems if read else (), 1):
        if problem.span:
            marks.append(Mark(f"problem-{i}", "problem", problem.span.start, problem.span.end))
    return marks


def _difference(desk: Desk, asked: Asked, document: Document, against: str) -> tuple[Row, ...] | None:
    """What differs between an earlier text and this one; None where the other is not known, or both are too long."""
    other = document_known(desk.register.store, against, asked.known)
    return compared(other.text, document.text) if other else None


def _reprints(filings: Sequence[Filing]) -> list[Filing]:
    """Where else a text was published: its filings, where there are several."""
    return list(filings) if len(filings) > 1 else []


def _wanted(desk: Desk, asked: Asked, reports: Sequence[Report], wish: Wish) -> Iterator[Report]:
    hits = None
    if wish.words:
        hits = {hit.document for hit in desk.register.search(wish.words, limit=_FOUND, **as_known(asked))}
    for report in reports:
        in_time = (wish.first is None or _day(report) >= wish.first) and (wish.last is None or _day(report) <= wish.last)
        if in_time and (not wish.outlet or wish.outlet in report.outlets) and (hits is None or report.document in hits):
            yield report


def _day(report: Report) -> date:
    return report.last or report.said


def _rank(report: Report) -> tuple[bool, date, str]:
    """Orders reports by day; those that tell none lie before all others."""
    return report.dated, _day(report), report.document


def _listed(desk: Desk, asked: Asked, reports: Sequence[Report]) -> Iterator[Listed]:
    for report in reports:
        filings = filings_known(desk.register.store, report.document, asked.known)
        if filings:
            yield Listed(filings[0].document, report)
