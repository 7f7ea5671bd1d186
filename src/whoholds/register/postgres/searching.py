"""Search: the index finds the documents that have all the words, the code that all stores share looks at their texts."""

from __future__ import annotations

import re
from heapq import nsmallest
from typing import LiteralString

from whoholds.register.codec import id_of, number_of, storable, stored
from whoholds.register.knowledge import saying
from whoholds.register.postgres import reading
from whoholds.register.postgres.connection import Link
from whoholds.register.postgres.rows import PostgresRows
from whoholds.register.postgres.writing import lexeme
from whoholds.register.store import Hit, Known
from whoholds.register.words import Found, Phrase, found_in, phrases_of

_BATCH = 200  # texts in memory at once
_HEX = re.compile(r"[0-9a-f]{0,16}\Z")
_MOST = 20


def search(link: Link, words: str, limit: int, known: Known) -> tuple[Hit, ...]:
    """See `Store.search`."""
    phrases = phrases_of(words)
    if not phrases:
        return ()
    best: list[Found] = []
    candidates = _documents_with(link, {word for phrase in phrases for word in phrase})
    for start in range(0, len(candidates), _BATCH):
        found = _found(link, candidates[start : start + _BATCH], phrases, known)
        best = nsmallest(limit, [*best, *found], key=lambda one: one.rank)
    return tuple(one.hit for one in best)


def _documents_with(link: Link, words: set[str]) -> list[int]:
    with_word: LiteralString = "SELECT document FROM lexemes WHERE words @@ %s::tsquery"
    query = " INTERSECT ".join([with_word] * len(words))
    return sorted(number for (number,) in link.ask(query, [_quoted(lexeme(word)) for word in sorted(words)]))


def _quoted(word: str) -> str:
    """A word as it stands for itself in a query: letters and digits only, so that quotation marks are enough."""
    return f"'{word}'"


def _found(link: Link, numbers: list[int], phrases: tuple[Phrase, ...], known: Known) -> list[Found]:
    rows = link.ask("SELECT id, text FROM documents WHERE number = ANY(%s) AND text IS NOT NULL", [numbers])
    upto = reading.upto(link, known.recorded_by)
    imprints = PostgresRows(link).imprints_of([id for id, _ in rows])
    said = [(id, text, saying(imprints.get(id, ()), known.published_by, upto)) for id, text in rows]
    found = [found_in(stored(text), phrases, id, known_as.name) for id, text, known_as in said if known_as]
    return [one for one in found if one is not None]


def ids_like(link: Link, prefix: str) -> tuple[str, ...]:
    """See `Store.ids_like`."""
    like = storable(prefix).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    texts = link.ask("SELECT id FROM documents WHERE text IS NOT NULL AND id LIKE %s ORDER BY id LIMIT %s", [like, _MOST])
    texts += link.ask("SELECT id FROM findings WHERE id LIKE %s ORDER BY id LIMIT %s", [like, _MOST])
    ids = {id for (id,) in texts}
    if _HEX.match(prefix):
        least, most = number_of(prefix.ljust(16, "0")), number_of(prefix.ljust(16, "f"))
        claims = link.ask(
            "SELECT DISTINCT claim FROM claims WHERE claim BETWEEN %s AND %s ORDER BY claim LIMIT %s", [least, most, _MOST]
        )
        ids |= {id_of(claim) for (claim,) in claims}
    return tuple(sorted(ids)[:_MOST])
