"""Documents of word processors: their text, exports in them, and what is wrong with damaged ones."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.archives import PROSE, all_of, codes, plan
from tests.corpora.sources.made_exports import FORMS, STORIES, rtf, uni
from tests.corpora.sources.offices import docx, docx_of, odt, odt_of, packed, word_paragraph
from tests.corpora.sources.wholes import at_leisure, read
from whoholds.corpora import office
from whoholds.corpora.extracting import document_of
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Written
from whoholds.corpora.sources import exports
from whoholds.corpora.sources.recognising import kind_of_bytes
from whoholds.model import Problem

SECOND = "No one was hurt, they said – all had left."
WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    ".docx": docx,
    ".odt": odt,
    ".rtf": lambda paragraphs: rtf("\n\n".join(paragraphs)),
}


def text_of(data: bytes) -> str:
    found = office.text_of(data, "a")
    assert isinstance(found, str), found
    return found


@pytest.mark.parametrize("ending", WRITERS)
def test_a_document_is_a_report(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(WRITERS[ending]([PROSE, SECOND]))
    (record,), set_aside = all_of(path)
    assert not set_aside
    document, problems = document_of(record, Options())
    assert not problems
    assert document is not None
    assert document.text.endswith(f"{PROSE}\n\n{SECOND}")
    assert "example.org" not in document.text and "89504e" not in document.text


@pytest.mark.parametrize("ending", WRITERS)
def test_one_without_an_ending_is_recognised(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(WRITERS[ending]([PROSE]))
    (record,), set_aside = all_of(path)
    document, _ = document_of(record, Options())
    assert not set_aside and document is not None and document.text.endswith(PROSE)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("form", FORMS)
def test_exports_in_documents_are_cut(form: str, ending: str, tmp_path: Path) -> None:
    text = FORMS[form](*STORIES)
    path = tmp_path / f"a{ending}"
    in_cells = re.sub(r"^([A-Z]{2,3}) {2,}", r"\1\n", text, flags=re.M)  # tags stand in cells of a table, before their values
    lines = [line for line in in_cells.split("\n") if line.strip()]
    path.write_bytes(rtf(text) if ending == ".rtf" else WRITERS[ending](lines))
    found, set_aside = all_of(path)
    assert not set_aside
    for each, story in zip(found, STORIES, strict=True):
        assert isinstance(each, Written)
        assert (each.told.title, each.told.outlet, each.told.author) == (story.title, story.outlet, story.author)
        assert each.text.replace("\n", " ").endswith(story.body.split("\n")[-1])
    numbers = [int(each.place.rpartition("#")[2]) for each in found]
    assert numbers == [1, 2, 3]
    for size in (1, 2, 3):
        assert [each for each in read(exports, path, size) if isinstance(each, Written)] == found


def test_tags_in_the_cells_of_a_table_are_read() -> None:
    rows = re.sub(r"^([A-Z]{2,3}) {2,}(.*)$", r"\1\\cell \2\\cell\\row", FORMS["tagged"](*STORIES[:2]), flags=re.M)
    data = ("{\\rtf1\\ansi " + rows.replace("\n", "\\par\n") + "}").encode("ascii")
    found = list(exports.unfolded(Raw(place="a.rtf", name="a.rtf", data=data)))
    for each, story in zip(found, STORIES[:2], strict=True):
        assert isinstance(each, Written)
        assert (each.told.title, each.told.outlet, each.text) == (story.title, story.outlet, f"{story.title}\n\n{story.body}")


def test_a_large_document_is_cut_when_planning(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf(uni(*STORIES * 110)))
    assert path.stat().st_size > exports.SMALLEST_OFFICE
    parts = [part for part in plan(path, size=100) if isinstance(part, Part)]
    assert [(part.kind, part.start, part.end) for part in parts] == [
        ("export", start, start + 100) for start in (0, 100, 200, 300)
    ]
    assert len(all_of(path, size=100)[0]) == 330


def test_documents_in_an_archive_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.DOCX", docx([PROSE]))
        archive.writestr("many.docx", docx([line for line in uni(*STORIES).split("\n") if line.strip()]))
    found, set_aside = all_of(path)
    assert not set_aside
    assert [type(each) for each in found] == [Raw, Written, Written, Written]
    assert found[1].place == f"{path}!many.docx#1"


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    body = (
        '<w:p><w:r><w:t>They </w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>left</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>stayed</w:delText></w:r></w:del><w:r><w:br/><w:t>today.</w:t></w:r></w:p>'
        f"<w:sdt><w:sdtContent>{word_paragraph('In a frame.')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{word_paragraph('One')}</w:tc><w:tc>{word_paragraph('Two')}</w:tc></w:tr></w:tbl>"
    )
    assert text_of(docx_of(body)) == "They left\ntoday.\n\nIn a frame.\n\nOne\n\nTwo"


def test_spaces_and_changes_in_open_documents() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:h>Head</text:h><text:p>They<text:s text:c="2"/>'
        "<text:span>left<text:line-break/>all</text:span>"
        " <text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
        "of it.</text:p>"
    )
    assert text_of(odt_of(body)) == "Head\n\nThey  left\nall of it.\n\nA note."


def test_cells_of_rich_text_are_apart_and_halves_of_signs_are_put_together() -> None:
    data = rb"{\rtf1\ansi HD\cell Army enters\cell\row\par caf\'e9 \u-10179?\u-8640? \{end\}\par}"
    text = text_of(data)
    assert "HD\tArmy enters" in text
    assert "café" in text and "\U0001f640" in text and "{end}" in text


def _entities() -> bytes:
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><a>&f;</a>',
        }
    )


BAD = {
    "cut off": (docx([PROSE])[:-200], "damaged"),
    "no parts": (packed({"word/styles.xml": "<a/>"}), "binary"),
    "no xml": (packed({"[Content_Types].xml": "no", "word/document.xml": "no"}), "damaged"),
    "bomb": (packed({"[Content_Types].xml": "<a/>", "word/document.xml": b" " * 3_000_000}), "bomb"),
    "too deep": (docx_of("<w:p>" * 600 + "</w:p>" * 600), "damaged"),
    "many": (packed({f"word/{number}": "" for number in range(10_001)}), "bomb"),
    "empty": (docx([""]), "empty"),
    "empty rtf": (rb"{\rtf1 }", "empty"),
    "entities": (_entities(), "empty"),
    "open, no xml": (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a"}), "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_named(name: str, tmp_path: Path) -> None:
    data, code = BAD[name]
    document, problems = office.document_of(data, "in/a.docx")
    assert document is None
    assert [problem.code for problem in problems] == [code]
    assert "in/a.docx" in problems[0].message and problems[0].hint
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    found, set_aside = all_of(path)
    assert len(found) == 1 and not set_aside
    assert document_of(found[0], Options())[0] is None


def test_a_bad_document_that_is_said_to_be_an_export_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(BAD["bomb"][0])
    assert codes(all_of(path, options=Options(kind="export"))[1]) == ["bomb"]


def test_a_text_under_the_name_of_a_document_is_read_and_an_old_document_is_told() -> None:
    document, problems = office.document_of(PROSE.encode(), "a.rtf")
    assert document is not None and document.text == PROSE and not problems
    document, problems = office.document_of(b"\xd0\xcf\x11\xe0" + bytes(600), "a.docx")
    assert document is None and [problem.code for problem in problems] == ["binary"]


def test_notes_are_read_after_the_text() -> None:
    data = docx([PROSE])
    parts = zipfile.ZipFile(io.BytesIO(data))
    notes = f'<w:footnotes xmlns:w="a"><w:footnote>{word_paragraph("A note.")}</w:footnote></w:footnotes>'
    with_notes = {"word/footnotes.xml": notes, **{name: parts.read(name) for name in parts.namelist()}}
    assert text_of(packed(with_notes)) == f"{PROSE}\n\nA note."


def test_what_word_processors_lock_is_told() -> None:
    data = docx([PROSE])
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != data
    found = office.text_of(locked, "a.docx")
    assert isinstance(found, Problem) and found.code == "encrypted"


def test_tables_and_presentations_are_still_no_reports() -> None:
    for sign in (b"xl/workbook.xml", b"ppt/presentation.xml"):
        found = kind_of_bytes(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + sign, "a")
        assert isinstance(found, Problem) and found.code == "binary"


@at_leisure
@given(
    st.sampled_from(sorted(WRITERS)),
    st.lists(st.tuples(st.integers(0, 1_500), st.binary(max_size=20), st.integers(0, 60)), min_size=1, max_size=5),
)
def test_damaged_documents_never_raise(ending: str, damages: list[tuple[int, bytes, int]]) -> None:
    data = WRITERS[ending]([PROSE, SECOND])
    for at, put, lost in damages:
        data = data[:at] + put + data[at + lost :]
    record = Raw(place="a", name=f"a{ending}", data=data)
    for each in exports.unfolded(record):
        assert not isinstance(each, Written)
        document_of(each, Options())


@at_leisure
@given(st.text(st.sampled_from("\\{}ulcpar0129 '*-\n~fieldbinpict\x00é"), max_size=120))
def test_arbitrary_rich_text_never_raises(text: str) -> None:
    office.document_of(b"{\\rtf1" + text.encode("latin-1"), "a.rtf")
