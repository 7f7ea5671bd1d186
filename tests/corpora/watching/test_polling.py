"""Polls of a feed: what is new is fetched once, what changed again, and what fails is tried later or left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.articles.web import Web, leads_to, says, serving
from tests.corpora.watching.site import BEGIN, WORDS, Watched, entry, feed_of, page, paths, rss, tagged
from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.polling import MOST_TRIES, Fate, Item


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        for number in range(60):
            found.answers[f"/{number}"] = says(page(number))
        yield found


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def feed_at(web: Web, **options: Any) -> Feed:
    return Feed(name="Example Wire", address=web.at("/feed"), **options)


def test_what_is_new_comes_once(web: Web, watched: Watched) -> None:
    web.answers["/feed"] = feed_of(*(entry(number, web=web) for number in range(3)))
    items, polled = watched.poll(feed_at(web))
    assert [item.fate for item in items] == [Fate.TAKEN] * 3
    documents = [item.document for item in items]
    assert all(document and document.url == web.at(f"/{number}") for number, document in enumerate(documents))
    assert (polled.entries, polled.new, polled.left, polled.failed) == (3, 3, 0, False)
    assert polled.remembered.due == watched.clock.now() + timedelta(minutes=30)
    web.answers["/feed"] = feed_of(*(entry(number, web=web) for number in range(1, 5)))
    items, polled = watched.poll(feed_at(web))
    assert [item.entry.key for item in items] == ["id-3", "id-4"]
    assert paths(web) == ["/feed", "/0", "/1", "/2", "/feed", "/3", "/4"]
    web.answers["/feed"] = feed_of(entry(0, web=web))  # long gone, and back
    assert watched.poll(feed_at(web))[0] == []


def test_the_outlet_the_day_and_the_language_are_the_feeds(web: Web, tmp_path: Path) -> None:
    from whoholds.corpora.extracting import document_of
    from whoholds.corpora.parts import Options

    watched = Watched(tmp_path)
    watched.polling._extract = lambda record: document_of(record, Options())
    web.answers["/feed"] = feed_of(entry(1, web=web))
    web.answers["/feed?own"] = web.answers["/feed"]
    own = Feed(name="Own", address=web.at("/feed?own"), full=False)
    for full, feed in ((True, feed_at(web)), (False, own)):
        (item,), _ = watched.poll(feed)
        document = item.document
        assert document is not None
        assert (document.outlet, document.url) == (feed.name, web.at("/1"))
        assert (str(document.published), document.retrieved) == ("2024-03-01", BEGIN.date())
        assert document.language == "en"
        assert WORDS in document.text
        assert ("report number 1" in document.text) == full


def test_an_entry_that_changed_is_fetched_again(web: Web, watched: Watched) -> None:
    for updated in ("2024-03-02T10:00:00Z", "2024-03-02T10:00:00Z", "2024-03-02T11:00:00Z"):
        web.answers["/feed"] = feed_of(entry(1, web=web, updated=updated))
        watched.poll(feed_at(web))
    assert paths(web) == ["/feed", "/1", "/feed", "/feed", "/1"]


def test_an_unchanged_feed_is_not_sent_again(web: Web, watched: Watched) -> None:
    sent: list[str | None] = []
    web.answers["/feed"] = tagged(feed_of(entry(1, web=web), ETag='"a"', Cache_Control="max-age=7200"), '"a"', sent)
    _, first = watched.poll(feed_at(web))
    items, second = watched.poll(feed_at(web))
    assert (items, second.unchanged, second.failed) == ([], True, False)
    assert sent == [None, '"a"']
    assert first.remembered.due - first.at == timedelta(hours=2)
    assert second.remembered.validators == first.remembered.validators


def test_many_new_entries_are_taken_a_few_at_a_time(web: Web, watched: Watched) -> None:
    sent: list[str | None] = []
    answer = feed_of(*(entry(number, web=web) for number in range(10)), ETag='"a"')
    web.answers["/feed"] = tagged(answer, '"a"', sent)
    taken = [(len(items), polled.left) for items, polled in (watched.poll(feed_at(web, most=4)) for _ in range(4))]
    assert taken == [(4, 6), (4, 2), (2, 0), (0, 0)]
    assert sent == [None, None, None, '"a"']  # not before nothing waits


def test_ten_thousand_entries(web: Web, watched: Watched) -> None:
    told = (f"<item><guid>id-{number}</guid><description>{number} seized</description></item>" for number in range(10_000))
    web.answers["/feed"] = feed_of(*told)
    items, polled = watched.poll(feed_at(web, full=False, most=100))
    assert (len(items), polled.entries, polled.new, polled.left) == (100, 10_000, 10_000, 9_900)
    began = monotonic()
    assert watched.state.items(web.at("/feed"), (f"id-{number}" for number in range(10_000))).keys() == {
        item.entry.key for item in items
    }
    assert monotonic() - began < 2


def test_words_to_include_and_to_exclude(web: Web, watched: Watched) -> None:
    titles = ["Ceasefire in Goma", "A football match; ceasefire", "Ceasefires", "Markets", "CEASEFIRE now"]
    web.answers["/feed"] = feed_of(*(entry(number, web=web, title=title) for number, title in enumerate(titles)))
    items, _ = watched.poll(feed_at(web, include=("ceasefire",), exclude=("Football",)))
    assert [item.fate is Fate.TAKEN for item in items] == [True, False, False, False, True]
    assert paths(web) == ["/feed", "/0", "/4"]
    assert watched.poll(feed_at(web, include=("ceasefire",), exclude=("Football",)))[0] == []


def test_what_is_not_about_it_or_foreign_is_not_read(web: Web, watched: Watched) -> None:
    web.answers["/1"] = says(page(1, "The cup went to the home team after a long match that nobody will forget."))
    web.answers["/2"] = says(
        page(2, "Le gouvernement a annoncé hier que les négociations de paix reprendront la semaine prochaine à Genève.")
    )
    web.answers["/feed"] = feed_of(entry(1, web=web), entry(2, web=web))
    items, _ = watched.poll(feed_at(web))
    assert [item.fate for item in items] == [Fate.IRRELEVANT, Fate.FOREIGN]
    assert all(item.document is None for item in items)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(b"", status=404), "status"),
        (says(b"", status=410), "status"),
        (says(b"\x89PNG", "image/png"), "type"),
        (leads_to("/50"), "redirects"),
        (says(b"<html><body></body></html>"), "no-article"),
    ],
)
def test_a_page_that_is_not_to_be_had_is_left(web: Web, watched: Watched, answer: Any, code: str) -> None:
    web.answers.update({"/1": answer, "/50": leads_to("/50"), "/feed": feed_of(entry(1, web=web), entry(2, web=web))})
    items, polled = watched.poll(feed_at(web))
    assert [item.fate for item in items] == [Fate.FAILED, Fate.TAKEN]
    assert [problem.code for problem in items[0].problems] == [code]
    assert (polled.left, polled.failed) == (0, False)
    assert watched.poll(feed_at(web))[0] == []


def test_a_page_that_fails_for_now_is_tried_again_some_times(web: Web, watched: Watched) -> None:
    web.answers.update({"/1": says(b"", status=500), "/feed": feed_of(entry(1, web=web), entry(2, web=web), ETag='"a"')})
    fates = [[item.fate for item in watched.poll(feed_at(web))[0]] for _ in range(MOST_TRIES + 1)]
    assert fates == [[Fate.LATER, Fate.TAKEN], *[[Fate.LATER]] * (MOST_TRIES - 2), [Fate.FAILED], []]
    assert paths(web).count("/1") == MOST_TRIES


def test_a_page_that_comes_back_is_taken(web: Web, watched: Watched) -> None:
    web.answers.update({"/1": says(b"", status=502), "/feed": feed_of(entry(1, web=web))})
    watched.poll(feed_at(web))
    web.answers["/1"] = says(page(1))
    (item,), _ = watched.poll(feed_at(web))
    assert item.fate is Fate.TAKEN
    assert watched.poll(feed_at(web))[0] == []


def test_a_host_that_has_had_enough_is_left_alone(web: Web, watched: Watched) -> None:
    web.answers.update(
        {"/1": says(b"", status=429, Retry_After="7200"), "/feed": feed_of(*(entry(n, web=web) for n in range(4)))}
    )
    for _ in range(MOST_TRIES + 2):  # as often as it asks for it: that is no failure
        items, polled = watched.poll(feed_at(web))
        assert items[-1].fate is Fate.LATER
        assert polled.left == 3
        assert polled.remembered.due > polled.at + timedelta(hours=1, minutes=59)
    assert paths(web)[:3] == ["/feed", "/0", "/1"]
    assert "/2" not in paths(web)


def test_pages_that_hang_do_not_hold_up_the_rest_for_long(web: Web, tmp_path: Path) -> None:
    watched = Watched(tmp_path, seconds=0.2)
    for number in range(20):
        web.answers[f"/{number}"] = lambda handler: sleep(0.5)
    web.answers["/feed"] = feed_of(*(entry(number, web=web) for number in range(20)))
    items, polled = watched.poll(feed_at(web))
    assert [item.fate for item in items] == [Fate.LATER] * 3
    assert [problem.code for item in items for problem in item.problems] == ["slow"] * 3
    assert polled.left == 20


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(b"", status=500), "status"),
        (says(b"<html><p>maintenance</p></html>"), "feed"),
        (says(b"<rss", "application/rss+xml"), "feed"),
        (says(b"x", "image/png"), "type"),
    ],
)
def test_a_feed_that_fails_is_asked_less_and_less(web: Web, watched: Watched, answer: Any, code: str) -> None:
    web.answers["/feed"] = answer
    hours = []
    for _ in range(8):
        items, polled = watched.poll(feed_at(web))
        assert (items, polled.failed, [problem.code for problem in polled.problems]) == ([], True, [code])
        hours.append((polled.remembered.due - polled.at).total_seconds() / 3_600)
    assert hours == [0.5, 1, 2, 4, 8, 16, 24, 24]
    web.answers["/feed"] = feed_of(entry(1, web=web))
    _, polled = watched.poll(feed_at(web))
    assert (polled.failed, polled.remembered.failures) == (False, 0)


def test_a_feed_that_asks_to_come_later(web: Web, watched: Watched) -> None:
    web.answers["/feed"] = says(b"", status=503, Retry_After="50000")
    _, polled = watched.poll(feed_at(web))
    assert polled.remembered.due - polled.at >= timedelta(seconds=49_999)


def test_a_feed_that_is_gone(web: Web, watched: Watched) -> None:
    web.answers["/feed"] = says(b"", status=410)
    _, polled = watched.poll(feed_at(web))
    assert polled.remembered.gone == "a list"
    assert polled.problems[0].code == "gone"


def test_a_feed_that_moved_for_good_is_asked_there(web: Web, watched: Watched) -> None:
    web.answers.update({"/feed": leads_to("/new", 301), "/new": feed_of(entry(1, web=web))})
    _, polled = watched.poll(feed_at(web))
    assert polled.remembered.moved == web.at("/new")
    watched.poll(feed_at(web))
    assert paths(web) == ["/feed", "/new", "/1", "/new"]
    web.answers["/new"] = says(b"", status=404)
    for _ in range(4):  # and back, should that have been a mistake
        watched.poll(feed_at(web))
    assert paths(web)[4:] == ["/new", "/new", "/new", "/feed", "/new"]


def test_a_feed_that_is_elsewhere_for_now_is_asked_where_it_was(web: Web, watched: Watched) -> None:
    web.answers.update({"/feed": leads_to("/new", 302), "/new": feed_of()})
    for _ in range(2):
        watched.poll(feed_at(web))
    assert paths(web) == ["/feed", "/new", "/feed", "/new"]


def test_a_feed_that_breaks_off_is_asked_again_in_full(web: Web, watched: Watched) -> None:
    data = rss([entry(1, web=web), entry(2, web=web)])
    web.answers["/feed"] = says(data[: data.index(b"Report 2") + 3], "application/rss+xml", ETag='"a"')
    items, polled = watched.poll(feed_at(web))
    assert [item.entry.key for item in items] == ["id-1"]
    assert polled.problems
    sent: list[str | None] = []
    web.answers["/feed"] = tagged(says(data, "application/rss+xml"), '"a"', sent)
    assert [item.entry.key for item in watched.poll(feed_at(web))[0]] == ["id-2"]
    assert sent == [None]


def test_a_page_cannot_pass_for_one_of_another_site(web: Web, watched: Watched) -> None:
    canonical = '<link rel="canonical" href="{}"/><meta property="og:url" content="{}"/>'
    for number, address in ((1, "https://other.example/report"), (2, web.at("/2?canonical"))):
        head = canonical.replace("{}", address).encode()
        web.answers[f"/{number}"] = says(page(number).replace(b"<head>", b"<head>" + head))
    web.answers["/feed"] = feed_of(entry(1, web=web), entry(2, web=web))
    items, _ = watched.poll(feed_at(web))
    assert [item.document and item.document.url for item in items] == [web.at("/1"), web.at("/2?canonical")]


def test_entries_that_lead_nowhere_or_into_the_machine(web: Web, watched: Watched) -> None:
    odd = ["file:///etc/passwd", "javascript:alert(1)", "http://user:word@example.org/", ""]
    entries = [f"<item><guid>g{n}</guid><title>T</title><link>{link}</link></item>" for n, link in enumerate(odd)]
    web.answers["/feed"] = says(rss(entries), "application/rss+xml")
    items, _ = watched.poll(feed_at(web))
    assert [item.fate for item in items] == [Fate.FAILED] * 4
    assert paths(web) == ["/feed"]


def test_a_poll_that_is_cut_off_goes_on_where_it_was(web: Web, watched: Watched) -> None:
    web.answers["/feed"] = feed_of(*(entry(number, web=web) for number in range(4)))
    feed = feed_at(web)
    polling = watched.polling.poll(feed)
    for _ in range(2):
        item = next(polling)
        watched.state.keep_items(feed.address, {item.entry.key: item.seen})  # type: ignore[union-attr]
    polling.close()  # type: ignore[attr-defined]
    items, _ = watched.poll(feed)
    assert [item.entry.key for item in items] == ["id-2", "id-3"]
    assert paths(web) == ["/feed", "/0", "/1", "/feed", "/2", "/3"]


def test_pages_inside_the_network_are_left_for_good(web: Web, watched: Watched) -> None:
    web.answers["/feed"] = feed_of(entry(1, web=web).replace(web.at("/1"), "http://10.0.0.1/report"))
    asking = watched.polite
    poll = watched.polling.poll(feed_at(web))
    asked = asking._asked

    def on_the_public_web(address: str, *told: Any) -> Any:
        private = address.startswith("http://10.")
        asking.manners = replace(asking.manners, allow_private=not private)
        return asked(address, *told)

    asking._asked = on_the_public_web  # type: ignore[method-assign]
    item, _ = list(poll)
    assert isinstance(item, Item)
    assert (item.fate, [problem.code for problem in item.problems]) == (Fate.FAILED, ["private"])


def test_of_a_feed_inside_the_network_the_way_out_is_told(web: Web, watched: Watched) -> None:
    watched.polite.manners = replace(watched.polite.manners, allow_private=False)
    _, polled = watched.poll(feed_at(web))
    assert [problem.code for problem in polled.problems] == ["private"]
    assert "--allow-private" in polled.problems[0].hint
    assert not web.asked
