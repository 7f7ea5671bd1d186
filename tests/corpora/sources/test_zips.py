"""Zip archives: every report in them, and that no archive takes more memory or time than its reports."""

from __future__ import annotations

import json
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.corpora.sources.archives import PAGE, PROSE, all_of, codes, contents, names, plan, read_all
from whoholds.articles.files import LARGEST
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import SetAside, Written
from whoholds.corpora.sources import zips


def write_zip(path: Path, members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def changed(path: Path, old: bytes, new: bytes, *, last: bool = False) -> None:
    data = path.read_bytes()
    assert data.count(old)
    at = data.rindex(old) if last else data.index(old)
    path.write_bytes(data[:at] + new + data[at + len(old) :])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "export.zip"


def test_members_in_the_order_of_the_archive_with_their_paths(archive: Path) -> None:
    write_zip(archive, {"b/a.txt": PROSE, "a/a.txt": PROSE, "folder/": "", "page.html": PAGE})
    read, aside = all_of(archive)
    assert names(read) == ["b/a.txt", "a/a.txt", "page.html"]
    assert read[0].place == f"{archive}!b/a.txt"
    assert contents(read) == [PROSE.encode(), PROSE.encode(), PAGE.encode()]
    assert aside == []


def test_parts_together_are_the_whole_in_any_order(archive: Path) -> None:
    write_zip(archive, {f"{i}.{'txt' if i % 3 else 'png'}": str(i) for i in range(50)})
    found = plan(archive, size=7)
    parts = [part for part in found if isinstance(part, Part)]
    whole = names(all_of(archive)[0])
    assert [len(read_all([part])[0]) for part in parts] == [7, 7, 7, 7, 5]
    assert sorted(names(read_all(reversed(parts))[0])) == sorted(whole)
    assert names(read_all(parts)[0]) == whole == [f"{i}.txt" for i in range(50) if i % 3]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions(archive: Path, compression: int) -> None:
    write_zip(archive, {"a.txt": PROSE * 1_000}, compression)
    assert contents(all_of(archive)[0]) == [PROSE.encode() * 1_000]


def test_what_is_no_report_is_counted(archive: Path) -> None:
    members = ("a.txt", "p.png", ".b.txt", "__MACOSX/._a.txt", ".git/c.txt", "odd.xyz", "./dotted.txt", "../up.txt")
    write_zip(archive, dict.fromkeys(members, PROSE))
    read, aside = all_of(archive)
    assert names(read) == ["a.txt", "dotted.txt", "../up.txt"]
    assert codes(aside) == ["passed-over", "unknown-kind"]
    assert "4 files" in aside[0].problem.message and ".xyz (1)" in aside[1].problem.message
    assert "odd.xyz" in names(all_of(archive, options=Options(kind="zip"))[0])


def test_what_holds_many_reports_is_unpacked_and_cut_by_its_kind(archive: Path, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(i), "text": PROSE}) + "\n" for i in range(10))
    write_zip(archive, {"a.txt": PROSE, "sub/../r.jsonl": lines, "b.txt": PROSE})
    found = plan(archive, size=4, keep=tmp_path / "kept")
    read, aside = read_all(found)
    assert not aside
    assert sum(isinstance(record, Written) for record in read) == 10
    assert [record.name for record in read if not isinstance(record, Written)] == ["a.txt", "b.txt"]
    places = [record.place for record in read if isinstance(record, Written)]
    assert all("export.zip!sub_.._r.jsonl:" in place for place in places)
    assert [path.parent.parent for path in (tmp_path / "kept").rglob("*.jsonl")] == [tmp_path / "kept"]


def test_archives_within_archives_are_told(archive: Path) -> None:
    write_zip(archive, dict.fromkeys(("a.txt", "b.zip", "c.tar.gz", "d.7z", "e.txt.gz"), PROSE))
    read, aside = all_of(archive)
    assert names(read) == ["a.txt"]
    assert codes(aside) == ["nested"] * 4
    assert aside[0].place == f"{archive}!b.zip" and "unpack" in aside[0].problem.hint


def test_a_member_whose_bytes_were_changed_is_told_and_the_others_are_read(archive: Path) -> None:
    write_zip(archive, {"a.txt": "first " + PROSE, "b.txt": "second " + PROSE, "c.txt": "third " + PROSE}, zipfile.ZIP_STORED)
    changed(archive, b"second The", b"second Thy")
    read, aside = all_of(archive)
    assert names(read) == ["a.txt", "c.txt"]
    assert [(one.place, one.problem.code) for one in aside] == [(f"{archive}!b.txt", "damaged")]


