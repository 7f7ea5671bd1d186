"""The evaluator on a made-up treebank of three sentences and on made-up entities."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from training import entities, evaluate, treebanks

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
    rows = "The\tO\nSyrian\tB-NORP\narmy\tO\nleft\tO\nAleppo\tB-LOC\non\tO\nSunday\tB-DATE\n.\tO\n"
    (tmp_path / "entities" / "re3d_test.iob").write_text(rows)
    return tmp_path


@pytest.fixture
def gold(corpora: Path) -> list[Doc]:
    runs = evaluate.whole_paragraphs(treebanks.read_treebank(corpora / "treebanks" / "ewt_test.conllu.gz"))
    return [treebanks.to_doc(Vocab(), run) for run in runs]


def copies(docs: list[Doc]) -> Iterator[Doc]:
    return (doc.copy() for doc in docs)


def test_paragraphs_are_whole(gold: list[Doc]) -> None:
    assert [doc.text for doc in gold] == ["Rebels took the town. It was shelled.", "Nobody left."]


def test_a_perfect_reading(gold: list[Doc]) -> None:
    row = evaluate.syntax_figures(gold, copies(gold))
    assert row.pop("words") == 12
    assert row == dict.fromkeys(["tokens", "sentences", "UPOS", "XPOS", "lemmas", "UAS", "LAS"], 1.0)


def test_each_mistake_costs_its_own_figure(gold: list[Doc]) -> None:
    guess = [doc.copy() for doc in gold]
    guess[0][0].pos_ = "PROPN"  # also keeps "rebels" from its lemma
    guess[0][1].tag_ = "VBN"
    guess[0][2].head = guess[0][1]
    guess[0][3].dep_ = "iobj"
    guess[0][5].dep_ = "nsubj"  # a subtype does not count
    row = evaluate.syntax_figures(gold, guess)
    assert row["tokens"] == row["sentences"] == 1.0
    assert row["UPOS"] == row["XPOS"] == row["lemmas"] == row["UAS"] == pytest.approx(11 / 12)
    assert row["LAS"] == pytest.approx(10 / 12)


def test_other_tokens_lose_their_words_and_the_heads_that_point_at_them(gold: list[Doc]) -> None:
    words, spaces = ["Nobody", "left."], [True, False]
    other = Doc(
        Vocab(), words=words, spaces=spaces, pos=["PRON", "VERB"], tags=["NN", "VBD"], heads=[1, 1], deps=["nsubj", "ROOT"]
    )
    row = evaluate.syntax_figures([gold[1]], [other])
    assert row["tokens"] == row["UPOS"] == pytest.approx(2 * 1 / (3 + 2))
    assert row["UAS"] == row["LAS"] == 0.0
    assert row["sentences"] == 1.0  # its ends are right all the same


def test_sentences_are_right_at_both_ends_only(gold: list[Doc]) -> None:
    joined = Doc(
        Vocab(), words=[t.text for t in gold[0]], spaces=[bool(t.whitespace_) for t in gold[0]], heads=[1] * 9, deps=["dep"] * 9
    )
    row = evaluate.syntax_figures(gold, [joined, gold[1].copy()])
    assert row["sentences"] == pytest.approx(2 * 1 / (3 + 2))


def test_given_tokens_leave_out_what_they_give(gold: list[Doc]) -> None:
    row = evaluate.syntax_figures(gold, copies(gold), given=True)
    assert "tokens" not in row
    assert "sentences" not in row
    assert row["lemmas by gold tags"] == 1.0


def test_no_texts_no_figures() -> None:
    assert set(evaluate.syntax_figures([], []).values()) == {0}
    assert evaluate.entity_figures([], []) == {"": {"entities": 0, "precision": 0.0, "recall": 0.0, "F1": 0.0}}


def names(*tags: str) -> Doc:
    return entities.to_doc(Vocab(), [(f"w{i}", tag) for i, tag in enumerate(tags)])


def test_entities_are_right_at_both_ends_and_in_label() -> None:
    gold = [names("B-ORG", "I-ORG", "O", "B-LOC", "O", "B-LOC", "B-ORG")]
    guess = [names("B-ORG", "O", "B-LOC", "B-LOC", "O", "B-ORG", "B-ORG")]
    rows = evaluate.entity_figures(gold, guess)
    assert rows[""] == {"entities": 4, "precision": pytest.approx(2 / 5), "recall": 0.5, "F1": pytest.approx(4 / 9)}
    assert rows["LOC"] == {"entities": 2, "precision": 0.5, "recall": 0.5, "F1": 0.5}
    assert rows["ORG"] == {"entities": 2, "precision": pytest.approx(1 / 3), "recall": 0.5, "F1": pytest.approx(0.4)}


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param(("B-LOC", "", ""), id="no annotation under the prediction"),
        pytest.param(("B-LOC", "", "O"), id="none under a part of it"),
    ],
)
def test_predictions_without_annotation_do_not_count(tags: tuple[str, ...]) -> None:
    rows = evaluate.entity_figures([names(*tags)], [names("B-LOC", "B-LOC", "I-LOC")])
    assert rows[""] == {"entities": 1, "precision": 1.0, "recall": 1.0, "F1": 1.0}


def test_labels_the_gold_lacks_do_not_count() -> None:
    rows = evaluate.entity_figures([names("B-LOC", "O")], [names("B-LOC", "B-MISC")])
    assert list(rows) == ["", "LOC"]
    assert rows[""]["precision"] == 1.0


def test_the_shipped_model_on_the_treebank(corpora: Path) -> None:
    report = evaluate.figures(corpora)
    assert list(report) == [
        "ewt_test",
        "ewt_test, gold tokens",
        "re3d_test",
        "re3d_test DATE",
        "re3d_test LOC",
        "re3d_test NORP",
    ]
    assert report["ewt_test"]["tokens"] == 1.0
    assert report["ewt_test"]["UPOS"] > 0.9
    assert report["ewt_test, gold tokens"]["LAS"] > 0.8
    assert report["re3d_test LOC"]["F1"] == 1.0


def test_the_command_prints_tables(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate.main([str(corpora)])
    raw = capsys.readouterr().out
    evaluate.main([str(corpora), "--gold-tokens"])
    given = capsys.readouterr().out
    assert "| test set | words | tokens | sentences | UPOS | XPOS | lemmas | UAS | LAS |" in raw
    assert "| ewt_test | 12 | 1.000 |" in raw
    assert "| ewt_test, gold tokens | 12 |" in given
    assert "| ewt_test |" not in given
    assert "| re3d_test LOC | 1 | 1.000 | 1.000 | 1.000 |" in raw


def test_the_command_says_when_there_is_nothing_to_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        evaluate.main([str(tmp_path)])
    assert stopped.value.code == 2
    assert "no test set in" in capsys.readouterr().err


def test_another_model_is_loaded_from_its_folder(corpora: Path, tmp_path: Path) -> None:
    import spacy

    bare = spacy.blank("en")
    bare.add_pipe("sentencizer")
    bare.to_disk(tmp_path / "bare")
    report = evaluate.figures(corpora, tmp_path / "bare")
    assert report["ewt_test"]["tokens"] == report["ewt_test"]["sentences"] == 1.0
    assert report["ewt_test"]["UPOS"] == 0.0
    assert report["re3d_test"]["recall"] == 0.0
