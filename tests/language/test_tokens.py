"""Words and marks: a table of texts with their cuts, and what holds of any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.tokens import tokenize

# A bar where one token ends and the next begins without a space. One line a matter: must, then must not.
CUTS = """
al|-|Assad and al|-|Qaeda in Nagorno|-|Karabakh
the north|-|east|, a 12|-|year|-|old|, a 10|-|day truce
T|-|72 tanks|, S|-|300s|, F|-|16s|, MH|-|17|, COVID|-|19|, 122|-|mm guns
M23 and 2S19 and 4G
15|-|20 men|, 2014|–|2022|, 500|-|1,000
co-founder|, re-elected|, anti-government|, Pro-Russian|, mid-August|, mid-1980s|, e-mail|, ex-president|, nutrition-wise
non|-|adult|-|like|, self|-|rule|, UN|-|led|, E|-|J|, vice|-|president
Moscow|- and Kyiv|-|backed
713-853-3989 and 1-800-991-9019 and 11-20-2000 and 2023-09-19
Stepanakert|/|Khankendi and|/|or 2023|/|24 or w/o a 9/11 on 25/11/2020
fell|—|officials said|--|on Monday
he ca|n't|, wo|n’t|, DID|N'T|, can|not|, do|nt and is gon|na
it|'s Ukraine|’s|, they|'ve|, I|'m|, we|'ll|, she|'d|, soldiers|’ posts
Qa'ida|, O'Connor|, Sana'a|, N’Djamena|, Donets'k|, y'|all
the '90s|, the 1980's|, '72 and the 1990s
" 's " as written|; 'em too
The U.S.|-|backed force|, the U.N.|'s envoy|, the U.S. The
at 9:30 a.m. on Jan. 5|, Sept.|11
Lt. Gen. A. B. Okoro|, Mr. I.J. Sen|, St. Petersburg|, Dr.|No
Group A. The rest|; Vitamin C|, plan B|.
No. 5 and pp. 3|-|4|; he said no|. They
(|D|-|Md.|) spoke|; the PA|.
arms|, fuel|, etc. were sent|; arms|, fuel|, etc|.
arms|, etc.|, too|, etc|. They
ammunition Inc.|, and Co.
with a Ph.D. from
$|5|m|, £|4.7|bn|, US$|5|, 5|%|, USD|200,000|, Rs|500|, €|5
20|km|, 155|mm|, 5|pm|, 100|sq km|, 3rd|, 82nd|, 1.5|, .04|, 1,00,000|, +44 20
1|,|2 or 18|,|19|,|20
24|°|C and 1/2
see http://example.org/a-b?x=1|. Or (|www.un.org/en|)|, example.com|.
to info@example.org|, @UN_News|, #Ukraine and #|1
report.pdf|, alt.animals.dog
killed|.|The town|, end|.|”|The
Wait|...|what|?! Yes|!! No|… “|‘|Go|’|,|” he said
"|All|"|, (|some|)|, [|1|]|, {|x|}|;
PG&E and AT&T|; nice :) ;-)
a ---+--- b *** c >> d ==--==
Привет|! שלום|، مرحبا|. 日本語|。
नमस्ते दुनिया|। ภาษาไทย
👍🏽|🇺🇦|🇪🇺|❤️
"""


def cut(text: str) -> str:
    """The text with a bar wherever two tokens meet without a space."""
    spans = tokenize(text)
    pieces = [text[: spans[0][0]]] if spans else [text]
    for (start, end), (following, _) in pairwise(spans):
        pieces += [text[start:end], "|" if following == end else text[end:following]]
    return "".join([*pieces, *(text[start:] for start, _ in spans[-1:])])


@pytest.mark.parametrize("line", CUTS.strip().split("\n"))
def test_cuts(line: str) -> None:
    assert cut(line.replace("|", "")) == line


def test_nothing_in_nothing() -> None:
    assert tokenize("") == []
    assert tokenize(" \n\t\u3000 ") == []


def test_a_full_stop_looks_over_any_white_space() -> None:
    assert cut("No.\n\n 5") == "No.\n\n 5"
    assert cut("No.\n\n Five") == "No|.\n\n Five"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(" * 10_000, 1),
        ("a" * 100_000, 1),
        ("." * 50_000, 1),
        ("a." * 5_000, 10_000),
        ("😀" * 150, 150),
        ("x-" * 5_000, 10_000),
        ("1," * 60, 120),
        ("ab@" * 5_000, 10_000),
        ("a.b " * 10_000, 10_000),
        ("קוּם " * 5_000, 5_000),
        (("-" * 199 + " ") * 100, 100),
    ],
    ids=lambda value: str(value)[:8],
)
def test_hostile_texts(text: str, words: int) -> None:
    assert len(tokenize(text)) == words


MARKS = "aAbn .,-–'’`‘“”\"!?:;/@#$%&()[]<>=*_+~…0123456789é\u0301क्ष漢א😀\ufe0f🏽🇺\n"
SNIPPETS = ["n't", "'s", "U.S.", "No.", "etc.", "www.", "http://", "co-", ".com", "5pm", "cannot", "dont", "e.g", "1/2", "Mr."]
texts = st.one_of(
    st.text(),
    st.text(alphabet=MARKS, max_size=300),
    st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(alphabet=MARKS, max_size=3))).map("".join),
)


@given(texts)
def test_tokens_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    covered = [at for start, end in tokenize(text) for at in range(start, end)]
    assert covered == [at for at, character in enumerate(text) if not character.isspace()]
    assert all(start < end for start, end in tokenize(text))


@given(texts, texts)
def test_a_text_is_cut_alike_after_another(first: str, second: str) -> None:
    shift = len(first) + 1
    whole = tokenize(f"{first}\n{second}")
    assert [span for span in whole if span[0] >= shift] == [(start + shift, end + shift) for start, end in tokenize(second)]