def test_a_locked_member_is_told(archive: Path) -> None:
    write_zip(archive, {"a.txt": PROSE, "b.txt": PROSE})
    data = bytearray(archive.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(data)
    read, aside = all_of(archive)
    assert names(read) == ["b.txt"]
    assert [(one.place, one.problem.code) for one in aside] == [(f"{archive}!a.txt", "encrypted")]


def test_a_compression_that_is_not_known_is_told(archive: Path) -> None:
    write_zip(archive, {"a.txt": PROSE, "b.txt": PROSE})
    data = bytearray(archive.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(magic) + offset, 9)
    archive.write_bytes(data)
    read, aside = all_of(archive)
    assert names(read) == ["b.txt"] and codes(aside) == ["damaged"]


@pytest.mark.parametrize("cut", [0, 3, 40, 200])
def test_a_cut_off_archive_is_told(archive: Path, cut: int) -> None:
    write_zip(archive, {f"{i}.txt": PROSE for i in range(10)})
    archive.write_bytes(archive.read_bytes()[:cut])
    read, aside = all_of(archive)
    assert read == [] and codes(aside) == ["damaged"]
    assert "export.zip" in aside[0].problem.message and aside[0].problem.hint


def test_a_list_of_members_full_of_rubbish_is_told(archive: Path) -> None:
    write_zip(archive, {f"{i}.txt": PROSE for i in range(10)})
    data = bytearray(archive.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 50 : start + 200] = bytes(150)
    archive.write_bytes(data)
    assert codes(all_of(archive)[1]) == ["damaged"]


def test_an_archive_that_changed_between_planning_and_reading(archive: Path) -> None:
    write_zip(archive, {f"{i}.txt": PROSE for i in range(10)})
    parts = plan(archive, size=3)
    write_zip(archive, {"only.txt": PROSE})
    assert names(read_all(parts)[0]) == ["only.txt"]
    archive.unlink()
    assert codes(read_all(parts)[1]) == ["missing"] * 4


def test_ten_thousand_empty_members_are_fast(archive: Path) -> None:
    write_zip(archive, {f"e/{i}.txt": "" for i in range(10_000)})
    began = time.process_time()
    read, aside = all_of(archive)
    assert time.process_time() - began < 10  # seconds; it takes one
    assert len(read) == 10_000 and not aside
    assert set(contents(read)) == {b""}


def test_an_empty_archive_is_told(archive: Path) -> None:
    write_zip(archive, {})
    assert codes(all_of(archive)[1]) == ["empty"]


def peak(path: Path) -> tuple[list[str], int]:
    """The codes of what was set aside and the most bytes held meanwhile."""
    tracemalloc.start()
    _, aside = all_of(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return codes(aside), most


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_bomb_is_not_unpacked(archive: Path, compression: int) -> None:
    write_zip(archive, {"a.txt": bytes(LARGEST)}, compression)
    found, most = peak(archive)
    assert found == ["bomb"] and most < 5_000_000


def test_a_member_larger_than_a_report_is_not_unpacked(archive: Path) -> None:
    write_zip(archive, {"a.html": bytes(LARGEST + 1), "b.txt": PROSE})
    found, most = peak(archive)
    assert found == ["too-large"] and most < 5_000_000


def test_a_size_that_is_a_lie_does_not_help_a_bomb(archive: Path) -> None:
    write_zip(archive, {"a.txt": bytes(LARGEST - 1)})
    real, told = struct.pack("<L", LARGEST - 1), struct.pack("<L", 1_000)
    changed(archive, real, told)
    changed(archive, real, told)
    found, most = peak(archive)
    assert found == ["damaged"] and most < 5_000_000


def test_members_that_share_their_bytes_are_not_read(archive: Path) -> None:
    write_zip(archive, {"a.txt": PROSE * 20, "b.txt": PROSE * 20, "c.txt": PROSE}, zipfile.ZIP_STORED)
    data = bytearray(archive.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)  # the second member is said to begin where the first does
    archive.write_bytes(data)
    read, aside = all_of(archive)
    assert names(read) in (["b.txt", "c.txt"], ["a.txt", "c.txt"], ["c.txt"])
    assert set(codes(aside)) <= {"bomb", "damaged"} and "bomb" in codes(aside)


def test_a_list_of_members_that_is_too_long_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_zip(archive, {f"{i}.txt": PROSE for i in range(20)})
    monkeypatch.setattr(zips, "MOST_MEMBERS", 10)
    assert codes(all_of(archive)[1]) == ["too-large"]
    monkeypatch.setattr(zips, "_LARGEST_LIST", 100)
    (problem,) = [one.problem for one in plan(archive) if isinstance(one, SetAside)]
    assert problem.code == "too-large" and "bytes" in problem.message


def test_names_are_shown_as_they_can_be(archive: Path) -> None:
    write_zip(archive, {"caf\u00e9.txt": PROSE, "\u202etxt.exe.txt": PROSE, "a\nb.txt": PROSE})
    assert names(all_of(archive)[0]) == ["caf\u00e9.txt", "\\u202etxt.exe.txt", "a\\nb.txt"]


def test_a_name_in_utf8_that_is_not_marked_so(archive: Path) -> None:
    name = "caf\u00e9.txt".encode()
    write_zip(archive, {"cafXY.txt": PROSE})
    changed(archive, b"cafXY.txt", name)
    changed(archive, b"cafXY.txt", name)
    assert names(all_of(archive)[0]) == ["caf\u00e9.txt"]


def test_the_list_of_members_is_read_once_a_process(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_zip(archive, {f"{i}.txt": PROSE for i in range(40)})
    opened = 0

    class Counted(zipfile.ZipFile):
        def __init__(self, *given: object) -> None:
            nonlocal opened
            opened += 1
            super().__init__(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    assert len(all_of(archive, size=3)[0]) == 40
    assert opened == 1
