"""Sources with something wrong in them: each function writes one into a folder, from a seed.

Each gives the addresses or names of the good reports in it, which must be read whatever is wrong with the rest.
"""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import pages
from bench.markup import Printed
from bench.newsroom import Article, Kind, Shares, articles

_HUGE = 200_000_000


def good(count: int, seed: int) -> list[Article]:
    """Short relevant articles that are no reprints of one another."""
    shares = Shares(relevant=1.0, foreign=0.0, blank=0.0, reprints=0.0)
    return [replace(article, paragraphs=article.paragraphs[:3]) for article in articles(count, seed, shares)]


def _page(article: Article) -> bytes:
    """A page whose bytes are what they say."""
    words = "".join(f"<p>{part}</p>" for part in article.paragraphs)
    head = f'<meta charset="utf-8"><title>{article.title}</title><link rel="canonical" href="{article.address}">'
    body = f"<article><h1>{article.title}</h1>{words}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _warc(path: Path, count: int, seed: int) -> tuple[list[str], list[int]]:
    """A WARC file of good pages; their addresses and where their records begin and end."""
    stream = [(article, Printed(_page(article), "text/html; charset=utf-8")) for article in good(count, seed)]
    pages.write_warc(path, stream)
    data, starts, at = path.read_bytes(), [], 0
    while at < len(data):
        starts.append(at)
        member = zlib.decompressobj(31)
        member.decompress(data[at:])
        at = len(data) - len(member.unused_data)
    return [article.address for article, _ in stream], [*starts[1:], len(data)]


def truncated_warc(folder: Path, seed: int) -> list[str]:
    """Cut in the middle of the fifth page of six."""
    addresses, bounds = _warc(folder / "cut.warc.gz", 6, seed)
    path = folder / "cut.warc.gz"
    path.write_bytes(path.read_bytes()[: (bounds[4] + bounds[5]) // 2])
    return addresses[:4]


def corrupt_warc(folder: Path, seed: int) -> list[str]:
    """Bytes in the third of six members turned over."""
    addresses, bounds = _warc(folder / "bad.warc.gz", 6, seed)
    path = folder / "bad.warc.gz"
    data = bytearray(path.read_bytes())
    middle = (bounds[2] + bounds[3]) // 2
    for at in range(middle, middle + 40):
        data[at] ^= 0xFF
    path.write_bytes(data)
    return addresses[:2] + addresses[3:]


def no_warc(folder: Path, seed: int) -> list[str]:
    """A picture by the name of a WARC file."""
    (folder / "picture.warc.gz").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2_000))
    return []


def _id(article: Article) -> str:
    return article.address.rpartition("/")[2] + article.published.isoformat()


def _line(article: Article) -> bytes:
    row = {"id": _id(article), "text": article.text, "published": article.published.isoformat()}
    return json.dumps(row).encode() + b"\n"


