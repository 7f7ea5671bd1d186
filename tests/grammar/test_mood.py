"""Factuality, duties and what is not told at all, over everything that embeds a predicate."""

from __future__ import annotations

import pytest

from tests.grammar.build import clause_of, parsed, word
from whoholds.grammar.lexicon import Frame
from whoholds.grammar.mood import mood
from whoholds.grammar.nominal import noun_clause
from whoholds.model import Factuality

_ATTACK = "Rebels/NNS/nsubj>{0} {1} attack/VB/root>0 Bor/NNP/obj>{0}"
ACTUAL, DENIED, POSSIBLE, PLANNED = Factuality

# sentence, predicate, factuality
TOLD = {
    "plain": ("Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2", "attacked", ACTUAL),
    "will": (_ATTACK.format(3, "will/MD/aux>3"), "attack", PLANNED),
    "would": (_ATTACK.format(3, "would/MD/aux>3"), "attack", PLANNED),
    "may": (_ATTACK.format(3, "may/MD/aux>3"), "attack", POSSIBLE),
    "might": (_ATTACK.format(3, "might/MD/aux>3"), "attack", POSSIBLE),
    "must": (_ATTACK.format(3, "must/MD/aux>3"), "attack", PLANNED),
    "did not": (_ATTACK.format(4, "did/VBD/aux>4 not/RB/advmod>4"), "attack", DENIED),
    "will not": (_ATTACK.format(4, "will/MD/aux>4 not/RB/advmod>4"), "attack", DENIED),
    "never": ("Rebels/NNS/nsubj>3 never/RB/advmod>3 attacked/VBD/root>0 Bor/NNP/obj>3", "attacked", DENIED),
    "no subject": ("No/DT/det>2 rebels/NNS/nsubj>3 attacked/VBD/root>0 Bor/NNP/obj>3", "attacked", DENIED),
    "nobody": ("Nobody/NN/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2", "attacked", DENIED),
    "reportedly": ("Rebels/NNS/nsubj>3 reportedly/RB/advmod>3 attacked/VBD/root>0 Bor/NNP/obj>3", "attacked", POSSIBLE),
    "is to": (
        "Bor/NNP/nsubj:pass>5 is/VBZ/aux>5 to/TO/mark>5 be/VB/aux:pass>5 returned/VBN/root>0",
        "returned",
        PLANNED,
    ),
    "are to": ("Rebels/NNS/nsubj>4 are/VBP/aux>4 to/TO/mark>4 withdraw/VB/root>0", "withdraw", PLANNED),
    "until": (
        "Talks/NNS/nsubj>2 stop/VBP/root>0 until/IN/mark>5 rebels/NNS/nsubj>5 leave/VBP/advcl>2",
        "leave",
        PLANNED,
    ),
    "said": (
        "Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>4 attacked/VBD/ccomp>2 Bor/NNP/obj>4",
        "attacked",
        ACTUAL,
    ),
    "denied": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 troops/NNS/nsubj>4 attacked/VBD/ccomp>2 Bor/NNP/obj>4",
        "attacked",
        DENIED,
    ),
    "feared": (
        "Juba/NNP/nsubj>2 feared/VBD/root>0 rebels/NNS/nsubj>4 attacked/VBD/ccomp>2 Bor/NNP/obj>4",
        "attacked",
        POSSIBLE,
    ),
    "planned": (
        "Rebels/NNS/nsubj>2 planned/VBD/root>0 to/TO/mark>4 attack/VB/xcomp>2 Bor/NNP/obj>4",
        "attack",
        PLANNED,
    ),
    "failed": (
        "Rebels/NNS/nsubj>2 failed/VBD/root>0 to/TO/mark>4 attack/VB/xcomp>2 Bor/NNP/obj>4",
        "attack",
        DENIED,
    ),
    "began": (
        "Rebels/NNS/nsubj>2 began/VBD/root>0 to/TO/mark>4 withdraw/VB/xcomp>2",
        "withdraw",
        ACTUAL,
    ),
    "denied planning": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 planning/VBG/xcomp>2 to/TO/mark>5 attack/VB/xcomp>3 Bor/NNP/obj>5",
        "attack",
        DENIED,
    ),
    "presupposed in a relative clause": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 helping/VBG/xcomp>2 rebels/NNS/obj>3 who/WP/nsubj>6 attacked/VBD/acl:relcl>4",
        "attacked",
        ACTUAL,
    ),
    "beyond a semicolon": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 it/PRP/obj>2 ;/:/punct>2 rebels/NNS/nsubj>6 attacked/VBD/ccomp>2",
        "attacked",
        ACTUAL,
    ),
}


@pytest.mark.parametrize(("line", "verb", "factuality"), TOLD.values(), ids=TOLD)
def test_factuality(line: str, verb: str, factuality: Factuality) -> None:
    found = mood(clause_of(line, verb))
    assert (found.told, found.factuality) == (True, factuality)


