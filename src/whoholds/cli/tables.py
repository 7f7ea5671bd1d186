"""Groundings for people: the times, places and actors of a document, a table each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, width_of
from whoholds.cli.readings import print_document
from whoholds.grounding import Grounding, TimeExpression
from whoholds.model import Actor, Document, Span, Where

_WIDEST = 40  # cells of a column
_GAP = "  "


def print_grounding(paper: Paper, grounding: Grounding) -> None:
    """Print the document's block, three tables, and a line that counts their rows."""
    document = grounding.document
    print_document(paper, document)
    times = [_time(document, time) for time in grounding.times]
    places = [_where(document, where) for where in grounding.places]
    actors = [_actor(document, actor) for actor in grounding.actors]
    _print_table(paper, "times", ("words", "type", "value", "EDTF"), times)
    _print_table(paper, "places", ("words", "use", "place", "country", "latitude", "longitude", "GeoNames"), places)
    _print_table(paper, "actors", ("words", "country", "role", "organisation"), actors)
    paper.blank()
    counts = ((len(times), "time"), (len(places), "place"), (len(actors), "actor"))
    paper.line([("dim", "# " + ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts))])


def _time(document: Document, time: TimeExpression) -> tuple[str, ...]:
    return (*_at(document, time.span), time.kind.value, time.value, time.when.edtf if time.when else "-")


def _where(document: Document, where: Where) -> tuple[str, ...]:
    place = where.place
    found = (
        (place.name, place.country or "-", f"{place.lat:.4f}", f"{place.lon:.4f}", str(place.geonameid or "-"))
        if place
        else ("-",) * 5
    )
    return (*_at(document, where.span), where.use.value, *found)


def _actor(document: Document, actor: Actor) -> tuple[str, ...]:
    return (*_at(document, actor.span), actor.country or "-", actor.role or "-", actor.organisation or "-")


def _at(document: Document, span: Span | None) -> tuple[str, str, str]:
    """Line, characters and words."""
    if span is None:
        return "-", "-", "-"
    return str(document.line_of(span.start)), f"[{span.start}:{span.end}]", span.quote


def _print_table(paper: Paper, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = [[title, "characters", *heads], *([f"  {row[0]}", *(clipped(cell, _WIDEST) for cell in row[1:])] for row in rows)]
    paper.blank()
    if len(table) == 1:
        paper.line([("kind", title), ("dim", _GAP + "none")])
        return
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = [cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)]
        first, characters, words, *rest = cells
        plain = "dim" if number == 0 else ""
        last = _GAP.join(rest).rstrip()
        paper.line(
            [
                ("kind" if number == 0 else "dim", first),
                ("dim", _GAP + characters + _GAP),
                (plain or "place", words + _GAP),
                (plain, last),
            ]
        )
