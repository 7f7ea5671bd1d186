"""Shown output is renewed in place and cut where the page says so."""

from __future__ import annotations

from unittest import mock

from evaluation import readme

PAGE = """before
<!-- run: whoholds read 'a b.txt'; first 2 lines -->
```text
stale
```
<!-- end run -->
between
<!-- run: whoholds ground x.txt -->
<!-- end run -->
"""


def test_blocks_are_filled_and_the_rest_is_kept() -> None:
    asked = []

    def output(arguments: str, lines: int | None) -> str:
        asked.append((arguments, lines))
        return "\\1 as it is"

    with mock.patch.object(readme, "output", output):
        page = readme.renewed(PAGE)
        assert readme.renewed(page) == page
    assert asked[:2] == [("read 'a b.txt'", 2), ("ground x.txt", None)]
    assert page == PAGE.replace("stale", "\\1 as it is").replace("x.txt -->\n", "x.txt -->\n```text\n\\1 as it is\n```\n")


def test_output_is_cut_and_stripped() -> None:
    with mock.patch.object(readme, "PROGRAM", "print('one  '); print('two'); print('three')"):
        assert readme.output("read", 2) == "one\ntwo\n..."
        assert readme.output("read", 3) == "one\ntwo\nthree"
        assert readme.output("read") == "one\ntwo\nthree"
