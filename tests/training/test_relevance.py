"""The recipe for the words of relevance."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from training.relevance import (
    BIAS,
    OTHER_WEIGHT,
    Passage,
    counter_examples,
    entity_blocks,
    labelled,
    learned,
    marked_documents,
    other_news,
    treebank_documents,
)
from training.relevance_words import classes_of_words


def test_documents_of_a_treebank(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu.gz"
    lines = ["# newdoc id = a", "# text = One.", "1\tOne", "", "# text = Two.", "", "# newdoc id = b", "# text = Three.", ""]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert list(treebank_documents(path)) == ["One. Two.", "Three."]


def test_blocks_of_an_entity_corpus_are_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.iob"
    path.write_text("Rebels\tO\n(\tO\nM23\tB-ORG\n)\tO\nleft\tO\n.\tO\n\nIt\tO\n's\tO\nover\tO\n", encoding="utf-8")
    assert list(entity_blocks(path)) == ["Rebels (M23) left.", "It's over"]


def test_marked_texts_lose_their_marks() -> None:
    text = "[LOC Goma] fell.\nTo [ORG M23].\n\nIt rained.\n---\nNext."
    assert list(marked_documents(text)) == ["Goma fell. To M23.\n\nIt rained.", "Next."]


def test_the_reader_tells_what_is_worth_reading() -> None:
    told = list(labelled(["Rebels captured the town of Sake on Monday.", "The soup needs salt."]))
    assert [passage.claims for passage in told] == [True, False]


def test_other_news_is_against_whatever_its_words() -> None:
    (passage,) = counter_examples(["They seized the lead."])
    assert passage == Passage(frozenset({"they", "seized", "the", "lead"}), claims=False, weight=OTHER_WEIGHT)


def test_words_of_the_lexicons_have_classes() -> None:
    classes = classes_of_words()
    assert "verb:control" in classes["captured"]
    assert "country" in classes["syrian"]
    assert "other:sport" in classes["midfielder"]


def test_what_is_learned_tells_the_examples_apart() -> None:
    war, sport = frozenset({"rebels", "seized", "town"}), frozenset({"midfielder", "season", "town"})
    table = learned([Passage(war, True)] * 20 + [Passage(sport, False)] * 20)

    def odds(passage: frozenset[str]) -> int:
        return table[BIAS] + sum(table.get(word, 0) for word in passage)

    assert odds(war) > 0 > odds(sport)
    assert table["wicket"] < 0 < table["captures"], "classes tell of words that were not seen"


def test_other_news_is_many_short_reports() -> None:
    assert len(other_news()) > 30
    assert np.mean([len(text.split()) for text in other_news()]) < 100
