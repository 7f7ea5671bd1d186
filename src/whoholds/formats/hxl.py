"""CSV with HXL hashtags: a row of column names, a row of hashtags and attributes, then one row a thing.

Hashtags are of the core dictionary of HXL 1.1 (https://hxlstandard.org/standard/1-1final/dictionary/), attributes of it where
it has one (`+name +code +type +start +end +killed +injured +lat +lon +v_iso2`); the others are ours, as the standard allows.
The parties of a conflict are `#group`, as the humanitarian data exchange tags other event data. Items of a list in one cell
have bars between them. Days are ISO 8601; the first column of `#date+start` and `#date+end` are the days on which a holding is
the one in force, or on which an incident can have been. `#affected` has the lowest (`+min`) and highest (`+max`) number told;
an empty highest one means "or more", both empty that none is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from whoholds.formats.cells import Cell, rows_text
from whoholds.formats.fields import called, incident_fields, point_of, reign_fields, site_fields
from whoholds.formats.findings import day
from whoholds.model import Document, Incident, Site
from whoholds.notation import claim_lines
from whoholds.questions.due import Duty
from whoholds.questions.extract import Cited, Extract, Reign

Row = dict[str, Cell]
Columns = dict[str, str]
"""The columns of a table: names as people read them, and hashtags."""

_LOC: Columns = {
    "place": "#loc+code",
    "name": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+code+v_iso2",
    "feature": "#loc+type",
}
_CLAIMS: Columns = {"supporting": "#meta+claims+supporting", "opposing": "#meta+claims+opposing"}

HOLDINGS: Columns = {
    "finding": "#meta+id",
    **_LOC,
    "holder": "#group+code+holder",
    "holder_name": "#group+name+holder",
    "standing": "#status",
    "in_force_from": "#date+start",
    "in_force_to": "#date+end",
    "begin_not_before": "#date+begin+earliest",
    "begin_not_after": "#date+begin+latest",
    "end_not_before": "#date+finish+earliest",
    "end_not_after": "#date+finish+latest",
    "told": "#date+told+first",
    "retold": "#date+told+last",
    "inherited": "#loc+code+inherited",
    "inherited_name": "#loc+name+inherited",
    "rivals": "#group+code+rival",
    "rival_names": "#group+name+rival",
    **_CLAIMS,
}
INCIDENTS: Columns = {
    "incident": "#event+code",
    "type": "#event+type",
    "not_before": "#date+start",
    "not_after": "#date+end",
    **_LOC,
    "actors": "#group+code+first",
    "actor_names": "#group+name+first",
    "recipients": "#group+code+second",
    "recipient_names": "#group+name+second",
    "killed_low": "#affected+killed+min",
    "killed_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min",
    "injured_high": "#affected+injured+max",
    "crowd_low": "#indicator+num+crowd+min",
    "crowd_high": "#indicator+num+crowd+max",
    "standing": "#status",
    "voices": "#meta+source",
    **_CLAIMS,
}
DUTIES: Columns = {
    "undertaking": "#meta+id",
    "action": "#activity+type",
    "obligors": "#group+name+obligor",
    "beneficiaries": "#group+name+beneficiary",
    **_LOC,
    "agreement": "#description+agreement",
    "state": "#status+state",
    "since": "#date+since",
    "due_not_before": "#date+due+earliest",
    "due_not_after": "#date+due+latest",
    "days_late": "#indicator+num+late",
    "standing": "#status+standing",
    **_CLAIMS,
}
PLACES: Columns = {**_LOC, "within": "#meta+within"}
CLAIMS: Columns = {
    "claim": "#meta+id",
    "kind": "#meta+type",
    "claimed": "#description+claim",
    "factuality": "#status+factuality",
    "said": "#date+reported",
    "speakers": "#contact+name+speaker",
    "outlets": "#meta+source",
    "when": "#description+when",
    "not_before": "#date+start",
    "not_after": "#date+end",
    **_LOC,
    "words": "#description+words",
    "document": "#meta+document",
    "first_character": "#meta+offset+start",
    "after_last_character": "#meta+offset+end",
    "confidence": "#indicator+num+confidence",
    "accepted": "#status+accepted",
}
DOCUMENTS: Columns = {
    "document": "#meta+id",
    "name": "#meta+name",
    "title": "#description+title",
    "outlet": "#meta+source",
    "author": "#contact+name+author",
    "url": "#meta+url",
    "language": "#meta+language",
    "published": "#date+published",
    "retrieved": "#date+retrieved",
}


def table_text(columns: Columns, rows: Iterable[Row]) -> Iterator[str]:
    """The table as lines of CSV; no rows give the names and hashtags alone. Raises KeyError for a row that lacks a column."""
    yield from rows_text([list(columns), list(columns.values())])
    yield from rows_text([row[name] for name in columns] for row in rows)


def holding_row(reign: Reign) -> Row:
    """A holding of an extract."""
    return {**reign_fields(reign), **_point(reign.holding.site)}


def incident_row(incident: Incident) -> Row:
    """An incident."""
    return {"incident": incident.id, **incident_fields(incident), **_point(incident.site)}


def duty_row(duty: Duty) -> Row:
    """A duty, its state and the deadline in force; late: days since its last day, negative where it lies ahead."""
    one = duty.undertaking
    return {
        "undertaking": one.id,
        "action": one.action.value,
        "obligors": [called(side) for side in one.obligors],
        "beneficiaries": [called(side) for side in one.beneficiaries],
        **site_fields(one.site),
        **_point(one.site),
        "agreement": list(one.names),
        "state": duty.turn.state.value,
        "since": day(duty.turn.since),
        "due_not_before": day(duty.due.begin.not_before) if duty.due else None,
        "due_not_after": day(duty.due.end.not_after) if duty.due else None,
        "days_late": duty.late,
        "standing": one.standing.value,
        "supporting": [word.claim.id for word in duty.supporting],
        "opposing": [word.claim.id for word in duty.opposing],
    }


def place_row(site: Site) -> Row:
    """A place."""
    return {**site_fields(site), **_point(site)}


def claim_row(cited: Cited) -> Row:
    """A claim: what is claimed as the notation has it, its words, and where they stand (code points, half-open)."""
    told = cited.testimony
    claim, when = told.claim, told.claim.when
    return {
        "claim": claim.id,
        "kind": claim.kind,
        "claimed": "".join(words for _, words in claim_lines(claim)[0]),
        "factuality": claim.factuality.value,
        "said": day(told.said if told.dated else None),
        "speakers": [speaker.name for speaker in claim.said_by],
        "outlets": list(told.outlets),
        "when": when.edtf if when else None,
        "not_before": day(when.begin.not_before) if when else None,
        "not_after": day(when.end.not_after) if when else None,
        **site_fields(told.site),
        **_point(told.site),
        "words": claim.evidence.quote,
        "document": claim.evidence.document,
        "first_character": claim.evidence.start,
        "after_last_character": claim.evidence.end,
        "confidence": claim.confidence,
        "accepted": "yes" if told.accepted else "no",
    }


def document_row(document: Document) -> Row:
    """A document without its text."""
    return {
        "document": document.id,
        "name": document.name,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "url": document.url,
        "language": document.language,
        "published": day(document.published),
        "retrieved": day(document.retrieved),
    }


TABLES: dict[str, tuple[Columns, Callable[[Extract], Iterable[Any]], Callable[[Any], Row]]] = {
    "holdings": (HOLDINGS, Extract.holdings, holding_row),
    "incidents": (INCIDENTS, Extract.incidents, incident_row),
    "duties": (DUTIES, Extract.duties, duty_row),
    "places": (PLACES, Extract.places, place_row),
    "claims": (CLAIMS, Extract.claims, claim_row),
    "documents": (DOCUMENTS, Extract.documents, document_row),
}


def hxl_text(what: str, extract: Extract) -> Iterator[str]:
    """All of one kind as lines of CSV with hashtags."""
    columns, things, row = TABLES[what]
    return table_text(columns, map(row, things(extract)))


def _point(site: Site | None) -> Row:
    point = point_of(site)
    return {"longitude": point[0], "latitude": point[1]} if point else {"longitude": None, "latitude": None}
