"""Measure what is read and what is not: `python -m evaluation.relevance [--shared FOLDER] [--read]`.

Recall: of the texts that hold a claim, how many are relevant. Texts with gold claims are the project's own and, where the
shared folder is, its gold reports and the event corpora, whose texts are single sentences. With `--read` the reader is run over
the newspaper corpora as well, and what it finds a claim in counts as holding one; that takes some minutes. Let through: of the
texts without a claim, how many are relevant; `tests/corpora/irrelevant.toml` has such texts by section, and `bench.newsroom`
makes as many as are wanted.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.newsroom import Kind, articles
from evaluation import gold, tables
from whoholds.articles import from_text
from whoholds.corpora.relevance import RELEVANT, relevance
from whoholds.pipeline import Reader

ROOT = Path(__file__).parent.parent
IRRELEVANT = ROOT / "tests" / "corpora" / "irrelevant.toml"
READ = ("places/trnews", "places/lgl", "places/geowebnews", "places/geovirus", "times/timebank")
PARAGRAPHS = "entities/ww_test.iob"
HEADINGS = ["texts", "with a claim", "of them relevant", "recall", "without", "let through", "share"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A set of texts: the relevance of each, and whether it holds a claim."""

    name: str
    scores: tuple[tuple[float, bool], ...]

    def row(self, threshold: float = RELEVANT) -> list[str]:
        """A row of the table."""
        return [self.name, *self._share(True, threshold), *self._share(False, threshold)]

    def _share(self, claims: bool, threshold: float) -> list[str]:
        scores = [score for score, holds in self.scores if holds is claims]
        kept = sum(score >= threshold for score in scores)
        return [str(len(scores)), str(kept), f"{kept / len(scores):.3f}"] if scores else ["0", "", ""]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.relevance", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and corpora/")
    parser.add_argument("--read", action="store_true", help="run the reader over the newspaper corpora as well")
    args = parser.parse_args()
    found = [*own(), *irrelevant(), *newsroom()]
    if args.shared.is_dir():
        found += [*shared_gold(args.shared), *(read(args.shared) if args.read else ())]
    else:
        print(f"no folder {args.shared}: only the project's own texts are measured")
    print(f"relevant: {RELEVANT} and more")
    print(tables.table(HEADINGS, [measured.row() for measured in found]))


def own() -> Iterator[Measured]:
    """The project's own gold and the reports of examples/, all of which hold a claim."""
    yield _measured("own gold", [(row["text"], bool(row["claims"])) for row in gold.load(gold.OWN_GOLD)])
    for path in sorted((ROOT / "examples").glob("*.jsonl")):
        yield _measured(f"examples/{path.name}", [(row["text"], True) for row in gold.load(path)])


def irrelevant() -> Iterator[Measured]:
    """Reports of our own that hold none, by section."""
    for section, reports in tomllib.loads(IRRELEVANT.read_text(encoding="utf-8")).items():
        yield _measured(section, [(text, False) for text in reports.values()])


def newsroom(count: int = 1_500, seed: int = 1) -> Iterator[Measured]:
    """The articles of a newsroom that never was: those of other sections, full of words of war, and those about fighting."""
    made = list(articles(count, seed))
    yield _measured("bench.newsroom, other", [(article.text, False) for article in made if article.kind is Kind.OTHER])
    yield _measured("bench.newsroom, relevant", [(article.text, True) for article in made if article.kind is Kind.RELEVANT])


def shared_gold(shared: Path) -> Iterator[Measured]:
    """The gold of the shared folder: reports, and single sentences."""
    for name, place in (
        ("gold reports", "gold/articles"),
        ("seed", "gold/seed.json"),
        ("PLOVER gold standard, sentences", "corpora/events/plover_gsr.jsonl"),
        ("PLV, sentences", "corpora/events/plv_train.jsonl"),
    ):
        if (shared / place).exists():
            rows = gold.load(shared / place)
            yield _measured(name, [(row["text"], bool(row.get("claims") or row.get("gold"))) for row in rows])


def read(shared: Path) -> Iterator[Measured]:
    """Newspaper corpora by what the reader finds in them: reports, and the paragraphs of newswire of forty countries."""
    reader = Reader()
    for name in READ:
        path = shared / "corpora" / f"{name}.jsonl"
        if path.exists():
            yield _as_read(name, [row["text"] for row in gold.load(path)], reader)
    if (shared / "corpora" / PARAGRAPHS).exists():
        yield _as_read("Worldwide Newswire, paragraphs", list(blocks_of(shared / "corpora" / PARAGRAPHS)), reader)


def blocks_of(path: Path) -> Iterator[str]:
    """The blocks of an IOB file, their tokens with spaces between."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = " ".join(line.partition("\t")[0] for line in block.splitlines() if line)
        if text:
            yield text


def _as_read(name: str, texts: Sequence[str], reader: Reader) -> Measured:
    readings = reader.read_many(map(from_text, texts))
    return _measured(name, [(reading.document.text, bool(reading.claims)) for reading in readings])


def _measured(name: str, texts: Sequence[tuple[str, bool]]) -> Measured:
    return Measured(name, tuple((relevance(from_text(text)), claims) for text, claims in texts))


if __name__ == "__main__":
    main()
