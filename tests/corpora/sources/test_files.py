"""Folders, patterns and single files: what is read, in which order, and that everything else is told."""

from __future__ import annotations

import bz2
import gzip
import os
import socket
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tests.corpora.sources.archives import PAGE, PROSE, all_of, codes, contents, names, plan, read_all
from whoholds.articles.files import LARGEST
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, SetAside
from whoholds.corpora.sources import files, records
from whoholds.corpora.sources import names as naming
from whoholds.corpora.sources.globs import matching
from whoholds.corpora.sources.origins import Origin, write_origin
from whoholds.corpora.sources.recognising import kind_of_bytes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def write(folder: Path, *paths: str, text: str = PROSE) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_a_folder_at_any_depth_in_the_order_of_names(folder: Path) -> None:
    write(folder, "b.txt", "a/z.html", "a/b/c/deep.md", "c.eml", "a/a.txt")
    read, aside = all_of("in")
    assert names(read) == ["a/a.txt", "a/b/c/deep.md", "a/z.html", "b.txt", "c.eml"]
    assert [record.place for record in read] == [f"in/{name}" for name in names(read)]
    assert aside == []


def test_parts_hold_at_most_the_size_and_together_everything(folder: Path) -> None:
    write(folder, *(f"{i:03}.txt" for i in range(25)))
    parts = [part for part in plan("in", size=10) if isinstance(part, Part)]
    assert [len(part.names) for part in parts] == [10, 10, 5]
    assert [name for part in parts for name in part.names] == [f"{i:03}.txt" for i in range(25)]
    assert names(read_all(reversed(parts))[0])[:5] == [f"{i:03}.txt" for i in range(20, 25)]


def test_files_with_the_same_name_keep_their_paths(folder: Path) -> None:
    write(folder, "may/report.txt", "june/report.txt")
    assert names(all_of("in")[0]) == ["june/report.txt", "may/report.txt"]


def test_single_files_are_put_into_one_part_and_called_as_named(folder: Path) -> None:
    write(folder, "a.txt", "sub/b.html")
    whole = str(folder / "a.txt")
    parts = plan("in/a.txt", "in/sub/b.html", whole)
    assert len(parts) == 2
    assert names(read_all(parts)[0]) == ["in/a.txt", "in/sub/b.html", whole]


def test_a_missing_file_is_told_and_the_others_are_read(folder: Path) -> None:
    write(folder, "a.txt", "b.txt")
    read, aside = all_of("in/a.txt", "in/none.txt", "in/b.txt", "nowhere")
    assert names(read) == ["in/a.txt", "in/b.txt"]
    assert [one.place for one in aside] == ["in/none.txt", "nowhere"]
    assert codes(aside) == ["missing", "missing"]


def test_unknown_kinds_are_counted_in_one_line_and_read_when_forced(folder: Path) -> None:
    write(folder, "a.txt", "b.pptx", "c.pptx", "d", "e.odd.thing of a headline")
    read, aside = all_of("in")
    assert names(read) == ["a.txt"]
    assert codes(aside) == ["unknown-kind"]
    assert "4 files" in aside[0].problem.message
    assert ".pptx (2)" in aside[0].problem.message and "no ending (2)" in aside[0].problem.message
    assert len(all_of("in", options=Options(kind="files"))[0]) == 5


def test_hidden_files_and_pictures_are_counted_in_one_line(folder: Path) -> None:
    write(folder, "a.txt", ".hidden.txt", ".git/b.txt", "p.png", "s.css", "q.js.gz")
    read, aside = all_of("in")
    assert names(read) == ["a.txt"]
    assert codes(aside) == ["passed-over"]
    assert "5 files" in aside[0].problem.message and "hidden (2)" in aside[0].problem.message


def test_what_a_browser_saved_beside_a_page_is_passed_over(folder: Path) -> None:
    write(folder, "story.html", "story_files/frame.html", "my_files/report.html")
    read, aside = all_of("in")
    assert names(read) == ["my_files/report.html", "story.html"]
    assert codes(aside) == ["passed-over"]


def test_the_folder_of_the_run_is_no_source(folder: Path) -> None:
    write(folder, "a.txt", "out/run.json", "out/claims/00000.jsonl", "other/out/b.txt")
    read, aside = all_of("in", keep=folder / "out" / "fetched")
    assert names(read) == ["a.txt", "other/out/b.txt"]
    assert codes(aside) == ["passed-over"] and "the folder of this run (1)" in aside[0].problem.message


def test_an_empty_folder_is_told(folder: Path) -> None:
    assert codes(all_of("in")[1]) == ["empty"]


