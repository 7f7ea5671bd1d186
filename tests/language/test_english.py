"""The pipeline: what the model sees, and that the quick way of loading it changes nothing."""

import os
import subprocess
import sys
from importlib.resources import as_file, files

import pytest

from whoholds.articles import blocks, from_text
from whoholds.language import parse
from whoholds.language.english import visible
from whoholds.language.loading import load_any, load_shipped

TEXT = "Rebels seized the town of Sake on Monday, the U.N. said. It doesn't hold Goma."


@pytest.mark.parametrize("text", ["a\x00b\u202ec", "tab\there", "x" * 5_000, "one\r\ntwo", "\ud800"])
def test_visible_keeps_every_offset(text: str) -> None:
    seen = visible(text)
    assert len(seen) == len(text)
    assert not any(character in seen for character in "\x00\u202e\t\r\n\ud800")


def test_offsets_quote_the_document() -> None:
    document = from_text(f"  \u202a{TEXT}\n\nSecond\u00a0paragraph stands\there.")
    sentences = parse(document, blocks(document))
    assert sentences
    for sentence in sentences:
        for token in sentence.tokens:
            assert document.text[token.start : token.end] == token.text


def test_every_token_has_one_head_in_its_sentence() -> None:
    document = from_text(TEXT)
    for sentence in parse(document, blocks(document)):
        assert sum(token.head is None for token in sentence.tokens) >= 1
        for token in sentence.tokens:
            assert token.head is None or token in token.head.children


def test_quick_loading_changes_nothing() -> None:
    with as_file(files("whoholds.language") / "models" / "en") as folder:
        quick, plain = load_shipped(folder)(TEXT), load_any(folder)(TEXT)
    assert [(w.text, w.tag_, w.dep_, w.head.i, w.ent_type_) for w in quick] == [
        (w.text, w.tag_, w.dep_, w.head.i, w.ent_type_) for w in plain
    ]


def test_spacy_keeps_its_command_line() -> None:
    check = (
        "from whoholds.language.loading import import_spacy; import sys; spacy = import_spacy();"
        "print([name for name in ('spacy.cli', 'requests', 'httpx') if name in sys.modules]);"
        "import spacy.cli; print(callable(spacy.cli.download), spacy.info(silent=True)['spacy_version'] == spacy.__version__)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\nTrue True\n"
