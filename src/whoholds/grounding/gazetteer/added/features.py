"""What a place weighs and how far it reaches, by its GeoNames feature class and code, population and alternate names."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

CLASSES = frozenset("AHLPRSTUV")
CAPITAL_BONUS = 0.7  # a capital is named in the news as a town five times its size, as among the embedded towns
_WIDEST = 6.5  # nothing but a country or a capital of millions matters to more people
_DIVISION_SHARE = 1.0  # an area means less to its people than a town to its own: a tenth
_TYPE_WORDS = frozenset(
    "province region oblast governorate district state department county prefecture municipality raion krai canton"
    " parish vilayet wilaya".split()
)


def prominence(feature: str, code: str, population: int, alternates: int) -> float:
    """About the decimal logarithm of how many people the place means something to; `alternates` counts its other names.

    A town of known population weighs its logarithm, at least what its rank as a seat gives it; an area a tenth of its
    people or its level, whichever is more; all else what `features.toml` gives its code.
    """
    base, _ = _of(feature, code)
    fame = _tables()["fame"][feature]
    known: float = min(fame["most"], fame["ten"] * math.log10(1 + alternates))
    if feature == "P":
        weight = max(math.log10(population) if population else base + known, base)
        return weight + CAPITAL_BONUS if code == "PPLC" and population else weight
    if code == "PCLI":
        return math.log10(max(population, 1000))
    people = math.log10(population) - _DIVISION_SHARE if feature == "A" and population else 0.0
    return min(_WIDEST, max(base + known, min(people, base + 1.5)))


def radius_m(feature: str, code: str, population: int) -> int:
    """About how far the ground reaches from the point, in metres."""
    if feature == "P" and population:
        return int(min(30_000, 1_000 + 15 * math.sqrt(population)))  # about 4,000 people a square kilometre
    return int(_of(feature, code)[1] * 1000)


def by_word(word: str) -> tuple[str, str] | None:
    """Class and code that a table's own word for a kind of place means: a class, a code, `P.PPLC`, "village"; else None."""
    feature, _, code = word.strip().upper().partition(".")
    if feature in CLASSES and (code.isalnum() or not code):
        return feature, code
    for letter in CLASSES:
        if feature in _tables()[letter]:
            return letter, feature
    told = _tables()["words"].get(word.strip().lower())
    if told is None:
        return None
    feature, _, code = told.partition(".")
    return feature, code


def without_type(name: str) -> str:
    """The name of an area without the word for what it is ("Kherson Oblast"); "" where nothing or all is such a word.

    Without that word a name is rather that of the town, so it is but an alternate name of the area.
    """
    words = name.split()
    rest = [word for word in words if word.casefold() not in _TYPE_WORDS]
    return " ".join(rest) if 0 < len(rest) < len(words) and rest[0].casefold() not in ("of", "the", "de") else ""


def _of(feature: str, code: str) -> tuple[float, float]:
    table = _tables()[feature]
    weight, kilometres = table.get(code) or table["_"]
    return weight, kilometres


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("features.toml").read_text("utf-8"))
