"""CSV with HXL hashtags: every table is what libhxl calls valid, and tells what the findings tell."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from tests.formats.exported import HARM
from whoholds.formats.cells import bare
from whoholds.formats.hxl import TABLES, hxl_text
from whoholds.questions.extract import Extract

# The core hashtags of HXL 1.1.
CORE = frozenset(
    """
    #access #activity #adm1 #adm2 #adm3 #adm4 #adm5 #affected #beneficiary #capacity #cause #channel #contact #country #crisis
    #currency #date #delivery #description #event #frequency #geo #group #impact #indicator #inneed #item #loc #meta #modality
    #need #operations #org #output #population #reached #region #respondee #sector #service #severity #status #subsector
    #targeted #value
    """.split()
)
TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def table(what: str, extract: Extract) -> list[dict[str, str]]:
    header, _, *rows = list(csv.reader(io.StringIO("".join(hxl_text(what, extract)))))
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("what", TABLES)
def test_hashtags_are_of_the_core_dictionary_and_differ(what: str) -> None:
    columns = TABLES[what][0]
    assert len(set(columns.values())) == len(columns)
    for tag in columns.values():
        assert TAG.fullmatch(tag), tag
        assert tag.split("+")[0] in CORE


@pytest.mark.parametrize("what", TABLES)
def test_libhxl_opens_and_validates_it(what: str, extract: Extract, nothing: Extract) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed")
    for one in (extract, nothing):
        text = "".join(hxl_text(what, one))
        errors: list[Any] = []
        schema = hxl.schema(callback=lambda error, errors=errors: errors.append(error))
        source = hxl.data(io.BytesIO(text.encode()))
        schema.validate(source)
        assert [str(one.message) for one in errors if one.rule.severity == "error"] == []
        assert [column.display_tag for column in hxl.data(io.BytesIO(text.encode())).columns] == list(TABLES[what][0].values())


def test_libhxl_finds_the_killed_and_the_places(extract: Extract) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed")
    data = hxl.data(io.BytesIO("".join(hxl_text("incidents", extract)).encode()))
    (row,) = [row for row in data.with_rows("#event+type=ASSAULT") if row.get("#affected+killed+min")]
    assert (row.get("#affected+killed"), row.get("#affected+killed+max") or "", row.get("#affected+injured")) == ("3", "", "9")
    assert row.get("#loc+name") == "Bakhmut"
    assert float(row.get("#geo+lat")) == pytest.approx(48.59419)


def test_a_holding_says_who_holds_what_when(extract: Extract) -> None:
    armenian, azerbaijani = (row for row in table("holdings", extract) if row["name"] == "Kalbajar")
    assert armenian["holder_name"] == "Armenia"
    assert armenian["in_force_to"] == "2020-11-24"
    assert (azerbaijani["in_force_from"], azerbaijani["in_force_to"]) == ("2020-11-25", "")
    assert azerbaijani["standing"] == "conceded"


def test_text_that_means_harm_is_text(extract: Extract) -> None:
    cells = [cell for what in TABLES for row in table(what, extract) for cell in row.values()]
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and not numbers.fullmatch(cell)]
    assert HARM in {bare(cell) for cell in cells}


def test_duties_claims_and_documents(extract: Extract) -> None:
    (duty,) = table("duties", extract)
    assert (duty["action"], duty["obligors"], duty["agreement"]) == ("hand_over", "Armenia", "truce")
    assert duty["due_not_after"] == "2020-11-15"
    documents = {row["document"]: row for row in table("documents", extract)}
    for row in table("claims", extract):
        assert row["document"] in documents
        assert int(row["after_last_character"]) > int(row["first_character"])
    assert bare(next(row["outlet"] for row in documents.values() if "Sons" in row["outlet"])) == "@Cmd & <b>Sons</b>"
