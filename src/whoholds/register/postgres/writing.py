"""Entries into tables: by COPY where there are many, in the order that references ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from whoholds.model import (
    Act,
    Asserted,
    Claim,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Site,
    When,
    Where,
    Withdrawn,
)
from whoholds.register.book import Addition, Key
from whoholds.register.codec import id_of, number_of, pack, pack_claim, pack_derivation, storable
from whoholds.register.knowledge import Withdrawal, judgement, struck
from whoholds.register.postgres import reading
from whoholds.register.postgres.connection import Link
from whoholds.register.words import fold_name, words_of

_LEXEME = 500  # characters of a word that are indexed: PostgreSQL takes 2,046 bytes
_LEXEMES = 200_000  # bytes of words in a row of the index: PostgreSQL takes a megabyte


def put(link: Link, additions: Sequence[Addition]) -> None:
    """Write entries with what they bring in."""
    documents = _documents(link, additions)
    link.copy(
        "COPY entries (seq, recorded_at, by, kind, document, claim, accepts, instead, target, root, body) FROM STDIN",
        [_entry_row(addition, documents) for addition in additions],
    )
    for addition in additions:
        match addition.entry.act:
            case Filed() as act:
                _file(link, addition.entry, act, documents)
            case Outlined() as act:
                _outline(link, addition.entry.seq, act)
            case _:
                pass
    brought = [(addition, claim) for addition in additions if (claim := _brought(addition.entry.act)) is not None]
    if brought:
        sites = _sites(link, brought)
        _note(link, [addition.claim for addition, _ in brought if addition.noted and addition.claim])
        link.copy(
            "COPY claims (entry, claim, document, site, kind, described, noted, body, derivation) FROM STDIN",
            [_claim_row(addition, claim, documents, sites) for addition, claim in brought],
        )
    _note(link, [addition.entry.act.claim for addition in additions if isinstance(addition.entry.act, Judged)])
    roots = sorted({addition.root for addition in additions if isinstance(addition.entry.act, Withdrawn)})
    if roots:
        _strike(link, roots)


def mark(link: Link, keys: Sequence[Key], since: int) -> None:
    """Note that keys are stale since an entry."""
    kinds, named = [kind for kind, _ in keys], [storable(key) for _, key in keys]
    link.ask(
        "DELETE FROM stale s USING unnest(%s::text[], %s::text[]) AS k (kind, key) WHERE s.kind = k.kind AND s.key = k.key",
        [kinds, named],
    )
    link.copy("COPY stale (kind, key, since) FROM STDIN", [(kind, key, since) for kind, key in zip(kinds, named, strict=True)])


def _brought(act: Act) -> Claim | None:
    match act:
        case Asserted(claim):
            return claim
        case Judged(verdict=Edited(claim)):
            return claim
    return None


def _documents(link: Link, additions: Sequence[Addition]) -> dict[str, int]:
    """The numbers of the documents that entries are about, by id, and by the claim that is judged; new ones get theirs here."""
    acts = [addition.entry.act for addition in additions]
    for document in {act.document.id: act.document for act in acts if isinstance(act, Filed)}.values():
        _keep_text(link, document)
    named = {act.document.id for act in acts if isinstance(act, Filed)} | {
        act.document for act in acts if isinstance(act, Erased)
    }
    named |= {claim.evidence.document for act in acts if (claim := _brought(act)) is not None}
    rows = link.ask("SELECT id, number FROM documents WHERE id = ANY(%s)", [[storable(id) for id in named]]) if named else []
    judged = reading.numbers(act.claim for act in acts if isinstance(act, Judged))
    if judged:
        about = link.ask("SELECT claim, document FROM claims WHERE claim = ANY(%s)", [judged])
        rows += [(id_of(claim), document) for claim, document in about]
    return dict(rows)


def _keep_text(link: Link, document: Document) -> None:
    new = link.ask(
        "INSERT INTO documents (id, text) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING RETURNING number",
        [document.id, storable(document.text)],
    )
    for (number,) in new:
        rows = [(number, list(words)) for words in lexemes(document.text)]
        for row in rows:
            link.ask("INSERT INTO lexemes (document, words) VALUES (%s, array_to_tsvector(%s::text[]))", row)


def lexeme(word: str) -> str:
    """A folded word as it is indexed."""
    return word[:_LEXEME]


def lexemes(text: str) -> Iterator[Sequence[str]]:
    """The words of a text once each, folded, in runs that an index takes."""
    size, run = 0, list[str]()
    for word in dict.fromkeys(lexeme(word.folded) for word in words_of(text)):
        if size > _LEXEMES:
            yield run
            size, run = 0, []
        run.append(word)
        size += len(word.encode())
    if run:
        yield run


def _file(link: Link, entry: Entry, act: Filed, documents: dict[str, int]) -> None:
    document = act.document
    told = [document.name, document.title, document.url, document.outlet, document.author, document.language]
    link.ask(
        "INSERT INTO filings (entry, document, name, title, url, outlet, author, language,"
        " published, retrieved, credits, replaces) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            entry.seq,
            documents[document.id],
            *(None if text is None else storable(text) for text in told),
            document.published,
            document.retrieved,
            [storable(credit) for credit in document.credits],
            act.replaces,
        ],
    )


def _outline(link: Link, seq: int, act: Outlined) -> None:
    site = None if act.site is None else storable(act.site)
    link.ask("INSERT INTO outlines VALUES (%s, %s, %s, %s)", [seq, storable(act.name), site, storable(act.source)])


def _entry_row(addition: Addition, documents: dict[str, int]) -> Sequence[object]:
    entry, act = addition.entry, addition.entry.act
    document = claim = accepts = instead = target = root = None
    match act:
        case Filed():
            document = documents[act.document.id]
        case Asserted(asserted):
            document, claim = documents[asserted.evidence.document], number_of(addition.claim or asserted.id)
        case Judged():
            short = judgement(entry.seq, act)
            document, claim, accepts = documents[act.claim], number_of(act.claim), short.accepts
            instead = None if short.instead is None else number_of(short.instead)
        case Withdrawn():
            target, root = act.entry, addition.root
        case Erased():
            document = documents[act.document]
        case _:
            pass
    body = None if isinstance(act, Filed | Asserted) else pack(act)
    return (
        entry.seq, entry.recorded_at, storable(entry.by), entry.kind,
        document, claim, accepts, instead, target, root, body,
    )  # fmt: skip


def _claim_row(addition: Addition, claim: Claim, documents: dict[str, int], sites: dict[str, int]) -> Sequence[object]:
    return (
        addition.entry.seq,
        number_of(addition.claim or claim.id),
        documents[claim.evidence.document],
        None if addition.site is None else sites[addition.site.key],
        claim.kind,
        None if claim.when is None else described(claim.when),
        addition.noted,
        pack_claim(claim),
        pack_derivation(claim),
    )


def described(when: When) -> str:
    """The days that a time can touch, as a range of PostgreSQL."""
    return day_range(when.begin.not_before, when.end.not_after)


def day_range(first: date | None, last: date | None) -> str:
    """Days from a first to a last one (inclusive; None: open) as a range of PostgreSQL; in order, whichever comes first."""
    if first and last and last < first:
        first, last = last, first
    return f"[{first.isoformat() if first else ''},{last.isoformat() if last else ''}]"


def _note(link: Link, claims: Iterable[str]) -> None:
    numbers = reading.numbers(claims)
    if numbers:
        link.ask("UPDATE claims SET noted = true WHERE claim = ANY(%s) AND NOT noted", [numbers])


def _strike(link: Link, roots: Sequence[int]) -> None:
    """Work out again which of the entries that these withdrawals are about, and of the withdrawals, are withdrawn."""
    rows = link.ask("SELECT seq, target FROM entries WHERE root = ANY(%s)", [roots])
    gone = struck(Withdrawal(*row) for row in rows)
    about = [*roots, *(seq for seq, _ in rows)]
    link.ask("UPDATE entries SET struck = (seq = ANY(%s)) WHERE seq = ANY(%s)", [sorted(gone), about])
    link.ask(
        "UPDATE claims SET noted = true WHERE NOT noted AND claim IN"
        " (SELECT unnest(ARRAY[claim, instead]) FROM entries WHERE seq = ANY(%s))",
        [roots],
    )


def _sites(link: Link, brought: Sequence[tuple[Addition, Claim]]) -> dict[str, int]:
    """The numbers of the sites of claims by key; new ones and new names are written."""
    sites: dict[str, Site] = {}
    for addition, _ in brought:
        if addition.site is not None:
            sites.setdefault(addition.site.key, addition.site)
    if not sites:
        return {}
    known = _numbers_of(link, sites)
    new = [site for key, site in sites.items() if key not in known]
    if new:
        link.copy("COPY sites (key, name, lon, lat, country, body) FROM STDIN", [_site_row(site) for site in new])
        known |= _numbers_of(link, {site.key for site in new})
    _name(link, brought, known)
    return known


def _numbers_of(link: Link, keys: Iterable[str]) -> dict[str, int]:
    by_stored = {storable(key): key for key in keys}
    rows = link.ask("SELECT key, number FROM sites WHERE key = ANY(%s)", [list(by_stored)])
    return {by_stored[key]: number for key, number in rows}


def _site_row(site: Site) -> Sequence[object]:
    place = site.place
    point = (place.lon, place.lat, place.country and storable(place.country)) if place else (None, None, None)
    return storable(site.key), storable(site.name), *point, pack(site)


def _name(link: Link, brought: Sequence[tuple[Addition, Claim]], numbers: dict[str, int]) -> None:
    called = set[tuple[int, str]]()
    for addition, claim in brought:
        if addition.site is not None and claim.where is not None:
            number = numbers[addition.site.key]
            called |= {(number, name) for name in names_of(addition.site, claim.where)}
    name(link, called)


def names_of(site: Site, where: Where) -> set[str]:
    """What a claim's site is called, folded: in the gazetteer and in the claim."""
    names = [site.name, where.name, *([where.place.name] if where.place else [])]
    return {storable(fold_name(name)) for name in names}


def name(link: Link, called: Collection[tuple[int, str]]) -> None:
    """Note what sites are called, by number."""
    rows = sorted(called)
    if not rows:
        return
    link.ask(
        "INSERT INTO names (site, folded) SELECT n.site, n.folded FROM unnest(%s::integer[], %s::text[]) AS n (site, folded)"
        " WHERE NOT EXISTS (SELECT FROM names m WHERE m.site = n.site AND m.folded = n.folded)",
        [[site for site, _ in rows], [folded for _, folded in rows]],
    )
