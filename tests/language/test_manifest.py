"""Model directories: a sound one, and every way in which one can be broken."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from whoholds.language.manifest import ModelError, read_model

FILES = {"encoder.onnx": b"graph", "tokenizer.json": b"{}", "labels.npz": b"table"}


def manifest() -> dict[str, Any]:
    return {
        "name": "tiny",
        "version": "1.2",
        "window": 64,
        "labels": {
            "upos": ["NOUN", "VERB"],
            "xpos": ["NN"],
            "deprel": ["nsubj", "root"],
            "entities": ["O", "B-LOC", "I-LOC"],
        },
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()},
    }


def write(folder: Path, content: object) -> Path:
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_a_sound_model(tmp_path: Path) -> None:
    model = read_model(write(tmp_path, manifest()))
    assert (model.name, model.version, model.window, dict(model.contents)) == ("tiny", "1.2", 64, FILES)
    assert model.batch == 1
    assert model.labels.entities == ("O", "B-LOC", "I-LOC")


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path, name: str) -> None:
    (write(tmp_path, manifest()) / name).unlink()
    with pytest.raises(ModelError) as caught:
        read_model(tmp_path)
    assert caught.value.message == f"{tmp_path / name} is missing"
    assert "WHOHOLDS_MODEL" in caught.value.hint
    assert caught.value.hint in str(caught.value)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"grap", b"other"])
def test_a_cut_or_altered_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (write(tmp_path, manifest()) / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        read_model(tmp_path)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("name",), None, '"name" is no text'),
        (("version",), "", '"version" is no text'),
        (("window",), "64", '"window" is no whole number'),
        (("window",), True, '"window" is no whole number'),
        (("window",), 100_000, '"window" is no whole number'),
        (("batch",), 0, '"batch" is no whole number'),
        (("batch",), 1.5, '"batch" is no whole number'),
        (("labels",), [], '"labels" is no object'),
        (("labels", "upos"), [], '"labels.upos" is no list'),
        (("labels", "xpos"), ["NN", 1], '"labels.xpos" is no list'),
        (("labels", "xpos"), ["NN", "NN"], "names a label twice"),
        (("labels", "deprel"), ["nsubj"], 'has no "root"'),
        (("labels", "entities"), ["B-LOC", "O", "I-LOC"], "are not"),
        (("labels", "entities"), ["O", "I-LOC"], "are not"),
        (("files",), {}, '"encoder.onnx" is missing'),
        (("files", "../other"), "00", "is no name of a file"),
    ],
)
def test_a_manifest_that_is_none(tmp_path: Path, path: tuple[str, ...], value: object, words: str) -> None:
    content = manifest()
    table = content
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    with pytest.raises(ModelError, match=words):
        read_model(write(tmp_path, content))


@pytest.mark.parametrize("key", ["name", "version", "window", "labels", "files"])
def test_a_manifest_without_a_part(tmp_path: Path, key: str) -> None:
    content = manifest()
    del content[key]
    with pytest.raises(ModelError, match=f'"{key}" is missing'):
        read_model(write(tmp_path, content))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_manifest_that_is_no_object(tmp_path: Path, text: bytes) -> None:
    (write(tmp_path, manifest()) / "manifest.json").write_bytes(text)
    with pytest.raises(ModelError, match="is no manifest"):
        read_model(tmp_path)
