"""The JSON of answers to questions: what was asked, in which state of knowledge, and what follows, with its words."""

from __future__ import annotations

from typing import Any

from whoholds.formats.findings import (
    actor_to_json,
    affiliation_to_json,
    day,
    document_to_json,
    entry_to_json,
    finding_to_json,
    instant,
    side_to_json,
    site_to_json,
    testimony_to_json,
    turn_to_json,
)
from whoholds.model import Holding, Undertaking
from whoholds.questions.adding import Added
from whoholds.questions.difference import Difference
from whoholds.questions.due import Due, Duty
from whoholds.questions.evidence import Word
from whoholds.questions.incidents import Incidents
from whoholds.questions.judging import Shown
from whoholds.questions.siding import Affiliations
from whoholds.questions.tracing import Traced, TracedClaim, TracedDocument, TracedEntry, TracedFinding
from whoholds.questions.who import Chart, History, Plot, Who
from whoholds.register.store import Hit, Known

Json = dict[str, Any]


def known_to_json(known: Known) -> Json:
    """The state of knowledge that an answer is of; null stands for everything."""
    return {"published_by": day(known.published_by), "recorded_by": instant(known.recorded_by)}


def who_to_json(answer: Who) -> Json:
    """Who holds a place on a day."""
    return {
        "site": site_to_json(answer.site),
        "on": day(answer.day),
        "latest": answer.latest,
        **known_to_json(answer.known),
        "holding": answer.holding and {**finding_to_json(answer.holding), "id": answer.finding},
        "next": answer.next and finding_to_json(answer.next),
        "counted": [
            {"actor": actor_to_json(one.actor), "affiliations": [affiliation_to_json(by) for by in one.why]}
            for one in answer.counted
        ],
        "supporting": [word_to_json(word) for word in answer.supporting],
        "opposing": [word_to_json(word) for word in answer.opposing],
        "undated": [word_to_json(word) for word in answer.undated],
    }


def chart_to_json(chart: Chart) -> Json:
    """Who holds each place on a day."""
    told = {"on": day(chart.day), "latest": chart.latest, **known_to_json(chart.known)}
    return {**told, "places": [_plot(plot) for plot in chart.plots]}


def history_to_json(history: History) -> Json:
    """All holdings of a place."""
    chapters = [
        {
            **finding_to_json(chapter.holding),
            "id": chapter.finding,
            "supporting": [word_to_json(word) for word in chapter.supporting],
            "opposing": [word_to_json(word) for word in chapter.opposing],
        }
        for chapter in history.chapters
    ]
    return {"site": site_to_json(history.site), **known_to_json(history.known), "holdings": chapters}


def due_to_json(answer: Due) -> Json:
    """The duties on a day."""
    told = {"on": day(answer.day), "latest": answer.latest, **known_to_json(answer.known)}
    return {**told, "duties": [duty_to_json(duty) for duty in answer.duties], "instruments": list(answer.instruments)}


def incidents_to_json(answer: Incidents) -> Json:
    """Incidents with their words."""
    found = [
        {
            **finding_to_json(happening.incident),
            "supporting": [word_to_json(word) for word in happening.supporting],
            "opposing": [word_to_json(word) for word in happening.opposing],
        }
        for happening in answer.happenings
    ]
    asked = {"site": answer.site and site_to_json(answer.site), "first": day(answer.first), "last": day(answer.last)}
    return {**asked, **known_to_json(answer.known), "incidents": found}


def hit_to_json(hit: Hit) -> Json:
    """Where words were found in a document."""
    return {
        "document": hit.document,
        "name": hit.name,
        "start": hit.start,
        "end": hit.end,
        "before": hit.before,
        "words": hit.words,
        "after": hit.after,
    }


