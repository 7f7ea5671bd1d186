"""Pages are the same for a seed, of the shares asked for, and what articles can be read from, in every form."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from bench import newsroom, pages
from bench.markup import printed
from bench.newsroom import Kind, Shares
from whoholds.articles import from_bytes


def test_an_article_depends_on_seed_and_number_alone() -> None:
    in_order = list(newsroom.articles(60, seed=5))
    assert newsroom.article(42, 5, Shares()) == in_order[42]
    assert list(newsroom.articles(60, seed=6)) != in_order


def test_shares_are_about_those_asked_for() -> None:
    found = Counter(article.kind for article in newsroom.articles(600, seed=2, shares=Shares(relevant=0.2)))
    assert 85 < found[Kind.RELEVANT] < 155
    assert 12 < found[Kind.FOREIGN] < 55
    assert found[Kind.BLANK] > 0


def test_reprints_repeat_an_earlier_article_elsewhere() -> None:
    stream = list(newsroom.articles(200, seed=3))
    reprints = [article for article in stream if article.reprint_of is not None and article.paragraphs]
    assert reprints
    for reprint in reprints:
        assert reprint.reprint_of is not None and reprint.reprint_of < reprint.number
        own = newsroom._own(reprint.reprint_of, 3, Shares())
        assert reprint.paragraphs == own.paragraphs[: len(reprint.paragraphs)]
        assert reprint.outlet != own.outlet


def test_relevant_articles_are_no_copies_of_one_another() -> None:
    relevant = list(newsroom.articles(100, seed=4, shares=Shares(relevant=1.0, reprints=0.0)))
    assert len({article.text for article in relevant}) == len(relevant)


def test_the_article_of_a_page_is_found_and_its_comments_are_not() -> None:
    stream = (a for a in newsroom.articles(400, seed=7) if a.kind is Kind.RELEVANT)
    read = 0
    for article in islice(stream, 12):
        document, _ = from_bytes(printed(article, 7, bulk=10).data, name="page")
        if document is None:
            continue
        read += sum(part.split(". ")[0][:60] in document.text for part in article.paragraphs) > len(article.paragraphs) // 2
        assert "First!" not in document.text
        assert "mattresses" not in document.text
    assert read >= 10


@pytest.mark.parametrize(
    ("form", "name"), [("warc", "a.warc.gz"), ("warc", "a.warc"), ("jsonl", "a.jsonl.gz"), ("zip", "a.zip")]
)
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, form: str, name: str) -> None:
    pages.write(tmp_path / "one" / name, 30, form, bulk=5)
    pages.write(tmp_path / "two" / name, 30, form, bulk=5)
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_all_forms_hold_all_pages(tmp_path: Path) -> None:
    for form in pages.FORMS:
        pages.write(tmp_path / form, 40, form, bulk=5)
    files = sorted((tmp_path / "folder").rglob("*.html"))
    with zipfile.ZipFile(tmp_path / "zip") as archive:
        assert [archive.read(f"000/{file.name}") for file in files] == [file.read_bytes() for file in files]
    lines = (tmp_path / "jsonl").read_bytes().splitlines()
    assert len(files) == len(lines) == 40
    assert json.loads(lines[0])["id"] == "page-0"


def test_a_warc_file_is_one_to_readers_of_such(tmp_path: Path) -> None:
    warc = pytest.importorskip("fastwarc.warc")
    pages.write(tmp_path / "a.warc.gz", 25, "warc", bulk=5)
    with (tmp_path / "a.warc.gz").open("rb") as file:
        records = [
            (r.record_type, r.verify_payload_digest(), r.reader.read()) for r in warc.ArchiveIterator(file, parse_http=True)
        ]
    assert [kind for kind, _, _ in records] == [warc.warcinfo] + [warc.response] * 25
    assert all(verified for kind, verified, _ in records if kind == warc.response)
    stream = newsroom.articles(25, seed=1)
    assert [data for _, _, data in records[1:]] == [printed(article, 1, bulk=5).data for article in stream]
    assert gzip.decompress((tmp_path / "a.warc.gz").read_bytes()).startswith(b"WARC/1.0\r\n")
