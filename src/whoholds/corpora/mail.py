"""Mails and pages that browsers saved as mails (MHTML), by the standard library's reader of RFC 5322 and MIME.

The body is the report: its plain text, or its page where there is no plain text or just a line that points to the page. A
newsletter names its outlet in List-Id (RFC 2919), or is sent as bulk mail under the outlet's name; a person who sends or
forwards a report is no outlet. Attachments are told, not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

from whoholds.articles import from_bytes
from whoholds.corpora.charsets import in_utf8
from whoholds.model import Document, Problem

_PREFIX = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.I)
_FEWEST_WORDS = 40  # of a plain text that stands beside a page; "view this mail in your browser" has fewer, a report more
_MOST_ATTACHMENTS_NAMED = 5
_SNIFFED = 2_000  # bytes


@dataclass(frozen=True, slots=True)
class _Headers:
    title: str | None
    outlet: str | None
    published: date | None


def document_of(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The document of a mail, called `name`: title, day and outlet from its headers where its own text does not tell them."""
    message = _parsed(data)
    if message is None:
        return None, [_too_deep(name)]
    bodies = _bodies(message)
    plain, page = bodies.get("plain"), bodies.get("html")
    if plain is None and page is None:
        hint = "save what is attached as a file and read that"
        return None, [*_attached(message, name), Problem("empty", f"{name} is a mail without text in it", hint=hint)]
    document, problems = _read(plain, page, name)
    problems = [*_attached(message, name), *problems] if document is None else [*problems, *_attached(message, name)]
    return document and _with(document, _headers(message)), problems


def _read(plain: bytes | None, page: bytes | None, name: str) -> tuple[Document | None, list[Problem]]:
    """What the better of two bodies says; a short plain text only where its page says nothing."""
    document: Document | None = None
    problems: list[Problem] = []
    few = plain is not None and len(plain.split()) < _FEWEST_WORDS
    for body in (page, plain) if few else (plain, page):
        if body is not None:
            document, problems = from_bytes(body, name=name)
            if document is not None:
                break
    return document, problems


def page_of(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The document of a page saved as MHTML; `Snapshot-Content-Location`, which Chromium writes, is its address."""
    message = _parsed(data)
    if message is None:
        return None, [_too_deep(name)]
    page = _bodies(message).get("html")
    if page is None:
        return from_bytes(data, name=name)
    document, problems = from_bytes(page, name=name)
    url = _header(message, "Snapshot-Content-Location")
    return document and replace(document, url=document.url or url), problems


def _parsed(data: bytes) -> EmailMessage | None:
    """The mail; None for one with parts within parts beyond all measure."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        return message if sum(1 for _ in message.walk()) else None
    except RecursionError:
        return None


def _too_deep(name: str) -> Problem:
    return Problem(
        "too-deep", f"{name} has parts within parts too deep to be read", hint="save its text as a file and read that"
    )


def _bodies(message: EmailMessage) -> dict[str, bytes]:
    """The bodies that have something in them, by subtype: the first of each that is no attachment."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        subtype = part.get_content_subtype()
        if part.get_content_maintype() != "text" or part.is_attachment() or subtype in found:
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            found[subtype] = _flowed(part, in_utf8(payload, part.get_content_charset()))
    return found


def _flowed(part: object, body: bytes) -> bytes:
    """Lines that end in a space go on in the next in "format=flowed" (RFC 3676), except the mark of a signature."""
    get_param = getattr(part, "get_param", None)
    if get_param is None or str(get_param("format", "")).lower() != "flowed":
        return body
    glue = b"" if str(get_param("delsp", "")).lower() == "yes" else b" "
    return re.sub(rb"(?<!\n--)(?<!^--) \r?\n(?=[^\r\n>])", glue, body)


def _headers(message: EmailMessage) -> _Headers:
    subject = _header(message, "Subject")
    return _Headers(_PREFIX.sub("", subject, count=1) or None if subject else None, _outlet(message), _day(message))


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words in one line. The library raises errors of many kinds for headers that follow no standard."""
    with suppress(Exception):
        return " ".join(str(message[name] or "").encode("utf-8", "replace").decode().split()) or None
    return None


def _outlet(message: EmailMessage) -> str | None:
    listed = _header(message, "List-Id")
    if listed and (name := listed.partition("<")[0].strip(' "')):
        return name
    bulk = any(name in message for name in ("List-Id", "List-Unsubscribe")) or _header(message, "Precedence") == "bulk"
    with suppress(Exception):
        if bulk and (sender := message["From"].addresses[0].display_name.strip()):
            return str(sender)
    return None


def _day(message: EmailMessage) -> date | None:
    """The day of sending by the sender's clock, as it is written there."""
    with suppress(Exception):
        sent = message["Date"].datetime
        return date(sent.year, sent.month, sent.day)
    return None


def _with(document: Document, headers: _Headers) -> Document:
    return replace(
        document,
        title=headers.title or document.title,
        outlet=document.outlet or headers.outlet,
        published=headers.published or document.published,
    )


def _attached(message: EmailMessage, name: str) -> list[Problem]:
    names = list(_attachments(message))
    if not names:
        return []
    listed = ", ".join(names[:_MOST_ATTACHMENTS_NAMED]) + (", …" if len(names) > _MOST_ATTACHMENTS_NAMED else "")
    count = "an attachment" if len(names) == 1 else f"{len(names)} attachments"
    hint = "if they are reports, save them as files and read those"
    return [Problem("attachments", f"{name} has {count} that are not read: {listed}", hint=hint)]


def _attachments(message: EmailMessage) -> Sequence[str]:
    found = []
    for part in message.walk():
        if not part.is_multipart() and part.is_attachment():
            with suppress(Exception):
                found.append(" ".join((part.get_filename() or part.get_content_type()).split()))
    return found
