"""Entries for people: what was taken in when, by whom."""

from __future__ import annotations

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, shown
from whoholds.model import (
    Accepted,
    Allied,
    Asserted,
    Claim,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Parted,
    Tombstone,
    Verdict,
    Withdrawn,
)
from whoholds.notation import Line, alliance_lines, claim_lines

_WORDS = 60  # cells of a quotation


def print_entry(paper: Paper, entry: Entry, *, indent: int = 0) -> None:
    """An entry on a line or two: number, instant, who, what."""
    margin = ("", " " * indent)
    moment = entry.recorded_at.strftime("%Y-%m-%d %H:%M:%S")
    head: Line = [margin, ("heading", f"{entry.seq}"), ("when", f" {moment}"), ("actor", f" {shown(entry.by)} ")]
    first, *rest = _told(entry)
    paper.line([*head, *first], hanging=indent + 4)
    for line in rest:
        paper.line([margin, ("", "    "), *line], hanging=indent + 8)


def _told(entry: Entry) -> list[Line]:
    match entry.act:
        case Filed(document, replaces):
            told: Line = [("kind", "filed "), ("label", shown(document.name) or document.id[:16])]
            if document.published:
                told.append(("", f" of {document.published}"))
            if replaces:
                told.append(("problem", f", replaces {replaces[:16]}"))
            return [[*told, ("dim", f"  {document.id[:16]}")]]
        case Asserted(claim):
            return [[("kind", "asserted "), *_brief(claim)]]
        case Withdrawn(target, reason):
            return [[("kind", f"withdrew entry {target}"), ("", f": {shown(reason)}")]]
        case Judged(claim_id, verdict, reason, _):
            lines: list[Line] = [[("kind", f"{_verdict(verdict)} "), ("dim", claim_id), ("", f": {shown(reason)}")]]
            return [*lines, [("", "instead: "), *_brief(verdict.instead)]] if isinstance(verdict, Edited) else lines
        case Allied() | Parted() as alliance:
            return [line if i else [("", ""), *line] for i, line in enumerate(alliance_lines(alliance))]
        case Outlined(name, site, _, source):
            outlined: Line = [("kind", "outlined "), ("label", shown(name) or "an area"), ("dim", f"  {shown(site or '-')}")]
            return [[*outlined, ("", f" from {shown(source)}")]]
        case Erased(document_id, reason):
            return [[("failure", f"erased document {document_id[:16]}"), ("", f": {shown(reason)}")]]
        case Tombstone(was, erased):
            return [[("dim", f"({was} entry, erased by entry {erased})")]]


def _verdict(verdict: Verdict) -> str:
    match verdict:
        case Accepted():
            return "accepted"
        case Edited():
            return "edited"
        case _:
            return "rejected"


def _brief(claim: Claim) -> Line:
    """A claim's head line and a little of its words."""
    quote = clipped(claim.evidence.quote, _WORDS)
    head = [piece for piece in claim_lines(claim)[0] if piece[0] != "code"]
    return [*head, ("quote", f' "{quote}"'), ("dim", f"  {claim.id}")]
