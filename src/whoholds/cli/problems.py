"""Problems for people: place and message, the words with carets under them, the way out."""

from __future__ import annotations

from pathlib import Path

from whoholds.cli.inputs import Input
from whoholds.cli.paper import Paper
from whoholds.cli.quoted import rows, shown
from whoholds.cli.severity import failed
from whoholds.model import Problem

INDENT = 4


def print_problem(paper: Paper, item: Input, problem: Problem) -> None:
    """Print a problem as `place:line: message`, with the words it is about and what can be done."""
    style = "failure" if failed([problem]) else "problem"
    paper.line([("heading", _place(item, problem)), (style, _message(item, problem))], hanging=INDENT)
    if item.document and problem.span:
        print_quoted(paper, item.document.text, problem.span.start, problem.span.end)
    if problem.hint:
        paper.line([("", " " * INDENT), ("hint", shown(problem.hint))], hanging=INDENT)
    paper.flush()


def print_quoted(paper: Paper, text: str, start: int, end: int, *, indent: int = INDENT) -> None:
    """Print the line that holds these characters, cut to the paper's width, with carets under them."""
    margin = ("", " " * indent)
    for row in rows(text, start, end, paper.width - indent):
        paper.line([margin, ("context", row.before), ("words", row.words), ("context", row.after)])
        paper.line([margin, ("caret", row.carets)])


def _place(item: Input, problem: Problem) -> str:
    line = f":{item.document.line_of(problem.span.start)}" if item.document and problem.span else ""
    return shown(f"{item.place}{line}: ")


def _message(item: Input, problem: Problem) -> str:
    """The message without the place, where it begins with that itself: `a.txt: is empty`."""
    for place in (f"{item.place}: ", f"{item.place} ", f"{Path(item.place).name} "):
        if problem.message.startswith(place):
            return shown(problem.message.removeprefix(place))
    return shown(problem.message)
