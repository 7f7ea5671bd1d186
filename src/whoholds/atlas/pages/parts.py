"""What templates share besides their macros: addresses of pages, words of answers, colours, text made safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from whoholds.atlas.asked import Asked
from whoholds.atlas.pages import colours
from whoholds.atlas.pages.texts import bare, visible
from whoholds.model import Derivation, Finding, Site
from whoholds.questions import telling, wording

_CLAIM = re.compile(r"\b[0-9a-f]{16}\b")


def place_href(site: Site | str, asked: Asked) -> str:
    """The address of a place's page."""
    key = site if isinstance(site, str) else site.key
    return f"/places/{quote(key.encode('utf-8', 'replace'), safe=':,')}{asked.query()}"


def claim_href(claim: str, asked: Asked) -> str:
    """The address of a claim's page."""
    return f"/claims/{claim}{asked.query()}"


def words_href(document: str, claim: str, asked: Asked) -> str:
    """The address of a claim's words in its document."""
    return f"/documents/{document}{asked.query()}#claim-{claim}"


def document_href(document: str, asked: Asked) -> str:
    """The address of a document's page."""
    return f"/documents/{document}{asked.query()}"


def finding_href(finding: Finding | str, asked: Asked) -> str:
    """The address of a finding's page: `/holdings/…`, `/undertakings/…` or `/incidents/…`."""
    id = finding if isinstance(finding, str) else finding.id
    return f"/{id.partition('-')[0]}s/{id}{asked.query()}"


def web_href(address: str | None) -> str:
    """An address that may be followed from a page: one of the web, and no script; "" for others."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    return (address or "") if parts.scheme in ("http", "https") and parts.netloc else ""


def linked(value: str, asked: Asked) -> Markup:
    """Words of a derivation, with the claims that they name as links."""
    pieces, begin = list[str](), 0
    for found in _CLAIM.finditer(value):
        link = f'<a class="id" href="{claim_href(found[0], asked).replace("&", "&amp;")}">{found[0]}</a>'
        pieces += [str(visible(value[begin : found.start()])), link]
        begin = found.end()
    pieces.append(str(visible(value[begin:])))
    return Markup("".join(pieces))


def steps(derivation: Derivation | None, depth: int = 0) -> Iterator[tuple[int, Derivation]]:
    """A derivation's steps with their depth, from the top down; none for none."""
    if derivation is not None:
        yield depth, derivation
        for part in derivation.parts:
            yield from steps(part, depth + 1)


def confidence_told(confidence: float | None) -> str:
    """A claim's confidence in per cent; "" where none was worked out."""
    return "" if confidence is None else f"{confidence:.0%}"


GLOBALS: dict[str, object] = {
    "wording": wording,
    "telling": telling,
    "place_href": place_href,
    "claim_href": claim_href,
    "words_href": words_href,
    "document_href": document_href,
    "finding_href": finding_href,
    "web_href": web_href,
    "linked": linked,
    "steps": steps,
    "confidence_told": confidence_told,
    "fill_of": colours.fill_of,
    "ink_of": colours.ink_of,
}
FILTERS = {"visible": visible, "bare": bare}
