"""The log: the entries that a register is made of."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsRecorded, Json
from whoholds.atlas.api.linked import all_linked_entries, linked_entry
from whoholds.atlas.api.parameters import After, Limit
from whoholds.atlas.api.schemas.reports import Entries, Entry
from whoholds.atlas.faults import not_found
from whoholds.formats.findings import entry_to_json, instant
from whoholds.questions.as_known import entry_known

router = APIRouter(tags=["The register"])

EntryNumber = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/entries", response_model=Entries)
def entries(ask: AsRecorded, limit: Limit = 100, after: After = 0) -> Response:
    """The entries in order, with greater numbers than `after`."""
    return ask.answer(lambda: _listed(ask, limit, after))


@router.get("/entries/{number}", response_model=Entry)
def entry(ask: AsRecorded, number: EntryNumber) -> Response:
    """An entry by its number."""
    return ask.answer(lambda: _told(ask, number))


def _listed(ask: Asking, limit: int, after: int) -> Json:
    known = ask.asked.known
    if after >= ask.state.upto:
        found = []
    else:
        found = list(islice(ask.desk.register.store.entries(after=after, until=known.recorded_by), limit + 1))
    last = found[limit - 1].seq if len(found) > limit else None
    return {
        "recorded_by": instant(known.recorded_by),
        "entries": all_linked_entries(ask, map(entry_to_json, found[:limit])),
        "after": last,
        "links": [ask.here(), *([ask.here("next", after=last)] if last else [])],
    }


def _told(ask: Asking, number: int) -> Json:
    found = entry_known(ask.desk.register.store, number, ask.asked.known) if number <= ask.state.upto else None
    if found is None:
        raise not_found("entry", str(number), "entries are listed at /api/entries")
    return linked_entry(ask, entry_to_json(found))