def test_empty_files_are_records(folder: Path) -> None:
    write(folder, *(f"{i}.txt" for i in range(50)), text="")
    read, aside = all_of("in")
    assert len(read) == 50 and not aside
    assert contents(read) == [b""] * 50


def test_a_link_to_a_folder_above_is_followed_once(folder: Path) -> None:
    write(folder, "a/b.txt")
    (folder / "a" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    read, aside = all_of("in")
    assert names(read) == ["a/b.txt"]
    assert sorted(codes(aside)) == ["no-file", "repeated-folder"]


def test_a_link_to_a_folder_elsewhere_is_followed(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, "other/b.txt")
    (folder / "link").symlink_to(tmp_path / "other", target_is_directory=True)
    assert names(all_of("in")[0]) == ["link/b.txt"]


def test_pipes_sockets_and_devices_are_told_and_never_opened(folder: Path) -> None:
    write(folder, "a.txt")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("in/socket.txt")
        os.mkfifo(folder / "pipe.jsonl")
        read, aside = all_of("in", "in/pipe.txt", "in/pipe.jsonl", "/dev/zero")
    assert names(read) == ["a.txt"]
    assert codes(aside) == ["no-file"] * 6


def test_a_file_that_became_a_pipe_after_planning(folder: Path) -> None:
    write(folder, "a.txt", "b.txt", "c.txt")
    parts = plan("in")
    (folder / "a.txt").unlink()
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").unlink()
    (folder / "b.txt").mkdir()
    read, aside = read_all(parts)
    assert names(read) == ["c.txt"]
    assert codes(aside) == ["no-file", "directory"]


def test_a_folder_that_vanished_after_planning(folder: Path) -> None:
    write(folder, "sub/a.txt", "sub/b.txt")
    parts = plan("in")
    folder.rename(folder.with_name("gone"))
    read, aside = read_all(parts)
    assert read == []
    assert codes(aside) == ["missing", "missing"]
    assert aside[0].place == "in/sub/a.txt"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(folder: Path) -> None:
    write(folder, "a.txt", "locked/b.txt", "c.txt")
    (folder / "a.txt").chmod(0)
    (folder / "locked").chmod(0)
    read, aside = all_of("in")
    (folder / "locked").chmod(0o700)
    assert names(read) == ["c.txt"]
    assert codes(aside) == ["permission", "permission"]


def test_denied_folders_and_files_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.txt", "b/c.txt")
    scan, opened = os.scandir, os.open

    def denied(path: str, *rest: int) -> object:
        if path in ("in/b", "in/a.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest) if rest else scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    monkeypatch.setattr(os, "open", denied)
    read, aside = all_of("in")
    assert read == []
    assert [(one.place, one.problem.code) for one in aside] == [("in/b", "permission"), ("in/a.txt", "permission")]


def test_a_file_larger_than_any_report_is_not_loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.txt")
    with (folder / "large.html").open("wb") as file:
        file.truncate(4 * LARGEST)
    monkeypatch.setattr(files, "LARGEST", LARGEST)
    began = time.process_time()
    read, aside = all_of("in")
    assert time.process_time() - began < 1
    assert names(read) == ["a.txt"]
    assert codes(aside) == ["too-large"] and aside[0].place == "in/large.html"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_utf8_or_cannot_be_printed_are_shown_escaped(folder: Path) -> None:
    for name in (b"caf\xe9.txt", b"two\nlines.txt", b"\x1b[31mred.txt"):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text(PROSE)
    read, aside = all_of("in")
    assert not aside
    assert names(read) == ["\\x1b[31mred.txt", "caf\\xe9.txt", "two\\nlines.txt"]
    assert all(record.place.isprintable() and record.place.encode() for record in read)


def test_reports_packed_on_their_own(folder: Path) -> None:
    (folder / "a.txt.gz").write_bytes(gzip.compress(PROSE.encode()))
    (folder / "b.html.bz2").write_bytes(bz2.compress(PAGE.encode()))
    (folder / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(5_000))[:2_000])
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(bytes(LARGEST + 1), 1))
    read, aside = all_of("in")
    assert contents(read) == [PROSE.encode(), PAGE.encode()]
    assert [(one.place, one.problem.code) for one in aside] == [("in/bomb.txt.gz", "too-large"), ("in/cut.txt.gz", "cut-off")]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.txt", ["in/a.txt", "in/b.txt"]),
        ("in/?.txt", ["in/a.txt", "in/b.txt"]),
        ("in/[!a].txt", ["in/b.txt"]),
        ("in/**/*.txt", ["in/a.txt", "in/b.txt", "in/sub/a.txt", "in/sub/deep/c.txt"]),
        ("in/**", ["in/a.txt", "in/b.txt", "in/sub/a.txt", "in/sub/deep/c.txt"]),
        ("in/**/deep/**/*.txt", ["in/sub/deep/c.txt"]),
        ("*/sub/*.txt", ["in/sub/a.txt"]),
        ("in/s*", ["in/sub"]),
        ("in/.*.txt", ["in/.hidden.txt"]),
        ("in/*.pdf", []),
        ("none/**/*.txt", []),
    ],
)
def test_patterns(folder: Path, pattern: str, found: list[str]) -> None:
    write(folder, "a.txt", "b.txt", "sub/a.txt", "sub/deep/c.txt", ".hidden.txt")
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert matching(pattern) == found


