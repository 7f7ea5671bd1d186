"""Tar archives, packed and not: every report in them, whatever is damaged around it."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import time
import tracemalloc
from pathlib import Path

import pytest

from tests.corpora.sources.archives import PAGE, PROSE, all_of, codes, contents, names, plan, read_all, write_tar
from whoholds.articles.files import LARGEST
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Written
from whoholds.corpora.sources import tars

MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}


@pytest.mark.parametrize("ending", MODES)
def test_members_in_order_with_their_paths(tmp_path: Path, ending: str) -> None:
    path = write_tar(tmp_path / f"export{ending}", [("./b/a.txt", PROSE.encode()), ("a/a.html", PAGE.encode())], MODES[ending])
    read, aside = all_of(path)
    assert names(read) == ["b/a.txt", "a/a.html"]
    assert read[0].place == f"{path}!b/a.txt"
    assert contents(read) == [PROSE.encode(), PAGE.encode()]
    assert aside == []


def test_packed_by_zstandard(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    plain = write_tar(tmp_path / "a.tar", [("a.txt", PROSE.encode())])
    (tmp_path / "b.tar.zst").write_bytes(zstandard.compress(plain.read_bytes()))
    assert contents(all_of(tmp_path / "b.tar.zst")[0]) == [PROSE.encode()]


@pytest.mark.parametrize("ending", [".tar", ".tar.gz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_parts_together_are_the_whole_in_any_order(tmp_path: Path, ending: str, form: int) -> None:
    members = [(f"{'long/' * (i % 5 * 20)}{i}.{'txt' if i % 3 else 'png'}", str(i).encode() * (i * 37)) for i in range(50)]
    with tarfile.open(tmp_path / f"a{ending}", MODES[ending], format=form) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    parts = [part for part in plan(tmp_path / f"a{ending}", size=7) if isinstance(part, Part)]
    whole = [data for name, data in members if name.endswith("txt")]
    assert [len(read_all([part])[0]) for part in parts] == [7, 7, 7, 7, 5]
    assert contents(read_all(parts)[0]) == whole
    shuffled = random.Random(1).sample(parts, len(parts))
    assert {part: contents(read_all([part])[0]) for part in shuffled} == {part: contents(read_all([part])[0]) for part in parts}


def test_a_packed_archive_is_unpacked_once_by_a_process_that_reads_its_parts_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tar(tmp_path / "a.tar.gz", [(f"{i}.txt", PROSE.encode()) for i in range(40)], "w:gz")
    parts = plan(path, size=5)
    opened = 0

    class Counted(tars.Archive):
        def __init__(self, path: str, *, at: int = 0) -> None:
            nonlocal opened
            opened += 1
            super().__init__(path, at=at)

    monkeypatch.setattr(tars, "Archive", Counted)
    assert len(read_all(parts)[0]) == 40 and opened == 1
    assert len(read_all(parts[1::3])[0]) == 15 and opened == 2  # as one of several workers, once again from the beginning


def test_a_part_that_was_left_half_read_does_not_disturb_the_next(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar.gz", [(f"{i}.txt", str(i).encode()) for i in range(20)], "w:gz")
    first, second = (part for part in plan(path, size=10) if isinstance(part, Part))
    half = tars.records(first, Options())
    assert next(half)
    assert contents(read_all([second])[0]) == [str(i).encode() for i in range(10, 20)]
    half.close()
    assert contents(read_all([first])[0]) == [str(i).encode() for i in range(10)]


def test_links_devices_and_folders_are_no_reports(tmp_path: Path) -> None:
    members: list[tuple[str | tarfile.TarInfo, bytes]] = [("a.txt", PROSE.encode())]
    for name, sort in (
        ("l.txt", tarfile.SYMTYPE),
        ("h.txt", tarfile.LNKTYPE),
        ("f.txt", tarfile.FIFOTYPE),
        ("d.txt", tarfile.DIRTYPE),
    ):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = sort, "/etc/passwd"
        members.append((info, b""))
    read, aside = all_of(write_tar(tmp_path / "a.tar", [*members, ("p.gif", b"GIF8"), ("../../up.txt", b"x")]))
    assert names(read) == ["a.txt", "../../up.txt"]
    assert codes(aside) == ["passed-over"]
    assert "links (2)" in aside[0].problem.message and "pipes and devices (1)" in aside[0].problem.message


def test_unknown_kinds_and_archives_within(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [(name, b"x") for name in ("a.odd", "b.zip", "c.txt", "d.tgz")])
    read, aside = all_of(path)
    assert names(read) == ["c.txt"]
    assert sorted(codes(aside)) == ["nested", "nested", "unknown-kind"]
    assert "a.odd" in names(all_of(path, options=Options(kind="tar"))[0])


@pytest.mark.parametrize("ending", [".tar", ".tar.gz"])
def test_what_holds_many_reports_is_unpacked(tmp_path: Path, ending: str) -> None:
    lines = b"".join(b'{"id": "%d", "text": "The army left."}\n' % i for i in range(5))
    members = [("a.txt", PROSE.encode()), ("r.jsonl", lines), ("b.txt", PROSE.encode())]
    read, aside = all_of(write_tar(tmp_path / f"a{ending}", members, MODES[ending]), keep=tmp_path / "kept")
    assert not aside
    assert sorted(names(read)) == ["0", "1", "2", "3", "4", "a.txt", "b.txt"]
    assert sum(isinstance(record, Written) for record in read) == 5


def test_a_damaged_header_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [(f"{i}.txt", PROSE.encode()) for i in range(10)])
    data = bytearray(path.read_bytes())
    data[4 * 1_024 + 20 : 4 * 1_024 + 60] = b"x" * 40  # each member has a header and a block
    path.write_bytes(data)
    read, aside = all_of(path, size=3)
    assert names(read) == [f"{i}.txt" for i in range(10) if i != 4]
    assert [(one.place, one.problem.code) for one in aside] == [(str(path), "damaged")]
    assert "4,096" in aside[0].problem.message


@pytest.mark.parametrize("kept", [5 * 1_024 + 100, 5 * 1_024 + 512, 5 * 1_024 + 530, 5 * 1_024])
def test_a_cut_off_archive_is_told_and_what_is_whole_is_read(tmp_path: Path, kept: int) -> None:
    path = write_tar(tmp_path / "a.tar", [(f"{i}.txt", PROSE.encode()) for i in range(10)])
    path.write_bytes(path.read_bytes()[:kept])
    read, aside = all_of(path)
    assert names(read) == [f"{i}.txt" for i in range(5)]
    assert {"damaged", "cut-off"} & set(codes(aside))
    assert all(one.place.startswith(str(path)) and one.problem.hint for one in aside)


def test_a_cut_off_packed_archive_is_told_and_what_is_whole_is_read(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar.gz", [(f"{i}.txt", os.urandom(2_000).hex().encode()) for i in range(20)], "w:gz")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    read, aside = all_of(path)
    assert 7 <= len(read) <= 11
    assert names(read) == [f"{i}.txt" for i in range(len(read))]
    assert "cut-off" in codes(aside)


@pytest.mark.parametrize("data", [b"", b"x" * 100, b"x" * 5_000, bytes(10_240), gzip.compress(b""), b"\x1f\x8b\x08rubbish"])
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.tar").write_bytes(data)
    read, aside = all_of(tmp_path / "a.tar")
    assert read == [] and aside
    assert all(one.problem.message and one.problem.hint for one in aside)


def test_a_member_larger_than_a_report_is_passed_by(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar.gz", [("large.txt", bytes(LARGEST + 1)), ("b.txt", PROSE.encode())], "w:gz")
    tracemalloc.start()
    read, aside = all_of(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert names(read) == ["b.txt"]
    assert [(one.place, one.problem.code) for one in aside] == [(f"{path}!large.txt", "too-large")]
    assert most < 8_000_000


def test_a_header_that_claims_gigabytes_for_a_name_is_not_believed(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 4_000_000_000
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(20_000))
    began = time.process_time()
    read, aside = all_of(tmp_path / "a.tar")
    assert read == [] and codes(aside)[0] == "damaged"
    assert time.process_time() - began < 2


def test_zeros_without_end_are_given_up(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [("a.txt", PROSE.encode())])
    with path.open("ab") as file:
        file.truncate(10**12)  # with holes
    began = time.process_time()
    read, aside = all_of(path)
    assert names(read) == ["a.txt"] and codes(aside) == ["damaged"]
    assert time.process_time() - began < 20


def test_archives_one_behind_another_are_one(tmp_path: Path) -> None:
    first = write_tar(tmp_path / "a.tar", [("a.txt", PROSE.encode())])
    second = write_tar(tmp_path / "b.tar", [("b.txt", PROSE.encode())])
    (tmp_path / "c.tar").write_bytes(first.read_bytes() + second.read_bytes())
    assert names(all_of(tmp_path / "c.tar")[0]) == ["a.txt", "b.txt"]


def test_names_that_are_not_utf8_are_shown_escaped(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [("caf\udce9.txt", PROSE.encode())])
    assert names(all_of(path)[0]) == ["caf\\xe9.txt"]


def test_an_archive_that_vanished_after_planning(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [("a.txt", PROSE.encode())])
    parts = plan(path)
    path.unlink()
    assert codes(read_all(parts)[1]) == ["missing"]


def test_memory_does_not_grow_with_the_number_of_members(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", [(f"{i}.txt", b"x") for i in range(2_000)])
    tracemalloc.start()
    parts = plan(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(parts) == 8 and most < 1_000_000
