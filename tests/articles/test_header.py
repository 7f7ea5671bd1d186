"""What a text tells of itself."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.articles import from_text

PROSE = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
WEDNESDAY = date(2020, 11, 25)

DAYS = {
    f"BAKU, Nov. 25, 2020 (Agency) — {PROSE}": WEDNESDAY,
    f"Baku, 25 November 2020 - {PROSE}": WEDNESDAY,
    f"Baku, November 25, 2020\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\nPublished: 25 November 2020\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\nPublished On 25 Nov 2020\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\nWednesday, November 25th, 2020, 14:30 GMT\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\n2020-11-25\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\nDate: 25/11/2020\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\nUpdated: 26 November 2020\n\nPublished: 25 November 2020\n\n{PROSE}": WEDNESDAY,
    f"Army enters town\n\nUpdated 25 November 2020\n\n{PROSE}": WEDNESDAY,
    f"{PROSE}\n\nPublished: 25 November 2020": WEDNESDAY,
    f"Army enters town\n\nNovember 2020\n\nBAKU, Nov. 25 (Agency) — {PROSE}": WEDNESDAY,
    f"BAKU, Nov. 25 (Agency) — {PROSE}": None,
    f"Veterans of 1994 return\n\nBAKU, Nov. 25 — {PROSE}": None,
    f"Army enters town\n\nDate: 11/10/2020\n\n{PROSE}": None,
    f"Army enters town\n\nPublished: 31 November 2020\n\n{PROSE}": None,
    f"{PROSE} The deal of 10 November 2020 was kept.": None,
    f"A still image from a video taken on November 20, 2020. [AFP]\n\n{PROSE}": None,
    PROSE: None,
    "": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_published(text: str) -> None:
    assert from_text(text).published == DAYS[text]


def test_what_is_given_wins() -> None:
    text = f"Army enters town\n\nBy Jane Doe\n\nBAKU, Nov. 25, 2020 (Agency) — {PROSE}"
    document = from_text(text, title="Other", outlet="Paper", author="John Roe", url="u", published=date(2021, 1, 1), name="n")
    assert (document.title, document.outlet, document.author) == ("Other", "Paper", "John Roe")
    assert (document.url, document.published, document.name, document.text) == ("u", date(2021, 1, 1), "n", text)


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("By Jane Doe", "Jane Doe", None),
        ("By Jane Doe and Ali al-Hasan", "Jane Doe and Ali al-Hasan", None),
        ("By Jane Doe | The Herald", "Jane Doe", "The Herald"),
        ("BY JANE DOE", "JANE DOE", None),
        ("By our foreign staff", "our foreign staff", None),
    ],
)
def test_byline(line: str, author: str, outlet: str | None) -> None:
    document = from_text(f"Army enters town\n\n{line}\n\n{PROSE}")
    assert (document.title, document.author, document.outlet) == ("Army enters town", author, outlet)


def test_the_agency_of_a_dateline_is_outlet_and_credit() -> None:
    document = from_text(f"KYIV, Ukraine (AP) — {PROSE}")
    assert (document.outlet, document.credits, document.title) == ("AP", ("AP",), None)


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        (f"{PROSE}\n\nSource: AP", ("AP",)),
        (f"{PROSE}\n\nSource: Al Jazeera and news agencies", ("Al Jazeera",)),
        (f"{PROSE}\n\nSources: Reuters, AFP", ("Reuters", "AFP")),
        (f"Soldiers on a road [Defence Ministry/Handout via Reuters]\n\n{PROSE}\n\nSource: AP", ("Reuters", "AP")),
        (f"Soldiers on a road [Jane Doe/AFP]\n\n{PROSE}", ("AFP",)),
        (f"{PROSE} (Reporting by Jane Doe; Editing by John Roe)", ()),
        (f"{PROSE} Reuters and AP did not see it.", ()),
    ],
)
def test_credits(text: str, credits: tuple[str, ...]) -> None:
    assert from_text(text).credits == credits
