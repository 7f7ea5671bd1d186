"""A model's directory: what its manifest says, and its files, each checked against the hash that stands there.

A model that was cut off while it was copied, or exchanged, would read nonsense without a word; so every file is read
once and hashed on every start (25 MB take about 0.05 s).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
ENCODER, TOKENIZER, LABELS = "encoder.onnx", "tokenizer.json", "labels.npz"
_SMALLEST_WINDOW, _LARGEST_WINDOW = 16, 512  # a word may have twelve pieces; the encoder has 512 positions
_LARGEST_BATCH = 20_000  # more takes memory and is slower
_WAY_OUT = "reinstall whoholds, or let WHOHOLDS_MODEL name another model"


class ModelError(OSError):
    """A language model that cannot be used: `message` names the file and what is wrong with it, `hint` the way out."""

    def __init__(self, message: str, hint: str = _WAY_OUT) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of each head of the encoder, in the order of its scores; `entities` in IOB2 with "O" first."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A checked model: `window` is the most pieces in one input, `contents` the bytes of each file by name.

    `batch` is the most pieces that go through the graph together; with 1 every window goes alone. A graph whose numbers are
    scaled by what else is in its batch (dynamic quantisation) must say 1, or what is read in a text depends on its neighbours.
    """

    name: str
    version: str
    window: int
    batch: int
    labels: Labels
    contents: Mapping[str, bytes]


def read_model(folder: Path) -> Model:
    """The model in a folder, every file of it read and checked. Raises ModelError."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(_read(path))
    except ValueError as error:
        raise ModelError(f"{path} is no manifest: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{path} is no manifest: it holds no object")
    try:
        name, version = _text(manifest, "name"), _text(manifest, "version")
        window = _whole(manifest, "window", _SMALLEST_WINDOW, _LARGEST_WINDOW)
        batch = _whole({"batch": 1} | manifest, "batch", 1, _LARGEST_BATCH)
        labels, hashes = _labels(manifest), _hashes(manifest)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is no manifest of a model: {_words_of(error)}") from error
    contents = {file: _checked(folder / file, sha256) for file, sha256 in hashes.items()}
    return Model(name, version, window, batch, labels, contents)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"{path} is missing") from error
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from error


def _checked(path: Path, sha256: str) -> bytes:
    content = _read(path)
    if hashlib.sha256(content).hexdigest() != sha256.lower():
        raise ModelError(f"{path} is damaged: its {len(content):,} bytes are not those of its model")
    return content


def _words_of(error: Exception) -> str:
    return f'"{error.args[0]}" is missing' if isinstance(error, KeyError) else str(error)


def _text(manifest: Mapping[str, Any], key: str) -> str:
    value = manifest[key]
    if not isinstance(value, str) or not value:
        raise TypeError(f'"{key}" is no text')
    return value


def _whole(manifest: Mapping[str, Any], key: str, least: int, most: int) -> int:
    value = manifest[key]
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f'"{key}" is no whole number from {least} to {most}')
    return value


def _labels(manifest: Mapping[str, Any]) -> Labels:
    table = manifest["labels"]
    if not isinstance(table, dict):
        raise TypeError('"labels" is no object')
    labels = Labels(*(_label_list(table, kind) for kind in ("upos", "xpos", "deprel", "entities")))
    if "root" not in labels.deprel:
        raise ValueError('"labels.deprel" has no "root"')
    names = {tag[2:] for tag in labels.entities if tag.startswith("B-")}
    if labels.entities[0] != "O" or any(tag[:2] not in ("B-", "I-") or tag[2:] not in names for tag in labels.entities[1:]):
        raise ValueError('"labels.entities" are not "O" and a B- for every I-')
    return labels


def _label_list(table: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    values = table[kind]
    if not isinstance(values, list) or not values or not all(isinstance(value, str) and value for value in values):
        raise TypeError(f'"labels.{kind}" is no list of texts')
    if len(set(values)) != len(values):
        raise ValueError(f'"labels.{kind}" names a label twice')
    return tuple(values)


def _hashes(manifest: Mapping[str, Any]) -> dict[str, str]:
    table = manifest["files"]
    if not isinstance(table, dict) or not all(isinstance(sha256, str) for sha256 in table.values()):
        raise TypeError('"files" is no object of hashes')
    for name in (ENCODER, TOKENIZER, LABELS):
        if name not in table:
            raise KeyError(name)
    for name in table:
        if Path(name).name != name:
            raise ValueError(f'"{name}" is no name of a file in the model\'s folder')
    return table