def test_a_pattern_that_nothing_fits_is_told(folder: Path) -> None:
    assert codes(all_of("in/*.pdf")[1]) == ["missing"]


def test_a_file_whose_name_looks_like_a_pattern(folder: Path) -> None:
    write(folder, "[1].txt")
    assert names(all_of("in/[1].txt")[0]) == ["in/[1].txt"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"WARC/1.0\r\n", "warc"),
        (b'{"text": "x"}\n', "jsonl"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "feed"),
        (b"<feed xmlns=", "feed"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "tar"),
        (b"%PDF-1.7", "files"),
        (b"<html>", "files"),
        (b"", "files"),
        (b"Words.", "files"),
        (b"<!-- -->" * 500, "files"),
    ],
)
def test_kinds_are_told_by_the_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of_bytes(head, "thing") == kind


def test_a_spreadsheet_is_no_archive_of_reports(folder: Path) -> None:
    (folder / "a.bin").write_bytes(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + b"xl/workbook.xml")
    assert codes(all_of("in/a.bin")[1]) == ["binary"]


def test_a_named_file_without_a_known_ending_is_a_report(folder: Path) -> None:
    write(folder, "dispatch")
    assert names(all_of("in/dispatch")[0]) == ["in/dispatch"]


def test_a_kind_that_there_is_not_is_an_error_of_the_program(folder: Path) -> None:
    with pytest.raises(ValueError, match="no kind rtf"):
        plan("in", options=Options(kind="rtf"))


def test_the_same_folder_gives_the_same_plan(folder: Path) -> None:
    write(folder, *(f"{i % 7}/{i * 7919 % 101}.txt" for i in range(100)))
    assert plan("in", size=7) == plan("in", size=7)


def test_a_part_of_one_file_without_names(folder: Path) -> None:
    write(folder, "a.txt")
    (record,) = records(Part(kind="files", path="in/a.txt"), Options())
    assert isinstance(record, Raw) and record.data == PROSE.encode()


def test_thousands_of_files_are_planned_at_once(folder: Path) -> None:
    for i in range(2_000):
        (folder / f"{i:05}.txt").touch()
    began = time.process_time()
    assert len(plan("in")) == 8
    assert time.process_time() - began < 1  # seconds; it takes a fortieth of one


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "files"),
        ("a.html.gz", "files"),
        ("a.tar.gz", "tar"),
        ("a.tgz", "tar"),
        ("a.tar.zst", "tar"),
        ("a.jsonl.zst", "jsonl"),
        ("a.warc.gz", "warc"),
        ("a.csv", "csv"),
        ("a.wacz", "warc"),
        ("a.gz", None),
        (".txt", None),
        ("dir.txt/a", None),
    ],
)
def test_kinds_are_told_by_endings(name: str, kind: str | None) -> None:
    assert naming.kind_of(name) == kind


def test_standard_input_is_kept_and_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "piped").write_text(PROSE)
    with (folder / "piped").open() as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        read, aside = all_of("-", keep=folder / "kept")
    assert contents(read) == [PROSE.encode()] and not aside


def test_a_file_from_an_address_is_told_as_its_answer_was(folder: Path) -> None:
    name = "0123456789abcdef-story.html"
    write(folder, name, text=PAGE)
    url = "https://news.example/story"
    origin = Origin(url, url, "2024-03-02T10:00:00+00:00", "text/html", "utf-8", 1, "", name)
    write_origin(folder / "0123456789abcdef.origin.json", origin)
    (record,) = all_of(f"in/{name}")[0]
    assert (record.told.url, record.told.retrieved, record.name) == (url, date(2024, 3, 2), url)


def test_nothing_is_set_aside_without_a_way_out(folder: Path) -> None:
    write(folder, "a.odd", ".b", "c.png")
    os.mkfifo(folder / "pipe")
    aside = [one for one in plan("in", "none", "in/*.pdf") if isinstance(one, SetAside)]
    assert sorted(codes(aside)) == ["missing", "missing", "no-file", "passed-over", "unknown-kind"]
    assert all(one.problem.message and one.problem.hint for one in aside)
