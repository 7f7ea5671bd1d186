"""Pipelines of spaCy, here of made-up components: loaded, converted, and refused with the reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whoholds.language.choice import load
from whoholds.language.manifest import ModelError

spacy = pytest.importorskip("spacy", reason="reading with a spaCy pipeline needs the extra 'spacy'")

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

HEADS = {"Rebels": "seized", "the": "town", "town": "seized", ".": "seized", "of": "town", "Sake": "of"}
TAGS = {"Rebels": "NNS NOUN", "seized": "VBD VERB", "the": "DT DET", "town": "NN NOUN", "of": "IN ADP", "Sake": "NNP PROPN"}
OLD = {"Rebels": "nsubj", "the": "det", "town": "dobj", "of": "prep", "Sake": "pobj", ".": "punct"}
UNIVERSAL = {"Rebels": "nsubj", "the": "det", "town": "obj", "of": "case", "Sake": "nmod", ".": "punct"}


class Tables:
    """A parser by tables, for sentences made of their words; `labels` is what spaCy's own parser tells."""

    def __init__(self, relations: dict[str, str]) -> None:
        self.labels = tuple(sorted(set(relations.values())))
        self._relations = relations

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens import Doc

        given = doc.has_annotation("SENT_START")
        starts = [i == 0 or (word.is_sent_start if given else doc[i - 1].text == ".") for i, word in enumerate(doc)]
        heads, places = [], dict[str, int]()
        for word in doc:
            if starts[word.i]:
                sentence = doc[word.i : next((i for i in range(word.i + 1, len(doc)) if starts[i]), len(doc))]
                places = {other.text: other.i for other in sentence}
            heads.append(places.get(HEADS.get(word.text, ""), places.get("seized", word.i)))
        words = [word.text for word in doc]
        return Doc(
            doc.vocab,
            words=words,
            spaces=[bool(word.whitespace_) for word in doc],
            heads=heads,
            deps=["ROOT" if head == i else self._relations.get(words[i], "dep") for i, head in enumerate(heads)],
            tags=[TAGS.get(word, ". PUNCT").split()[0] for word in words],
            pos=[TAGS.get(word, ". PUNCT").split()[1] for word in words],
            ents=["B-GPE" if word == "Sake" else "O" for word in words],
        )

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        pass

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Tables:
        return self


@spacy.Language.factory("clearnlp_by_tables")
def clearnlp_by_tables(nlp: Language, name: str) -> Tables:
    return Tables(OLD)


@spacy.Language.factory("universal_by_tables")
def universal_by_tables(nlp: Language, name: str) -> Tables:
    return Tables(UNIVERSAL)


def saved(folder: Path, component: str | None) -> str:
    nlp = spacy.blank("en")
    if component:
        nlp.add_pipe(component, name="parser")
    nlp.to_disk(folder)
    return str(folder)


def test_an_english_pipeline_speaks_universal_dependencies(tmp_path: Path) -> None:
    pipeline = load(saved(tmp_path, "clearnlp_by_tables"))
    text = "Rebels seized the town of Sake. Rebels seized the town."
    (sentences,) = pipeline.read_texts([text])
    first = sentences[0]
    assert [text[start:end] for start, end in first.spans] == ["Rebels", "seized", "the", "town", "of", "Sake", "."]
    assert list(first.relations) == ["nsubj", "root", "det", "obj", "case", "nmod", "punct"]
    assert list(first.heads) == [1, -1, 3, 1, 5, 3, 1]
    assert list(first.entities) == ["O", "O", "O", "O", "O", "B-LOC", "O"]
    assert len(sentences) == 2


def test_a_universal_pipeline_is_taken_as_it_is(tmp_path: Path) -> None:
    pipeline = load(saved(tmp_path, "universal_by_tables"))
    (sentences,) = pipeline.read_texts(["Rebels seized the town."])
    assert list(sentences[0].relations) == ["nsubj", "root", "det", "obj", "punct"]


def test_white_space_is_no_word(tmp_path: Path) -> None:
    pipeline = load(saved(tmp_path, "clearnlp_by_tables"))
    found = list(pipeline.read_texts(["  Rebels   seized the  town.  ", "   ", ""]))
    assert [len(sentences) for sentences in found] == [1, 0, 0]
    assert found[0][0].relations.count("root") == 1
    assert len(found[0][0].spans) == 5


def test_given_words_and_sentences(tmp_path: Path) -> None:
    pipeline = load(saved(tmp_path, "clearnlp_by_tables"))
    found = list(pipeline.read_words([[["Rebels", "seized", "Sake"], ["Rebels", "seized", "."]], []]))
    assert [[len(sentence.spans) for sentence in sentences] for sentences in found] == [[3, 3], []]


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives no DEP and no TAG and no POS"):
        load(saved(tmp_path, None))


def test_a_damaged_pipeline_is_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path, "clearnlp_by_tables")
    (tmp_path / "config.cfg").write_text("[nlp", encoding="utf-8")
    with pytest.raises(ModelError, match="spaCy cannot load"):
        load(folder)


def test_without_spacy_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = saved(tmp_path, "clearnlp_by_tables")
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ModelError, match="not installed") as caught:
        load(folder)
    assert "pip install 'whoholds[spacy]'" in caught.value.hint


@pytest.mark.parametrize("name", ["no_such_pipeline", "no/such/folder", "..\x00", "", " "])
def test_nothing_by_that_name(name: str) -> None:
    with pytest.raises(ModelError):
        load(name)


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model"):
        load(str(tmp_path))
