"""Blocks of small texts, the blocks of awkward ones, and what holds for every text."""

from __future__ import annotations

import json
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.articles import Role, blocks, from_text
from whoholds.articles.blocks import LONGEST
from whoholds.model import Document

SHARED = Path(__file__).parents[3] / "shared"  # beside the repository, where it is there at all
PROSE = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
MORE = "Officials said that a second district would follow by the end of the month under the same agreement."


def told(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """Role and words of each block."""
    return [(block.role.value, text[block.start : block.end]) for block in blocks(Document(text=text, title=title))]


CASES = {
    "plain paragraphs": (f"{PROSE}\n\n{MORE}", [("body", PROSE), ("body", MORE)]),
    "windows line breaks": (f"{PROSE}\r\n\r\n{MORE}\r\n", [("body", PROSE), ("body", MORE)]),
    "old line breaks": (f"{PROSE}\r\r{MORE}", [("body", PROSE), ("body", MORE)]),
    "blank line of spaces": (f"{PROSE}\n \t \n{MORE}", [("body", PROSE), ("body", MORE)]),
    "a paragraph a line": (f"{PROSE}\n{MORE}", [("body", PROSE), ("body", MORE)]),
    "headline": (f"Army enters town\n\n{PROSE}", [("headline", "Army enters town"), ("body", PROSE)]),
    "headline without a blank line": (f"Army enters town\n{PROSE}", [("headline", "Army enters town"), ("body", PROSE)]),
    "headline with initials": (
        f"Rebels quit talks in U.S.\n\n{PROSE}",
        [("headline", "Rebels quit talks in U.S."), ("body", PROSE)],
    ),
    "a lone headline": ("Army enters town", [("headline", "Army enters town")]),
    "a lone sentence": ("The army entered the town.", [("body", "The army entered the town.")]),
    "headline and deck": (
        f"Army enters town\n\nMinistry says defenders have left\n\n{PROSE}",
        [("headline", "Army enters town"), ("standfirst", "Ministry says defenders have left"), ("body", PROSE)],
    ),
    "standfirst repeated in the body": (
        f"Army enters town\n\n{MORE}\n\n{PROSE}\n\n{MORE} Nobody objected.",
        [("headline", "Army enters town"), ("standfirst", MORE), ("body", PROSE), ("body", f"{MORE} Nobody objected.")],
    ),
    "standfirst before a byline": (
        f"Army enters town\n\n{MORE}\n\nBy Jane Doe\n\n{PROSE}",
        [("headline", "Army enters town"), ("standfirst", MORE), ("byline", "By Jane Doe"), ("body", PROSE)],
    ),
    "repeated paragraph": (f"{PROSE}\n\n{MORE}\n\n{MORE}", [("body", PROSE), ("body", MORE), ("repeat", MORE)]),
    "subheading": (
        f"{PROSE}\n\nWhat comes next\n\n{MORE}",
        [("body", PROSE), ("headline", "What comes next"), ("body", MORE)],
    ),
    "caption by its opening": (
        f"{PROSE}\n\nA still image from a video shows trucks on a mountain road.\n\n{MORE}",
        [("body", PROSE), ("caption", "A still image from a video shows trucks on a mountain road."), ("body", MORE)],
    ),
    "caption with a credit": (
        f"Soldiers on a road near the town [Jane Doe/Reuters]\n\n{PROSE}",
        [("caption", "Soldiers on a road near the town"), ("credit", "[Jane Doe/Reuters]"), ("body", PROSE)],
    ),
    "caption twice": (
        "File photo: smoke rises over the port\nFile photo: smoke rises over the port\n\n" + PROSE,
        [
            ("caption", "File photo: smoke rises over the port"),
            ("repeat", "File photo: smoke rises over the port"),
            ("body", PROSE),
        ],
    ),
    "a labelled picture": (
        f"Photo: smoke rises over the port of Odesa on Monday\n\n{PROSE}",
        [("caption", "Photo: smoke rises over the port of Odesa on Monday"), ("body", PROSE)],
    ),
    "bullets after an insertion": (
        f"{PROSE}\n\nRelated\n\n- Protests in the capital\n- {MORE}",
        [("body", PROSE), ("boilerplate", "Related"), ("boilerplate", "Protests in the capital"), ("bullet", MORE)],
    ),
    "photo credit": (f"Photo: Reuters\n\n{PROSE}", [("credit", "Photo: Reuters"), ("body", PROSE)]),
    "reporters at the end": (
        f"{PROSE} (Reporting by Jane Doe; Editing by John Roe)",
        [("body", PROSE), ("credit", "(Reporting by Jane Doe; Editing by John Roe)")],
    ),
    "brackets that are no credit": (f"{PROSE[:-1]} (see map).", [("body", f"{PROSE[:-1]} (see map).")]),
    "published line": (f"Published: 25 November 2020\n\n{PROSE}", [("byline", "Published: 25 November 2020"), ("body", PROSE)]),
    "a bare date": (f"Wednesday, November 25, 2020\n\n{PROSE}", [("byline", "Wednesday, November 25, 2020"), ("body", PROSE)]),
    "advertisement": (
        f"{PROSE}\n\nADVERTISEMENT\n\n{MORE}",
        [("body", PROSE), ("boilerplate", "ADVERTISEMENT"), ("body", MORE)],
    ),
    "a row of signs": (f"{PROSE}\n\n* * *\n\n{MORE}", [("body", PROSE), ("boilerplate", "* * *"), ("body", MORE)]),
    "related in the middle": (
        f"{PROSE}\n\nRelated\n\nCapital braces for protests\n\n{MORE}",
        [("body", PROSE), ("boilerplate", "Related"), ("boilerplate", "Capital braces for protests"), ("body", MORE)],
    ),
    "most read at the end": (
        f"{PROSE}\n\nMost Read\n\nFive die in crash\nThe Cup: Rovers win again.\n",
        [
            ("body", PROSE),
            ("boilerplate", "Most Read"),
            ("boilerplate", "Five die in crash"),
            ("boilerplate", "The Cup: Rovers win again."),
        ],
    ),
    "sign-up and copyright": (
        f"{PROSE}\n\nSign up for our newsletter\n\n© 2020 The Herald. All rights reserved.",
        [
            ("body", PROSE),
            ("boilerplate", "Sign up for our newsletter"),
            ("boilerplate", "© 2020 The Herald. All rights reserved."),
        ],
    ),
    "read more at the end of prose": (
        f"{PROSE} Read more: the road to peace",
        [("body", PROSE), ("boilerplate", "Read more: the road to peace")],
    ),
    "menu at the top": (
        f"Home | News | World\n\nArmy enters town\n\n{PROSE}",
        [("boilerplate", "Home | News | World"), ("headline", "Army enters town"), ("body", PROSE)],
    ),
    "bullets": (
        f"{PROSE}\n\n- The bridge is down.\n• The port is shut.\n* The road is cut.\n1. The town is quiet.",
        [
            ("body", PROSE),
            ("bullet", "The bridge is down."),
            ("bullet", "The port is shut."),
            ("bullet", "The road is cut."),
            ("bullet", "The town is quiet."),
        ],
    ),
    "bullets with clock times": (
        "• 17:45 GMT — Troops reach the square.\n• 16:20 The bridge is down.",
        [
            ("dateline", "17:45 GMT —"),
            ("bullet", "Troops reach the square."),
            ("dateline", "16:20"),
            ("bullet", "The bridge is down."),
        ],
    ),
    "control characters": ("The\x00 army\u202e entered the town.", [("body", "The\x00 army\u202e entered the town.")]),
    "blank": (" \n\t\r\n \x00 \ufeff", []),
    "empty": ("", []),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    text, expected = CASES[name]
    assert told(text) == expected


DATELINES = [
    "BAKU, Nov. 25, 2020 (Agency) —",
    "BAKU, Nov. 25 (Agency) —",
    "BEIRUT, Dec 18 -",
    "MINSK —",
    "LHOKSEUMAWE -",
    "GOMA, Democratic Republic of Congo —",
    "ADEN/GENEVA, May 11 (Reuters) -",
    "KYIV, Ukraine (AP) —",
    "PORT SUDAN, March 26 -",
    "Baku, 25 November 2020 (APA) –",
    "N'DJAMENA (AFP) -",
    "ADDIS ABABA.",
    "Damascus -",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_cut_off_the_first_paragraph(dateline: str) -> None:
    assert told(f"{dateline} {PROSE}\n\n{MORE}") == [("dateline", dateline), ("body", PROSE), ("body", MORE)]


NO_DATELINES = [
    "NATO said on Monday - without naming sources - that the town had fallen.",
    "UN: the ceasefire holds.",
    "Izium - or what is left of it - is back in Ukrainian hands.",
    "The army — or most of it — has left the town of Kherson.",
    "10.45 million people have fled the country.",
    "On 25 November the army entered the town.",
    "AP said the town had fallen.",
]


@pytest.mark.parametrize("text", NO_DATELINES)
def test_prose_that_looks_like_a_dateline_stays_whole(text: str) -> None:
    assert told(f"{text}\n\n{MORE}")[0] == ("body", text)


def test_a_dateline_alone_is_a_paragraph() -> None:
    assert told(f"Baku, November 25\n\n{PROSE}") == [("dateline", "Baku, November 25"), ("body", PROSE)]


WRAPPED = """Army enters town

The army entered the town on Wednesday after the last of its defenders
had left, the ministry said. Officials said that a second district would
follow by the end of the month under the same agreement, and that the
road between the two had been cleared of mines. Nobody objected, and the
bridge was left alone.
The port was shut on Thursday.

- The bridge over the river, which was blown up on the first day of the
  retreat, is to be repaired.
- The port is shut.
"""


def test_hard_wrapped_prose_is_one_block() -> None:
    roles = [(role, " ".join(words.split())[:20]) for role, words in told(WRAPPED)]
    assert roles == [
        ("headline", "Army enters town"),
        ("body", "The army entered the"),
        ("body", "The port was shut on"),
        ("bullet", "The bridge over the "),
        ("bullet", "The port is shut."),
    ]
    assert told(WRAPPED)[1][1].endswith("was left alone.")


def test_wrapping_changes_no_words() -> None:
    paragraphs = [f"{PROSE} {MORE} On day {day}, {PROSE}" for day in range(1, 30)]
    text = "\n\n".join("\n".join(textwrap.wrap(paragraph, 72)) for paragraph in paragraphs)
    assert [(role, " ".join(words.split())) for role, words in told(text)] == [("body", words) for words in paragraphs]


def test_a_wrapped_line_may_begin_with_a_day_or_a_dash() -> None:
    text = (
        "The government forces launched their counter-offensive on August\n"
        "29. In the following month they took back the town of Izium and,\n"
        "farther to the east, Kupiansk, which the ministry - in a statement\n"
        "- which nobody believed - called a regrouping of its own troops."
    )
    assert told(text) == [("body", text)]


def test_two_wrapped_lines_are_one_block() -> None:
    text = "The army entered the town on Wednesday after the last of its\nDefenders had left."
    assert told(text) == [("body", text)]


def test_a_long_headline_over_a_line_of_prose_stays_a_headline() -> None:
    headline = "Army enters the town after the last of its defenders have left it"
    assert told(f"{headline}\n{PROSE}") == [("headline", headline), ("body", PROSE)]


def test_lines_of_different_length_are_paragraphs() -> None:
    lines = [PROSE, "The bridge is down.", MORE, "Nobody objected to it, and nobody was there to object."]
    assert told("\n".join(lines)) == [("body", line) for line in lines]


def test_prose_after_a_tails_heading_is_read() -> None:
    long = f"{PROSE} {MORE}"
    assert told(f"{PROSE}\n\nMost Read\n\nFive die in crash\n\n{long}")[-1] == ("body", long)


def test_the_title_makes_a_sentence_a_headline() -> None:
    title = "The army has entered the town."
    assert told(f"{title}\n\n{PROSE}", title) == [("headline", title), ("body", PROSE)]


def test_a_long_line_is_cut_after_sentences() -> None:
    text = f"{PROSE} " * 400
    found = told(text)
    assert all(words.endswith("said.") and len(words) <= LONGEST for _, words in found)
    assert " ".join(words for _, words in found) == text.strip()


@pytest.mark.parametrize(
    "unit", ["word ", "letters", "a. ", "Ab-", "(x ", "BAKU, ", "\x00", "- ", "1. a\n", "\n", "[a", "— ", ". . "]
)
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.perf_counter()
    found = blocks(Document(text=text))
    assert time.perf_counter() - start < 10  # seconds; linear time is a twentieth of a second to one
    assert all(block.end - block.start <= LONGEST for block in found if block.role is Role.BODY)


def assert_sound(text: str) -> None:
    end = 0
    for block in blocks(from_text(text)):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        end = block.end


PIECES = st.sampled_from(
    [
        PROSE,
        MORE,
        "Related",
        "Most Read",
        "Source: AP",
        "- ",
        "1. ",
        "• ",
        "BAKU —",
        "Baku, Nov. 25, 2020 (AP) —",
        "By Jane Doe",
        "[Handout via Reuters]",
        "(AFP)",
        "Read more: x",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\x00",
        "\u202e",
        "١٢",
        "👩\u200d🚀",
        "\u2029",
        "© ",
        "17:45 ",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join)))
@settings(deadline=None, max_examples=300)
def test_blocks_are_in_order_apart_and_inside_the_text(text: str) -> None:
    assert_sound(text)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(deadline=None, max_examples=100)
def test_every_visible_letter_is_in_a_block_or_a_bullet_sign(text: str) -> None:
    inside = [False] * len(text)
    for block in blocks(Document(text=text)):
        inside[block.start : block.end] = [True] * (block.end - block.start)
    assert not [char for char, covered in zip(text, inside, strict=True) if char.isalpha() and not covered]


@pytest.mark.skipif(not (SHARED / "gold" / "articles").is_dir(), reason="no shared gold articles beside the repository")
def test_gold_articles_open_with_body() -> None:
    for path in sorted((SHARED / "gold" / "articles").glob("*.json")):
        text = json.loads(path.read_text("utf-8"))["text"]
        first = next(block for block in blocks(from_text(text)) if block.role not in (Role.DATELINE, Role.BULLET))
        assert first.role in (Role.BODY, Role.HEADLINE), path.name
        assert first.role is Role.BODY or text[first.start : first.end] == "Highlights", path.name
