"""Reports and claims for the tests of stores, by hand; the claims in the notation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from whoholds.model import Asserted, Claim, Derivation, Document, Filed
from whoholds.notation import parse

ENTERED = Document(
    text="The army has entered Kalbajar, the ministry said. Armenia will leave Lachin by 1 December. Two soldiers died.",
    name="entered.txt",
    title="Army enters Kalbajar",
    url="https://example.org/entered",
    outlet="Example Wire",
    language="en",
    published=date(2020, 11, 25),
    credits=("AP", "Reuters"),
)
REPRINTED = replace(
    ENTERED, name="reprint.txt", url="https://example.net/e", outlet="Daily Example", published=date(2020, 11, 27)
)
FORESEEN = replace(ENTERED, name="early.txt", url="https://example.com/0", outlet="Early Example", published=date(2020, 11, 24))
DENIED = Document(
    text="Officials in Yerevan denied that Kəlbəcər had fallen; Lachin city holds.",
    name="denied.txt",
    url="https://example.org/denied",
    outlet="Other Wire",
    published=date(2020, 11, 26),
)
CORRECTED = replace(
    ENTERED, text="Correction: the army has entered Kalbajar and Lachin, the ministry said. Three soldiers died."
)
UNDATED = Document(
    text="قوات دخلت صنعاء 👩‍👩‍👧 Cafe\u0301 fighters hold the café.", name="undated", retrieved=date(2020, 12, 1)
)
BARE = Document(text="Rebels left Old Mill on Saturday, rebels said.")
START = datetime(2020, 12, 2, 8, 30, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """An instant some minutes after the first."""
    return START + timedelta(minutes=minutes)


def told(text: str, *documents: Document) -> list[Claim]:
    """The claims written in the notation."""
    claims, problems = parse(text, documents=documents)
    assert not problems, problems
    return claims


def with_proof(claim: Claim) -> Claim:
    """The claim with a derivation and a confidence, as the reader makes them."""
    return replace(claim, derivation=Derivation("<actor> entered <place>", claim.evidence, "gains"), confidence=0.75)


KALBAJAR, LACHIN, DEATHS = told(
    """
2020-11-25 control Kalbajar (AZ 40.1068 46.0367 #585514): army [AZE MIL] gains from Armenia [ARM]
  said by ministry [AZE GOV]; actual
  from entered.txt "The army has entered Kalbajar"

undated obligation Lachin (AZ 39.6367 46.5494): set withdraw by Armenia [ARM GOV]
  due 2020-12-01
  from entered.txt "Armenia will leave Lachin by 1 December"

2020-11-25 event Kalbajar (AZ 40.1068 46.0367 #585514): ASSAULT on soldiers [AZE MIL]
  killed 2
  from entered.txt "Two soldiers died"
""",
    ENTERED,
)
KALBAJAR = with_proof(KALBAJAR)
NOT_KALBAJAR, LACHIN_CITY = told(
    """
2020-11-25 control Kəlbəcər (AZ 40.1068 46.0367 #585514): army [AZE MIL] gains
  said by officials [ARM GOV]; denied
  from denied.txt "denied that Kəlbəcər had fallen"

../2020-11-26 control Lachin (AZ 39.6367 46.5494): Armenia [ARM] holds
  from denied.txt "Lachin city holds"
""",
    DENIED,
)
(ENTERED_BOTH,) = told(
    """
2020-11-25 control Kalbajar (AZ 40.1068 46.0367 #585514): army [AZE MIL] gains
  from entered.txt "the army has entered Kalbajar and Lachin"
""",
    CORRECTED,
)
SANAA, CAFE = told(
    """
undated control صنعاء (YE 15.3547 44.2067): قوات gains
  from undated "قوات دخلت صنعاء"

2020-11-30 control the café: fighters [UAF] holds
  from undated "Cafe\u0301 fighters hold the café"
""",
    UNDATED,
)
(OLD_MILL,) = told(
    f"""
2020-11-28 control Old Mill: rebels [REB] loses
  from {BARE.id[:8]} "Rebels left Old Mill"
""",
    BARE,
)

FILED = [Filed(document) for document in (ENTERED, DENIED, UNDATED, BARE)]
ASSERTED = [Asserted(claim) for claim in (KALBAJAR, LACHIN, DEATHS, NOT_KALBAJAR, LACHIN_CITY, SANAA, CAFE, OLD_MILL)]
