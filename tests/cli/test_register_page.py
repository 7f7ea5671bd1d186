"""The pages on keeping a register show what the commands print: each is run from its first line to its last."""

from __future__ import annotations

import shlex
from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation import register_page
from whoholds.cli import app


@pytest.mark.parametrize(
    ("path", "commands"),
    list(zip(register_page.PAGES, (13, 4, 10, 4), strict=True)),
    ids=["page", "boundaries", "exports", "own"],
)
def test_the_page_shows_what_is_printed(path: Path, commands: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def output(command: str, folder: Path) -> str:
        """As in a process of its own, without the seconds that starting one takes."""
        with chdir(folder):
            result = CliRunner().invoke(app, shlex.split(command)[2:], catch_exceptions=False)
        return "".join(f"{line.rstrip()}\n" for line in (result.stdout + result.stderr).splitlines())

    monkeypatch.setattr(register_page, "_output", output)
    page = path.read_text(encoding="utf-8")
    assert page.count("\n$ whoholds") >= commands
    assert register_page.renewed(page) == page, "renew it with: python -m evaluation.register_page"


def test_a_page_that_is_not_current_is_renewed() -> None:
    page = "Before\n\n```console\n$ whoholds who none --on 2020-11-26\nwords of yore\n```\n\nAfter\n"
    new = register_page.renewed(page)
    assert "yore" not in new
    assert "there is no" in new
    assert register_page.renewed(new) == new


def test_instants_and_versions_pass() -> None:
    assert register_page.lasting("1 2026-11-23 07:26:54 whoholds 0.1.0 filed") == register_page.lasting(
        "1 2027-01-01 00:00:00 whoholds (not installed) filed"
    )