def traced_to_json(traced: Traced) -> Json:
    """What an id stands for; `kind` is claim, document, entry, or that of the finding."""
    match traced:
        case TracedClaim():
            return _traced_claim(traced)
        case TracedFinding():
            told = finding_to_json(traced.finding)
            words = {
                "supporting": [word_to_json(word) for word in traced.supporting],
                "opposing": [word_to_json(word) for word in traced.opposing],
            }
            return {**told, **words}
        case TracedDocument():
            return {
                "kind": "document",
                **document_to_json(traced.document, text=True),
                "filings": [filing.entry for filing in traced.filings],
                "claims": [word_to_json(word) for word in traced.claims],
                "entries": [entry_to_json(entry) for entry in traced.entries],
            }
        case TracedEntry():
            return {**entry_to_json(traced.entry), "entries": [entry_to_json(entry) for entry in traced.about]}


def shown_to_json(shown: Shown) -> Json:
    """A claim that is to be judged; `words` is the hash to name its words by."""
    return {**testimony_to_json(shown.testimony), "words": shown.words}


def difference_to_json(found: Difference) -> Json:
    """What changed between two days."""
    return {
        "first": day(found.first),
        "last": day(found.last),
        "clock": found.clock.value,
        "on": day(found.day),
        "holdings": [
            {
                "change": shift.kind,
                "site": site_to_json(shift.site),
                "before": _brief(shift.before),
                "after": _brief(shift.after),
            }
            for shift in found.shifts
        ],
        "duties": [
            {**_brief_duty(moved.undertaking), "before": turn_to_json(moved.before), "after": turn_to_json(moved.after)}
            for moved in found.moved
        ],
    }


def affiliations_to_json(found: Affiliations) -> Json:
    """Who counts as whose side."""
    told: Json = {"on": day(found.day)}
    if found.standpoint:
        told |= {"actor": actor_to_json(found.standpoint.actor), "side": side_to_json(found.standpoint.side)}
    return {**told, "affiliations": [affiliation_to_json(one) for one in found.held]}


def added_to_json(added: Added, problems: list[Json]) -> Json:
    """What became of a document that was to be added."""
    return {
        "id": added.document.id,
        "name": added.document.name,
        "became": added.became.value,
        "claims": added.claims,
        "withdrawn": added.withdrawn,
        "problems": problems,
    }


def word_to_json(word: Word) -> Json:
    """A claim as an answer cites it."""
    return {**testimony_to_json(word.testimony), "voice": word.voice, "name": word.document, "line": word.line}


def _plot(plot: Plot) -> Json:
    return {
        "site": site_to_json(plot.site),
        "holder": side_to_json(plot.holder),
        "standing": plot.standing.value,
        "begin": day(plot.begin),
        "told": day(plot.told),
        "inherited": plot.inherited and plot.inherited.key,
    }


def duty_to_json(duty: Duty) -> Json:
    """A duty on a day, with its words."""
    return {
        **finding_to_json(duty.undertaking),
        "state": duty.turn.state.value,
        "since": day(duty.turn.since),
        "due": duty.due and duty.due.edtf,
        "late": duty.late,
        "after_first": duty.after_first,
        "silent": duty.silent,
        "supporting": [word_to_json(word) for word in duty.supporting],
        "opposing": [word_to_json(word) for word in duty.opposing],
    }


def _traced_claim(traced: TracedClaim) -> Json:
    return {
        **shown_to_json(Shown(traced.testimony, traced.document, traced.words, traced.entries)),
        "kind": "claim",
        "matter": traced.testimony.claim.kind,
        "standing": traced.standing,
        "entries": [entry_to_json(entry) for entry in traced.entries],
        "findings": [finding_to_json(finding) for finding in traced.findings],
    }


def _brief(holding: Holding | None) -> Json | None:
    if holding is None:
        return None
    told = finding_to_json(holding)
    return {key: told[key] for key in ("id", "holder", "begin", "end", "told", "standing", "inherited")}


def _brief_duty(undertaking: Undertaking) -> Json:
    told = finding_to_json(undertaking)
    return {key: told[key] for key in ("id", "action", "obligors", "beneficiaries", "site", "names")}
