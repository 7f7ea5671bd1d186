"""Lists of feeds: what they tell, and how what is wrong in them is told, by line and with the way out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from whoholds.corpora.watching.feedlist import Feed, FeedList, duration, load, parsed

WHOLE = b"""contact = "desk@example.org"
every = "1 h"
pause = "5 s"

[[feed]]
name = "Example Wire"
address = "https://example.org/world.rss"
every = "15 min"
full = false
language = "en"
include = ["ceasefire"]
exclude = ["football", "cricket"]
most = 7

[[feed]]
name = "Other Wire"
address = "http://example.net/feed"
"""


def problems(data: bytes) -> list[str]:
    found = parsed(data, place="f.toml")
    assert isinstance(found, list)
    assert all(problem.hint for problem in found)
    return [problem.message for problem in found]


def test_a_whole_list() -> None:
    found = parsed(WHOLE, place="f.toml")
    assert isinstance(found, FeedList)
    assert (found.contact, found.pause) == ("desk@example.org", timedelta(seconds=5))
    assert found.feeds == (
        Feed(
            name="Example Wire",
            address="https://example.org/world.rss",
            every=timedelta(minutes=15),
            full=False,
            language="en",
            include=("ceasefire",),
            exclude=("football", "cricket"),
            most=7,
        ),
        Feed(name="Other Wire", address="http://example.net/feed", every=timedelta(hours=1)),
    )
    changed = parsed(WHOLE + b"# words\n", place="f.toml")
    assert isinstance(changed, FeedList)
    assert changed.digest != found.digest


@pytest.mark.parametrize(
    ("of", "instead", "told"),
    [
        (b'name = "Other Wire"', b'name = "Other', "f.toml:16: this is no TOML"),
        (b'name = "Other Wire"\n', b"", "f.toml:15: the feed has no name"),
        (b'address = "http://example.net/feed"', b'address = "example.net"', "f.toml:17: address is no web address"),
        (b'address = "http://example.net/feed"', b"", "f.toml:15: the feed has no address"),
        (
            b'address = "http://example.net/feed"',
            b'address = "https://example.org/world.rss"',
            "f.toml:17: this feed is listed",
        ),
        (b'every = "15 min"', b'every = "1 s"', "f.toml:8: every is no time from 1 min to 30 days"),
        (b'every = "1 h"', b"every = 3", "f.toml:2: every is no time"),
        (b'pause = "5 s"', b'pause = "2 days"', "f.toml:3: pause is no time from 0 s to 1 h"),
        (b"full = false", b'full = "no"', "f.toml:9: full is true or false"),
        (b'language = "en"', b'language = "English"', "f.toml:10: language is no code"),
        (b'include = ["ceasefire"]', b'include = "ceasefire"', "f.toml:11: include is no list of words"),
        (b'"football"', b'" "', "f.toml:12: exclude is no list of words"),
        (b"most = 7", b"most = 0", "f.toml:13: most is a number"),
        (b"most = 7", b"most = true", "f.toml:13: most is a number"),
        (b"most = 7", b"least = 7", "f.toml:13: nothing is called least here"),
        (b"contact =", b"contract =", "f.toml:1: nothing is called contract here"),
        (b"desk@", "d\u00e9sk@".encode(), "f.toml:1: contact is no address in ASCII"),
        (b"Other Wire", b"Other \xff", "f.toml:16: the file is not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(of: bytes, instead: bytes, told: str) -> None:
    assert of in WHOLE
    (message,) = problems(WHOLE.replace(of, instead))
    assert message.startswith(told)


@pytest.mark.parametrize("data", [b"", b"feed = 3", b"feed = [1]", b"[feed]\nname = 'a'", b"[[feeds]]\nname = 'a'"])
def test_no_feeds(data: bytes) -> None:
    assert any("it lists no feed" in message for message in problems(data))


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(problems(b"[[feed]]\n[[feed]]\nmost = 0\n")) == 5


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        found = load(path)
        assert isinstance(found, list)
        assert str(path) in found[0].message


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("90 s", 90), ("30min", 1_800), (" 2 Hours ", 7_200), ("1 d", 86_400), ("", None), ("h", None), ("-1 h", None), (5, None)],
)
def test_times(told: object, seconds: int | None) -> None:
    assert duration(told) == (None if seconds is None else timedelta(seconds=seconds))
