"""Saved web pages: the article alone, with its captions, and what the page tells of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.articles import Role, blocks, from_bytes, load

EXAMPLES = Path(__file__).parents[2] / "examples"
READ = {Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.CAPTION, Role.BULLET}
FIRST = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
SECOND = "Officials said that a second district would follow by the end of the month under the same agreement."


def told(body: str, head: str = "<title>Army enters town</title>") -> list[tuple[str, str]]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    document, problems = from_bytes(page.encode(), name="page.html")
    assert document and not problems
    return [(block.role.value, document.text[block.start : block.end]) for block in blocks(document)]


def test_the_saved_page_reads_as_the_text_does() -> None:
    text, _ = load(EXAMPLES / "handover.txt")
    page, _ = load(EXAMPLES / "handover.html")
    assert text and page
    of_text = [(b.role, text.text[b.start : b.end]) for b in blocks(text) if b.role in READ]
    of_page = [(b.role, page.text[b.start : b.end]) for b in blocks(page) if b.role in READ]
    assert of_page == of_text
    assert len(of_text) == 12


def test_what_the_page_tells_of_itself() -> None:
    page, _ = load(EXAMPLES / "handover.html")
    assert page
    assert (page.title, page.outlet) == (
        "Troops drive into Kalbajar as snowbound district changes hands",
        "The Example Courier",
    )
    assert (page.published, page.credits) == (date(2020, 11, 25), ("Reuters", "AP"))
    assert page.url == "https://courier.example/2020/11/25/troops-drive-into-kalbajar"
    assert page.author == "The whoholds examples desk"


def test_menus_links_and_notices_are_gone() -> None:
    page, _ = load(EXAMPLES / "handover.html")
    assert page
    for words in ("Subscribe", "Share on", "Wheat prices", "Privacy", "All rights", "debates the truce"):
        assert words not in page.text


def test_a_title_outside_the_article_is_its_headline() -> None:
    assert told(f"<article><p>{FIRST}</p><p>{SECOND}</p></article>") == [
        ("headline", "Army enters town"),
        ("body", FIRST),
        ("body", SECOND),
    ]


def test_lists_subheadings_and_quotations() -> None:
    body = (
        f"<article><h1>Army enters town</h1><p>{FIRST}</p><h2>What comes next</h2>"
        f"<ul><li>The bridge is down.</li><li>The port is shut.</li></ul><blockquote><p>{SECOND}</p></blockquote></article>"
    )
    assert told(body) == [
        ("headline", "Army enters town"),
        ("body", FIRST),
        ("headline", "What comes next"),
        ("bullet", "The bridge is down."),
        ("bullet", "The port is shut."),
        ("body", SECOND),
    ]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    last = "and so on it went for the rest of the day."
    body = f"<article><h1>Army enters town</h1><p>{FIRST}<br><br>{SECOND[:-1]}<br>{last}</p></article>"
    assert [words for role, words in told(body) if role == "body"] == [FIRST, f"{SECOND[:-1]}\n{last}"]


def test_a_figures_caption_is_kept_and_the_text_after_it() -> None:
    body = (
        f"<article><h1>Army enters town</h1><p>{FIRST}</p><figure><img src='a.jpg'>"
        f"<figcaption>Trucks on a road [AFP]</figcaption></figure>"
        f"<p>{SECOND}</p></article>"
    )
    assert told(body)[2:] == [("caption", "Trucks on a road"), ("credit", "[AFP]"), ("body", SECOND)]


def test_a_tables_row_is_a_paragraph() -> None:
    table = "<table><tr><th>Day</th><th>Dead in the town</th></tr><tr><td>Monday</td><td>40 civilians</td></tr></table>"
    found = told(f"<article><h1>Army enters town</h1><p>{FIRST}</p>{table}<p>{SECOND}</p></article>")
    assert [words for _, words in found[2:-1]] == ["Day | Dead in the town", "Monday | 40 civilians"]


@pytest.mark.parametrize("day", ["1991-05-30", "2020-11-25", "2150-03-04"])
def test_no_clock_limits_the_day(day: str) -> None:
    head = f'<title>Army enters town</title><meta property="article:published_time" content="{day}T10:00:00Z">'
    page = f"<!DOCTYPE html><html><head>{head}</head><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    document, _ = from_bytes(page.encode(), name="page.html")
    assert document and document.published == date.fromisoformat(day)


def test_no_day_in_the_page_is_no_day() -> None:
    page = "<!DOCTYPE html><html><head><title>x</title></head>"
    page += f"<body><article><p>{FIRST}</p><p>{SECOND}</p></article><footer>© 2019</footer></body></html>"
    document, _ = from_bytes(page.encode(), name="page.html")
    assert document and document.published is None


def test_a_page_of_title_and_menu_has_no_article() -> None:
    page = (
        '<html><head><title>World news</title></head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav></body></html>'
    )
    document, (problem,) = from_bytes(page.encode(), name="page.html")
    assert document is None
    assert problem.code == "no-article"


def test_an_article_of_one_short_sentence_is_one() -> None:
    assert ("body", "Rebels left Goma.") in told("<article><p>Rebels left Goma.</p></article>")
