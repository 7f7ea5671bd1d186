"""Grounding as a whole: it quotes the text and depends on the document alone, not on its neighbours, a clock or a time zone."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whoholds
from whoholds.formats import grounding_to_json
from whoholds.model import Document
from whoholds.pipeline import Reader

PACKAGE = Path(whoholds.__file__).parent
# What reads the clock or the time zone of the machine: modules and classes, and their functions that do so.
CLOCKS = {
    "time": {"time", "time_ns", "localtime", "ctime", "gmtime", "mktime", "strftime", "tzset", "timezone", "tzname"},
    "datetime": {"now", "utcnow", "today", "fromtimestamp", "astimezone"},
    "date": {"today", "fromtimestamp"},
}
SENTENCES = (
    "Troops entered the town of Lachin on Friday, a day earlier than planned.",
    "The ministry said the district would be handed over by 1 December, within 14 days of the ceasefire.",
    "Two weeks ago rebels seized villages near Goma, in North Kivu province.",
    "Moscow said its peacekeepers had been there since the early 1990s.",
    "In Paris, Texas, the mayor spoke at midnight local time.",
    "The army of Sudan left Khartoum in the spring of 2023 and came back the next year.",
    "Officials in Sana'a put the dead at between 20 and 30 over the past three months.",
    "‘Kyiv’s forces’ shelled Donetsk at 0600 GMT on 15-20 November — 😀 — said TASS.",
    "القوات دخلت كركوك yesterday.",
    "The group's fighters, the EU and the UNHCR met there every day at Easter.",
)
TELL_ALL = """
import json, sys
from whoholds.articles import from_text
from whoholds.formats import grounding_to_json
from whoholds.pipeline import Reader
documents = [from_text(text, name=str(k)) for k, text in enumerate(json.load(sys.stdin))]
print(json.dumps([grounding_to_json(grounding) for grounding in Reader().ground_many(documents)], sort_keys=True))
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)
days = st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@settings(deadline=None, max_examples=30)
@given(text=texts | st.text(max_size=80), published=days)
def test_everything_grounded_quotes_the_text(reader: Reader, text: str, published: date | None) -> None:
    document = Document(text=text, name="x", published=published)
    grounding = reader.ground(document)
    spans = [*(time.span for time in grounding.times), *(where.span for where in grounding.places)]
    spans += [actor.span for actor in grounding.actors]
    for span in spans:
        assert span is not None
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.quote


@settings(deadline=None, max_examples=15)
@given(bodies=st.lists(texts, min_size=2, max_size=4), published=days)
def test_a_document_is_grounded_as_if_it_were_alone(reader: Reader, bodies: Sequence[str], published: date | None) -> None:
    documents = [Document(text=body, name=str(k), published=published) for k, body in enumerate(bodies)]
    together = list(map(grounding_to_json, reader.ground_many(documents)))
    backwards = list(map(grounding_to_json, reader.ground_many(reversed(documents))))
    assert backwards[::-1] == together
    assert together == [grounding_to_json(Reader().ground(document)) for document in documents]


def test_the_time_zone_of_the_machine_does_not_matter() -> None:
    dated = [f"{day}\n\n{' '.join(SENTENCES)}" for day in ("", "GOMA, 25 November 2020 (Agency) — ")]
    told = [in_zone(zone, dated) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tehran")]
    assert told[0]
    assert told[1:] == told[:1] * 2


def in_zone(zone: str, bodies: Sequence[str]) -> str:
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-c", TELL_ALL]
    done = subprocess.run(command, env=environment, input=json.dumps(bodies), check=True, capture_output=True, text=True)
    return done.stdout


@pytest.mark.parametrize("layer", ["model", "articles", "language", "grounding", "grammar", "pipeline.py"])
def test_no_clock_is_read(layer: str) -> None:
    path = PACKAGE / layer
    modules = [path] if path.suffix else sorted(path.rglob("*.py"))
    modules = [module for module in modules if "added" not in module.parts]  # a gazetteer's file is told by its day
    modules = [module for module in modules if module.name != "fetching.py"]  # what is fetched, by the instant of that
    assert modules
    assert [use for module in modules for use in clocks_in(module.read_text("utf-8"), module.name)] == []


def test_a_clock_would_be_found() -> None:
    source = "from datetime import date\nimport time\nfrom time import localtime\nx = date.today()\ny = time.time()\n"
    assert len(list(clocks_in(source, "x"))) == 3


def clocks_in(source: str, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner, used = node.value.id, [node.attr]
        elif isinstance(node, ast.ImportFrom):
            owner, used = node.module or "", [alias.name for alias in node.names]
        else:
            continue
        if owner == "datetime" and isinstance(node, ast.ImportFrom):
            continue
        yield from (f"{name}:{node.lineno}: {owner}.{word}" for word in used if word in CLOCKS.get(owner, ()))
