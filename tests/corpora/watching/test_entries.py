"""The entries of feeds, good ones and broken ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.corpora.watching.site import entry, rss
from whoholds.articles.fetching import Fetched
from whoholds.corpora.watching.entries import Entries, entries_of
from whoholds.model import Problem

AT = datetime(2024, 3, 2, 12, tzinfo=UTC)


def fetched(data: bytes, kind: str = "application/rss+xml", charset: str | None = None) -> Fetched:
    return Fetched(data, "https://example.org/feed", AT, kind, charset)


def entries(data: bytes, **told: str) -> Entries:
    found = entries_of(fetched(data, **told))
    assert isinstance(found, Entries)
    return found


def test_an_entry_tells_what_it_is() -> None:
    (found,) = entries(
        rss([entry(1, title="One &amp;amp; two", text="<p>First.</p><p>Second &amp; third.</p><script>x()</script>")])
    ).all
    assert (found.key, found.link) == ("id-1", "https://example.org/1")
    assert found.title == "One & two"
    assert found.text == "First.\n\nSecond & third."
    assert found.published == date(2024, 3, 1)  # half past eleven at night, where the newsroom is
    assert found.updated == ""


def test_an_atom_entry() -> None:
    atom = b"""<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><entry><id>tag:a</id><title>T</title>
    <link href='/a'/><updated>2024-03-02T01:00:00+03:00</updated><author><name>N. N.</name></author>
    <content type='html'>&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""
    (found,) = entries(atom, kind="text/html").all
    assert (found.key, found.link, found.author) == ("tag:a", "https://example.org/a", "N. N.")
    assert (found.updated, found.published, found.text) == ("2024-03-02T01:00:00+03:00", date(2024, 3, 2), "Words.")


def test_the_stamp_changes_when_the_entry_does() -> None:
    def stamp(full: bool, **told: str) -> str:
        (found,) = entries(rss([entry(1, **told)])).all  # type: ignore[arg-type]
        return found.stamp(full=full)

    for full in (True, False):
        assert stamp(full) == stamp(full)
        assert stamp(full) != stamp(full, title="Other")
        assert stamp(full, updated="2024-03-02T01:00:00Z") != stamp(full, updated="2024-03-02T02:00:00Z")
        assert stamp(full, updated="2024-03-02T01:00:00Z") == stamp(full, updated="2024-03-02T01:00:00Z", text="other")
    assert stamp(True) == stamp(True, text="other")
    assert stamp(False) != stamp(False, text="other")


def test_keys_are_those_of_the_entries_each_once() -> None:
    both = (
        "<item><link>https://e.org/a</link><title>A</title></item><item><title>B</title><description>Words</description></item>"
    )
    found = entries(rss([entry(1), both, entry(2), entry(1, title="again"), f"<item><guid>{'x' * 900}</guid></item>"])).all
    assert [one.key[:15] for one in found[:2]] == ["id-1", "https://e.org/a"]
    assert [one.title for one in found[:4]] == ["Report 1", "A", "B", "Report 2"]
    assert len(found[2].key) == len(found[4].key) == 64
    assert len(found) == 5


@pytest.mark.parametrize(
    "data", [b"", b"words", b"<html><body><p>Not found</p></body></html>", b"\x00\xff" * 50, b'{"a": 1}', b"<rs"]
)
def test_what_is_no_feed(data: bytes) -> None:
    found = entries_of(fetched(data))
    assert isinstance(found, Problem)
    assert "is no feed" in found.message
    assert found.hint


def test_a_feed_without_entries_is_one() -> None:
    assert entries(rss([])) == Entries(())


def test_a_feed_that_breaks_off_gives_what_is_whole() -> None:
    data = rss([entry(1), entry(2), entry(3)])
    found = entries(data[: data.index(b"Report 3") + 4])
    assert [one.key for one in found.all] == ["id-1", "id-2"]
    assert [problem.code for problem in found.problems] == ["feed"]


def test_broken_xml_gives_what_can_be_read() -> None:
    data = rss([entry(1), entry(2)]).replace(b"<title>Report 1", b"<title>Report & <b> 1")
    assert [one.key for one in entries(data).all] == ["id-1", "id-2"]


def test_encodings() -> None:
    words = "<?xml version='1.0' encoding='windows-1251'?>" + rss([entry(1, title="Сдан Алеппо")]).decode().partition("?>")[2]
    assert entries(words.encode("cp1251")).all[0].title == "Сдан Алеппо"
    assert entries(rss([entry(1, title="Сдан")]), charset="utf-8").all[0].title == "Сдан"


def test_a_feed_with_entities_of_its_own_is_none() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>'
        + rss([entry(1, title="&l11;")]).decode().partition("?>")[2]
    )
    found = entries_of(fetched(bomb.encode()))
    assert isinstance(found, Problem)


def test_a_json_feed() -> None:
    data = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "W", "items": [3,
    {"id": "\\ud800", "title": "\\udfff"}, {"id": "a", "url": "/a", "title": "T",
    "content_text": "Words & <signs>.", "date_published": "2024-03-01T23:00:00-05:00", "authors": [{"name": "N. N."}]},
    {"id": 5, "content_html": "<p>One</p><p>Two</p>", "date_modified": "2024-03-02T01:00:00Z"}]}"""
    odd, first, second = entries(data, kind="application/feed+json").all
    assert (odd.key, odd.title) == ("?", "?")
    assert (first.key, first.link, first.title, first.text) == ("a", "https://example.org/a", "T", "Words & <signs>.")
    assert (first.published, first.author, first.updated) == (date(2024, 3, 1), "N. N.", "")
    assert (second.text, second.updated, second.published) == ("One\n\nTwo", "2024-03-02T01:00:00Z", date(2024, 3, 2))
