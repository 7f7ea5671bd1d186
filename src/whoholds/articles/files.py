"""Files and bytes to documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from whoholds.articles import page
from whoholds.articles.documents import from_text
from whoholds.articles.encoding import Decoded, decode, oddities
from whoholds.model import Document, Problem

LARGEST = 50_000_000  # bytes; a report has thousands, a saved page with its pictures inside a few millions
_EMPTY_HINT = "give a file with the report's text in it"
_MHTML_HEADERS = (b"from: <saved by", b"mime-version:", b"content-type: multipart/related")


def load(path: Path, *, published: date | None = None) -> tuple[Document | None, list[Problem]]:
    """The document of a text file or saved web page, published on the day given or else told in it.

    None, with a Problem that says why, when there is nothing to read. Raises nothing for any file.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return None, [unreadable(name, error)]
    document, problems = from_bytes(data, name=path.name, published=published)
    return document, problems


def from_bytes(data: bytes, *, name: str, published: date | None = None) -> tuple[Document | None, list[Problem]]:
    """The document of some bytes, a text or a web page, called `name`; None, with a Problem, when there is nothing to read."""
    if len(data) > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB, too large for one report"
        return None, [
            Problem("too-large", message, hint="split it, one report a file, or make it JSON lines and read it with --jsonl")
        ]
    if _is_mhtml(data):
        return _from_mhtml(data, name, published)
    return _from_plain_bytes(data, name, published)


def _from_plain_bytes(data: bytes, name: str, published: date | None) -> tuple[Document | None, list[Problem]]:
    declared = page.declared_encoding(data) if page.is_page(data) else None
    decoded = decode(data, name=name, declared=declared)
    if isinstance(decoded, Problem):
        return None, [decoded]
    if not decoded.text.strip("\x00 \t\r\n\x0b\x0c\ufeff"):
        return None, [Problem("empty", f"{name} is empty", hint=_EMPTY_HINT)]
    if page.is_page(decoded.text[:5_000].encode("utf-8", "replace")):
        return _from_page(decoded, name, published)
    if not any(map(str.isalnum, decoded.text)):
        return None, [*decoded.problems, Problem("empty", f"{name} has no words in it", hint=_EMPTY_HINT)]
    document = from_text(decoded.text, name=name, published=published)
    return document, [*decoded.problems, *oddities(decoded.text, name=name)]


def _from_page(decoded: Decoded, name: str, published: date | None) -> tuple[Document | None, list[Problem]]:
    found = page.read_page(decoded.text)
    if found is None:
        hint = "save the page again once it has loaded fully, or copy the article's words into a text file"
        return None, [
            *decoded.problems,
            Problem("no-article", f"{name} is a web page, but no article was found in it", hint=hint),
        ]
    document = from_text(
        found.text,
        name=name,
        title=found.title,
        outlet=found.outlet,
        author=found.author,
        url=found.url,
        published=published or found.published,
    )
    return document, [*decoded.problems, *oddities(found.text, name=name)]


def _is_mhtml(data: bytes) -> bool:
    head = data[:2_000].lower()
    return head.startswith(_MHTML_HEADERS) and b"multipart/related" in head


def _from_mhtml(data: bytes, name: str, published: date | None) -> tuple[Document | None, list[Problem]]:
    """Browsers save "web page, single file" as a mail with the page as its first HTML part."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _from_plain_bytes(payload, name, published)
    hint = "save the page as HTML and read that"
    return None, [Problem("no-article", f"{name} is a web archive without a page in it", hint=hint)]


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """The problem of a file, called by its path, that the system does not hand out."""
    match error:
        case FileNotFoundError():
            return Problem("missing", f"there is no file {name}", hint="check the path; use - to read standard input")
        case IsADirectoryError():
            return Problem("directory", f"{name} is a folder, not a file", hint=f"name the files in it, such as {name}/*.txt")
        case PermissionError():
            return Problem("permission", f"{name} may not be read by you", hint=f"make it readable: chmod +r {name}")
    reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
    return Problem("unreadable", f"{name} cannot be read: {reason}", hint="check the path, or copy it to another place")
