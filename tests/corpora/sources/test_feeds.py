"""Saved feeds: an item a report, its markup as paragraphs; damaged feeds give what can be read."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.corpora.sources.wholes import PACKINGS, aside, read, texts
from whoholds.corpora.records import SetAside, Told, Written
from whoholds.corpora.sources import feeds
from whoholds.corpora.sources.fragments import text_of

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Wire</title>
<item><title>Rebels &amp;amp; army leave</title><link>http://example.org/1</link><guid>g1</guid>
<pubDate>Sat, 02 Mar 2024 23:30:00 -0500</pubDate><description>Rebels left.</description>
<content:encoded><![CDATA[<p>Rebels left <b>Old Mill</b>.</p><p>The army &amp; police<br/>said so.</p><script>no</script>]]>
</content:encoded></item>
<item><title>Rebels hold Old Mill</title><description/></item>
<item><description>5 &lt; 6, they said.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title>
<entry><title type="html">Rebels &lt;i&gt;leave&lt;/i&gt;</title><id>urn:1</id><updated>2024-03-02T10:00:00Z</updated>
<link href="http://example.org/1"/><author><name>Jane</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels left.</p><p>So it is.</p></div></content></entry>
</feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://example.org/"><title>Example Wire</title></channel>
<item rdf:about="http://example.org/1"><title>Left</title><link>http://example.org/1</link><dc:date>2024-03-02</dc:date>
<description>Rebels left.</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example Wire",
        "items": [
            {
                "id": 1,
                "url": "http://example.org/1",
                "title": "Left",
                "content_html": "<p>Rebels left.</p><p>So it is.</p>",
                "date_published": "2024-03-02T10:00:00Z",
                "authors": [{"name": "Jane"}, {"name": "John"}],
            },
            {"id": "2", "content_text": "5 < 6 &amp; so on"},
            "nothing",
        ],
    }
)


def write(path: Path, feed: str | bytes) -> Path:
    path.write_bytes(feed.encode() if isinstance(feed, str) else feed)
    return path


def told(path: Path) -> Told:
    first = read(feeds, path)[0]
    assert isinstance(first, Written)
    return first.told


def test_an_item_of_rss_tells_its_fullest_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rss", RSS)
    assert texts(read(feeds, path)) == [
        "Rebels left Old Mill.\n\nThe army & police\nsaid so.",
        "Rebels hold Old Mill",  # a headline is all that is told
        "5 < 6, they said.",
    ]
    assert told(path) == Told(
        title="Rebels & army leave", url="http://example.org/1", outlet="Example Wire", published=date(2024, 3, 2)
    )
    assert [each.place for each in read(feeds, path)] == [f"{path}#{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("feed", "text", "title", "author"),
    [
        (ATOM, "Rebels left.\n\nSo it is.", "Rebels leave", "Jane"),
        (RDF, "Rebels left.", "Left", None),
        (JSON, "Rebels left.\n\nSo it is.", "Left", "Jane, John"),
    ],
)
def test_atom_rdf_and_json_feeds_are_feeds(feed: str, text: str, title: str, author: str | None, tmp_path: Path) -> None:
    path = write(tmp_path / "a.feed", feed)
    assert texts(read(feeds, path))[0] == text
    day = date(2024, 3, 2)
    assert told(path) == Told(title=title, url="http://example.org/1", outlet="Example Wire", author=author, published=day)


def test_plain_text_of_a_json_feed_is_no_markup_and_what_is_no_item_is_set_aside(tmp_path: Path) -> None:
    found = read(feeds, write(tmp_path / "a.json", JSON))
    assert texts(found)[1] == "5 < 6 &amp; so on"
    assert aside(found) == [("a.json#3", "empty")]


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON, RSS[:-160], RSS.replace("Example Wire", "Wire & Co")])
@pytest.mark.parametrize("packing", ["plain", "gzip"])
def test_parts_are_the_whole(feed: str, packing: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a", PACKINGS[packing](feed.encode()))
    whole = read(feeds, path)
    assert texts(whole)
    for size in (1, 2, 3):
        assert read(feeds, path, size) == whole


@pytest.mark.parametrize("feed", [RSS[: RSS.index("5 &lt;")], RSS.replace("Example Wire", "Wire & Co")])
def test_a_damaged_feed_gives_its_items_and_then_what_is_wrong(feed: str, tmp_path: Path) -> None:
    found = read(feeds, write(tmp_path / "a.rss", feed))
    assert texts(found)[0] == "Rebels left Old Mill.\n\nThe army & police\nsaid so."
    assert aside(found)[-1] == ("a.rss", "damaged")


def test_entities_are_neither_multiplied_nor_fetched(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", "top secret")
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    doctype = f'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{entities}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    for entity in ("&j;", "&s;"):
        feed = RSS.replace("<rss", doctype + "<rss", 1).replace("5 &lt; 6", entity)
        found = texts(read(feeds, write(tmp_path / "a.rss", feed)))
        assert sum(map(len, found)) < 10_000
        assert "secret" not in "".join(found)


@pytest.mark.parametrize(
    "feed", ["", "<html><p>Rebels left.</p></html>", '{"items": 7}', "{", RSS.split("<item>")[0] + "</channel></rss>"]
)
def test_what_has_no_items_is_one_problem(feed: str, tmp_path: Path) -> None:
    (found,) = read(feeds, write(tmp_path / "a.rss", feed))
    assert isinstance(found, SetAside)
    assert found.problem.hint


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Rebels left.\nSo.", "Rebels left.\nSo."),
        ("5 < 6", "5 < 6"),
        ("a&nbsp;b &lt;c&gt;", "a b <c>"),
        ("<ul><li>one<li>two</ul>three", "one\n\ntwo\n\nthree"),
        ("<p>one</p>\n  <p></p>two<br>three", "one\n\ntwo\nthree"),
        ("<!-- no --><style>p {}</style><p>yes<script>no</script> too", "yes too"),
        ("<p>", ""),
        ("<" * 5 + "p>x", "<<<<\n\nx"),
        ("<div>" * 3_000 + "deep", "deep"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert text_of(markup) == text
