"""The evaluator on a made-up treebank of three sentences, on made-up entities, and with a model that knows the answers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from training import evaluate, treebanks
from training.treebanks import Gold
from whoholds.language.parsed import Parsed

# form, lemma, UPOS, XPOS, head, relation; "" after a word that no space follows
TREE = [
    [
        ("Rebels", "rebel", "NOUN", "NNS", 2, "nsubj"),
        ("took", "take", "VERB", "VBD", 0, "root"),
        ("the", "the", "DET", "DT", 4, "det"),
        ("town", "town", "NOUN", "NN", 2, "obj", ""),
        (".", ".", "PUNCT", ".", 2, "punct"),
    ],
    [
        ("It", "it", "PRON", "PRP", 3, "nsubj:pass"),
        ("was", "be", "AUX", "VBD", 3, "aux:pass"),
        ("shelled", "shell", "VERB", "VBN", 0, "root", ""),
        (".", ".", "PUNCT", ".", 3, "punct"),
    ],
    [
        ("Nobody", "nobody", "PRON", "NN", 2, "nsubj"),
        ("left", "leave", "VERB", "VBD", 0, "root", ""),
        (".", ".", "PUNCT", ".", 2, "punct"),
    ],
]
PARAGRAPHS = (0, 2)  # sentences that open one
ROWS = "The\tO\nSyrian\tB-NORP\narmy\tO\nleft\tO\nAleppo\tB-LOC\non\tO\nSunday\tB-DATE\n.\tO\n"
FIGURES = ["UPOS", "XPOS", "lemmas", "UAS", "LAS"]

Pair = tuple[str, list[Gold]]


def treebank() -> str:
    lines = []
    for number, sentence in enumerate(TREE):
        lines += ["# newpar"] * (number in PARAGRAPHS)
        for i, (form, lemma, upos, xpos, head, relation, *glued) in enumerate(sentence, 1):
            misc = "SpaceAfter=No" if glued else "_"
            lines.append("\t".join(map(str, [i, form, lemma, upos, xpos, "_", head, relation, "_", misc])))
        lines.append("")
    return "\n".join(lines) + "\n"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "treebanks").mkdir()
    (tmp_path / "treebanks" / "ewt_test.conllu.gz").write_bytes(gzip.compress(treebank().encode()))
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "re3d_test.iob").write_text(ROWS)
    return tmp_path


@pytest.fixture
def runs(corpora: Path) -> list[list[treebanks.Sentence]]:
    return list(evaluate.whole_paragraphs(treebanks.read_treebank(corpora / "treebanks" / "ewt_test.conllu.gz")))


@pytest.fixture
def gold(runs: list[list[treebanks.Sentence]]) -> list[Pair]:
    return [treebanks.parsed(run) for run in runs]


def answers(gold: list[Pair]) -> list[list[Parsed]]:
    return [[sentence.parsed for sentence in sentences] for _, sentences in gold]


class Oracle:
    """A model that has the answer to every text, and to no other."""

    def __init__(self, answers: dict[str, list[Parsed]]) -> None:
        self._answers = answers

    def read_texts(self, texts: Sequence[str]) -> Iterator[list[Parsed]]:
        return (self._answers[text] for text in texts)

    def read_words(self, paragraphs: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Parsed]]:
        return self.read_texts([" ".join(word for sentence in run for word in sentence) for run in paragraphs])


def words_of(text: str, *tags: str) -> Parsed:
    """A sentence of the text's words, all but the first hanging on it, with entity tags."""
    spans, at = [], 0
    for word in text.split(" "):
        spans.append((at, at + len(word)))
        at += len(word) + 1
    count = len(spans)
    assert len(tags) == count
    return Parsed(spans, [-1, *[0] * (count - 1)], ["root", *["dep"] * (count - 1)], ["X"] * count, ["X"] * count, tags)


@pytest.fixture
def oracle(runs: list[list[treebanks.Sentence]], gold: list[Pair], monkeypatch: pytest.MonkeyPatch) -> Oracle:
    """The model that the evaluator loads, whatever the name."""
    known = dict(zip((text for text, _ in gold), answers(gold), strict=True))
    for run in runs:
        text, sentences = treebanks.parsed(treebanks.spaced(run))
        known[text] = [sentence.parsed for sentence in sentences]
    text = "The Syrian army left Aleppo on Sunday."
    known[text] = [words_of(text, "O", "B-NORP", "O", "O", "B-LOC", "O", "O")]  # misses the day
    model = Oracle(known)
    monkeypatch.setattr(evaluate, "pipeline", lambda: model)
    return model


def test_paragraphs_are_whole(gold: list[Pair]) -> None:
    assert [text for text, _ in gold] == ["Rebels took the town. It was shelled.", "Nobody left."]
    assert list(evaluate.whole_paragraphs([])) == []


