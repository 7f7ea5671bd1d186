"""Small runs for tests: reports as a JSON Lines file, and readers that some documents break, put in by `sitecustomize`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.questions import reports
from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import make_plan
from whoholds.corpora.tasks import Done, Phase
from whoholds.corpora.terms import Terms, agree
from whoholds.model import Document

STORY = (*reports.KALBAJAR, reports.LACHIN_DISTRICT, reports.LACHIN_CITY, reports.BAKHMUT)
RECIPE = (
    "Bread with seeds\n\nMix the flour with the water, salt and yeast. Let the dough rest for an hour in a warm corner. "
    "Shape a loaf, sprinkle sunflower seeds over it and bake it until the crust is brown."
)
GERMAN = (
    "Brot mit Kernen\n\nDas Mehl wird mit dem Wasser, dem Salz und der Hefe gemischt. Der Teig muss eine Stunde in einer "
    "warmen Ecke ruhen. Danach wird ein Laib geformt und gebacken, bis die Kruste braun ist."
)
_BREAKING = """
import os, sys, time
sys.path.append({source!r})

def broken(text):
    if "BROKEN-ABORT" in text:
        os.abort()
    if "BROKEN-STACK" in text:
        sys.setrecursionlimit(10**9)
        deep = []
        for _ in range(300_000):
            deep = [deep]
        repr(deep)
    if "BROKEN-HANG" in text:
        while True:
            time.sleep(1)
    if "BROKEN-MEMORY" in text:
        held = []
        for _ in range(40):
            held.append(bytearray(b"x") * 100_000_000)
            time.sleep(0.1)
    if "BROKEN-RAISE" in text:
        raise LookupError("no such thing")
"""
_SURVEY = """
import whoholds.corpora.extracting as extracting
document_of = extracting.document_of

def extracted(record, options):
    broken(record.text)
    return document_of(record, options)

extracting.document_of = extracted
"""
_READ = """
from whoholds.pipeline import Reader
read_many = Reader.read_many

def reading(self, documents):
    documents = list(documents)
    for document in documents:
        broken(document.text)
    return read_many(self, documents)

Reader.read_many = reading
"""


def breaking(folder: Path, phase: Phase) -> Path:
    """A folder for PYTHONPATH with which, in a phase, processes break over texts with marks such as BROKEN-ABORT."""
    folder.mkdir(parents=True, exist_ok=True)
    source = str(Path(__file__).parent.parent.parent / "src")
    code = _BREAKING.format(source=source) + {Phase.SURVEY: _SURVEY, Phase.READ: _READ}[phase]
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return folder


def written(path: Path, documents: Iterable[Document | dict[str, Any] | str]) -> Path:
    """A JSON Lines file of documents, records, or lines as they are."""
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            match document:
                case Document():
                    day = document.published.isoformat() if document.published else None
                    row = {"id": document.name, "text": document.text, "outlet": document.outlet, "published": day}
                    file.write(json.dumps(row) + "\n")
                case dict():
                    file.write(json.dumps(document) + "\n")
                case str():
                    file.write(document + "\n")
    return path


def planned(folder: Path, source: Path, size: int = 256, **terms: Any) -> tuple[Layout, Terms]:
    """A run that is about to begin."""
    layout, agreed = Layout(folder), Terms(named=(str(source),), size=size, **terms)
    folder.mkdir()
    agree(layout, agreed)
    make_plan(layout, agreed)
    return layout, agreed


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a run by name, but for the log."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ("log.txt", "lock"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


class Silent:
    """Hears a run and keeps what it was told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[Done] = []
        self.remarks: list[str] = []

    def begin(self, words: str, *, of: int | None = None, documents: int | None = None) -> None:
        self.begun.append(words)

    def step(self, done: Done) -> None:
        self.done.append(done)

    def remark(self, message: str, hint: str) -> None:
        self.remarks.append(message)
