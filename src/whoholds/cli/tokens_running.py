"""Running the commands of `whoholds tokens`: each gives its exit status."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from whoholds.atlas.roles import Role
from whoholds.atlas.safety.tokens import Token, TokenBook, book_path
from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown, width_of
from whoholds.cli.register_running import failed, opened, print_json, told
from whoholds.register import MEMORY
from whoholds.register.store import StoreError

_HEADS = ("name", "role", "made", "expires", "state")


@told
def add(locator: str, name: str, role: str, expires: date | None, *, as_json: bool) -> int:
    """Make a token and print it."""
    book, today = _book(locator), _today()
    if expires and expires < today:
        return failed(f"{expires} is past", "give a day to come, or none")
    token = book.add(name, Role[role.upper()], made=today, expires=expires)
    if as_json:
        print_json({"name": name.strip(), "role": role, "expires": None if expires is None else str(expires), "token": token})
        return 0
    sys.stdout.write(f"{token}\n")
    until = f", to the end of {expires} (UTC)" if expires else ""
    sys.stderr.write(
        shown(f"the token of {name.strip()}, {role}{until}; it is shown this once, and only its hash is kept") + "\n"
    )
    return 0


@told
def show(locator: str, *, as_json: bool) -> int:
    """Print who has a token."""
    tokens, today = _book(locator).tokens(), _today()
    if as_json:
        print_json([_row(token, today) for token in tokens])
        return 0
    if tokens:
        rows = [_HEADS, *(tuple(str(cell or "-") for cell in _row(token, today).values()) for token in tokens)]
        _print_rows(Paper(sys.stdout), rows)
    else:
        sys.stdout.write("# nobody has a token\n")
    return 0


def _print_rows(paper: Paper, rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True))
        paper.line([("" if number else "dim", "  ".join(cells).rstrip())])


@told
def revoke(locator: str, name: str) -> int:
    """Take a token away."""
    gone = _book(locator).revoke(name.strip())
    sys.stdout.write(shown(f"revoked the token of {gone.name}, {gone.role.name.lower()}") + "\n")
    return 0


def _book(locator: str) -> TokenBook:
    """The tokens of a register that is there: a slip of the pen must not make a file of tokens for no register."""
    if locator == MEMORY:
        raise StoreError("a register in memory cannot be served, so that it has no tokens", "name a file or a database")
    with opened(locator, readonly=True) as register:
        return TokenBook(book_path(register.store.locator))


def _row(token: Token, today: date) -> dict[str, str | None]:
    return {
        "name": token.name,
        "role": token.role.name.lower(),
        "made": str(token.made),
        "expires": None if token.expires is None else str(token.expires),
        "state": "good" if token.good(today) else "expired",
    }


def _today() -> date:
    return datetime.now(UTC).date()
