"""Texts of agreements: one obligation a duty, under the agreement's name, from its articles."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tests.grammar.wordings import told
from whoholds.model import Document, Obligation
from whoholds.pipeline import Reader, Reading

_TRUCE = """AGREEMENT ON A CESSATION OF HOSTILITIES

Signed at Lusaka on 3 May 2021 between the Government of Zambia and the Barotse Liberation Front

Article 1
The Parties shall cease all hostilities as of 00:00 on 5 May 2021.

Article 2
1. The Barotse Liberation Front shall withdraw its forces from the town of Mongu no later than 14 days after the signing of \
this Agreement.
2. The Government shall withdraw its artillery from the town of Senanga by Day D+7. Day D is the day of signature.
3. All prisoners of war shall be released within 30 days of the entry into force of the ceasefire.

Article 3
The Government undertakes to open the road to Mongu by 1 June 2021.

Article 4
The Front agrees to disarm its fighters within six months.

Article 5
Neither Party shall deploy additional troops to the area of separation.

Article 6
Elections shall be held not later than twelve months after the signature of this Agreement.

Article 7
This Agreement shall enter into force upon signature.
"""
_PROTOCOL = """Protocol on the Northern Districts

The two Presidents, meeting in Geneva on 2 April 2021, declare the following:

1. The district of Aghdam shall be returned to the Republic of Azerbaijan by 20 May 2021.
2. The Russian peacekeeping force shall be deployed in parallel with the withdrawal of the Armenian forces.
3. The Republic of Armenia shall return the district of Kalbajar by 15 May 2021 and the district of Lachin by 1 June 2021.
4. The Parties shall exchange prisoners of war and the bodies of the dead.
5. The Republic of Armenia shall guarantee the safety of transport links.
"""
_REPORT = "The minister said that the parties shall meet again. Rebels seized Goma on Monday."


@cache
def _readings() -> dict[str, Reading]:
    documents = [Document(text=text, name="treaty", published=date(2021, 6, 4)) for text in (_TRUCE, _PROTOCOL, _REPORT)]
    return {reading.document.text: reading for reading in Reader().read_many(documents)}


def _duties(text: str) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Step and action, obligors, deadline and place of each duty."""
    lines = [told(claim) for claim in _readings()[text].claims if isinstance(claim.matter, Obligation)]
    return [(line["obligation"], tuple(line["obligors"]), line["due"], line["where"]) for line in lines]


def test_one_obligation_a_duty() -> None:
    parties = ("Government of Zambia", "Barotse Liberation Front")
    assert _duties(_TRUCE) == [
        ("set cease_fire", parties, "2021-05-05", ""),
        ("set withdraw", ("Barotse Liberation Front",), "2021-05-17", "Mongu"),
        ("set withdraw", ("Government",), "2021-05-10", "Senanga"),
        ("set release", (), "2021-06-04", ""),
        ("set open", ("Government",), "2021-06-01", "Mongu"),
        ("set disarm", ("Front",), "2021-11-03", ""),
        ("set other", parties, "", ""),  # "the area of separation" is not called by a town's name
        ("set elect", (), "2022-05-03", "Zambia"),
    ]


def test_lists_and_parallel_duties() -> None:
    assert _duties(_PROTOCOL)[:5] == [
        ("set hand_over", (), "2021-05-20", "Aghdam"),
        ("set deploy", (), "", ""),
        ("set withdraw", ("Armenian forces",), "", ""),
        ("set hand_over", ("Republic of Armenia",), "2021-05-15", "Kalbajar"),
        ("set hand_over", ("Republic of Armenia",), "2021-06-01", "Lachin"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        (_TRUCE, "AGREEMENT ON A CESSATION OF HOSTILITIES", "2021-05-03"),
        (_PROTOCOL, "Protocol on the Northern Districts", "2021-04-02"),
    ],
)
def test_each_duty_names_the_agreement_and_its_day(text: str, name: str, day: str) -> None:
    for claim in _readings()[text].claims:
        if isinstance(claim.matter, Obligation):
            assert claim.matter.agreement == name
            assert claim.when is not None
            assert claim.when.edtf == day
            assert claim.evidence.quote in text


def test_articles_are_no_events() -> None:
    assert [claim for claim in _readings()[_TRUCE].claims if not isinstance(claim.matter, Obligation)] == []


def test_a_report_that_says_shall_is_no_treaty() -> None:
    assert _duties(_REPORT) == []
