"""Lines on a terminal and elsewhere, and what readings and problems look like to a person."""

from __future__ import annotations

import io
import re

import pytest

from whoholds.cli.inputs import Input
from whoholds.cli.paper import STYLES, Paper
from whoholds.cli.problems import print_problem
from whoholds.cli.readings import print_reading, summary
from whoholds.cli.severity import failed
from whoholds.model import Actor, Change, Claim, Control, Derivation, Document, Factuality, Problem, When, Where
from whoholds.notation import claim_lines, parse
from whoholds.pipeline import Reading

DOCUMENT = Document(
    text="Headline\n\nAt dawn rebels left Old Mill on Saturday, and soon after that the army came in from the north.",
    name="wire.txt",
)
SPAN = DOCUMENT.span(DOCUMENT.text.index("rebels"), DOCUMENT.text.index(", and"))
CLAIM = Claim(
    matter=Control(change=Change.LOSES, former=Actor(name="rebels", country="COD")),
    evidence=SPAN,
    when=When("2024-03-02"),
    where=Where(name="Old Mill"),
    factuality=Factuality.DENIED,
    derivation=Derivation(
        "<actor> left <place> <time>", SPAN, parts=(Derivation("<weekday> before publication", SPAN, "2024-03-02"),)
    ),
)
READING = Reading(DOCUMENT, (CLAIM,), (Problem("no-date", "no date"),))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 60 columns with colours."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    return Terminal()


def printed(stream: io.StringIO) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()


def test_on_a_terminal_carets_stand_under_the_words(terminal: Terminal) -> None:
    print_reading(Paper(terminal), READING)
    assert printed(terminal) == [
        "document wire.txt",
        "",
        "2024-03-02 control Old Mill: rebels [COD] loses",
        "  own voice; denied",
        "  from wire.txt:3 [18:50]",
        "    At dawn rebels left Old Mill on Saturday, and soon…",
        "            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "",
        "# 1 claim: 1 control; 1 problem",
    ]


def test_colours_on_a_terminal_and_none_with_no_color(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    print_reading(Paper(terminal), READING)
    assert "\x1b[36m2024-03-02\x1b[0m" in terminal.getvalue()
    assert "\x1b[31mdenied\x1b[0m" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_reading(Paper(plain), READING)
    assert "\x1b[3" not in plain.getvalue()


def test_lines_that_are_too_long_hang(terminal: Terminal) -> None:
    Paper(terminal).line([("", "word " * 20)], hanging=6)
    first, *others = printed(terminal)
    assert len(first) <= 60
    assert others
    assert all(line.startswith("      word") and len(line) <= 60 for line in others)


def test_elsewhere_the_notation_is_printed_as_it_is() -> None:
    stream = io.StringIO()
    print_reading(Paper(stream), READING)
    claims, problems = parse(stream.getvalue())
    assert ([claim.id for claim in claims], problems) == ([CLAIM.id], [])


def test_a_derivation_is_a_comment_under_its_claim() -> None:
    stream = io.StringIO()
    print_reading(Paper(stream), READING, explained=True)
    assert printed(stream)[-4:-2] == [
        '  # <actor> left <place> <time>     "rebels left Old Mill on Saturday"',
        '  #   <weekday> before publication  "rebels left Old Mill on Saturday"  2024-03-02',
    ]
    assert len(parse(stream.getvalue())[0]) == 1


def test_a_problem_gives_place_words_and_way_out() -> None:
    stream = io.StringIO()
    problem = Problem("place-ambiguous", 'two places fit "Old Mill"', DOCUMENT.span(30, 38), "name the region")
    print_problem(Paper(stream), Input("a/wire.txt", DOCUMENT, ()), problem)
    assert printed(stream) == [
        'a/wire.txt:3: two places fit "Old Mill"',
        "    At dawn rebels left Old Mill on Saturday, and soon after that the army came in from the north.",
        "                        ^^^^^^^^",
        "    name the region",
    ]


@pytest.mark.parametrize(
    ("place", "message", "expected"),
    [
        ("in.jsonl:3", "in.jsonl:3: not JSON", "in.jsonl:3: not JSON"),
        ("a/b.txt", "b.txt is empty", "a/b.txt: is empty"),
        ("a/b.txt", "a/b.txt is a folder, not a file", "a/b.txt: is a folder, not a file"),
        ("a/b.txt", "there is no file a/b.txt", "a/b.txt: there is no file a/b.txt"),
    ],
)
def test_a_place_that_the_message_begins_with_is_not_told_twice(place: str, message: str, expected: str) -> None:
    stream = io.StringIO()
    print_problem(Paper(stream), Input(place, None, ()), Problem("record", message))
    assert printed(stream) == [expected]


def test_summary_without_claims() -> None:
    assert summary(Reading(DOCUMENT, (), ())) == "no claims"


def test_what_fails_and_what_informs() -> None:
    assert failed([Problem("no-date", ""), Problem("language", "")])
    assert not failed([Problem("no-date", ""), Problem("encoding-guessed", "")])
    assert not failed([])


def test_every_style_of_the_notation_has_a_colour() -> None:
    styles = {style for factuality in Factuality for line in claim_lines(CLAIM, DOCUMENT) for style, _ in line}
    assert {style for style in styles if style and not style.startswith("factuality")} <= set(STYLES)
    assert {f"factuality.{factuality}" for factuality in Factuality if factuality != "actual"} <= set(STYLES)


@pytest.mark.parametrize("columns", ["1", "20", "none"])
def test_the_narrowest_terminals(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    terminal = Terminal()
    monkeypatch.setattr(terminal, "fileno", lambda: 0, raising=False)
    Paper(terminal).line([("", "there is no file called nosuch.txt in this folder")], hanging=4)
    assert " ".join(" ".join(printed(terminal)).split()) == "there is no file called nosuch.txt in this folder"
