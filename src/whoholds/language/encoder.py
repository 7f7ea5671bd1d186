"""The encoder at work: windows of words through the model, in batches of the same length.

Padding costs as much as words do, and a sum over more of it is rounded otherwise. So every window is padded to the next step
of lengths and put together with windows of the same step only: what is read in a text does not depend on the texts beside
it. One processor core does the work, unless WHOHOLDS_THREADS asks for more: whoever reads many documents starts several
processes, and threads that wait for each other only take the cores from them.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from whoholds.language.coding import SPECIALS, Coder, Window
from whoholds.language.decoding import OUTPUTS, Analysis, Decoder
from whoholds.language.manifest import ENCODER, LABELS, TOKENIZER, Model, ModelError, read_model
from whoholds.language.wordpieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_STEP = 8  # windows are padded to multiples of this many pieces
_THREADS = "WHOHOLDS_THREADS"


class Session(Protocol):
    """What runs the graph."""

    def run(self, output_names: Sequence[str], input_feed: dict[str, Any]) -> Sequence[Any]: ...


class Encoder:
    """A model ready to run; `labels` name what its analyses count, `window` is the most pieces of a window's words."""

    def __init__(self, model: Model, session: Session, pieces: WordPieces, decoder: Decoder) -> None:
        self.labels = model.labels
        self.window = model.window - SPECIALS
        self._batch = model.batch
        self._session = session
        self._decoder = decoder
        self._coder = Coder(pieces)

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """The model of a folder. Raises ModelError when it cannot be used."""
        model = read_model(folder)
        try:
            pieces = WordPieces(folder / TOKENIZER)
        except ValueError as error:
            raise ModelError(f"{folder / TOKENIZER} cannot be used: {error}") from error
        return cls(model, _session(model, folder), pieces, _decoder(model, folder))

    def size(self, word: str) -> int:
        """How many pieces a word has."""
        return self._coder.size(word)

    def analyse(self, windows: Sequence[Window]) -> list[Analysis]:
        """An analysis of each window, in order; none for none."""
        found: dict[int, Analysis] = {}
        for length, batch in _batches([window.size for window in windows], self._batch):
            own = [windows[i] for i in batch]
            feed = self._coder.inputs(own, length)
            outputs = dict(zip(OUTPUTS, self._session.run(OUTPUTS, feed), strict=True))
            analyses = self._decoder.analyses(outputs, [len(window.words) for window in own], feed["starts"])
            found.update(zip(batch, analyses, strict=True))
        return [found[i] for i in range(len(windows))]


def _batches(sizes: Sequence[int], pieces: int) -> Iterator[tuple[int, list[int]]]:
    """Padded lengths, each with the places of sizes that are padded to it, at most so many pieces together."""
    step = _STEP if pieces > 1 else 1
    places: dict[int, list[int]] = {}
    for i, size in enumerate(sizes):
        places.setdefault(-(-size // step) * step, []).append(i)
    for length, own in places.items():
        most = max(1, pieces // length)
        for first in range(0, len(own), most):
            yield length, own[first : first + most]


def _session(model: Model, folder: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = _threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return InferenceSession(model.contents[ENCODER], options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises its own kinds, which share no base but this
        raise ModelError(f"{folder / ENCODER} cannot be used: {error}") from error


def _threads() -> int:
    asked = os.environ.get(_THREADS, "")
    return max(1, min(int(asked), os.cpu_count() or 1)) if asked.isdecimal() else 1


def _decoder(model: Model, folder: Path) -> Decoder:
    try:
        with np.load(io.BytesIO(model.contents[LABELS]), allow_pickle=False) as table:
            weights = table["U"].astype(np.float32)
    except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder / LABELS} cannot be used: {error}") from error
    if weights.ndim != 3 or len(weights) != len(model.labels.deprel) or weights.shape[1] != weights.shape[2]:
        raise ModelError(f"{folder / LABELS} cannot be used: its relations are not those of the manifest")
    return Decoder(model.labels, weights)