def truncated_gzip(folder: Path, seed: int) -> list[str]:
    """A compressed file of JSON lines that ends before its end."""
    lines = b"".join(_line(article) for article in good(16, seed))
    data = gzip.compress(lines, mtime=0)
    data = data[: len(data) * 3 // 4]
    (folder / "cut.jsonl.gz").write_bytes(data)
    whole = zlib.decompressobj(31).decompress(data).rpartition(b"\n")[0]
    return [json.loads(line)["id"] for line in whole.splitlines()]


def wrong_checksum(folder: Path, seed: int) -> list[str]:
    """A compressed file of JSON lines whose checksum does not agree; its lines are whole."""
    data = bytearray(gzip.compress(b"".join(_line(article) for article in good(5, seed)), mtime=0))
    data[-8] ^= 0xFF
    (folder / "sum.jsonl.gz").write_bytes(data)
    return []


def no_gzip(folder: Path, seed: int) -> list[str]:
    """Words by the name of a compressed file."""
    (folder / "words.jsonl.gz").write_bytes(b"These are words and nothing is compressed here.\n" * 20)
    return []


def _zip(path: Path, members: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def corrupt_zip(folder: Path, seed: int) -> list[str]:
    """One member of three has bytes turned over."""
    sound = good(3, seed)
    path = folder / "bad.zip"
    _zip(path, {f"page-{article.number}.html": _page(article) for article in sound})
    with zipfile.ZipFile(path) as archive:
        start = archive.infolist()[1].header_offset + 80
    data = bytearray(path.read_bytes())
    for at in range(start, start + 30):
        data[at] ^= 0xFF
    path.write_bytes(data)
    return [sound[0].address, sound[2].address]


def truncated_zip(folder: Path, seed: int) -> list[str]:
    """The directory at the end is gone, and so nothing can be found."""
    path = folder / "cut.zip"
    _zip(path, {f"page-{article.number}.html": _page(article) for article in good(3, seed)})
    path.write_bytes(path.read_bytes()[:-200])
    return []


def huge_page(folder: Path, seed: int) -> list[str]:
    """A page of 200 MB as a file, and one in a WARC file beside good ones."""
    with (folder / "huge.html").open("wb") as file:
        file.write(b"<!DOCTYPE html><html><body><p>")
        for _ in range(_HUGE // 1_000_000):
            file.write(b"word " * 200_000)
    sound = good(2, seed)
    body = b"<!DOCTYPE html><html><body><p>" + b"word " * (_HUGE // 5)
    stream = [(article, Printed(_page(article), "text/html; charset=utf-8")) for article in sound]
    huge = Article(99, Kind.OTHER, "", (), "Huge Post", "", sound[0].published, "en")
    pages.write_warc(folder / "huge.warc.gz", [stream[0], (huge, Printed(body, "text/html")), stream[1]])
    return [article.address for article in sound]


def zip_bomb(folder: Path, seed: int) -> list[str]:
    """A member of 2 GB that is 2 MB packed, one that lies about its size, and a good page."""
    sound = good(1, seed)
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sound.html", _page(sound[0]))
        with archive.open("zeros.html", "w", force_zip64=True) as member:
            for _ in range(2_000):
                member.write(bytes(1_000_000))
        archive.writestr("liar.html", b"x" * 60_000_000)
    data = bytearray(path.read_bytes())
    for at in (data.rfind(b"liar.html"), data.find(b"liar.html")):  # in the directory, and before the data
        field_at = at - (22 if data[at - 46 : at - 42] == b"PK\x01\x02" else 8)
        data[field_at : field_at + 4] = struct.pack("<I", 1_000)
    path.write_bytes(data)
    return [sound[0].address]


def gzip_bomb(folder: Path, seed: int) -> list[str]:
    """A good line, then a line of 2 GB that is 2 MB packed."""
    zeros = gzip.compress(bytes(100_000_000), mtime=0)
    sound = good(1, seed)
    with (folder / "bomb.jsonl.gz").open("wb") as file:
        file.write(gzip.compress(_line(sound[0]), mtime=0))
        for _ in range(20):
            file.write(zeros)
    return [_id(sound[0])]


def empty_files(folder: Path, seed: int) -> list[str]:
    """Ten thousand files without a byte."""
    for number in range(10_000):
        path = folder / "none" / f"{number // 1_000}" / f"empty-{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return []


def wrong_columns(folder: Path, seed: int) -> list[str]:
    """A table without a column of texts, and JSON lines by other keys."""
    (folder / "other.csv").write_text("headline,day\nA town falls,2024-05-01\nA truce,2024-05-02\n", encoding="utf-8")
    sound = good(1, seed)
    (folder / "other.jsonl").write_bytes(b'{"body": "Rebels took Goma on Monday."}\n' * 3 + _line(sound[0]))
    return [_id(sound[0])]


def mixed_encodings(folder: Path, seed: int) -> list[str]:
    """Reports in five encodings, and bytes in none."""
    sound = good(5, seed)
    shelf = folder / "mixed"
    shelf.mkdir()
    for article, encoding in zip(sound, ("utf-8", "utf-8-sig", "cp1252", "utf-16", "latin-1"), strict=True):
        words = article.text.encode("cp1252", "replace").decode("cp1252") if encoding in ("cp1252", "latin-1") else article.text
        (shelf / f"in-{encoding}.txt").write_bytes(words.encode(encoding, "replace"))
    (shelf / "in-none.txt").write_bytes(bytes(range(256)) * 8)
    return [f"in-{encoding}.txt" for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "latin-1")]


def _poisoning(folder: Path, seed: int, marks: Sequence[str]) -> list[str]:
    shelf = folder / "shelf"
    shelf.mkdir()
    *sound, bad = good(5, seed)
    for article in sound:
        (shelf / f"sound-{article.number}.txt").write_text(article.text, encoding="utf-8")
    for number, mark in enumerate(marks):
        words = f"{bad.text}\n\n{mark} was said on Monday the {number + 1}th."
        (shelf / f"sound-{number}-{mark.lower()}.txt").write_text(words, encoding="utf-8")
    return [f"sound-{article.number}.txt" for article in sound]


def poison_survey(folder: Path, seed: int) -> list[str]:
    """Reports that end, stop or swell the process that looks at them, among good ones."""
    return _poisoning(folder, seed, ("SURVEYABORT", "SURVEYHANG", "SURVEYSWELL"))


def poison(folder: Path, seed: int) -> list[str]:
    """Reports that end, stop or swell the process that reads them, among good ones."""
    return _poisoning(folder, seed, ("READABORT", "READHANG", "READSWELL"))


POISON = '''
"""Breaks this process over marked texts, in the survey and in the reading."""
import os, time
import whoholds.articles.tongue as tongue
import whoholds.pipeline as pipeline

_by_words, _read_claims = tongue._by_words, pipeline.read_claims


def broken(phase, text):
    if phase + "ABORT" in text:
        os.abort()
    if phase + "HANG" in text:
        time.sleep(10_000)
    if phase + "SWELL" in text:
        swollen = []
        while True:
            swollen.append(b"x" * 100_000_000)
            time.sleep(0.01)


def by_words(sample, **options):
    broken("SURVEY", sample)
    return _by_words(sample, **options)


def read_claims(document, *rest):
    broken("READ", document.text)
    return _read_claims(document, *rest)


tongue._by_words, pipeline.read_claims = by_words, read_claims
'''
