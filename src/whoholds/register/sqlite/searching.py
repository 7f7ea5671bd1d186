"""Full-text search: the index finds and ranks candidates (FTS5's bm25), the text itself shows where the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.register.codec import unpack_text
from whoholds.register.knowledge import saying
from whoholds.register.sqlite import reading
from whoholds.register.sqlite.database import Database
from whoholds.register.store import Hit, Known
from whoholds.register.words import Phrase, found_in, phrases_of

_LOOKED_AT = 200  # candidates whose text is looked at, however few hits are asked for
_MOST = 1 << 32  # documents that a register can have


def search(database: Database, words: str, limit: int, known: Known) -> tuple[Hit, ...]:
    """See `Store.search`."""
    phrases = phrases_of(words)
    if not phrases or limit < 1:
        return ()
    upto = reading.last_entry(database, known.recorded_by)
    found = []
    for hash, body in _candidates(database, phrases, max(_LOOKED_AT, 4 * min(limit, _MOST)), known):
        said = saying(reading.imprints(database, document=hash), known.published_by, upto)
        if said is None:
            continue
        one = found_in(unpack_text(body), phrases, hash, said.name)
        if one is not None:
            found.append(one)
    return tuple(one.hit for one in sorted(found, key=lambda one: one.rank)[:limit])


def _candidates(database: Database, phrases: Sequence[Phrase], most: int, known: Known) -> list[tuple[str, bytes]]:
    query = " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    rows = database.rows(
        "select hash, document.body from (select rowid as number from words where words match :query"
        " order by rank limit :most) join document on document.id = number",
        query=query,
        most=most if known.all else -1,
    )
    return [(hash, body) for hash, body in rows]
