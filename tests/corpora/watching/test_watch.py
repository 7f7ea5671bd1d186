"""Many feeds at a time: each in its turn, none held up by another, and nothing lost at an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

from tests.articles.web import Web, says, serving
from tests.corpora.watching.site import Watched, entry, feed_of, page, paths
from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.keeping import Keeping, Kept, PollKept
from whoholds.corpora.watching.pace import StoppingError
from whoholds.corpora.watching.polling import Fate, Item, Polled
from whoholds.corpora.watching.watch import Watch
from whoholds.questions import Register

DIGEST = "a list"


@pytest.fixture
def webs() -> Iterator[list[Web]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving()) for _ in range(3)]


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def watch_of(watched: Watched, stopping: Event | None = None) -> Watch:
    return Watch(watched.polling, watched.state, watched.clock, stopping or Event(), workers=3)


def test_each_feed_that_is_due_is_polled_once(webs: list[Web], watched: Watched) -> None:
    feeds = []
    for web in webs:
        for path in ("/a", "/b"):
            web.answers[path] = feed_of(entry(1, web=web))
            feeds.append(Feed(name="W", address=web.at(path)))
        web.answers["/1"] = says(page(1))
    watched.state.keep_feed(feeds[0].address, watched.state.feed("").__class__(due=watched.clock.now() + timedelta(hours=1)))
    found = list(watch_of(watched).once(feeds, DIGEST))
    assert sorted(one.feed.address for one in found if isinstance(one, Polled)) == sorted(feed.address for feed in feeds[1:])
    assert paths(webs[0]) == ["/b", "/1"]


def test_a_feed_that_is_gone_is_asked_again_when_the_list_changes(webs: list[Web], watched: Watched) -> None:
    webs[0].answers["/feed"] = says(b"", status=410)
    feed = Feed(name="W", address=webs[0].at("/feed"))
    (polled,) = watch_of(watched).once([feed], DIGEST)
    assert isinstance(polled, Polled)
    watched.state.keep_feed(feed.address, polled.remembered)
    watched.clock.to(watched.clock.now() + timedelta(days=30))
    assert list(watch_of(watched).once([feed], DIGEST)) == []
    assert len(list(watch_of(watched).once([feed], "another list"))) == 1


def test_a_host_that_hangs_does_not_hold_up_the_others(webs: list[Web], tmp_path: Path) -> None:
    watched = Watched(tmp_path, seconds=1.5)
    webs[0].answers["/feed"] = lambda handler: sleep(2)
    webs[1].answers["/feed"] = feed_of()
    feeds = [Feed(name=str(number), address=web.at("/feed")) for number, web in enumerate(webs[:2])]
    began = monotonic()
    seen = []
    for found in watch_of(watched).once(feeds, DIGEST):
        assert isinstance(found, Polled)
        seen.append((found.feed.name, found.failed, monotonic() - began < 1.2))
    assert seen == [("1", False, True), ("0", True, False)]


def test_a_watch_is_stopped_at_once(webs: list[Web], tmp_path: Path) -> None:
    watched, stopping = Watched(tmp_path, seconds=5), Event()
    webs[0].answers["/feed"] = lambda handler: sleep(3)
    found = watch_of(watched, stopping).due([Feed(name="W", address=webs[0].at("/feed"))], DIGEST)
    stopping.set()
    began = monotonic()
    with pytest.raises(StoppingError):
        next(found)
    assert monotonic() - began < 1


def test_an_error_of_the_program_is_not_hidden(webs: list[Web], watched: Watched) -> None:
    def broken(*_: object) -> bool:
        raise ZeroDivisionError

    watched.polling._relevant = broken
    webs[0].answers.update({"/feed": feed_of(entry(1, web=webs[0])), "/1": says(page(1))})
    with pytest.raises(ZeroDivisionError):
        list(watch_of(watched).once([Feed(name="W", address=webs[0].at("/feed"))], DIGEST))


def test_what_is_found_is_kept_once(webs: list[Web], watched: Watched, register: Register) -> None:
    web = webs[0]
    for number in range(18):
        web.answers[f"/{number}"] = says(page(number))
    web.answers["/17"] = says(page(16).replace(b"Report 16", b"Report 16 again"))
    web.answers["/5"] = says(b"", status=404)
    web.answers["/feed"] = feed_of(*(entry(number, web=web) for number in range(18)), ETag='"a"')
    feed = Feed(name="Example Wire", address=web.at("/feed"))
    keeping = Keeping(register, watched.state)
    kept = [one for found in watch_of(watched).once([feed], DIGEST) for one in keeping.keep(found)]
    *entries, poll = kept
    assert isinstance(poll, PollKept)
    assert poll.fates == {Fate.TAKEN: 17, Fate.FAILED: 1}
    assert poll.claims == sum(one.added.claims for one in entries if isinstance(one, Kept) and one.added) > 0
    assert watched.state.feed(feed.address) == poll.polled.remembered
    assert len(watched.state.items(feed.address, (f"id-{number}" for number in range(18)))) == 18
    addresses = {filing.document.url for filing in register.store.filings()}
    assert {web.at(f"/{number}") for number in range(18) if number != 5} <= addresses
    size = register.size()
    watched.clock.to(poll.polled.remembered.due)
    again = [one for found in watch_of(watched).once([feed], DIGEST) for one in keeping.keep(found)]
    assert [type(one) for one in again] == [PollKept]
    assert register.size() == size


def test_what_a_poll_found_before_it_was_cut_off_is_kept(webs: list[Web], watched: Watched, register: Register) -> None:
    web = webs[0]
    web.answers.update({"/31": says(page(31)), "/32": says(page(32)), "/feed": feed_of(entry(31, web=web), entry(32, web=web))})
    feed = Feed(name="Example Wire", address=web.at("/feed"))
    keeping = Keeping(register, watched.state)
    first = next(watched.polling.poll(feed))
    assert isinstance(first, Item)
    assert list(keeping.keep(first)) == []
    (kept,) = keeping.rest()
    assert isinstance(kept, Kept)
    assert kept.added is not None
    assert watched.state.items(feed.address, ["id-31", "id-32"]).keys() == {"id-31"}
    items, _ = watched.poll(feed)
    assert [item.entry.key for item in items] == ["id-32"]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)
