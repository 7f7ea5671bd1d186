"""Docs fail the build: each command, option, public name and rule family is in them, code runs, links lead somewhere."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import whoholds
from evaluation import readme
from whoholds.cli import app
from whoholds.model import Document
from whoholds.notation import parse

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEXICONS = sorted((ROOT / "src" / "whoholds" / "grammar" / "lexicons").rglob("*.toml"))
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=ticks)\s*$", re.M | re.S)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def prose() -> str:
    """README and docs/ as one text: where a command, a name or a family must be told of."""
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGES if path.name not in ("CONTRIBUTING.md", "CHANGELOG.md"))


def commands() -> Iterator[tuple[str, Any]]:
    """Every command of the program, nested ones with their full name."""
    waiting: list[tuple[str, Any]] = [("whoholds", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop(0)
        subcommands = getattr(command, "commands", {})
        waiting += [(f"{name} {key}", value) for key, value in subcommands.items() if not value.hidden]
        if not subcommands:
            yield name, command


def options() -> Iterator[tuple[str, str]]:
    """Every long option (short where there is no long one) with its command."""
    for name, command in commands():
        for parameter in command.params:
            spellings = [*parameter.opts, *parameter.secondary_opts] if parameter.param_type_name == "option" else []
            for spelling in [s for s in spellings if s.startswith("--")] or spellings:
                if spelling not in ("--install-completion", "--show-completion", "--help"):
                    yield name, spelling


def code_blocks() -> list[tuple[str, str]]:
    """Every ```python block with the page and line it begins at."""
    found = []
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        for match in FENCE.finditer(page):
            if match["language"] in ("python", "py", "pycon"):
                found.append((f"{page_id(path)}:{page.count(chr(10), 0, match.start('code')) + 1}", match["code"]))
    return found


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as code forges make them."""
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*$", FENCE.sub("", page), re.M)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def mentioned(word: str, text: str) -> bool:
    """Whether the text has the word as such, not inside a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented(name: str, prose: str) -> None:
    assert mentioned(name, prose), f"`{name}` is in no page"


@pytest.mark.parametrize(("name", "option"), list(options()))
def test_every_option_is_documented(name: str, option: str, prose: str) -> None:
    section = re.search(rf"^#+ `?{re.escape(name)}\b.*?(?=^#+ `?whoholds\b|\Z)", prose, re.M | re.S)
    assert section, f"no heading for `{name}`"
    assert mentioned(option, section[0]), f"`{option}` is not told of under `{name}`"


@pytest.mark.parametrize("name", whoholds.__all__)
def test_every_public_name_is_documented(name: str, prose: str) -> None:
    assert f"`{name}" in prose or mentioned(f"whoholds.{name}", prose), f"`{name}` is in no page"
    assert getattr(whoholds, name).__doc__ or name.startswith("__")


def test_there_are_lexicons() -> None:
    assert LEXICONS


@pytest.mark.parametrize("path", LEXICONS, ids=page_id)
def test_every_rule_family_is_documented(path: Path) -> None:
    headings = re.findall(r"^#+ .*$", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.M)
    assert any(f"`{path.stem}`" in heading for heading in headings), f"docs/rules.md has no heading with `{path.stem}`"


@pytest.mark.parametrize(("place", "code"), code_blocks())
def test_python_code_runs(place: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest(code, {}, place, place, 0)
    if examples.examples:
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        report: list[str] = []
        assert runner.run(examples, out=report.append).failed == 0, "".join(report)
    else:
        compile(code, place, "exec")


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_links_lead_somewhere(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    broken = []
    for match in LINK.finditer(FENCE.sub("", page)):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"\w+:", target):
            continue
        file = (path.parent / target).resolve() if target else path
        inside = file.exists() and ROOT in file.parents
        if not inside or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(match["target"])
    assert broken == []


@pytest.mark.parametrize("path", [path for path in readme.pages() if readme.BLOCK.search(path.read_text("utf-8"))], ids=page_id)
def test_shown_output_is_current(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert readme.renewed(page) == page, "renew it with: python -m evaluation.readme"


def test_the_notation_is_shown_as_it_is_read() -> None:
    page = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")
    [shown] = [match["code"] for match in FENCE.finditer(page) if match["language"] == "text"]
    report = Document(text=(ROOT / "examples" / "handover.txt").read_text(encoding="utf-8"), name="handover.txt")
    claims, problems = parse(shown, documents=[report])
    assert problems == []
    assert [claim.kind for claim in claims] == ["control", "obligation"]


def test_the_readme_shows_output() -> None:
    assert readme.BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
