"""Duties for people: what is due, since when, by which deadline, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_words import (
    count,
    day_told,
    known_line,
    latest_line,
    print_hint,
    print_words,
    reason_of,
    side_name,
    sides_named,
)
from whoholds.model import Deadline, State, Undertaking
from whoholds.notation import Line
from whoholds.questions import wording
from whoholds.questions.due import Due, Duty

_STYLE = {
    State.OVERDUE: "factuality.denied",
    State.BREACHED: "factuality.denied",
    State.DUE: "factuality.possible",
    State.PENDING: "factuality.planned",
}


def print_due(paper: Paper, answer: Due) -> None:
    """The duties on a day, overdue ones first."""
    for duty in answer.duties:
        print_duty(paper, duty)
        paper.blank()
    paper.line([("dim", f"# {count(len(answer.duties), 'duty', 'duties')} on {answer.day}{_states(answer.duties)}")])
    if answer.instruments:
        names = ", ".join(f'"{shown(name)}"' for name in answer.instruments)
        paper.line([("dim", f"# no duty is under an instrument called so; there are {names}")], hanging=2)
    if answer.latest:
        paper.line([("dim", "# "), *latest_line(answer.day, "that anything was published on")])
    if known := known_line(answer.known):
        paper.line([("dim", "# "), *known])


def print_duty(paper: Paper, duty: Duty) -> None:
    """A duty: its state, who owes what to whom, its deadlines, and the words for and against."""
    state = duty.turn.state
    paper.line([(_STYLE.get(state, "heading"), state.value), ("", ": "), *duty_named(duty.undertaking)], hanging=2)
    became = wording.became(duty)
    if became:
        paper.line([("", "  "), ("heading", became)], hanging=4)
    first = True
    for deadline in duty.undertaking.deadlines:
        paper.line([("", "  "), *_deadline(deadline, first=first)], hanging=4)
        first = first and deadline.rival
    because = reason_of(duty.undertaking.derivation)
    print_hint(paper, f"{duty.undertaking.standing.value}{f': {because}' if because else ''}")
    if outcome := wording.outcome(duty):
        print_hint(paper, shown(outcome))
    print_words(paper, "on the word of", duty.supporting)
    print_words(paper, "told otherwise by", duty.opposing)


def duty_named(undertaking: Undertaking) -> Line:
    """Who owes what to whom, where, under what."""
    line: Line = [("verb", wording.action_named(undertaking))]
    if undertaking.site:
        line += [("", " "), ("place", shown(undertaking.site.name))]
    if undertaking.obligors:
        line += [("", " by "), ("actor", sides_named(undertaking.obligors))]
    if undertaking.beneficiaries:
        line += [("", " to "), ("actor", sides_named(undertaking.beneficiaries))]
    if undertaking.names:
        line += [("", ", under "), ("quote", " / ".join(f'"{shown(name)}"' for name in undertaking.names[:3]))]
    return [*line, ("dim", f"  {undertaking.id}")]


def _deadline(deadline: Deadline, *, first: bool) -> Line:
    kind = wording.deadline_kind(deadline, first=first)
    line: Line = [("", f"{kind} "), ("when", day_told(deadline.due)), ("dim", f", as of {deadline.since}")]
    if deadline.counted_from:
        line.append(("", f", counted from {shown(deadline.counted_from)}"))
    if deadline.asked_by:
        line.append(("", f", asked for by {side_name(deadline.asked_by)}"))
    if deadline.reason:
        line.append(("", f', because of "{shown(deadline.reason)}"'))
    return line


def _states(duties: Sequence[Duty]) -> str:
    counts: dict[str, int] = {}
    for duty in duties:
        counts[duty.turn.state.value] = counts.get(duty.turn.state.value, 0) + 1
    return f": {', '.join(f'{number} {state}' for state, number in counts.items())}" if counts else ""
