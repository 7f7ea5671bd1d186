"""Synthetic pages for archives of any size: `python -m bench.pages OUT [--pages N] [--form FORM] [--seed N]`.

Forms: warc (a WARC 1.0 file; compressed record by record where OUT ends in .gz), jsonl (compressed where OUT ends in .gz),
folder (of .html files, a thousand a folder) and zip. Pages, order and bytes are the same for the same seed and numbers.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bench.markup import BULK, Printed, printed
from bench.newsroom import Article, Shares, articles

_LEVEL = 6
_LONE_BYTES = 0.005  # share of JSON lines that are not UTF-8

Pages = Iterable[tuple[Article, Printed]]


def main() -> int:
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=20_000, help="how many (20000)")
    parser.add_argument("--form", choices=list(FORMS), default="warc")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relevant", type=float, default=Shares().relevant, help="share of articles about fighting (0.1)")
    parser.add_argument("--bulk", type=int, default=BULK, help=f"thousand characters a page besides its article ({BULK})")
    args = parser.parse_args()
    write(args.out, args.pages, args.form, args.seed, shares=Shares(relevant=args.relevant), bulk=args.bulk)
    return 0


def write(out: Path, pages: int, form: str, seed: int = 1, *, shares: Shares | None = None, bulk: int = BULK) -> None:
    """Write so many pages in that form. Raises KeyError for a form there is not."""
    out.parent.mkdir(parents=True, exist_ok=True)
    made = ((article, printed(article, seed, bulk=bulk)) for article in articles(pages, seed, shares))
    FORMS[form](out, made)


def write_warc(out: Path, pages: Pages) -> None:
    """One file of WARC 1.0 records (ISO 28500:2009): a warcinfo, then a response a page, each a gzip member of its own."""
    with out.open("wb") as file:
        for record in _records(pages):
            file.write(gzip.compress(record, _LEVEL, mtime=0) if out.suffix == ".gz" else record)


def write_jsonl(out: Path, pages: Pages) -> None:
    """One JSON object a line, with the article's text and not its page; some lines are not UTF-8."""
    with out.open("wb") as file:
        if out.suffix == ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_LEVEL, mtime=0) as packed:
                _lines(packed, pages)
        else:
            _lines(file, pages)


def write_folder(out: Path, pages: Pages) -> None:
    """A file a page, a thousand a folder."""
    for article, page in pages:
        path = out / _name(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)


def write_zip(out: Path, pages: Pages) -> None:
    """The folder as a .zip, with the day of the epoch of that format on every member."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for article, page in pages:
            archive.writestr(zipfile.ZipInfo(_name(article)), page.data, zipfile.ZIP_DEFLATED, _LEVEL)


FORMS: dict[str, Callable[[Path, Pages], None]] = {
    "warc": write_warc,
    "jsonl": write_jsonl,
    "folder": write_folder,
    "zip": write_zip,
}


def _name(article: Article) -> str:
    return f"{article.number // 1_000:03}/{article.number:06}.html"


def _records(pages: Pages) -> Iterator[bytes]:
    about = b"software: bench.pages\r\nformat: WARC File Format 1.0\r\n"
    yield _record("warcinfo", "2024-06-01T00:00:00Z", "application/warc-fields", about, [])
    for article, page in pages:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {page.content_type}\r\nContent-Length: {len(page.data)}\r\n\r\n"
        stamp = f"{article.published}T{article.number % 24:02}:{article.number % 60:02}:00Z"
        digest = base64.b32encode(hashlib.sha1(page.data).digest()).decode()
        named = [("WARC-Target-URI", article.address), ("WARC-Payload-Digest", f"sha1:{digest}")]
        yield _record("response", stamp, "application/http; msgtype=response", head.encode() + page.data, named)


def _record(kind: str, stamp: str, content_type: str, block: bytes, named: list[tuple[str, str]]) -> bytes:
    identity = uuid.UUID(bytes=hashlib.sha256(block + stamp.encode() + repr(named).encode()).digest()[:16], version=4)
    fields = [("WARC-Type", kind), ("WARC-Date", stamp), ("WARC-Record-ID", f"<urn:uuid:{identity}>"), *named]
    fields += [("Content-Type", content_type), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _lines(file: BinaryIO | gzip.GzipFile, pages: Pages) -> None:
    for article, _ in pages:
        row = {
            "id": f"page-{article.number}",
            "text": article.text,
            "title": article.title or None,
            "outlet": article.outlet,
            "author": article.author,
            "url": article.address,
            "published": article.published.isoformat(),
        }
        line = json.dumps(row, ensure_ascii=False).encode()
        if hashlib.sha256(line).digest()[0] < 256 * _LONE_BYTES:
            line = line.replace(b" the ", b" th\xe9 ", 1)
        file.write(line + b"\n")


if __name__ == "__main__":
    sys.exit(main())
