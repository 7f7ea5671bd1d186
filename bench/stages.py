"""Where the time goes: the pipeline itself is run, with a stopwatch around the function of each stage.

A stage's time is its own: what it spends inside another stage's function counts for that one. Seconds are of the wall clock.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest import mock

import whoholds.grounding
import whoholds.pipeline
from whoholds.articles import blocks
from whoholds.language import english
from whoholds.language.parsed import Pipeline
from whoholds.model import Document
from whoholds.pipeline import Reader

# Stage, the module that calls its function, and the name it calls it by.
STAGES: tuple[tuple[str, ModuleType, str], ...] = (
    ("blocks", whoholds.pipeline, "blocks"),
    ("language", whoholds.pipeline, "parse_many"),
    ("times", whoholds.grounding, "find_times"),
    ("places", whoholds.grounding, "resolver_for"),
    ("actors", whoholds.grounding, "ActorContext"),
    ("grammar", whoholds.pipeline, "read_claims"),
)
REST = "the rest"


class Stopwatch:
    """Seconds by stage; entering a stage stops the one it was entered from."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Run the body on the account of `name`."""
        self._settle()
        self._running.append(name)
        try:
            yield
        finally:
            self._settle()
            self._running.pop()

    def _settle(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function` on the account of `name`; when it gives an iterator, so is each step of that."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                result = function(*args, **kwargs)
            return self._steps(name, result) if isinstance(result, Iterator) else result

        return timed

    def _steps(self, name: str, steps: Iterator[Any]) -> Iterator[Any]:
        nothing = object()
        while True:
            with self.stage(name):
                step = next(steps, nothing)
            if step is nothing:
                return
            yield step


def bare(documents: Sequence[Document], pipeline: Pipeline) -> float:
    """Seconds of a language pipeline alone, from text to parsed sentences, over the blocks that would be read."""
    read = [[block for block in blocks(document) if block.role in english.READ_ROLES] for document in documents]
    pairs = zip(documents, read, strict=True)
    texts = [english.visible(document.text[block.start : block.end]) for document, own in pairs for block in own]
    start = time.perf_counter()
    for _ in pipeline.read_texts(texts):
        pass
    return time.perf_counter() - start


def whole(documents: Sequence[Document], reader: Reader) -> tuple[float, int]:
    """Seconds of the whole pipeline, and the claims it gave."""
    start = time.perf_counter()
    claims = sum(len(reading.claims) for reading in reader.read_many(documents))
    return time.perf_counter() - start, claims


def shares(documents: Sequence[Document], reader: Reader) -> dict[str, float]:
    """Seconds of each stage over the documents, and of the rest."""
    watch = Stopwatch()
    with ExitStack() as stack:
        for name, module, function in STAGES:
            stack.enter_context(mock.patch.object(module, function, watch.around(name, getattr(module, function))))
        stack.enter_context(watch.stage(REST))
        for _ in reader.read_many(documents):
            pass
    return {name: watch.seconds[name] for name in [*(stage for stage, _, _ in STAGES), REST]}
