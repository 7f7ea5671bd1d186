"""Rows of event data sets, invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

ACLED = {
    "event_id_cnty": "XMP1",
    "event_date": "2023-05-20",
    "year": "2023",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Russia (2000-)",
    "assoc_actor_1": "",
    "inter1": "State forces",
    "actor2": "Military Forces of Ukraine (2019-)",
    "assoc_actor_2": "",
    "inter2": "State forces",
    "interaction": "State forces-State forces",
    "civilian_targeting": "",
    "iso": "804",
    "region": "Europe",
    "country": "Ukraine",
    "admin1": "Donetsk",
    "admin2": "Bakhmutskyi",
    "admin3": "",
    "location": "Bakhmut",
    "latitude": "48.5942",
    "longitude": "37.9989",
    "geo_precision": "1",
    "source": "Harbour Herald; Meridian Wire",
    "source_scale": "National",
    "notes": "On 20 May 2023, Russian and Ukrainian forces clashed in Bakhmut. 4 soldiers were killed.",
    "fatalities": "4",
    "tags": "",
    "timestamp": "1684800000",
}

OLD = {  # as before March 2023
    "data_id": "7700001",
    "iso": "804",
    "event_id_cnty": "XMP7",
    "event_id_no_cnty": "7",
    "event_date": "20 May 2015",
    "year": "2015",
    "time_precision": "1",
    "event_type": "Battle-Government regains territory",
    "actor1": "Hill Front (Ukraine)",
    "assoc_actor_1": "",
    "inter1": "2",
    "actor2": "Military Forces of Ukraine (2014-2019)",
    "assoc_actor_2": "",
    "inter2": "1",
    "interaction": "12",
    "region": "Europe",
    "country": "Ukraine",
    "admin1": "Donetsk",
    "admin2": "",
    "admin3": "",
    "location": "Bakhmut",
    "latitude": "48,5942",
    "longitude": "37,9989",
    "geo_precision": "1",
    "source": "Harbour Herald",
    "source_scale": "National",
    "notes": "Government forces drove the Hill Front out of Bakhmut.",
    "fatalities": "0",
    "timestamp": "1432200000",
    "iso3": "UKR",
}

UCDP = {
    "id": "900001",
    "relid": "XMP-2023-1-1",
    "year": "2023",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_new_id": "1",
    "conflict_name": "Russia - Ukraine",
    "dyad_new_id": "1",
    "dyad_name": "Government of Russia - Government of Ukraine",
    "side_a": "Government of Russia",
    "side_b": "Government of Ukraine",
    "number_of_sources": "2",
    "source_article": '"Meridian Wire,2023-05-22,Twelve dead";"Harbour Herald,2023-05-21,Bakhmut lost"',
    "source_office": "Meridian Wire;Harbour Herald",
    "source_date": "2023-05-22;2023-05-21",
    "source_headline": "Twelve dead;Bakhmut lost",
    "source_original": "Ukraine's military",
    "where_prec": "1",
    "where_coordinates": "Bakhmut town",
    "where_description": "In the town of Bakhmut",
    "adm_1": "Donetsk oblast",
    "adm_2": "Bakhmut raion",
    "latitude": "48.5942",
    "longitude": "37.9989",
    "country": "Ukraine",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2023-05-20 00:00:00.000",
    "date_end": "2023-05-20 00:00:00.000",
    "deaths_a": "4",
    "deaths_b": "8",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "12",
    "high": "20",
    "low": "10",
    "gwnoa": "365",
    "gwnob": "369",
}


def exported(*rows: Mapping[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A file of rows that share their columns."""
    out = io.StringIO()
    columns: Sequence[str] = list(rows[0])
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)
