"""Entering: verdicts on claims, documents, and entries taken back. Entries bear the name of who asks.

A public atlas has none of these: nothing is entered in it by anyone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from whoholds.articles import from_record, from_text
from whoholds.articles.fetching import own_address
from whoholds.articles.page import read_page
from whoholds.atlas.api.answering import Asking, Json, Plainly, dumped
from whoholds.atlas.api.by_address import arrived
from whoholds.atlas.api.claims import ClaimId
from whoholds.atlas.api.entries import EntryNumber
from whoholds.atlas.api.linked import all_linked_entries
from whoholds.atlas.api.schemas.reports import Added, Entered
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.faults import FaultError, Trouble, Where, not_found
from whoholds.atlas.safety import MayKeep, MayReview, Viewer
from whoholds.atlas.safety.readings import LongReading
from whoholds.formats.answers import added_to_json
from whoholds.formats.contract import problem_to_json
from whoholds.formats.findings import entry_to_json
from whoholds.model import Accepted, Document, Entry, Filed, Problem, Rejected, Testimony, Verdict, hash_of
from whoholds.questions.as_known import claim_known, entry_known
from whoholds.questions.register import reader_name

LONGEST_TEXT = 200_000  # characters: 30,000 words, some twenty seconds of reading
LONGEST_PAGE = 2_000_000
_LONGEST_REASON = 2_000

Reason = Annotated[str, Field(min_length=1, max_length=_LONGEST_REASON, pattern=r"\S", description="Why, for later readers.")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewVerdict(_Body):
    """A verdict on a claim; an edit gives `instead`, the claim that is to stand in its place, in the notation."""

    verdict: Literal["accept", "reject", "edit"]
    because: Reason
    words: str = Field(pattern="^[0-9a-f]{16}$", description="The hash of the words that were seen, as the claim gives it.")
    instead: str | None = Field(default=None, max_length=20_000)


class NewDocument(_Body):
    """A report: its text, a saved page, or the address of one. What is told here wins over what the text tells of itself."""

    text: str | None = Field(default=None, max_length=LONGEST_TEXT)
    html: str | None = Field(default=None, max_length=LONGEST_PAGE)
    address: str | None = Field(default=None, max_length=2_000, description="Where it is fetched from, on the public web.")
    name: str | None = Field(default=None, max_length=200)
    title: str | None = Field(default=None, max_length=500)
    url: str | None = Field(default=None, max_length=2_000)
    outlet: str | None = Field(default=None, max_length=200)
    published: date | None = None


class Withdrawal(_Body):
    """Why an entry is taken back."""

    because: Reason


def _may_enter(desk: TheDesk) -> None:
    if desk.settings.public:
        raise FaultError(Trouble.NOT_ALLOWED, "nothing can be entered in a public atlas", "GET what it shows")


router = APIRouter(tags=["Entering"], dependencies=[Depends(_may_enter)])


@router.post("/claims/{id}/verdicts", response_model=Entered, status_code=201)
def judge(ask: Plainly, viewer: MayReview, id: ClaimId, body: NewVerdict) -> Response:
    """Accept, reject or edit a claim whose words were seen. 409 where its words are others, with what they are."""
    register = ask.desk.register
    found = claim_known(register.store, id, ask.asked.known)
    if found is None:
        raise not_found("claim", id, "claims are listed at /api/claims; an id is 16 hexadecimal digits")
    _check_words(found[0], body.words)
    verdict = _verdict(ask, id, body)
    return _entered(ask, register.judge(id, verdict, because=body.because, words=body.words, by=viewer.name))


@router.post("/documents", response_model=Added, status_code=201)
def add(ask: Plainly, viewer: MayKeep, slot: LongReading, body: NewDocument) -> Response:
    """Read a report and take it in with its claims; what became of it."""
    document, problems = _document(body, ask.desk)
    if document is None:
        raise _unusable("; ".join(one.message for one in problems), problems)
    (added,) = ask.desk.register.add([document], by=_reader_for(viewer))
    told = added_to_json(added, [problem_to_json(one) for one in (*problems, *added.problems)])
    links = [ask.link("item", "documents", document.id), ask.page("documents", document.id)]
    status = 201 if added.became.value in ("new", "changed", "reprinted") else 200
    return Response(dumped({**told, "links": links}), status, _NEVER_KEPT, "application/json")


@router.post("/entries/{number}/withdrawal", response_model=Entered, status_code=201)
def withdraw(ask: Plainly, viewer: MayKeep, number: EntryNumber, body: Withdrawal) -> Response:
    """Take an entry back; any but a filing. It stays in the log, and its withdrawal can be withdrawn."""
    store = ask.desk.register.store
    entry = entry_known(store, number, ask.asked.known) if number <= ask.state.upto else None
    if entry is None:
        raise not_found("entry", str(number), "entries are listed at /api/entries")
    if isinstance(entry.act, Filed):
        raise FaultError(Trouble.CONFLICT, "a filing is not taken back", "withdraw the claims of the document")
    return _entered(ask, ask.desk.register.withdraw(number, because=body.because, by=viewer.name))


_NEVER_KEPT = {"Cache-Control": "no-store"}


def _check_words(told: Testimony, words: str) -> None:
    quote = told.claim.evidence.quote
    if words == hash_of(quote):
        return
    detail = f"the words of claim {told.claim.id} are not those with the hash {words}"
    more: Json = {"words": hash_of(quote), "quote": quote}
    raise FaultError(Trouble.WORDS_DIFFER, detail, "look at the words again, and name them by their hash", more=more)


def _verdict(ask: Asking, id: str, body: NewVerdict) -> Verdict:
    if body.verdict != "edit":
        return Accepted() if body.verdict == "accept" else Rejected()
    if body.instead is None or not body.instead.strip():
        raise FaultError(
            Trouble.BAD_BODY,
            "an edit needs the claim that is to stand instead",
            "give it in the notation, under instead",
            where=[Where("body", "instead", "is missing")],
        )
    edited, problems = ask.desk.register.edited(id, body.instead)
    if edited is None:
        raise _unusable("; ".join(one.message for one in problems), problems)
    return edited


def _document(body: NewDocument, desk: Desk) -> tuple[Document | None, list[Problem]]:
    """The document that is sent; None, with problems, where there is none in it."""
    if [body.text, body.html, body.address].count(None) != 2:
        hint = "text is the report's words, html a saved page, address where it is on the web"
        return None, [Problem("document", "give one of text, html and address", hint=hint)]
    return _sent(body) if body.address is None else _at(body.address, body, desk)


def _at(address: str, body: NewDocument, desk: Desk) -> tuple[Document | None, list[Problem]]:
    """The document at an address, under the address that it has in the end."""
    found = arrived(address, desk)
    if isinstance(found, Problem):
        return None, [found]
    longest = LONGEST_PAGE if found.page else LONGEST_TEXT
    if len(found.words) > longest:
        hint = "send the report's words as text, in parts"
        return None, [Problem("too-large", f"what is there has more than {longest:,} characters", hint=hint)]
    sent = {"html" if found.page else "text": found.words, "name": body.name or body.title or address[:200], "address": None}
    document, problems = _sent(body.model_copy(update=sent))
    if document is None:
        return None, problems
    url = body.url or own_address(found.url, document.url)
    return replace(document, url=url, retrieved=found.retrieved), problems


def _sent(body: NewDocument) -> tuple[Document | None, list[Problem]]:
    name = body.name or body.title or body.url or "sent to the atlas"
    if body.text is not None:
        record = {**body.model_dump(mode="json", exclude={"html", "name", "address"}), "id": name}
        return from_record(record, place=name)
    return _page(body, name)


def _page(body: NewDocument, name: str) -> tuple[Document | None, list[Problem]]:
    found = read_page(body.html or "")
    if found is None:
        hint = "save the page again once it has loaded fully, or send the article's words as text"
        return None, [Problem("no-article", "no article was found in the page", hint=hint)]
    return (
        from_text(
            found.text,
            name=name,
            title=body.title or found.title,
            outlet=body.outlet or found.outlet,
            author=found.author,
            url=body.url or found.url,
            published=body.published or found.published,
        ),
        [],
    )


def _unusable(detail: str, problems: list[Problem]) -> FaultError:
    hint = next((one.hint for one in problems if one.hint), "")
    return FaultError(Trouble.BAD_BODY, detail, hint, more={"problems": [problem_to_json(one) for one in problems]})


def _reader_for(viewer: Viewer) -> str:
    """The reader's name, with its version and for whom it read: what it reads stays the reader's, to be read again."""
    reader, _, version = reader_name().partition(" ")
    asker = viewer.name.translate({ord("("): "[", ord(")"): "]"})
    return f"{reader} ({version.strip('()')}, for {asker})"


def _entered(ask: Asking, entries: tuple[Entry, ...]) -> Response:
    told = all_linked_entries(ask, map(entry_to_json, entries))
    links = [ask.link("item", "entries", str(entry.seq)) for entry in entries]
    headers = {**_NEVER_KEPT, **({"Location": links[0]["href"]} if links else {})}
    return Response(dumped({"entries": told, "links": links}), 201 if entries else 200, headers, "application/json")
