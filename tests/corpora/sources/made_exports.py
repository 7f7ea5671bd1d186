"""Invented exports of news databases, in the forms that these give to files."""

from __future__ import annotations

from dataclasses import dataclass

COVER = """Download Request: Tagged Documents: 1-3
Time Of Request: Monday, November 30, 2020  16:51:31

Send To:
UNIVERSITY LIBRARY

Terms: (ceasefire and (Tavush or Lori))

"""
HITS = """User Name: = A Reader
Date and Time: = Monday, 30 November 2020 10:12 AM GMT
Job Number: = 130000001
Documents (2)
1. Army enters mill town
Client/Matter: -None-
Search Terms: mill
Narrowed by:
Content Type Narrowed by
News -None-
2. Rebels leave bridge
Client/Matter: -None-
Content Type Narrowed by
News -None-

"""


@dataclass(frozen=True)
class Story:
    title: str
    outlet: str
    day: str  # November 25, 2020
    author: str
    body: str


STORIES = [
    Story(
        "Army enters mill town",
        "The Valley Courier",
        "November 25, 2020",
        "Ana Petrova",
        "The army entered the mill town on Wednesday after\nits defenders had left, the ministry said.\n\n"
        "No one was hurt. LANGUAGE: was the talk of the day.",
    ),
    Story("Rebels leave bridge", "Hill Wire", "November 26, 2020", "Jon Doe", "Rebels left the northern bridge on Thursday."),
    Story("Café at the front", "The Valley Courier", "December 2, 2020", "Ana Petrova", "Soldiers took the café, they said."),
]


def classic(*stories: Story, cover: str = COVER) -> str:
    """As LexisNexis wrote them until 2019: the headline free above the fields."""
    return cover + "".join(
        f"\n{f'{number} of {len(stories)} DOCUMENTS':>45}\n\n\n\n{story.outlet:>40}\n\n{story.day + ' Wednesday':>42}\n"
        f"{'Final Edition':>40}\n\n{story.title}\n\nBYLINE: By {story.author}\n\nSECTION: WORLD; Pg. 3\n\nLENGTH: 355 words\n\n"
        f"DATELINE: HILLFORD\n\n\n{story.body}\n\nGRAPHIC: A mill, by the river.\n\nLOAD-DATE: November 30, 2020\n\n"
        f"LANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n{'Copyright 2020 ' + story.outlet:>50}\n"
        f"{'All Rights Reserved':>45}\n"
        for number, story in enumerate(stories, 1)
    )


def older(*stories: Story, cover: str = COVER) -> str:
    """As it wrote them before: copyright first, headline and body as fields."""
    return cover + "".join(
        f"\n{f'{number} of {len(stories)} DOCUMENTS':>45}\n\n{'Copyright 2020 ' + story.outlet:>50}\n"
        f"{'All Rights Reserved':>45}\n{story.outlet:>40}\n\n{story.day + ', Wednesday':>42}\n\nSECTION: WORLD\n\n"
        f"LENGTH: 355 words\n\nHEADLINE: {story.title}\n\n"
        f"BYLINE: {story.author}\n\nBODY:\n{story.body}\n\nLOAD-DATE: November 30, 2020\n"
        for number, story in enumerate(stories, 1)
    )


def uni(*stories: Story, cover: str = HITS) -> str:
    return cover + "".join(
        f"{story.title}\n{story.outlet}\n{story.day} Wednesday\n\nCopyright 2020 {story.outlet} All Rights Reserved\n\n"
        f"Section: WORLD; Pg. 3\nLength: 355 words\nByline: {story.author}\nBody\n\n{story.body}\n\nClassification\n\n"
        "Language: ENGLISH\nPublication-Type: Newspaper\nSubject: MILLS (90%)\nLoad-Date: November 30, 2020\n\n"
        "End of Document\n\n"
        for story in stories
    )


def accession(number: int) -> str:
    return f"VALCOU0020201125egbp{number:05d}"


def day_first(day: str) -> str:
    month, number, year = day.replace(",", "").split()
    return f"{number} {month} {year}"


def factiva(*stories: Story, cover: str = "") -> str:
    return cover + "".join(
        f"World news\n{story.title}\nBy {story.author}\n1,355 words\n{day_first(story.day)}\n10:12 GMT\n{story.outlet}\n"
        f"VALCOU\nEnglish\nCopyright 2020 {story.outlet}. All rights reserved.\n\n{story.body}\n\n"
        f"Document {accession(number)}\n\n"
        for number, story in enumerate(stories, 1)
    )


def tagged(*stories: Story, cover: str = "") -> str:
    return cover + "".join(
        f"SE   World\nHD   {story.title}\nBY   By {story.author}\nWC   355 words\nPD   {day_first(story.day)}\nET   10:12\n"
        f"SN   {story.outlet}\nSC   VALCOU\nLA   English\nCY   Copyright 2020\n\nLP\n{story.body.partition(chr(10) * 2)[0]}\n\n"
        f"TD\n{story.body.partition(chr(10) * 2)[2]}\n\nCO   valley: Valley Mills\nNS   gvio : Military Action\n"
        f"RE   armen : Armenia\nPUB  {story.outlet}\nAN   Document {accession(number)}\n\n"
        for number, story in enumerate(stories, 1)
    )


FORMS = {"classic": classic, "older": older, "uni": uni, "factiva": factiva, "tagged": tagged}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a document of a word processor with this text."""
    return text.split("\n")


def rtf(text: str) -> bytes:
    """A text as Rich Text, with a link and a picture in it."""
    escaped = "".join(
        sign if sign.isascii() else f"\\u{ord(sign)}?"
        for sign in text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    )
    link = '{\\field{\\*\\fldinst HYPERLINK "https://example.org/a"}{\\fldrslt Link to PDF}}\\par\n'
    picture = "{\\pict\\pngblip 89504e47}"
    body = "\\par\n".join(escaped.split("\n"))
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times;}}" + picture + "\\pard " + link + body + "\\par}"
    ).encode("ascii")
