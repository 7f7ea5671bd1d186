"""What the commands that ask a register do; each gives its exit status."""

from __future__ import annotations

import sys
from datetime import date, datetime

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_diff import print_affiliations, print_difference
from whoholds.cli.register_due import print_due
from whoholds.cli.register_incidents import print_incidents
from whoholds.cli.register_log import print_entry
from whoholds.cli.register_running import FAILED, answered, failed, opened, print_json, told
from whoholds.cli.register_trace import print_hit, print_traced
from whoholds.cli.register_who import print_chart, print_history, print_who
from whoholds.cli.register_words import count
from whoholds.formats import answers, problem_to_json
from whoholds.formats.findings import alliance_to_json, entry_to_json
from whoholds.model import EventType
from whoholds.notation import alliance_lines
from whoholds.questions import Register
from whoholds.questions.difference import Clock

Moment = date | datetime | None


@told
def who(
    locator: str, place: str | None, *, on: date | None, published_by: date | None, recorded_by: Moment, as_json: bool
) -> int:
    """Print who holds a place on a day; without a place, the map of the day."""
    if place is None:
        return answered(
            locator,
            lambda register: register.map(on, published_by=published_by, recorded_by=recorded_by),
            as_json=as_json,
            to_json=answers.chart_to_json,
            show=print_chart,
        )
    return answered(
        locator,
        lambda register: register.who(place, on, published_by=published_by, recorded_by=recorded_by),
        as_json=as_json,
        to_json=answers.who_to_json,
        show=print_who,
    )


@told
def history(locator: str, place: str, *, published_by: date | None, recorded_by: Moment, as_json: bool) -> int:
    """Print the holdings of a place."""
    return answered(
        locator,
        lambda register: register.history(place, published_by=published_by, recorded_by=recorded_by),
        as_json=as_json,
        to_json=answers.history_to_json,
        show=print_history,
    )


@told
def due(
    locator: str,
    *,
    on: date | None,
    agreement: str | None,
    party: str | None,
    all: bool,
    published_by: date | None,
    recorded_by: Moment,
    as_json: bool,
) -> int:
    """Print the duties of a day."""
    return answered(
        locator,
        lambda register: register.due(
            on, agreement=agreement, party=party, all=all, published_by=published_by, recorded_by=recorded_by
        ),
        as_json=as_json,
        to_json=answers.due_to_json,
        show=print_due,
    )


@told
def incidents(
    locator: str,
    *,
    place: str | None,
    first: date | None,
    last: date | None,
    type: EventType | None,
    published_by: date | None,
    recorded_by: Moment,
    as_json: bool,
) -> int:
    """Print the incidents in a place during a period."""
    return answered(
        locator,
        lambda register: register.incidents(place, first, last, type=type, published_by=published_by, recorded_by=recorded_by),
        as_json=as_json,
        to_json=answers.incidents_to_json,
        show=print_incidents,
    )


@told
def search(locator: str, words: str, *, limit: int, published_by: date | None, recorded_by: Moment, as_json: bool) -> int:
    """Print the documents that hold some words; 1 where none does."""
    with opened(locator) as register:
        hits = register.search(words, limit=limit, published_by=published_by, recorded_by=recorded_by)
    if as_json:
        print_json([answers.hit_to_json(hit) for hit in hits])
    for hit in () if as_json else hits:
        print_hit(Paper(sys.stdout), hit)
    if hits:
        return 0
    return FAILED if as_json else failed(f"no document holds all of: {words}", "try fewer words, or other spellings")


@told
def trace(locator: str, id: str, *, as_json: bool) -> int:
    """Print what an id stands for, down to the words."""
    return answered(
        locator,
        lambda register: register.trace(id),
        as_json=as_json,
        to_json=answers.traced_to_json,
        show=print_traced,
    )


@told
def diff(locator: str, first: date, last: date, *, clock: Clock, on: date | None, as_json: bool) -> int:
    """Print what changed in the picture between two days."""
    return answered(
        locator,
        lambda register: register.diff(first, last, clock=clock, on=on),
        as_json=as_json,
        to_json=answers.difference_to_json,
        show=print_difference,
    )


@told
def sides(locator: str, name: str | None, *, on: date | None, told_by_claims: bool, enter: bool, by: str, as_json: bool) -> int:
    """Print who counts as whose side on a day, or what claims tell of that; enter the latter if asked to."""
    with opened(locator) as register:
        if told_by_claims:
            return _told_sides(register, enter=enter, by=by, as_json=as_json)
        day = on or register.latest() or date.max
        found = register.affiliations(day, name)
    if as_json:
        print_json(answers.affiliations_to_json(found))
    else:
        print_affiliations(Paper(sys.stdout), found)
    return 0


@told
def check(locator: str, *, mend: bool, as_json: bool) -> int:
    """Print what is wrong with a register; 1 if anything is."""
    with opened(locator) as register:
        if mend:
            register.mend()
        problems = list(register.check())
        entries = register.size()
    if as_json:
        print_json({"entries": entries, "problems": [problem_to_json(problem) for problem in problems]})
    else:
        for problem in problems:
            sys.stdout.write(shown(problem.message) + "\n" + (f"    {shown(problem.hint)}\n" if problem.hint else ""))
        found = count(len(problems), "problem") if problems else "all is well"
        sys.stdout.write(f"# {count(entries, 'entry', 'entries')}: {found}\n")
    return FAILED if problems else 0


@told
def log(locator: str, *, after: int, tail: int | None, until: Moment, as_json: bool) -> int:
    """Print the entries of a register, oldest first."""
    with opened(locator) as register:
        if tail is not None:
            after = max(after, register.size() - tail)
        paper = Paper(sys.stdout)
        for entry in register.log(after=after, until=until):
            if as_json:
                print_json(entry_to_json(entry), indent=None)
            else:
                print_entry(paper, entry)
    return 0


def _told_sides(register: Register, *, enter: bool, by: str, as_json: bool) -> int:
    """Print the alliances that claims tell, in the notation, and enter them if asked to."""
    found = list(register.told_sides())
    entries = register.enter(found, by=by) if enter and found else ()
    if as_json:
        print_json([alliance_to_json(one) for one in found])
        return 0
    paper = Paper(sys.stdout)
    for one in found:
        for line in alliance_lines(one):
            paper.line(line, hanging=4)
        paper.blank()
    what = (
        f"entered as {count(len(entries), 'entry', 'entries')}" if enter else "none is entered: --enter does, or whoholds write"
    )
    paper.line([("dim", f"# {count(len(found), 'alliance')} told by claims{f'; {what}' if found else ''}")])
    return 0
