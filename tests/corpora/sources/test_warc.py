"""WARC and WACZ files: reports come whole with where they came from, the rest is passed over, damage costs only itself."""

from __future__ import annotations

import bz2
import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.wholes import aside, at_leisure, planned, raws, read
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, SetAside, Told
from whoholds.corpora.sources import payloads, warc
from whoholds.corpora.sources.lines import MOST_PARTS

PAGE = b"<!doctype html><p>Rebels left Old Mill on Saturday.</p>"


def block(body: bytes, kind: str, status: str, headers: str) -> bytes:
    told = f"Content-Type: {kind}\r\n" if kind else ""
    return f"HTTP/1.1 {status}\r\n{told}{headers}\r\n".encode() + body


def record(
    number: int, body: bytes = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", headers: str = ""
) -> bytes:
    return made(f"http://example.org/{number}", block(body, kind, status, headers))


def made(url: str, content: bytes, kind: str = "response", media: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(content):032}>\r\nWARC-Target-URI: {url}\r\n"
    )
    head += f"WARC-Date: 2024-03-02T23:59:59Z\r\nContent-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def page(number: int) -> bytes:
    return record(number, b"<p>Rebels left mill %d, they said.</p>" % number * 9)


def by_gzip(records: Sequence[bytes]) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def by_zstd(records: Sequence[bytes]) -> bytes:
    return b"".join(map(zstandard.ZstdCompressor(write_checksum=True).compress, records))


def by_zstd_with_dictionary(records: Sequence[bytes]) -> bytes:
    dictionary = zstandard.train_dictionary(4_096, [page(number) for number in range(200)])
    packing = zstandard.ZstdCompressor(dict_data=dictionary)
    packed = zstandard.ZstdCompressor().compress(dictionary.as_bytes())
    return struct.pack("<II", 0x184D2A5D, len(packed)) + packed + b"".join(map(packing.compress, records))


SHAPES: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": by_gzip,
    "zstd": by_zstd,
    "dictionary": by_zstd_with_dictionary,
    "solid-gzip": lambda records: gzip.compress(b"".join(records)),
    "solid-bzip2": lambda records: bz2.compress(b"".join(records)),
}


def write(path: Path, *records: bytes, shape: str = "gzip") -> Path:
    path.write_bytes(SHAPES[shape](records))
    return path


def test_a_page_comes_with_its_address_its_day_and_what_it_said_it_is(tmp_path: Path) -> None:
    info = made("", b"software: test\r\n", "warcinfo", "application/warc-fields")
    path = write(tmp_path / "a.warc.gz", info, record(1))
    assert read(warc, path) == [
        Raw(
            place=f"{path}@{len(by_gzip([info]))}",
            name="http://example.org/1",
            data=PAGE,
            content_type="text/html",
            charset="utf-8",
            told=Told(url="http://example.org/1", retrieved=date(2024, 3, 2)),
        )
    ]


def test_what_says_it_is_no_report_is_passed_over(tmp_path: Path) -> None:
    others = [
        record(1, b"x", "image/png"),
        record(2, b"", status="301 Moved", headers="Location: /\r\n"),
        record(3, b"gone", status="404 Not Found"),
        made("http://example.org/robots.txt", block(b"User-agent: *", "text/plain", "200 OK", "")),
        made("http://example.org/", b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
        made("http://example.org/", block(b"", "text/html", "200 OK", ""), "revisit"),
        made("dns:example.org", b"20240302 example.org", "response", "text/dns"),
        made("urn:pageinfo", b"{}", "resource", "application/json"),
        record(4, b"{}", ""),
    ]
    wanted = [
        record(5, b"Rebels left.", "text/plain"),
        record(6, b"%PDF-1.7", "Application/PDF"),
        record(7, PAGE, ""),  # of a server that does not tell
        made("file:///a.html", PAGE, "resource", "text/html"),
    ]
    found = raws(read(warc, write(tmp_path / "a.warc.gz", *others, *wanted)))
    assert [(each.content_type, each.charset) for each in found] == [
        ("text/plain", None),
        ("application/pdf", None),
        (None, None),
        ("text/html", None),
    ]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
        (brotli.compress(PAGE), "Content-Encoding: br\r\n"),
        (zstandard.ZstdCompressor().compress(PAGE), "Content-Encoding: zstd\r\n"),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
        (
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE)),
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        ),
        (PAGE, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),  # the crawler took them off, and left the headers
        (PAGE, "Content-Encoding: br\r\n"),
    ],
)
def test_packing_on_the_way_is_taken_off(body: bytes, headers: str, tmp_path: Path) -> None:
    (found,) = raws(read(warc, write(tmp_path / "a.warc", record(1, body, headers=headers), shape="plain")))
    assert found.data == PAGE


