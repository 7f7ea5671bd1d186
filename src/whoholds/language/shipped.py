"""A model in whoholds' own format: texts to words, windows, analyses and parsed sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoholds.language.coding import GOES_ON, SPECIALS, STARTS, Window
from whoholds.language.decoding import Analysis
from whoholds.language.encoder import Encoder
from whoholds.language.manifest import Labels
from whoholds.language.parsed import Parsed
from whoholds.language.tokens import tokenize
from whoholds.language.windows import cut

Span = tuple[int, int]
_WORDS_AT_ONCE = 16_000  # words analysed before any is given out: memory grows with it
_JOINED = "parataxis"  # relation of a given sentence's later windows to its first


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text with where each stands, and which of them start a sentence where that is given."""

    words: list[str]
    spans: list[Span]
    starts: list[bool] | None = None


class Shipped:
    """The pipeline around an encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def load(cls, folder: Path) -> Shipped:
        """The model of a folder. Raises ModelError when it cannot be used."""
        return cls(Encoder.load(folder))

    def read_texts(self, texts: Sequence[str]) -> Iterator[list[Parsed]]:
        return self._read(map(_tokenized, texts))

    def read_words(self, paragraphs: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Parsed]]:
        return self._read(map(_given, paragraphs))

    def _read(self, texts: Iterator[_Text]) -> Iterator[list[Parsed]]:
        load: list[_Text] = []
        words = 0
        for text in texts:
            load.append(text)
            words += len(text.words)
            if words >= _WORDS_AT_ONCE:
                yield from self._parsed(load)
                load, words = [], 0
        yield from self._parsed(load)

    def _parsed(self, texts: list[_Text]) -> Iterator[list[Parsed]]:
        cuts = [self._cuts(text) for text in texts]
        windows = [
            _window(text, sizes, first, end) for text, (sizes, spans) in zip(texts, cuts, strict=True) for first, end in spans
        ]
        analyses = iter(self._encoder.analyse(windows))
        for text, (_, spans) in zip(texts, cuts, strict=True):
            found: list[Parsed] = []
            for first, end in spans:
                parts = _sentences(next(analyses), text.spans[first:end], self._encoder.labels)
                if found and text.starts is not None and not text.starts[first]:
                    found[-1] = _joined(found[-1], parts.pop(0))
                found += parts
            yield found

    def _cuts(self, text: _Text) -> tuple[list[int], list[Span]]:
        sizes = [self._encoder.size(word) for word in text.words]
        return sizes, cut(text.words, sizes, self._encoder.window, text.starts)


def _tokenized(text: str) -> _Text:
    spans = tokenize(text)
    return _Text([text[start:end] for start, end in spans], spans)


def _given(sentences: Sequence[Sequence[str]]) -> _Text:
    words = [word for sentence in sentences for word in sentence]
    spans, at = [], 0
    for word in words:
        spans.append((at, at + len(word)))
        at += len(word) + 1
    return _Text(words, spans, [i == 0 for sentence in sentences for i in range(len(sentence))])


def _window(text: _Text, sizes: list[int], first: int, end: int) -> Window:
    starts = [STARTS if start else GOES_ON for start in text.starts[first:end]] if text.starts is not None else ()
    return Window(text.words[first:end], SPECIALS + sum(sizes[first:end]), starts)


def _sentences(analysis: Analysis, spans: Sequence[Span], labels: Labels) -> list[Parsed]:
    firsts = [i for i, start in enumerate(analysis.starts) if start]
    return [
        Parsed(
            spans=spans[first:end],
            heads=[head - 1 - first if head else -1 for head in analysis.heads[first:end]],
            relations=[labels.deprel[i] for i in analysis.relations[first:end]],
            upos=[labels.upos[i] for i in analysis.upos[first:end]],
            tags=[labels.xpos[i] for i in analysis.xpos[first:end]],
            entities=[labels.entities[i] for i in analysis.entities[first:end]],
        )
        for first, end in zip(firsts, [*firsts[1:], len(spans)], strict=True)
    ]


def _joined(one: Parsed, other: Parsed) -> Parsed:
    """One sentence of two that stood in different windows: the other's root hangs on the first's."""
    root = one.heads.index(-1)
    return Parsed(
        spans=[*one.spans, *other.spans],
        heads=[*one.heads, *(root if head < 0 else head + len(one.heads) for head in other.heads)],
        relations=[*one.relations, *(_JOINED if name == "root" else name for name in other.relations)],
        upos=[*one.upos, *other.upos],
        tags=[*one.tags, *other.tags],
        entities=[*one.entities, *other.entities],
    )
