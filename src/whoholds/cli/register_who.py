"""Who holds what, for people: one place, the map of a day, a place's history."""

from __future__ import annotations

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown, width_of
from whoholds.cli.register_words import (
    count,
    known_line,
    latest_line,
    place_named,
    print_hint,
    print_words,
    reason_of,
    side_name,
    sides_named,
    since,
    until,
)
from whoholds.model import Holding, Standing
from whoholds.notation import Line
from whoholds.questions.who import Chart, History, Plot, Who

_STANDING = {
    Standing.CONCEDED: "hint",
    Standing.CONFIRMED: "hint",
    Standing.CLAIMED: "hint",
    Standing.DISPUTED: "factuality.denied",
    Standing.CONTESTED: "factuality.possible",
}


def print_who(paper: Paper, answer: Who) -> None:
    """The holder, since when, how well it is attested, and the words for and against."""
    holding = answer.holding
    unasked = answer.latest and holding is None
    day: Line = [] if unasked else [("", " on "), ("when", str(answer.day))]
    paper.line([*place_named(answer.site), *day])
    if holding is None:
        when = "" if unasked else " on that day"
        paper.line([("", "  "), ("problem", f"nothing is known of who holds it{when}")])
        print_words(paper, "told of no day, in reports without a date (add them again with --published)", answer.undated)
    else:
        paper.line([("", "  "), *_held(holding), ("dim", f"  {answer.finding}")], hanging=4)
        _print_remarks(paper, holding)
        for one in answer.counted:
            print_hint(paper, f"told of {shown(one.actor.name)}, counted as {side_name(one.side)}: {shown(one.why[0].source)}")
        print_words(paper, "on the word of", answer.supporting)
        print_words(paper, "told otherwise by", answer.opposing)
    if answer.next:
        paper.line([("", "  "), ("dim", "then "), *_held(answer.next)], hanging=4)
    if answer.latest and answer.holding:
        paper.line([("", "  "), *latest_line(answer.day, "that a claim about it was made on")], hanging=4)
    known = known_line(answer.known)
    if known:
        paper.line([("", "  "), *known])


def print_history(paper: Paper, history: History) -> None:
    """The holdings of a place, each with the words for and against it."""
    paper.line(place_named(history.site))
    if not history.chapters:
        paper.line([("", "  "), ("problem", "nothing is known of who held it")])
    for chapter in history.chapters:
        paper.line([("", "  "), *_held(chapter.holding, ended=True), ("dim", f"  {chapter.finding}")], hanging=4)
        _print_remarks(paper, chapter.holding, indent=4)
        print_words(paper, "on the word of", chapter.supporting, indent=4)
        print_words(paper, "told otherwise by", chapter.opposing, indent=4)
    if known := known_line(history.known):
        paper.line([("", "  "), *known])


def print_chart(paper: Paper, chart: Chart) -> None:
    """The map of a day as a table, by name of place."""
    heads = ("place", "holder", "standing", "since", "first told", "key")
    rows = [_row(plot) for plot in chart.plots]
    widths = [max(width_of(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    if rows:
        paper.line([("heading", _cells(heads, widths))])
    for row, plot in zip(rows, chart.plots, strict=True):
        name, rest = row[0].ljust(widths[0]), _cells(row[1:], widths[1:])
        paper.line([("place", name + " " * (widths[0] - width_of(name))), (_STANDING[plot.standing], "  " + rest)])
    paper.line([("dim", f"# {count(len(rows), 'place')} on {chart.day}")])
    if chart.latest:
        paper.line([("dim", "# "), *latest_line(chart.day, "that anything was published on")])
    if known := known_line(chart.known):
        paper.line([("dim", "# "), *known])


def _held(holding: Holding, *, ended: bool = False) -> Line:
    if holding.standing is Standing.CONTESTED and holding.holder is None:
        who: Line = [("heading", "contested")]
    elif holding.holder is None:
        who = [("heading", "lost to somebody not named"), ("", "; "), (_STANDING[holding.standing], holding.standing.value)]
    else:
        who = [("heading", side_name(holding.holder)), ("", ", "), (_STANDING[holding.standing], holding.standing.value)]
    days = [since(holding), until(holding)] if ended else [since(holding)]
    return [*who, ("", "; "), ("when", ", ".join(filter(None, days)))]


def _print_remarks(paper: Paper, holding: Holding, *, indent: int = 2) -> None:
    if holding.inherited:
        area = holding.inherited
        print_hint(paper, f"told of {shown(area.name)} ({area.key}), in which it lies", indent=indent)
    because = reason_of(holding.derivation)
    if because:
        print_hint(paper, f"{holding.standing.value}: {because}", indent=indent)
    if holding.rivals:
        print_hint(paper, f"held by {sides_named(holding.rivals)}, others say", indent=indent)


def _row(plot: Plot) -> tuple[str, ...]:
    holder = side_name(plot.holder) if plot.holder else "-"
    place = shown(plot.site.name)
    if plot.inherited:
        place += f" (in {shown(plot.inherited.name)})"
    begin = str(plot.begin) if plot.begin else "-"
    return place, holder, plot.standing.value, begin, str(plot.told), shown(plot.site.key)


def _cells(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
