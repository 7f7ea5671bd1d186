"""Web addresses and standard input as sources: fetched or read once, kept with where they came from."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.articles.web import Web, leads_to, says, serving
from whoholds.articles.fetching import Bounds
from whoholds.corpora.parts import Options
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources import standard_input
from whoholds.corpora.sources.addresses import fetched, origin_of

INSIDE = Options(allow_private=True)
AT = datetime(2024, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


def test_a_page_is_kept_with_where_and_when_it_came_from_and_its_hash(web: Web, tmp_path: Path) -> None:
    web.answers["/a"] = leads_to("/news/old-mill")
    web.answers["/news/old-mill"] = says(b"<p>Rebels left.", "text/html; charset=koi8-r")
    path = fetched(web.at("/a"), INSIDE, tmp_path / "kept", clock=lambda: AT)
    assert isinstance(path, Path)
    assert path.read_bytes() == b"<p>Rebels left."
    assert path.name.endswith("-old-mill.html")
    origin = origin_of(path)
    assert origin
    assert (origin.address, origin.url, origin.retrieved) == (
        web.at("/a"),
        web.at("/news/old-mill"),
        "2024-03-02T12:00:00+00:00",
    )
    assert (origin.content_type, origin.charset, origin.size) == ("text/html", "koi8-r", 15)
    assert origin.sha256 == hashlib.sha256(b"<p>Rebels left.").hexdigest()
    assert sorted(each.name for each in path.parent.iterdir()) == sorted([path.name, f"{path.name[:16]}.origin.json"])


def test_what_is_kept_is_never_asked_for_again(web: Web, tmp_path: Path) -> None:
    web.answers["/a.txt"] = says(b"Rebels left.", "text/plain")
    first = fetched(web.at("/a.txt"), INSIDE, tmp_path)
    web.answers["/a.txt"] = says(b"Something else.", "text/plain")
    assert fetched(web.at("/a.txt"), INSIDE, tmp_path) == first
    assert isinstance(first, Path)
    assert first.read_bytes() == b"Rebels left."
    assert len(web.asked) == 1


def test_what_was_kept_without_its_side_file_is_fetched_anew(web: Web, tmp_path: Path) -> None:
    web.answers["/a.txt"] = says(b"Rebels left.", "text/plain")
    first = fetched(web.at("/a.txt"), INSIDE, tmp_path)
    assert isinstance(first, Path)
    (tmp_path / f"{first.name[:16]}.origin.json").write_text("{", "utf-8")
    assert fetched(web.at("/a.txt"), INSIDE, tmp_path) == first
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("path", "kind", "ending"),
    [
        ("/feed", "application/rss+xml", "-feed.rss"),
        ("/feed.php", "application/atom+xml", "-feed.php.atom"),
        ("/x/crawl.warc.gz", "application/octet-stream", "-crawl.warc.gz"),
        ("/x/crawl.warc.gz", "text/plain", "-crawl.warc.gz"),
        ("/export.csv", "text/csv", "-export.csv"),
        ("/export", "text/csv", "-export.csv"),
        ("/report", "application/pdf", "-report.pdf"),
        ("/", "text/html", "-index.html"),
        ("/a%2F..%2F..%2Fb", "text/html", "-b.html"),
    ],
)
def test_a_file_is_called_so_that_its_kind_shows(web: Web, path: str, kind: str, ending: str, tmp_path: Path) -> None:
    web.answers[path] = says(b"words", kind)
    found = fetched(web.at(path), INSIDE, tmp_path)
    assert isinstance(found, Path)
    assert found.parent == tmp_path
    assert found.name.endswith(ending)


def test_packed_files_stay_packed(web: Web, tmp_path: Path) -> None:
    web.answers["/a.warc.gz"] = says(b"\x1f\x8bwords", "application/x-gzip", Content_Encoding="gzip")
    found = fetched(web.at("/a.warc.gz"), INSIDE, tmp_path)
    assert isinstance(found, Path)
    assert found.read_bytes() == b"\x1f\x8bwords"


def test_addresses_inside_a_network_are_not_asked_unless_told(web: Web, tmp_path: Path) -> None:
    web.answers["/"] = says(b"words")
    found = fetched(web.at("/"), Options(), tmp_path)
    assert isinstance(found, SetAside)
    assert found.problem.code == "private"
    assert "--allow-private" in found.problem.hint
    assert not web.asked
    assert not [*tmp_path.iterdir()]


def test_what_is_not_to_be_had_leaves_nothing_behind(web: Web, tmp_path: Path) -> None:
    web.answers["/large"] = says(bytes(5_000))
    for path, code in (("/none", "status"), ("/large", "too-large")):
        found = fetched(web.at(path), INSIDE, tmp_path, bounds=Bounds(largest=1_000))
        assert isinstance(found, SetAside)
        assert (found.place, found.problem.code) == (web.at(path), code)
    assert not [*tmp_path.iterdir()]


def test_a_folder_that_cannot_be_written_is_told(web: Web, tmp_path: Path) -> None:
    web.answers["/"] = says(b"words")
    (tmp_path / "file").write_text("x")
    found = fetched(web.at("/"), INSIDE, tmp_path / "file")
    assert isinstance(found, SetAside)
    assert found.problem.code == "unwritable"


def test_any_other_file_came_from_nowhere(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef.origin.json").write_text(json.dumps({"file": "other"}))
    assert origin_of(tmp_path / "0123456789abcdef-a.html") is None
    assert origin_of(tmp_path / "a.html") is None


def test_standard_input_is_kept_once(tmp_path: Path) -> None:
    first = standard_input.kept(tmp_path / "kept", io.BytesIO(b"words" * 1_000_000))
    assert isinstance(first, Path)
    assert first.stat().st_size == 5_000_000
    assert standard_input.kept(tmp_path / "kept", io.BytesIO(b"others")) == first
    assert first.read_bytes().startswith(b"words")


def test_standard_input_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    found = standard_input.kept(tmp_path / "file", io.BytesIO(b"words"))
    assert isinstance(found, SetAside)
    assert found.problem.code == "unreadable"
