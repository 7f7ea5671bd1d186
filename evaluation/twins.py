"""Measure what is taken for a reprint: `python -m evaluation.twins`.

Made-up copies of the project's own reports (examples/, tests/gold, the texts of the bench): each report is printed again in
ways that tell nothing new, which should be twins, and in ways that tell something else, none of which may be. The table says,
for each way, how many of how many were found to be twins, and what the likeness of the two signatures is on average.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.texts import articles, city_names
from evaluation import tables
from whoholds.articles import from_text
from whoholds.corpora.signatures import signature
from whoholds.corpora.surveyed import Surveyed
from whoholds.corpora.twins import twins

ROOT = Path(__file__).parent.parent
DAY = date(2024, 3, 5)
BENCH = 60  # texts of the bench
_NUMBER = re.compile(r"(?<![\w.,])\d+(?![\w]|[.,]\d)")
_SENTENCE = re.compile(r"(?<=[a-z]{3}\.) ")
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAY = re.compile(r"\b(?:" + "|".join(_WEEKDAYS) + r")\b")
_VERB = re.compile(r"\b(?:took|captured|seized|entered|holds?|held|lost|signed|extended|withdrew|left|said)\b")

Change = Callable[[str], str | None]  # the report printed again, or None where it has nothing to change


@dataclass(frozen=True, slots=True)
class Way:
    """A way to print a report again: `same` when it tells nothing new. `later` counts days."""

    name: str
    same: bool
    change: Change
    later: int = 0


def main() -> None:
    """Print the table."""
    print(tables.table(["printed again with", "should be a twin", "is", "likeness"], list(measured())))


def measured() -> Iterator[list[str]]:
    """A row a way."""
    reports = texts()
    for way in WAYS:
        pairs = [
            (text, changed) for text in reports if (changed := way.change(text)) and (changed != text or way.change is str)
        ]
        found = [likeness_of(text, changed, way.later) for text, changed in pairs]
        likenesses = [likeness for likeness in found if likeness is not None]
        mean = f"{sum(likenesses) / len(likenesses):.2f}" if likenesses else ""
        yield [way.name, "yes" if way.same else "no", f"{len(likenesses)} of {len(pairs)}", mean]


def texts() -> list[str]:
    """The reports: those of examples/*.jsonl, of the project's gold, and of the bench; each once."""
    rows = [json.loads(line) for path in sorted((ROOT / "examples").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests" / "gold").glob("*.json"))]
    found = [str(row["text"]) for row in [*rows, *gold]] + [document.text for document in articles(BENCH, seed=8)]
    return list(dict.fromkeys(found))


def likeness_of(text: str, changed: str, later: int = 0) -> float | None:
    """The likeness of a report and its copy where the copy is found to be the twin, else None."""
    groups = list(twins([_surveyed(text, 0, 0), _surveyed(changed, 1, later)]))
    return next((twin.likeness for group in groups for twin in group.others if twin.report.number == 1), None)


def _surveyed(text: str, number: int, later: int) -> Surveyed:
    document = from_text(text, published=DAY + timedelta(days=later))
    return Surveyed(partition=0, number=number, id=document.id, published=document.published, signature=signature(document))


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def _with_byline(text: str) -> str | None:
    head, *body = _paragraphs(text)
    return "\n\n".join(
        [head, "By Nora Wells, Harbour Gazette", *body, "Read more: The week in pictures", "© 2024 Harbour Gazette"]
    )


def _with_headline(text: str) -> str | None:
    head, *body = _paragraphs(text)
    return "\n\n".join(["What we know so far", *body]) if body and not head.endswith((".", "”", '"')) else None


def _shortened(text: str) -> str | None:
    found = _paragraphs(text)
    return "\n\n".join(found[:-1]) if len(found) > 3 else None


def _halved(text: str) -> str | None:
    found = _paragraphs(text)
    return "\n\n".join(found[: 1 + len(found) // 2]) if len(found) > 4 else None


def _in_house_style(text: str) -> str | None:
    for ours, theirs in (
        ("defence", "defense"),
        ("November", "Nov."),
        ("kilometres", "kilometers"),
        ("three", "3"),
        ("’", "'"),
    ):
        text = text.replace(ours, theirs)
    return text.replace("“", '"').replace("”", '"')


def _quoted_otherwise(text: str) -> str | None:
    return re.sub(r",? said (\w+) officials", r", \1 officials said", text).replace(" said on", " told reporters on")


def _other_number(text: str) -> str | None:
    return _in_longest(text, lambda told: _NUMBER.sub(lambda match: str(int(match[0]) + 3), told, count=1))


def _other_day(text: str) -> str | None:
    return _WEEKDAY.sub(lambda match: _WEEKDAYS[_WEEKDAYS.index(match[0]) - 1], text, count=1)


def _other_city(text: str) -> str | None:
    body = text.partition("\n\n")[2]
    names = re.findall(r"(?<=[a-z] )[A-Z][a-z]{4,}", _WEEKDAY.sub("", body))
    return text.replace(names[0], city_names()[len(text) % 100]) if names else None


def _denied(text: str) -> str | None:
    return re.sub(r"\b(had|have|has|was|were|would|will)\b(?! not)", r"\1 not", text, count=1)


def _other_verb(text: str) -> str | None:
    return _in_longest(text, lambda told: _VERB.sub("shelled", told, count=1))


def _sides_swapped(text: str) -> str | None:
    one, other = "Armenia", "Azerbaijan"
    if one not in text or other not in text:
        return None
    return re.sub(f"{one}|{other}", lambda match: one if match[0] == other else other, text)


def _with_news(text: str) -> str | None:
    return _in_longest(
        text, lambda told: f"{told}\n\nTwo more soldiers died when a mine went off on the road, the ministry added."
    )


def _one_sentence_more(text: str) -> str | None:
    shorter = _shortened(text)
    return shorter and _in_longest(shorter, lambda told: f"{told} The crossing was closed again at dusk.")


def _in_longest(text: str, change: Callable[[str], str]) -> str:
    """The text with its longest paragraph changed, which is read in any case."""
    longest = max(_paragraphs(text), key=len)
    return text.replace(longest, change(longest))


WAYS = (
    Way("nothing changed", True, str),
    Way("by-line, pointers and copyright of another outlet", True, _with_byline),
    Way("another headline", True, _with_headline),
    Way("the last paragraph cut", True, _shortened),
    Way("the second half cut", True, _halved),
    Way("the spelling of another house", True, _in_house_style),
    Way("everything in capitals", True, str.upper),
    Way("nothing changed, six days later", True, str, later=6),
    Way("who said it put otherwise", True, _quoted_otherwise),
    Way("nothing changed, a week later", False, str, later=7),
    Way("another number", False, _other_number),
    Way("another weekday", False, _other_day),
    Way("another place", False, _other_city),
    Way("a negation", False, _denied),
    Way("another verb", False, _other_verb),
    Way("the two sides swapped", False, _sides_swapped),
    Way("a paragraph of news more", False, _with_news),
    Way("the last paragraph cut, a sentence more", False, _one_sentence_more),
)

if __name__ == "__main__":
    main()
