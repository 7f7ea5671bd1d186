"""Tables: usual columns are known, parts together are the whole, and what is not in order is told by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.wholes import DEFAULTS, PACKINGS, aside, at_leisure, planned, read, texts
from whoholds.corpora.parts import Options
from whoholds.corpora.records import SetAside, Told, Written
from whoholds.corpora.sources import csv_tables
from whoholds.corpora.sources.lines import MOST_PARTS
from whoholds.corpora.sources.tables import day_of


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def write(path: Path, data: str | bytes, packing: str = "plain") -> Path:
    path.write_bytes(PACKINGS[packing](data.encode() if isinstance(data, str) else data))
    return path


def only(path: Path, options: Options = DEFAULTS) -> Written:
    (found,) = read(csv_tables, path, options=options)
    assert isinstance(found, Written), found
    return found


WHOLE = Told(title="Left", outlet="Wire", author="Jane", url="http://e/", published=date(2024, 3, 2))


@pytest.mark.parametrize(
    ("names", "delimiter"),
    [
        (("Headline", "Full Text", "Publication", "Byline", "URL", "Publication Date"), ","),  # as in LexisNexis exports
        (("HD", "TD", "SN", "BY", "URL", "PD"), "\t"),  # Factiva's field codes
        (("title", "text", "media_name", "author", "url", "publish_date"), ","),  # as Media Cloud has them
        (("title", "content", "domain", "authors", "documentidentifier", "seendate"), "|"),  # as around GDELT
        (("TITLE", "Article-Body", "Source", "author", "link", "date_published"), ";"),
    ],
)
def test_usual_columns_are_known(names: tuple[str, ...], delimiter: str, tmp_path: Path) -> None:
    row = ("Left", "Rebels left, they said; it\tis | so.", "Wire", "Jane", "http://e/", "2024-03-02")
    found = only(write(tmp_path / "a.csv", table([names, row], delimiter)))
    assert (found.text, found.told, found.name, found.place) == (row[1], WHOLE, f"{tmp_path}/a.csv:2", f"{tmp_path}/a.csv:2")


def test_the_lead_and_the_body_of_factiva_are_one_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([("AN", "HD", "LP", "TD"), ("W1", "Left", "Rebels left.", "They said.")]))
    found = only(path)
    assert (found.name, found.text) == ("W1", "Rebels left.\n\nThey said.")


def test_columns_are_named_by_the_user(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([("a", "b", "c", "text"), ("Rebels", "left.", "2024-03-02", "no")]))
    found = only(path, Options(columns=(("text", "a+B"), ("published", "c"))))
    assert (found.text, found.told.published) == ("Rebels\n\nleft.", date(2024, 3, 2))


@pytest.mark.parametrize("columns", [(), (("text", "Inhalt"),), (("outlet", "none"),)])
def test_wrong_columns_are_one_problem_that_names_those_there_are(columns: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([("titel", "quelle"), *[("x", "y")] * 50]))
    (found,) = read(csv_tables, path, options=Options(columns=columns))
    assert isinstance(found, SetAside)
    assert found.problem.code == "columns"
    assert '"titel", "quelle"' in found.problem.message
    assert "--column" in found.problem.hint


CELLS = st.text(st.sampled_from('ab ,;"\n\r\t|é0'), max_size=12)


@at_leisure
@given(
    st.lists(st.tuples(CELLS, CELLS), max_size=12),
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(['"', 'x,"y', "x", "\n", "\n\n", 'a,b,c\n"', "\ufeff"])), max_size=3
    ),
    st.integers(1, 5),
    st.sampled_from(["plain", "gzip"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
)
def test_the_parts_of_any_table_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    harm: list[tuple[int, str]],
    size: int,
    packing: str,
    encoding: str,
) -> None:
    written = [table([row]) for row in rows]
    for at, harmful in harm:
        written.insert(min(at, len(written)), harmful)
    data = "title,text\r\n" + "".join(written)
    path = write(tmp_path_factory.getbasetemp() / "any.csv", data.encode(encoding, "replace"), packing)
    whole = read(csv_tables, path)
    assert read(csv_tables, path, size) == whole
    if not harm and encoding.startswith("utf"):  # others are guessed, from more text than this
        assert texts(whole) == [text for _, text in rows if any(map(str.isalnum, text))]


def test_rows_that_are_not_in_order_are_set_aside_by_line(tmp_path: Path) -> None:
    data = 'title,date,text\nA,2024-03-02,"Rebels\nleft."\nB,Rebels left.\nC,2024-03-02,Rebels, they said, left.\n'
    data += "D,someday,Rebels left.\nE,,\nF,2024-03-02,Rebels left again.\n"
    path = write(tmp_path / "a.csv", data.encode() + "G,2024-03-02,Café\n".encode("latin-1"))
    for size in (1, 2, 100):
        found = read(csv_tables, path, size)
        assert texts(found) == ["Rebels\nleft.", "Rebels left again."]
        assert [place for place, _ in aside(found)] == [f"a.csv:{line}" for line in (4, 5, 6, 7, 9)]


def test_a_quotation_mark_that_is_never_closed_costs_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'title,text\nA,Rebels left.\nB,"Rebels came\nC,Rebels stayed.\nD,Rebels slept.\n')
    for size in (1, 2, 3, 100):
        for packing in ("plain", "gzip"):
            found = read(csv_tables, write(path, path.read_bytes(), packing) if packing == "plain" else path, size)
            assert texts(found) == ["Rebels left.", "Rebels stayed.", "Rebels slept."]
            assert aside(found) == [("a.csv:3", "record")]


def test_long_cells_are_read_and_rows_too_long_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "Rebels left. " * 50_000
    path = write(tmp_path / "a.csv", table([("title", "text"), ("A", long), ("B", "Rebels left.")]))
    assert texts(read(csv_tables, path)) == [long, "Rebels left."]
    monkeypatch.setattr(csv_tables, "LONGEST_ROW", 10_000)
    for size in (1, 5):
        found = read(csv_tables, path, size)
        assert texts(found) == ["Rebels left."]
        assert aside(found) == [("a.csv:2", "record")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_by_the_bytes(encoding: str, tmp_path: Path) -> None:
    text = "Rebels left the “café”, they said. " * 3
    path = write(tmp_path / "a.csv", table([("title", "text"), *[("A", text)] * 9]).encode(encoding))
    assert texts(read(csv_tables, path, 2)) == [text] * 9


def test_a_packed_table_that_is_cut_off_gives_its_rows_and_where_it_ends(tmp_path: Path) -> None:
    rows = [(f"T{number}", f"Rebels left mill {number}.") for number in range(3_000)]
    path = tmp_path / "a.csv.gz"
    path.write_bytes(PACKINGS["gzip"](table([("title", "text"), *rows]).encode())[:-4_000])
    whole = read(csv_tables, path)
    count = len(texts(whole))
    assert 0 < count < 3_000
    assert aside(whole) == [(f"a.csv.gz:{count + 2}", "cut-off")]
    assert read(csv_tables, path, 10) == whole
    assert len(planned(csv_tables, path, 10)) <= MOST_PARTS


@pytest.mark.parametrize("data", [b"", b"  \n", b"title,text\n", b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)) * 9])
@pytest.mark.parametrize("packing", ["plain", "gzip"])
def test_what_has_no_rows_is_one_problem(data: bytes, packing: str, tmp_path: Path) -> None:
    found = read(csv_tables, write(tmp_path / "a.csv", data, packing))
    assert [place for place, _ in aside(found)] == ["a.csv"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("words", "day_first", "day"),
    [
        ("2024-03-02T10:00:00Z", None, date(2024, 3, 2)),
        ("20240302", None, date(2024, 3, 2)),
        ("20240302T101500Z", None, date(2024, 3, 2)),
        ("20240302101500", None, date(2024, 3, 2)),
        ("2024/3/2 10:00", None, date(2024, 3, 2)),
        ("March 2, 2024 Saturday", None, date(2024, 3, 2)),
        ("2 March 2024", None, date(2024, 3, 2)),
        ("13/03/2024", None, date(2024, 3, 13)),
        ("02/03/2024", True, date(2024, 3, 2)),
        ("03/02/2024 11:00 PM", False, date(2024, 3, 2)),
        ("02/03/2024", None, None),
        ("20241302", None, None),
        ("yesterday", True, None),
    ],
)
def test_days_are_read_where_they_can_be_one_day_only(words: str, day_first: bool | None, day: date | None) -> None:
    assert day_of(words, day_first) == day


def test_the_order_of_day_and_month_is_that_of_the_table(tmp_path: Path) -> None:
    rows = [("text", "date"), ("Rebels left.", "02/03/2024"), ("Rebels came.", "13/03/2024")]
    found = read(csv_tables, write(tmp_path / "a.csv", table(rows)), 1)
    assert [each.told.published for each in found if isinstance(each, Written)] == [date(2024, 3, 2), date(2024, 3, 13)]


def test_other_readers_of_tables_keep_their_limit(tmp_path: Path) -> None:
    usual = csv.field_size_limit()
    record = only(write(tmp_path / "a.csv", table([["id", "text"], ["1", "a word " * 30_000]])))
    assert len(record.text) > usual
    assert csv.field_size_limit() == usual
