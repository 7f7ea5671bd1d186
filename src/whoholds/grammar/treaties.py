"""Treaties: documents that are the text of an agreement rather than a report of one.

"The Parties shall …" lays a duty down in every article. Who the parties are, what the text is called and when it was signed
stand before the first article or after the last, and hold for all of them.
"""

from __future__ import annotations

from whoholds.grammar.clause import preposition
from whoholds.grammar.deadlines import signing_day
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.scene import Scene
from whoholds.language import Sentence
from whoholds.model import Actor, When

_TITLE_WORDS = 20


def opening(scene: Scene) -> Memory:
    """What a document's reading starts from: for a treaty its name, parties and day, for a report nothing."""
    memory = Memory()
    if scene.topic.treaty:
        memory.deal, memory.parties, memory.deal_when = _title(scene), _parties(scene), _day(scene)
    return memory


def _title(scene: Scene) -> str | None:
    """The title or first line that names a deal, as written."""
    lines = [scene.document.title or "", *scene.document.text.split("\n")]
    for line in lines[:_TITLE_WORDS]:
        words = line.strip().rstrip(".").split()
        known = {word.strip(",.:;“”\"'").lower() for word in words}
        if 0 < len(words) <= _TITLE_WORDS and known & word_classes()["deal"] and "shall" not in known:
            return " ".join(words)
    return None


def _preamble(scene: Scene) -> list[Sentence]:
    """The sentences before the first that lays a duty down."""
    found: list[Sentence] = []
    for sentence in scene.sentences:
        if any(token.lower == "shall" for token in sentence.tokens):
            break
        found.append(sentence)
    return found


def _parties(scene: Scene) -> tuple[Actor, ...]:
    """Those "between" whom the text says that it is; none where it does not."""
    for sentence in _preamble(scene):
        for token in sentence.tokens:
            if preposition(token) in ("between", "by and between"):
                found = scene.actors(token, sentence)
                if len(found) > 1:
                    return found
    return ()


def _day(scene: Scene) -> When | None:
    """The day of signing, else the first day told before the articles."""
    signed = signing_day(scene)
    if signed is not None:
        return signed
    for sentence in _preamble(scene):
        for time in scene.sentence_times(sentence):
            if time.when is not None and time.when.grain == "day" and "/" not in time.when.edtf:
                return time.when
    return None