def test_a_perfect_reading(gold: list[Pair]) -> None:
    row = evaluate.syntax_figures(gold, answers(gold))
    assert row.pop("words") == 12
    assert row == dict.fromkeys(["tokens", "sentences", *FIGURES], 1.0)


def changed(values: Sequence[object], place: int, value: object) -> list[object]:
    return [*values[:place], value, *values[place + 1 :]]


@pytest.mark.parametrize(
    ("kind", "place", "value", "costs"),
    [
        ("upos", 3, "ADJ", {"UPOS"}),
        ("upos", 0, "PROPN", {"UPOS", "lemmas"}),  # keeps "rebels" from its lemma
        ("tags", 1, "VBN", {"XPOS"}),
        ("heads", 2, 1, {"UAS", "LAS"}),
        ("heads", 1, 0, {"UAS", "LAS"}),
        ("relations", 3, "iobj", {"LAS"}),
        ("relations", 3, "obj:agent", set()),  # subtypes do not count
        ("relations", 1, "parataxis", set()),  # nor what a root is called
        ("entities", 0, "B-ORG", set()),
    ],
)
def test_each_mistake_costs_its_own_figure(gold: list[Pair], kind: str, place: int, value: object, costs: set[str]) -> None:
    guess = answers(gold)
    guess[0][0] = replace(guess[0][0], **{kind: changed(getattr(guess[0][0], kind), place, value)})
    row = evaluate.syntax_figures(gold, guess)
    assert row["tokens"] == row["sentences"] == 1.0
    assert {name: row[name] for name in FIGURES} == {name: pytest.approx(11 / 12 if name in costs else 1) for name in FIGURES}


def test_other_tokens_lose_their_words_and_the_heads_that_point_at_them(gold: list[Pair]) -> None:
    other = Parsed([(0, 6), (7, 12)], [1, -1], ["nsubj", "root"], ["PRON", "VERB"], ["NN", "VBD"], ["O", "O"])
    row = evaluate.syntax_figures([gold[1]], [[other]])
    assert row["tokens"] == row["UPOS"] == pytest.approx(2 * 1 / (3 + 2))
    assert row["UAS"] == row["LAS"] == 0.0
    assert row["sentences"] == 1.0  # its ends are right all the same


def test_sentences_are_right_at_both_ends_only(gold: list[Pair]) -> None:
    one, two = answers(gold)[0]
    heads = [*one.heads, *(1 if head < 0 else head + 5 for head in two.heads)]
    joined = Parsed(
        [*one.spans, *two.spans],
        heads,
        [*one.relations, *two.relations],
        [*one.upos, *two.upos],
        [*one.tags, *two.tags],
        [*one.entities, *two.entities],
    )
    row = evaluate.syntax_figures(gold, [[joined], answers(gold)[1]])
    assert row["sentences"] == pytest.approx(2 * 1 / (3 + 2))
    assert row["tokens"] == 1.0
    assert row["UAS"] == row["LAS"] == pytest.approx(11 / 12)  # a root is one no longer


def test_given_tokens_leave_out_what_they_give(gold: list[Pair]) -> None:
    row = evaluate.syntax_figures(gold, answers(gold), given=True)
    assert list(row) == ["words", *FIGURES, "lemmas by gold tags"]
    assert row["lemmas by gold tags"] == 1.0
    text, (sentence,) = gold[1]
    wrong = replace(sentence, lemmas=["nobody", "left", "."])
    assert evaluate.syntax_figures([(text, [wrong])], [answers(gold)[1]], given=True)["lemmas by gold tags"] == pytest.approx(
        2 / 3
    )


def test_no_texts_no_figures() -> None:
    assert set(evaluate.syntax_figures([], []).values()) == {0}
    assert evaluate.entity_figures([], [], []) == {"": {"entities": 0, "precision": 0.0, "recall": 0.0, "F1": 0.0}}


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("O O O O", []),
        ("B-LOC I-LOC O B-LOC", [(0, 3, "LOC"), (6, 7, "LOC")]),
        ("B-LOC B-LOC I-LOC O", [(0, 1, "LOC"), (2, 5, "LOC")]),
        ("B-LOC I-ORG O I-ORG", [(0, 1, "LOC"), (2, 3, "ORG"), (6, 7, "ORG")]),
    ],
)
def test_the_names_of_a_sentence(tags: str, found: list[tuple[int, int, str]]) -> None:
    assert evaluate.named([words_of("a b c d", *tags.split())]) == found


def test_no_name_goes_on_in_the_next_sentence() -> None:
    one = Parsed([(0, 1)], [-1], ["root"], ["X"], ["X"], ["B-LOC"])
    assert evaluate.named([one, replace(one, spans=[(2, 3)], entities=["I-LOC"])]) == [(0, 1, "LOC"), (2, 3, "LOC")]


