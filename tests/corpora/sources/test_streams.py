"""Packed files as streams: what can be read comes, then what was wrong, and never more than a little in memory."""

from __future__ import annotations

import gzip
import os
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.wholes import PACKINGS, at_leisure
from whoholds.corpora.sources import streams
from whoholds.corpora.sources.packings import packing_of
from whoholds.corpora.sources.streams import Stream, opened, recoded
from whoholds.model import Problem

DATA = bytes(range(256)) * 2_000
PACKED = sorted(set(PACKINGS) - {"plain"})


def stream_of(path: Path, data: bytes) -> Stream:
    path.write_bytes(data)
    found = opened(path)
    assert isinstance(found, Stream)
    return found


def read(path: Path, data: bytes) -> tuple[bytes, str | None]:
    with stream_of(path, data) as stream:
        got = stream.read()
        return got, stream.fault.code if stream.fault else None


@pytest.mark.parametrize("packing", PACKINGS)
def test_whole_files_come_whole_however_they_are_packed(packing: str, tmp_path: Path) -> None:
    packed = PACKINGS[packing](DATA)
    assert read(tmp_path / "a", packed) == (DATA, None)
    with stream_of(tmp_path / "a", packed) as stream:
        assert stream.packed is (packing != "plain")


@pytest.mark.parametrize("packing", PACKED)
def test_members_one_after_another_are_one_stream_and_zeros_after_them_are_padding(packing: str, tmp_path: Path) -> None:
    packed = PACKINGS[packing](DATA)
    assert read(tmp_path / "a", packed + packed + bytes(70_000)) == (DATA + DATA, None)


@pytest.mark.parametrize("packing", PACKED)
def test_a_file_that_is_cut_off_gives_what_is_there_and_says_so(packing: str, tmp_path: Path) -> None:
    got, fault = read(tmp_path / "a", PACKINGS[packing](DATA)[:-5])
    assert fault == "cut-off"
    assert DATA.startswith(got)
    assert len(got) > len(DATA) // 2


@pytest.mark.parametrize("packing", PACKED)
def test_what_follows_the_last_member_is_told(packing: str, tmp_path: Path) -> None:
    assert read(tmp_path / "a", PACKINGS[packing](DATA) + b"something else") == (DATA, "damaged")


@pytest.mark.parametrize("packing", PACKED)
def test_a_damaged_file_gives_nothing_that_was_not_in_it_before_the_damage(packing: str, tmp_path: Path) -> None:
    noise = os.urandom(500_000)
    packed = PACKINGS[packing](noise)
    middle = len(packed) // 2
    got, fault = read(tmp_path / "a", packed[:middle] + bytes(40) + packed[middle + 40 :])
    assert fault == "damaged"
    assert len(got) < len(noise)


def test_frames_of_zstandard_that_hold_nothing_are_passed_over(tmp_path: Path) -> None:
    frame = struct.pack("<II", 0x184D2A51, 3) + b"abc"
    packed = PACKINGS["zstd"](DATA)
    assert read(tmp_path / "a", frame + packed + frame + packed) == (DATA + DATA, None)


@pytest.mark.parametrize("packing", PACKED)
def test_a_bomb_ends_early_and_in_little_memory(packing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "UNWATCHED", 2_000_000)
    packed = PACKINGS[packing](bytes(60_000_000))
    with stream_of(tmp_path / "bomb", packed) as stream:
        tracemalloc.start()
        got = 0
        while data := stream.read(65_536):
            got += len(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert stream.fault
    assert stream.fault.code == "bomb"
    assert got < 40_000_000
    assert peak < 100_000_000


def test_a_file_of_one_line_repeated_is_no_bomb(tmp_path: Path) -> None:
    line = b'{"id": "1", "text": "Rebels left."}\n' * 200_000
    packed = gzip.compress(line)
    assert len(line) > 100 * len(packed)
    assert read(tmp_path / "a", packed) == (line, None)


def test_what_the_system_does_not_hand_out_is_a_problem(tmp_path: Path) -> None:
    missing, folder = opened(tmp_path / "none"), opened(tmp_path)
    assert isinstance(missing, Problem)
    assert isinstance(folder, Problem)
    assert (missing.code, folder.code) == ("missing", "directory")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = opened(tmp_path / "pipe")
    assert isinstance(found, Problem)
    assert found.code == "no-file"


def test_a_plain_file_can_be_read_from_anywhere_a_packed_one_cannot(tmp_path: Path) -> None:
    with stream_of(tmp_path / "a", DATA) as stream:
        stream.seek(300)
        assert stream.read(20) == DATA[300:320]
        assert stream.tell() == 320
    with stream_of(tmp_path / "b", PACKINGS["gzip"](DATA)) as stream:
        assert not stream.seekable()
        stream.read(70_000)
        assert stream.tell() == 70_000


def test_utf_16_becomes_utf_8(tmp_path: Path) -> None:
    words = "Ребелы оставили Old Mill 🙂\n" * 5_000
    with recoded(stream_of(tmp_path / "a", words.encode("utf-16")), "utf-16") as stream:
        assert stream.read().decode("utf-8") == words


@at_leisure
@given(st.binary(max_size=400), st.sampled_from(PACKED))
def test_no_bytes_at_all_raise_anything(tmp_path_factory: pytest.TempPathFactory, rest: bytes, packing: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    for data in (rest, PACKINGS[packing](b"words")[:12] + rest, PACKINGS[packing](rest)[: len(rest)]):
        read(path, data)


def test_only_known_magic_bytes_are_packings() -> None:
    assert [packing_of(PACKINGS[packing](b"words")) for packing in PACKED] == PACKED
    assert packing_of(b"words") is None
    assert packing_of(b"") is None
