"""The lexicon: which words are predicates, what they mean for events, control and obligations, and which argument is which.

Every file in `lexicons/` holds `[[frame]]` tables (see docs/rules.md). A frame's `words` are lemmas, each alone ("seize") or
with a companion that must stand with it: a particle ("hand over"), the object ("take control"), a preposition and its noun
("go on strike"), or, for nouns, the preposition before them ("in control"). For each of event, control, action and step the
first frame whose conditions hold decides; a frame with a companion is tried before one without.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from whoholds.model import Action, Change, EventType, Step

_KEYS = frozenset(
    (
        "words pos event control action step of handover alone actors recipients holder former place killed injured crowd if "
        "unless name obligor beneficiary"
    ).split()
)

ASPECTS = ("event", "control", "action", "step")


@dataclass(frozen=True, slots=True)
class Frame:
    """What one group of predicates means. Slot fields list where an argument stands, first choice first.

    A slot is `subject`, `object`, `indirect`, `self` or a preposition. `wants` and `bars` pair a slot with argument classes of
    which one must, or none may, fit; see `whoholds.grammar.conditions`. A `handover` takes who gives and who gets from what the
    document told of the deal, where the sentence does not say. What is `alone` is done by one side, though its type is mutual.
    """

    name: str
    event: EventType | None = None
    control: Change | None = None
    action: Action | None = None
    step: Step | None = None
    of: str = "object"
    handover: bool = False
    alone: bool = False
    actors: tuple[str, ...] = ("subject",)
    recipients: tuple[str, ...] = ("object",)
    holder: tuple[str, ...] = ("subject",)
    former: tuple[str, ...] = ("from",)
    place: tuple[str, ...] = ("object",)
    obligor: tuple[str, ...] = ("subject",)
    beneficiary: tuple[str, ...] = ("to",)
    killed: tuple[str, ...] = ()
    injured: tuple[str, ...] = ()
    crowd: tuple[str, ...] = ()
    wants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bars: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aspects: frozenset[str] = field(init=False)  # those of event, control, action and step that it decides

    def __post_init__(self) -> None:
        object.__setattr__(self, "aspects", frozenset(name for name in ASPECTS if getattr(self, name) is not None))


@dataclass(frozen=True, slots=True)
class Entry:
    """A frame under one of its words: the companion it needs, or "" for none."""

    companion: str
    frame: Frame


@dataclass(slots=True)
class Lexicon:
    """Frames by part of speech and head lemma."""

    verbs: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    adjectives: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def of(self, pos: str) -> dict[str, list[Entry]]:
        """The entries of one part of speech: `verb`, `noun` or `adjective`."""
        return {"verb": self.verbs, "noun": self.nouns, "adjective": self.adjectives}[pos]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of all files. Raises ValueError, naming file and frame, for an entry that is not understood."""
    found = Lexicon()
    for file in sorted((files("whoholds.grammar") / "lexicons").iterdir(), key=lambda path: path.name):
        if file.name.endswith(".toml"):
            add_frames(found, tomllib.loads(file.read_text("utf-8")), file.name)
    for table in (found.verbs, found.nouns, found.adjectives):
        for entries in table.values():
            entries.sort(key=lambda entry: not entry.companion)  # stable: file order within
    return found


def add_frames(lexicon: Lexicon, data: dict[str, object], file: str) -> None:
    """Add the frames of one parsed file. Raises ValueError for one that is not understood."""
    tables: object = data.get("frame", [])
    if not isinstance(tables, list):
        raise ValueError(f"{file}: 'frame' is a list of tables, written [[frame]]")
    table: dict[str, Any]
    for number, table in enumerate(tables, 1):
        place = f"{file}, frame {number} ({', '.join(map(str, table.get('words', [])[:2]))})"
        unknown = set(table) - _KEYS
        if unknown:
            raise ValueError(f"{place}: unknown keys {sorted(unknown)}")
        try:
            frame = _frame(table, file.removesuffix(".toml"))
            entries = lexicon.of(table.get("pos", "verb"))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{place}: {error}") from None
        for words in table["words"]:
            if table.get("pos") == "noun":  # "in control": the noun is the head
                companion, _, head = words.rpartition(" ")
            else:
                head, _, companion = words.partition(" ")
            entries[head].append(Entry(companion, frame))


def _frame(table: dict[str, Any], family: str) -> Frame:
    words = table["words"]
    fields: dict[str, object] = {"name": str(table.get("name", f"{family}: {words[0]}"))}
    for key, kind in (("event", EventType), ("control", Change), ("action", Action), ("step", Step)):
        if key in table:
            fields[key] = kind(table[key])
    for key in ("of", "handover", "alone"):
        if key in table:
            fields[key] = table[key]
    for key in ("actors", "recipients", "holder", "former", "place", "obligor", "beneficiary", "killed", "injured", "crowd"):
        if key in table:
            fields[key] = _several(table[key])
    for key, name in (("if", "wants"), ("unless", "bars")):
        conditions = table.get(key, {})
        if not isinstance(conditions, dict):
            raise ValueError(f"'{key}' is a table of slots")
        fields[name] = tuple((slot, _several(classes)) for slot, classes in conditions.items())
    return Frame(**fields)  # type: ignore[arg-type]


def _several(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list):
        return tuple(map(str, value))
    raise ValueError(f"{value!r} is neither a word nor a list of words")


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """Named sets of lemmas that conditions refer to as `#name`."""
    text = (files("whoholds.grammar") / "lexicons" / "classes.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text)["class"].items()}