def test_entities_are_right_at_both_ends_and_in_label() -> None:
    gold = [(0, 5, "ORG"), (9, 11, "LOC"), (15, 17, "LOC"), (18, 20, "ORG")]
    guess = [(0, 2, "ORG"), (6, 8, "LOC"), (9, 11, "LOC"), (15, 17, "ORG"), (18, 20, "ORG")]
    rows = evaluate.entity_figures([gold], [guess], [[]])
    assert rows[""] == {"entities": 4, "precision": pytest.approx(2 / 5), "recall": 0.5, "F1": pytest.approx(4 / 9)}
    assert rows["LOC"] == {"entities": 2, "precision": 0.5, "recall": 0.5, "F1": 0.5}
    assert rows["ORG"] == {"entities": 2, "precision": pytest.approx(1 / 3), "recall": 0.5, "F1": pytest.approx(0.4)}


@pytest.mark.parametrize("unknown", [pytest.param((3, 9), id="under it"), pytest.param((8, 9), id="under a part of it")])
def test_predictions_without_annotation_do_not_count(unknown: tuple[int, int]) -> None:
    rows = evaluate.entity_figures([[(0, 2, "LOC")]], [[(0, 2, "LOC"), (3, 9, "LOC")]], [[unknown]])
    assert rows[""] == {"entities": 1, "precision": 1.0, "recall": 1.0, "F1": 1.0}


def test_labels_the_gold_lacks_do_not_count() -> None:
    rows = evaluate.entity_figures([[(0, 2, "LOC")]], [[(0, 2, "LOC"), (3, 5, "MISC")]], [[]])
    assert list(rows) == ["", "LOC"]
    assert rows[""]["precision"] == 1.0


def test_every_test_set_that_is_there_is_measured(corpora: Path, oracle: Oracle) -> None:
    report = evaluate.figures(corpora)
    assert list(report) == [
        "ewt_test",
        "ewt_test, gold tokens",
        "re3d_test",
        "re3d_test DATE",
        "re3d_test LOC",
        "re3d_test NORP",
    ]
    assert report["ewt_test"] == {"words": 12, **dict.fromkeys(["tokens", "sentences", *FIGURES], 1.0)}
    assert report["ewt_test, gold tokens"]["LAS"] == 1.0
    assert report["re3d_test LOC"]["F1"] == 1.0
    assert report["re3d_test DATE"] == {"entities": 1, "precision": 0.0, "recall": 0.0, "F1": 0.0}
    assert evaluate.figures(corpora, split="dev") == {}


def test_the_model_of_a_folder_is_measured(corpora: Path, oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(evaluate.choice, "load", lambda name: asked.append(name) or oracle)
    evaluate.figures(corpora, corpora / "mine")
    assert asked == [str(corpora / "mine")]


def test_the_figures_by_which_models_are_compared(corpora: Path, oracle: Oracle) -> None:
    assert evaluate.headline(evaluate.figures(corpora)) == {
        "ewt_test UPOS": 1.0,
        "ewt_test LAS": 1.0,
        "ewt_test, gold tokens UPOS": 1.0,
        "ewt_test, gold tokens LAS": 1.0,
        "re3d_test F1": 0.8,
    }


def test_the_command_prints_tables(corpora: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate.main([str(corpora)])
    raw = capsys.readouterr().out
    evaluate.main([str(corpora), "--gold-tokens"])
    given = capsys.readouterr().out
    assert "| test set | words | tokens | sentences | UPOS | XPOS | lemmas | UAS | LAS |" in raw
    assert "| ewt_test | 12 | 1.000 |" in raw
    assert "gold tokens" not in raw
    assert "| ewt_test, gold tokens | 12 |" in given
    assert "| ewt_test |" not in given
    assert "| re3d_test LOC | 1 | 1.000 | 1.000 | 1.000 |" in raw


def test_tables() -> None:
    assert evaluate.table({}) == evaluate.tables({}) == ""
    table = evaluate.table({"a": {"words": 3, "UAS": 0.5}, "b": {"words": 4, "LAS": 1.0}})
    assert table.split("\n")[2:] == ["| a | 3 | 0.500 | – |", "| b | 4 | – | 1.000 |"]
    both = evaluate.tables({"a": {"UAS": 0.5}, "a, gold tokens": {"UAS": 1.0}, "n": {"F1": 0.5}}, None)
    assert len(both.split("\n\n")) == 3


def test_the_command_says_when_there_is_nothing_to_measure(
    tmp_path: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SystemExit) as stopped:
        evaluate.main([str(tmp_path / "empty")])
    assert stopped.value.code == 2
    assert "no test set in" in capsys.readouterr().err
