"""JSON Lines: parts together are the whole, places are right in the middle of a file, and bad lines cost only themselves."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.wholes import PACKINGS, aside, at_leisure, planned, read, texts
from whoholds.articles.records import read_jsonl
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import SetAside, Told, Written
from whoholds.corpora.sources import jsonl
from whoholds.corpora.sources.lines import MOST_PARTS


def report(number: int) -> bytes:
    return json.dumps({"id": f"d{number}", "text": f"Rebels left mill {number}."}).encode()


def write(path: Path, *given: bytes, packing: str = "plain") -> Path:
    path.write_bytes(PACKINGS[packing](b"\n".join(given)))
    return path


def test_a_line_gives_what_it_tells(tmp_path: Path) -> None:
    told = {"id": 7, "text": "Rebels left.", "published": "2024-03-02", "title": "Left", "outlet": "Wire", "url": "http://e/"}
    path = write(tmp_path / "a.jsonl", json.dumps({**told, "author": ["Jane", "John"]}).encode())
    assert read(jsonl, path) == [
        Written(
            place=f"{path}:1",
            name="7",
            text="Rebels left.",
            told=Told(title="Left", url="http://e/", outlet="Wire", author="Jane, John", published=date(2024, 3, 2)),
        )
    ]


LINES = st.lists(
    st.one_of(
        st.integers(0, 99).map(report),
        st.sampled_from([b"", b"  ", b"{}", b'{"text": "caf\xe9"}', b"[1", b'{"text": ""}', b"\r", b"x" * 50]),
        st.binary(max_size=30),
    ),
    max_size=25,
)


@at_leisure
@given(LINES, st.booleans(), st.integers(1, 9), st.sampled_from(["plain", "gzip", "zstd"]))
def test_the_parts_of_any_file_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, given_lines: list[bytes], ends: bool, size: int, packing: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    write(path, *given_lines, *([b""] if ends else []), packing=packing)
    whole = read(jsonl, path)
    assert read(jsonl, path, size) == whole
    data = b"\n".join(given_lines)
    if all(isinstance(part, Part) for part in planned(jsonl, path)):
        given_lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        numbered = [number for number, line in enumerate(given_lines, 1) if line.strip()]
        assert [int(each.place.rpartition(":")[2]) for each in whole] == numbered


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_bad_line_is_set_aside_by_its_number_and_the_others_are_read(packing: str, tmp_path: Path) -> None:
    given_lines = [report(number) for number in range(40)]
    given_lines[17] = '{"text": "Café"}'.encode("latin-1")
    given_lines[30] = b'{"text": "cut'
    path = write(tmp_path / "a.jsonl", *given_lines, packing=packing)
    for size in (1, 7, 100):
        found = read(jsonl, path, size)
        assert len(texts(found)) == 38
        assert aside(found) == [("a.jsonl:18", "record"), ("a.jsonl:31", "record")]


def test_a_line_too_long_is_set_aside_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST", 100)
    long = b'{"text": "' + b"x" * 5_000_000 + b'"}'
    for size in (1, 2, 9):
        for packing in ("plain", "gzip"):
            path = write(tmp_path / "a.jsonl", report(1), long, report(2), packing=packing)
            found = read(jsonl, path, size)
            assert texts(found) == ["Rebels left mill 1.", "Rebels left mill 2."]
            assert aside(found) == [("a.jsonl:2", "record")]


def test_a_gzip_file_that_is_cut_off_gives_its_lines_and_the_place_where_it_ends_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(map(report, range(2_000))))[:-3_000])
    whole = read(jsonl, path)
    count = len(texts(whole))
    assert 0 < count < 2_000
    assert texts(whole) == [f"Rebels left mill {number}." for number in range(count)]
    assert aside(whole) == [(f"a.jsonl.gz:{count + 1}", "cut-off")]
    assert read(jsonl, path, 10) == whole


def test_a_packed_file_is_cut_into_few_parts_a_plain_one_into_parts_of_the_size(tmp_path: Path) -> None:
    reports = [report(number) for number in range(1_000)]
    assert len(planned(jsonl, write(tmp_path / "a", *reports), 3)) == 334
    packed = planned(jsonl, write(tmp_path / "a", *reports, packing="gzip"), 3)
    assert len(packed) <= MOST_PARTS
    assert len(packed) > MOST_PARTS // 2


def test_keys_are_mapped_by_paths(tmp_path: Path) -> None:
    told = {"article": {"body": "Rebels left.", "by": {"name": "Jane"}}, "when": "2024-03-02", "text": 7, "a.b": "Wire"}
    path = write(tmp_path / "a.jsonl", json.dumps(told).encode())
    columns = (("text", "article.body"), ("author", "article.by.name"), ("published", "when"), ("outlet", "a.b"))
    (found,) = read(jsonl, path, options=Options(columns=columns))
    assert isinstance(found, Written)
    assert found.text == "Rebels left."
    assert found.told == Told(author="Jane", published=date(2024, 3, 2), outlet="Wire")


def test_a_line_without_a_text_names_the_keys_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"headline": "x", "body": "Rebels left."}')
    for options in (Options(), Options(columns=(("text", "content"),))):
        (found,) = read(jsonl, path, options=options)
        assert isinstance(found, SetAside)
        assert "headline, body" in found.problem.message
        assert "--column text=" in found.problem.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        ('{"text": "x"}'.encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"[\n]", "no reports"),
        (b'[{"text": "Rebels', "not JSON"),
    ],
)
def test_what_is_no_json_lines_is_one_problem(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    (found,) = read(jsonl, path)
    assert isinstance(found, SetAside)
    assert words in found.problem.message
    assert found.problem.hint


def test_an_empty_packed_file_is_told(tmp_path: Path) -> None:
    assert aside(read(jsonl, write(tmp_path / "a.gz", b"", packing="gzip"))) == [("a.gz", "empty")]


def test_a_name_that_is_not_unicode_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.jsonl"
    try:
        write(path, report(1), b"{}")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    for each in read(jsonl, path):
        each.place.encode("utf-8")


@pytest.mark.parametrize("packing", ["plain", "gzip"])
def test_a_list_over_many_lines_and_one_report_are_read_too(packing: str, tmp_path: Path) -> None:
    items = [{"text": "Rebels left."}, {"text": ""}, 7, {"id": "d", "text": "Rebels came."}]
    path = write(tmp_path / "a.json", json.dumps(items, indent=1).encode(), packing=packing)
    whole = read(jsonl, path)
    assert texts(whole) == ["Rebels left.", "Rebels came."]
    assert aside(whole) == [("a.json#2", "record"), ("a.json#3", "record")]
    for size in (1, 3):
        assert read(jsonl, path, size) == whole
    assert texts(read(jsonl, write(path, json.dumps(items[0], indent=1).encode()))) == ["Rebels left."]


def test_a_json_feed_is_a_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [{"id": "1", "content_text": "Rebels left."}],
    }
    parts = planned(jsonl, write(tmp_path / "a.json", json.dumps(feed).encode()))
    assert [part.kind for part in parts if isinstance(part, Part)] == ["feed"]


def test_the_document_is_the_same_as_the_one_read_line_by_line(tmp_path: Path) -> None:
    """What a report is does not depend on whether it stands in an archive."""
    given_lines = [report(1), b"{}", b'{"text": 7}', b'{"text": "Left.", "published": "someday"}', b"[1", report(2)]
    path = write(tmp_path / "a.jsonl", *given_lines)
    alone = list(read_jsonl(path.read_bytes().splitlines(keepends=True), place=str(path)))
    found = read(jsonl, path)
    assert [isinstance(each, Written) for each in found] == [document is not None for document, _ in alone]
    for each, (document, problems) in zip(found, alone, strict=True):
        if isinstance(each, Written):
            assert document
            assert (each.name, each.text) == (document.name, document.text)
        else:
            assert each.problem.message.startswith(problems[0].message)
