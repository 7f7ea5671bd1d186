"""Loading spaCy and a pipeline of it without what a short run does not need.

Importing spaCy imports its command line, and with that HTTP clients and project tools: a third of its import time. Loading
a pipeline builds the English tokeniser's 1,347 exceptions twice, once for the language and once from the model's own copy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_COMMANDS = "spacy.cli"


def import_spacy() -> ModuleType:
    """spaCy, imported without its command line, which stays importable for those who want it."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    package, info = ModuleType(_COMMANDS), ModuleType(f"{_COMMANDS}.info")
    package.__path__ = []
    info.info = _info  # type: ignore[attr-defined]
    sys.modules[package.__name__], sys.modules[info.__name__] = package, info
    try:
        import spacy
    finally:
        del sys.modules[package.__name__], sys.modules[info.__name__]
    vars(spacy).pop("cli", None)
    return spacy


def _info(*args: object, **kwargs: object) -> object:
    from spacy.cli.info import info

    return info(*args, **kwargs)  # type: ignore[arg-type]


def load_shipped(folder: Path) -> Language:
    """The pipeline in a folder that our recipe wrote, with spaCy's own English tokeniser. Raises OSError when it is missing."""
    import_spacy()
    from spacy.util import load_config, load_model_from_config

    config = load_config(folder / "config.cfg")
    nlp = load_model_from_config(config)
    return nlp.from_disk(folder, exclude=["tokenizer"])


def load_any(folder: Path) -> Language:
    """Any spaCy pipeline in a folder. Raises OSError when it is missing."""
    spacy = import_spacy()
    pipeline: Language = spacy.load(folder)
    return pipeline
