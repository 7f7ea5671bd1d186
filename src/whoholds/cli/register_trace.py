"""What an id stands for, for people: claims in the notation with their words, findings, documents, entries."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.cli.paper import Paper
from whoholds.cli.problems import print_quoted
from whoholds.cli.quoted import clipped, shown
from whoholds.cli.register_due import duty_named
from whoholds.cli.register_incidents import incident_named
from whoholds.cli.register_log import print_entry
from whoholds.cli.register_words import place_named, plain, print_words, said_on, side_name, since, until
from whoholds.cli.trees import print_tree
from whoholds.model import Claim, Derivation, Document, Entry, Finding, Holding, Incident, Undertaking
from whoholds.notation import Line, claim_lines
from whoholds.questions.judging import Shown
from whoholds.questions.tracing import Traced, TracedClaim, TracedDocument, TracedEntry, TracedFinding, shortened
from whoholds.register.store import Hit


def print_traced(paper: Paper, traced: Traced) -> None:
    """A claim, finding, document or entry."""
    match traced:
        case TracedClaim():
            _print_claim(paper, traced)
        case TracedFinding():
            paper.line(finding_named(traced.finding), hanging=2)
            for step in traced.finding.derivation.parts if traced.finding.derivation else ():
                print_steps(paper, step)
            print_words(paper, "on the word of", traced.supporting)
            print_words(paper, "told otherwise by", traced.opposing)
        case TracedDocument():
            _print_document(paper, traced)
        case TracedEntry():
            print_entry(paper, traced.entry)
            _print_entries(paper, "entries about it since", traced.about)


def print_shown(paper: Paper, shown_claim: Shown) -> None:
    """A claim before it is judged: in the notation, with its words where they stand, and the hash to name them by."""
    print_claim(paper, shown_claim.testimony.claim, shown_claim.document)
    paper.line([("", "  "), ("label", "words "), ("heading", shown_claim.words)])
    _print_entries(paper, "entries about it", shown_claim.entries)


def print_claim(paper: Paper, claim: Claim, document: Document | None) -> None:
    """A claim in the notation; on a terminal and in a pipe with the line of its words and carets under them."""
    for line in claim_lines(claim, document):
        paper.line(line, hanging=6)
    if document:
        print_quoted(paper, document.text, claim.evidence.start, claim.evidence.end)


def print_steps(paper: Paper, step: Derivation, depth: int = 0) -> None:
    """How a finding was derived, each step indented under the one it is for."""
    line: Line = [("", "  " * (depth + 1)), ("rule", plain(step.rule))]
    if step.value:
        line += [("", ": "), ("", plain(step.value))]
    if step.span:
        line.append(("quote", f' "{clipped(step.span.quote, 60)}"'))
    paper.line(line, hanging=2 * depth + 6)
    for part in step.parts:
        print_steps(paper, part, depth + 1)


def print_hit(paper: Paper, hit: Hit) -> None:
    """A document that was found, and the words around the first match."""
    paper.line([("heading", shown(hit.name) or hit.document[:16]), ("dim", f"  {hit.document[:16]}  [{hit.start}:{hit.end}]")])
    before, after = shown(hit.before).lstrip(), shown(hit.after).rstrip()
    paper.line([("", "    "), ("context", f"…{before}"), ("heading", shown(hit.words)), ("context", f"{after}…")], hanging=4)


def finding_named(finding: Finding) -> Line:
    """A finding on one line."""
    match finding:
        case Holding():
            days = ", ".join(filter(None, (since(finding), until(finding))))
            who = side_name(finding.holder) if finding.holder else "contested or lost"
            held: Line = [*place_named(finding.site), ("", ": "), ("heading", who)]
            return [*held, ("", f", {finding.standing.value}; "), ("when", days), ("dim", f"  {finding.id}")]
        case Undertaking():
            return duty_named(finding)
        case Incident():
            return incident_named(finding)


def _print_claim(paper: Paper, traced: TracedClaim) -> None:
    claim = traced.testimony.claim
    state = "" if traced.standing else "  (does not stand)"
    paper.line([("heading", f"claim {claim.id}"), ("problem", state)])
    print_claim(paper, claim, traced.document)
    told = f"said {said_on(traced.testimony)}"
    outlets = ", ".join(map(shown, traced.testimony.outlets))
    confidence = "" if claim.confidence is None else f"; confidence {claim.confidence:.2f}"
    paper.line([("", "  "), ("hint", f"{told}{f' in {outlets}' if outlets else ''}{confidence}; words {traced.words}")])
    if claim.derivation:
        print_tree(paper, claim.derivation)
    _print_entries(paper, "entries about it", traced.entries)
    if traced.findings:
        paper.line([("", "  "), ("heading", "findings that name it")])
    for finding in traced.findings:
        side = "for" if claim.id in finding.supporting else "against" if claim.id in finding.opposing else "beside"
        paper.line([("", "    "), ("dim", f"{side} "), *finding_named(finding)], hanging=8)


def _print_document(paper: Paper, traced: TracedDocument) -> None:
    document = traced.document
    paper.line([("heading", f"document {shown(document.name) or shortened(document.id)}")])
    paper.line([("", "  "), ("hash", f"sha256 {document.id}")])
    for label, value in _provenance(document):
        paper.line([("", "  "), ("label", f"{label} "), ("", shown(value))], hanging=6)
    _print_entries(paper, "entries about it", traced.entries)
    if not traced.claims:
        paper.line([("", "  "), ("hint", "no claim of it stands")])
    for word in traced.claims:
        paper.blank()
        paper.line([("dim", word.claim.id)])
        print_claim(paper, word.claim, document)


def _provenance(document: Document) -> Iterable[tuple[str, str]]:
    told = {
        "published": document.published and str(document.published),
        "retrieved": document.retrieved and str(document.retrieved),
        "outlet": document.outlet,
        "author": document.author,
        "title": document.title,
        "url": document.url,
        "credits": ", ".join(document.credits),
    }
    return [(label, value) for label, value in told.items() if value]


def _print_entries(paper: Paper, heading: str, entries: Iterable[Entry]) -> None:
    for i, entry in enumerate(entries):
        if not i:
            paper.line([("", "  "), ("heading", heading)])
        print_entry(paper, entry, indent=4)
