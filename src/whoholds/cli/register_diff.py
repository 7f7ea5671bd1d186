"""What changed between two days, for people; and who counts as whose side."""

from __future__ import annotations

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_due import duty_named
from whoholds.cli.register_words import count, side_name, since, state_name
from whoholds.model import Actor, Affiliation, Holding, Turn
from whoholds.notation import Line
from whoholds.questions.difference import Clock, Difference
from whoholds.questions.siding import Affiliations
from whoholds.reconcile.holdings import Shift

_CLOCK = {
    Clock.VALID: "on the ground, as known now",
    Clock.PUBLISHED: "in what had been published",
    Clock.RECORDED: "in what the register held",
}


def print_difference(paper: Paper, found: Difference) -> None:
    """Places whose holding differs, then duties whose state does."""
    about = "" if found.clock is Clock.VALID else f" about {found.day}"
    heading = f"from {found.first} to {found.last}, {_CLOCK[found.clock]}{about}"
    paper.line([("heading", heading)])
    for shift in found.shifts:
        paper.line([("", "  "), *_shift(shift)], hanging=6)
    for moved in found.moved:
        states: Line = [("", f": {_state(moved.before)} -> "), ("heading", _state(moved.after))]
        paper.line([("", "  "), *duty_named(moved.undertaking), *states], hanging=6)
    told = [count(len(found.shifts), "place"), count(len(found.moved), "duty", "duties")]
    paper.line([("dim", f"# {' and '.join(told)} changed")])


def print_affiliations(paper: Paper, found: Affiliations) -> None:
    """Who counts with whom on a day, and by what; for one actor, where it counts."""
    if found.standpoint:
        actor = found.standpoint.actor
        side = side_name(found.standpoint.side)
        paper.line([("actor", shown(actor.name)), ("", f" on {found.day} counts as "), ("heading", side)])
    for one in found.held:
        paper.line([("", "  " if found.standpoint else ""), *_affiliation(one)], hanging=4)
    if not found.standpoint:
        paper.line([("dim", f"# {count(len(found.held), 'affiliation')} on {found.day}")])
    elif not found.held:
        paper.line([("", "  "), ("hint", "nothing says that it is on another's side")])


def _shift(shift: Shift) -> Line:
    place: Line = [("place", shown(shift.site.name)), ("", ": ")]
    if shift.kind == "standing" and shift.before and shift.after:
        return [
            *place,
            ("", f"{_who(shift.after)}, {shift.before.standing.value} -> "),
            ("heading", shift.after.standing.value),
        ]
    if shift.kind == "day" and shift.before and shift.after:
        return [*place, ("", f"{_who(shift.after)}, {since(shift.before)} -> "), ("heading", since(shift.after))]
    before, after = _whole(shift.before), _whole(shift.after)
    return [*place, ("", f"{before} -> "), ("heading", after), *_source(shift.after)]


def _standing_or_day(kind: str, holding: Holding) -> str:
    return holding.standing.value if kind == "standing" else since(holding)


def _source(holding: Holding | None) -> Line:
    return [("dim", f"  {holding.id}")] if holding else []


def _whole(holding: Holding | None) -> str:
    return f"{_who(holding)}, {holding.standing.value} ({since(holding)})" if holding else "nothing known"


def _who(holding: Holding) -> str:
    return side_name(holding.holder) if holding.holder else "contested or lost"


def _state(turn: Turn | None) -> str:
    return turn.state.value if turn else "not known of"


def _affiliation(one: Affiliation) -> Line:
    days = f"{one.first or '..'}/{one.last or '..'}" if one.first or one.last else "always"
    how = "apart from" if one.apart else "with"
    line: Line = [("when", days), ("", " "), ("actor", _actor(one.member)), ("verb", f" {how} "), ("actor", _actor(one.side))]
    return [*line, ("dim", f"  {shown(one.source)}")]


def _actor(actor: Actor) -> str:
    if actor.organisation:
        return shown(actor.organisation)
    codes = " ".join(code for code in (actor.country, actor.role and actor.role.value) if code)
    if actor.name in ("", actor.country):
        return state_name(actor.country or "") + (f" [{codes}]" if actor.role and not actor.name else "")
    return shown(f"{actor.name} [{codes}]" if codes else actor.name)
