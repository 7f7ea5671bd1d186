"""The paragraphs of documents in XML: WordprocessingML (ISO/IEC 29500-1, 17) and OpenDocument (ISO/IEC 26300-1).

What was inserted is read and what was deleted is not, where changes are kept. Notes and the text in frames and cells are
paragraphs of their own. Headers and footers of pages stand in other parts of a file, or in styles, and are not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_MOST_SPACES = 100


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The local names of elements: paragraphs, what in them is not read, and where their words are (None: everywhere)."""

    paragraphs: frozenset[str]
    unread: frozenset[str]
    words: str | None


WORD = Vocabulary(
    paragraphs=frozenset(("p",)),
    unread=frozenset(("pPr", "rPr", "del", "delText", "moveFrom", "instrText", "delInstrText", "Fallback", "rt")),
    words="t",
)
OPEN_DOCUMENT = Vocabulary(
    paragraphs=frozenset(("p", "h")),
    unread=frozenset(("tracked-changes", "annotation", "note-citation", "ruby-text", "sequence-decls", "binary-data")),
    words=None,
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-"}


def text_of(content: bytes, vocabulary: Vocabulary) -> str:
    """The paragraphs that have something in them, parted by blank lines. Raises as lxml does for what is no XML."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    found = (
        "".join(_pieces(element, vocabulary)).strip()
        for element in root.iter(*(f"{{*}}{name}" for name in vocabulary.paragraphs))
        if not any(_name(above) in vocabulary.unread for above in element.iterancestors())
    )
    return "\n\n".join(words for words in found if words)


def _pieces(element: _Element, vocabulary: Vocabulary) -> list[str]:
    """The words of a paragraph or what is in it, without those of paragraphs within; some signs are elements."""
    spoken = vocabulary.words in (None, _name(element))
    found = [element.text or ""] if spoken else []
    for child in element:
        name = _name(child)
        if name == "s":
            found.append(" " * _spaces(child))
        elif name in _SIGNS:
            found.append(_SIGNS[name])
        elif name not in vocabulary.unread and name not in vocabulary.paragraphs:
            found += _pieces(child, vocabulary)
        if spoken:
            found.append(child.tail or "")
    return found


def _spaces(element: _Element) -> int:
    """How many spaces `text:s` stands for."""
    count = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "c"), "1")
    return min(int(count), _MOST_SPACES) if count.isdecimal() else 1


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
