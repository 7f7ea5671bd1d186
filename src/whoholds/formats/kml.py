"""KML 2.2 (OGC 07-147r2): holdings with the time they are in force, incidents with their days; for Google Earth and the like.

A holding is a placemark with a TimeSpan, both ends inclusive days as KML's dates, an open end left out; an incident has a
TimeStamp where its day is known, else a TimeSpan of the days it can have been on. Placemarks without a known point have no
geometry. Coordinates are longitude, latitude in decimal degrees, WGS 84. All fields are ExtendedData, `name` as `place_name`.

Each side has a style of its own, so that its colour can be changed in one place: seven that colour-blind people tell apart
(Okabe and Ito, 2008), the sides with most holdings first; any further side is grey, like nobody. What is disputed or contested
is smaller and says so in its name. Earth browsers show a description as HTML: what comes from reports is escaped twice, so
that no markup of theirs is obeyed, and characters that XML cannot hold are left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from whoholds.formats.fields import Value, called, incident_fields, point_of, reign_fields, site_fields
from whoholds.model import Incident, Site, Standing
from whoholds.questions.extract import Extract, Reign

_COLOURS = ("E69F00", "56B4E9", "009E73", "F0E442", "0072B2", "D55E00", "CC79A7")
_GREY = "999999"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPEN = frozenset({Standing.DISPUTED, Standing.CONTESTED})
_PLACE_NAME = "place_name"  # readers take a field called name for the placemark's
_NOBODY = "side-nobody"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_TAIL = "</Document>\n</kml>\n"

Styles = Mapping[str, str]
"""The id of the style of each side, by its key."""


def kml_text(extract: Extract, whats: Iterable[str]) -> Iterator[str]:
    """A document with a folder each for `holdings`, `incidents`, `places`; the text in pieces. Nothing gives empty folders."""
    wanted = list(whats)
    sides = _sides(extract) if "holdings" in wanted else []
    styles = {key: f"side-{i}" for i, (key, _) in enumerate(sides)}
    yield _HEAD + _element("name", "who holds what") + "".join(_styles(sides))
    for what in wanted:
        yield f"<Folder>{_element('name', what)}"
        if what == "holdings":
            yield from (holding_placemark(reign, styles) for reign in extract.holdings())
        elif what == "incidents":
            yield from map(incident_placemark, extract.incidents())
        else:
            yield from map(place_placemark, extract.places())
        yield "</Folder>\n"
    yield _TAIL


def holding_placemark(reign: Reign, styles: Styles) -> str:
    """A holding of an extract."""
    holding = reign.holding
    holder = called(holding.holder) if holding.holder else "nobody named"
    open_ = holding.standing in _OPEN
    name = f"{holding.site.name}: {holder}" + (f" ({holding.standing.value})" if open_ else "")
    style = styles.get(holding.holder.key, _NOBODY) if holding.holder else _NOBODY
    area = f", told of {holding.inherited.name}, in which it lies" if holding.inherited else ""
    about = f"{holding.standing.value}{area}"
    shown = style + ("-open" if open_ else "")
    return _placemark(reign.id, name, about, holding.site, _span(reign.first, reign.last), reign_fields(reign), shown)


def incident_placemark(incident: Incident) -> str:
    """An incident."""
    first, last = incident.when.not_before, incident.when.not_after
    time = f"<TimeStamp><when>{first}</when></TimeStamp>" if first and first == last else _span(first, last)
    where = f", {incident.site.name}" if incident.site else ""
    fields = incident_fields(incident)
    about = f"{incident.standing.value}; told by {', '.join(incident.voices) or 'none named'}"
    return _placemark(incident.id, f"{incident.type.value}{where}", about, incident.site, time, fields, "incident")


def place_placemark(site: Site) -> str:
    """A place."""
    return _placemark(site.key, site.name, "", site, "", site_fields(site), "")


def _placemark(id: str, name: str, about: str, site: Site | None, time: str, fields: Mapping[str, Value], style: str) -> str:
    """In the order that the schema asks for: name, description, time, style, data, geometry."""
    point = point_of(site)
    where = f"<Point><coordinates>{point[0]!r},{point[1]!r}</coordinates></Point>" if point else ""
    told = {"id": id, **{_PLACE_NAME if key == "name" else key: value for key, value in fields.items()}}
    data = "".join(
        f"<Data name={quoteattr(key)}>{_element('value', _shown(value))}</Data>"
        for key, value in told.items()
        if value not in (None, [])
    )
    described = _element("description", html.escape(about)) if about else ""
    styled = f"<styleUrl>#{style}</styleUrl>" if style else ""
    extended = f"<ExtendedData>{data}</ExtendedData>"
    return f"<Placemark>{_element('name', name)}{described}{time}{styled}{extended}{where}</Placemark>\n"


def _span(first: date | None, last: date | None) -> str:
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _sides(extract: Extract) -> list[tuple[str, str]]:
    """The keys and names of the sides that hold something, those with most holdings first."""
    counted = Counter((one.holding.holder.key, called(one.holding.holder)) for one in extract.holdings() if one.holding.holder)
    return [side for side, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def _styles(sides: list[tuple[str, str]]) -> Iterator[str]:
    colours = [(f"side-{i}", _COLOURS[i] if i < len(_COLOURS) else _GREY) for i in range(len(sides))]
    for style, colour in [*colours, (_NOBODY, _GREY), ("incident", "000000")]:
        yield _style(style, colour, 1.0)
        if style != "incident":
            yield _style(f"{style}-open", colour, 0.7)


def _style(id: str, colour: str, scale: float) -> str:
    """KML writes a colour as opacity, blue, green, red."""
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    written = f"ff{blue}{green}{red}".lower()
    return f'<Style id="{id}"><IconStyle><color>{written}</color><scale>{scale}</scale></IconStyle></Style>\n'


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_NOT_XML.sub('', text))}</{name}>"


def _shown(value: Value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