@pytest.mark.parametrize("packing", ["none", "gzip", "br"])
def test_what_is_too_large_is_set_aside_without_being_held(
    packing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payloads, "LARGEST", 10_000)
    large = PAGE + bytes(2_000_000)
    body = {"none": bytes, "gzip": gzip.compress, "br": brotli.compress}[packing](large)
    headers = f"Content-Encoding: {packing}\r\n" if packing != "none" else ""
    path = write(tmp_path / "a.warc.gz", record(1), record(2, body, headers=headers), record(3))
    found = read(warc, path)
    assert [each.name[-1] for each in raws(found)] == ["1", "3"]
    assert aside(found) == [(f"a.warc.gz@{len(by_gzip([record(1)]))}", "too-large")]


def test_a_body_that_cannot_be_unpacked_is_set_aside(tmp_path: Path) -> None:
    body = gzip.compress(PAGE)[:20] + bytes(30)
    path = write(tmp_path / "a.warc.gz", record(1, body, headers="Content-Encoding: gzip\r\n"), record(2))
    assert aside(read(warc, path)) == [("a.warc.gz@0", "damaged")]


@at_leisure
@given(
    st.sampled_from(sorted(SHAPES)),
    st.integers(1, 7),
    st.lists(st.sampled_from(["page", "picture", "redirect"]), min_size=1, max_size=20),
)
def test_the_parts_of_any_file_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, shape: str, size: int, kinds: list[str]
) -> None:
    records = [
        page(number) if kind == "page" else record(number, b"x", "image/png", "200 OK" if kind == "picture" else "301 Moved")
        for number, kind in enumerate(kinds)
    ]
    path = write(tmp_path_factory.getbasetemp() / "any.warc", *records, shape=shape)
    whole = read(warc, path)
    assert [each.name for each in raws(whole)] == [
        f"http://example.org/{number}" for number, kind in enumerate(kinds) if kind == "page"
    ]
    assert read(warc, path, size) == whole
    assert len(planned(warc, path, size)) == -(-len(raws(whole)) // size) or 1


@pytest.mark.parametrize("shape", ["gzip", "zstd", "dictionary"])
def test_a_large_file_is_cut_without_being_unpacked_whole(shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_SAMPLED", 20)
    path = write(tmp_path / "a.warc", *map(page, range(400)), shape=shape)
    parts = planned(warc, path, 10)
    whole = read(warc, path)
    assert 30 <= len(parts) <= 50
    assert len(raws(whole)) == 400
    assert read(warc, path, 10) == whole
    counts = [len(list(warc.records(part, Options()))) for part in parts if isinstance(part, Part)]
    assert max(counts) < 25


def test_a_solid_file_is_cut_into_few_parts(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", *map(page, range(300)), shape="solid-gzip")
    assert len(planned(warc, path, 1)) <= MOST_PARTS
    assert len(raws(read(warc, path, 1))) == 300


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_file_is_read_through_its_archives(method: int, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", by_gzip([page(number) for number in range(9)]))
        archive.writestr("archive/more.warc", page(9))
    whole = read(warc, path)
    assert [each.name[-1] for each in raws(whole)] == list("0123456789")
    assert whole[0].place == f"{path}!archive/data.warc.gz@0"
    assert read(warc, path, 2) == whole


def harmed(data: bytes, at: int, harm: str) -> bytes:
    """The data with harm done in the record that begins at a byte."""
    match harm:
        case "head":
            return data[:at] + b"####" + data[at + 4 :]
        case "middle":
            return data[: at + 90] + b"#" * 8 + data[at + 98 :]
        case "between":
            return data[:at] + b"#" * 70 + data[at:]
        case _:
            raise ValueError(harm)


@pytest.mark.parametrize("harm", ["head", "middle", "between"])
def test_a_damaged_member_is_set_aside_and_all_others_are_read(harm: str, tmp_path: Path) -> None:
    records = [page(number) for number in range(30)]
    at = len(by_gzip(records[:11]))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(harmed(by_gzip(records), at, harm))
    whole = read(warc, path)
    lost = {11} if harm != "between" else set()
    assert [each.name for each in raws(whole)] == [f"http://example.org/{n}" for n in range(30) if n not in lost]
    assert aside(whole) == [(f"a.warc.gz@{at}", "damaged")]
    assert read(warc, path, 3) == whole


@pytest.mark.parametrize("harm", ["head", "between"])
@pytest.mark.parametrize("packed", [False, True])
def test_damage_between_records_is_told_and_all_others_are_read(harm: str, packed: bool, tmp_path: Path) -> None:
    records = [page(number) for number in range(30)]
    data = harmed(b"".join(records), len(b"".join(records[:11])), harm)
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.compress(data) if packed else data)
    whole = read(warc, path)
    lost = {11} if harm == "head" else set()
    assert [each.name for each in raws(whole)] == [f"http://example.org/{n}" for n in range(30) if n not in lost]
    assert [code for _, code in aside(whole)] == ["damaged"]
    assert read(warc, path, 3) == whole


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_that_is_cut_off_gives_the_whole_records_and_says_where_it_ends(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    data = SHAPES[shape]([page(number) for number in range(30)])
    path.write_bytes(data[:-9])
    whole = read(warc, path)
    names = [each.name for each in raws(whole)]
    assert names == [f"http://example.org/{n}" for n in range(len(names))]
    assert len(names) == 29 or shape.startswith("solid")
    assert [code for _, code in aside(whole)] == ["cut-off"]
    assert read(warc, path, 4) == whole


@pytest.mark.parametrize(
    "data", [b"", gzip.compress(b""), b"words " * 90, gzip.compress(b"words " * 90), bytes(300), b"PK\x03\x04"]
)
def test_what_is_no_warc_file_is_one_problem(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    (found,) = read(warc, path)
    assert isinstance(found, SetAside)
    assert found.problem.hint
    assert str(path) in found.problem.message


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert aside(read(warc, tmp_path / "none.warc.gz")) == [("none.warc.gz", "missing")]


@at_leisure
@given(st.binary(max_size=120), st.integers(0, 2_000), st.sampled_from(sorted(SHAPES)))
def test_no_bytes_at_all_raise_anything(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, shape: str) -> None:
    data = SHAPES[shape]([page(1), page(2), page(3)])
    at %= len(data)
    path = tmp_path_factory.getbasetemp() / "noise.warc"
    path.write_bytes(data[:at] + noise + data[at + len(noise) // 2 :])
    assert read(warc, path, 1) == read(warc, path)


def test_a_plain_file_cut_off_anywhere_tells_so(tmp_path: Path) -> None:
    content = page(1) + page(2) + page(3)
    starts = [0, len(page(1)), len(page(1) + page(2))]
    path = tmp_path / "crawl.warc"
    for size in range(1, len(content), 3):
        path.write_bytes(content[:size])
        found = read(warc, path)
        assert len(raws(found)) + len(aside(found)) >= sum(start < size for start in starts), size
        assert len(raws(found)) == sum(end - 4 <= size for end in (*starts[1:], len(content))), size
