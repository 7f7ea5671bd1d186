"""Reports for the stories, written for these tests in the manner of several outlets that there are not."""

from __future__ import annotations

from datetime import date

from whoholds.articles import from_text
from whoholds.model import Document


def report(day: str, outlet: str, title: str, *paragraphs: str) -> Document:
    """A report as it would be loaded: its title, a line for the day, its paragraphs."""
    text = "\n\n".join([title, *paragraphs])
    published = date.fromisoformat(day)
    return from_text(text, name=f"{outlet.split()[0].lower()}-{day}.txt", outlet=outlet, published=published)


TRUCE = report(
    "2020-11-10",
    "Meridian Wire",
    "Truce ends six weeks of war over Nagorno-Karabakh",
    "Armenia must hand over the Kalbajar district to Azerbaijan by November 15 under a truce signed on Tuesday. Armenia must "
    "hand over the Lachin district to Azerbaijan by December 1.",
    "Armenian forces hold Kalbajar, which they captured in April 1993.",
)
FIRES = report(
    "2020-11-13",
    "Highland Post",
    "Villagers pack before the handover",
    "Armenian forces still hold the Kalbajar district, officials in Yerevan said on Friday.",
)
DELAY = report(
    "2020-11-15",
    "Meridian Wire",
    "Snow on the road to Kalbajar",
    "The deadline for Armenia to hand over the Kalbajar district to Azerbaijan was extended from November 15 to November 25 at "
    "Armenia's request, a presidential aide in Baku said on Sunday, citing worsening weather conditions.",
)
ENTRY = report(
    "2020-11-25",
    "Meridian Wire",
    "Azerbaijan takes over Kalbajar",
    "The Azerbaijani army took control of the Kalbajar district from Armenian forces on Wednesday, Azerbaijan's defence "
    "ministry said. Armenia handed over Kalbajar to Azerbaijan on Wednesday under the truce.",
)
YEREVAN = report(
    "2020-11-25",
    "Highland Post",
    "Armenia leaves Kalbajar",
    "Armenian forces lost control of the Kalbajar district on Wednesday, Armenia's defence ministry said.",
)
LACHIN_DISTRICT = report(
    "2020-12-01",
    "Highland Post",
    "Army enters the Lachin district",
    "Azerbaijani forces took control of the Lachin district on Tuesday, Azerbaijan's defence ministry said. Armenian forces "
    "still hold the city of Lachin, Armenia's defence ministry said.",
)
LACHIN_CITY = report(
    "2022-08-26",
    "Meridian Wire",
    "Azerbaijan takes the town of Lachin",
    "Azerbaijani forces took control of the city of Lachin on Friday, President Ilham Aliyev said.",
)
BAKHMUT = report(
    "2023-05-20",
    "Harbour Herald",
    "Capture of Bakhmut claimed",
    "Russia's Wagner group captured the city of Bakhmut on Saturday, its founder Yevgeny Prigozhin said. Ukraine's military "
    "denied that Bakhmut had fallen to Russian forces.",
)
PALMYRA = (
    report(
        "2015-05-21",
        "Desert Ledger",
        "Islamic State seizes Palmyra",
        "Islamic State captured the Syrian city of Palmyra from government forces on Wednesday, residents said.",
    ),
    report(
        "2016-03-27",
        "Desert Ledger",
        "Syrian army retakes Palmyra",
        "Syrian government forces recaptured the city of Palmyra from Islamic State on Sunday.",
    ),
    report(
        "2016-03-28",
        "Harbour Herald",
        "Palmyra back in the hands of the army",
        "The Syrian army recaptured the city of Palmyra from Islamic State on Sunday.",
    ),
    report(
        "2016-12-11",
        "Desert Ledger",
        "Islamic State back in Palmyra",
        "Islamic State recaptured the Syrian city of Palmyra from the Syrian army on Sunday.",
    ),
    report(
        "2017-03-02",
        "Harbour Herald",
        "Army takes Palmyra again",
        "The Syrian army recaptured the city of Palmyra from Islamic State on Thursday.",
    ),
    report(
        "2018-06-03",
        "Meridian Wire",
        "Ruins of Palmyra, a history",
        "The Syrian army recaptured Palmyra from Islamic State in April 2016. Islamic State recaptured "
        "Palmyra in December 2016.",
    ),
)
SEVERODONETSK = report(
    "2022-06-25",
    "Harbour Herald",
    "Russia takes Severodonetsk",
    "Russian forces captured the city of Severodonetsk on Saturday, Russia's defence ministry said.",
)
SIEVIERODONETSK = report(
    "2022-06-25",
    "Meridian Wire",
    "Ukraine gives up a city",
    "Ukrainian forces lost control of Sievierodonetsk on Saturday, Ukraine's defence ministry said.",
)

KALBAJAR = (TRUCE, FIRES, DELAY, ENTRY, YEREVAN)
ALL = (*KALBAJAR, LACHIN_DISTRICT, LACHIN_CITY, BAKHMUT, *PALMYRA, SEVERODONETSK, SIEVIERODONETSK)