UNTOLD = {
    "if": ("If/IN/mark>3 rebels/NNS/nsubj>3 attack/VBP/advcl>5 Juba/NNP/nsubj>5 responds/VBZ/root>0", "attack"),
    "unless": ("Unless/IN/mark>3 rebels/NNS/nsubj>3 leave/VBP/advcl>5 Juba/NNP/nsubj>5 responds/VBZ/root>0", "leave"),
    "inverted condition": (
        "Had/VBD/aux>3 rebels/NNS/nsubj>3 attacked/VBN/advcl>6 Juba/NNP/nsubj>6 had/VBD/aux>6 fallen/VBN/root>0",
        "attacked",
    ),
    "can": (_ATTACK.format(3, "can/MD/aux>3"), "attack"),
    "question": ("Did/VBD/aux>3 rebels/NNS/nsubj>3 attack/VB/root>0 Bor/NNP/obj>3 ?/./punct>3", "attack"),
    "purpose": (
        "Rebels/NNS/nsubj>2 drove/VBD/root>0 north/RB/advmod>2 to/TO/mark>5 attack/VB/advcl>2 Bor/NNP/obj>5",
        "attack",
    ),
    "able": ("Rebels/NNS/nsubj>3 are/VBP/cop>3 able/JJ/root>0 to/TO/mark>5 attack/VB/xcomp>3", "attack"),
}


@pytest.mark.parametrize(("line", "verb"), UNTOLD.values(), ids=UNTOLD)
def test_not_told_at_all(line: str, verb: str) -> None:
    assert not mood(clause_of(line, verb)).told


@pytest.mark.parametrize(
    ("line", "verb", "duty"),
    [
        ("Rebels/NNS/nsubj>3 must/MD/aux>3 withdraw/VB/root>0", "withdraw", "set"),
        ("Rebels/NNS/nsubj>4 are/VBP/aux>4 to/TO/mark>4 withdraw/VB/root>0", "withdraw", "set"),
        ("Rebels/NNS/nsubj>2 agreed/VBD/root>0 to/TO/mark>4 withdraw/VB/xcomp>2", "withdraw", "promised"),
        ("Rebels/NNS/nsubj>2 pledged/VBD/root>0 to/TO/mark>4 withdraw/VB/xcomp>2", "withdraw", "promised"),
        (
            "Juba/NNP/nsubj>2 urged/VBD/root>0 rebels/NNS/obj>2 to/TO/mark>5 withdraw/VB/xcomp>2",
            "withdraw",
            "sought",
        ),
        (
            "Deal/NN/nsubj>2 obliges/VBZ/root>0 rebels/NNS/obj>2 to/TO/mark>5 withdraw/VB/xcomp>2",
            "withdraw",
            "set",
        ),
        ("Rebels/NNS/nsubj>2 withdrew/VBD/root>0", "withdrew", ""),
        ("Rebels/NNS/nsubj>3 will/MD/aux>3 withdraw/VB/root>0", "withdraw", ""),
    ],
)
def test_duties(line: str, verb: str, duty: str) -> None:
    assert mood(clause_of(line, verb)).duty == duty


@pytest.mark.parametrize(
    ("line", "factuality"),
    [
        ("alleged/JJ/amod>2 attack/NN/root>0 in/IN/case>4 Bor/NNP/nmod>2", POSSIBLE),
        ("planned/JJ/amod>2 attack/NN/root>0 in/IN/case>4 Bor/NNP/nmod>2", PLANNED),
        ("failed/JJ/amod>2 attack/NN/root>0 in/IN/case>4 Bor/NNP/nmod>2", DENIED),
        ("no/DT/det>2 attack/NN/root>0 in/IN/case>4 Bor/NNP/nmod>2", DENIED),
        ("Juba/NNP/nsubj>2 denied/VBD/root>0 an/DT/det>4 attack/NN/obj>2", DENIED),
        ("Juba/NNP/nsubj>2 fears/VBZ/root>0 an/DT/det>4 attack/NN/obj>2", POSSIBLE),
        ("Juba/NNP/nsubj>2 condemned/VBD/root>0 an/DT/det>4 attack/NN/obj>2", ACTUAL),
    ],
)
def test_nouns(line: str, factuality: Factuality) -> None:
    sentence = parsed(line)
    assert mood(noun_clause(word(sentence, "attack"), sentence, Frame("test"))).factuality is factuality


def test_verbs_of_saying_are_kept_innermost_first() -> None:
    line = "Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>4 admitted/VBD/ccomp>2 they/PRP/nsubj>6 attacked/VBD/ccomp>4"
    assert [verb.text for verb in mood(clause_of(line, "attacked")).speech] == ["admitted", "said"]


def test_every_cue_tells_its_effect() -> None:
    found = mood(clause_of(TOLD["denied planning"][0], "attack"))
    assert [(cue.text, effect) for cue, effect in found.cues] == [("planning", "planned"), ("denied", "denied")]
