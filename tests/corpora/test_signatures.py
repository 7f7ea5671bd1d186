"""Signatures: the same for the same report whoever prints it, another for another."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.articles import from_text
from whoholds.corpora.signatures import (
    PERMUTATIONS,
    Signature,
    covers,
    likeness,
    signature,
    signature_from_json,
    signature_to_json,
)

REPORT = """Rebels take Minova after night of shelling

GOMA, Nov 25 (Example Wire) - M23 rebels captured the town of Minova on Tuesday, the army's spokesman said.

At least 12 soldiers were killed, he said. The road to Goma is closed.

The defence ministry did not say how many civilians had fled. Aid agencies count 1,000 families."""


def of(text: str) -> Signature:
    return signature(from_text(text))


def test_by_lines_credits_and_pointers_are_none_of_it() -> None:
    printed = REPORT.replace("shelling\n\n", "shelling\n\nBy Nora Wells\n\n", 1)
    printed = printed.replace("(Example Wire) ", "") + "\n\nRead more: The war in pictures\n\n© 2025 Harbour Gazette"
    assert of(printed) == of(REPORT)


def test_house_style_is_none_of_it() -> None:
    styled = REPORT.replace("defence", "defense").replace("1,000", "1000").replace("army's", "army’s").replace("12", "twelve")
    assert of(styled) == of(REPORT)


@pytest.mark.parametrize(
    ("told", "otherwise"),
    [
        ("12 soldiers", "13 soldiers"),
        ("on Tuesday", "on Wednesday"),
        ("the town of Minova", "the town of Sake"),
        ("is closed", "is not closed"),
        ("captured", "lost"),
        ("GOMA,", "BUKAVU,"),
        ("At least", "At most"),
        ("1,000 families", "1,000 families, and four schools"),
    ],
)
def test_a_report_that_tells_otherwise_is_not_covered(told: str, otherwise: str) -> None:
    changed = of(REPORT.replace(told, otherwise))
    assert changed != of(REPORT)
    assert not covers(of(REPORT).tells, changed.tells)


def test_a_shortened_report_is_covered_and_does_not_cover() -> None:
    short = of(REPORT.rpartition("\n\n")[0])
    assert covers(of(REPORT).tells, short.tells)
    assert not covers(short.tells, of(REPORT).tells)


def test_another_headline_is_covered_unless_it_has_a_number_day_or_negation_of_its_own() -> None:
    headline = REPORT.partition("\n")[0]
    assert covers(of(REPORT).tells, of(REPORT.replace(headline, "What we know of the fall of Minova")).tells)
    assert covers(of(REPORT).tells, of(REPORT.replace(headline, "Army says 12 died in Minova")).tells)
    for own in ("Army says 15 died in Minova", "Army denies loss of Minova", "Minova falls on Sunday"):
        assert not covers(of(REPORT).tells, of(REPORT.replace(headline, own)).tells)


def test_a_headline_alone_is_its_text() -> None:
    assert covers(of("Rebels take Minova").tells, of("REBELS TAKE MINOVA").tells)
    assert not covers(of("Rebels take Minova").tells, of("Rebels leave Minova").tells)


@pytest.mark.parametrize("text", ["", "\n", "1994", "👩‍🚀", "—"])
def test_extremes_have_a_signature(text: str) -> None:
    assert len(of(text).minhash) == 2 * PERMUTATIONS


def test_no_text_is_covered_by_none() -> None:
    assert not covers(of("").tells, of("").tells)


def test_likeness_is_about_the_share_of_runs_in_common() -> None:
    one = " ".join(f"word{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(400))
    half = " ".join(one.split()[:200])
    assert likeness(of(one), of(one)) == 1.0
    assert likeness(of(one), of(half)) == pytest.approx(0.5, abs=0.15)
    assert likeness(of(one), of("A wholly different text of a few words.")) < 0.05


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_json_gives_it_back(text: str) -> None:
    assert signature_from_json(signature_to_json(of(text))) == of(text)


def test_broken_json_is_refused() -> None:
    row = signature_to_json(of(REPORT))
    with pytest.raises(ValueError, match="minhash"):
        signature_from_json(row | {"minhash": row["minhash"][:8]})
    with pytest.raises(KeyError):
        signature_from_json({})


def test_it_is_the_same_everywhere() -> None:
    """Kept values: another version of a library, another machine or another hash seed must not change them."""
    code = (
        "import sys, hashlib; from whoholds.articles import from_text; from whoholds.corpora.signatures import signature;"
        "s = signature(from_text(sys.argv[1]));"
        "print(hashlib.sha256(s.minhash + s.tells.sentences + s.tells.headline + s.tells.words).hexdigest()[:16])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, REPORT],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "f2fcc745e88a6a2c"
