"""Files and bytes: what is read, and that everything else is refused with a reason and a way out."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.articles import Role, blocks, files, from_bytes, load
from whoholds.model import Document, Problem

EXAMPLES = Path(__file__).parents[2] / "examples"
PROSE = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
PAGE = (
    f"<!DOCTYPE html><html><head><title>Army enters town</title></head>"
    f"<body><article><p>{PROSE}</p><p>{PROSE[4:]}</p></article></body></html>"
)


def read(data: bytes, name: str = "report.txt") -> tuple[Document, list[str]]:
    document, problems = from_bytes(data, name=name)
    assert document is not None, problems
    return document, [problem.code for problem in problems]


def refusal(result: tuple[Document | None, list[Problem]]) -> Problem:
    document, problems = result
    assert document is None
    (problem,) = problems
    assert problem.message and problem.hint
    return problem


ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8 with a mark": ("utf-8", b"\xef\xbb\xbf"),
    "utf-16-le": ("utf-16-le", b"\xff\xfe"),
    "utf-16-be": ("utf-16-be", b"\xfe\xff"),
    "utf-32-le": ("utf-32-le", b"\xff\xfe\x00\x00"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_marked_encodings_are_read_without_a_problem(name: str) -> None:
    encoding, mark = ENCODINGS[name]
    text = f"{PROSE}\r\nNi\u00f1o \u201cquoted\u201d \U0001f680\r\n"
    assert read(mark + text.encode(encoding)) == (from_bytes(text.encode(), name="report.txt")[0], [])
    assert read(mark + text.encode(encoding))[0].text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The ministry\u2019s spokesman said that Jos\u00e9 had left. " * 5),
        ("utf-16-le", "The army entered the town. " * 3),
        ("cp1251", "Войска вошли в город в среду, сообщило министерство обороны. " * 10),
    ],
)  # fmt: skip
def test_other_encodings_are_guessed_and_named(encoding: str, text: str) -> None:
    document, problems = from_bytes(text.encode(encoding), name="report.txt")
    assert document is not None
    assert document.text == text
    assert [problem.code for problem in problems] == ["encoding-guessed"]
    assert encoding in problems[0].message and "report.txt" in problems[0].message


def test_text_with_a_few_broken_bytes_is_mended() -> None:
    data = ("\u201cWe left,\u201d he said. " * 50).encode() + b"\xe2\x80"
    document, codes = read(data)
    assert codes == ["encoding-damaged"]
    assert document.text.count("\ufffd") == 1 and document.text.startswith("\u201cWe left,\u201d")


def test_control_characters_stay_and_are_reported() -> None:
    text = "The\x00 army\u202e entered the town on Wednesday.\x07"
    document, codes = read(text.encode())
    assert document.text == text
    assert codes == ["control-characters"]


BINARIES = {
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "JPEG": b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "ZIP": b"PK\x03\x04" + bytes(100),
    "PDF": b"%PDF-1.7\n" + b"stream " * 20,
    "RTF": b"{\\rtf1\\ansi The army entered the town.}",
    "program": b"\x7fELF" + bytes(100),
    "control codes": bytes(range(32)) * 40,
    "zeros": bytes(1000),
}


@pytest.mark.parametrize("kind", BINARIES)
def test_binary_files_are_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "thing.dat"
    path.write_bytes(BINARIES[kind])
    problem = refusal(load(path))
    assert problem.code == "binary"
    assert "thing.dat" in problem.message
    if kind.isupper():
        assert kind in problem.message


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty(data: bytes) -> None:
    assert refusal(from_bytes(data, name="report.txt")).code == "empty"


def test_missing_file(tmp_path: Path) -> None:
    problem = refusal(load(tmp_path / "none.txt"))
    assert problem.code == "missing" and "none.txt" in problem.message


def test_folder(tmp_path: Path) -> None:
    assert refusal(load(tmp_path)).code == "directory"


def test_path_no_system_has() -> None:
    assert refusal(load(Path("a\x00b"))).code == "unreadable"


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(PROSE)
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything
        monkeypatch.setattr(Path, "open", _denied)
    assert refusal(load(path)).code == "permission"


def _denied(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1_000)
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 1_001)
    assert refusal(load(path)).code == "too-large"
    path.write_bytes(b"The army. " * 100)
    assert load(path)[0] is not None


def test_page_without_an_article() -> None:
    problem = refusal(from_bytes(b"<!doctype html><html><body><script>x()</script></body></html>", name="empty.html"))
    assert problem.code == "no-article" and "empty.html" in problem.message


def test_page_is_told_by_its_bytes_not_its_name() -> None:
    document, codes = read(PAGE.encode(), "stdin")
    assert "<" not in document.text and codes == []
    assert document.title == "Army enters town"


def test_text_that_mentions_markup_is_no_page() -> None:
    text = f"{PROSE} He wrote <p> and </p> on the wall."
    assert read(text.encode())[0].text == text


def test_page_in_its_declared_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("the town", "\u0413\u043e\u0440\u043e\u0434")
    document, codes = read(page.encode("cp1251"))
    assert "\u0413\u043e\u0440\u043e\u0434" in document.text and codes == []


def test_page_in_utf16() -> None:
    assert PROSE in read(b"\xff\xfe" + PAGE.encode("utf-16-le"))[0].text


def test_single_file_web_archive() -> None:
    mail = EmailMessage()
    mail.set_content("no html here")
    mail.add_related(PAGE, subtype="html")
    data = b"From: <Saved by a browser>\nMIME-Version: 1.0\n" + mail.as_bytes().replace(b"MIME-Version: 1.0\n", b"")
    assert PROSE in read(data, "page.mhtml")[0].text


def test_given_day_wins(tmp_path: Path) -> None:
    for name in ("handover.txt", "handover.html"):
        told, _ = load(EXAMPLES / name)
        given, _ = load(EXAMPLES / name, published=date(2021, 1, 2))
        assert told and told.published == date(2020, 11, 25)
        assert given and given.published == date(2021, 1, 2)


EXAMPLE_DAYS = {
    "handover.txt": date(2020, 11, 25),
    "handover.html": date(2020, 11, 25),
    "ceasefire.txt": date(2023, 5, 30),
    "frontline.txt": date(2022, 11, 11),
}


@pytest.mark.parametrize("name", EXAMPLE_DAYS)
def test_examples_are_read_with_their_day_and_no_problem(name: str) -> None:
    document, problems = load(EXAMPLES / name)
    assert document and not problems
    assert (document.published, document.language, document.name) == (EXAMPLE_DAYS[name], "en", name)
    assert document.title and not any(b.role is Role.BODY and "\n" in document.text[b.start : b.end] for b in blocks(document))


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=200)
def test_no_bytes_raise(data: bytes) -> None:
    document, problems = from_bytes(data, name="x")
    assert document is not None or problems
    if document:
        blocks(document)


TAGS = (
    "<p> </p> <div> <br> <figure> <figcaption> </figcaption> </figure> <ul><li> <table><tr><td> <title> </title> <svg> <script>"
)
MARKUP = st.sampled_from(
    [*TAGS.split(), PROSE, "<!--", "-->", "&#0;", "&#xD800;", "&amp;", "<h1>", "</h1>", "\x00", "\x0c", "\u202e"]
)


@given(st.lists(MARKUP, max_size=15).map("".join))
@settings(deadline=None, max_examples=60)
def test_no_page_raises(markup: str) -> None:
    document, problems = from_bytes(f"<html><body>{markup}".encode(), name="x")
    assert document is not None or problems


def test_a_text_file_costs_no_import_of_the_page_reader() -> None:
    code = (
        "import sys; from pathlib import Path; from whoholds.articles import load, blocks\n"
        f"document, _ = load(Path({str(EXAMPLES / 'handover.txt')!r})); blocks(document)\n"
        "print([name for name in ('trafilatura', 'lxml', 'charset_normalizer', 'onnxruntime', 'email') if name in sys.modules])"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["... !!! ??? ---", "\U0001f525\U0001f4a5 \U0001f680", "()" * 10_000])
def test_texts_without_a_word(text: str) -> None:
    document, (problem,) = from_bytes(text.encode(), name="signs.txt")
    assert document is None
    assert (problem.code, problem.message) == ("empty", "signs.txt has no words in it")
