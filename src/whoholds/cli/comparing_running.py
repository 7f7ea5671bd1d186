"""Comparing two coders: the claims read first if asked, and how far they agree, as a table or JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack

from whoholds.cli.paper import Paper
from whoholds.cli.problems import print_quoted
from whoholds.cli.quoted import shown
from whoholds.cli.register_progress import Progress
from whoholds.cli.register_running import opened, print_json, told
from whoholds.formats.comparisons import comparison_to_json
from whoholds.model import Claim
from whoholds.questions import Register
from whoholds.questions.adding import is_reader
from whoholds.questions.agreement import Agreement
from whoholds.questions.comparing import Comparison, Disagreement, Share, Source, coded_documents, coders
from whoholds.questions.comparing import compare as compared
from whoholds.register.store import StoreError


@told
def compare(
    locator: str, coder: str | None, other_coder: str, *, kind: str, read: bool, other: str | None, errors: int, as_json: bool
) -> int:
    """Print the comparison; 1 where there is nothing to compare."""
    with ExitStack() as stack:
        register = stack.enter_context(opened(locator))
        second = stack.enter_context(opened(other, readonly=True)) if other else register
        first_coder = coder or _only_other(register, other_coder)
        if read:
            _read(register, first_coder)
        comparison = compared(
            Source(register.store, register.sides(), first_coder),
            Source(second.store, second.sides(), other_coder),
            kind=kind,
            errors=errors,
        )
    if as_json:
        print_json(comparison_to_json(comparison))
    else:
        print_comparison(Paper(sys.stdout), comparison)
    return 0


def _only_other(register: Register, known: str) -> str:
    """The one coder of a register beside the one that is known. Raises StoreError where there is none, or several."""
    counts = coders(register.store)
    others = [by for by in counts if not is_reader(by, known)]
    if len(others) == 1:
        return others[0]
    told = ", ".join(f"{by} ({counts[by]:,})" for by in sorted(others, key=lambda by: -counts[by])[:8])
    raise StoreError(
        f"{'several have' if others else f'nobody but {known} has'} entered claims",
        f"name one with --coder: {told}" if others else "import what others have coded with: whoholds import",
    )


def _read(register: Register, coder: str) -> None:
    """Have the documents of a coder read of which the reader has no claims."""
    read = {document.id for document in coded_documents(register.store, "whoholds")}
    waiting = [document for document in coded_documents(register.store, coder) if document.id not in read]
    claims = 0
    with Progress(len(waiting)) as progress:
        for added in register.add(waiting, again=True):
            claims += added.claims
            progress.step(claims)
        progress.say("deriving what follows")
        register.settle(progress.settling)


def print_comparison(paper: Paper, comparison: Comparison) -> None:
    """Print who coded how much, a table of the fields, and the disagreements."""
    first, second = comparison.first, comparison.second
    paper.line([("heading", shown(f"{first.coder} and {second.coder}")), ("", f": claims of kind {comparison.kind}")])
    documents = f"{_counted(first.documents, 'document')} coded by {first.coder}, {comparison.documents:,} of them by both"
    paper.line([("", f"  {shown(documents)}")], hanging=4)
    for share, other in ((first, second), (second, first)):
        paper.line([("", f"  {shown(_share(share, other.coder))}")], hanging=4)
    if not comparison.documents:
        paper.line([("hint", "  no document was coded by both; whoholds reads what others have coded with --read")], hanging=4)
    else:
        paper.blank()
        _print_table(paper, comparison)
    for error in comparison.errors:
        paper.blank()
        _print_error(paper, error, first.coder, second.coder)
    paper.flush()


def _share(share: Share, other: str) -> str:
    single = share.claims - share.paired - share.alone
    told = [
        f"{share.coder}: {_counted(share.claims, 'claim')}",
        f"{share.paired:,} paired{_percent(share.paired, share.claims)}",
    ]
    told.append(f"{single:,} without a counterpart")
    if share.alone:
        told.append(f"{share.alone:,} where {other} has none")
    return ", ".join(told)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _percent(part: int, whole: int) -> str:
    return f" ({100 * part / whole:.0f} %)" if whole else ""


def _print_table(paper: Paper, comparison: Comparison) -> None:
    heads = ("field", "both tell", "agree", "", "alpha", "median apart", f"only {comparison.first.coder}")
    rows: list[Sequence[str]] = [(*heads, f"only {comparison.second.coder}"), *map(_row, comparison.fields)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        paper.line([("dim" if number == 0 else "", shown("  ".join(cells).rstrip()))])


def _row(field: Agreement) -> tuple[str, ...]:
    return (
        field.field,
        f"{field.both:,}",
        f"{field.agree:,}",
        "-" if field.share is None else f"{100 * field.share:.0f} %",
        "-" if field.alpha is None else f"{field.alpha:.2f}",
        "-" if field.median is None else f"{field.median:,.1f}{_unit(field.field)}",
        f"{field.only_first:,}",
        f"{field.only_second:,}",
    )


def _unit(field: str) -> str:
    return {"date": " days", "place, within 50 km": " km"}.get(field, "")


def _print_error(paper: Paper, error: Disagreement, first: str, second: str) -> None:
    paper.line([("kind", error.field), ("", " in "), ("label", shown(error.document.name or error.document.id))])
    for coder, claim, value in ((first, error.first, error.values[0]), (second, error.second, error.values[1])):
        paper.line([("", f"  {shown(coder)}: "), ("verb", shown(value))], hanging=4)
        if claim is not None:
            _print_words(paper, error, claim)


def _print_words(paper: Paper, error: Disagreement, claim: Claim) -> None:
    print_quoted(paper, error.document.text, claim.evidence.start, claim.evidence.end, indent=6)
