"""What is told of a page before its article is looked for."""

from __future__ import annotations

import time
import tomllib
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.corpora.extracting import document_of
from whoholds.corpora.glance import FEWEST, glance, printed_lines
from whoholds.corpora.parts import Options
from whoholds.corpora.records import Raw, Told, Written
from whoholds.corpora.relevance import RELEVANT, relevance
from whoholds.corpora.rows import glanced_line

IRRELEVANT = tomllib.loads((Path(__file__).parent / "irrelevant.toml").read_text("utf-8"))
DULL = [part for name in ("earnings", "shares") for part in IRRELEVANT["business"][name].strip().split("\n\n")]
WAR = "Rebels seized the town of Sake on Monday after two days of fighting in which 40 soldiers were killed, the army said."
FRENCH = [
    "La mairie a annoncé mardi que le vieux pont serait fermé à la circulation pendant trois semaines pour travaux.",
    "Les habitants du quartier se plaignent du bruit et ont demandé une réunion avec le maire avant la fin du mois.",
    "Selon un conseiller, les travaux coûteront deux cent mille euros et la piscine restera ouverte pendant l'été.",
    "Le marché se tiendra sur la place de la gare et les commerçants seront prévenus par une lettre dans les jours.",
]
FORMS = {
    "paragraphs": lambda parts: "".join(f"<p>{escape(part)}</p>" for part in parts),
    "breaks": lambda parts: "<td>" + "<br><br>".join(map(escape, parts)) + "</td>",
    "divs": lambda parts: "".join(f"<div><span>{escape(part)}</span></div>" for part in parts),
    "unclosed": lambda parts: "".join(f"<P class=x>{escape(part)}" for part in parts),
    "bare": lambda parts: " ".join(map(escape, parts)),
}


def page(body: str, head: str = "") -> Raw:
    markup = f"<!DOCTYPE html><html><head><title>News</title>{head}</head><body>{body}</body></html>"
    return Raw(place="a.html", name="a.html", data=markup.encode())


@pytest.mark.parametrize("form", list(FORMS))
def test_a_dull_page_is_passed_over_and_one_with_a_paragraph_of_war_is_not(form: str) -> None:
    seen = glance(page(FORMS[form](DULL)))
    assert seen is not None
    assert seen.language == "en"
    assert glance(page(FORMS[form]([*DULL[:2], WAR, *DULL[2:]]))) is None


@pytest.mark.parametrize("text", ["\n\n".join(parts) for parts in (DULL, FRENCH, [WAR] * 5, [*DULL, WAR, WAR, *DULL])])
@pytest.mark.parametrize("title", [None, "Rebels seize the town of Sake", "Shares fall"])
def test_a_text_is_judged_as_its_document_would_be(text: str, title: str | None) -> None:
    record = Written(place="a.jsonl:1", name="1", text=text, told=Told(title=title))
    document, _ = document_of(record, Options())
    assert document is not None
    read = document.language in (None, "en") and relevance(document) >= RELEVANT
    seen = glance(record)
    assert (seen is None) == read
    assert seen is None or seen.language == document.language


def test_a_short_text_is_not_judged_at_a_glance() -> None:
    assert glance(Written(place="a.jsonl:1", name="1", text="Shares fell.")) is None


def test_the_texts_are_long_enough_to_tell() -> None:
    assert min(sum(map(len, DULL)), sum(map(len, FRENCH))) > FEWEST


@pytest.mark.parametrize(
    "record",
    [
        page(""),
        page("<p>Bake for forty minutes and let the cake cool before you cut it.</p>"),
        page("".join(f"<li><a href='/{at}'>Sport {at}</a></li>" for at in range(500))),
        page(
            FORMS["paragraphs"](DULL), '<script type="application/ld+json">{"articleBody": "Rebels seized the town."}</script>'
        ),
        page(FORMS["paragraphs"](DULL) + "<script>var text = 'Rebels seized the town"),
        page(FORMS["paragraphs"](DULL) + "<!-- Rebels seized the town"),
        Raw(place="a.txt", name="a.txt", data="\n\n".join(DULL).encode()),
        Raw(place="a.html", name="a.html", data=b"<html><body>" + b"<p>Shares closed higher on Monday \xff\xfe\x81.</p>" * 40),
        Raw(place="a.html", name="a.html", data=b""),
    ],
    ids=["empty", "short", "menus", "json", "script", "comment", "text", "bytes", "nothing"],
)
def test_what_cannot_be_told_at_a_glance_is_extracted(record: Raw) -> None:
    assert glance(record) is None


def test_words_of_a_script_or_style_are_not_printed() -> None:
    hidden = f"<SCRIPT>'{WAR}'</SCRIPT ><style>/* {WAR} */</style><!-- {WAR} -->"
    assert glance(page(hidden + FORMS["paragraphs"](DULL))) == glance(page(FORMS["paragraphs"](DULL))) is not None


def test_titles_and_descriptions_count() -> None:
    described = f'<meta name="description" content="{WAR}">'
    assert glance(page(FORMS["paragraphs"](DULL), described)) is None
    record = page(FORMS["paragraphs"](DULL))
    assert glance(Raw(place="a", name="a", data=record.data, told=Told(title=WAR))) is None


def test_a_page_in_another_language_is_passed_over_unless_a_long_line_is_english() -> None:
    seen = glance(page(FORMS["paragraphs"](FRENCH)))
    assert seen is not None
    assert (seen.language, seen.relevance) == ("fr", 0.0)
    assert glance(page(FORMS["paragraphs"]([*FRENCH, WAR]))) is None


def test_lines_are_parted_at_blocks_and_not_at_inline_elements() -> None:
    markup = "<div>The bank <b>cut</b> its\nrate by a <i>quarter</i> &amp; said so.<br>Home<p>It was the first in a year.</div>"
    assert printed_lines(markup) == ["The bank cut its rate by a quarter & said so.", "It was the first in a year."]


@pytest.mark.parametrize("part", ["<", "<script", "<!--", "<p ", "<meta name=", "&#", "</script", "< a "])
def test_bad_markup_takes_no_longer(part: str) -> None:
    began = time.process_time()
    glance(page(part * (300_000 // len(part))))
    assert time.process_time() - began < 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<br>", "<script>", "</script>", "<!--", "-->", "<", ">", "é", *DULL[:2]]), max_size=30
    )
)
def test_any_markup_gives_lines_of_what_is_printed_or_none(parts: list[str]) -> None:
    lines = printed_lines("".join(parts))
    assert lines is None or all(line == " ".join(line.split()) for line in lines)


def test_the_line_of_a_page_passed_over_says_so() -> None:
    record = page(FORMS["paragraphs"](FRENCH))
    seen = glance(record)
    assert seen is not None
    line = glanced_line(record, seen)
    assert (line["place"], line["glanced"], line["document"], line["language"]) == ("a.html", True, None, "fr")
    assert "text" not in line
