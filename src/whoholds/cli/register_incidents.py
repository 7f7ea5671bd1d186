"""Incidents for people: what happened where and when, and how many it cost by whose count."""

from __future__ import annotations

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_words import count, known_line, print_hint, print_words, sides_named
from whoholds.model import Incident
from whoholds.notation import Line
from whoholds.questions.incidents import Incidents
from whoholds.questions.wording import incident_days, number, toward

_COUNTED = ("killed", "injured", "crowd")


def print_incidents(paper: Paper, answer: Incidents) -> None:
    """Incidents by day, each with its numbers and the words for and against."""
    for happening in answer.happenings:
        incident = happening.incident
        paper.line(incident_named(incident), hanging=2)
        for what in _COUNTED:
            _print_numbers(paper, incident, what)
        print_hint(paper, f"{incident.standing.value}; {count(len(incident.voices), 'voice')}: {_voices(incident)}")
        print_words(paper, "on the word of", happening.supporting)
        print_words(paper, "told otherwise by", happening.opposing)
        paper.blank()
    where = f" in {shown(answer.site.name)}" if answer.site else ""
    days = " from ".join(["", str(answer.first)]) if answer.first else ""
    days += f" to {answer.last}" if answer.last else ""
    paper.line([("dim", f"# {count(len(answer.happenings), 'incident')}{where}{days}")])
    if known := known_line(answer.known):
        paper.line([("dim", "# "), *known])


def incident_named(incident: Incident) -> Line:
    """Day, type, place, doers and undergoers."""
    line: Line = [("when", incident_days(incident)), ("", " "), ("kind", incident.type.value)]
    if incident.site:
        line += [("", " "), ("place", shown(incident.site.name))]
    if incident.actors:
        line += [("", " by "), ("actor", sides_named(incident.actors))]
    if incident.recipients:
        line += [("", f" {toward(incident.type)} "), ("actor", sides_named(incident.recipients))]
    return [*line, ("dim", f"  {incident.id}")]


def _print_numbers(paper: Paper, incident: Incident, what: str) -> None:
    tallies = [tally for tally in incident.tallies if tally.what == what]
    whole = incident.range(what)
    if not tallies or whole is None:
        return
    line: Line = [("", "  "), ("heading", f"{number(whole)} {what}"), ("", ": ")]
    for i, tally in enumerate(tallies):
        told = f"{number(tally.count)} by {shown(tally.voice)} on {tally.said}"
        style, since = ("dim", " (corrected since)") if tally.corrected else ("", "")
        line += [("", "; " if i else ""), (style, told + since)]
    paper.line(line, hanging=4)


def _voices(incident: Incident) -> str:
    return ", ".join(map(shown, incident.voices)) or "none named"
