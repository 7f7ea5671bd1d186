"""Which kind of model a name stands for."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from whoholds.language.manifest import MANIFEST, ModelError
from whoholds.language.parsed import Pipeline

_SPACY = ("config.cfg", "meta.json")
_WAY_OUT = "let WHOHOLDS_MODEL name a model's folder or an installed spaCy pipeline, or unset it"


def load(chosen: str) -> Pipeline:
    """The model in a folder, ours or one of spaCy's, or the spaCy pipeline installed as a package. Raises ModelError."""
    folder = Path(chosen)
    if (folder / MANIFEST).is_file():
        from whoholds.language.shipped import Shipped

        return Shipped.load(folder)
    if any((folder / name).is_file() for name in _SPACY) or (not folder.exists() and _installed(chosen)):
        from whoholds.language.plugged import Plugged

        return Plugged.load(chosen)
    if folder.is_dir():
        raise ModelError(f"{folder} holds no model: it has neither {MANIFEST} nor {_SPACY[0]}", _WAY_OUT)
    raise ModelError(f"there is no language model {chosen}", _WAY_OUT)


def _installed(name: str) -> bool:
    return name.isidentifier() and importlib.util.find_spec(name) is not None
