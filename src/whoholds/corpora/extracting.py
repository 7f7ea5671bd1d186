"""Records to documents: the article of a page, the text of a PDF file, the words of a mail or of Markdown.

What the container tells of a report wins over what its own text or page tells; the day of the run's options comes last.
Whatever stands in a record, the result is a document or a problem that says why there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from whoholds.articles import from_bytes, from_text
from whoholds.articles.encoding import oddities
from whoholds.articles.page import is_page
from whoholds.corpora import mail, markdown, office, pdf
from whoholds.corpora.charsets import in_utf8
from whoholds.corpora.parts import Options
from whoholds.corpora.records import Raw, Record, Told, Written
from whoholds.corpora.sources.names import media_type_of
from whoholds.model import Document, Problem

Extracted = tuple[Document | None, list[Problem]]
_NO_WORDS_HINT = "leave it out, or give the report's words"
_READERS: dict[str, Callable[[bytes, str], Extracted]] = {
    "application/pdf": pdf.document_of,
    "message/rfc822": mail.document_of,
    "multipart/related": mail.page_of,
    "text/markdown": markdown.document_of,
    office.DOCX: office.document_of,
    office.ODT: office.document_of,
    office.RTF: office.document_of,
}


def document_of(record: Record, options: Options) -> Extracted:
    """The document of a record; None where there is nothing to read in it, for the last of the problems. Raises nothing."""
    document, problems = _of_written(record) if isinstance(record, Written) else _of_raw(record)
    return document and _as_told(document, record.told, options), problems


def _of_written(record: Written) -> Extracted:
    if not any(map(str.isalnum, record.text)):
        return None, [Problem("empty", f"{record.place} has no words in it", hint=_NO_WORDS_HINT)]
    text = record.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    told = record.told
    document = from_text(
        text, name=record.name, title=told.title, outlet=told.outlet, author=told.author, url=told.url, published=told.published
    )
    return document, oddities(text, name=record.place)


def _of_raw(record: Raw) -> Extracted:
    reader = _reader(record)
    if reader is not None:
        return _named(reader(record.data, record.place), record)
    return _named(from_bytes(in_utf8(record.data, record.charset), name=record.place), record)


def _reader(record: Raw) -> Callable[[bytes, str], Extracted] | None:
    """What reads a record that is neither a text nor a page; pages are sent and saved under the names of everything."""
    if pdf.is_pdf(record.data):
        return pdf.document_of
    if office.is_document(record.data):
        return office.document_of
    if is_page(record.data):
        return None
    return _READERS.get(record.content_type or media_type_of(record.name) or "")


def _named(extracted: Extracted, record: Raw) -> Extracted:
    """A document is called by the record's name; what is wrong with it is told with its place."""
    document, problems = extracted
    return document and replace(document, name=record.name), problems


def _as_told(document: Document, told: Told, options: Options) -> Document:
    return replace(
        document,
        title=told.title or document.title,
        url=told.url or document.url,
        outlet=told.outlet or document.outlet,
        author=told.author or document.author,
        published=told.published or document.published or options.published,
        retrieved=told.retrieved or document.retrieved,
    )
