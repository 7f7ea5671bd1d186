"""Claims and alliances that people write, in the notation.

A claim quotes exact words, so what is written needs a document. It may be any that the register holds, by its name or the first
digits of its id. It may also be the file itself: what its comment lines (`#`) say in plain words is then filed as a document
under the file's name, and claims that name it in `from` quote it. So a telephone call becomes a note with claims drawn from it.

A file is written as a whole or not at all: where a block of it cannot be read nothing is entered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from whoholds.grounding.gazetteer.around import situate
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.model import Act, Asserted, Claim, Document, Entry, Filed, Place, Problem, Where
from whoholds.notation import parse_acts
from whoholds.questions.places import places_called
from whoholds.register.store import Store

_LABEL = re.compile(
    r'^[ \t]+from[ \t]+(?:"(?P<quoted>(?:\\.|[^"\\\n])*)"|(?P<bare>[^\s"\[\](),;:]+(?: [^\s"\[\](),;:]+)*))', re.MULTILINE
)
_NEAR_KM = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a file of hand-written entries became: the entries, and the problems that kept it out (then there are none)."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    note: Document | None = None


def write(store: Store, text: str, *, name: str, by: str, published: date | None = None) -> Written:
    """Enter the claims and alliances of a text in the notation, called `name`; no entries where they stand already.

    `published` is the day of what the comments of the text itself say. Problems are at the words of `Document(text=text)`.
    """
    note = _note(text, name, published)
    documents = [*_quoted(store, text), *([note] if note else [])]
    found, problems = parse_acts(text, documents=documents)
    if problems:
        return Written(entries=(), problems=tuple(problems))
    if not found:
        hint = "write claims as in docs/notation.md; lines that begin with # are comments"
        return Written(entries=(), problems=(Problem("empty", "nothing is written in it", hint=hint),))
    grounded = [_grounded(store, one) if isinstance(one, Claim) else one for one in found]
    problems = [one for one in grounded if isinstance(one, Problem)]
    if problems:
        return Written(entries=(), problems=tuple(problems))
    acts: list[Act] = [Asserted(one) if isinstance(one, Claim) else one for one in grounded if not isinstance(one, Problem)]
    own = note if note and any(isinstance(one, Claim) and one.evidence.document == note.id for one in found) else None
    if own:
        acts.insert(0, Filed(own))
    return Written(entries=store.append(acts, by=by), note=own)


def _note(text: str, name: str, published: date | None) -> Document | None:
    """The comments of a text as a document of their own; None where there are none."""
    lines = [line.removeprefix("#").removeprefix(" ") for line in text.splitlines() if line.startswith("#")]
    words = "\n".join(lines).strip()
    return Document(text=words, name=name, language="en", published=published) if words else None


def _quoted(store: Store, text: str) -> Iterator[Document]:
    """The documents of the register that a text names in its `from` lines."""
    for label in dict.fromkeys(found["bare"] or _unescaped(found["quoted"]) for found in _LABEL.finditer(text)):
        named = {filing.document.id: filing.document for filing in store.filings(name=label)}
        if len(named) == 1:
            yield from named.values()
            continue
        for id in store.ids_like(label) if re.fullmatch(r"[0-9a-f]{8,64}", label) else ():
            document = store.document(id) if len(id) == 64 else None
            if document:
                yield document


def _unescaped(quoted: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", quoted)


def _grounded(store: Store, claim: Claim) -> Claim | Problem:
    """The claim with the gazetteer's entry for its place; as it is written where that has none of the name there.

    A district and its town share name and point. Where neither the name ("Lachin district") nor the GeoNames id tells them
    apart, it is the one that the register has claims about, and a problem where that is both or none.
    """
    where = claim.where
    if where is None or where.place is None:
        return claim
    near = [place for place in places_called(where.name) if _fits(place, where.place)]
    if len(near) > 1:
        known = [place for place in near if store.site(situate(Where(name=where.name, place=place)).key)]
        near = known if len(known) == 1 else near
    if len(near) > 1:
        hint = f"write '{where.name} city' or '{where.name} district', or its GeoNames id after #"
        return Problem("ambiguous-place", f"'{where.name}' is a town and an area around it", hint=hint)
    return replace(claim, where=replace(where, place=near[0])) if near else claim


def _fits(place: Place, told: Place) -> bool:
    if told.geonameid is not None:
        return place.geonameid == told.geonameid
    near = kilometres(place.lat, place.lon, told.lat, told.lon) < _NEAR_KM
    return near and place.country in (told.country, None) and place.feature in ("A", "P", "L")
