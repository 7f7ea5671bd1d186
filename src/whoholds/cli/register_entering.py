"""What the commands that enter something by hand do; each gives its exit status."""

from __future__ import annotations

import getpass
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from whoholds.cli.paper import Paper
from whoholds.cli.register_log import print_entry
from whoholds.cli.register_running import FAILED, failed, opened, print_json, refused, told
from whoholds.cli.register_trace import print_shown
from whoholds.formats import answers, problem_to_json
from whoholds.formats.findings import entry_to_json
from whoholds.model import Accepted, Entry, Problem, Rejected, Verdict
from whoholds.questions import Register

LARGEST = 10_000_000  # bytes of a file in the notation


def user() -> str:
    """The name of whoever runs the program, as the system has it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


@told
def show_claim(locator: str, claim: str, *, as_json: bool) -> int:
    """Print a claim with the words to be judged."""
    with opened(locator) as register:
        found = register.shown(claim)
    if as_json:
        print_json(answers.shown_to_json(found))
        return 0
    print_shown(Paper(sys.stdout), found)
    paper = Paper(sys.stdout)
    how = f"whoholds judge {locator} {found.testimony.claim.id} accept --words {found.words} --because REASON"
    paper.line([("", "  "), ("hint", f"judge it with: {how}")], hanging=4)
    return 0


@told
def judge(locator: str, claim: str, verdict: str, *, because: str, words: str, file: str | None, by: str, as_json: bool) -> int:
    """Enter a verdict on a claim."""
    with opened(locator) as register:
        found: Verdict = Accepted() if verdict == "accept" else Rejected()
        if verdict == "edit":
            text = _text(file or "-")
            if isinstance(text, Problem):
                return failed(text.message, text.hint)
            edit, problems = register.edited(claim, text)
            if edit is None:
                return _refused(problems, file or "<stdin>", text, as_json=as_json)
            found = edit
        entries = register.judge(claim, found, because=because, words=words, by=by)
        return _entered(register, entries, as_json=as_json)


@told
def write(locator: str, file: str, *, published: date | None, by: str, as_json: bool) -> int:
    """Enter claims and alliances written in the notation."""
    text = _text(file)
    if isinstance(text, Problem):
        return failed(text.message, text.hint)
    with opened(locator) as register:
        written = register.write(text, name="note" if file == "-" else Path(file).name, by=by, published=published)
        if written.problems:
            return _refused(list(written.problems), file, text, as_json=as_json)
        return _entered(register, written.entries, as_json=as_json)


@told
def withdraw(locator: str, entry: int, *, because: str, by: str, as_json: bool) -> int:
    """Take an entry back."""
    with opened(locator) as register:
        return _entered(register, register.withdraw(entry, because=because, by=by), as_json=as_json)


@told
def erase(locator: str, document: str, *, because: str, by: str, as_json: bool) -> int:
    """Destroy a document and everything that quotes it."""
    with opened(locator) as register:
        return _entered(register, register.erase(document, because=because, by=by), as_json=as_json)


def _entered(register: Register, entries: tuple[Entry, ...], *, as_json: bool) -> int:
    """Print what was entered, and bring the findings in step."""
    register.settle()
    if as_json:
        print_json([entry_to_json(entry) for entry in entries])
        return 0
    paper = Paper(sys.stdout)
    for entry in entries:
        print_entry(paper, entry)
    if not entries:
        paper.line([("hint", "nothing was entered: it stands already")])
    return 0


def _refused(problems: list[Problem], place: str, text: str, *, as_json: bool) -> int:
    if as_json:
        print_json({"problems": [problem_to_json(problem) for problem in problems]})
        return FAILED
    refused(problems, place, text)
    return failed(f"nothing of {place} was entered", "mend it and do the same again")


def _text(file: str) -> str | Problem:
    """What a file in the notation holds, or why it cannot be read."""
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        from whoholds.articles.files import unreadable

        return unreadable(file, error)
    if len(data) > LARGEST:
        return Problem("too-large", f"{file} is larger than {LARGEST // 1_000_000} MB", hint="split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem("encoding", f"{file}: byte {error.start + 1} is not UTF-8", hint="write the file as UTF-8")
