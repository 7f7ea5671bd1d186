"""Which language a text is in, from its script and its function words.

In running text of any European language a third or so of all words are a few dozen function words, so counting them over a
page tells languages apart well; it does not tell near twins (Bosnian, Croatian) apart, which is not asked of it: only
English is read. The word lists and scripts stand in `languages.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib.resources import files

_SAMPLE = 20_000  # characters from the start; more changes no decision
# "u.s." is one word: its letters are not the Croatian words for "in" and "with"
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]*)?")
_FEWEST_WORDS = 8  # below, a text in Latin script is taken for English: a headline often has no function word
_FOREIGN_LEAD = 1.15  # another language must have this many times the share of English words ...
_FOREIGN_SHARE = 0.10  # ... and at least this share of all; swept by hand over 1.0-1.5 and 0.05-0.2 without a change
_UNKNOWN_ENGLISH = 0.04  # of long texts, where less is English and no other language shows, the language is unknown
_ACCENTED = 0.03  # share of letters outside a-z that no English text reaches, foreign names and all
_MARKED = 0.004  # share of letters that are a language's own among those of its script


def language_of(text: str) -> str | None:
    """The ISO 639 code of a text's main language; "en" for a few words in Latin script.

    None when nothing tells it, "und" when only so much is clear that it is not English.
    """
    sample = text[:_SAMPLE]
    letters = Counter({char: count for char, count in Counter(sample.lower()).items() if char.isalpha()})
    if not letters:
        return None
    scripts: Counter[str] = Counter()
    for char, count in letters.items():
        scripts[_script(char)] += count
    script = _main_script(scripts)
    if script != "LATIN":
        return _by_letters(script, letters, scripts[script])
    accented = sum(count for char, count in letters.items() if char > "\x7f") > _ACCENTED * scripts[script]
    return _by_words(sample, accented=accented)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]


def _main_script(scripts: Counter[str]) -> str:
    """The commonest script; Japanese shows by its kana though most letters may be Chinese."""
    main = scripts.most_common(1)[0][0]
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    return "HIRAGANA" if main == "CJK" and 10 * kana > scripts["CJK"] else main


def _by_letters(script: str, letters: Counter[str], total: int) -> str | None:
    default = None
    for code, own in _table()["scripts"].get(script, ()):
        if own and sum(letters[char] for char in own) > _MARKED * total:
            return str(code)
        if not own or default is None:
            default = code
    return default


def _by_words(sample: str, *, accented: bool) -> str | None:
    words = _WORD.findall(sample.lower().replace("’", "'"))
    if len(words) < _FEWEST_WORDS:
        return "en"
    hits: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in _lexicon().get(word, ()):
            hits[code] += count
    english = hits.pop("en", 0)
    code, most = max(hits.items(), key=_second, default=("und", 0))
    if most > _FOREIGN_LEAD * english and most >= max(2, _FOREIGN_SHARE * len(words)):
        return code
    if english >= _UNKNOWN_ENGLISH * len(words):
        return "en"
    if accented:
        return code if most > english else "und"
    return "en" if len(words) < 4 * _FEWEST_WORDS else None


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads((files("whoholds.articles") / "languages.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((files("whoholds.articles") / "languages.toml").read_text("utf-8"))["words"]
    found: dict[str, tuple[str, ...]] = {}
    for code, words in table.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found
