"""ClearNLP trees to Universal Dependencies: hand-made trees in both, and any tree stays one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.clearnlp import RELATIONS, to_universal
from whoholds.language.schemes import schemes
from whoholds.language.trees import is_tree

# Each line a word: itself, Penn tag, universal tag, head by number from 1 (0 the root), relation; then head and relation in UD.
TREES = {
    "prepositions": """
        He PRP PRON 2 nsubj 2 nsubj
        fled VBD VERB 0 ROOT 0 root
        from IN ADP 2 prep 5 case
        the DT DET 5 det 5 det
        town NN NOUN 3 pobj 2 obl
        of IN ADP 5 prep 7 case
        Sake NNP PROPN 6 pobj 5 nmod
        . . PUNCT 2 punct 2 punct
    """,
    "passive with agent": """
        Goma NNP PROPN 3 nsubjpass 3 nsubj:pass
        was VBD AUX 3 auxpass 3 aux:pass
        taken VBN VERB 0 ROOT 0 root
        by IN ADP 3 agent 5 case
        rebels NNS NOUN 4 pobj 3 obl:agent
    """,
    "copula with an adjective": """
        They PRP PRON 3 nsubj 5 nsubj
        may MD AUX 3 aux 5 aux
        be VB AUX 0 ROOT 5 cop
        not RB PART 3 neg 5 advmod
        ready JJ ADJ 3 acomp 0 root
        in IN ADP 3 prep 7 case
        May NNP PROPN 6 pobj 5 obl
    """,
    "copula with a preposition": """
        Troops NNS NOUN 2 nsubj 4 nsubj
        are VBP AUX 0 ROOT 4 cop
        in IN ADP 2 prep 4 case
        Goma NNP PROPN 3 pobj 0 root
    """,
    "existential": """
        There EX PRON 2 expl 2 expl
        were VBD AUX 0 ROOT 0 root
        clashes NNS NOUN 2 attr 2 nsubj
        near IN ADP 3 prep 5 case
        Sake NNP PROPN 4 pobj 3 nmod
    """,
    "a list, link after link": """
        Goma NNP PROPN 6 nsubj 6 nsubj
        , , PUNCT 1 punct 1 punct
        Sake NNP PROPN 1 conj 1 conj
        and CC CCONJ 3 cc 5 cc
        Bukavu NNP PROPN 3 conj 1 conj
        fell VBD VERB 0 ROOT 0 root
    """,
    "prepositions in a list": """
        fighting NN NOUN 0 ROOT 0 root
        in IN ADP 1 prep 3 case
        Goma NNP PROPN 2 pobj 1 nmod
        and CC CCONJ 2 cc 6 cc
        in IN ADP 2 conj 6 case
        Sake NNP PROPN 5 pobj 3 conj
    """,
    "copulas in a list": """
        It PRP PRON 2 nsubj 3 nsubj
        is VBZ AUX 0 ROOT 3 cop
        calm JJ ADJ 2 acomp 0 root
        and CC CCONJ 2 cc 6 cc
        was VBD AUX 2 conj 6 cop
        tense JJ ADJ 5 acomp 3 conj
    """,
    "a clause under a preposition": """
        They PRP PRON 2 nsubj 2 nsubj
        won VBD VERB 0 ROOT 0 root
        by IN ADP 2 prep 4 mark
        attacking VBG VERB 3 pcomp 2 advcl
        early RB ADV 4 advmod 4 advmod
    """,
    "two words that are one preposition": """
        They PRP PRON 2 nsubj 2 nsubj
        fled VBD VERB 0 ROOT 0 root
        because IN SCONJ 2 prep 6 case
        of IN ADP 3 pcomp 3 fixed
        the DT DET 6 det 6 det
        shelling NN NOUN 4 pobj 2 obl
    """,
    "two prepositions": """
        They PRP PRON 2 nsubj 2 nsubj
        drove VBD VERB 0 ROOT 0 root
        out IN ADP 2 prep 5 case
        of IN ADP 3 prep 5 case
        town NN NOUN 4 pobj 2 obl
    """,
    "giving": """
        They PRP PRON 2 nsubj 2 nsubj
        gave VBD VERB 0 ROOT 0 root
        him PRP PRON 2 dative 2 iobj
        arms NNS NOUN 2 dobj 2 obj
        to TO ADP 2 dative 6 case
        use NN NOUN 5 pobj 2 obl
    """,
    "to, and a relative clause": """
        the DT DET 2 det 2 det
        men NNS NOUN 0 ROOT 0 root
        who WP PRON 4 nsubj 4 nsubj
        want VBP VERB 2 relcl 2 acl:relcl
        to TO PART 6 aux 6 mark
        leave VB VERB 4 xcomp 4 xcomp
        Mali NNP PROPN 9 poss 9 nmod:poss
        's POS PART 7 case 7 case
        army NN NOUN 6 dobj 6 obj
    """,
    "particle, measure and stranded preposition": """
        Monday NNP PROPN 2 npadvmod 2 obl:unmarked
        given VBN VERB 0 ROOT 0 root
        up RP ADP 2 prt 2 compound:prt
        about RB ADV 5 quantmod 5 advmod
        ten CD NUM 6 nummod 6 nummod
        hills NNS NOUN 2 dobj 2 obj
        fought VBD VERB 6 relcl 6 acl:relcl
        over IN ADP 7 prep 7 advmod
    """,
}


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


@pytest.mark.parametrize("text", TREES.values(), ids=TREES)
def test_trees(text: str) -> None:
    words, tags, upos, heads, relations, new_heads, new_relations = zip(*rows(text), strict=True)
    lowers = [word.lower() for word in words]
    found = to_universal(lowers, tags, upos, [int(head) - 1 for head in heads], relations, ["O"] * len(words))
    expected = list(zip(words, [int(head) for head in new_heads], new_relations, strict=True))
    assert list(zip(words, [head + 1 for head in found[0]], found[1], strict=True)) == expected


def test_a_name_hangs_on_its_first_word() -> None:
    heads, relations, _ = to_universal(
        ["gen.", "salva", "kiir", "fled"],
        ["NNP", "NNP", "NNP", "VBD"],
        ["PROPN", "PROPN", "PROPN", "VERB"],
        [2, 2, 3, -1],
        ["compound", "compound", "nsubj", "ROOT"],
        ["O", "B-PERSON", "I-PERSON", "O"],
    )
    assert (heads, relations) == ([1, 3, 1, -1], ["compound", "nsubj", "flat", "root"])


def test_tags_follow_the_new_tree() -> None:
    universal = {}
    for name, word in (("a clause under a preposition", 2), ("existential", 1), ("copula with an adjective", 2)):
        words, tags, upos, heads, relations, _, _ = zip(*rows(TREES[name]), strict=True)
        lowers = [one.lower() for one in words]
        universal[name] = to_universal(lowers, tags, upos, [int(one) - 1 for one in heads], relations, ["O"] * len(words))[2][
            word
        ]
    assert list(universal.values()) == ["SCONJ", "VERB", "AUX"]


_OLD = sorted(RELATIONS | {"prep", "attr", "acomp", "conj", "cc", "agent", "compound", "relcl", "aux", "nsubj", "det", "expl"})


@st.composite
def old_trees(draw: st.DrawFn) -> tuple[list[str], list[str], list[int], list[str], list[str]]:
    """Trees of any shape with any relations, however senseless."""
    count = draw(st.integers(1, 9))
    order = draw(st.permutations(range(count)))
    heads = [-1] * count
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    lowers = draw(st.lists(st.sampled_from(["be", "is", "of", "because", "war", "to"]), min_size=count, max_size=count))
    upos = draw(st.lists(st.sampled_from(["NOUN", "VERB", "AUX", "ADP", "PROPN"]), min_size=count, max_size=count))
    relations = [draw(st.sampled_from(_OLD)) if head >= 0 else "ROOT" for head in heads]
    part = st.sampled_from(["O", "B-PERSON", "I-PERSON"])
    return lowers, upos, heads, relations, draw(st.lists(part, min_size=count, max_size=count))


@given(old_trees())
def test_any_tree_stays_a_tree(tree: tuple[list[str], list[str], list[int], list[str], list[str]]) -> None:
    lowers, upos, heads, relations, entities = tree
    found = to_universal(lowers, ["TO"] * len(lowers), upos, heads, relations, entities)
    assert is_tree([head + 1 for head in found[0]])
    assert [relation == "root" for relation in found[1]] == [head < 0 for head in found[0]]
    assert not {"pobj", "pcomp", "dobj", "auxpass", "prep"} & set(found[1])


def test_no_table_leads_to_a_label_of_the_old_scheme() -> None:
    assert not set(schemes().relations) & set(schemes().relations.values())
