"""Exports of news databases: each report is one record with what its header tells, whatever the form and however it is cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.archives import PROSE, all_of, codes, plan
from tests.corpora.sources.made_exports import COVER, FORMS, STORIES, Story, accession, classic, factiva, older, tagged, uni
from tests.corpora.sources.wholes import PACKINGS, aside, at_leisure, planned, read, texts
from whoholds.corpora.extracting import document_of
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Written
from whoholds.corpora.sources import exports
from whoholds.corpora.sources.export_families import BY_NAME, family_of
from whoholds.corpora.sources.export_families import read as read_report
from whoholds.corpora.sources.exported import Exported
from whoholds.corpora.sources.lines import MOST_PARTS

DAYS = [date(2020, 11, 25), date(2020, 11, 26), date(2020, 12, 2)]
EXAMPLES = Path(__file__).parents[3] / "examples"


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def lines_of(found: list[Written]) -> list[int]:
    return [int(each.place.rpartition(":")[2]) for each in found]


@pytest.mark.parametrize("form", FORMS)
def test_each_report_is_a_record_with_what_its_header_tells(form: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", FORMS[form](*STORIES))
    found, set_aside = all_of(path)
    assert not set_aside
    for each, story, day in zip(found, STORIES, DAYS, strict=True):
        assert isinstance(each, Written)
        told = each.told
        assert (told.title, told.outlet, told.author, told.published) == (story.title, story.outlet, story.author, day)
        pieces = [story.title, "HILLFORD", story.body] if form == "classic" else [story.title, story.body]
        assert each.text == "\n\n".join(pieces)


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_found_again_by_its_line(form: str, tmp_path: Path) -> None:
    text = FORMS[form](*STORIES)
    path = written(tmp_path / "a.txt", text)
    first = {"classic": "of 3 DOCUMENTS", "older": "of 3 DOCUMENTS", "factiva": "World news", "tagged": "SE   World"}
    begins = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if (line.endswith(first[form]) if form in first else line in [story.title for story in STORIES])
    ]
    found = [each for each in read(exports, path) if isinstance(each, Written)]
    assert lines_of(found) == begins


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packing", ["plain", "gzip"])
def test_parts_of_any_size_are_the_whole(form: str, packing: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PACKINGS[packing](FORMS[form](*STORIES * 24).encode()))
    whole = read(exports, path)
    assert len(texts(whole)) == 72
    for size in (1, 7, 71, 72, 73):
        found = planned(exports, path, size)
        most = -(-72 // size) if packing == "plain" else min(MOST_PARTS, -(-72 // size))
        assert len(found) <= most and len(found) >= most // 2
        assert read(exports, path, size) == whole


STORY = st.builds(
    Story,
    title=st.text("abc XYZ,'", min_size=1, max_size=30).map(lambda words: "Army " + words),
    outlet=st.sampled_from(["Hill Wire", "The Valley Courier"]),
    day=st.sampled_from(["November 25, 2020", "May 1, 2021"]),
    author=st.sampled_from(["Ana Petrova", "Jon Doe"]),
    body=st.one_of(
        st.just(""),
        st.just(PROSE),
        st.text(st.sampled_from("ab .,\n\r\t\x0cé’"), max_size=80),
        st.sampled_from(["Body\n", "LENGTH: none\n", "3 of 4 DOCUMENTS\n", "End of Document\n", "TD\n", "1 words\n"]),
    ),
)


@at_leisure
@given(st.lists(STORY, min_size=1, max_size=6), st.sampled_from(sorted(FORMS)), st.integers(1, 4), st.text(max_size=20))
def test_the_parts_of_any_export_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, stories: list[Story], form: str, size: int, after: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes((FORMS[form](*stories) + after).encode("utf-8", "replace"))
    whole = read(exports, path)
    assert len(whole) >= len(stories)
    assert read(exports, path, size) == whole


@at_leisure
@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.tuples(st.integers(0, 3_000), st.binary(max_size=40), st.integers(0, 200)), max_size=8),
    st.integers(1, 3),
)
def test_a_damaged_export_never_raises(
    tmp_path_factory: pytest.TempPathFactory, form: str, damages: list[tuple[int, bytes, int]], size: int
) -> None:
    data = FORMS[form](*STORIES).encode()
    for at, put, lost in damages:
        data = data[:at] + put + data[at + lost :]
    path = tmp_path_factory.getbasetemp() / "damaged.txt"
    path.write_bytes(data)
    whole = read(exports, path)
    assert whole
    assert read(exports, path, size) == whole
    found, _ = all_of(path)
    for each in found:
        document_of(each, Options())


@at_leisure
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_arbitrary_bytes_are_no_export_and_never_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "arbitrary.txt"
    path.write_bytes(data)
    assert len(read(exports, path)) == 1
    record = Raw(place="a", name="a", data=data)
    assert list(exports.unfolded(record)) == [record]


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_a_body_is_set_aside_by_its_line(form: str, tmp_path: Path) -> None:
    stories = [STORIES[0], replace(STORIES[1], body=""), STORIES[2]]
    path = written(tmp_path / "a.txt", FORMS[form](*stories))
    found = read(exports, path)
    assert len(texts(found)) == 2
    assert [code for _, code in aside(found)] == ["no-body"]
    assert found[1].place.startswith(f"{path}:")


def test_what_the_export_adds_is_no_part_of_a_report(tmp_path: Path) -> None:
    for form in FORMS.values():
        for text in texts(read(exports, written(tmp_path / "a.txt", form(*STORIES)))):
            assert not re.search(
                r"Copyright|LOAD-DATE|Load-Date|ENGLISH|GRAPHIC|MILLS|Mills|words|accession|Search Terms", text
            )


def test_words_of_the_header_within_a_body_end_nothing(tmp_path: Path) -> None:
    body = "They sang.\n\nBYLINE: was a song.\n\nTYPE: another one.\n\nIN  THE END they left.\n\nThe talks ended."
    for form in (classic, older, uni, tagged):
        path = written(tmp_path / "a.txt", form(replace(STORIES[0], body=body), STORIES[1]))
        assert texts(read(exports, path))[0].endswith(body), form


def test_a_headline_of_factiva_over_two_lines_is_one(tmp_path: Path) -> None:
    story = replace(STORIES[0], title="Army enters the mill town after ten days of talks\nthat led to nothing")
    first = read(exports, written(tmp_path / "a.txt", factiva(story, STORIES[1])))[0]
    assert isinstance(first, Written)
    assert first.told.title == story.title.replace("\n", " ")


def test_a_summary_in_the_header_is_kept(tmp_path: Path) -> None:
    text = classic(*STORIES).replace("LENGTH: 355 words\n", "LENGTH: 355 words\n\nHIGHLIGHT: Rebels deny it.\n")
    assert "\n\nRebels deny it.\n\n" in texts(read(exports, written(tmp_path / "a.txt", text)))[0]


LINES = st.sampled_from(
    "|Body|BODY:|LENGTH: 3 words|512 words|25 November 2020|English|Copyright 2020|Army enters|HD|HD  Army|LP|TD|IN  THE END"
    "|CO  a : B|AN  Document ABCDEF0020201125egbp00001|By Ana|BYLINE: Ana|1 of 2 DOCUMENTS|End of Document|1. Hit|Graphic"
    "|Load-Date: May 1, 2020|LOAD-DATE: May 1, 2020|LANGUAGE:".split("|")
) | st.text(max_size=20)


@at_leisure
@given(st.lists(LINES, max_size=20), st.sampled_from(sorted(BY_NAME)), st.booleans())
def test_any_lines_are_a_report_or_told_to_be_none(lines: list[str], family: str, first: bool) -> None:
    found = read_report(BY_NAME[family], "\n".join(lines), first=first)
    if found is not None:
        assert 0 <= found.line <= max(len("\n".join(lines).replace("\f", "\n").split("\n")) - 1, 0)
    if isinstance(found, Exported):
        assert any(map(str.isalnum, found.text))


def test_a_correction_stays_with_the_report(tmp_path: Path) -> None:
    body = "Nine were hurt.\n\nCORRECTION: Seven were hurt, not nine."
    path = written(tmp_path / "a.txt", classic(replace(STORIES[0], body=body), STORIES[1]))
    assert texts(read(exports, path))[0].endswith(body)


def test_the_text_of_a_database_without_line_breaks_has_its_paragraphs(tmp_path: Path) -> None:
    long = f"{PROSE} {PROSE}"
    path = written(tmp_path / "a.txt", factiva(replace(STORIES[0], body=f"{long}\n{PROSE}"), STORIES[1]))
    assert texts(read(exports, path))[0] == f"{STORIES[0].title}\n\n{long}\n\n{PROSE}"


def test_a_day_that_the_header_does_not_tell_is_not_taken_from_elsewhere(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", classic(replace(STORIES[0], day="November"), STORIES[1]))
    first = read(exports, path)[0]
    assert isinstance(first, Written)
    assert first.told.published is None
    assert first.told.outlet == STORIES[0].outlet


def test_a_headline_over_two_lines_is_one_and_what_stands_below_is_kept(tmp_path: Path) -> None:
    story = replace(STORIES[0], title="Army enters\nmill town\n\nRebels deny it")
    first = read(exports, written(tmp_path / "a.txt", classic(story, STORIES[1])))[0]
    assert isinstance(first, Written)
    assert first.told.title == "Army enters mill town"
    assert first.text.startswith("Army enters mill town\n\nRebels deny it\n\n")


def test_a_last_report_that_is_cut_off_is_read(tmp_path: Path) -> None:
    for form in (uni, factiva, tagged):
        text = form(*STORIES)
        path = written(tmp_path / "a.txt", text[: text.rindex("they said.") + 4])
        assert len(texts(read(exports, path))) == 3


def test_reports_of_factiva_are_called_by_their_accession_numbers(tmp_path: Path) -> None:
    for form in (factiva, tagged):
        found = read(exports, written(tmp_path / "a.txt", form(*STORIES)))
        assert [each.name for each in found if isinstance(each, Written)] == [accession(number) for number in (1, 2, 3)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(uni(*STORIES, cover="").replace("\n", "\r\n").encode(encoding))
    found, set_aside = all_of(path)
    assert not set_aside
    assert [each.told.title for each in found] == [story.title for story in STORIES]
    assert read(exports, path, 1) == read(exports, path)


def test_exports_in_a_folder_and_in_archives_are_cut_as_well(tmp_path: Path) -> None:
    from zipfile import ZipFile

    folder = tmp_path / "in"
    folder.mkdir()
    written(folder / "a.txt", PROSE)
    written(folder / "b.txt", classic(*STORIES))
    written(folder / "c.txt", uni(*STORIES * 40))
    with ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("e.txt", factiva(*STORIES))
        archive.writestr("f.txt", PROSE)
    found, set_aside = all_of(folder)
    assert not set_aside
    assert len(found) == 1 + 3 + 120 + 3 + 1
    assert sum("d.zip!e.txt:" in each.place for each in found) == 3
    assert {part.kind for part in plan(folder) if isinstance(part, Part)} == {"files", "export", "zip"}


def test_a_large_export_is_cut_when_planning(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", classic(*STORIES * 100))
    parts = [part for part in plan(path, size=60) if isinstance(part, Part)]
    assert [part.kind for part in parts] == ["export"] * 5
    assert len(all_of(path, size=60)[0]) == 300


def test_a_file_may_be_said_to_be_an_export_or_to_be_none(tmp_path: Path) -> None:
    path = written(tmp_path / "a.dat", classic(*STORIES))
    assert len(all_of(path, options=Options(kind="export"))[0]) == 3
    assert len(all_of(path, options=Options(kind="files"))[0]) == 1
    path = written(tmp_path / "b.txt", PROSE)
    assert codes(all_of(path, options=Options(kind="export"))[1]) == ["no-export"]


def test_a_missing_file_and_an_empty_one_are_told(tmp_path: Path) -> None:
    assert aside(read(exports, tmp_path / "none.txt")) == [("none.txt", "missing")]
    assert aside(read(exports, written(tmp_path / "a.txt", ""))) == [("a.txt", "no-export")]


ORDINARY = {
    "one line": f"{PROSE}\n\n3 of 200 DOCUMENTS\n\n{PROSE}",
    "the end": f"{PROSE}\n\nEnd of Document\n",
    "a form": f"SECTION: news\nBYLINE: Ana Petrova\nLENGTH: 300 words\n\n{PROSE}",
    "counted": f"Headline\n512 words\nEnglish\nCopyright 2020\n\n{PROSE}",
    "a list": f"{PROSE}\n\nDocument 1 of 3\nDocument ABC123\nBody\nLoad-Date: today\n",
    "in a sentence": f"He handed over 3 of 200 DOCUMENTS and said:\n\nLENGTH: long\nBYLINE: none\n{PROSE}",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_report_is_no_export(name: str, tmp_path: Path) -> None:
    assert family_of(ORDINARY[name].encode()) is None
    found, _ = all_of(written(tmp_path / "a.txt", ORDINARY[name]))
    assert [type(each) for each in found] == [Raw]


def test_the_examples_are_no_exports() -> None:
    for path in sorted(EXAMPLES.rglob("*.*")):
        if path.is_file():
            assert family_of(path.read_bytes()) is None, path


def test_a_cover_alone_is_no_export() -> None:
    assert family_of(COVER.encode()) is None
    assert family_of(older(STORIES[0]).encode()) is not None
