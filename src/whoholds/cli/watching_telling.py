"""What a watch tells: a line a poll, or JSON, one object an entry and a poll; what went wrong on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_running import failed, print_json
from whoholds.cli.register_words import count
from whoholds.cli.severity import failed as unread
from whoholds.corpora.watching.keeping import Kept, PollKept
from whoholds.corpora.watching.polling import Fate
from whoholds.formats import problem_to_json
from whoholds.model import Problem

_FATES = {
    Fate.IRRELEVANT: "not about it",
    Fate.UNWANTED: "left out by their words",
    Fate.FOREIGN: "in another language",
    Fate.FAILED: "could not be had",
    Fate.LATER: "to be tried again",
}


class Teller:
    """Tells what was kept; counts what failed."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._paper = Paper(sys.stdout)
        self.failures = 0
        self.polls = 0

    def tell(self, kept: Kept | PollKept) -> None:
        """Tell of an entry or a poll."""
        if isinstance(kept, Kept):
            self._tell_entry(kept)
        else:
            self._tell_poll(kept)

    def _tell_entry(self, kept: Kept) -> None:
        item = kept.item
        problems = (*item.problems, *(kept.added.problems if kept.added else ()))
        bad = item.problems if item.fate in (Fate.FAILED, Fate.LATER) else [one for one in problems if unread([one])]
        self.failures += bool(bad)
        self._tell_problems(item.feed.name, bad)
        if self._as_json:
            print_json(_entry_to_json(kept, problems), indent=None)
            sys.stdout.flush()

    def _tell_poll(self, kept: PollKept) -> None:
        polled = kept.polled
        self.polls += 1
        self.failures += polled.failed
        self._tell_problems(polled.feed.name, polled.problems)
        if self._as_json:
            print_json(_poll_to_json(kept), indent=None)
            sys.stdout.flush()
            return
        style = "failure" if polled.failed else ""
        name = shown(polled.feed.name)
        self._paper.line([("when", instant(polled.at)), ("heading", f" {name}: "), (style, _poll_in_words(kept))], hanging=4)
        self._paper.flush()

    def _tell_problems(self, name: str, problems: Sequence[Problem]) -> None:
        for problem in problems:
            failed(f"{name}: {problem.message}", problem.hint)


def _poll_in_words(kept: PollKept) -> str:
    polled = kept.polled
    if polled.remembered.gone:
        return "gone for good"
    words = []
    if polled.failed:
        words.append(f"failed, {count(polled.remembered.failures, 'time')} in a row")
    elif polled.unchanged:
        words.append("unchanged")
    else:
        words.append(f"{polled.new:,} new of {polled.entries:,}")
        if kept.fates[Fate.TAKEN]:
            words.append(f"{kept.fates[Fate.TAKEN]:,} read, {count(kept.claims, 'claim')}")
        words += [f"{kept.fates[fate]:,} {what}" for fate, what in _FATES.items() if kept.fates[fate]]
        if left := polled.left - kept.fates[Fate.LATER]:
            words.append(f"{left:,} left for the next time")
    return "; ".join([*words, f"again at {instant(polled.remembered.due)}"])


def _entry_to_json(kept: Kept, problems: Sequence[Problem]) -> dict[str, Any]:
    item = kept.item
    return {
        "event": "entry",
        "feed": item.feed.name,
        "address": item.feed.address,
        "entry": item.entry.key,
        "title": item.entry.title,
        "fate": item.fate.value,
        "document": item.document.id if item.document else None,
        "url": item.document.url if item.document else item.entry.link or None,
        "became": kept.added.became.value if kept.added else None,
        "claims": kept.added.claims if kept.added else 0,
        "problems": [problem_to_json(one) for one in problems],
    }


def _poll_to_json(kept: PollKept) -> dict[str, Any]:
    polled = kept.polled
    return {
        "event": "poll",
        "feed": polled.feed.name,
        "address": polled.feed.address,
        "at": polled.at.isoformat(timespec="seconds"),
        "failed": polled.failed,
        "unchanged": polled.unchanged,
        "gone": bool(polled.remembered.gone),
        "entries": polled.entries,
        "new": polled.new,
        "left": polled.left,
        "fates": {fate.value: number for fate, number in sorted(kept.fates.items())},
        "claims": kept.claims,
        "failures": polled.remembered.failures,
        "again": polled.remembered.due.isoformat(timespec="seconds"),
        "problems": [problem_to_json(one) for one in polled.problems],
    }


def instant(at: datetime) -> str:
    """An instant in UTC, to the minute."""
    return f"{at:%Y-%m-%d %H:%M}"
