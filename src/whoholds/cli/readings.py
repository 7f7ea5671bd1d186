"""Readings for people: the notation, and on a terminal the line of each claim with carets under its words."""

from __future__ import annotations

from collections import Counter

from whoholds.cli.paper import Paper
from whoholds.cli.problems import print_quoted
from whoholds.cli.trees import print_tree
from whoholds.model import Claim, Document
from whoholds.notation import Line, claim_lines, document_lines
from whoholds.pipeline import Reading

_KINDS = {"event": "events", "control": "control", "obligation": "obligations"}
_HANGING = 6  # cells; deeper than the indented lines of a claim


def print_reading(paper: Paper, reading: Reading, *, explained: bool = False) -> None:
    """Print the document's block, its claims, with their derivations if asked for, and a line that counts them."""
    print_document(paper, reading.document)
    paper.blank()
    for claim in reading.claims:
        _print_claim(paper, reading, claim)
        if explained and claim.derivation:
            print_tree(paper, claim.derivation)
        paper.blank()
    paper.line([("dim", f"# {summary(reading)}")])


def print_document(paper: Paper, document: Document) -> None:
    """Print the document's block; the hash of its text is for programs and left out on a terminal."""
    for line in document_lines(document):
        if not (paper.terminal and line[-1][0] == "hash"):
            paper.line([("dim", text) if style == "" else (style, text) for style, text in line], hanging=_HANGING)


def summary(reading: Reading) -> str:
    """How many claims and problems a document has, by kind."""
    counts = Counter(claim.kind for claim in reading.claims)
    claims = _number(len(reading.claims), "claim") if reading.claims else "no claims"
    kinds = [f"{counts[kind]} {kind if counts[kind] == 1 else plural}" for kind, plural in _KINDS.items() if counts[kind]]
    problems = [_number(len(reading.problems), "problem")] if reading.problems else []
    return "; ".join([claims + (f": {', '.join(kinds)}" if kinds else ""), *problems])


def _print_claim(paper: Paper, reading: Reading, claim: Claim) -> None:
    *lines, last = claim_lines(claim, reading.document)
    for line in lines:
        paper.line(line, hanging=_HANGING)
    if not paper.terminal:
        paper.line(last)
        return
    paper.line(_without_quote(last), hanging=_HANGING)
    print_quoted(paper, reading.document.text, claim.evidence.start, claim.evidence.end)


def _without_quote(line: Line) -> Line:
    return [("dim" if style == "" else style, text) for style, text in line if style != "quote"]


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
