"""The encoder around a session that is none: batches, order, padding, windows, and texts of every kind."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from whoholds.language.coding import GOES_ON, STARTS, UNKNOWN, Window
from whoholds.language.decoding import Decoder
from whoholds.language.encoder import Encoder
from whoholds.language.manifest import Labels, Model
from whoholds.language.parsed import Parsed
from whoholds.language.shipped import Shipped
from whoholds.language.wordpieces import Shape, WordPieces, shape

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,"
VOCABULARY = {piece: i for i, piece in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{x}" for x in LETTERS)])}
UPOS = tuple(f"P{i}" for i in range(len(VOCABULARY)))  # a word's tag is its first piece: words that got mixed up would show
SHAPES = tuple(f"S{i}" for i in range(len(Shape)))
LABELS = Labels(UPOS, SHAPES, ("dep", "root"), ("O", "B-LOC", "I-LOC"))


class Chain:
    """A session that hangs every word on the one before and starts a sentence behind every full stop."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, ...]] = []

    def run(self, output_names: Sequence[str], input_feed: dict[str, Any]) -> list[Any]:
        feed = {name: np.asarray(value) for name, value in input_feed.items()}
        self.sizes.append(feed["pieces"].shape)
        first_pieces = np.take_along_axis(feed["pieces"], feed["first"], axis=1)
        size, width = first_pieces.shape
        after_stop = np.zeros((size, width), dtype=bool)
        after_stop[:, 1:] = first_pieces[:, :-1] == VOCABULARY["."]
        after_stop[:, 1] = True
        starts = np.where(feed["starts"] == UNKNOWN, after_stop, feed["starts"] == STARTS)
        starts[:, 1] = True
        heads = np.where(starts, 0, np.arange(width) - 1).clip(0)
        arcs = np.full((size, width, width), -1e4, dtype=np.float32)
        np.put_along_axis(arcs, heads[:, :, None], 1.0, axis=2)
        found = {
            "arcs": arcs,
            "heads": heads,
            "relations": (heads == 0).astype(np.int64),
            "upos": first_pieces,
            "xpos": feed["shapes"],
            "entities": np.zeros((size, width, 3), dtype=np.float32),
            "starts_scores": np.where(after_stop, 1.0, -1.0).astype(np.float32),
            "dependents": np.zeros((size, width, 64), dtype=np.float32),
            "governors": np.zeros((size, width, 64), dtype=np.float32),
        }
        return [found[name] for name in output_names]


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    tokenizer = Tokenizer(models.WordPiece(VOCABULARY, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = tmp_path_factory.mktemp("model") / "tokenizer.json"
    tokenizer.save(str(path))
    return WordPieces(path)


def make(pieces: WordPieces, session: Chain, window: int = 64, batch: int = 1_000) -> Encoder:
    model = Model("chain", "1", window, batch, LABELS, {})
    return Encoder(model, session, pieces, Decoder(LABELS, np.zeros((2, 65, 65), dtype=np.float32)))


def window(encoder: Encoder, words: list[str], starts: Sequence[int] = ()) -> Window:
    return Window(words, 2 + sum(map(encoder.size, words)), starts)


words_of_windows = st.lists(st.lists(st.sampled_from("a bc def Goma x1 12 . ,".split()), min_size=1, max_size=20), max_size=12)


@given(runs=words_of_windows, most=st.integers(30, 300))
def test_each_window_gets_its_own_answer(pieces: WordPieces, runs: list[list[str]], most: int) -> None:
    session = Chain()
    encoder = make(pieces, session, batch=most)
    analyses = encoder.analyse([window(encoder, words) for words in runs])
    for words, analysis in zip(runs, analyses, strict=True):
        assert [UPOS[i] for i in analysis.upos] == [UPOS[pieces.of(word)[0]] for word in words]
        assert [SHAPES[i] for i in analysis.xpos] == [SHAPES[shape(word)] for word in words]
        starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
        assert analysis.starts == starts
        assert analysis.heads == [0 if start else i for i, start in enumerate(starts)]
    assert all(rows == 1 or rows * columns <= most for rows, columns in session.sizes)


def test_windows_of_like_length_go_together(pieces: WordPieces) -> None:
    session = Chain()
    encoder = make(pieces, session)
    runs = [["a"] * (50 if i % 2 else 6) for i in range(200)]
    encoder.analyse([window(encoder, words) for words in runs])
    used = sum(rows * columns for rows, columns in session.sizes)
    needed = sum(len(words) + 2 for words in runs)
    assert used < 1.2 * needed
    assert len(session.sizes) < len(runs) / 10


def test_a_window_is_padded_alike_whatever_is_beside_it(pieces: WordPieces) -> None:
    for beside in ([], [40], [1, 2, 3], [9] * 50):
        session = Chain()
        encoder = make(pieces, session)
        encoder.analyse([window(encoder, ["a"] * count) for count in (9, *beside)])
        assert 16 in {columns for _, columns in session.sizes}


def test_every_window_alone_and_without_padding(pieces: WordPieces) -> None:
    session = Chain()
    encoder = make(pieces, session, batch=1)
    encoder.analyse([window(encoder, ["a"] * count) for count in (3, 5, 3)])
    assert sorted(session.sizes) == [(1, 5), (1, 5), (1, 7)]


def test_what_is_known_of_starts_goes_before_the_model(pieces: WordPieces) -> None:
    encoder = make(pieces, Chain())
    (analysis,) = encoder.analyse([window(encoder, ["a", ".", "b", "c"], [STARTS, GOES_ON, GOES_ON, STARTS])])
    assert analysis.starts == [True, False, False, True]


def texts_of(parsed: list[Parsed], text: str) -> list[str]:
    return [" ".join(text[start:end] for start, end in sentence.spans) for sentence in parsed]


def test_texts_become_sentences(pieces: WordPieces) -> None:
    shipped = Shipped(make(pieces, Chain()))
    texts = ["It fell. They left it.", "", "   ", "Calm"]
    assert [texts_of(parsed, text) for parsed, text in zip(shipped.read_texts(texts), texts, strict=True)] == [
        ["It fell .", "They left it ."],
        [],
        [],
        ["Calm"],
    ]


def test_given_sentences_stay_whole_however_long(pieces: WordPieces) -> None:
    shipped = Shipped(make(pieces, Chain(), window=16))
    given_sentences = [["a"] * 40, ["b", ".", "c"], [], ["d"] * 20]
    (parsed,) = shipped.read_words([given_sentences])
    assert [len(sentence.spans) for sentence in parsed] == [40, 3, 20]
    for sentence in parsed:
        assert sentence.heads.count(-1) == 1
        assert sentence.relations.count("root") == 1
    assert parsed[0].relations.count("parataxis") == 2


def test_more_words_than_go_in_one_load(pieces: WordPieces) -> None:
    shipped = Shipped(make(pieces, Chain()))
    texts = [f"a b {i} ." for i in range(12_000)]
    found = list(shipped.read_texts(texts))
    assert [texts_of(parsed, text) for parsed, text in zip(found, texts, strict=True)] == [[text] for text in texts]


HOSTILE = {
    "one long word": "x" * 100_000,
    "brackets": "(" * 10_000,
    "emoji": "\N{FIRE}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{VARIATION SELECTOR-16}" * 2_000,
    "right to left": "سيطر المسلحون على المدينة. " * 500,
    "no spaces": "叛军占领了该镇。" * 1_000,
    "control characters": "\x00\x1b[31m\x07 a\x85b " * 1_000,
    "combining marks": "e" + "\u0301" * 20_000,
    "no full stop": "war " * 20_000,
    "only full stops": "." * 20_000,
    "blank": " \n\t" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_neither_break_nor_stall(pieces: WordPieces, text: str) -> None:
    shipped = Shipped(make(pieces, Chain()))
    started = time.perf_counter()
    (parsed,) = shipped.read_texts([text])
    assert time.perf_counter() - started < 5.0
    spans = [span for sentence in parsed for span in sentence.spans]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).split() == "".join(text.split()).split()
