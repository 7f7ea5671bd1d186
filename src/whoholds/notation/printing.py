"""Claims to notation, as lines of styled pieces: a terminal colours the pieces, a pipe joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from whoholds.model import Actor, Change, Claim, Control, Count, Document, Event, EventType, Obligation, When, Where
from whoholds.notation.spelling import name, number, quoted

Piece = tuple[str, str]
"""The text and, before it, its style: when, kind, verb, place, actor, code, quote, label, hash, factuality.VALUE or nothing."""
Line = list[Piece]

_TOWARD = {
    EventType.ASSAULT: "on",
    EventType.AGREE: "with",
    EventType.CONSULT: "with",
    EventType.COOPERATE: "with",
    EventType.AID: "to",
    EventType.CONCEDE: "to",
    EventType.REQUEST: "to",
    EventType.RETREAT: "to",
    EventType.SUPPORT: "to",
}
_INDENT: Piece = ("", "  ")


def to_text(claims: Iterable[Claim], documents: Iterable[Document] = ()) -> str:
    """The claims in the notation, each document told before the first of its claims; "" for no claims.

    A claim of a document that is not among `documents` names it by its whole id and has no line number.
    """
    known = {document.id: document for document in documents}
    labels = _labels(known.values())
    told: set[str] = set()
    blocks: list[list[Line]] = []
    for claim in claims:
        document = known.get(claim.evidence.document)
        if document and document.id not in told:
            told.add(document.id)
            blocks.append(document_lines(document, label=labels[document.id]))
        blocks.append(claim_lines(claim, document, label=labels.get(claim.evidence.document)))
    return "\n".join("".join(joined(line) + "\n" for line in block) for block in blocks)


def joined(line: Line) -> str:
    """The text of a line."""
    return "".join(text for _, text in line)


def document_lines(document: Document, *, label: str | None = None) -> list[Line]:
    """A document's name, the hash of its text, day of publication, outlet and title; `label` stands for its name."""
    lines: list[Line] = [
        [("kind", "document"), ("", " "), ("label", name(label or document.name or document.id))],
        [_INDENT, ("hash", f"sha256 {document.id}")],
    ]
    if document.published:
        lines.append([_INDENT, ("", "published "), ("when", document.published.isoformat())])
    if document.outlet:
        lines.append([_INDENT, ("", "outlet "), ("", quoted(document.outlet))])
    if document.title:
        lines.append([_INDENT, ("", "title "), ("", quoted(document.title))])
    return lines


def claim_lines(claim: Claim, document: Document | None = None, *, label: str | None = None) -> list[Line]:
    """A claim's head line and its indented lines; the last one, `from`, has the line number if the document is given."""
    lines = [[*_head(claim), *_matter(claim)]]
    lines += [[_INDENT, *line] for line in _details(claim)]
    lines.append([_INDENT, *_said(claim)])
    lines.append([_INDENT, *_from(claim, document, label)])
    return lines


def _labels(documents: Iterable[Document]) -> dict[str, str]:
    """What each document is called: its name, or its id where it has none or another document has it too."""
    taken: set[str] = set()
    labels = {}
    for document in documents:
        labels[document.id] = document.name if document.name and document.name not in taken else document.id
        taken.add(document.name)
    return labels


def _head(claim: Claim) -> Iterator[Piece]:
    yield "when", claim.when.edtf if claim.when else "undated"
    yield "", " "
    yield "kind", claim.kind
    if claim.where:
        yield "", " "
        yield from _place(claim.where)
    yield "", ": "


def _place(where: Where) -> Iterator[Piece]:
    yield "place", name(where.name)
    if where.place:
        place = where.place
        geonameid = "" if place.geonameid is None else f" #{place.geonameid}"
        yield "code", f" ({place.country or '-'} {number(place.lat)} {number(place.lon)}{geonameid})"


def _matter(claim: Claim) -> Iterator[Piece]:
    match claim.matter:
        case Event(type=kind, actors=actors, recipients=recipients):
            yield "verb", kind.value
            yield from _list(" by ", actors)
            yield from _list(f" {_TOWARD.get(kind, 'against')} ", recipients)
        case Control() as control:
            yield from _control(control)
        case Obligation(step=step, action=action, obligors=obligors, beneficiaries=beneficiaries):
            yield "verb", f"{step.value} {action.value}"
            yield from _list(" by ", obligors)
            yield from _list(" to ", beneficiaries)


def _control(control: Control) -> Iterator[Piece]:
    holder, former, change = control.holder, control.former, control.change
    if change is Change.CONTESTED:
        yield "verb", change.value
        yield from _list(" by ", [holder] if holder else [])
        yield from _list(" from ", [former] if former else [])
        return
    subject, word, other = (former, " to ", holder) if change is Change.LOSES else (holder, " from ", former)
    yield from _list("", [subject]) if subject else [("actor", "?")]
    yield "verb", f" {change.value}"
    yield from _list(word, [other] if other else [])


def _list(word: str, actors: Sequence[Actor]) -> Iterator[Piece]:
    """`word` and the actors, parted by commas; nothing for no actors."""
    for i, actor in enumerate(actors):
        yield "", ", " if i else word
        yield from actor_pieces(actor)


def actor_pieces(actor: Actor) -> Iterator[Piece]:
    yield "actor", name(actor.name)
    organisation = None if actor.organisation is None else quoted(actor.organisation)
    codes = [code for code in (actor.country, actor.role, organisation) if code]
    if codes:
        yield "code", f" [{' '.join(codes)}]"


def _details(claim: Claim) -> Iterator[Line]:
    match claim.matter:
        case Event(killed=killed, injured=injured, crowd=crowd):
            for word, count in (("killed", killed), ("injured", injured), ("crowd", crowd)):
                if count:
                    yield [("", f"{word} "), ("verb", _count(count))]
        case Obligation() as obligation:
            yield from _obligation_details(obligation)


def _obligation_details(obligation: Obligation) -> Iterator[Line]:
    if obligation.due or obligation.due_was:
        line = [("", "due "), ("when", _day(obligation.due))]
        yield line + ([("", ", was "), ("when", _day(obligation.due_was))] if obligation.due_was else [])
    if (offset := obligation.due_after) is not None:
        side = "before" if offset.back else "after"
        yield [("", "due "), ("when", offset.length.removeprefix("-")), ("", f" {side} "), ("", quoted(offset.trigger))]
    if obligation.agreement is not None:
        yield [("", "under "), ("", quoted(obligation.agreement))]
    if obligation.asked_by:
        yield list(_list("asked by ", [obligation.asked_by]))
    if obligation.reason is not None:
        yield [("", "because "), ("", quoted(obligation.reason))]


def _day(when: When | None) -> str:
    return when.edtf if when else "?"


def _count(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{'' if count.low is None else count.low}..{'' if count.high is None else count.high}"


def _said(claim: Claim) -> Iterator[Piece]:
    if claim.said_by:
        yield from _list("said by ", claim.said_by)
    else:
        yield "", "own voice"
    yield "", "; "
    yield f"factuality.{claim.factuality.value}", claim.factuality.value


def _from(claim: Claim, document: Document | None, label: str | None) -> Iterator[Piece]:
    span = claim.evidence
    own = document.name if document else ""
    yield "", "from "
    yield "label", name(label or own or span.document)
    line = f":{document.line_of(span.start)}" if document else ""
    yield "code", f"{line} [{span.start}:{span.end}] "
    yield "quote", quoted(span.quote)
