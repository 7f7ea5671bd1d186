"""Whole short reports: every control and obligation claim in them, with what later sentences lean on earlier ones for."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.grammar.wordings import told
from whoholds.model import Control, Document, Obligation
from whoholds.pipeline import Reader, Reading

_CAR = (
    date(2014, 12, 10),
    "Seleka fighters, who lost Bangui in January, hold Bambari and Bria. French troops took back the bridge at Sibut on "
    "Tuesday and handed it to Congolese peacekeepers.",
    [
        "loses Bangui: - from Seleka fighters, 2014-01",
        "holds Bambari: Seleka fighters from -, ../2014-12-10",
        "holds Bria: Seleka fighters from -, ../2014-12-10",
        "gains Sibut: French troops from Seleka fighters, 2014-12-09",
        "gains Sibut: Congolese peacekeepers from French troops, 2014-12-09",
    ],
)
_KALBAJAR = (
    date(2020, 11, 25),
    "Armenia and Azerbaijan signed an accord on November 10. Armenia must return Agdam by 20 November, Kalbajar by 15 November "
    "and Lachin by 1 December. Baku put the date for Kalbajar back by ten days at the request of Russia because the road was "
    "jammed. Azerbaijani troops entered Agdam on November 20 as agreed.",
    [
        "set hand_over Agdam: Armenia by 2020-11-20 was -",
        "set hand_over Kalbajar: Armenia by 2020-11-15 was -",
        "set hand_over Lachin: Armenia by 2020-12-01 was -",
        "extended hand_over Kalbajar: Armenia by 2020-11-25 was 2020-11-15",
    ],
)
_JUBA = (
    date(2015, 9, 30),
    "South Sudan's army pulled its troops out of Juba on Monday as required by a peace deal signed on August 26, but missed "
    "the deadline to move all of them 25 km from the capital, monitors said. Under the agreement, a government is to be formed "
    "within 90 days of the signing. The army asked mediators for 30 more days to complete the withdrawal. Malakal has changed "
    "hands at least six times; it is now held by the army.",
    [
        "met withdraw Juba: South Sudan's army by - was -",
        "breached withdraw Juba: South Sudan's army by - was -",
        "set other -: - by 2015-11-24 was -",
        "sought withdraw Juba: army by - was -",
        "holds Malakal: army from -, ../2015-09-30",
    ],
)
_ALEPPO = (
    date(2024, 11, 30),
    "Rebels have captured Saraqib and Maarat al-Numan since Wednesday, a war monitor said. State media denied that Saraqib "
    "had fallen. Idlib province has been run by Hayat Tahrir al-Sham since 2017. Neither side holds Hama.",
    [
        "gains Saraqib: Rebels from -, 2024-11-27/..",
        "gains Maarat al-Numan: Rebels from -, 2024-11-27/..",
        "gains Saraqib: Rebels from -, -",
        "holds Idlib: Hayat Tahrir al-Sham from -, 2017/..",
        "contested Hama: - from -, ../2024-11-30",
    ],
)
_FOOTBALL = (
    date(2021, 5, 2),
    "Chelsea regained the title after a goal in the last minute of the match. The coach was given a two-year extension, and "
    "the striker must leave the club by July. The league put back the final to June at the request of the players.",
    [],
)
_REPORTS = {"car": _CAR, "kalbajar": _KALBAJAR, "juba": _JUBA, "aleppo": _ALEPPO, "football": _FOOTBALL}


@cache
def _readings() -> dict[str, Reading]:
    documents = [Document(text=text, name=name, published=published) for name, (published, text, _) in _REPORTS.items()]
    return {str(reading.document.name): reading for reading in Reader().read_many(documents)}


def _lines(reading: Reading) -> list[str]:
    found = []
    for claim in reading.claims:
        line = {name: value or "-" for name, value in told(claim).items()}
        if isinstance(claim.matter, Control):
            found.append(f"{line['control']} {line['where']}: {line['holder']} from {line['from']}, {line['when']}")
        elif isinstance(claim.matter, Obligation):
            obligors = ", ".join(actor.name for actor in claim.matter.obligors) or "-"
            found.append(f"{line['obligation']} {line['where']}: {obligors} by {line['due']} was {line['due_was']}")
    return found


@pytest.mark.parametrize("name", _REPORTS)
def test_who_holds_and_who_is_bound(name: str) -> None:
    assert sorted(_lines(_readings()[name])) == sorted(_REPORTS[name][2])


def test_who_asked_and_why_are_kept() -> None:
    moved = [claim.matter for claim in _readings()["kalbajar"].claims if isinstance(claim.matter, Obligation)]
    (extended,) = [duty for duty in moved if duty.due_was is not None]
    assert extended.asked_by is not None
    assert extended.asked_by.name == "Russia"
    assert extended.reason == "the road was jammed"


def test_a_former_holder_told_elsewhere_is_explained() -> None:
    gain = next(claim for claim in _readings()["car"].claims if told(claim).get("holder") == "French troops")
    assert gain.derivation is not None
    (step,) = [part for part in gain.derivation.parts if part.rule == "held before, told elsewhere"]
    assert step.value == "Seleka fighters [CAF REB]"
    assert step.span is not None


_SENTENCES = sorted({f"{sentence.strip('.')}." for _, text, _ in _REPORTS.values() for sentence in text.split(". ")})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_SENTENCES), max_size=5))
def test_in_whatever_order_each_claim_quotes_the_text(sentences: list[str]) -> None:
    document = Document(text=" ".join(sentences), name="shuffled", published=date(2021, 1, 1))
    for claim in Reader().read(document).claims:
        assert document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        assert claim.derivation is not None
